"""The shop's rates over the last days: what the platform watches, worked out from the orders, with the room left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from audit.books.clock import beyond, least_elapsed, moments
from audit.books.items import CONFIRMED_STATUSES
from audit.limits import BASIS_POINTS, CONFIRM_LAPSE, Limit
from audit.policy import HOUSE, SELLER_TERMS, TERMS
from schemas.outcome import RATES
from schemas.shape import prove

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.books import Books

RATE_DAYS = Limit("rate_days", 30, "days", SELLER_TERMS.clause("article 9.1"), "days over which rates are taken")
RATE_ITEMS = Limit("rate_items", 10, "items", HOUSE.clause("fewer say nothing"), "fewest items of which a rate is taken")
LEAST_CONFIRMED = Limit("least_confirmed", 0.95, "share", SELLER_TERMS.clause("article 3.2.2"), "confirmation rate that must be exceeded")
MOST_CANCELLED = Limit("most_cancelled", 0.05, "share", SELLER_TERMS.clause("article 9.1"), "cancellation rate that must not be reached")
MOST_UNANSWERED = Limit("most_unanswered", 2, "sales", TERMS.clause("article 6.4"), "sales left unanswered that close the shop")
CLOSE_DEFECTS = 2
CLOSE_SHARE = 0.01
"""Defects left, or share of the base, at which a rate is called close to its limit."""


class Rate(NamedTuple):
    """``part`` of ``base``; ``left_out``: items that can't be counted either way."""

    part: int
    base: int
    left_out: int = 0


class Rates(NamedTuple):
    """What SHP rules judge; ``unanswered`` has no base. ``claims`` is None where no claims are read."""

    confirmation: Rate
    cancellation: Rate
    unanswered: int
    claims: Rate | None


def rates(books: Books) -> Rates:
    """The rates of the items ordered within RATE_DAYS before as-of.

    What the platform cancelled counts as unconfirmed only where the orders tell confirmations; else it is left out as unattributed.
    """
    items = books.items
    inside = _inside(books)
    unconfirmed = items["confirmed_at"].isna() & ~items["status"].isin(CONFIRMED_STATUSES)
    by_platform = inside & items["cancelled"] & (items["cancelled_by"] == "platform") & unconfirmed
    dated = books.holds("orders", "confirmed_at")
    lapsed = by_platform & dated
    unanswered = inside & items["live"] & (items["status"] == "to_confirm") & unconfirmed & _past_lapse(books)
    refused = inside & items["refused"]
    confirmed = inside & ~unconfirmed & ~refused & ~(items["cancelled"] & (items["cancelled_by"] == "buyer"))
    by_seller = inside & items["cancelled"] & (items["cancelled_by"] == "seller")
    nobody = (inside & items["cancelled"] & items["cancelled_by"].isna()) | (by_platform & ~lapsed)
    defects = refused | lapsed | unanswered
    return Rates(
        confirmation=Rate(int(confirmed.sum()), int((confirmed | defects).sum())),
        cancellation=Rate(int((by_seller | lapsed).sum()), int((inside & ~nobody).sum()), int(nobody.sum())),
        unanswered=int((unanswered | lapsed).sum()),
        claims=_claims(books, inside),
    )


def _inside(books: Books) -> pd.Series[bool]:
    ordered = moments(books.items, "ordered_at")
    return (least_elapsed(ordered, books.as_of) <= books.limits.span(RATE_DAYS)) & (ordered.at <= books.as_of)


def _past_lapse(books: Books) -> pd.Series[bool]:
    late = beyond(books.clock_start, books.as_of, books.limits.span(CONFIRM_LAPSE))
    return late.late & ~late.unsure


def _claims(books: Books, inside: pd.Series[bool]) -> Rate | None:
    if books.claims is None:
        return None
    standing = books.claims[books.claims["stands"]]
    return Rate(int(standing["item"].isin(inside.index[inside]).sum()), int(inside.sum()))


def table(books: Books) -> pd.DataFrame:
    """The rates with their limits and the room left, as schemas.outcome.RATES declares them."""
    import pandas as pd

    found, limits = books.rates, books.limits
    least, most = limits[LEAST_CONFIRMED], limits[MOST_CANCELLED]
    rows = [
        _row(books, "confirmation", "SHP001", found.confirmation, least, room_above(found.confirmation, least)),
        _row(books, "cancellation", "SHP002", found.cancellation, most, room_below(found.cancellation, most)),
        {
            "name": "unanswered", "rule": "SHP003", "part": found.unanswered, "base": found.cancellation.base + found.cancellation.left_out, "left_out": 0,
            "rate": None, "limit": limits[MOST_UNANSWERED], "room": limits[MOST_UNANSWERED] - 1 - found.unanswered,
            "state": _state(limits[MOST_UNANSWERED] - 1 - found.unanswered, 0),
        },
        *([_row(books, "claims", "", found.claims, None, None)] if found.claims else []),
    ]  # fmt: skip
    return prove(pd.DataFrame(rows, columns=list(RATES)).astype(dict(RATES)), RATES)


def _row(books: Books, name: str, rule: str, rate: Rate, limit: float | None, room: int | None) -> dict[str, Any]:
    few = rate.base < books.limits[RATE_ITEMS]
    shown = None if few else rate.part / rate.base
    state = "few" if few else "none" if room is None else _state(room, max(CLOSE_DEFECTS, rate.base * CLOSE_SHARE))
    return {"name": name, "rule": rule, **rate._asdict(), "rate": shown, "limit": limit, "room": None if few else room, "state": state}


def _state(room: int, close: float) -> str:
    """In breach, close to it, or fine."""
    return "breach" if room < 0 else "close" if room <= close else "fine"


def room_above(rate: Rate, least: float) -> int:
    """How many more defects a rate bears that must stay above a limit: each adds to the base alone."""
    basis = max(1, round(least * BASIS_POINTS))
    return (rate.part * BASIS_POINTS - 1) // basis - rate.base


def room_below(rate: Rate, most: float) -> int:
    """How many more defects a rate bears that must stay below a limit: each adds to the count alone."""
    return (rate.base * round(most * BASIS_POINTS) - 1) // BASIS_POINTS - rate.part
