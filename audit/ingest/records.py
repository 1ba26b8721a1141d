"""The strict reader: one record after the other, each judged before it may take a line that belongs to another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from audit.errors import FileFault
from audit.ingest.encoding import UNDECODED
from audit.ingest.foot import foot_reason
from audit.ingest.reading import Reading
from schemas.text import Message

RECORD_LINES = 1_000
"""Most physical lines of one record; beyond that an open quote is a stray one."""

QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)("?)')
"""A quoted cell, and its closing quote where it has one; possessive, so that a million quotes are read once."""

DIGIT, LETTER = re.compile("[0-9]"), re.compile(r"[^\W\d_]")
SHAPE_LENGTH = 40
"""Characters of a line's first cell that tell its shape."""

TRIMMED = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\ufeff"
"""What does not count around a header's cells: white space, and the mark that stands inside where two files were joined."""


class Cells(NamedTuple):
    """A text taken apart; ``open``: its last quote is not closed; ``malformed``: text follows a closing quote; ``stray``: a quote within a cell."""

    cells: list[str]
    open: bool = False
    malformed: bool = False
    stray: bool = False


class Record(NamedTuple):
    """What starts at a line: its cells (none where it is blank), or why it is refused, with its text."""

    place: int
    used: int
    cells: list[str] | None
    reason: str = ""
    text: str = ""


def split(lines: Sequence[str], reading: Reading, places: Iterable[int]) -> Iterator[Record]:
    """The records that start at some lines, in their order; a line that an earlier one has taken starts none."""
    free = 0
    for place in places:
        if place >= free:
            record = record_at(lines, place, reading)
            free = place + record.used
            yield record


def record_at(lines: Sequence[str], place: int, reading: Reading) -> Record:
    """The record that starts at a line."""
    text, used = lines[place], 1
    found = cells_of(text, reading.delimiter)
    if found.open and (spanning := _spanning(lines, place, reading)):
        text, used = "\n".join(lines[line] for line in range(place, place + spanning)), spanning
        found = cells_of(text, reading.delimiter)
    if reason := _unusable(text, found) or foot_reason(found.cells, reading.width):
        return Record(place, used, None, reason, UNDECODED.sub("\N{REPLACEMENT CHARACTER}", text))
    if not any(cell.strip() for cell in found.cells):
        return Record(place, used, [])
    if reason := _no_row(found, reading, text):
        return Record(place, used, None, reason, text)
    return Record(place, used, found.cells)


def _unusable(text: str, found: Cells) -> str:
    if UNDECODED.search(text):
        return "undecodable"
    if "\x00" in text:
        return "nul-byte"
    return "unsplit-line" if found.open or found.malformed else ""


def _no_row(found: Cells, reading: Reading, text: str) -> str:
    if len(found.cells) != reading.width:
        return "unsplit-line"
    if found.stray and not reading.literal_quotes:
        return "stray-quote"
    return _header_again([cell.strip(TRIMMED) for cell in found.cells], reading, text)


def _header_again(cells: list[str], reading: Reading, text: str) -> str:
    """Raises FileFault where the header comes again in another order: every row below it would be shifted."""
    if cells == list(reading.header):
        return "repeated-header"
    if sorted(cells) == sorted(reading.header):
        wrong = Message("a second header has the same columns in another order: {line}", {"line": text})
        raise FileFault(reading.file, wrong, "Two exports were joined: split the file before that line.")
    return ""


def cells_of(text: str, delimiter: str) -> Cells:
    """A text taken apart at its delimiters; those within quotes belong to their cell."""
    if '"' not in text:
        return Cells(text.split(delimiter))
    cells: list[str] = []
    place, stray = 0, False
    while place <= len(text):
        if text.startswith('"', place):
            content, closing = QUOTED.match(text, place).groups()  # type: ignore[union-attr]  # it matches at any quote
            place += len(content) + 2
            if not closing:
                return Cells(cells, open=True)
            if not text.startswith(delimiter, place) and place < len(text):
                return Cells(cells, malformed=True)
            cells.append(content.replace('""', '"'))
        else:
            end = text.find(delimiter, place)
            cells.append(text[place : end if end >= 0 else None])
            stray |= '"' in cells[-1]
            place += len(cells[-1])
        place += len(delimiter)
    return Cells(cells, stray=stray)


def _spanning(lines: Sequence[str], place: int, reading: Reading) -> int:
    """How many lines a record takes whose quoted cells span them; 0 where it must not: the quote is then a stray one."""
    pieces = [lines[place]]
    for line in islice((lines[after] for after in range(place + 1, len(lines))), RECORD_LINES - 1):
        if begins_row(line, reading):
            return 0
        pieces.append(line)
        if '"' in line.replace('""', ""):
            found = cells_of("\n".join(pieces), reading.delimiter)
            if not found.open:
                return len(pieces) if len(found.cells) == reading.width and not found.malformed else 0
            if len(found.cells) >= reading.width:
                return 0
    return 0


def begins_row(line: str, reading: Reading) -> bool:
    """Whether a line looks like the beginning of a row, whatever stands before it: no quoted cell may take it."""
    separators = line.count(reading.delimiter)
    if reading.beginnings:
        return separators > 0 and shape(line, reading.delimiter) in reading.beginnings
    return separators > 0 and abs(separators - reading.width + 1) <= 1


def shape(line: str, delimiter: str) -> str:
    """The first cell of a line with 9 for every digit and "a" for every letter."""
    return LETTER.sub("a", DIGIT.sub("9", _first_cell(delimiter).match(line)[0]))  # type: ignore[index]  # it matches nothing too


@cache
def _first_cell(delimiter: str) -> re.Pattern[str]:
    return re.compile(rf'"?[^"{re.escape(delimiter)}]{{0,{SHAPE_LENGTH}}}')
