"""Sheets of plain cells, read row by row with one pattern and column by column after that.

Errors, formulas with a value, merged cells and hidden rows are known; whatever the pattern does not know (formulas without a value,
ISO dates, rich text, anything out of order) proves a sheet not plain, and leaves it to the careful reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from audit.ingest.workbooks.archive import Archive
from audit.ingest.workbooks.careful import FAR_ROWS, LEAST_TEXT, MOST_ROWS, MOST_TEXT, column_of
from audit.ingest.workbooks.columns import Kind, NotPlainError, as_column
from audit.ingest.workbooks.context import Context
from audit.ingest.workbooks.grid import Column, Columns, Merged

ROW = rb'(\s*+<row r="(\d++)"((?: [\w:]++="[^"]*+")*+)(?: ?/>|>%s</row>))'
FORMULA = rb"<f[^>]*+>(?:[^<]*+</f>)?+<v>(?=[^<])"
TEXT = rb'<is><t(?: xml:space="preserve")?+>'
CELL = rb'(?:<c r="%s\2"([^>/]*+)(?:/>|>(?:(?:<v>|' + TEXT + rb"|" + FORMULA + rb")([^<\r]*+)(?:</v>|</t></is>)|<v ?/>|)</c>))?+"
ATTRIBUTES = re.compile(rb'(?: s="(\d{1,9})"| t="(s|n|b|e|str|inlineStr)")*+ ?')
HIDDEN = re.compile(rb' hidden="(?:1|true)"')
MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3}[1-9]\d{0,6}):([A-Z]{1,3}[1-9]\d{0,6})"')
REFERENCES = re.compile(rb'<c r="([A-Z]{1,3})\d')
BEGIN, END, ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
BATCH = 4_000_000
"""Bytes of rows that are taken at a time."""

LEAST_SLOTS = 1_000_000
"""Places that any batch's rows may take; a larger one as many as it has bytes."""

MOST_COLUMNS = 200
"""Columns of a plain sheet."""


class Proved(NamedTuple):
    """One batch of rows: their numbers, those of the hidden ones, and of each column every cell's attributes and value."""

    numbers: list[int]
    hidden: list[int]
    columns: list[tuple[Sequence[bytes], Sequence[bytes]]]


def read_sheet(archive: Archive, part: str, title: str, context: Context) -> Columns | None:
    """A sheet's cells; None where it is not proved to be plain."""
    rows = _Rows(archive.chunks(part))
    batches: list[list[Column]] = []
    numbers: list[int] = []
    hidden: list[int] = []
    try:
        for batch in _prove(rows):
            batches.append(_converted(batch, context))
            numbers += batch.numbers
            hidden += batch.hidden
    except NotPlainError:
        return None
    rising = all(before < after <= before + FAR_ROWS for before, after in zip([0, *numbers], numbers, strict=False))
    if not rising or (numbers and numbers[-1] > MOST_ROWS):
        return None
    joined = [Column.joined(parts) for parts in zip(*batches, strict=True)]
    if sum(column.texts.nbytes for column in joined) > max(MOST_TEXT * archive.size(part), LEAST_TEXT):
        return None
    return Columns(title, numbers, joined, merged=rows.merged, hidden=frozenset(hidden))


def _prove(batches: Iterable[bytes]) -> Iterator[Proved]:
    """The rows of a sheet's XML in batches; raises NotPlainError as soon as anything else stands among them."""
    pattern: re.Pattern[bytes] | None = None
    for rows in batches:
        pattern = pattern or _pattern(rows)
        if rows.count(b"<row") * pattern.groups > max(LEAST_SLOTS, len(rows)):
            raise NotPlainError
        columns = list(zip(*pattern.findall(rows), strict=True))
        if not columns or sum(map(len, columns[0])) < len(rows.rstrip()):
            raise NotPlainError
        numbers = [*map(int, columns[1])]
        hidden = [number for number, written in zip(numbers, columns[2], strict=True) if HIDDEN.search(written)]
        yield Proved(numbers, hidden, list(zip(columns[3::2], columns[4::2], strict=True)))


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


def _converted(batch: Proved, context: Context) -> list[Column]:
    known: dict[bytes, int] = {}
    return [as_column(*column, _kinds(column[0], known, context), context) for column in batch.columns]


def _kinds(attributes: Sequence[bytes], known: dict[bytes, int], context: Context) -> dict[bytes, int]:
    """What each different set of attributes makes of a cell's value."""
    for written in set(attributes) - known.keys():
        found = ATTRIBUTES.fullmatch(written)
        if found is None:
            raise NotPlainError
        known[written] = int(Kind.of((found[2] or b"n").decode(), context.format(int(found[1] or 0)).shown))
    return known
