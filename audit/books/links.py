"""Which item each row of another table is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

NOWHERE = -1
"""Label of a row whose item is not among the orders."""


def item_of(items: pd.DataFrame, rows: pd.DataFrame) -> pd.Series[int]:
    """The label in items of each row's purchase and item, NOWHERE if the orders do not hold it; aligned with the rows."""
    keys = items[["purchase_id", "item_id"]].assign(item=items.index)
    found = rows[["purchase_id", "item_id"]].merge(keys, on=["purchase_id", "item_id"], how="left")["item"]
    return found.fillna(NOWHERE).astype("int64").set_axis(rows.index)


def with_items(rows: pd.DataFrame, items: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """The rows with ``item``, the label of each one's item, and these columns of it, missing where there is none."""
    labels = item_of(items, rows)
    facts = items[list(columns)].reindex(labels).set_axis(rows.index)
    return rows.assign(item=labels, **{name: facts[name] for name in columns})
