"""Lines at the foot of a table that are none of its rows: totals and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

TOTALS = ("total", "totaux", "sous total", "somme", "grand total", "合计", "总计", "小计")
NOTES = (
    r"[0-9]+ +(?:record\(s\)|records|rows|lignes|commandes|orders|résultats|enregistrements)",
    r"seller id *:",
    r"(?:nombre|number) (?:total )?(?:de|d'|of)",
    r"(?:généré|exporté|édité|généré) (?:le|par)",
    r"(?:generated|exported|downloaded) (?:on|at|by)",
    r"fin (?:de|du) ",
    r"end of (?:file|report|export|data)",
    r"共 *[0-9]+ *条",
    r"导出(?:时间|人)",
)
"""How the notes of marketplaces, banks and shops begin."""

FOOT = rf"(?:{'|'.join((*TOTALS, *NOTES))})"
_TOTAL, _FOOT = re.compile("|".join(TOTALS)), re.compile(FOOT)


def is_total(cells: Sequence[str]) -> bool:
    """Whether a row is a total: it starts with a word for one, and most of its cells are blank."""
    return foot_reason(cells, len(cells)) == "totals-line"


def foot_reason(cells: Sequence[str], width: int) -> str:
    """Why cells are no row of a table that wide but stand at its foot; "" where they may be one."""
    filled = [cell for cell in cells if cell.strip()]
    if not filled or 2 * len(filled) >= width:
        return ""
    first = filled[0].strip().casefold()
    if _TOTAL.match(first):
        return "totals-line"
    return "footer-line" if _FOOT.match(first) else ""
