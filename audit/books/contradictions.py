"""Dates of an item that can't all be true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from audit.books.clock import Lateness, Moments, before, moments
from schemas.text import marked

if TYPE_CHECKING:
    from audit.books.books import Books

OF_ITEMS = {
    ("confirmed_at", "ordered_at"): marked("confirmed before ordered"),
    ("cancelled_at", "ordered_at"): marked("cancelled before ordered"),
}
OF_PARCELS = {
    ("shipped_at", "ordered_at"): marked("shipped before ordered"),
    ("delivered_at", "ordered_at"): marked("delivered before ordered"),
    ("shipped_at", "confirmed_at"): marked("shipped before confirmed"),
    ("delivered_at", "shipped_at"): marked("delivered before shipped"),
}
AFTER_NOW = {
    "ordered_at": marked("ordered after the time of this audit"),
    "confirmed_at": marked("confirmed after the time of this audit"),
    "cancelled_at": marked("cancelled after the time of this audit"),
    "shipped_at": marked("shipped after the time of this audit"),
    "delivered_at": marked("delivered after the time of this audit"),
}
"""What is wrong where an end lies before its start, or an event after as-of."""


def find(books: Books) -> pd.DataFrame:
    """Items whose dates contradict one another, indexed as items are: ``wrongs`` (a list of phrases) and ``sure``."""
    found = [
        *(_of_items(books, end, start) for end, start in OF_ITEMS),
        *(_of_parcels(books, end, start) for end, start in OF_PARCELS),
        *(_after_now(books, name) for name in AFTER_NOW),
    ]
    rows = pd.concat(found, ignore_index=True)
    rows = rows.drop_duplicates(["item", "wrong"])
    by_item = rows.groupby("item", sort=True)
    return pd.DataFrame({"wrongs": by_item["wrong"].agg(list), "sure": by_item["sure"].any()})


def _of_items(books: Books, end: str, start: str) -> pd.DataFrame:
    items = books.items
    early = before(moments(items, end), moments(items, start), books.config.zone)
    return _listed(items.index.to_series(), early, OF_ITEMS[end, start])


def _of_parcels(books: Books, end: str, start: str) -> pd.DataFrame:
    early = before(_parcel_time(books, end), _parcel_time(books, start), books.config.zone)
    return _listed(books.sendings["item"], early, OF_PARCELS[end, start])


def _after_now(books: Books, name: str) -> pd.DataFrame:
    event = _parcel_time(books, name)
    now = pd.Series(books.as_of, index=event.at.index, dtype=event.at.dtype)
    early = before(Moments(now, event.spread * 0), event, books.config.zone)
    return _listed(books.sendings["item"], early, AFTER_NOW[name])


def _parcel_time(books: Books, name: str) -> Moments:
    """A time over the sendings: the parcel's own, else its item's."""
    if name in ("shipped_at", "delivered_at"):
        return moments(books.sendings, name)
    of_item = moments(books.items, name)
    return Moments(books.of_items(of_item.at), books.of_items(of_item.spread))


def _listed(items: pd.Series[int], early: Lateness, wrong: str) -> pd.DataFrame:
    rows = pd.DataFrame({"item": items[early.late], "sure": ~early.unsure[early.late]})
    return rows.assign(wrong=wrong)
