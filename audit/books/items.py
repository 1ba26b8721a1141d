"""The items: orders with what the listings, the settings and the dates add to each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.books.clock import Moments, either, later_of, moments
from audit.books.refunds import refunded
from schemas.table import SPREAD

if TYPE_CHECKING:
    import pandas as pd

    from audit.tables import Accepted

CONFIRMED_STATUSES = ("confirmed", "shipped", "delivered", "closed", "claim")
SHIPPED_STATUSES = ("shipped", "delivered", "closed")
DELIVERED_STATUSES = ("delivered", "closed")
WAITING_STATUSES = ("to_confirm", "confirmed", "preorder")

FROM_LISTINGS = ("title", "brand", "category", "ship_from")
"""What an order row takes from the listing of its sku where its own cell is blank."""


def build(orders: Accepted, listings: Accepted | None, refunds: Accepted | None) -> pd.DataFrame:
    """The items: the columns of orders, and live, cancelled, refused, eur, totals; one row an order row, same index.

    ``goods_total`` and ``line_total`` without and with shipping, ``at_stake`` the latter less refunds made; cents.
    """
    items = orders.frame.copy(deep=False)
    if listings is not None:
        _fill_from_listings(items, listings.frame)
    items["cancelled"] = (items["status"] == "cancelled") | items["cancelled_at"].notna()
    items["refused"] = (items["status"] == "refused") & ~items["cancelled"]
    items["live"] = ~items["cancelled"] & ~items["refused"]
    items["eur"] = items["currency"] == "EUR"
    items["goods_total"] = items["unit_price"] * items["quantity"]
    items["line_total"] = items["goods_total"] + items["shipping_fee"].fillna(0)
    items["at_stake"] = items["line_total"] if refunds is None else (items["line_total"] - refunded(items, refunds.frame)).clip(lower=0)
    items["preordered"] = items["is_preorder"].fillna(value=False).astype(bool) | (items["status"] == "preorder")
    return items


def _fill_from_listings(items: pd.DataFrame, listings: pd.DataFrame) -> None:
    by_sku = listings.drop_duplicates("sku").set_index("sku")
    for column in FROM_LISTINGS:
        listed = items["sku"].map(by_sku[column]).astype(items[column].dtype)
        items[column] = items[column].where(items[column].notna(), listed)


def status_from_dates(items: pd.DataFrame, shipped: pd.Series[bool], delivered: pd.Series[bool], *, dated: bool) -> pd.Series[str]:
    """The status of each item: its own, else worked out from the dates; missing where they don't tell.

    ``dated``: whether the orders say when an item was confirmed; only then does a blank mean that it was not.
    """
    if items["status"].notna().all():
        return items["status"]
    status = items["status"].mask(items["status"].isna() & items["cancelled"], "cancelled")
    for mask, word in ((delivered, "delivered"), (shipped, "shipped"), (items["confirmed_at"].notna(), "confirmed")):
        status = status.mask(status.isna() & mask, word)
    waiting = status.isna() & dated
    return status.mask(waiting & items["preordered"], "preorder").mask(waiting & ~items["preordered"], "to_confirm")


def clock_start(items: pd.DataFrame) -> Moments:
    """When the clock for confirming starts: the order; for a pre-order the later of order and release, missing if unknown."""
    return _not_before_release(items, moments(items, "ordered_at"))


def dispatch_clock(items: pd.DataFrame) -> Moments:
    """When the clock for dispatch starts: the later of confirmation and release, missing where not confirmed."""
    return _not_before_release(items, moments(items, "confirmed_at"))


def dispatch_or_order_clock(items: pd.DataFrame) -> Moments:
    """The dispatch clock, or before confirmation the clock start."""
    return either(dispatch_clock(items), clock_start(items))


def _not_before_release(items: pd.DataFrame, start: Moments) -> Moments:
    preordered, release = items["preordered"], moments(items, "release_at")
    if not preordered.any():
        return start
    released = later_of(start, release)
    return Moments(
        released.at.where(preordered, start.at),
        released.spread.where(preordered, start.spread),
    )


def with_moments(table: pd.DataFrame, column: str, value: Moments) -> None:
    """Write a time and its spread into a table."""
    table[column] = value.at
    table[column + SPREAD] = value.spread
