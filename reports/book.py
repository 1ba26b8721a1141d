"""A workbook that is written with care: every text stays a text, every refusal of the writer is an error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.utility import quote_sheetname

from reports import style, words
from reports.cells import missing, safe
from reports.fields import lines_of
from schemas.text import say

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from reports.fields import Field
    from schemas.language import Language
    from schemas.text import Fact

SAFE_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": False}
MOST_LINKS = 10_000


class WorkbookError(Exception):
    """The writer refused something: a defect of this program."""


def done(code: Any) -> None:
    """Raise unless a call of the writer did what it should."""
    if code not in (0, None) and not hasattr(code, "name"):
        raise WorkbookError(f"the workbook writer refused a call: {code!r}")


class Book:
    """The open workbook: the language that it speaks, and its formats, each made once."""

    def __init__(self, path: Path, language: Language) -> None:
        self.language = language
        self.font = style.FONTS[language.code]
        options = {
            **SAFE_OPTIONS,
            "tmpdir": str(path.parent),
            "default_format_properties": {"font_name": self.font, "font_size": 10, "font_color": style.INK},
        }
        self.file = xlsxwriter.Workbook(path, options)
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def say(self, template: str, facts: Mapping[str, Fact] | None = None, *, plural: str = "") -> str:
        """A sentence in the book's language."""
        return say(template, facts or {}, self.language, plural=plural)

    def named(self, sheet: str) -> str:
        """The name that a sheet has in the book's language."""
        return words.SHEETS.said(sheet, self.language)

    def at(self, sheet: str, cells: str) -> str:
        """The address of cells of a sheet, for formulas."""
        return f"{quote_sheetname(self.named(sheet))}!{cells}"

    def leading(self, sheet: str, cells: str) -> str:
        """The address of cells of a sheet, for links."""
        return f"'{self.named(sheet)}'!{cells}"

    def block(self, sheet: str, rows: tuple[int, int] | None, end: str) -> str | None:
        """The address of a block of rows up to a column, for links; None where there is none."""
        return self.leading(sheet, f"A{rows[0] + 1}:{end}{rows[1] + 1}") if rows else None

    def looks(self, listed: Mapping[str, str], looks: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
        """The looks of the words of a closed list, by the word in the book's language."""
        return {self.language.text(listed[name]): look for name, look in looks.items()}

    def local(self, form: str | int) -> str | int:
        """A number format as the book's language has it."""
        return style.LOCAL[self.language.code].get(form, form)

    def format(self, *parts: Mapping[str, Any], **more: Any) -> Format:
        """The format of some properties."""
        properties: dict[str, Any] = {"font_name": self.font}
        for part in parts:
            properties |= part
        properties |= more
        if "num_format" in properties:
            properties["num_format"] = self.local(properties["num_format"])
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.file.add_format(properties)
        return self.formats[key]

    def sheet(self, name: str, *, colour: str | None = None) -> Worksheet:
        """A new sheet, ready to print."""
        sheet = self.file.add_worksheet(self.named(name))
        if colour:
            sheet.set_tab_color(colour)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.set_margins(0.31, 0.31, 0.55, 0.47)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return sheet

    def edge(self, left: str, middle: str, right: str) -> str:
        """A header or footer of a printed page; a blank keeps figures away from the size of the letters."""
        font = f'&"{self.font},Regular"&8'
        return f"&L{font} {left}&C{font} {middle}&R{font} {right}"

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

    def height(self, values: Sequence[Any], fields: Sequence[Field]) -> float:
        """The height in points of a row whose wrapped texts are to be read whole, as far as their columns may ask for."""
        lines = [field.lines(str(value)) for value, field in zip(values, fields, strict=True) if field.wraps and not missing(value)]
        return 3.5 + style.LINES[self.language.code] * max(lines, default=1)

    def header_height(self, fields: Sequence[Field]) -> float:
        """The height in points of a table's header, whose words stand above the buttons of its filter."""
        return 7.5 + style.LINES[self.language.code] * max(lines_of(field.header, field.width / style.BOLD) for field in fields)
