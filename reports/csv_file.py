"""Tables as CSV files: UTF-8 with BOM, comma, every cell inert, written column by column, for a messy night refuses hundreds of thousands of rows."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from reports.cells import written
from reports.columns import content, found, glued
from schemas.inert import inert

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

AT_ONCE = 5_000
"""Rows put into lines at once."""

SEPARATOR, END, QUOTE = ",", "\r\n", '"'
APART = (SEPARATOR + END + QUOTE).encode()
"""Signs for which a cell stands in quotes."""


def write(path: Path, table: pd.DataFrame) -> None:
    """Write a header and a line for each row; only cells with a comma, a quote or a line break stand in quotes."""
    columns = [written(table.iloc[:, place]) for place in range(table.shape[1])]
    with path.open("wb") as file:
        file.write(codecs.BOM_UTF8)
        file.write(_lines([pa.array([inert(str(name))], pa.large_string()) for name in table]))
        for first in range(0, len(table), AT_ONCE):
            file.write(_lines([cells[first : first + AT_ONCE] for cells in columns]))


def _lines(columns: Sequence[pa.Array]) -> memoryview:
    parts = [part for column in columns for part in (SEPARATOR, _quoted(column))]
    return content(glued(*parts[1:], END))


def _quoted(cells: pa.Array) -> pa.Array:
    if not found(cells, APART):
        return cells
    quoted = glued(QUOTE, pc.replace_substring(cells, QUOTE, 2 * QUOTE), QUOTE)
    return pc.if_else(pc.match_substring_regex(cells, f"[{SEPARATOR}{END}{QUOTE}]"), quoted, cells)
