"""Cells of documents that hold everything as text: rows of texts, with the cells that span others."""

from __future__ import annotations

from audit.ingest.rows import Broken
from audit.ingest.workbooks.grid import Rows


class Written:
    """A table as it is written, row by row; a cell that spans others is a fault of each row that it touches."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.rows: list[list[object]] = []
        self.faults: list[Broken] = []
        self.hidden: set[int] = set()
        self.spanned = 0

    def begin_row(self, *, hidden: bool = False) -> None:
        """A row begins; a cell of an earlier one may reach into it."""
        self.rows.append([])
        if hidden:
            self.hidden.add(len(self.rows))
        if self.spanned:
            self.spanned -= 1
            self.faults.append(Broken(len(self.rows), "merged-cell", "", 0))

    def add(self, cell: object, *, across: int = 1, down: int = 1) -> None:
        """A cell of the last row, and how many columns and rows it covers."""
        if not self.rows:
            self.begin_row()
        if across > 1 or down > 1:
            self.faults.append(Broken(len(self.rows), "merged-cell", str(cell), len(self.rows[-1])))
            self.spanned = max(self.spanned, down - 1)
        self.rows[-1].append(cell)

    def grid(self) -> Rows:
        """The rows that hold anything, or have a fault."""
        faulty = {fault.row for fault in self.faults}
        kept = [number for number, row in enumerate(self.rows, start=1) if number in faulty or any(cell != "" for cell in row)]
        return Rows(self.title, kept, [self.rows[number - 1] for number in kept], tuple(self.faults), (), frozenset(self.hidden))
