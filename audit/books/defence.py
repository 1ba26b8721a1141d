"""What the files hold against a claim of non-receipt, item by item: shipment, number, scan, mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from audit.books.clock import least_elapsed, moments
from audit.books.numbers import own_label
from audit.limits import STALE_AFTER

if TYPE_CHECKING:
    from audit.books.books import Books

NO_SHIPMENT = "no shipment"
NO_NUMBER = "no valid tracking number"
NO_SCAN = "no recent scan and not delivered"
WRONG_MODE = "not sent by a signed mode, as the price demands"


def gaps(books: Books) -> pd.Series[object]:
    """For each item whose defence lacks something, the list of what is missing; no entry for the others. Indexed as items are."""
    sendings = books.sendings
    found = [_listed(sendings["item"], mask, missing) for missing, mask in _missing(books).items()]
    rows = pd.concat(found, ignore_index=True).drop_duplicates()
    return rows.groupby("item", sort=True)["missing"].agg(list)


def _missing(books: Books) -> dict[str, pd.Series[bool]]:
    """Which sendings lack what, in the order in which it is told."""
    sendings = books.sendings
    posted = sendings["has_row"] & sendings["posted"]
    arrived = sendings["delivered_at"].notna() | books.of_item("delivered")
    return {
        NO_SHIPMENT: ~sendings["has_row"],
        NO_NUMBER: posted & ~books.with_number(valid=True) & ~own_label(sendings, books.limits),
        NO_SCAN: posted & ~_recent(books) & ~arrived & _scans_told(books),
        WRONG_MODE: posted & sendings["dear"] & sendings["mode_used"].notna() & ~sendings["signed"],
    }


def _recent(books: Books) -> pd.Series[bool]:
    scanned = moments(books.sendings, "last_scan_at")
    return least_elapsed(scanned, books.as_of) <= books.limits.span(STALE_AFTER)


def _scans_told(books: Books) -> bool:
    """Whether any file could tell of a scan or a delivery; what no file tells is not missing."""
    return books.holds("shipments", "last_scan_at") or books.holds("shipments", "delivered_at")


def _listed(items: pd.Series[int], mask: pd.Series[bool], missing: str) -> pd.DataFrame:
    return pd.DataFrame({"item": items[mask]}).assign(missing=missing)
