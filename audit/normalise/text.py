"""Text as people and programs leave it: invisible characters, spaces of every kind, full-width letters, blanks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping

INVISIBLE = "[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]"
SPACES = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]"
FULL_WIDTH = "[\uff01-\uff5e]"
PLAIN_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Each full-width character with its plain twin: one block of Unicode stands a fixed way above ASCII."""

TEXT_MARK = r"""^(?:=\s*"(.*)"|'(.*?)'?)$"""
"""How spreadsheets and exports mark a number as text: an apostrophe before (and after) it, or ="..."."""

CHANGES: Mapping[str, str] = {
    "invisible": "{file}, column {column}: invisible characters were taken out of {count} cells.",
    "spaces": "{file}, column {column}: {count} cells held no-break or other unusual spaces, read as plain ones.",
    "width": "{file}, column {column}: {count} cells held full-width characters, read as plain ones.",
    "mark": "{file}, column {column}: {count} cells were marked as text by apostrophes, which were taken off.",
    "no-date": "{file}, column {column}: {count} cells hold a date that systems write for none, such as 0000-00-00; read as blank.",
}
"""What is said of each change that was made to identifiers, and of dates that are none."""


def clean(column: pd.Series[str]) -> pd.Series[str]:
    """The cells without invisible characters and outer spaces, every space a plain one; missing where nothing is left."""
    cells = _arrow(column)
    if not _is_plain(cells):
        strange = _holds(cells, f"{INVISIBLE}|{SPACES}")
        plain = pc.replace_substring_regex(pc.replace_substring_regex(cells.filter(strange), INVISIBLE, ""), SPACES, " ")
        cells = pc.replace_with_mask(cells, strange, plain)
    cells = pc.utf8_trim_whitespace(cells)
    return _series(pc.if_else(pc.equal(cells, ""), pa.scalar(None, cells.type), cells), column.index)


def _is_plain(cells: pa.Array) -> bool:
    """Whether a column holds ASCII without tabs alone, as most do."""
    return bool(pc.all(pc.string_is_ascii(cells)).as_py()) and not pc.any(pc.match_substring(cells, "\t")).as_py()


def plain_identifiers(column: pd.Series[str]) -> pd.Series[str]:
    """Cleaned cells in plain width, without the marks by which a spreadsheet keeps a number as text."""
    cells = _arrow(column)
    wide = _holds(cells, FULL_WIDTH)
    if pc.any(wide).as_py():
        cells = _arrow(column.mask(_series(wide, column.index).astype(bool), column.map(_plain_width, na_action="ignore").astype("str")))
    marked = pc.fill_null(pc.match_substring_regex(cells, "^[='].*"), fill_value=False)
    if pc.any(marked).as_py():
        cells = pc.if_else(marked, pc.utf8_trim_whitespace(pc.replace_substring_regex(cells, TEXT_MARK, r"\1\2")), cells)
    return _series(pc.if_else(pc.equal(cells, ""), pa.scalar(None, cells.type), cells), column.index)


def _plain_width(text: str) -> str:
    return text.translate(PLAIN_WIDTH)


def changes(received: pd.Series[str]) -> dict[str, int]:
    """How many identifiers are changed in which way on being read."""
    cells = _arrow(received)
    found = {"mark": _holds(cells, TEXT_MARK)}
    if not pc.all(pc.string_is_ascii(cells)).as_py():
        found |= {name: _holds(cells, pattern) for name, pattern in (("invisible", INVISIBLE), ("spaces", SPACES), ("width", FULL_WIDTH))}
    counts = {name: pc.sum(mask).as_py() or 0 for name, mask in found.items()}
    return {name: count for name, count in counts.items() if count}


def _holds(cells: pa.Array, pattern: str) -> pa.Array:
    return pc.fill_null(pc.match_substring_regex(cells, pattern), fill_value=False)


def _arrow(column: pd.Series[str]) -> pa.Array:
    cells = pa.array(column, from_pandas=True)
    cells = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    return cells if pa.types.is_large_string(cells.type) else cells.cast(pa.large_string())


def _series(cells: pa.Array, index: pd.Index[int]) -> pd.Series[str]:
    if pa.types.is_boolean(cells.type):
        return pd.Series(cells.to_numpy(zero_copy_only=False), index=index)
    return pd.Series(pd.array(cells, dtype="str"), index=index)
