"""The workbook over several nights: what is new, back and waived, the trend, and who has what to do."""

import re
import zipfile
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import pytest

from audit import exposure
from audit.config import Config
from audit.nights import recurrence
from audit.nights.lifecycle import Memory
from audit.rules import RULES
from audit.run import run
from reports.workbook import save
from schemas.history import NIGHTS, State
from schemas.notes import NOTES

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")  # data bars of 2010, which openpyxl does not know

PARIS = ZoneInfo("Europe/Paris")
HEADER = "purchase_id,item_id,ordered_at,unit_price,status\n"
FIRST_NIGHT = HEADER + "1,11,2026-11-01 10:00,20.00,to_confirm\n2,12,2026-11-01 10:00,30.00,to_confirm\n"
SECOND_NIGHT = FIRST_NIGHT.replace("2,12,2026-11-01 10:00,30.00,to_confirm", "2,12,2026-11-01 10:00,30.00,closed") + (
    "3,13,2026-11-02 10:00,40.00,to_confirm\n4,14,2026-11-02 10:00,50.00,to_confirm\n"
)


def waiving(outcome):
    """The outcome with the finding of 4/14 waived."""
    state = outcome.findings["state"].mask(outcome.findings["item_id"] == "14", State.WAIVED)
    findings = exposure.count_once(outcome.findings.assign(state=state), RULES)
    as_of = pd.Timestamp(outcome.run.as_of).tz_convert("UTC")
    return replace(
        outcome,
        findings=findings,
        exposure=exposure.over(findings, RULES, 0),
        lifecycle=outcome.lifecycle._replace(new=1, waived=1),
        recurring=recurrence.table(findings, Memory(outcome.absent, outcome.nights), outcome.rules["code"], as_of),
    )


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """The outcomes of two nights with a history: on the second 3/13 is new, 2/12 gone, 1/11 open, 4/14 waived."""
    folder = tmp_path_factory.mktemp("nights")
    config = Config(history=folder / "nights.db", select=("CNF",))
    outcomes = []
    for day, content in ((22, FIRST_NIGHT), (23, SECOND_NIGHT)):
        (folder / "orders.csv").write_text(content, encoding="utf-8")
        outcomes.append(run([folder / "orders.csv"], folder / "out", config, as_of=datetime(2026, 11, day, 6, tzinfo=PARIS)))
    return [outcomes[0], waiving(outcomes[1])]


def read(outcome, folder):
    """An outcome's workbook, read back."""
    save(outcome, folder / "book.xlsx")
    return openpyxl.load_workbook(folder / "book.xlsx")


def test_findings_say_what_has_become_of_them(nights, tmp_path):
    """Since last run and nights open in words and nights; the waived one last, and in no total."""
    book = read(nights[1], tmp_path)
    rows = [(row[4], row[11], row[12]) for row in book["Findings"].iter_rows(min_row=4, values_only=True)]

    assert [("3/13", "New", 1), ("1/11", "Open", 2), ("4/14", "Waived", 1)] == rows
    assert 60 == book["Dashboard"]["B6"].value
    assert "3 of" not in book["Dashboard"]["B10"].value
    assert book["Dashboard"]["B10"].value.startswith("2 of 4 items carry a finding (50.0%).")
    assert (2, 1) == (book["Dashboard"]["F16"].value, book["Dashboard"]["G16"].value)
    assert "waived ones stand grey at the end and enter no total" in book["Findings"]["A2"].value


def test_tiles_compare_with_the_last_run(nights, tmp_path):
    """New findings with what went and what stays; money with its change since the last run and a sparkline of the nights."""
    book = read(nights[1], tmp_path)
    sheet = book["Dashboard"]
    with zipfile.ZipFile(tmp_path / "book.xlsx") as archive:
        front = archive.read("xl/worksheets/sheet1.xml").decode()

    assert ("New findings", 1, "1 gone  ·  0 back  ·  1 still open") == (sheet["K5"].value, sheet["K6"].value, sheet["K7"].value)
    assert "+10 EUR since the last run" == sheet["B7"].value
    assert 1 == front.count("<x14:sparkline>")
    assert 'type="column"' in front


