"""Working days in Paris: the instant at which the time to settle a claim is over."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.books.clock import Moments
from audit.books.workdays import end_of_working_day, public_holidays

PARIS = ZoneInfo("Europe/Paris")


def moments(*starts, spread=0):
    """Instants in Paris, each open for as many seconds."""
    at = pd.Series(pd.to_datetime([pd.Timestamp(start) for start in starts])).dt.tz_localize(PARIS).dt.tz_convert("UTC").dt.as_unit("us")
    return Moments(at, pd.Series(spread, index=at.index, dtype="int32"))


def end(start, number=3):
    """The end in Paris of the third working day after a start."""
    return end_of_working_day(moments(start), number).at.dt.tz_convert(PARIS).dt.strftime("%Y-%m-%d %H:%M").iloc[0]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-11-16 00:00", "2026-11-20 00:00"),  # Monday to Thursday
        ("2026-11-16 23:59:59", "2026-11-20 00:00"),
        ("2026-11-17 00:00", "2026-11-21 00:00"),
        ("2026-11-18 09:00", "2026-11-24 00:00"),  # Wednesday: Thursday, Friday, Monday
        ("2026-11-20 09:00", "2026-11-26 00:00"),  # Friday: Monday to Wednesday
        ("2026-11-21 09:00", "2026-11-26 00:00"),  # Saturday
        ("2026-11-22 23:59", "2026-11-26 00:00"),  # Sunday
        ("2026-12-24 10:00", "2026-12-31 00:00"),  # Thursday: 25 is a holiday, then Monday 28 to Wednesday 30
        ("2026-12-31 10:00", "2027-01-07 00:00"),  # Thursday: 1 January is a holiday, then Monday 4 to Wednesday 6
        ("2027-01-01 10:00", "2027-01-07 00:00"),  # the holiday itself
        ("2026-04-02 10:00", "2026-04-09 00:00"),  # Thursday: Friday 3, Easter Monday 6 is none, Tuesday 7, Wednesday 8
        ("2026-04-30 10:00", "2026-05-07 00:00"),  # Thursday: Friday 1 May is none, Monday 4 to Wednesday 6
        ("2026-05-06 10:00", "2026-05-13 00:00"),  # Wednesday: Thursday 7, Friday 8 is none, Monday 11, Tuesday 12
        ("2026-05-13 10:00", "2026-05-20 00:00"),  # Wednesday: Ascension on Thursday 14 is none, Friday 15, Monday 18, Tuesday 19
        ("2026-05-22 10:00", "2026-05-29 00:00"),  # Friday: Whit Monday 25 is none, Tuesday 26 to Thursday 28
        ("2026-07-13 10:00", "2026-07-18 00:00"),  # Monday: 14 July is none, Wednesday 15 to Friday 17
        ("2026-11-10 10:00", "2026-11-17 00:00"),  # Tuesday: 11 November is none, Thursday 12, Friday 13, Monday 16
    ],
)
def test_the_third_working_day_ends_at_midnight_in_paris(start, expected):
    """Weekends and French public holidays do not count, nor does the day of the start."""
    assert expected == end(start)


def test_midnight_is_that_of_paris_in_summer_and_winter():
    """24:00 in Paris is 22:00 UTC in summer and 23:00 UTC in winter, whichever the start was in."""
    ends = end_of_working_day(moments("2026-07-06 10:00", "2026-10-22 10:00", "2026-11-16 10:00"), 3).at

    assert ["2026-07-09T22:00", "2026-10-27T23:00", "2026-11-19T23:00"] == ends.dt.strftime("%Y-%m-%dT%H:%M").tolist()


def test_a_missing_start_has_no_end():
    """Nothing is known of what has no start, and nobody fails over it."""
    ends = end_of_working_day(moments("2026-11-16 10:00", None), 3)

    assert [False, True] == ends.at.isna().tolist()
    assert [0, 0] == ends.spread.tolist()
    assert [] == end_of_working_day(moments(), 3).at.tolist()


def test_a_whole_day_in_paris_is_one_day():
    """A date without a time ends on the same day at either reading: 24:00 belongs to the day before."""
    ends = end_of_working_day(moments("2026-11-16", spread=86_400), 3)

    assert [0] == ends.spread.tolist()
    assert ["2026-11-19 23:00"] == ends.at.dt.strftime("%Y-%m-%d %H:%M").tolist()


def test_a_whole_day_elsewhere_touches_two_days_of_paris():
    """Monday in Shanghai begins on Sunday in Paris: Wednesday's end is the strict reading, Thursday's the kind one."""
    monday = pd.Series(pd.to_datetime(["2026-11-16"])).dt.tz_localize("Asia/Shanghai").dt.tz_convert("UTC").dt.as_unit("us")
    ends = end_of_working_day(Moments(monday, pd.Series(86_400, dtype="int32")), 3)

    assert ["2026-11-18 23:00"] == ends.at.dt.strftime("%Y-%m-%d %H:%M").tolist()
    assert ["2026-11-19 23:00"] == ends.latest.dt.strftime("%Y-%m-%d %H:%M").tolist()


def test_french_holidays_of_the_year_and_the_next():
    """The eleven of the whole country, and those of the year that a late start runs into."""
    days = [str(day) for day in public_holidays([2026])]

    assert [
        "2026-01-01",
        "2026-04-06",
        "2026-05-01",
        "2026-05-08",
        "2026-05-14",
        "2026-05-25",
        "2026-07-14",
        "2026-08-15",
        "2026-11-01",
        "2026-11-11",
        "2026-12-25",
    ] == days[:11]
    assert "2027-01-01" == days[11]


@given(day=st.dates(date(2020, 1, 1), date(2035, 12, 31)), number=st.integers(1, 6))
def test_exactly_so_many_working_days_lie_between(day, number):
    """Counted one day after the other, as a person does on a calendar."""
    ends = end_of_working_day(moments(day), number).at.dt.tz_convert(PARIS).iloc[0]
    closed = {str(holiday) for holiday in public_holidays([day.year])}
    after = [day + timedelta(days=step) for step in range(1, (ends.date() - day).days)]
    working = [each for each in after if each.weekday() < 5 and str(each) not in closed]

    assert number == len(working)
    assert after[-1] == working[-1]
