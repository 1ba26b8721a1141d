"""The Dashboard's page: its columns, what its blocks need, and how a cell is put there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from xlsxwriter.utility import xl_col_to_name

from reports import style
from reports.book import Book

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.worksheet import Worksheet

    from reports.run_sheet import Charted

WIDTHS = (1.2, 28, 9.5, 9.5, 9.5, 10.5, 12, 1.6, 22, 9.5, 9.5, 9.5, 10.5, 11, 11, 11, 17)
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

    def header(self, row: int, first: int, names: tuple[str, ...], **aligned: str) -> None:
        """The header of a small table: texts first, then figures, unless a name is aligned otherwise (spaces as underscores)."""
        for offset, name in enumerate(names):
            align = aligned.get(name.replace(" ", "_"), "left" if offset == 0 else "right")
            self.put(row, first + offset, name, style.SMALL_HEADER, align=align, indent=int(align == "left" and offset > 0))


def block(sheet: str, rows: tuple[int, int] | None, end: str) -> str | None:
    """The address of a block of rows, or None where there is none."""
    return f"'{sheet}'!A{rows[0] + 1}:{end}{rows[1] + 1}" if rows else None
