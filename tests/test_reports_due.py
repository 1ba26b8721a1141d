"""What is overdue and what is due within a day: the same on the terminal and on the sheet Actions, most urgent first."""

from datetime import datetime

import openpyxl
import pandas as pd
import pytest

from audit import audit
from audit.config import Config
from reports import figures
from reports.terminal import short_result
from reports.workbook import save

HEADER = ("purchase_id", "item_id", "ordered_at", "confirmed_at", "status", "shipping_mode", "unit_price")
SETTINGS = Config(as_of="2026-11-23T06:00", default_origin="FR")
CANCELLED_AT_72_H = ("1", "11", "2026-11-20 05:00:00", "", "to_confirm", "tracked", "20.00")
CANCELLED_IN_1_H = ("2", "12", "2026-11-20 07:00:00", "", "to_confirm", "tracked", "20.00")
CONFIRM_IN_24_H = ("3", "13", "2026-11-22 06:00:00", "", "to_confirm", "tracked", "20.00")
SHIP_12_H_AGO = ("4", "14", "2026-11-20 06:00:00", "2026-11-20 18:00:00", "confirmed", "tracked", "20.00")
SHIP_TRACKED_IN_24_H = ("5", "15", "2026-11-21 12:00:00", "2026-11-22 06:00:00", "confirmed", "normal", "20.00")
ONE_SECOND_LATER = ("6", "16", "2026-11-21 12:00:00", "2026-11-22 06:00:01", "confirmed", "normal", "20.00")
LEFT = ("7", "17", "2026-11-10 12:00:00", "2026-11-10 13:00:00", "shipped", "tracked", "20.00")
ROWS = [SHIP_TRACKED_IN_24_H, ONE_SECOND_LATER, SHIP_12_H_AGO, CANCELLED_AT_72_H, LEFT, CONFIRM_IN_24_H, CANCELLED_IN_1_H]


def morning(rows):
    """The outcome of some orders as of six in the morning."""
    return audit(orders=pd.DataFrame(rows, columns=HEADER), config=SETTINGS)


def told(outcome, folder):
    """The lines of the short result about what is due."""
    lines = short_result(outcome, folder / "risk_report.xlsx").splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith(("overdue", "due within")))
    return lines[start : next(place for place, line in enumerate(lines) if line.startswith(("most frequent", "rows read:")))]


def test_the_terminal_lists_what_is_overdue_and_what_falls_due_within_a_day(tmp_path):
    """Overdue the gravest first, due the soonest first; exactly 24 h ahead is listed, one second more is not."""
    assert [
        "overdue: 2",
        "  Mon 23 Nov 05:00  CNF002  1/11  Confirm the sale",
        "  Sun 22 Nov 18:00  CNF005  4/14  Ship the parcel",
        "due within 24 h: 4",
        "  Mon 23 Nov 07:00  CNF002  2/12  Confirm the sale",
        "  Tue 24 Nov 06:00  CNF003  3/13  Confirm the sale",
        "  Tue 24 Nov 06:00  CNF006  5/15  Ship the parcel",
        "  Tue 24 Nov 06:00  REG007  5/15  Ship with tracking",
    ] == told(morning(ROWS), tmp_path)


def test_a_deadline_in_this_very_second_is_not_overdue(tmp_path):
    """Confirmed exactly 48 h before: due now; a second earlier: overdue."""
    now = (*SHIP_12_H_AGO[:3], "2026-11-21 06:00:00", *SHIP_12_H_AGO[4:])
    past = (*SHIP_12_H_AGO[:3], "2026-11-21 05:59:59", *SHIP_12_H_AGO[4:])

    assert ["due within 24 h: 1", "  Mon 23 Nov 06:00  CNF006  4/14  Ship the parcel"] == told(morning([now, LEFT]), tmp_path)
    assert ["overdue: 1", "  Mon 23 Nov 05:59  CNF005  4/14  Ship the parcel", "due within 24 h: nothing"] == told(
        morning([past, LEFT]), tmp_path
    )


