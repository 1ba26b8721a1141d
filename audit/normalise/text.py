"""Text as people and programs leave it: invisible characters, spaces of every kind, full-width letters, blanks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit.normalise.raw import BEYOND_ASCII, BLANK, Raw, arrow, blank_as_missing, raw, series

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from audit.normalise.raw import Mask

INVISIBLE = "[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]"
SPACES = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]"
FULL_WIDTH = "[\uff01-\uff5e]"
PLAIN_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Each full-width character with its plain twin: one block of Unicode stands a fixed way above ASCII."""

TAB = 0x09
LEADS = tuple(sign.encode()[0] for sign in "\u00a0\u1680\u2000\u3000\ufeff")
"""First bytes of the characters beyond ASCII that are taken out or read as a plain space."""

OUTER = np.concatenate([np.arange(128) <= BLANK, np.ones(128, dtype=np.bool_)])
"""By first or last byte, whether a filled cell may have a space there; 0 stands for a blank cell."""
OUTER[0] = False

TEXT_MARK = r"""^(?:=\s*"(.*)"|'(.*?)'?)$"""
"""How spreadsheets and exports mark a number as text: an apostrophe before (and after) it, or ="..."."""

CHANGES: Mapping[str, str] = {
    "mark": "{file}, column {column}: {count} cells were marked as text by apostrophes, which were taken off.",
    "invisible": "{file}, column {column}: invisible characters were taken out of {count} cells.",
    "spaces": "{file}, column {column}: {count} cells held no-break or other unusual spaces, read as plain ones.",
    "width": "{file}, column {column}: {count} cells held full-width characters, read as plain ones.",
    "no-date": "{file}, column {column}: {count} cells hold a date that systems write for none, such as 0000-00-00; read as blank.",
}
"""What is said of each change that was made to identifiers, and of dates that are none."""


def clean(column: pd.Series[str]) -> pd.Series[str]:
    """The cells without invisible characters and outer spaces, every space a plain one; missing where nothing is left."""
    cells = arrow(column)
    strange = _strange(raw(cells))
    if strange.any():
        plain = pc.replace_substring_regex(pc.replace_substring_regex(cells.filter(pa.array(strange)), INVISIBLE, ""), SPACES, " ")
        cells = pc.replace_with_mask(cells, pa.array(strange), plain)
    cells = _trimmed(cells)
    return series(blank_as_missing(cells), column.index)


def _strange(cells: Raw) -> Mask:
    """The cells that may hold an invisible character, a tab or an unusual space, by the bytes with which those begin."""
    codes = cells.within
    highest, doubtful = codes.max(initial=0), codes == TAB
    for lead in LEADS:
        if lead <= highest:
            doubtful |= codes == lead
    if not doubtful.any():
        return np.zeros(len(cells.starts), dtype=np.bool_)
    return cells.cells_at(np.flatnonzero(doubtful) + cells.starts[0])


def _trimmed(cells: pa.Array) -> pa.Array:
    """Cells without outer spaces; those are looked for only where the first or last byte is no sign of ASCII."""
    first, last = raw(cells).first(), raw(cells).last()
    outer = OUTER[first] | OUTER[last]
    if not outer.any():
        return cells
    trimmed = pc.utf8_trim_whitespace(cells.filter(pa.array(outer)))
    same = pc.all(pc.equal(trimmed, cells.filter(pa.array(outer)))).as_py()
    return cells if same else pc.replace_with_mask(cells, pa.array(outer), trimmed)


def plain_identifiers(column: pd.Series[str]) -> pd.Series[str]:
    """Cleaned cells in plain width, without the marks by which a spreadsheet keeps a number as text."""
    cells = arrow(column)
    seen = raw(cells)
    wide = _holds(cells, FULL_WIDTH) if seen.within.max(initial=0) >= BEYOND_ASCII else None
    if wide is not None and pc.any(wide).as_py():
        cells = arrow(column.mask(series(wide, column.index).astype(bool), column.map(_plain_width, na_action="ignore").astype("str")))
    marked = _marked(cells)
    if marked.any():
        bare = pc.utf8_trim_whitespace(pc.replace_substring_regex(cells.filter(pa.array(marked)), TEXT_MARK, r"\1\2"))
        cells = pc.replace_with_mask(cells, pa.array(marked), bare)
    return series(blank_as_missing(cells), column.index)


def _marked(cells: pa.Array) -> Mask:
    """Which cells begin as those do that are marked as text."""
    first = raw(cells).first()
    marked: Mask = (first == ord("=")) | (first == ord("'"))
    if cells.null_count and marked.any():
        marked &= cells.is_valid().to_numpy(zero_copy_only=False)
    return marked


def _plain_width(text: str) -> str:
    return text.translate(PLAIN_WIDTH)


def changes(received: pd.Series[str]) -> dict[str, int]:
    """How many identifiers are changed in which way on being read."""
    cells = arrow(received)
    found = {"mark": _holds(cells.filter(pa.array(_marked(cells))), TEXT_MARK)}
    if raw(cells).within.max(initial=0) >= BEYOND_ASCII:
        found |= {name: _holds(cells, pattern) for name, pattern in (("invisible", INVISIBLE), ("spaces", SPACES), ("width", FULL_WIDTH))}
    counts = {name: pc.sum(mask).as_py() or 0 for name, mask in found.items()}
    return {name: count for name, count in counts.items() if count}


def _holds(cells: pa.Array, pattern: str) -> pa.Array:
    return pc.fill_null(pc.match_substring_regex(cells, pattern), fill_value=False)
