"""Identifiers: text that keeps every zero, and never a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.normalise import Cells, Read, first_reasons
from audit.normalise.text import plain_identifiers

if TYPE_CHECKING:
    import pandas as pd

LONGEST_NUMBER = 15
"""Digits that a spreadsheet keeps of a number; of a longer one the last are lost."""

SPREADSHEET_DAMAGE = r"[+-]?\d+[.,]\d+[eE]\+?\d+|[+-]?\d+[eE]\+\d+|\d+[.,]0+"
"""What a spreadsheet makes of a long number that it takes for one. ``12E5`` alone may be a seller's own reference."""

LOOKALIKE_LETTERS = "[\u0370-\u03ff\u0400-\u052f\u1f00-\u1fff]"


def read(cells: Cells) -> Read:
    """Identifiers as text, in plain width; ``damaged-identifier`` where a spreadsheet cut a number short."""
    return Read(plain_identifiers(cells.text), first_reasons({"damaged-identifier": _cut_short(cells)}))


def read_tracking(cells: Cells) -> Read:
    """Tracking numbers; ``foreign-letters`` where Cyrillic or Greek letters pass for Latin ones."""
    text = plain_identifiers(cells.text)
    foreign = text.str.contains(LOOKALIKE_LETTERS, regex=True).fillna(value=False).astype(bool)
    return Read(text, first_reasons({"foreign-letters": foreign, "damaged-identifier": _cut_short(cells)}))


def read_text(cells: Cells) -> Read:
    """Free text as it stands."""
    return Read(cells.text, first_reasons({}))


def _cut_short(cells: Cells) -> pd.Series[bool]:
    """Numeric cells of a workbook that are longer than it keeps, or no whole number."""
    if cells.native is None or not cells.native.any():
        return cells.text.isna() & False
    damaged = (cells.text.str.len() > LONGEST_NUMBER) | ~cells.text.str.fullmatch(r"-?\d+").fillna(value=True).astype(bool)
    return cells.native & cells.text.notna() & damaged.fillna(value=False).astype(bool)
