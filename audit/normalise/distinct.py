"""Columns whose cells repeat: each distinct cell is read once, and every cell given its reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from audit.normalise import Read

if TYPE_CHECKING:
    from collections.abc import Sequence

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


class Alike(NamedTuple):
    """Rows of which many are the same: where each distinct one stands first, and for each row its place among those."""

    firsts: npt.NDArray[np.intp]
    places: npt.NDArray[np.intp]

    def spread_out(self, texts: Sequence[str]) -> pd.Series[str]:
        """A text of each distinct row, for every row."""
        return pd.Series(pd.array(texts, dtype="str").take(self.places))


def alike(columns: Sequence[pd.Series[Any]]) -> Alike:
    """The rows of some columns by what stands in them."""
    places = np.zeros(len(columns[0]), dtype=np.intp)
    for column in columns:
        own, cells = pd.factorize(column, use_na_sentinel=False)
        places, _ = pd.factorize(places * len(cells) + own)
    return Alike(np.flatnonzero(~pd.Series(places).duplicated().to_numpy()), places)


def missing(index: pd.Index[int], dtype: str) -> pd.Series[Any]:
    """A column without a value."""
    return pd.Series(pd.array([], dtype=dtype).take(np.full(len(index), -1), allow_fill=True), index=index)
