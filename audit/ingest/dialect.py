"""What a CSV file's dialect is, decided once from the whole file: encoding, delimiter, header, and how it quotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from audit.errors import FileFault
from audit.ingest import encoding
from audit.ingest.content import Content
from audit.ingest.lines import Lines, line_starts
from audit.ingest.reading import Reading
from audit.ingest.recognise import NEAR, header_score
from audit.ingest.records import TRIMMED, cells_of, shape, split
from schemas.text import Message

DELIMITERS = (";", ",", "\t", "|")
SEPARATOR_LINE = re.compile(r"sep=([!#-/:-@\[-`{-~\t])", re.IGNORECASE)
"""A first line by which spreadsheets are told the delimiter; one that is no single character of ASCII is none."""

HEADER_LINES = 20
"""Lines in which the header is looked for."""

HEAD_BYTES = 1 << 20
"""Bytes of a file's beginning in which the header stands, and from which is learnt how rows begin."""

ROWS_LOOKED_AT = 2_000
"""Lines after the header from which is learnt how rows begin."""

LITERAL_FACTOR = 8
"""Lone quotes for each one at the start of a cell from which they are plain text; where cells are quoted there are about two."""

COMMON_SHARE = 0.2
"""Share of a file's rows from which the shape of their first cell tells a row."""


class Header(NamedTuple):
    """Where the header stands, how many lines it takes, by which delimiter, and its cells."""

    line: int
    used: int
    delimiter: str
    cells: tuple[str, ...]
    score: int


def decide(file: str, content: bytes | Content) -> Reading | None:
    """How a file is to be read; None where no line of its beginning is a header that is known."""
    name = encoding.guess(content)
    mark = encoding.mark_length(content)
    head = content[mark : mark + HEAD_BYTES]
    lines = Lines(encoding.as_utf8(head, name))
    header = find_header(lines[:HEADER_LINES])
    if header is None or not _is_certain(file, lines, header):
        return None
    starts = line_starts(head, name)
    after = header.line + header.used
    reading = Reading(
        file=file,
        sheet="",
        encoding=name,
        delimiter=header.delimiter,
        header_row=header.line + 1,
        header=header.cells,
        start=mark + int(starts[after]) if after < len(starts) else len(content),
    )
    reading = reading._replace(notes=_notes(reading, lines, header))
    quoted: bytes | Content = next((part for part in (head, content) if '"'.encode(name.removesuffix("-sig")) in part), b"")
    reading = reading._replace(literal_quotes=_has_literal_quotes(quoted, reading))
    return reading._replace(beginnings=_beginnings(lines, after, reading)) if quoted else reading


def find_header(lines: Sequence[str]) -> Header | None:
    """The line and delimiter under which the most header cells are known; a ``sep=`` line decides the delimiter."""
    fixed = SEPARATOR_LINE.fullmatch(lines[0].strip('"')) if lines else None
    best: Header | None = None
    for place in range(len(lines)):
        for delimiter in (fixed[1],) if fixed else DELIMITERS:
            found = _header_at(lines, place, delimiter)
            if found and found.score > (best.score if best else 0):
                best = found
    return best


def _header_at(lines: Sequence[str], place: int, delimiter: str) -> Header | None:
    """What a header would be that starts at a line; its quoted cells may span lines."""
    for used in range(1, len(lines) - place + 1):
        found = cells_of("\n".join(lines[place : place + used]), delimiter)
        if not found.open:
            cells = tuple(cell.strip(TRIMMED) for cell in found.cells)
            score = 0 if found.malformed else header_score(cells)
            return Header(place, used, delimiter, cells, score) if score else None
    return None


def _is_certain(file: str, lines: Lines, header: Header) -> bool:
    """Whether what stands above a header is no table; raises FileFault where rows would be left out."""
    above = _above(lines, header)
    if above and header.score < NEAR:
        return False
    for line in above:
        cells = cells_of(line, header.delimiter).cells
        if len(cells) == len(header.cells) and 2 * sum(bool(cell.strip()) for cell in cells) > len(cells):
            wrong = Message("lines that look like rows stand above the header in row {row}.", {"row": header.line + 1})
            raise FileFault(file, wrong, "Move the header to the top.")
    return True


def _notes(reading: Reading, lines: Lines, header: Header) -> tuple[Message, ...]:
    """What a person should know: lines above the header that were skipped, and text that was encoded twice."""
    above = len(_above(lines, header))
    skipped = Message(
        "{file}: lines skipped above the header in row {row}: {count}", {"file": reading.file, "row": reading.header_row, "count": above}
    )
    word = encoding.twice_encoded(lines.utf8)
    twice = Message("{file}: text such as {text} was encoded twice before it was exported", {"file": reading.file, "text": word})
    return (skipped,) * bool(above) + (twice,) * bool(word)


def _above(lines: Lines, header: Header) -> list[str]:
    """The lines above a header that hold something, but for one that names the delimiter."""
    held = [line for line in lines[: header.line] if line.strip(TRIMMED + header.delimiter)]
    return held[1:] if held and SEPARATOR_LINE.fullmatch(held[0].strip('"')) else held


def _has_literal_quotes(content: bytes | Content, reading: Reading) -> bool:
    """Whether quotes are plain text in a file: next to none stands where it would open a cell."""

    def count(text: str) -> int:
        return content.count(text.encode(reading.encoding.removesuffix("-sig")))

    opening = count(f'{reading.delimiter}"') + count('\n"') + count('\r"')
    return count('"') - 2 * count('""') > LITERAL_FACTOR * opening


def _beginnings(lines: Lines, after: int, reading: Reading) -> frozenset[str]:
    """The shapes with which a fair share of the first rows begin; none where they begin in too many ways to tell."""
    first = range(after, min(len(lines), after + ROWS_LOOKED_AT))
    rows = [lines[record.place] for record in split(lines, reading, first) if record.cells]
    shapes = Counter(shape(line, reading.delimiter) for line in rows)
    common = frozenset(found for found, times in shapes.items() if times >= COMMON_SHARE * len(rows))
    return common if 2 * sum(shapes[found] for found in common) > len(rows) else frozenset()