def test_the_trend_reads_the_table_nights(nights, tmp_path):
    """Run lists each night; the chart is native, has words for those who can't see it, and holds its figures."""
    book = read(nights[1], tmp_path)
    sheet = book["Run"]
    ref = sheet.tables["Nights"].ref
    rows = [[cell.value for cell in row] for row in sheet[ref]][1:]
    with zipfile.ZipFile(tmp_path / "book.xlsx") as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    trend = next(chart for chart in charts if "Findings each night" in chart)

    assert [(22, 0, 2, 0, 50), (23, 1, 1, 1, 60)] == [(day.day, *figures) for day, *figures in rows]
    assert 3 == len(charts) == drawing.count("descr=")
    assert "Tonight 1 from before and 1 new." in drawing
    top = int(re.search(r"\d+", ref).group()) + 1
    assert f"Run!$B${top}:$B${top + 1}" in trend.replace("'", "")
    assert "<c:numCache>" in trend
    assert '<c:barDir val="col"/>' in trend


@pytest.mark.parametrize(
    ("course", "told"),
    [
        ("first night", "The trend begins tomorrow."),
        ("none", "The trend begins tomorrow. It needs a history: order-audit run --history FILE."),
    ],
)
def test_without_a_night_before_there_is_no_trend(nights, tmp_path, course, told):
    """On the first night and without a history: a line in place of the chart, a dash for what is new, no sparkline."""
    outcome = nights[0] if course == "first night" else replace(nights[0], lifecycle=None)
    sheet = read(outcome, tmp_path)["Dashboard"]
    with zipfile.ZipFile(tmp_path / "book.xlsx") as archive:
        front = archive.read("xl/worksheets/sheet1.xml").decode()

    assert (told, "–", "Findings") == (sheet["I43"].value, sheet["G16"].value, sheet["K5"].value)
    assert "sparkline" not in front


def test_what_keeps_happening_counts_what_has_gone(nights, tmp_path):
    """Of CNF002 three occurred in thirty days, the gone one too and the waived one not; its money is tonight's."""
    sheet = read(nights[1], tmp_path)["Dashboard"]

    assert ["CNF002  Confirmation overdue", 3, 0, 60] == [sheet.cell(43, column).value for column in range(2, 6)]
    assert sheet["B41"].value.startswith("Confirmation overdue leads (3 times in 30 days).")


def test_the_pace_compares_two_weeks(nights, tmp_path):
    """Seven nights of 2 new ones before six of 4 and tonight's one: (6 x 4 + 1) / 7 = 3.6 against 2.0; the first night says nothing."""
    days = pd.date_range("2026-11-09 05:00", periods=14, tz="UTC", unit="us")
    new = [9, *[2] * 7, *[4] * 6]
    figures = {
        "run_id": [str(day) for day in days],
        "as_of": days,
        "new": new,
        "before": 1,
        "gone": 0,
        "waived": 0,
        "stake": 100,
        "exit_code": 0,
    }
    before = pd.DataFrame(figures).astype(dict(NIGHTS))
    book = read(replace(nights[1], nights=before), tmp_path)

    assert book["Dashboard"]["B41"].value.endswith("New findings: 3.6 a night, against 2.0 the week before.")
    assert 15 == len(book["Run"][book["Run"].tables["Nights"].ref]) - 1


def owned(outcome, *owners, state=None):
    """The outcome with owners on the lines of its findings."""
    keys = outcome.findings["finding_id"].head(len(owners))
    notes = pd.DataFrame({"key": keys, "owner": list(owners), "state": state, "note": None}).astype(dict(NOTES))
    return replace(outcome, notes=notes)


def test_owners_are_named_and_counted(nights, tmp_path):
    """Block 3 says who has how many and how many nobody has; the live counters hold the same before anything is recalculated."""
    save(owned(nights[0], "Li Wei", state="done"), tmp_path / "book.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx", data_only=True)["Dashboard"]

    assert "2 actions: Li Wei 1; 1 without an owner." == sheet["B30"].value
    assert [1, 1] == [sheet.cell(37, column).value for column in (6, 7)]


def test_counters_count_the_columns_of_actions(nights, tmp_path):
    """Each counter reads the columns When, Owner and State as they stand, over all lines."""
    book = read(nights[0], tmp_path)

    assert '=COUNTIFS(Actions!$A$5:$A$6,B32,Actions!$I$5:$I$6,"")' == book["Dashboard"]["F32"].value
    assert '=COUNTIFS(Actions!$A$5:$A$6,B32,Actions!$J$5:$J$6,"Done")' == book["Dashboard"]["G32"].value
    assert ["When", "Owner", "State"] == [book["Actions"][f"{column}4"].value for column in "AIJ"]


