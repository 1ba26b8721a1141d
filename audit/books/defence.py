"""What the files hold against a claim of non-receipt, item by item: shipment, number, scan, mode."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from audit.books.clock import Lateness, beyond, moments
from audit.limits import STALE_AFTER
from schemas.findings import Confidence
from schemas.text import marked

if TYPE_CHECKING:
    from audit.books.books import Books

NO_SHIPMENT = marked("no shipment")
NO_NUMBER = marked("no valid tracking number")
NO_SCAN = marked("no recent scan and not delivered")
WRONG_MODE = marked("not sent by a signed mode, as the price demands")

SURENESS = tuple(Confidence)
"""From the surest to the least sure."""


class Gap(NamedTuple):
    """Something that a defence lacks: which sendings lack it, and of which that is only likely or possible."""

    missing: str
    lacking: pd.Series[bool]
    likely: pd.Series[bool] | None = None
    possible: pd.Series[bool] | None = None


def gaps(books: Books) -> pd.DataFrame:
    """What each item's defence lacks; no row for items that lack nothing. Indexed as items are.

    ``missing``: the list of it; ``confidence``: that of the surest; ``parcels``: what names each of several parcels at fault.
    """
    found = _gaps(books)
    rows = pd.concat([_listed(books.sendings["item"], gap) for gap in found], ignore_index=True)
    surest = rows.groupby("item")["doubt"].min().map(dict(enumerate(SURENESS)))
    missing = rows.drop_duplicates(["item", "missing"]).groupby("item")["missing"].agg(list)
    faulty = pd.concat([gap.lacking for gap in found], axis=1).any(axis=1)
    return pd.DataFrame({"missing": missing, "confidence": surest, "parcels": books.items_of(faulty)["parcels"]})


def moving(books: Books) -> pd.Series[bool]:
    """Which items' parcels all have a recent scan, or have arrived; indexed as items are."""
    standing = _standing(books).late | books.sendings["last_scan_at"].isna()
    return books.all_of(~standing | _arrived(books))


def _gaps(books: Books) -> tuple[Gap, ...]:
    """What sendings lack, in the order in which it is told."""
    sendings, standing = books.sendings, _standing(books)
    posted = sendings["has_row"] & sendings["posted"]
    unscanned = standing.late | sendings["last_scan_at"].isna()
    return (
        Gap(NO_SHIPMENT, ~sendings["has_row"] & sendings["posted"]),
        Gap(NO_NUMBER, posted & ~books.numbered),
        Gap(NO_SCAN, posted & unscanned & ~_arrived(books) & _scans_told(books), possible=standing.unsure),
        Gap(
            WRONG_MODE,
            posted & sendings["dear"] & sendings["mode_used"].notna() & ~sendings["signed"],
            likely=~sendings["mode_own"],
        ),
    )


def _standing(books: Books) -> Lateness:
    """Which sendings' last scan is too long ago."""
    return beyond(moments(books.sendings, "last_scan_at"), books.as_of, books.limits.span(STALE_AFTER))


def _arrived(books: Books) -> pd.Series[bool]:
    return books.sendings["delivered_at"].notna() | books.of_item("delivered")


def _scans_told(books: Books) -> bool:
    """Whether any file could tell of a scan or a delivery; what no file tells is not missing."""
    return books.holds("shipments", "last_scan_at") or books.holds("shipments", "delivered_at")


def _listed(items: pd.Series[int], gap: Gap) -> pd.DataFrame:
    """One row a sending that lacks it; ``doubt``: its place in SURENESS."""
    doubt = pd.Series(0, index=items.index)
    for place, mask in ((1, gap.likely), (2, gap.possible)):
        if mask is not None:
            doubt = doubt.mask(mask, place)
    return pd.DataFrame({"item": items, "doubt": doubt})[gap.lacking].assign(missing=gap.missing)
