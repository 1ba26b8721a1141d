"""A sheet's XML read cell by cell: errors, formulas without a value, merged cells and hidden rows are seen."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from audit.ingest.rows import Broken
from audit.ingest.workbooks.archive import Archive
from audit.ingest.workbooks.cells import ShownNumber, as_text
from audit.ingest.workbooks.context import Context
from audit.ingest.workbooks.grid import Merged, Rows
from audit.ingest.workbooks.markup import Attributes, Events, read
from audit.ingest.workbooks.refusals import is_far, is_swollen
from audit.ingest.workbooks.strings import BLANKS, keeps_spaces, unescape
from audit.ingest.workbooks.styles import Format, Shown

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""The grid of a spreadsheet."""

FAR_ROWS, FAR_COLUMNS = 100_000, 1_000
"""Blank rows, or columns, beyond which a cell belongs to no table."""

MOST_TEXT, LEAST_TEXT = 10, 20_000_000
"""Letters of text for each byte of the sheet, and for any sheet: shared texts may repeat, but not without end."""

LEAST_SLOTS = 5_000_000
"""Places in rows, filled or not, that any sheet may take; a larger one as many as it has bytes."""

REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
LETTERS = re.compile(r"[A-Z]{1,3}")
INDEX = re.compile(r"\d{1,9}", re.ASCII)
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
TRUE = frozenset(("1", "true"))
EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a spreadsheet's times have no zone
LEAP = 60
"""The day in 1900 that never was; before it serial numbers are one behind."""

MOST_DAYS = 2_958_466
"""The day after 31 December 9999."""


def read_sheet(archive: Archive, part: str, title: str, context: Context) -> Rows:
    """Every cell of a sheet; raises FileFault where one stands beyond the grid, or far away from the others."""
    size = archive.size(part)
    events = _Sheet(archive.file, title, context, Room(max(MOST_TEXT * size, LEAST_TEXT), max(size, LEAST_SLOTS)))
    read(archive.file, archive.chunks(part), events)
    numbers = sorted(events.cells)
    cells = [events.cells[number] for number in numbers]
    return Rows(title, numbers, cells, tuple(events.faults), tuple(events.merged), frozenset(events.hidden))


class Room(NamedTuple):
    """How much a sheet may still take: letters, and places in rows."""

    letters: int
    slots: int


def index(text: str | None, default: int) -> int:
    """A number that an attribute gives; the default where it gives none."""
    return int(text) if text and INDEX.fullmatch(text) else default


def column_of(letters: str) -> int:
    """The position of a column, from 0."""
    place = 0
    for letter in letters:
        place = 26 * place + ord(letter) - 64
    return place - 1


