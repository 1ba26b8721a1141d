"""What the absence of a row may be held against an item: only where the row would be in the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from audit.books.clock import moments
from audit.books.columns import among, placed, places
from audit.books.links import ITEM_KEY

if TYPE_CHECKING:
    from audit.tables import Accepted
    from schemas.table import Table

AHEAD = ("release_at",)
"""Times that are announced rather than seen; they do not tell which days a file covers."""


def window(frame: pd.DataFrame, table: Table) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The earliest and latest date of a table; NaT where it has none."""
    times = [name for name in table.times if name not in AHEAD and frame[name].notna().any()]
    if not times:
        return pd.NaT, pd.NaT
    return min(frame[name].min() for name in times), max(moments(frame, name).latest.max() for name in times)


def refused(rows: pd.DataFrame, table: Accepted) -> pd.Series[bool]:
    """Which rows' items have a refused row in a table: their own, or one of their purchase where either names no item."""
    gone = table.quarantined
    near = among(rows["purchase_id"], gone["purchase_id"]) | rows["purchase_id"].isna()
    which = near.to_numpy().nonzero()[0]
    return placed(_refused(rows[list(ITEM_KEY)].iloc[which], gone), which, rows.index)


def _refused(rows: pd.DataFrame, gone: pd.DataFrame) -> pd.Series[bool]:
    lost = gone.loc[gone["purchase_id"].isna(), "item_id"]
    whole = among(rows["purchase_id"], gone.loc[gone["item_id"].isna(), "purchase_id"])
    of_whole = rows["item_id"].isna() & (rows["purchase_id"].notna() | lost.isna().any())
    named = (places(rows, gone, ITEM_KEY) >= 0) | (rows["purchase_id"].isna() & among(rows["item_id"], lost))
    return whole | of_whole | named
