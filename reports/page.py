"""The Dashboard's page: its columns, what its blocks need, and how a cell is put there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from xlsxwriter.utility import xl_col_to_name

from reports import style
from reports.book import Book

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.worksheet import Worksheet

    from reports.run_sheet import Charted
    from schemas.text import Fact

WIDTHS = (1.2, 30, 9.5, 9.5, 9.5, 10.5, 12, 1.6, 21, 10.5, 9.5, 9.5, 10.5, 11, 11, 11, 17)
LEFT, RIGHT, LAST = 1, 8, 16
"""Columns, from 0, where the left and the right blocks begin, and the last one."""

FINDINGS_END, RULES_END = "S", "L"
"""Last columns of the sheets that figures lead to."""


def letter(column: int) -> str:
    """The letter of a column, from 0."""
    return str(xl_col_to_name(column))


class Links(NamedTuple):
    """Where the rows behind the figures stand: blocks of Findings and of Actions, rows of Orders at risk and of Rules, charted rows of Run.

    ``columns``: the letter of each column of Actions.
    """

    findings: Mapping[tuple[str, str], tuple[int, int]]
    actions: Mapping[str, tuple[int, int]]
    orders: Mapping[str, int]
    rules: Mapping[str, int]
    charted: Charted
    columns: Mapping[str, str]


class Tables(NamedTuple):
    """The small tables that the Dashboard shows: findings that count, lines of action, items at risk, nights, actions by deadline."""

    told: pd.DataFrame
    lines: pd.DataFrame
    risk: pd.DataFrame
    nights: pd.DataFrame
    when: pd.DataFrame


class Page:
    """The sheet with the two things that every block needs: the book and the cell formats."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self.book = book
        self.sheet = sheet

    def put(self, row: int, column: int, value: Any, *looks: Mapping[str, Any], **more: Any) -> None:
        """A value in a cell."""
        self.book.write(self.sheet, row, column, value, self.book.format(*looks, **more))

    def lead(self, row: int, column: int, target: str | None, value: Any, **look: Any) -> None:
        """A value that leads to its rows, or plain where there are none."""
        if target is None:
            self.put(row, column, value, style.LINED, **look)
        else:
            self.book.link(
                self.sheet, row, column, target, value, self.book.format({**style.LINED, "font_color": style.LINK, "underline": 1}, **look)
            )

    def heading(self, row: int, first: int, last: int, question: str, answer: str) -> None:
        """A block's question, and the sentence that answers it."""
        for column in range(first, last + 1):
            self.put(row, column, question if column == first else None, style.HEADING)
        self.put(row + 1, first, answer)

    def header(self, row: int, first: int, names: Sequence[str], aligned: Mapping[int, str] = MappingProxyType({})) -> None:
        """The header of a small table: texts first, then figures, unless the name at a place is aligned otherwise."""
        for offset, name in enumerate(names):
            align = aligned.get(offset, "left" if offset == 0 else "right")
            self.put(row, first + offset, name, style.SMALL_HEADER, align=align, indent=int(align == "left" and offset > 0))

    def said(self, messages: Sequence[str]) -> list[str]:
        """Messages in the page's language."""
        return [self.book.language.text(message) for message in messages]

    def word(self, listed: Mapping[str, str], name: str) -> str:
        """A word of a closed list in the page's language."""
        return self.book.language.text(listed[name])

    def say(self, template: str, facts: Mapping[str, Fact] | None = None, *, plural: str = "") -> str:
        """A sentence in the page's language."""
        return self.book.say(template, facts, plural=plural)
