"""Amounts: exact to the cent, one decimal sign a column, and nothing guessed."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from audit.normalise import UNDECIDED, Cells, Context, ContradictionError, Decision, amounts

ZONE = ZoneInfo("Europe/Paris")


def cells(*texts, native=None):
    """Some cells, numbered as a person sees them."""
    index = range(2, len(texts) + 2)
    return Cells(pd.Series(texts, index=index, dtype="str"), None if native is None else pd.Series(native, index=index))


def context(*currencies):
    """The context of some rows, in EUR unless told."""
    currency = pd.Series(currencies, index=range(2, len(currencies) + 2), dtype="str") if currencies else None
    return Context(ZONE, datetime(2027, 11, 24, tzinfo=ZONE), currency)


def money(text, decimal=""):
    """The cents of one cell, or why it has none."""
    read = amounts.read_money(cells(text), Decision(decimal=decimal), context=context())
    return read.reasons.get(2, None if pd.isna(read.values[2]) else int(read.values[2]))


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("60.00", 6000),
        ("60.01", 6001),
        ("200,01", 20001),
        ("1234.56", 123456),
        ("1 234,56 €", 123456),
        ("1\u202f234,56 €", 123456),
        ("1\u00a0234,56\u00a0€", 123456),
        ("1\u2009234,56", 123456),
        ("1.234,56", 123456),
        ("1,234.56", 123456),
        ("€12", 1200),
        ("12 EUR", 1200),
        ("eur 12.5", 1250),
        ("12 euros", 1200),
        ("12欧元", 1200),
        ("12€50", 1250),
        ("12 € 50", 1250),
        ("1'234.50", 123450),
        ("1’234.50", 123450),
        ("12,50-", -1250),
        ("-€5", -500),
        ("\u22125,00", -500),
        ("+5", 500),
        ("1.234.567", 123456700),
        ("1,234,567", 123456700),
        ("１２．５０", 1250),
        ("12.5000", 1250),
        (",99", 99),
        ("'12,50", 1250),
        ("123456789012345", 12345678901234500),
    ],
)
def test_amounts_are_read_to_the_cent(text, cents):
    """Every usual way to write an amount gives its exact cents."""
    assert cents == money(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("(12.00)", "accounting-brackets"),
        ("(12,00 €)", "accounting-brackets"),
        ("1,234", "ambiguous-number"),
        ("19.999", "ambiguous-number"),
        ("0,123", "third-decimal"),
        ("1234,567", "third-decimal"),
        ("1.234,567", "third-decimal"),
        ("12.5001", "third-decimal"),
        ("1234567890123456", "too-long-number"),
        ("25 $", "currency-contradiction"),
        ("12 50", "unreadable-number"),
        ("1 23,45", "unreadable-number"),
        ("12:50", "unreadable-number"),
        ("1.2.3", "unreadable-number"),
        ("--5", "unreadable-number"),
        ("5 %", "unreadable-number"),
        ("€ 5 $", "unreadable-number"),
        ("1e5", "unreadable-number"),
        ("gratuit", "unreadable-number"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(text, reason):
    """An amount that can be read in two ways, or not at all, is refused and never guessed."""
    assert reason == money(text)


@pytest.mark.parametrize(
    ("decimal", "comma", "point"),
    [(",", "third-decimal", 123400), (".", 123400, "third-decimal"), ("", "ambiguous-number", "ambiguous-number")],
)
def test_the_column_decides_what_one_sign_before_three_digits_is(decimal, comma, point):
    """In a column of decimal commas the point groups thousands, and the other way round."""
    assert (comma, point) == (money("1,234", decimal), money("1.234", decimal))


@pytest.mark.parametrize(
    ("texts", "decimal"),
    [
        (("12,50", "1.234"), ","),
        (("12.50", "1,234"), "."),
        (("1.234,50",), ","),
        (("1.234.567",), ","),
        (("1,234", "12", "12€50"), ""),
        (("12,50", "(3.50)", "-3.50", "12.50 $", "12.5678"), ","),
    ],
)
def test_the_decimal_sign_is_decided_by_cells_that_can_be_read(texts, decimal):
    """Cells that are refused for something else have no say."""
    assert decimal == amounts.decide(cells(*texts), UNDECIDED, context=context(), minimum=0).decimal


def test_a_column_with_both_decimal_signs_names_the_rows():
    """No row of a column that contradicts itself is read."""
    with pytest.raises(ContradictionError) as error:
        amounts.decide(cells("5", "12,50", "12.50"), UNDECIDED, context=context(), minimum=0)

    assert ("uses both the comma and the point as decimal sign", (3, 4)) == (error.value.wrong, error.value.rows)


def test_a_mapping_may_tell_the_decimal_sign():
    """What is told counts where the column is silent, and is held against the column where it is not."""
    assert "," == amounts.decide(cells("1,234"), Decision(decimal=","), context=context()).decimal
    with pytest.raises(ContradictionError) as error:
        amounts.decide(cells("12.50"), Decision(decimal=","), context=context())
    assert "uses the point as decimal sign, where the comma was told" == error.value.wrong


def test_a_sign_is_held_against_its_own_rows_currency():
    """A dollar sign is right in a row of Canadian dollars and wrong in one of euros."""
    read = amounts.read_money(cells("12 $", "12 $", "12 €", "¥12"), UNDECIDED, context=context("CAD", "EUR", "EUR", "CNY"))

    assert {3: "currency-contradiction"} == read.reasons.to_dict()
    assert [1200, 1200, 1200] == list(read.values.dropna())


def test_numbers_of_a_workbook_have_a_point_whatever_its_texts_have():
    """1.5 in a numeric cell is one and a half also where texts use the comma; a third decimal is refused."""
    column = cells("1.5", "1.234", "12,50", native=[True, True, False])
    decision = amounts.decide(column, UNDECIDED, context=context(), minimum=0)
    read = amounts.read_money(column, decision, context=context())

    assert (",", {3: "third-decimal"}) == (decision.decimal, read.reasons.to_dict())
    assert [150, 1250] == list(read.values.dropna())


@pytest.mark.parametrize(
    ("text", "count"),
    [("2", 2), ("2.0", 2), ("2,00", 2), ("1 234", 1234), ("1.5", "not-whole"), ("0,125", "not-whole"), ("x", "unreadable-number")],
)
def test_counts_are_whole(text, count):
    """A count with a part of one is refused."""
    read = amounts.read_count(cells(text), UNDECIDED)

    assert count == read.reasons.get(2, None if pd.isna(read.values[2]) else int(read.values[2]))


def test_a_broken_count_does_not_decide_for_the_others():
    """1,5 pieces is refused; it makes no contradiction with 2.0."""
    assert "." == amounts.decide(cells("1,5", "2.0"), UNDECIDED, minimum=1, whole=True).decimal


def test_numbers_keep_their_decimals():
    """A rating of 4,5 is four and a half."""
    assert [4.5, 3.0] == list(amounts.read_number(cells("4,5", "3"), UNDECIDED).values)


def test_a_part_of_a_column_reads_as_the_whole_decided():
    """A decision is a plain value that any part of the column can be read by."""
    column = ("12,50", "1.234", "abc", "7")
    decision = amounts.decide(cells(*column), UNDECIDED, context=context(), minimum=0)
    whole = amounts.read_money(cells(*column), decision, context=context())
    part = Cells(pd.Series(column[1:3], index=[3, 4], dtype="str"))
    read = amounts.read_money(part, Decision(*decision), context=context())

    pd.testing.assert_series_equal(whole.values[[3, 4]], read.values, check_names=False)
    assert {4: "unreadable-number"} == read.reasons.to_dict() == whole.reasons.to_dict()
