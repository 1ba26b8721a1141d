"""Items and their parcels joined once: one row a parcel of an item, and one for each item that has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from audit.books.blank import blank
from schemas.shipments import SHIPMENTS
from schemas.table import SPREAD

if TYPE_CHECKING:
    from audit.tables import Accepted

SENT_BY = ("shipped_at", "last_scan_at", "delivered_at")
"""Times that show that a parcel has left."""


def pair(items: pd.DataFrame, shipments: pd.DataFrame) -> pd.DataFrame:
    """Which shipment rows serve which items: columns ``item`` and ``shipment``, both labels; shape (pairs, 2).

    A row without an item serves every live item of its purchase that has no row of its own.
    """
    keys = items[["purchase_id", "item_id"]].assign(item=items.index)
    rows = shipments[["purchase_id", "item_id"]].assign(shipment=shipments.index)
    named = rows["item_id"].notna()
    own = keys.merge(rows[named], on=["purchase_id", "item_id"])[["item", "shipment"]]
    waiting = keys[items["live"] & ~keys["item"].isin(own["item"])]
    shared = waiting[["purchase_id", "item"]].merge(rows.loc[~named, ["purchase_id", "shipment"]], on="purchase_id")
    pairs = pd.concat([own, shared[["item", "shipment"]]], ignore_index=True)
    return pairs.sort_values(["item", "shipment"], ignore_index=True)


def sendings(items: pd.DataFrame, shipments: Accepted | None) -> pd.DataFrame:
    """One row a parcel of an item, and one without parcel for each item that has none.

    Columns: ``item`` (label in items), ``shipment`` (label in shipments, -1 for none), ``has_row``, then
    those of shipments.
    """
    frame = blank(SHIPMENTS) if shipments is None else shipments.frame
    pairs = pair(items, frame)
    alone = items.index[~items.index.isin(pairs["item"])]
    none = pd.DataFrame({"item": alone, "shipment": -1})
    every = pd.concat([pairs, none], ignore_index=True).sort_values(["item", "shipment"], ignore_index=True)
    joined = frame.reindex(every["shipment"].where(every["shipment"] >= 0, -1)).reset_index(drop=True)
    spreads = [column for column in joined if column.endswith(SPREAD)]
    joined[spreads] = joined[spreads].fillna(0).astype("int32")
    return pd.concat([every.assign(has_row=every["shipment"] >= 0), joined], axis=1)


def has_left(parcels: pd.DataFrame) -> pd.Series[bool]:
    """Which parcels show by a time of their own that they have left."""
    return parcels[list(SENT_BY)].notna().any(axis=1)


def orphans(items: pd.DataFrame, shipments: pd.DataFrame) -> pd.Series[bool]:
    """Which shipment rows belong to no item of the orders: their item, or where none is named their purchase, is not there."""
    purchase_known = shipments["purchase_id"].isin(items["purchase_id"])
    keys = pd.MultiIndex.from_frame(shipments[["purchase_id", "item_id"]])
    item_known = keys.isin(pd.MultiIndex.from_frame(items[["purchase_id", "item_id"]]))
    return ~purchase_known | (shipments["item_id"].notna() & ~item_known)
