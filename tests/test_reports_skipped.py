"""A rule that can't run is never passed over: terminal, summary.json and the sheet Rules say that it did not, and why."""

import openpyxl
import pandas as pd
import pytest

from audit import audit
from audit.config import Config
from audit.rules import RULES
from reports.files import summary
from reports.terminal import short_result
from reports.workbook import save

ORDER = {"purchase_id": "1", "item_id": "11", "ordered_at": "2026-11-22 20:00", "unit_price": "20.00", "status": "to_confirm"}
CLAIM = {
    "claim_id": "C1",
    "purchase_id": "1",
    "item_id": "11",
    "opened_at": "2026-11-23 05:00",
    "claim_type": "damaged",
    "claim_status": "open",
}
REASONS = {
    "TRK010": "no file holds shipments",
    "CLM003": "no file of claims has the column platform_request_at",
    "CLM007": "the settings do not tell the shop's grade",
    "CLM009": "no file of claims has a column attachments, largest_attachment_mb",
    "REF001": "no file holds refunds",
    "MSG005": "no file holds messages",
    "SHP002": "no file of orders has the column cancelled_by",
    "LST004": "no file holds listings",
    "BRD006": "no file holds authorisations",
}
"""Why rules of every family can't judge one order and one claim: a table, a column or a setting that is not there."""


@pytest.fixture(scope="module")
def outcome():
    """One order and one claim, and nothing else."""
    return audit(orders=pd.DataFrame([ORDER]), claims=pd.DataFrame([CLAIM]), config=Config(as_of="2026-11-23T06:00"))


@pytest.fixture(scope="module")
def lines(outcome, tmp_path_factory):
    """The lines of the short result about rules that did not run."""
    shown = short_result(outcome, tmp_path_factory.mktemp("out")).splitlines()
    return [line for line in shown if line.startswith(("rules: ", "not run: ", "failed: "))]


def codes_of(line):
    """The codes that a line of the short result names, and its reason."""
    _, codes, reason = line.split(": ", 2)
    return codes.split(", "), reason


@pytest.mark.parametrize(("code", "reason"), REASONS.items())
def test_the_terminal_says_why(code, reason, lines):
    """Each rule that did not run stands once, under its reason."""
    assert [reason] == [why for codes, why in map(codes_of, lines[1:]) if code in codes]


@pytest.mark.parametrize(("code", "reason"), REASONS.items())
def test_the_summary_says_why(code, reason, outcome):
    """A rule that did not run is skipped, with its reason and without a count."""
    told = {"code": code, "status": "skipped", "count": 0, "not_judged": 0, "reason": reason}

    assert [told] == [rule for rule in summary(outcome, {})["rules"] if rule["code"] == code]


@pytest.mark.filterwarnings("ignore:.*extension is not supported")  # data bars of 2010, which openpyxl does not know
def test_the_sheet_rules_and_the_dashboard_say_so(outcome, tmp_path):
    """Every rule has its line, those that did not run with their reason; the Dashboard counts them."""
    save(outcome, tmp_path / "risk_report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "risk_report.xlsx")
    rows = {row[0]: (row[3], row[6]) for row in book["Rules"].iter_rows(min_row=4, values_only=True)}
    skipped = [code for code, (state, _) in rows.items() if state == "Not run"]

    assert [rule.code for rule in RULES] == list(rows)
    assert {code: ("Not run", reason) for code, reason in REASONS.items()} == {code: rows[code] for code in REASONS}
    assert [] == [code for code, (state, reason) in rows.items() if (state == "Not run") != (reason is not None)]
    assert ("Rules not run", len(skipped)) == (book["Dashboard"]["O5"].value, book["Dashboard"]["O6"].value)
    assert f"Rules not run: {len(skipped)}." in book["Dashboard"]["C3"].value


def test_the_terminal_counts_them(outcome, lines):
    """The first line counts the rules that ran and those that did not; the others name each of the latter once."""
    ran = [rule["code"] for rule in summary(outcome, {})["rules"] if rule["status"] in ("clean", "found")]
    named = [code for line in lines[1:] for code in codes_of(line)[0]]

    assert f"rules: {len(ran)} of {len(RULES)} ran, {len(named)} did not" == lines[0]
    assert sorted(rule.code for rule in RULES) == sorted([*ran, *named])


def test_where_all_ran_nothing_is_said(sample, tmp_path):
    """With every table and column there is no such line."""
    assert "rules:" not in short_result(sample, tmp_path)
    assert "not run:" not in short_result(sample, tmp_path)


def test_rules_that_were_not_selected_are_told_as_such(tmp_path):
    """Leaving a rule out is a reason of its own."""
    outcome = audit(orders=pd.DataFrame([ORDER]), config=Config(as_of="2026-11-23T06:00", ignore=("SHP003",)))

    assert ["not run: SHP003: not selected"] == [line for line in short_result(outcome, tmp_path).splitlines() if "SHP003" in line]
