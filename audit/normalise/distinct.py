"""Columns whose cells repeat: each distinct cell is read once, and every cell given its reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from audit.normalise import Read
from audit.normalise.raw import series

if TYPE_CHECKING:
    import numpy.typing as npt


class Distinct(NamedTuple):
    """The distinct cells of a column, and for each cell its place among them (-1 where it is missing)."""

    cells: pd.Series[str]
    places: npt.NDArray[np.intp]
    index: pd.Index[int]

    def rows(self, mask: pd.Series[bool]) -> npt.NDArray[np.bool_]:
        """Which cells of the column have a text for which the mask holds."""
        return np.append(mask.to_numpy(dtype=bool), False)[self.places]

    def spread_out(self, read: Read) -> Read:
        """What was read of the distinct cells, for every cell of the column."""
        values = pd.Series(read.values.array.take(self.places, allow_fill=True), index=self.index)
        faulty = pd.Series("", index=self.cells.index, dtype="str")
        faulty[read.reasons.index] = read.reasons
        held = self.rows(faulty != "")
        reasons = pd.Series(faulty.array.take(self.places[held]), index=self.index[held])
        spread = None
        if read.spread is not None:
            spread = pd.Series(np.append(read.spread.to_numpy(), 0).astype("int32")[self.places], index=self.index)
        return Read(values, reasons, spread)

    def changed(self, cells: pd.Series[str]) -> Distinct:
        """The same column with its distinct cells changed one by one; a cell that is missing then counts as missing."""
        held = cells.notna().to_numpy()
        places = np.append(np.where(held, np.cumsum(held) - 1, -1), -1)
        return Distinct(cells[held].reset_index(drop=True), places[self.places], self.index)

    @property
    def text(self) -> pd.Series[str]:
        """Every cell of the column."""
        return pd.Series(self.cells.array.take(self.places, allow_fill=True), index=self.index)


def distinct(text: pd.Series[str]) -> Distinct:
    """A column taken apart into its distinct cells."""
    places, cells = pd.factorize(text)
    return Distinct(pd.Series(cells, dtype="str"), places, text.index)


def missing(index: pd.Index[int], dtype: Any) -> pd.Series[Any]:
    """A column without a value; one of text takes no memory, for the system keeps no pages that hold zeros alone."""
    if dtype == "str":
        marks, ends = np.zeros(len(index) // 8 + 1, dtype=np.uint8), np.zeros(len(index) + 1, dtype=np.int64)
        return series(
            pa.Array.from_buffers(pa.large_string(), len(index), [pa.py_buffer(marks), pa.py_buffer(ends), pa.py_buffer(b"")]), index
        )
    return pd.Series(pd.array([], dtype=dtype).take(np.full(len(index), -1), allow_fill=True), index=index)
