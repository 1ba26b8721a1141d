"""Sheets of nothing but plain cells, read row by row with one pattern and column by column after that.

What the pattern does not know (errors, formulas, hidden rows, ISO dates, anything out of order) proves a sheet not plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from audit.ingest.workbooks.archive import Archive
from audit.ingest.workbooks.careful import FAR_ROWS, LEAST_TEXT, MOST_ROWS, MOST_TEXT, column_of
from audit.ingest.workbooks.columns import Kind, NotPlainError, as_column
from audit.ingest.workbooks.context import Context
from audit.ingest.workbooks.grid import Column, Columns

ROW = rb'(\s*+<row r="(\d++)"(?: (?!hidden="[1t])[\w:]++="[^"]*+")*+(?: ?/>|>%s</row>))'
CELL = rb'(?:<c r="%s\2"([^>/]*+)(?:/>|>(?:(?:<v>|<is><t(?: xml:space="preserve")?+>)([^<\r]*+)(?:</v>|</t></is>)|<v ?/>|)</c>))?+'
ATTRIBUTES = re.compile(rb'(?: s="(\d{1,9})"| t="(s|n|b|inlineStr)")*+ ?')
REFERENCES = re.compile(rb'<c r="([A-Z]{1,3})\d')
BEGIN, END, ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
BATCH = 4_000_000
"""Bytes of rows that are taken at a time."""

MOST_COLUMNS = 200
"""Columns of a plain sheet."""


class Proved(NamedTuple):
    """One batch of rows: their numbers, and of each column every cell's attributes and value."""

    numbers: list[int]
    columns: list[tuple[Sequence[bytes], Sequence[bytes]]]


def read_sheet(archive: Archive, part: str, title: str, context: Context) -> Columns | None:
    """A sheet's cells; None where it is not proved to be plain."""
    try:
        batches = [_converted(batch, context) for batch in _prove(archive.chunks(part))]
    except NotPlainError:
        return None
    numbers = [number for found, _ in batches for number in found]
    rising = all(before < after <= before + FAR_ROWS for before, after in zip([0, *numbers], numbers, strict=False))
    if not rising or (numbers and numbers[-1] > MOST_ROWS):
        return None
    joined = [Column.joined(parts) for parts in zip(*(columns for _, columns in batches), strict=True)]
    letters = sum(column.texts.nbytes for column in joined)
    return Columns(title, numbers, joined) if letters <= max(MOST_TEXT * archive.size(part), LEAST_TEXT) else None


def _prove(chunks: Iterator[bytes]) -> Iterator[Proved]:
    """The rows of a sheet's XML in batches; raises NotPlainError as soon as anything else stands among them."""
    pattern: re.Pattern[bytes] | None = None
    for rows in _batches(chunks):
        pattern = pattern or _pattern(rows)
        found = pattern.findall(rows)
        columns = list(zip(*found, strict=True))
        if not columns or sum(map(len, columns[0])) < len(rows.rstrip()):
            raise NotPlainError
        yield Proved([*map(int, columns[1])], list(zip(columns[2::2], columns[3::2], strict=True)))


def _batches(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Whole rows, many at a time; what stands before and after them must hold nothing that changes them."""
    pending, begun = b"", False
    for piece in _larger(chunks):
        text = pending + piece if begun else _after_head(piece)
        whole, mark, pending = text.rpartition(ROW_END)
        begun = True
        if mark:
            yield whole + mark
        elif len(pending) > 2 * BATCH:
            raise NotPlainError
    rows, end, tail = pending.partition(END)
    if not end or b"mergeCell" in tail:
        raise NotPlainError
    if rows.strip():
        yield rows


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


def _pattern(rows: bytes) -> re.Pattern[bytes]:
    """The pattern of a row that has no more columns than the first rows have."""
    last = max((column_of(letters.decode()) for letters in set(REFERENCES.findall(rows))), default=-1)
    if not 0 <= last < MOST_COLUMNS:
        raise NotPlainError
    return re.compile(ROW % b"".join(CELL % letters_of(place).encode() for place in range(last + 1)))


def letters_of(place: int) -> str:
    """The letters of a column, from 0."""
    letters = ""
    while place >= 0:
        place, letter = divmod(place, 26)
        letters, place = chr(65 + letter) + letters, place - 1
    return letters


def _converted(batch: Proved, context: Context) -> tuple[list[int], list[Column]]:
    known: dict[bytes, int] = {}
    return batch.numbers, [as_column(*column, _kinds(column[0], known, context), context) for column in batch.columns]


def _kinds(attributes: Sequence[bytes], known: dict[bytes, int], context: Context) -> dict[bytes, int]:
    """What each different set of attributes makes of a cell's value."""
    for written in set(attributes) - known.keys():
        found = ATTRIBUTES.fullmatch(written)
        if found is None:
            raise NotPlainError
        known[written] = int(Kind.of((found[2] or b"n").decode(), context.format(int(found[1] or 0)).shown))
    return known
