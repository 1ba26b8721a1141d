"""The two passes over a file: what is said of it, what it decides, and what refuses it as a whole."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from audit.errors import FileFault
from audit.ingest.rows import Broken, TextRows
from audit.ledger.sieve import sieve
from audit.normalise import Decision
from schemas.tables import TABLES

PARIS = ZoneInfo("Europe/Paris")
GOOD = {"purchase_id": "00500", "item_id": "1001", "ordered_at": "20/11/2026 10:00", "unit_price": "50,00"}


def text_rows(*rows, header=tuple(GOOD), broken=(), native=None):
    """Rows of text as a gate gives them: the first has number 2."""
    cells = pd.DataFrame([[row.get(name, "") for name in header] for row in rows], index=range(2, len(rows) + 2), dtype="str")
    return TextRows(file="a.csv", sheet="", header=header, header_row=1, cells=cells, broken=broken, native=native or {})


def sieved(*rows, told=None, **how):
    """Rows of orders sieved."""
    found = text_rows(*rows, **how)
    places = {name: place for place, name in enumerate(found.header)}
    return sieve(found, TABLES["orders"], places, zone=PARIS, as_of=datetime(2026, 11, 23, 6, tzinfo=PARIS), told=told)


def reasons(found):
    """Row, column and reason of every fault."""
    return sorted(found.faults[["row", "column", "reason"]].itertuples(index=False, name=None))


def test_good_rows_are_typed_and_bad_ones_have_a_reason_each():
    """A row leaves for the first thing wrong in each of its cells; the others stay."""
    found = sieved(GOOD, {**GOOD, "unit_price": "-1,00"}, {**GOOD, "ordered_at": "lundi", "item_id": ""}, {**GOOD, "item_id": "3,2E+08"})

    assert [2] == list(found.typed.index)
    assert [
        (3, "unit_price", "below-minimum"),
        (4, "item_id", "missing"),
        (4, "ordered_at", "unreadable-date"),
        (5, "item_id", "damaged-identifier"),
    ] == reasons(found)


def test_faults_carry_the_facts_that_their_sentences_name():
    """An unknown value comes with the allowed list, and with the nearest one where it is near."""
    header = (*GOOD, "status", "ship_from")
    found = sieved({**GOOD, "status": "Expdiée", "ship_from": "Allemange"}, {**GOOD, "status": "zzz"}, header=header)

    assert [(2, "ship_from", "misspelt-country"), (2, "status", "misspelt-choice"), (3, "status", "unknown-choice")] == reasons(found)
    assert [True, True, False] == ['"nearest"' in facts for facts in found.faults.sort_values(["row", "column"])["facts"]]


def test_what_was_changed_is_said():
    """Full width, invisible characters, odd spaces and apostrophes of identifiers are counted by column; so are dates that are none."""
    header = (*GOOD, "confirmed_at")
    changed = {**GOOD, "purchase_id": "'００500", "item_id": "\u200b1002\u00a0", "confirmed_at": "0000-00-00"}
    found = sieved(changed, {**GOOD, "confirmed_at": "21/11/2026"}, header=header)

    assert ["00500", "00500"] == list(found.typed["purchase_id"])
    assert {
        "a.csv, column purchase_id: 1 cells were marked as text by apostrophes, which were taken off.",
        "a.csv, column purchase_id: 1 cells held full-width characters, read as plain ones.",
        "a.csv, column item_id: invisible characters were taken out of 1 cells.",
        "a.csv, column item_id: 1 cells held no-break or other unusual spaces, read as plain ones.",
        "a.csv, column confirmed_at: 1 cells hold a date that systems write for none, such as 0000-00-00; read as blank.",
    } == {str(note) for note in found.notes}
    assert () == sieved(GOOD).notes


def test_what_the_columns_decided_can_be_applied_to_a_part():
    """Decimal sign and order of dates are plain values; told for a part of the file they give what the whole gave."""
    rows = [GOOD, {**GOOD, "item_id": "1002", "unit_price": "1.234"}, {**GOOD, "item_id": "1003", "unit_price": "12"}]
    whole = sieved(*rows)
    part = sieved(rows[1], told=whole.decisions)

    assert {"unit_price": Decision(decimal=","), "ordered_at": Decision(order="day first")} == whole.decisions
    assert ["ambiguous-number"] == list(sieved(rows[1]).faults["reason"])
    pd.testing.assert_frame_equal(whole.typed.loc[[3]].reset_index(drop=True), part.typed.reset_index(drop=True))


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (
            {"unit_price": "60.00"},
            (
                "a.csv: the column unit_price uses both the comma and the point as decimal sign: row 2 50,00, row 3 60.00. "
                "Write all amounts of the column in one way."
            ),
        ),
        (
            {"ordered_at": "11/20/2026"},
            (
                "a.csv: the column ordered_at puts the month first, where the day is read first: row 3 11/20/2026. "
                "Write the dates as dd/mm/yyyy or yyyy-mm-dd."
            ),
        ),
    ],
)
def test_a_column_that_contradicts_itself_refuses_the_file(change, wrong):
    """The rows on either side are named."""
    with pytest.raises(FileFault) as fault:
        sieved(GOOD, {**GOOD, "item_id": "1002", **change})

    assert wrong == str(fault.value)


@pytest.mark.parametrize(
    "bad",
    [
        {"unit_price": "(60.00)"},
        {"unit_price": "-60.00"},
        {"unit_price": "60.00 $"},
        {"unit_price": "1234.567"},
        {"ordered_at": "13/32/2026"},
    ],
)
def test_a_bad_cell_refuses_its_row_and_not_the_file(bad):
    """What would be refused anyway contradicts nobody."""
    found = sieved(GOOD, {**GOOD, "item_id": "1002", **bad})

    assert ([2], {3}) == (list(found.typed.index), set(found.faults["row"]))


def test_a_broken_cell_is_told_once():
    """An error in a cell is its reason; that it is no date is not said again."""
    found = sieved(GOOD, {**GOOD, "ordered_at": "#REF!"}, broken=(Broken(3, "error-cell", "#REF!", 2),))

    assert [(3, "ordered_at", "error-cell")] == reasons(found)


def test_numbers_out_of_numeric_cells():
    """A numeric identifier is the whole number that it shows, up to fifteen digits; a numeric price has a point."""
    numeric = pd.Series(data=True, index=[2, 3])
    found = sieved(
        {**GOOD, "item_id": "123456789012345", "unit_price": "50.5"},
        {**GOOD, "item_id": "1234567890123456", "unit_price": "50"},
        native={1: numeric, 3: numeric},
    )

    assert [("123456789012345", 5050)] == list(found.typed[["item_id", "unit_price"]].itertuples(index=False, name=None))
    assert [(3, "item_id", "damaged-identifier")] == reasons(found)
