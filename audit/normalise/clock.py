"""Local times to instants in UTC, with how far each is open: a day without a clock, an hour that exists twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import numpy.typing as npt

    Times = npt.NDArray[np.datetime64]
    Numbers = npt.NDArray[np.int64]

DAY = 86_400
"""Seconds of a day on which no clock is changed."""

SECOND = 1_000_000
"""Microseconds of a second."""

ZONED = tuple(np.array(["1900-01-01", "2100-12-31"], dtype="datetime64[D]").astype("int64").tolist())
"""Days since 1970 of which a zone's rules are asked; the years beyond, such as 9999 for no end, take the nearest day's."""


class Instants(NamedTuple):
    """Instants in UTC (the earlier of two; none for a local time that does not exist), and spreads in seconds."""

    at: Times
    spread: npt.NDArray[np.int64]


def instants(local: Times, whole_day: npt.NDArray[np.bool_], zone: ZoneInfo) -> Instants:
    """Local times as instants; those of a day on which the clock is changed are looked at one by one."""
    known = ~np.isnat(local)
    numbers = np.clip(local.astype("datetime64[us]").view("int64") // (DAY * SECOND), *ZONED)
    days, places = _apart(numbers)
    begin, end = (_midnights((days + step).astype("datetime64[D]").astype("datetime64[s]"), zone) for step in (0, 1))
    length = (end - begin).astype("int64")[places]
    ahead = (days * DAY - begin.astype("int64"))[places]
    at = np.where(known, local - (ahead * SECOND).astype("timedelta64[us]"), np.datetime64("NaT"))
    spread = np.where(whole_day & known, length, 0)
    odd = np.flatnonzero(known & ~whole_day & (length != DAY))
    if len(odd):
        at[odd], spread[odd] = _one_by_one(local[odd], zone)
    return Instants(at, spread)


def _apart(days: Numbers) -> tuple[Numbers, Numbers]:
    """The distinct days, and the place of each day among them."""
    first = days.min(initial=0)
    there = np.zeros(days.max(initial=0) - first + 1, dtype=np.bool_)
    there[days - first] = True
    return np.flatnonzero(there) + first, (np.cumsum(there) - 1)[days - first]


def _midnights(days: Times, zone: ZoneInfo) -> Times:
    """Each day's beginning in UTC; where there is no midnight, the first moment after it."""
    local = pd.DatetimeIndex(days.astype("datetime64[us]"))
    marked = local.tz_localize(zone, nonexistent="shift_forward", ambiguous=np.ones(len(local), dtype=bool))
    begins: Times = marked.tz_convert("UTC").tz_localize(None).to_numpy().astype("datetime64[s]")
    return begins


def _one_by_one(local: Times, zone: ZoneInfo) -> tuple[Times, npt.NDArray[np.int64]]:
    early, late = (
        pd.DatetimeIndex(local)
        .tz_localize(zone, ambiguous=np.full(len(local), summer), nonexistent="NaT")
        .tz_convert("UTC")
        .tz_localize(None)
        .to_numpy()
        for summer in (True, False)
    )
    spread = np.where(np.isnat(early), np.timedelta64(0, "us"), late - early)
    return early, spread.astype("timedelta64[s]").astype("int64")
