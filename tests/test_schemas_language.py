"""How each language writes days, times and figures."""

from datetime import UTC, datetime

import pytest

from schemas.language import CODES, language
from schemas.text import say


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (1, "1er janv. 2026 06:00"),
        (2, "2 janv. 2026 06:00"),
        (11, "11 janv. 2026 06:00"),
        (21, "21 janv. 2026 06:00"),
        (31, "31 janv. 2026 06:00"),
    ],
)
def test_french_says_premier_of_the_first_day_only(day, told):
    """The first of a month is "1er", every other day a plain figure."""
    assert told == language("fr").time(datetime(2026, 1, day, 6, tzinfo=UTC))


def test_the_first_of_a_month_in_every_form_and_language():
    """Days, moments and days of the year say it as well; in a column, which has a nought before it, and in other languages nothing changes."""
    first = datetime(2026, 12, 1, 6, tzinfo=UTC)
    french = language("fr")

    assert "1er déc. 2026" == french.day(first)
    assert "mardi 1er décembre 2026 06:00" == french.moment(first)
    assert "1er déc." == french.day_of_year(first)
    assert "mar. 01 déc. 06:00" == french.deadline(first)
    assert ["1 Dec 2026", "2026年12月1日"] == [language(code).day(first) for code in ("en", "zh")]


@pytest.mark.parametrize(
    ("number", "told"),
    [(50, ["50.0", "50,0", "50.0"]), (50.01, ["50.01", "50,01", "50.01"]), (8.5, ["8.5", "8,5", "8.5"])],
)
def test_decimals_have_the_sign_of_the_language(number, told):
    """One decimal at least, three at most, so that what is barely above a limit does not look as if it kept it."""
    assert told == [say("{size:decimal}", {"size": number}, language(code)) for code in CODES]
