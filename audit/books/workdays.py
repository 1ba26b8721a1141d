"""Working days as the platform's terms count them: Monday to Friday, without French public holidays."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import holidays
import numpy as np
import pandas as pd

from audit.books.clock import local_day

if TYPE_CHECKING:
    from collections.abc import Iterable

PARIS = ZoneInfo("Europe/Paris")
"""Where the platform's days begin and end."""


def end_of_working_day(starts: pd.Series[pd.Timestamp], number: int) -> pd.Series[pd.Timestamp]:
    """The instant at 24:00 in Paris of the so-manieth working day after the day of each start; missing stays missing."""
    days = local_day(starts, PARIS)
    known = days.dropna()
    last = np.busday_offset(known.to_numpy().astype("datetime64[D]"), number, roll="backward", holidays=public_holidays(known.dt.year))
    ends = pd.Series(pd.to_datetime(last), index=known.index, dtype="datetime64[us]") + timedelta(days=1)
    return ends.dt.tz_localize(PARIS).dt.tz_convert("UTC").reindex(starts.index)


def public_holidays(years: Iterable[int]) -> list[np.datetime64]:
    """The French public holidays of some years and the one after each."""
    wanted = {int(year) + more for year in years for more in (0, 1)}
    return [np.datetime64(day) for day in sorted(holidays.country_holidays("FR", years=wanted))]
