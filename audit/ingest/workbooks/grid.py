"""A sheet's cells as a reader gives them, before a header is looked for: by rows, or by columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from audit.ingest.rows import Broken
from audit.ingest.workbooks.cells import are_numbers, as_text, as_texts, filled

if TYPE_CHECKING:
    import pyarrow as pa

    from audit.ingest.workbooks.cells import Mask


class Merged(NamedTuple):
    """A merged range: rows as a person counts them, columns from 0, all inclusive."""

    top: int
    left: int
    bottom: int
    right: int


class Column(NamedTuple):
    """Cells of one column: their texts, and which of them are numbers (None: none is)."""

    texts: pa.Array
    are_numbers: Mask | None

    @classmethod
    def of(cls, cells: Sequence[Any]) -> Column:
        """A column of cells of any kind."""
        return cls(as_texts(cells), are_numbers(cells))

    @classmethod
    def joined(cls, parts: Sequence[Column]) -> Column:
        """Parts of a column, one under the other."""
        import numpy as np
        import pyarrow as pa

        masks = [np.zeros(len(part.texts), dtype=bool) if part.are_numbers is None else part.are_numbers for part in parts]
        numbers = any(part.are_numbers is not None for part in parts)
        return cls(pa.concat_arrays([part.texts for part in parts]), np.concatenate(masks) if numbers else None)

    def after(self, place: int) -> Column:
        """The cells after one."""
        mask = self.are_numbers
        return Column(self.texts[place + 1 :], mask[place + 1 :] if mask is not None and mask[place + 1 :].any() else None)


class Under(NamedTuple):
    """The rows under a header: their numbers, the header's columns, and the places of rows that hold more than those."""

    numbers: Sequence[int]
    columns: Sequence[Column]
    beyond: Sequence[int]


class Grid(Protocol):
    """The rows of a sheet that hold anything."""

    @property
    def title(self) -> str:
        """The sheet's name."""

    @property
    def numbers(self) -> Sequence[int]:
        """The rows' numbers, rising, as a person counts them."""

    @property
    def faults(self) -> Sequence[Broken]:
        """Cells that hold no usable value."""

    @property
    def merged(self) -> Sequence[Merged]:
        """Merged ranges."""

    @property
    def hidden(self) -> frozenset[int]:
        """Rows that a person does not see."""

    def line(self, place: int) -> list[str]:
        """All texts of one row."""

    def under(self, place: int, width: int) -> Under:
        """The rows after one."""


class Rows(NamedTuple):
    """Cells by rows, each as long as it needs to be."""

    title: str
    numbers: Sequence[int]
    cells: Sequence[Sequence[Any]]
    faults: Sequence[Broken] = ()
    merged: Sequence[Merged] = ()
    hidden: frozenset[int] = frozenset()

    def line(self, place: int) -> list[str]:
        """All texts of one row."""
        return [as_text(cell) for cell in self.cells[place]]

    def under(self, place: int, width: int) -> Under:
        """The rows after one."""
        rows = self.cells[place + 1 :]
        columns: list[Sequence[Any]] = list(zip_longest(*(row[:width] for row in rows), fillvalue=""))
        columns += [("",) * len(rows)] * (width - len(columns))
        beyond = [below for below, row in enumerate(rows) if len(row) > width and any(as_text(cell).strip() for cell in row[width:])]
        return Under(self.numbers[place + 1 :], [*map(Column.of, columns)], beyond)


class Columns(NamedTuple):
    """Cells by columns, of a sheet without faults: texts, and which cells are numbers."""

    title: str
    numbers: Sequence[int]
    columns: Sequence[Column]
    faults: Sequence[Broken] = ()
    merged: Sequence[Merged] = ()
    hidden: frozenset[int] = frozenset()

    def line(self, place: int) -> list[str]:
        """All texts of one row."""
        return [column.texts[place].as_py() for column in self.columns]

    def under(self, place: int, width: int) -> Under:
        """The rows after one."""
        import numpy as np

        columns = [column.after(place) for column in self.columns]
        beyond = np.zeros(len(self.numbers) - place - 1, dtype=bool)
        for column in columns[width:]:
            beyond |= filled(column.texts)
        return Under(self.numbers[place + 1 :], columns[:width], np.flatnonzero(beyond).tolist())
