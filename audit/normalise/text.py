"""Text as people and programs leave it: invisible characters, spaces of every kind, blanks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

INVISIBLE = "[\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f]"
SPACES = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]"


def clean(column: pd.Series[str]) -> pd.Series[str]:
    """The cells without invisible characters and outer spaces, every space a plain one; missing where nothing is left."""
    strange = column.str.contains(r"[^\x21-\x7e]", regex=True).fillna(value=False).astype(bool)
    if strange.any():
        tidy = column[strange].str.replace(INVISIBLE, "", regex=True).str.replace(SPACES, " ", regex=True).str.strip()
        column = column.where(~strange, tidy.reindex(column.index))
    return column.where(column != "")
