"""Times: every usual way to write one, one order a column, and no local time taken for what it is not."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from audit.normalise import UNDECIDED, Cells, Context, ContradictionError, Decision, times

PARIS = ZoneInfo("Europe/Paris")
LATEST = datetime(2027, 11, 24, 6, tzinfo=PARIS)
CONTEXT = Context(PARIS, LATEST)
DAY = 86_400


def cells(*texts):
    """Some cells, numbered as a person sees them."""
    return Cells(pd.Series(texts, index=range(2, len(texts) + 2), dtype="str"))


def read(*texts, order="day first", future=False):
    """Some cells read in an order."""
    return times.read(cells(*texts), Decision(order=order), context=CONTEXT, future=future)


def one(text, **how):
    """The instant of one cell in shop time and its spread, or why it has none."""
    found = read(text, **how)
    return found.reasons.get(2) or (found.values[2].tz_convert(PARIS).strftime("%Y-%m-%d %H:%M:%S"), int(found.spread[2]))


def decide(*texts, told=UNDECIDED, future=False):
    """What a column decides."""
    return times.decide(cells(*texts), told, context=CONTEXT, future=future).order


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23T18:05",
        "2026-11-23 18:05:00",
        "2026-11-23 18:05:00.000",
        "2026-11-23T17:05:00Z",
        "2026-11-23 19:05:00 +0200",
        "2026-11-23T18:05+01",
        "20261123T1805",
        "23/11/2026 18:05",
        "23/11/2026-18:05",
        "23/11/2026 18:05:00",
        "23.11.2026 18:05",
        "23-11-2026 18:05",
        "2026/11/23 18:05",
        "2026年11月23日 18:05",
        "2026年11月23日18时05分",
        "2026年11月23日 下午6:05",
        "2026-11-23 (周一) 18:05",
        "23 nov. 2026 18:05",
        "23 novembre 2026 à 18h05",
        "lundi 23 novembre 2026 18:05",
        "Nov 23, 2026 6:05 PM",
        "November 23, 2026 at 6:05 p.m.",
        "Mon, 23 Nov 2026 18:05:00 +0100",
        "23-Nov-2026 18:05",
        "23/11/2026 18h05",
        "23/11/2026 à 18:05",
        "23/11/2026 6:05 PM",
        "23/11/2026 18:05 PM",
    ],
)
def test_one_moment_in_every_writing(text):
    """However it is written, five past six in the evening of 23 November 2026 is that."""
    assert ("2026-11-23 18:05:00", 0) == one(text)


@pytest.mark.parametrize(
    ("text", "day", "spread"),
    [
        ("23/11/2026", "2026-11-23", DAY),
        ("2026-11-23", "2026-11-23", DAY),
        ("20261123", "2026-11-23", DAY),
        ("2026年十一月23日", "2026-11-23", DAY),
        ("1er août 2026", "2026-08-01", DAY),
        ("mar. 24 nov. 2026", "2026-11-24", DAY),
        ("Mar 23, 2026", "2026-03-23", DAY),
        ("23 févr. 2026", "2026-02-23", DAY),
        ("29/03/2026", "2026-03-29", DAY - 3600),
        ("25/10/2026", "2026-10-25", DAY + 3600),
        ("29/02/2028", None, "far-future"),
    ],
)
def test_a_date_alone_is_its_whole_day(text, day, spread):
    """A date without a time is open from midnight to midnight, 23 and 25 hours on the nights of the clock change."""
    assert (spread if day is None else (f"{day} 00:00:00", spread)) == one(text)


def test_every_months_name_is_known_in_three_languages():
    """Twelve months, long and short."""
    from babel import Locale

    for language in ("fr", "en"):
        for width in ("wide", "abbreviated"):
            for number, name in Locale(language).months["format"][width].items():
                assert (f"2026-{number:02}-05 00:00:00", 0) == (one(f"5 {name} 2026")[0], 0)


@pytest.mark.parametrize(
    ("text", "hour"), [("12:05 AM", "00:05"), ("12:05 PM", "12:05"), ("1:05 pm", "13:05"), ("11:59 pm", "23:59"), ("11:59 AM", "11:59")]
)
def test_noon_and_midnight_of_the_half_day(text, hour):
    """12 AM is midnight and 12 PM is noon."""
    assert (f"2026-11-23 {hour}:00", 0) == one(f"23/11/2026 {text}")


def test_24_hours_is_the_next_days_midnight():
    """24:00 ends a day; a minute beyond is no time."""
    assert (("2026-12-01 00:00:00", 0), "unreadable-date") == (one("30/11/2026 24:00"), one("30/11/2026 24:01"))


def test_the_night_in_spring_has_an_hour_less():
    """02:00 to 02:59 on 29 March 2026 do not exist; the minute before and after do."""
    reason = "nonexistent-time"
    assert [("2026-03-29 01:59:00", 0), reason, reason, ("2026-03-29 03:00:00", 0)] == [
        one(f"29/03/2026 {clock}") for clock in ("01:59", "02:00", "02:59", "03:00")
    ]


def test_the_night_in_autumn_has_an_hour_twice():
    """02:00 to 02:59 on 25 October 2026 are open by an hour; with a zone they are not."""
    found = read("25/10/2026 01:59", "25/10/2026 02:00", "25/10/2026 02:59", "25/10/2026 03:00", "2026-10-25T02:30+01:00")

    assert [0, 3600, 3600, 0, 0] == list(found.spread)
    assert ["23:59", "00:00", "00:59", "02:00", "01:30"] == list(found.values.dt.strftime("%H:%M"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("lundi dernier", "unreadable-date"),
        ("31/02/2026", "unreadable-date"),
        ("13/13/2026", "unreadable-date"),
        ("23/11/2026 25:00", "unreadable-date"),
        ("23/11/2026 10:60", "unreadable-date"),
        ("23/11/2026 13:05 AM", "unreadable-date"),
        ("2026-11-23T10:00+15:00", "unreadable-date"),
        ("foo 23 nov 2026", "unreadable-date"),
        ("18:05", "unreadable-date"),
        ("1764000000", "unreadable-date"),
        ("08/11/26 10:00", "two-digit-year"),
        ("23-nov.-26", "two-digit-year"),
        ("Nov-23-26", "two-digit-year"),
        ("26年11月23日", "two-digit-year"),
        ("46349", "day-count"),
        ("31/12/1999", "far-past"),
        ("31/12/9999", "far-future"),
    ],
)
def test_what_is_no_plausible_date_is_refused_with_its_reason(text, reason):
    """Nothing is guessed, least of all a century."""
    assert reason == one(text)


def test_a_year_ahead_is_the_limit():
    """The limit itself is fine, and a second beyond is not; where any year is plausible there is no limit."""
    at, beyond = "2027-11-24 06:00:00", "2027-11-24 06:00:01"
    assert [(at, 0), "far-future", (beyond, 0)] == [one(at), one(beyond), one(beyond, future=True)]
    assert ("9999-12-31 00:00:00", DAY) == one("9999-12-31", future=True)


@pytest.mark.parametrize(
    "text",
    ["0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "00/01/1900", "01/01/1900", "1899-12-30", "1970-01-01 01:00:00", "0001-01-01"],
)
def test_a_systems_zero_date_is_a_blank_and_counted(text):
    """Where a database or spreadsheet has no date it writes its first day: no such sale exists."""
    found = read(text, "23/11/2026")

    assert (1, 1, 0) == (int(found.values.isna().sum()), found.blanked, len(found.reasons))


def test_a_column_puts_the_day_first():
    """A date that can only be read month first refuses the column, and names the rows."""
    with pytest.raises(ContradictionError) as error:
        decide("03/04/2026", "11/23/2026", "23/11/2026", "12/31/2026 10:00")

    assert ("puts the month first, where the day is read first", (3, 5)) == (error.value.wrong, error.value.rows)


@pytest.mark.parametrize("bad", ["02/30/2026", "11/23/26", "11/23/2062", "11/23/1926", "lundi", "13/13/2026"])
def test_a_bad_date_decides_nothing(bad):
    """Only a plausible date contradicts the order of its column."""
    assert "day first" == decide("03/04/2026", bad)


def test_a_mapping_may_put_the_month_first():
    """What a mapping says of the order is held against the column like the order of our own."""
    told = Decision(order="month first")
    assert "month first" == decide("11/23/2026", "03/04/2026", told=told)
    assert ("2026-03-04 00:00:00", DAY) == one("03/04/2026", order="month first")
    with pytest.raises(ContradictionError) as error:
        decide("23/11/2026", told=told)
    assert "puts the day first, where the month was told to stand first" == error.value.wrong


def test_a_whole_column_of_day_counts_is_read_as_a_spreadsheet_does():
    """46349.75 is 18:00 on 23 November 2026, but only where no date of the column is written out."""
    assert ["serial", "serial", "day first", "day first"] == [
        decide("46349.75", "46349"),
        decide("46349", "lundi"),
        decide("46349", "23/11/2026"),
        decide("99999", "12345"),
    ]
    assert [("2026-11-23 18:00:00", 0), ("2026-11-23 00:00:00", DAY), ("2026-11-23 12:00:00", 0)] == [
        one(text, order="serial") for text in ("46349.75", "46349", "46349,5")
    ]


def test_unix_seconds_are_read_where_a_preset_says_so():
    """1795453500 is 18:05 in Paris on 23 November 2026."""
    assert ("2026-11-23 18:05:00", 0) == one("1795453500", order="unix")


def test_a_zone_with_another_clock_change():
    """The same reading in a zone whose clocks never change."""
    shanghai = Context(ZoneInfo("Asia/Shanghai"), LATEST)
    found = times.read(cells("29/03/2026 02:30", "29/03/2026"), Decision(order="day first"), context=shanghai, future=False)

    assert ["2026-03-28 18:30:00+00:00", "2026-03-28 16:00:00+00:00"] == [str(value) for value in found.values]
    assert [0, DAY] == list(found.spread)


def test_a_part_of_a_column_reads_as_the_whole():
    """Rows read apart give what they give read together."""
    texts = ("23/11/2026 18:05", "x", "24 nov. 2026", "", "25/10/2026 02:30")
    whole = read(*texts)
    for row, text in enumerate(texts, start=2):
        part = times.read(Cells(pd.Series([text], index=[row], dtype="str")), Decision(order="day first"), context=CONTEXT, future=False)
        assert (str(whole.values[row]), int(whole.spread[row]), whole.reasons.get(row)) == (
            str(part.values[row]),
            int(part.spread[row]),
            part.reasons.get(row),
        )
