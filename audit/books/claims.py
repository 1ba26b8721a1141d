"""The claims: each with the item that it is about, and whether it is open, settled or repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.books.links import with_items

if TYPE_CHECKING:
    import pandas as pd

OPEN = ("open", "in_mediation")
UNSOUND = ("damaged", "defective", "not_as_described")
"""Types of claim that tell of a fault in the goods, their packaging or their description."""

FROM_ITEMS = ("sku", "brand", "title", "eur", "line_total", "at_stake")


def build(items: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """The claims, one row each, same index.

    Added: ``item`` (label in items), what FROM_ITEMS names of it, ``is_open``, ``stands`` (not withdrawn), ``repeated``
    (an earlier claim on the same item is there, withdrawn ones among them), ``settled`` (a solution was accepted).
    """
    rows = with_items(claims, items, FROM_ITEMS)
    rows["eur"] = rows["eur"].fillna(value=False).astype(bool)
    rows["is_open"] = rows["claim_status"].isin(OPEN)
    rows["stands"] = rows["claim_status"] != "withdrawn"
    rows["settled"] = rows["solution_accepted_at"].notna()
    in_order = rows.sort_values(["opened_at", "claim_id"], kind="stable")
    rows["repeated"] = in_order.groupby(["purchase_id", "item_id"]).cumcount() > 0
    return rows
