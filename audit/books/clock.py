"""Elapsed time between instants that may be open: whole days, and local hours that exist twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from audit.books.columns import placed
from schemas.table import SPREAD

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import numpy as np
    import numpy.typing as npt
    import pandas as pd

TWICE = 3600
"""Spread in seconds of a local hour that exists twice; a larger one is a whole day."""


class Moments(NamedTuple):
    """Instants in UTC, each open for ``spread`` seconds: 0 exact, TWICE read two ways, more a whole day."""

    at: pd.Series[pd.Timestamp]
    spread: pd.Series[int]

    @property
    def latest(self) -> pd.Series[pd.Timestamp]:
        """The end of each opening."""
        open_for_long = self.spread.to_numpy().nonzero()[0]
        if not len(open_for_long):
            return self.at
        late = self.at.copy()
        late.iloc[open_for_long] += self.spread.iloc[open_for_long].astype("int64").astype("timedelta64[s]")
        return late

    @property
    def is_day(self) -> pd.Series[bool]:
        """Whether the time of day is unknown."""
        return self.spread > TWICE

    @property
    def daily(self) -> Moments:
        """The same, open only where the time of day is unknown."""
        return self._replace(spread=self.spread.where(self.is_day, 0)) if self.spread.any() else self

    @property
    def hourly(self) -> Moments:
        """The same, open only where the local hour exists twice."""
        return self._replace(spread=self.spread.where(~self.is_day, 0)) if self.spread.any() else self

    def take(self, places: npt.NDArray[np.int64]) -> Moments:
        """Those at some places."""
        return Moments(self.at.iloc[places], self.spread.iloc[places])

    def where(self, mask: pd.Series[bool]) -> Moments:
        """The same where the mask holds, missing elsewhere."""
        return Moments(self.at.where(mask), self.spread.where(mask, 0))


class Lateness(NamedTuple):
    """Which ends come too late; ``unsure`` where only one reading of a doubtful hour says so."""

    late: pd.Series[bool]
    unsure: pd.Series[bool]


def moments(table: pd.DataFrame, column: str) -> Moments:
    """A time column of a table with its spread; a row of nobody's, which has neither, has no time."""
    spread = table[column + SPREAD]
    return Moments(table[column], spread if spread.dtype == "int32" else spread.fillna(0).astype("int32"))


def later_of(first: Moments, second: Moments) -> Moments:
    """The later of two instants, row by row; missing where either is."""
    at = first.at.where(first.at >= second.at, second.at)
    latest = first.latest.where(first.latest >= second.latest, second.latest)
    known = first.at.notna() & second.at.notna()
    spread = (latest - at).where(known, timedelta(0)).dt.total_seconds().astype("int32")
    return Moments(at.where(known), spread)


def earlier_of(first: Moments, second: Moments) -> Moments:
    """The earlier of two instants, row by row; the known one where the other is missing."""
    takes_first = first.at.notna() & ~(second.at < first.at)
    return Moments(first.at.where(takes_first, second.at), first.spread.where(takes_first, second.spread))


def either(first: Moments, second: Moments) -> Moments:
    """The first where it is known, else the second."""
    known = first.at.notna()
    return Moments(first.at.where(known, second.at), first.spread.where(known, second.spread))


def plus(start: Moments, span: timedelta) -> pd.Series[pd.Timestamp]:
    """The deadline after a start: read as strictly as the start allows."""
    return start.at + span


def least_elapsed(start: Moments, end: Moments | pd.Timestamp) -> pd.Series[pd.Timedelta]:
    """The time between, read as kindly as the two allow."""
    return _instant(end) - start.latest


def most_elapsed(start: Moments, end: Moments | pd.Timestamp) -> pd.Series[pd.Timedelta]:
    """The time between, a doubtful hour read against the seller; a whole day is still read kindly."""
    finish = end.hourly.latest if isinstance(end, Moments) else end
    return finish - start.daily.latest


def strictest_elapsed(start: Moments, end: pd.Timestamp) -> pd.Series[pd.Timedelta]:
    """The time since the very start of each opening: what deadlines go by."""
    return end - start.at


def beyond(start: Moments, end: Moments | pd.Timestamp, limit: timedelta) -> Lateness:
    """Which ends come more than ``limit`` after their start; exactly the limit is in time."""
    late = most_elapsed(start, end) > limit
    few = late.to_numpy().nonzero()[0]
    by_all = least_elapsed(start.take(few), end.take(few) if isinstance(end, Moments) else end) > limit
    return Lateness(late, placed(~by_all, few, late.index))


def before(end: Moments, start: Moments, zone: ZoneInfo) -> Lateness:
    """Which ends lie before their start; the days in shop time are compared where either has no time."""
    late = end.at < start.latest
    whole = (end.is_day | start.is_day).to_numpy().nonzero()[0]
    late.iloc[whole] = (local_day(end.at.iloc[whole], zone) < local_day(start.at.iloc[whole], zone)).to_numpy()
    few = late.to_numpy().nonzero()[0]
    first, last = start.take(few), end.take(few)
    sure = (last.latest < first.at) | last.is_day | first.is_day
    return Lateness(late, placed(~sure, few, late.index))


def local_day(instants: pd.Series[pd.Timestamp], zone: ZoneInfo) -> pd.Series[pd.Timestamp]:
    """The day of each instant in a zone."""
    return instants.dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()


def hours(span: pd.Series[pd.Timedelta]) -> pd.Series[int]:
    """Whole hours, rounded down, for a person to read."""
    return (span.dt.total_seconds() // 3600).astype("Int64")


def days(span: pd.Series[pd.Timedelta]) -> pd.Series[int]:
    """Whole days, rounded down, for a person to read."""
    return (span.dt.total_seconds() // 86400).astype("Int64")


def _instant(end: Moments | pd.Timestamp) -> pd.Series[pd.Timestamp] | pd.Timestamp:
    return end.at if isinstance(end, Moments) else end
