"""What is read from bytes at once is what the careful readers read one by one."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.normalise import Cells, Context, Decision, fixed, plain, times
from audit.normalise.figures import _careful, figures
from audit.normalise.shapes import DAY_FIRST
from audit.normalise.text import INVISIBLE, SPACES, TEXT_MARK, clean, plain_identifiers

CONTEXT = Context(ZoneInfo("Europe/Paris"), datetime(2027, 11, 24, tzinfo=UTC))
YEARS = st.sampled_from([*range(1, 10), 1899, 1900, 1999, 2000, *range(2020, 2030), 9999]).map("{:04}".format)
TWO = st.one_of(st.integers(0, 13), st.integers(0, 99)).map("{:02}".format)
BETWEEN = st.sampled_from("/.-: ")
CLOCK = st.one_of(
    st.just(""),
    st.builds("{}{}:{}".format, st.sampled_from(" Tt-_"), TWO, TWO),
    st.builds("{}{}:{}:{}".format, st.sampled_from(" Tt-"), TWO, TWO, TWO),
)
DATES = st.one_of(
    st.builds("{}{}{}{}{}{}".format, YEARS, BETWEEN, TWO, BETWEEN, TWO, CLOCK),
    st.builds("{}{}{}{}{}{}".format, TWO, BETWEEN, TWO, BETWEEN, YEARS, CLOCK),
    st.sampled_from(
        ["", "lundi", "29/03/2026 02:30", "25/10/2026 02:30", "2026-02-29", "2024-02-29 24:00", "٢٠٢٦-٠١-٠١", "2026-01-01 24:01"]
    ),
)
SIGNS = st.sampled_from(
    [*"a1'=\"", " ", "\t", "é", "\u00a0", "\u00ad", "\u200b", "\u2019", "\u3000", "\u3001", "\uff11", "\ufeff", "\x85", "\n"]
)
TEXTS = st.lists(st.text(SIGNS, max_size=6), min_size=1, max_size=8)


def column(texts):
    """Cells as a column that starts at row 2."""
    return pd.Series(texts, index=range(2, len(texts) + 2), dtype="str")


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(DATES, min_size=1, max_size=8), st.sampled_from(["", "day first", "month first"]))
def test_dates_of_fixed_width_are_what_the_careful_reader_reads(texts, order):
    """The same instants, spreads and reasons, whichever reader a date goes to."""
    text = clean(column(texts))
    quick = times.read(Cells(text), Decision(order=order), context=CONTEXT, future=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fixed, "read", lambda cells, _: fixed.none(len(cells)))
        careful = times.read(Cells(text), Decision(order=order), context=CONTEXT, future=False)

    pd.testing.assert_series_equal(careful.values, quick.values)
    pd.testing.assert_series_equal(careful.spread, quick.spread)
    pd.testing.assert_series_equal(careful.reasons, quick.reasons)
    assert careful.blanked == quick.blanked


def test_usual_dates_need_no_careful_reader():
    """Days, clocks and seconds in either order are read from their bytes; others are left."""
    texts = ["2026-11-20", "20/11/2026 10:00", "2026-11-20T10:00:05", "20.11.2026-10:00", "2026-11-20 10:00:05Z", "1/2/2026", None]
    found = fixed.read(pa.array(texts, pa.large_string()), DAY_FIRST)

    assert [True, True, True, True, False, False, False] == found.held.tolist()
    assert [True, False, False, False, False, False, False] == found.whole_day.tolist()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(TEXTS, st.integers(0, 2))
def test_cells_are_cleaned_as_if_each_was_looked_at(texts, skipped):
    """Whatever stands at a cell's ends or within it, and wherever its column starts in memory."""
    whole = pa.array(texts, pa.large_string()).slice(min(skipped, len(texts) - 1))
    bare = pc.utf8_trim_whitespace(pc.replace_substring_regex(pc.replace_substring_regex(whole, INVISIBLE, ""), SPACES, " "))
    expected = [cell or None for cell in bare.to_pylist()]
    cleaned = clean(pd.Series(pd.array(whole, dtype="str")))
    marked = [cell and pc.utf8_trim_whitespace(pc.replace_substring_regex(cell, TEXT_MARK, r"\1\2")).as_py() for cell in expected]

    assert expected == [None if pd.isna(cell) else cell for cell in cleaned]
    assert [(cell and cell.replace("\uff11", "1")) or None for cell in marked] == [
        None if pd.isna(cell) else cell for cell in plain_identifiers(cleaned)
    ]


FIGURES = st.one_of(
    st.from_regex(r"[0-9]{0,4}[.,]?[0-9]{0,3}", fullmatch=True),
    st.from_regex(r"[-+]?[0-9]{1,16}([.,][0-9]{1,2})?( ?€)?", fullmatch=True),
    st.sampled_from(["abc", "1 234,50", "(12.00)", "1.234.567", "12,5,0", "é1", "１２,50", ".5", "5.", ","]),
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(FIGURES, min_size=1, max_size=8), st.sampled_from(["", ",", "."]))
def test_plain_figures_are_what_the_careful_reader_reads(texts, decimal):
    """The same hundredths, decimal signs, currency marks and reasons."""
    cells = clean(column(texts)).dropna().reset_index(drop=True)
    quick, careful = figures(cells, decimal), _careful(cells, decimal)

    for one, other in zip(careful, quick, strict=True):
        pd.testing.assert_series_equal(one, other, check_names=False)


def test_usual_figures_need_no_careful_reader():
    """Digits with one decimal sign and one or two decimals are read from their bytes; others are left."""
    found = plain.read(pa.array(["x", "12", "0012.5", "3,07", "1.234", ".5", "5,", "1,2,3", "-4", "", "12345678901234"], pa.large_string()))

    assert [False, True, True, True, False, False, False, False, False, False, False] == found.held.tolist()
    assert [0, 1200, 1250, 307] == found.hundredths.tolist()[:4]
    assert ["", "", ".", ","] == found.decimal.to_pylist()[:4]
