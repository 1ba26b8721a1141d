"""The totals worked out by hand: from findings.csv and the public catalogue alone, without the program's own sums."""

import csv
import json
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")  # data bars of 2010, which openpyxl does not know

SAMPLE = Path(__file__).parent.parent / "sample_data"
COMMAND = str(Path(sys.executable).with_name("order-audit"))
KINDS = ("sale", "fee", "fine")
SEVERITIES = ("critical", "high", "medium", "low")
STANDINGS = ("official", "guide", "house")
FIXED_FINE = Decimal(100)
"""Fixed part of the counterfeit fine, EUR, unless the settings say otherwise."""

OTHER_SETTINGS = """
[run]
as_of = "2026-11-23T06:00"

[limits]
fixed_fine = 80.5
"""
"""No grade, so that fees on claims are unknown, and another fixed fine."""


class Report(NamedTuple):
    """One run read back: the lines of findings.csv, the rules by code, the settings, summary.json and the Dashboard."""

    lines: list
    rules: dict
    settings: dict
    summary: dict
    dashboard: object


@pytest.fixture(scope="module", params=["the sample's settings", "other settings"])
def report(request, tmp_path_factory):
    """The sample audited by the command, under its own settings and under others."""
    folder = tmp_path_factory.mktemp("totals")
    config = SAMPLE / "order-audit.toml"
    if request.param == "other settings":
        config = folder / "other.toml"
        config.write_text(OTHER_SETTINGS, encoding="utf-8")
    out = folder / "out"
    subprocess.run(
        [COMMAND, "run", SAMPLE, "--out", out, "--config", config, "--fail-on", "never", "--quiet"], check=True, capture_output=True
    )
    catalogue = subprocess.run([COMMAND, "rules", "--format", "json"], check=True, capture_output=True).stdout
    return Report(
        lines=list(csv.DictReader((out / "findings.csv").read_text(encoding="utf-8-sig").splitlines())),
        rules={rule["code"]: rule for rule in json.loads(catalogue)["rules"]},
        settings=tomllib.loads(config.read_text(encoding="utf-8")),
        summary=json.loads((out / "summary.json").read_text(encoding="utf-8")),
        dashboard=openpyxl.load_workbook(out / "risk_report.xlsx", data_only=True)["Dashboard"],
    )


def bearer(line):
    """What a finding's money belongs to: its item, whatever the finding is about, or the listing."""
    return f"{line['purchase_id']}/{line['item_id']}" if line["item_id"] else line["subject"]


def once(lines, kind, rules):
    """The sum of one kind of money: of each bearer the largest amount, and of fees the largest of each kind of fee."""
    largest = defaultdict(Decimal)
    for line in lines:
        if amount := line[f"exposure_{kind}_eur"]:
            key = (bearer(line), rules[line["rule"]]["fee_kind"] if kind == "fee" else "")
            largest[key] = max(largest[key], Decimal(amount))
    return sum(largest.values(), Decimal())


def money(lines, report):
    """Sale, fee, fine and the fixed part of the fine, which falls once a shop as soon as there is a fine."""
    sums = {kind: once(lines, kind, report.rules) for kind in KINDS}
    fixed = Decimal(str(report.settings.get("limits", {}).get("fixed_fine", FIXED_FINE)))
    return {**sums, "fine_fixed": fixed if sums["fine"] else Decimal()}


def by_hand(report):
    """All of summary.json's exposure_eur, worked out from the lines."""
    sure = money([line for line in report.lines if line["confidence"] != "possible"], report)
    every = money(report.lines, report)
    blanks = sum(1 for line in report.lines for kind in report.rules[line["rule"]]["exposure"] if not line[f"exposure_{kind}_eur"])
    total = sum(sure.values())
    return {**sure, "total": total, "possible": sum(every.values()) - total, "blanks": blanks}


def row_of(sheet, column, word, first):
    """The first row from ``first`` on in whose column stands a word."""
    return next(row for row in range(first, sheet.max_row + 1) if sheet.cell(row, column).value == word)


def test_the_exposure_of_the_summary_is_what_the_lines_add_up_to(report):
    """Every amount of summary.json follows from findings.csv, to the cent; the blanks are counted."""
    told = {name: Decimal(str(amount)) for name, amount in report.summary["exposure_eur"].items()}

    assert by_hand(report) == told


def test_the_sample_holds_money_of_every_kind(report):
    """The sums above are not sums of nothing: each kind occurs, also on one item twice and as only possible."""
    hand = by_hand(report)
    shared = Counter(bearer(line) for line in report.lines if line["exposure_sale_eur"])

    assert all(hand[kind] > 0 for kind in (*KINDS, "fine_fixed", "possible"))
    assert max(shared.values()) > 1
    assert ("grade" in report.settings.get("shop", {})) == (hand["blanks"] == 0)


def test_the_dashboard_shows_the_same_money(report):
    """The tile and the totals of the families are those of the lines."""
    hand, sheet = by_hand(report), report.dashboard
    row = row_of(sheet, 9, "Total", 12)
    shown = [round(Decimal(sheet.cell(row, column).value), 2) for column in range(10, 14)]

    assert hand["total"] == round(Decimal(sheet["B6"].value), 2)
    assert [hand["sale"], hand["fee"], hand["fine"] + hand["fine_fixed"], hand["total"]] == shown


def test_the_dashboard_counts_severities_and_standings_as_the_lines_do(report):
    """Each severity's findings, in all and by whose word they are, and their totals."""
    counts = Counter((line["severity"], line["standing"]) for line in report.lines)
    expected = {severity: [counts[severity, standing] for standing in STANDINGS] for severity in SEVERITIES}
    sheet = report.dashboard
    rows = {severity: row_of(sheet, 2, severity.capitalize(), 12) for severity in SEVERITIES}
    shown = {severity: [sheet.cell(row, column).value for column in range(3, 7)] for severity, row in rows.items()}
    total = row_of(sheet, 2, "Total", 12)

    assert {severity: [*numbers, sum(numbers)] for severity, numbers in expected.items()} == shown
    assert [sum(numbers) for numbers in zip(*expected.values(), strict=True)] == [sheet.cell(total, column).value for column in range(3, 6)]
    assert len(report.lines) == sheet.cell(total, 6).value
    assert {severity: sum(numbers) for severity, numbers in expected.items()} == report.summary["findings"]["by_severity"]
