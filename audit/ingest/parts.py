"""A CSV file in parts: cut only where a record ends, each split under the one reading of the whole file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from audit.ingest.content import Content
from audit.ingest.encoding import as_utf8, decode
from audit.ingest.foot import FOOT
from audit.ingest.lines import LONGEST, Lines, Mask, Places, line_starts, whole_rows
from audit.ingest.reading import Reading
from audit.ingest.records import RECORD_LINES, TRIMMED, Record, begins_row, split
from audit.ingest.rows import Broken
from audit.normalise.raw import BEYOND_ASCII, BLANK, raw

PART_BYTES = 32_000_000
"""Bytes of a part: enough to be fast, and little beside the tables that come of it."""

NEAR_BYTES = 65_536
"""Bytes before the wanted cut in which a place for it is looked for first."""

INKED = "[!-~]"
FOOT_CELL = rf"^[\s\pZ\pC]*{FOOT}"


class Part(NamedTuple):
    """The rows of a part of a file: ``cells`` as in TextRows, the rows refused, how many are blank, and the row after the last."""

    cells: pd.DataFrame
    broken: tuple[Broken, ...]
    blank: int
    next_row: int


def cuts(content: bytes | Content, reading: Reading, size: int = PART_BYTES) -> Iterator[bytes]:
    """The rows of a file in parts of about a size, each of whole records; their splits put together are the split of all."""
    start = reading.start
    while start < len(content):
        stop = cut(content, reading, start, size)
        yield content[start:stop]
        start = stop


def cut(content: bytes | Content, reading: Reading, start: int, size: int) -> int:
    """Where to end a part that begins at a record: the last place within a size at which a record ends, whatever follows."""
    size += size % 2
    if start + size >= len(content):
        return len(content)
    for near in (min(NEAR_BYTES, size), size):
        block = content[start + size - near : start + size]
        if place := _last_beginning(block, reading):
            return start + size - near + place
    return _sequential(content, reading, start, size) or cut(content, reading, start, 2 * size)


def _last_beginning(block: bytes, reading: Reading) -> int:
    """Where in a block the last line starts that begins a row for certain; 0 where none but perhaps its first does."""
    starts = line_starts(block, reading.encoding)
    for place in range(len(starts) - 2, 0, -1):
        line = decode(block[starts[place] : starts[place + 1]], reading.encoding).rstrip("\r\n")
        if begins_row(line, reading):
            return int(starts[place])
    return 0


def _sequential(content: bytes | Content, reading: Reading, start: int, size: int) -> int:
    """A cut behind the last record that could not have reached beyond the block; 0 where the block is too short for one."""
    block = content[start : start + size]
    starts = line_starts(block, reading.encoding)
    lines = Lines(as_utf8(block[: starts[-1]], reading.encoding))
    certain = takewhile(lambda record: record.place + RECORD_LINES < len(lines), split(lines, reading, range(len(lines))))
    ends = [record.place + record.used for record in certain]
    return start + int(starts[ends[-1]]) if ends else 0


def split_part(content: bytes, reading: Reading, first_row: int) -> Part:
    """Split bytes that begin and end with a record; ``first_row``: the number of the first one.

    Lines that are certainly one row each are read all at once, the others one by one: the rows are the same either way.
    """
    lines = Lines(as_utf8(content, reading.encoding))
    whole = whole_rows(lines, reading) if len(lines) else np.zeros(0, dtype=np.bool_)
    records = list(split(lines, reading, np.flatnonzero(~whole).tolist()))
    begins = np.ones(len(lines), dtype=np.bool_)
    for record in records:
        begins[record.place + 1 : record.place + record.used] = False
    whole &= begins
    table = _parse(lines.bytes_of(whole), reading)
    doubtful = np.zeros(len(table), dtype=np.bool_)
    doubtful[_doubtful(table, reading)] = True
    places = np.flatnonzero(whole)
    records += split(lines, reading, places[doubtful].tolist())
    numbers = first_row + np.cumsum(begins) - 1
    table = table.filter(pa.array(~doubtful)) if doubtful.any() else table
    return _part(_frame(table, numbers[places[~doubtful]]), records, numbers, first_row + int(begins.sum()))


def _parse(utf8: bytes, reading: Reading) -> pa.Table:
    names = [str(place) for place in range(reading.width)]
    text = pa.large_string()
    if not utf8:
        return pa.table({name: pa.array([], text) for name in names})
    return pyarrow.csv.read_csv(
        pa.BufferReader(utf8),
        read_options=pyarrow.csv.ReadOptions(column_names=names, block_size=4 * LONGEST, use_threads=False),
        parse_options=pyarrow.csv.ParseOptions(delimiter=reading.delimiter, quote_char='"' if b'"' in utf8 else False),
        convert_options=pyarrow.csv.ConvertOptions(check_utf8=False, column_types=dict.fromkeys(names, text), strings_can_be_null=False),
    ).combine_chunks()


def _doubtful(table: pa.Table, reading: Reading) -> Places:
    """Rows at which the strict reader must look: those that may be blank, stand at the foot, or repeat the header."""
    key = next(place for place, cell in enumerate(reading.header) if cell)
    names = [cell for cell in reading.header if cell]
    rows = np.flatnonzero(~_numbered(table.column(key), names))
    trimmed = pc.utf8_trim(table.column(key).take(pa.array(rows)), characters=TRIMMED)
    found = [rows[_mask(pc.is_in(trimmed, value_set=pa.array(names, pa.large_string())))]]
    for column in table.columns:
        cells = column if len(rows) == len(table) else column.take(pa.array(rows))
        found.append(rows[_mask(pc.match_substring_regex(cells, FOOT_CELL, ignore_case=True))])
        rows = rows[~_mask(pc.match_substring_regex(cells, INKED))]
        if not len(rows):
            break
    return np.concatenate([*found, rows])


def _numbered(column: pa.ChunkedArray, names: Sequence[str]) -> Mask:
    """Which cells begin with a digit and hold no space: they are no header, and no foot begins so."""
    if any(name[0].isdigit() for name in names):
        return np.zeros(len(column), dtype=np.bool_)
    seen = raw(column.combine_chunks())
    spaced = np.flatnonzero((seen.within <= BLANK) | (seen.within >= BEYOND_ASCII))
    first = seen.first()
    numbered: Mask = (first >= ord("0")) & (first <= ord("9"))
    return numbered & ~seen.cells_at(spaced + seen.starts[0]) if len(spaced) else numbered


def _mask(answers: pa.ChunkedArray) -> Mask:
    mask: Mask = answers.to_numpy().astype(np.bool_)
    return mask


def _frame(table: pa.Table, numbers: Places) -> pd.DataFrame:
    frame = table.to_pandas(split_blocks=True)
    frame.columns = range(frame.shape[1])
    frame.index = pd.Index(numbers, dtype="int64")
    return frame


def _part(frame: pd.DataFrame, records: Sequence[Record], numbers: Places, next_row: int) -> Part:
    good = [record for record in records if record.cells]
    if good:
        index = pd.Index([numbers[record.place] for record in good], dtype="int64")
        extra = pd.DataFrame([record.cells for record in good], index=index, dtype="str")
        frame = pd.concat([frame, extra]).sort_index()
    broken = [Broken(int(numbers[record.place]), record.reason, record.text) for record in records if record.cells is None]
    blank = sum(record.cells == [] for record in records)
    return Part(frame, tuple(sorted(broken)), blank, next_row)
