"""What rules ask of the whole shop, where the books hold a part of it: small facts that add up over the parts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from audit.books import absence
from audit.books.rates import Rate, Rates
from schemas.tables import TABLES

if TYPE_CHECKING:
    from audit.tables import Accepted

Window = tuple[pd.Timestamp, pd.Timestamp]


class Size(NamedTuple):
    """How many items there are, how many parcels of them, and how many items are not in EUR."""

    items: int = 0
    parcels: int = 0
    foreign: int = 0


class Origins(NamedTuple):
    """Items whose limit depends on an origin that nobody tells.

    ``anywhere``: some parcel's origin is known. ``items``: how many such items; ``first``: when the earliest of them was ordered.
    """

    anywhere: bool
    items: int = 0
    first: pd.Timestamp = pd.NaT


class Whole(NamedTuple):
    """The facts of the whole shop; those that are None are worked out from the tables at hand, as where these are the whole.

    ``windows``: by table the days that it covers. ``statuses``: those that the orders hold. ``size``, ``rates``, ``origins``: see there.
    ``met``: by brand how many items name it. ``mentioned``: words of messages that are numbers of orders, articles or parcels;
    ``hosts``: web sites of tracking links. ``understood``: the messages have been read against all items already.
    ``claims``: the claims of all items, joined, as Books.claims.
    """

    windows: Mapping[str, Window] | None = None
    statuses: frozenset[str] | None = None
    size: Size | None = None
    rates: Rates | None = None
    origins: Origins | None = None
    met: pd.Series[int] | None = None
    mentioned: Collection[str] | None = None
    hosts: Collection[str] | None = None
    understood: bool = False
    claims: pd.DataFrame | None = None


class Seen(NamedTuple):
    """What the accepted tables of a part tell of the whole before anything is judged; ``origins``: an order says where it leaves from."""

    windows: Mapping[str, Window]
    statuses: frozenset[str]
    origins: bool = False


def seen(tables: Mapping[str, Accepted]) -> Seen:
    """The days that some tables cover and the statuses that their orders hold."""
    windows = {name: absence.window(table.frame, TABLES[name]) for name, table in tables.items()}
    if "orders" not in tables:
        return Seen(windows, frozenset())
    orders = tables["orders"].frame
    return Seen(windows, frozenset(map(str, orders["status"].dropna().unique())), bool(orders["ship_from"].notna().any()))


def all_seen(parts: Iterable[Seen]) -> Seen:
    """What several parts tell together."""
    windows: dict[str, Window] = {}
    statuses: frozenset[str] = frozenset()
    origins = False
    for part in parts:
        statuses |= part.statuses
        origins |= part.origins
        for name, window in part.windows.items():
            windows[name] = _both(windows.get(name, (pd.NaT, pd.NaT)), window)
    return Seen(windows, statuses, origins)


def _both(one: Window, other: Window) -> Window:
    known = [window for window in (one, other) if window[0] is not pd.NaT]
    return (min(first for first, _ in known), max(last for _, last in known)) if known else one


def all_sizes(parts: Iterable[Size]) -> Size:
    """The sizes added up."""
    return Size(*map(sum, zip(*parts, strict=True)))


def all_rates(parts: Iterable[Rates]) -> Rates:
    """The rates of disjoint items added up."""
    every = list(parts)
    claims = [part.claims for part in every if part.claims is not None]
    return Rates(
        confirmation=_sum(part.confirmation for part in every),
        cancellation=_sum(part.cancellation for part in every),
        unanswered=sum(part.unanswered for part in every),
        claims=_sum(claims) if claims else None,
    )


def _sum(rates: Iterable[Rate]) -> Rate:
    return Rate(*map(sum, zip(*rates, strict=True)))


def all_origins(parts: Iterable[Origins]) -> Origins:
    """The items of unknown origin of disjoint parts together."""
    every = list(parts)
    first = pd.Series([part.first for part in every], dtype="datetime64[us, UTC]").min()
    return Origins(any(part.anywhere for part in every), sum(part.items for part in every), first)
