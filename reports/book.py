"""A workbook that is written with care: every text stays a text, every refusal of the writer is an error."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from reports import style
from reports.cells import missing

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_CHARACTERS = 32_767
CUT = " [...]"
UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
SAFE_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": False}
MOST_LINKS = 10_000


class WorkbookError(Exception):
    """The writer refused something: a defect of this program."""


def done(code: Any) -> None:
    """Raise unless a call of the writer did what it should."""
    if code not in (0, None) and not hasattr(code, "name"):
        raise WorkbookError(f"the workbook writer refused a call: {code!r}")


def safe(text: str) -> str:
    """A text that Excel can hold: no control characters or lone surrogates, cut with a mark where it is too long."""
    clean = UNSAFE.sub("\ufffd", text)
    return clean if len(clean) <= MOST_CHARACTERS else clean[: MOST_CHARACTERS - len(CUT)] + CUT


def text_workbook(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A workbook of one sheet whose every cell is text, so that mending it loses no zero."""
    with xlsxwriter.Workbook(path, {**SAFE_OPTIONS, "tmpdir": str(path.parent)}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - a fixed time makes the same bytes
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("rows")
        sheet.set_column(0, max(0, len(header) - 1), 18, text)
        for number, row in enumerate([list(header), *rows]):
            for place, value in enumerate(row):
                if not missing(value):
                    done(sheet.write_string(number, place, safe(str(value)), text))
        sheet.freeze_panes(1, 0)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


class Book:
    """The open workbook with its formats, each made once."""

    def __init__(self, path: Path) -> None:
        options = {
            **SAFE_OPTIONS,
            "tmpdir": str(path.parent),
            "default_format_properties": {"font_name": style.FONT, "font_size": 10, "font_color": style.INK},
        }
        self.file = xlsxwriter.Workbook(path, options)
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, *parts: Mapping[str, Any], **more: Any) -> Format:
        """The format of some properties."""
        properties: dict[str, Any] = {"font_name": style.FONT}
        for part in parts:
            properties |= part
        properties |= more
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.file.add_format(properties)
        return self.formats[key]

    def sheet(self, name: str, *, colour: str | None = None) -> Worksheet:
        """A new sheet, ready to print."""
        sheet = self.file.add_worksheet(name)
        if colour:
            sheet.set_tab_color(colour)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.set_margins(0.31, 0.31, 0.55, 0.47)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return sheet

    def write(self, sheet: Worksheet, row: int, column: int, value: Any, form: Format) -> None:
        """A value as what it is: text, number, time or nothing."""
        if missing(value):
            done(sheet.write_blank(row, column, None, form))
        elif isinstance(value, str):
            done(sheet.write_string(row, column, safe(value), form))
        elif isinstance(value, datetime):
            done(sheet.write_datetime(row, column, value.replace(tzinfo=None), form))
        else:
            done(sheet.write_number(row, column, float(value), form))

    def link(self, sheet: Worksheet, row: int, column: int, target: str, value: Any, form: Format) -> None:
        """A value that leads to a place in the workbook."""
        done(sheet.write_url(row, column, f"internal:{target}", form, safe(str(value))))
        if not isinstance(value, str):
            self.write(sheet, row, column, value, form)


@dataclass(frozen=True)
class Field:
    """A column of a table sheet: its header, width in characters, format, and whether its text wraps."""

    header: str
    width: float
    form: Mapping[str, Any]
    wraps: bool = False

    def headed(self, header: str) -> Field:
        """The same column under another header."""
        return replace(self, header=header)


def text(header: str, width: float, *, bold: bool = False, wraps: bool = False, **more: Any) -> Field:
    """A column of text."""
    return Field(
        header, width, {**(style.WRAPPED if wraps else style.CELL), "num_format": "@", **({"bold": True} if bold else {}), **more}, wraps
    )


def number(header: str, width: float, form: str | int = style.COUNT) -> Field:
    """A column of numbers or times."""
    times = form in (style.DEADLINE, style.DAY, style.MOMENT)
    return Field(
        header, width, {**style.CELL, "num_format": form, "align": "center" if times else "right", **({} if times else {"indent": 1})}
    )


def height(values: Sequence[Any], fields: Sequence[Field]) -> float:
    """The height in points of a row whose wrapped texts are to be read whole."""
    lines = max(
        (lines_of(str(value), field.width) for value, field in zip(values, fields, strict=True) if field.wraps and not missing(value)),
        default=1,
    )
    return 3.5 + 13.2 * lines


def lines_of(words: str, width: float) -> int:
    """How many lines a text takes in a column, rather one too many."""
    room = width * 7 - 6
    return sum(max(1, math.ceil(sum(_glyph(letter) for letter in line) * 1.06 / room)) for line in words.split("\n"))


def _glyph(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 13.6
    if letter in "ijltfI.,;:'|! ":
        return 3.9
    return 9.3 if letter.isupper() or letter in "mwMW%@" else 7.0
