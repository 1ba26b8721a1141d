"""Times: one order of day and month for a whole column, each an instant in UTC with how far it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from audit.normalise import Cells, Context, ContradictionError, Read
from audit.normalise.identifiers import reasons

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

TWICE = 3600
CLOCK = r"([T -]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?)?"
DAY_FIRST = r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}" + CLOCK
YEAR_FIRST = r"\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}" + CLOCK
ZONED = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})"
SHORT_YEAR = r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2}" + CLOCK
MONTH_FIRST = r"(0?[1-9]|1[0-2])[/.\-](1[3-9]|2\d|3[01])[/.\-]\d{4}.*"
DAY_IN_FRONT = r"(1[3-9]|2\d|3[01])[/.\-](0?[1-9]|1[0-2])[/.\-]\d{4}.*"
SHOWN_ROWS = 5


def read(cells: Cells, context: Context, *, future: bool) -> Read:
    """Instants in UTC and their spread; ``future``: dates more than a year ahead are plausible.

    Raises ContradictionError where a column that puts the day first holds a date that can't.
    """
    text = cells.text.str.replace(r"\s*年\s*|\s*月\s*", "-", regex=True).str.replace(r"\s*[日号]\s*", " ", regex=True).str.strip()
    day = _day_shape(text, context.date_order)
    zoned, day_first, year_first = (_matches(text, shape) for shape in (ZONED, DAY_FIRST, YEAR_FIRST))
    local = _local(text.where(day_first), day).fillna(_local(text.where(year_first), "%Y/%m/%d"))
    at, spread, missing_hour = _localised(local, ~text.str.contains(":").fillna(value=False).astype(bool), context.zone)
    at = at.fillna(
        pd.to_datetime(
            text.where(zoned).str.replace(" ", "", regex=False).str.replace(r"^(.{10})T?", r"\1T", regex=True),
            errors="coerce",
            utc=True,
            format="ISO8601",
        ).dt.as_unit("us")
    )
    unread = text.notna() & at.isna()
    masks = {
        "two-digit-year": _matches(text, SHORT_YEAR),
        "nonexistent-time": missing_hour,
        "unreadable-date": unread,
        "far-future": (at > pd.Timestamp(context.latest)) & (not future),
    }
    found = reasons(cells.text, masks)
    return Read(at.mask(found.notna()), found, spread.where(found.isna() & at.notna(), 0).astype("int32"))


def _matches(text: pd.Series[str], pattern: str) -> pd.Series[bool]:
    return text.str.fullmatch(pattern).fillna(value=False).astype(bool)


def _day_shape(text: pd.Series[str], date_order: str) -> str:
    """How days without a leading year are written; refuses a column that contradicts it."""
    month_first = date_order == "month-first"
    wrong = _matches(text, DAY_IN_FRONT if month_first else MONTH_FIRST)
    if wrong.any():
        rows = tuple(text.index[wrong][:SHOWN_ROWS])
        if month_first:
            raise ContradictionError(
                "puts the day first, where the mapping says that the month is", "Correct date_order in the mapping.", rows
            )
        remedy = 'Write the dates as dd/mm/yyyy or yyyy-mm-dd, or say date_order = "month-first" in a mapping.'
        raise ContradictionError("puts the month first, where the day is read first", remedy, rows)
    return "%m/%d/%Y" if month_first else "%d/%m/%Y"


def _local(text: pd.Series[str], day: str) -> pd.Series[pd.Timestamp]:
    """Local times without a zone, whatever separates their parts."""
    even = (
        text.str.replace(r"[,].*$", "", regex=True).str.replace(r"^(\d+)[/.\-](\d+)[/.\-](\d+)[T -]?", r"\1/\2/\3 ", regex=True).str.strip()
    )
    found = pd.Series(pd.NaT, index=text.index, dtype="datetime64[us]")
    for shape, clock in (
        (r".* \d+:\d+:\d+", " %H:%M:%S"),
        (r".* \d+:\d+:\d+\.\d+", " %H:%M:%S.%f"),
        (r".* \d+:\d+", " %H:%M"),
        (r"[^: ]+", ""),
    ):
        part = even[_matches(even, shape)]
        found.loc[part.index] = pd.to_datetime(part, format=day + clock, errors="coerce").astype("datetime64[us]")
    return found


def _localised(local: pd.Series[pd.Timestamp], whole_day: pd.Series[bool], zone: ZoneInfo) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Instants in UTC (the earlier of two), their spread in seconds, and which local times do not exist."""
    early, late = (
        local.dt.tz_localize(zone, ambiguous=np.full(len(local), summer), nonexistent="NaT").dt.tz_convert("UTC")
        for summer in (True, False)
    )
    spread = (late - early).dt.total_seconds().fillna(0)
    days = local[whole_day & local.notna()]
    spread = spread.mask(whole_day & local.notna(), _day_lengths(days, zone).reindex(local.index))
    return early, spread.astype("int32"), local.notna() & early.isna()


def _day_lengths(days: pd.Series[pd.Timestamp], zone: ZoneInfo) -> pd.Series[float]:
    """Seconds from each midnight to the next."""
    unique = pd.Series(days.unique(), dtype="datetime64[us]")
    begin, end = (moment.dt.tz_localize(zone, nonexistent="shift_forward") for moment in (unique, unique + pd.Timedelta(days=1)))
    lengths = dict(zip(unique, (end - begin).dt.total_seconds(), strict=True))
    return days.map(lengths)
