"""Sheets of plain cells, read in batches of rows and column by column.

Errors, formulas, merged cells and hidden rows are known; whatever is not known (ISO dates, rich text, anything out of order) proves a sheet not plain, and leaves it to the careful reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from audit.ingest.rows import Broken
from audit.ingest.workbooks.archive import Archive
from audit.ingest.workbooks.careful import FAR_ROWS, LEAST_TEXT, MOST_ROWS, MOST_TEXT, merged
from audit.ingest.workbooks.columns import Told, as_columns
from audit.ingest.workbooks.context import Context
from audit.ingest.workbooks.grid import Column, Columns, Merged
from audit.ingest.workbooks.markup import Attributes, Events, prove_around
from audit.ingest.workbooks.plain import Batch, batch_of
from audit.ingest.workbooks.wellformed import NotPlainError, is_plain_head

if TYPE_CHECKING:
    from audit.ingest.workbooks.scanning import Places

BEGIN, END, ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
BATCH = 2_000_000
"""Bytes of rows that are taken at a time."""

LEAST_SLOTS = 1_000_000
"""Places that any batch's rows may take; a larger one as many as it has bytes."""

MOST_AFTER = 8_000_000
"""Bytes that may stand after the rows."""

MOST_COLUMNS = 200
"""Columns of a plain sheet."""


def read_sheet(archive: Archive, part: str, title: str, context: Context) -> Columns | None:
    """A sheet's cells; None where it is not proved to be plain."""
    rows = _Rows(archive, part)
    numbers, hidden = [np.zeros(0, dtype="int64")], [np.zeros(0, dtype="int64")]
    batches: list[list[Column]] = []
    faults: list[Broken] = []
    try:
        for written in rows:
            batch = batch_of(written)
            told = _as_columns(batch, len(batches[0]) if batches else _width(batch), len(written), context)
            batches.append(told.columns)
            faults += told.faults
            numbers.append(batch.numbers)
            hidden.append(batch.hidden)
        every = _rising(np.concatenate(numbers))
    except NotPlainError:
        return None
    joined = [Column.joined(parts) for parts in zip(*batches, strict=True)]
    if sum(column.texts.nbytes for column in joined) > max(MOST_TEXT * archive.size(part), LEAST_TEXT):
        return None
    return Columns(title, every.tolist(), joined, faults, rows.merged, frozenset(np.concatenate(hidden).tolist()))


def _width(batch: Batch) -> int:
    """How many columns the first rows have, and all others may have."""
    width = int(batch.cells.columns.max(initial=-1)) + 1
    if not 0 < width <= MOST_COLUMNS:
        raise NotPlainError
    return width


def _as_columns(batch: Batch, width: int, size: int, context: Context) -> Told:
    """The columns of some rows, unless they would take far more places than the rows have bytes."""
    if len(batch.numbers) * width > max(LEAST_SLOTS, size):
        raise NotPlainError
    return as_columns(batch, width, context)


def _rising(numbers: Places) -> Places:
    """The numbers of rows, if they rise and none is far below the one before it."""
    steps = np.diff(numbers, prepend=0)
    if (steps <= 0).any() or (steps > FAR_ROWS).any() or numbers.max(initial=0) > MOST_ROWS:
        raise NotPlainError
    return numbers


class _Rows:
    """Whole rows, many at a time; what stands before and after them may hold nothing that changes them but ``merged`` ranges."""

    def __init__(self, archive: Archive, part: str) -> None:
        self._archive = archive
        self._part = part
        self.merged: list[Merged] = []

    def __iter__(self) -> Iterator[bytes]:
        pending, head = b"", b""
        for piece in _larger(self._archive.chunks(self._part)):
            pending += piece
            if not head:
                head, pending = _after_head(pending)
            whole, mark, pending = pending.rpartition(ROW_END)
            if mark:
                yield whole + mark
            elif len(pending) > MOST_AFTER:
                raise NotPlainError
        rows, end, tail = pending.partition(END)
        around = _Around()
        prove_around(self._archive.file, head, end + tail, around)
        self.merged = around.merged
        if rows.strip():
            yield rows


class _Around(Events):
    """What stands around the rows: ``merged`` ranges, and no other rows or cells."""

    def __init__(self) -> None:
        self.merged: list[Merged] = []

    def begin(self, name: str, attributes: Attributes) -> None:
        found = merged(attributes.get("ref", "")) if name == "mergeCell" else []
        if name in {"row", "c"} or (name == "mergeCell" and not found):
            raise NotPlainError
        self.merged += found


def _larger(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in larger pieces."""
    held: list[bytes] = []
    for chunk in chunks:
        held.append(chunk)
        if sum(map(len, held)) >= BATCH:
            yield b"".join(held)
            held = []
    yield b"".join(held)


def _after_head(text: bytes) -> tuple[bytes, bytes]:
    """What stands before the rows, and the rest."""
    head, begin, rest = text.partition(BEGIN)
    if not begin or not is_plain_head(head):
        raise NotPlainError
    return head + begin, rest
