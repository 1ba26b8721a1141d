"""Working days as the platform's terms count them: Monday to Friday, without French public holidays."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from audit.books.clock import Moments, local_day

if TYPE_CHECKING:
    from collections.abc import Iterable

PARIS = ZoneInfo("Europe/Paris")
"""Where the platform's days begin and end."""

INSTANT = timedelta(microseconds=1)
"""The least step of time here: a day ends this much before 24:00."""


def end_of_working_day(starts: Moments, number: int) -> Moments:
    """24:00 in Paris of the last of a number of working days after the day of each start; open where that day is; missing stays missing."""
    first, last = (_end(days, number) for days in _days(starts))
    spread = (last - first).dt.total_seconds().fillna(0).astype("int32")
    return Moments(first, spread)


def _days(starts: Moments) -> tuple[pd.Series[pd.Timestamp], pd.Series[pd.Timestamp]]:
    """The first and the last day in Paris that each start may lie on: a whole day of another zone touches two."""
    ends = starts.latest.where(~starts.is_day, starts.latest - INSTANT)
    return local_day(starts.at, PARIS), local_day(ends, PARIS)


def _end(days: pd.Series[pd.Timestamp], number: int) -> pd.Series[pd.Timestamp]:
    known = days.dropna()
    last = np.busday_offset(known.to_numpy().astype("datetime64[D]"), number, roll="backward", holidays=public_holidays(known.dt.year))
    ends = pd.Series(pd.to_datetime(last), index=known.index, dtype="datetime64[us]") + timedelta(days=1)
    return ends.dt.tz_localize(PARIS).dt.tz_convert("UTC").reindex(days.index)


def public_holidays(years: Iterable[int]) -> list[np.datetime64]:
    """The French public holidays of some years and the one after each."""
    import holidays

    wanted = {int(year) + more for year in years for more in (0, 1)}
    return [np.datetime64(day) for day in sorted(holidays.country_holidays("FR", years=wanted))]
