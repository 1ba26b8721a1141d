"""Rows of which many are the same: what is said of them is made once for each distinct one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt


class Alike(NamedTuple):
    """Where each distinct row stands first, and for each row its place among those."""

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
