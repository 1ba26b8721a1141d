"""Which item each row of another table is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.books.columns import places

if TYPE_CHECKING:
    import pandas as pd

NOWHERE = -1
"""Label of a row whose item is not among the orders."""

ITEM_KEY = ("purchase_id", "item_id")


def item_of(items: pd.DataFrame, rows: pd.DataFrame) -> pd.Series[int]:
    """The label in items of each row's purchase and item, NOWHERE if the orders do not hold it; aligned with the rows."""
    import pandas as pd

    return pd.Series(places(rows, items, ITEM_KEY), index=rows.index)


def with_items(rows: pd.DataFrame, items: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """The rows with ``item``, the label of each one's item, and these columns of it, missing where there is none."""
    labels = item_of(items, rows)
    facts = items[list(columns)].reindex(labels).set_axis(rows.index)
    return rows.assign(item=labels, **{name: facts[name] for name in columns})