@pytest.mark.filterwarnings("ignore:.*extension is not supported")  # data bars of 2010, which openpyxl does not know
@pytest.mark.parametrize(
    ("as_of", "ordered", "deadline"),
    [("2026-10-24T12:00", "2026-10-23 12:00", "Sun 25 Oct 11:00"), ("2026-03-28T12:00", "2026-03-27 12:00", "Sun 29 Mar 13:00")],
)
def test_a_day_has_24_hours_over_both_clock_changes(as_of, ordered, deadline, tmp_path):
    """On the nights of 25 and of 23 hours exactly 24 h ahead is listed and one second more is not; the time left is real."""
    exact = ("1", "11", f"{ordered}:00", "", "to_confirm", "tracked", "20.00")
    later = ("2", "12", f"{ordered}:01", "", "to_confirm", "normal", "20.00")
    left = ("3", "13", f"{ordered}:00", f"{ordered}:00", "shipped", "tracked", "20.00")
    outcome = audit(orders=pd.DataFrame([exact, later, left], columns=HEADER), config=Config(as_of=as_of, default_origin="FR"))
    save(outcome, tmp_path / "risk_report.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "risk_report.xlsx")["Actions"]

    assert ["due within 24 h: 1", f"  {deadline}  CNF003  1/11  Confirm the sale"] == told(outcome, tmp_path)
    assert ["1 d 0 h", "1 d 0 h"] == [sheet.cell(row, 3).value for row in (5, 6)]


def test_more_than_five_are_counted(tmp_path):
    """Five lines stand for a long list, and the rest is counted."""
    rows = [(*CONFIRM_IN_24_H[:1], str(100 + number), *CONFIRM_IN_24_H[2:]) for number in range(6)]
    lines = told(morning(rows), tmp_path)

    assert ("due within 24 h: 6", 7) == (lines[0], len(lines))
    assert "  and 1 more, on the sheet Actions" == lines[-1]


@pytest.mark.filterwarnings("ignore:.*extension is not supported")  # data bars of 2010, which openpyxl does not know
def test_the_sheet_actions_lists_the_same_in_the_same_order(tmp_path):
    """When, deadline in Paris, time left and what to do, line for line; what is due later follows."""
    save(morning(ROWS), tmp_path / "risk_report.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "risk_report.xlsx")["Actions"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]

    assert [
        ("Overdue", datetime(2026, 11, 23, 5, 0), "1 h 00 late", "1/11", "Confirm the sale"),  # noqa: DTZ001 - cells hold local times
        ("Overdue", datetime(2026, 11, 22, 18, 0), "12 h 00 late", "4/14", "Ship the parcel"),  # noqa: DTZ001
        ("Today", datetime(2026, 11, 23, 7, 0), "1 h 00", "2/12", "Confirm the sale"),  # noqa: DTZ001
        ("Tomorrow", datetime(2026, 11, 24, 6, 0), "1 d 0 h", "3/13", "Confirm the sale"),  # noqa: DTZ001
        ("Tomorrow", datetime(2026, 11, 24, 6, 0), "1 d 0 h", "5/15", "Ship the parcel"),  # noqa: DTZ001
        ("Tomorrow", datetime(2026, 11, 24, 6, 0), "1 d 0 h", "5/15", "Ship with tracking"),  # noqa: DTZ001
        ("Tomorrow", datetime(2026, 11, 24, 6, 0, 1), "1 d 0 h", "6/16", "Ship with tracking"),  # noqa: DTZ001
    ] == [(row[0], row[1], row[2], row[4], row[6]) for row in rows]


def test_what_is_critical_without_a_deadline_leads_the_day(sample):
    """A counterfeit claim or a non-receipt claim without defence has no deadline: it stands before what is due today."""
    lines = figures.actions(figures.told(sample), sample.notes)
    today = lines[lines["bucket"] == "today"]
    undated = today["deadline_at"].isna()

    assert {"critical"} == set(today.loc[undated, "severity"])
    assert sorted(undated, reverse=True) == undated.tolist()
    assert today.loc[~undated, "deadline_at"].is_monotonic_increasing


@pytest.mark.filterwarnings("ignore:.*extension is not supported")  # data bars of 2010, which openpyxl does not know
def test_texts_to_paste_say_to_whom_and_where_they_have_gaps(sample, tmp_path):
    """Beside each French text stands who gets it; one with a gap says that it is to be filled in."""
    save(sample, tmp_path / "risk_report.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "risk_report.xlsx")["Actions"]
    header = [cell.value for cell in sheet[4]]
    rows = [dict(zip(header, row, strict=True)) for row in sheet.iter_rows(min_row=5, values_only=True)]
    pasted = [row for row in rows if row["French text to paste"]]

    assert {"The buyer", "Customer service", "The listing's remark"} == {row["Paste it to"] for row in pasted}
    assert all(row["What it says"] for row in pasted)
    assert [] == [row for row in rows if (row["Paste it to"] is None) != (row["French text to paste"] is None)]
    gaps = {
        ("à compléter]" in row["French text to paste"], row["How"].endswith(" Fill in what stands in square brackets.")) for row in pasted
    }
    assert {(True, True), (False, False)} == gaps


@pytest.mark.filterwarnings("ignore:.*extension is not supported")  # data bars of 2010, which openpyxl does not know
def test_texts_to_paste_stand_off_paper(sample, tmp_path):
    """Paper is for ticking, the screen for pasting: what is printed ends with the note."""
    save(sample, tmp_path / "risk_report.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "risk_report.xlsx")["Actions"]

    assert f"'Actions'!$A$1:$L${sheet.max_row}" == sheet.print_area
    assert ["Note", "Article to cite"] == [sheet["L4"].value, sheet["M4"].value]
