"""The refunds: each with its item, added up where an item has several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.books.clock import Moments, moments
from audit.books.links import NOWHERE, item_of, with_items

if TYPE_CHECKING:
    import pandas as pd

FROM_ITEMS = ("sku", "brand", "eur", "line_total", "at_stake")
DIRECT = ("bank_transfer", "paypal")
"""Channels beside the platform."""


def build(items: pd.DataFrame, refunds: pd.DataFrame) -> pd.DataFrame:
    """The refunds, one row each, same index: amounts without sign, ``item`` (label in items), what FROM_ITEMS names of it."""
    rows = with_items(refunds.assign(amount=refunds["amount"].abs()), items, FROM_ITEMS)
    rows["eur"] = rows["eur"].fillna(value=False).astype(bool)
    return rows


def refunded(items: pd.DataFrame, refunds: pd.DataFrame) -> pd.Series[int]:
    """Cents refunded on each item over all its refunds, 0 where there is none; signs are ignored."""
    return totals(items, refunds.assign(item=item_of(items, refunds)))


def totals(items: pd.DataFrame, refunds: pd.DataFrame) -> pd.Series[int]:
    """Cents of some refunds added up by item, 0 for items without any."""
    known = refunds[refunds["item"] != NOWHERE]
    return known["amount"].abs().groupby(known["item"]).sum().reindex(items.index, fill_value=0).astype("Int64")


def first_refund(items: pd.DataFrame, refunds: pd.DataFrame, since: Moments) -> Moments:
    """When each item was first refunded, not before its own moment; missing where it was not."""
    start = since.at.reindex(refunds["item"]).set_axis(refunds.index)
    later = refunds[moments(refunds, "refunded_at").latest >= start]
    known = later[later["item"] != NOWHERE].sort_values(["refunded_at", "refund_id"], kind="stable")
    first = known.drop_duplicates("item").set_index("item").reindex(items.index)
    return Moments(first["refunded_at"], first["refunded_at_spread"].fillna(0).astype("int32"))
