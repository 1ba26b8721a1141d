"""The columns of table sheets: header, width, format, and how many lines a text takes in them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reports import style
from schemas.text import say

if TYPE_CHECKING:
    from schemas.language import Language
    from schemas.text import Fact

OF_PAGE = 0.9
"""Width of letters on the Dashboard, where nothing wraps, by the estimate for wrapping, which errs to the wide side."""

UNBROKEN = re.compile(r"\w、[a-z]")
"""Words that some programs take for a single long one, for which they leave the rest of the line before it empty."""

CUT = " ..."
NO_LIMIT = 1_000
"""Lines that a column may ask for where nothing keeps it from growing."""


@dataclass(frozen=True)
class Field:
    """A column of a table sheet: its header, width in characters, format, and whether its text wraps.

    ``context``: what the catalogues tell the header apart by. ``most``: how many lines high its texts may make a row.
    """

    header: str
    width: float
    form: Mapping[str, Any]
    wraps: bool = False
    context: str = ""
    most: int = NO_LIMIT

    def said(self, language: Language, facts: Mapping[str, Fact]) -> Field:
        """The same column in a language, as wide as the language needs."""
        header = language.text(self.header, self.context) if self.context else say(self.header, facts, language)
        return replace(self, header=header, width=style.WIDE.get(language.code, {}).get(self.form["num_format"], self.width))

    def lines(self, told: str) -> int:
        """How many lines high a text makes a row."""
        return min(self.most, lines_of(told, self.width))


def text(
    header: str, width: float, *, bold: bool = False, wraps: bool = False, context: str = "", most: int = NO_LIMIT, **more: Any
) -> Field:
    """A column of text."""
    form = {**(style.WRAPPED if wraps else style.CELL), "num_format": "@", **({"bold": True} if bold else {}), **more}
    return Field(header, width, form, wraps, context, most)


def number(header: str, width: float, form: str | int = style.COUNT, *, context: str = "") -> Field:
    """A column of numbers or times."""
    times = form in (style.DEADLINE, style.DAY, style.MOMENT)
    look = {**style.CELL, "num_format": form, "align": "center" if times else "right", **({} if times else {"indent": 1})}
    return Field(header, width, look, context=context)


def lines_of(told: str, width: float) -> int:
    """How many lines a text takes in a column, rather one too many."""
    room = width * 7 - 6
    return sum(max(1, math.ceil(width_of(line) * 1.06 / room) + bool(UNBROKEN.search(line))) for line in told.split("\n"))


def shortened(line: str, width: float) -> str:
    """A line cut to what a column has room for, with a mark."""
    if width_of(line) * OF_PAGE <= width * 7:
        return line
    while width_of(line + CUT) * OF_PAGE > width * 7:
        line = line[:-1]
    return line + CUT


def width_of(line: str) -> float:
    """How wide a line is in letters of 10 points, in pixels."""
    return sum(_glyph(letter) for letter in line)


def _glyph(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 13.6
    if letter in "ijltfI.,;:'|! \u00a0":
        return 3.9
    return 9.3 if letter.isupper() or letter in "mwMW%@" else 7.0
