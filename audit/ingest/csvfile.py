"""The CSV gate: the structure of every line is judged before anything may shift or swallow a row."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from audit.ingest import encoding
from audit.ingest.recognise import header_score
from audit.ingest.rows import Broken, TextRows

if TYPE_CHECKING:
    import pandas as pd

DELIMITERS = (";", ",", "\t", "|")
HEADER_LINES = 20
"""Lines in which the header is looked for."""

RECORD_LINES = 60
"""Most physical lines of one record; beyond that an open quote is a stray one."""

UNDECODED = re.compile("[\udc80-\udcff]")
TOTALS = ("total", "totaux", "sous total", "somme", "grand total", "合计", "总计", "小计")


class Header(NamedTuple):
    """Where the header stands, by which delimiter, and its cells."""

    line: int
    delimiter: str
    cells: tuple[str, ...]


class Record(NamedTuple):
    """One record: the row that a person sees, its cells, or why it has none."""

    row: int
    cells: list[str] | None
    reason: str = ""
    line: str = ""


def read(file: str, content: bytes) -> TextRows | None:
    """The rows of a CSV file; None where no line of its beginning is a header that is known."""
    name = encoding.guess(content)
    lines = re.split(r"\r\n|\n|\r", encoding.decode(content, name))
    if lines and not lines[-1]:
        lines.pop()
    header = find_header(lines)
    if header is None:
        return None
    records = list(split(lines[header.line + 1 :], header, first_row=header.line + 2))
    good = [record for record in records if record.cells is not None]
    filled = [record for record in good if any(cell.strip() for cell in record.cells or ())]
    return TextRows(
        file=file,
        sheet="",
        header=header.cells,
        header_row=header.line + 1,
        cells=_frame(filled, len(header.cells)),
        broken=tuple(Broken(record.row, record.reason, record.line) for record in records if record.cells is None),
        blank=len(good) - len(filled),
        sha256=hashlib.sha256(content).hexdigest(),
        encoding=name,
        delimiter=header.delimiter,
    )


def _frame(records: Sequence[Record], width: int) -> pd.DataFrame:
    import pandas as pd

    columns = list(zip(*(record.cells or () for record in records), strict=True)) or [()] * width
    index = pd.Index([record.row for record in records], dtype="int64")
    return pd.DataFrame({place: pd.Series(list(column), index=index, dtype="str") for place, column in enumerate(columns)}, index=index)


def find_header(lines: Sequence[str]) -> Header | None:
    """The line and delimiter under which the most header cells are known; a ``sep=`` line decides the delimiter."""
    fixed = re.fullmatch(r"sep=(.)", lines[0].strip('"')) if lines else None
    best, most = None, 0
    for place, line in enumerate(lines[:HEADER_LINES]):
        for delimiter in (fixed[1],) if fixed else DELIMITERS:
            cells = _parse(line, delimiter) or []
            if (score := header_score(cells)) > most:
                best, most = Header(place, delimiter, tuple(cell.strip() for cell in cells)), score
    return best


def split(lines: Sequence[str], header: Header, first_row: int) -> list[Record]:
    """Every record after the header; one that can't be split has a reason, and costs no other its place."""
    records: list[Record] = []
    place = 0
    while place < len(lines):
        used, record = _next(lines, place, header, first_row + len(records))
        records.append(record)
        place += used
    return records


def _next(lines: Sequence[str], place: int, header: Header, row: int) -> tuple[int, Record]:
    """The record that starts at a line, and how many lines it takes."""
    line, width = lines[place], len(header.cells)
    if not line.strip(header.delimiter + ' \t"'):
        return 1, Record(row, [""] * width)
    if fault := _unreadable(line):
        return 1, Record(row, None, fault, UNDECODED.sub("\N{REPLACEMENT CHARACTER}", line))
    if '"' not in line:
        cells: list[str] | None = line.split(header.delimiter)
        used = 1
    else:
        used, cells = _quoted(lines, place, header)
    if cells is None or len(cells) != width:
        return 1, Record(row, None, "unsplit-line", line)
    if is_total(cells):
        return used, Record(row, None, "totals-line", line)
    if tuple(cell.strip() for cell in cells) == header.cells:
        return used, Record(row, None, "repeated-header", line)
    return used, Record(row, cells)


def _unreadable(line: str) -> str:
    if "\x00" in line:
        return "nul-byte"
    return "undecodable" if UNDECODED.search(line) else ""


def is_total(cells: Sequence[str]) -> bool:
    """Whether a row is a total: it starts with a word for one, and most of its cells are blank."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and filled[0].casefold().startswith(TOTALS) and 2 * len(filled) < len(cells)


def _quoted(lines: Sequence[str], place: int, header: Header) -> tuple[int, list[str] | None]:
    """A record with quotes: its line alone, or with the next ones where a quoted cell spans lines."""
    if (cells := _parse(lines[place], header.delimiter)) is not None:
        return 1, cells
    text = lines[place]
    for used, line in enumerate(lines[place + 1 : place + RECORD_LINES], start=2):
        if _unreadable(line) or len(_parse(line, header.delimiter) or ()) == len(header.cells):
            return 1, None  # the quote was a stray one: it must not swallow a row that is whole
        text += "\n" + line
        if (cells := _parse(text, header.delimiter)) is not None:
            return used, cells
    return 1, None


def _parse(text: str, delimiter: str) -> list[str] | None:
    """The cells of one record by the strict standard reader; None where its quotes do not close."""
    try:
        records = list(csv.reader(text.splitlines(keepends=True) or [""], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return records[0] if len(records) == 1 else None
