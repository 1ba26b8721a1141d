"""Sheets of plain cells, read in batches of rows and column by column.

Errors, formulas with a value, merged cells and hidden rows are known; whatever is not known (formulas without a value, ISO dates, rich
text, anything out of order) proves a sheet not plain, and leaves it to the careful reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from audit.ingest.workbooks.archive import Archive
from audit.ingest.workbooks.careful import FAR_ROWS, LEAST_TEXT, MOST_ROWS, MOST_TEXT, column_of
from audit.ingest.workbooks.columns import as_columns
from audit.ingest.workbooks.context import Context
from audit.ingest.workbooks.grid import Column, Columns, Merged
from audit.ingest.workbooks.plain import Batch, batch_of
from audit.ingest.workbooks.tags import NotPlainError

MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3}[1-9]\d{0,6}):([A-Z]{1,3}[1-9]\d{0,6})"')
BEGIN, END, ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
BATCH = 2_000_000
"""Bytes of rows that are taken at a time."""

LEAST_SLOTS = 1_000_000
"""Places that any batch's rows may take; a larger one as many as it has bytes."""

MOST_COLUMNS = 200
"""Columns of a plain sheet."""


def read_sheet(archive: Archive, part: str, title: str, context: Context) -> Columns | None:
    """A sheet's cells; None where it is not proved to be plain."""
    rows = _Rows(archive.chunks(part))
    numbers, hidden = [np.zeros(1, dtype="int64")], [np.zeros(0, dtype="int64")]
    batches: list[list[Column]] = []
    try:
        for written in rows:
            batch = batch_of(written)
            width = len(batches[0]) if batches else _width(batch)
            if len(batch.numbers) * width > max(LEAST_SLOTS, len(written)):
                return None
            batches.append(as_columns(batch, width, context))
            numbers.append(batch.numbers)
            hidden.append(batch.hidden)
    except NotPlainError:
        return None
    every = np.concatenate(numbers)
    steps = np.diff(every)
    if (steps <= 0).any() or (steps > FAR_ROWS).any() or every[-1] > MOST_ROWS:
        return None
    joined = [Column.joined(parts) for parts in zip(*batches, strict=True)]
    if sum(column.texts.nbytes for column in joined) > max(MOST_TEXT * archive.size(part), LEAST_TEXT):
        return None
    return Columns(title, every[1:].tolist(), joined, merged=rows.merged, hidden=frozenset(np.concatenate(hidden).tolist()))


def _width(batch: Batch) -> int:
    """How many columns the first rows have, and all others may have."""
    width = int(batch.cells.columns.max(initial=-1)) + 1
    if not 0 < width <= MOST_COLUMNS:
        raise NotPlainError
    return width


class _Rows:
    """Whole rows, many at a time; what stands before and after them may hold nothing that changes them but ``merged`` ranges."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.merged: list[Merged] = []

    def __iter__(self) -> Iterator[bytes]:
        pending, begun = b"", False
        for piece in _larger(self._chunks):
            text = pending + piece if begun else _after_head(piece)
            whole, mark, pending = text.rpartition(ROW_END)
            begun = True
            if mark:
                yield whole + mark
            elif len(pending) > 2 * BATCH:
                raise NotPlainError
        rows, end, tail = pending.partition(END)
        self.merged = [merged(*found) for found in MERGED.findall(tail)]
        if not end or b"<row " in tail or len(self.merged) < tail.count(b"mergeCell "):
            raise NotPlainError
        if rows.strip():
            yield rows


def merged(first: bytes, last: bytes) -> Merged:
    """A merged range by the references of its corners."""
    (left, top), (right, bottom) = (_place(corner.decode()) for corner in (first, last))
    return Merged(top, left, bottom, right)


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    return column_of(letters), int(reference[len(letters) :])


def _larger(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in larger pieces."""
    held: list[bytes] = []
    for chunk in chunks:
        held.append(chunk)
        if sum(map(len, held)) >= BATCH:
            yield b"".join(held)
            held = []
    yield b"".join(held)


def _after_head(text: bytes) -> bytes:
    head, begin, rest = text.partition(BEGIN)
    if not begin or b"<!" in head:
        raise NotPlainError
    return rest