def merged(reference: str) -> list[Merged]:
    """The range that a reference names; none where it names a cell alone, or nothing."""
    corners = [REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    if len(corners) != 2 or not (corners[0] and corners[1]):  # noqa: PLR2004 - a range has two corners
        return []
    (left, top), (right, bottom) = corners[0].groups(), corners[1].groups()
    return [Merged(int(top), column_of(left), int(bottom), column_of(right))]


def moment(days: float, *, from_1904: bool) -> Any:
    """The day, time or moment of a serial number; the number itself where it means none."""
    if not 0 <= days < MOST_DAYS:
        return days
    if days < 1 and not from_1904:
        return (EPOCH + timedelta(milliseconds=round(days * 86_400_000))).time()
    begin = EPOCH_1904 if from_1904 else EPOCH + timedelta(days=int(days < LEAP))
    found = begin + timedelta(milliseconds=round(days * 86_400_000))
    return found.date() if days == int(days) else found


def shown(number: float, like: Format, *, from_1904: bool) -> Any:
    """What a number of this format is."""
    if like.shown is Shown.DATE:
        return moment(number, from_1904=from_1904)
    if like.shown is Shown.ELAPSED:
        return timedelta(milliseconds=round(number * 86_400_000)) if abs(number) < MOST_DAYS else number
    if like.shown is Shown.PERCENT:
        return ShownNumber(as_text(float(format(number * 100, ".15g"))) + "%")
    if like.shown is Shown.CURRENCY:
        return ShownNumber(f"{as_text(number)} {like.detail}")
    if like.shown is Shown.PADDED and number.is_integer() and number >= 0:
        return ShownNumber(as_text(number).zfill(int(like.detail)))
    return number


class _Places(dict[str, int]):
    """Positions of columns by their letters, each worked out once; what are no letters of a column is beyond the grid."""

    def __missing__(self, letters: str) -> int:
        place = self[letters] = column_of(letters) if LETTERS.fullmatch(letters) else MOST_COLUMNS
        return place


class _Sheet(Events):
    """The cells of a sheet as they come."""

    def __init__(self, file: str, title: str, context: Context, room: Room) -> None:
        self.file = file
        self.title = title
        self.context = context
        self.letters, self.slots = room
        self.cells: dict[int, list[Any]] = {}
        self.faults: list[Broken] = []
        self.merged: list[Merged] = []
        self.hidden: set[int] = set()
        self.row, self.row_text, self.column, self.last = 0, "0", -1, 0
        self.columns = _Places()
        self.kind, self.style = "n", 0
        self.value: list[str] = []
        self.formula: list[str] | None = None
        self.inside = self.phonetic = self.kept = False
        self.sink: list[str] | None = None

    def begin(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name == "v" and self.inside:
            self.sink, self.kept = [], True
        elif name == "t" and self.inside and not self.phonetic:
            self.sink, self.kept = [], keeps_spaces(attributes)
        elif name == "f" and self.inside:
            self.sink = self.formula = []
        elif name == "rPh":
            self.phonetic = True
        elif name == "row":
            self.row = index(attributes.get("r"), self.row + 1)
            self.row_text = str(self.row)
            self.column = -1
            if attributes.get("hidden") in TRUE:
                self.hidden.add(self.row)
        elif name == "mergeCell":
            self.merged += merged(attributes.get("ref", ""))

    def text(self, text: str) -> None:
        if self.sink is not None:
            self.sink.append(text)

    def end(self, name: str) -> None:
        if name in {"v", "t"} and self.sink is not None:
            whole = "".join(self.sink)
            self.value.append(whole if self.kept else whole.strip(BLANKS))
            self.sink = None
        elif name == "f":
            self.sink = None
        elif name == "rPh":
            self.phonetic = False
        elif name == "c" and self.inside:
            self.inside = False
            self._keep("".join(self.value))

    def _begin_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r", "")
        letters = reference.rstrip("0123456789")
        self.column = self.columns[letters] if reference else self.column + 1
        if reference[len(letters) :] != self.row_text and reference:
            self.row, self.row_text = index(reference[len(letters) :], MOST_ROWS + 1), reference[len(letters) :]
        self.kind = attributes.get("t", "n")
        self.style = index(attributes.get("s"), 0)
        self.value, self.formula, self.inside = [], None, True

    def _keep(self, raw: str) -> None:
        """Keep the cell that has just ended, unless nothing stands in it."""
        value, fault = self._value(raw)
        if fault:
            self.faults.append(Broken(self.row, fault, raw or "=" + "".join(self.formula or ()), self.column))
        blank = isinstance(value, str) and not value.strip() and not fault
        if (value == "" and blank) or (self._far() and blank):
            return
        if self._far():
            raise is_far(self.file, self.title, row=self.row, column=self.column + 1)
        row = self.cells.setdefault(self.row, [])
        self._take(slots=max(0, self.column + 1 - len(row)))
        row += [""] * (self.column + 1 - len(row))
        row[self.column] = value
        self.last = max(self.last, self.row)

    def _far(self) -> bool:
        beyond = self.row > MOST_ROWS or self.column >= MOST_COLUMNS
        return beyond or self.row > self.last + FAR_ROWS or self.column > FAR_COLUMNS

    def _take(self, *, letters: int = 0, slots: int = 0) -> None:
        self.letters -= letters
        self.slots -= slots
        if self.letters < 0 or self.slots < 0:
            raise is_swollen(self.file, self.title)

    def _value(self, raw: str) -> tuple[Any, str]:
        """A cell's value, and why it has none."""
        if self.kind == "e":
            return raw, "error-cell"
        if self.kind == "s":
            return self._shared(raw)
        if self.kind in {"str", "inlineStr"}:
            self._take(letters=len(raw))
            return unescape(raw), ""
        if not raw:
            return "", "no-value" if self.formula is not None else ""
        return self._plain(raw), ""

    def _plain(self, raw: str) -> Any:
        if self.kind == "b":
            return raw not in {"0", "false"}
        if self.kind == "d":
            return iso(raw)
        if not NUMBER.fullmatch(raw):
            return raw
        return shown(float(raw), self.context.format(self.style), from_1904=self.context.from_1904)

    def _shared(self, raw: str) -> tuple[str, str]:
        if not raw:
            return "", ""
        place = index(raw, -1)
        if not 0 <= place < len(self.context.strings):
            return raw, "error-cell"
        self._take(letters=len(self.context.strings[place]))
        return self.context.strings[place], ""


def iso(raw: str) -> Any:
    """The day or moment of a date in ISO 8601; what is none as it stands."""
    try:
        found = datetime.fromisoformat(raw)
    except ValueError:
        return raw
    return found.date() if "T" not in raw and " " not in raw else found
