"""Tables as they are declared: made without a row, and proved."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def empty(columns: Mapping[str, str]) -> pd.DataFrame:
    """A table of these columns and dtypes with no row: shape (0, len(columns))."""
    return _empty(tuple(columns.items())).copy(deep=False)


@cache  # a run asks for the same few again and again
def _empty(columns: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in columns})


def prove(table: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """The table with exactly these columns and dtypes, in this order; raises what pandas raises where one is missing or can't be so."""
    return table[list(columns)].astype(dict(columns))
