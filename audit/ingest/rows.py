"""Rows of text: what every kind of file is turned into before anything is understood."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

    from audit.ingest.pieces import Pieces
    from audit.ingest.reading import Reading
    from schemas.table import Kind
    from schemas.text import Message


class Broken(NamedTuple):
    """A row that can't be taken apart, or a cell that holds no text: why, and what stands there."""

    row: int
    reason: str
    line: str = ""
    column: int = -1


class Unfit(NamedTuple):
    """What a typed column can't be: these kinds of column; what is wrong with that, and what to do."""

    kinds: frozenset[Kind]
    wrong: str
    remedy: str


@dataclass(frozen=True)
class TextRows:
    """One table of one file: cells as received.

    ``header``: as received. ``cells``: one column a header position, named by it; indexed by the row that a person sees.
    ``broken``: rows left out of ``cells``, and cells in it that can't be used (those name their column).
    ``blank``: how many rows hold nothing; ``merged``: how many went into another file's row. ``native``: by column, which cells were
    numbers or dates in a workbook. ``unfit``: by column, what its type in the file keeps it from being. ``notes``: what a person should
    know of the file. ``reading``: how a CSV file was read; ``answer``: which WebService answer the file was taken for.

    ``pieces``: of a large CSV file; ``cells`` then holds the first of its rows until it is sieved, and afterwards the refused ones.
    ``count``: how many rows there are besides the blank and the broken ones, where ``cells`` does not hold them all.
    """

    file: str
    sheet: str
    header: tuple[str, ...]
    header_row: int
    cells: pd.DataFrame
    broken: tuple[Broken, ...] = ()
    blank: int = 0
    merged: int = 0
    sha256: str = ""
    encoding: str = ""
    delimiter: str = ""
    answer: str = ""
    native: Mapping[int, pd.Series[bool]] = field(default_factory=dict)
    unfit: Mapping[int, Unfit] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()
    reading: Reading | None = None
    pieces: Pieces | None = None
    count: int | None = None

    @property
    def filled(self) -> int:
        """How many rows there are besides the blank and the broken ones."""
        return len(self.cells) if self.count is None else self.count

    def numbers(self) -> pd.Index[int]:
        """The numbers of those rows."""
        if self.pieces is None:
            return self.cells.index
        first, *others = (part.cells.index for part in self.pieces.every())
        return first.append(others)

    def received(self, numbers: Collection[int]) -> pd.DataFrame:
        """Some rows as received, in the order of their numbers; of those that are broken nothing."""
        held = self.cells[self.cells.index.isin(list(numbers))]
        lacking = set(numbers) - set(held.index) - {fault.row for fault in self.broken if fault.column < 0}
        if self.pieces is None or not lacking:
            return held
        import pandas as pd

        return pd.concat([held, self.pieces.rows(lacking)]).sort_index()

    @property
    def lost_rows(self) -> int:
        """How many rows are broken as a whole."""
        return len({fault.row for fault in self.broken if fault.column < 0})

    @property
    def place(self) -> str:
        """How the rows' source is named."""
        return f"{self.file}[{self.sheet}]" if self.sheet else self.file
