"""Old workbooks (.xls): walked record by record first, then read by a native reader."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

from audit.errors import FileFault
from audit.ingest.rows import TextRows
from audit.ingest.workbooks import biff
from audit.ingest.workbooks.compound import Compound
from audit.ingest.workbooks.gathering import gather
from audit.ingest.workbooks.grid import Grid, Rows
from audit.ingest.workbooks.refusals import SAVE_AS_XLSX, NoTable, is_far, is_protected

if TYPE_CHECKING:
    import python_calamine

MOST_COLUMNS = 256
"""The grid of an old spreadsheet."""

LEAST_AREA, BYTES_A_CELL = 2_000_000, 4
"""Cells of the rectangle around a sheet: a small one's, and the least bytes that a larger one has for each."""


def read_compound(file: str, content: bytes) -> list[TextRows]:
    """The rows of each sheet that has a header that is known; raises FileFault where the file is protected, broken, or no workbook."""
    compound = Compound(file, content)
    if "EncryptedPackage" in compound:
        raise is_protected(file)
    name = next((name for name in ("Workbook", "Book") if name in compound), "")
    if not name:
        raise NoTable(file, "is an old Office document, but no workbook.", SAVE_AS_XLSX)
    stream = compound.read(name)
    try:
        if biff.is_protected(stream):
            raise is_protected(file)
        walked = biff.walk(stream)
    except (struct.error, IndexError) as error:
        raise _broken(file) from error
    return gather(file, content, _grids(file, content, walked, len(stream)))


def _broken(file: str) -> FileFault:
    return FileFault(file, "is a broken workbook: its records can't be read.", SAVE_AS_XLSX)


def _grids(file: str, content: bytes, walked: list[biff.Walked], size: int) -> Iterator[tuple[Grid, bool]]:
    import python_calamine

    for number, sheet in enumerate(walked, start=1):
        if sheet.columns > MOST_COLUMNS or sheet.rows * sheet.columns > max(LEAST_AREA, size // BYTES_A_CELL):
            raise is_far(file, str(number), row=sheet.rows, column=sheet.columns)
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        if len(book.sheet_names) != len(walked):
            raise _broken(file)
        for title, sheet in zip(book.sheet_names, walked, strict=True):
            if sheet.is_table:
                yield _grid(title, book.get_sheet_by_name(title), sheet), sheet.shown
    except python_calamine.PasswordError as error:
        raise is_protected(file) from error
    except python_calamine.CalamineError as error:
        raise _broken(file) from error


def _grid(title: str, read: python_calamine.CalamineSheet, sheet: biff.Walked) -> Rows:
    told = {fault.row: fault for fault in sheet.faults}
    rows = read.to_python(skip_empty_area=False)
    numbers = [number for number, row in enumerate(rows, start=1) if number in told or any(cell != "" for cell in row)]
    cells = [list(rows[number - 1]) for number in numbers]
    places = {number: place for place, number in enumerate(numbers)}
    for fault in sheet.faults:
        if fault.row in places and fault.column < len(cells[places[fault.row]]):
            cells[places[fault.row]][fault.column] = fault.line
    return Rows(title, numbers, cells, sheet.faults, sheet.merged, sheet.hidden)