def test_the_sellers_zone_has_a_column_of_its_own(nights, tmp_path):
    """Where the seller lives elsewhere the deadline stands in that zone too, and the counters follow the columns."""
    there = replace(nights[0], run=replace(nights[0].run, seller_zone=ZoneInfo("Asia/Shanghai")))
    book = read(there, tmp_path)
    sheet = book["Actions"]

    assert "Due (Shanghai)" == sheet["C4"].value
    assert 7 == (sheet["C5"].value - sheet["B5"].value).seconds / 3600
    assert "Actions!$J$5:$J$6" in book["Dashboard"]["F32"].value


def test_links_lead_to_each_group(sample, tmp_path):
    """Row 3 of Actions has a link for each group that selects as many lines as it says."""
    sheet = read(sample, tmp_path)["Actions"]
    jumps = [cell for cell in sheet[3] if cell.value]

    assert ["Overdue", "Today", "Tomorrow", "Later", "No date"] == [jump.value.rpartition(" ")[0] for jump in jumps]
    for jump in jumps:
        first, last = (int(corner) for corner in re.findall(r"[A-Z](\d+)", jump.hyperlink.location))
        assert int(jump.value.rpartition(" ")[2]) == last - first + 1
        assert {jump.value.rpartition(" ")[0]} == {sheet.cell(row, 1).value for row in range(first, last + 1)}


def test_every_table_has_words_for_those_who_cannot_see_it(sample, tmp_path):
    """Each table has an alternative text, and texts that look like numbers raise no mark on any sheet."""
    save(sample, tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "book.xlsx") as archive:
        tables = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/tables/")]
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]

    assert 12 == len(tables)
    assert all(re.search(r'altText="[^"]+" altTextSummary="[^"]{4,}"', table) for table in tables)
    assert all("<ignoredErrors>" in sheet for sheet in sheets)


def test_deadline_money_adds_up_to_the_tile(sample, tmp_path):
    """The total of the deadlines is the money of the tile, the fixed part of the fine with what brings it."""
    sheet = read(sample, tmp_path)["Dashboard"]

    assert round(sheet["B6"].value, 2) == round(sheet["E37"].value, 2)


@pytest.mark.parametrize("most", [3, 89])
def test_cut_sheets_say_so(sample, tmp_path, most):
    """Actions, orders and refused rows beyond the limit are counted where they are cut; the Dashboard counts all."""
    book = read(replace(sample, run=replace(sample.run, max_rows=most)), tmp_path)
    told = {name: book[name]["A2"].value.partition(" shown")[0] for name in ("Actions", "Orders at risk", "Quarantine")}
    cut = {
        "Actions": "3 of 89 actions are",
        "Orders at risk": "3 of 84 orders are",
        "Quarantine": f"3 of {len(sample.quarantine)} reasons are",
    }

    assert [most == 3] * 3 == [told[name] == sentence for name, sentence in cut.items()]
    assert 4 + min(most, 89) == book["Actions"].max_row
    assert "89 actions" in book["Dashboard"]["B30"].value
    assert 89 == book["Dashboard"]["C37"].value


def test_a_quiet_night_shows_what_it_stands_on(nights, tmp_path):
    """Nothing found: families with their rules and rows in place of money, dashes in place of actions, no formula, the trend alone."""
    quiet = replace(nights[1], findings=nights[1].findings.head(0), exposure=nights[1].exposure._replace(sale=0))
    book = read(quiet, tmp_path)
    sheet = book["Dashboard"]
    with zipfile.ZipFile(tmp_path / "book.xlsx") as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]

    assert ["Family", "Rules run", "Not run", "Rows seen", "Findings", "Why not run"] == [
        sheet.cell(11, column).value for column in range(9, 15)
    ]
    assert ["Registered mail", 0, 8, 4, 0, "not selected"] == [sheet.cell(12, column).value for column in range(9, 15)]
    assert 1 == len(charts)
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert "Nothing to do this morning." == sheet["B30"].value
