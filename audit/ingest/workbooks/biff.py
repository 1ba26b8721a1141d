"""The records of an old workbook, walked before a native reader opens it: sheets, errors, merged cells, hidden rows, how far cells reach."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from audit.ingest.rows import Broken
from audit.ingest.workbooks.grid import Merged

BEGIN, END, PROTECTED, SHEET = 0x0809, 0x000A, 0x002F, 0x0085
ROW, MERGED, TRUTH_OR_ERROR = 0x0208, 0x00E5, 0x0205
FORMULAS = {0x0006, 0x0206, 0x0406}
SEVERAL = {0x00BD, 0x00BE}
CELLS = {0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6, 0x0201, TRUTH_OR_ERROR, *FORMULAS, *SEVERAL}
"""Numbers of the records ([MS-XLS] 2.3)."""

HIDDEN_ROW = 0x20
WORKSHEET = 0
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
NO_NUMBER, ERROR_RESULT = 0xFFFF, 2


class Walked(NamedTuple):
    """What the records of one sheet say; rows as a person counts them, columns from 0."""

    shown: bool
    is_table: bool
    rows: int
    columns: int
    faults: tuple[Broken, ...]
    merged: tuple[Merged, ...]
    hidden: frozenset[int]


def is_protected(stream: bytes) -> bool:
    """Whether a workbook opens with a password alone."""
    for number, _ in _records(stream, 0):
        if number in {PROTECTED, END}:
            return number == PROTECTED
    return False


def walk(stream: bytes) -> list[Walked]:
    """Every sheet of a workbook's stream, in the order of their tabs."""
    found = []
    for number, held in _records(stream, 0):
        if number == SHEET:
            begin, state, kind = struct.unpack_from("<LBB", held)
            found.append(_sheet(stream, begin, shown=not state & 3, is_table=kind == WORKSHEET))
        elif number == END:
            break
    return found


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    while place + 4 <= len(stream):
        number, length = struct.unpack_from("<2H", stream, place)
        yield number, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _sheet(stream: bytes, begin: int, *, shown: bool, is_table: bool) -> Walked:
    rows = columns = depth = 0
    faults: list[Broken] = []
    merged: list[Merged] = []
    hidden: set[int] = set()
    for number, held in _records(stream, begin):
        depth += (number == BEGIN) - (number == END)
        if depth == 0:
            break
        if depth == 1 and number in CELLS:
            row, column = struct.unpack_from("<2H", held)
            last = struct.unpack_from("<H", held, len(held) - 2)[0] if number in SEVERAL else column
            rows, columns = max(rows, row + 1), max(columns, last + 1)
            faults += _fault(number, held, row + 1, column)
        elif number == ROW and struct.unpack_from("<H", held, 12)[0] & HIDDEN_ROW:
            hidden.add(struct.unpack_from("<H", held)[0] + 1)
        elif number == MERGED:
            spans = struct.iter_unpack("<4H", held[2 : 2 + len(held[2:]) // 8 * 8])
            merged += [Merged(top + 1, left, bottom + 1, right) for top, bottom, left, right in spans]
    return Walked(shown, is_table, rows, columns, tuple(faults), tuple(merged), frozenset(hidden))


def _fault(number: int, held: bytes, row: int, column: int) -> list[Broken]:
    """The error that a cell holds, if any."""
    if number == TRUTH_OR_ERROR and held[7]:
        return [Broken(row, "error-cell", ERRORS.get(held[6], "#N/A"), column)]
    if number in FORMULAS and struct.unpack_from("<H", held, 12)[0] == NO_NUMBER and held[6] == ERROR_RESULT:
        return [Broken(row, "error-cell", ERRORS.get(held[8], "#N/A"), column)]
    return []
