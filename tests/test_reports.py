"""The report read back: its sheets, tables, totals and links, and that every text is inert."""

import csv
import json
import re
import zipfile
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import audit
from audit.config import Config
from reports import figures, style
from reports.files import COLUMNS, summary, write_findings_csv, write_quarantine
from reports.terminal import short_result
from reports.workbook import save
from schemas.inert import NUMBER, inert, restore

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")  # data bars of 2010, which openpyxl does not know

SHEETS = ["Dashboard", "Actions", "Findings", "Orders at risk", "Brands", "Quarantine", "Rules", "Glossary", "Run"]
TABLES = {
    "Actions": ["Actions"],
    "Findings": ["Findings"],
    "Orders at risk": ["OrdersAtRisk"],
    "Brands": ["Brands", "Authorisations"],
    "Quarantine": ["Quarantine"],
    "Rules": ["Rules"],
    "Glossary": ["Glossary"],
    "Run": ["Files", "Changed", "Assumptions", "Nights"],
}


@pytest.fixture(scope="module")
def book(sample, tmp_path_factory):
    """The sample's workbook: its path, and what openpyxl reads."""
    path = tmp_path_factory.mktemp("book") / "risk_report.xlsx"
    save(sample, path)
    return path, openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def quiet():
    """The outcome of a night on which nothing is found."""
    orders = pd.DataFrame(
        [{"purchase_id": "1", "item_id": "11", "ordered_at": "2026-11-22 20:00", "unit_price": "20.00", "status": "to_confirm"}]
    )
    return audit(orders=orders, config=Config(as_of="2026-11-23T06:00"))


def test_sheets_and_tables_are_all_there(book):
    """Nine sheets in order; each table spans its header and its rows, under unique headers."""
    _, read = book

    assert SHEETS == read.sheetnames
    assert TABLES == {sheet.title: list(sheet.tables) for sheet in read if sheet.tables}
    for sheet in read:
        for table in sheet.tables.values():
            header = [cell.value for cell in sheet[table.ref][0]]
            assert [column.name for column in table.tableColumns] == header
            assert len(header) == len(set(header))


def test_findings_stand_whole_under_their_filter(book, sample):
    """The Findings table has one line a finding, frozen headers, a filter over all of it, and a repeated header row in print."""
    sheet = book[1]["Findings"]
    table = sheet.tables["Findings"]

    assert f"A3:S{len(sample.findings) + 3}" == table.ref == table.autoFilter.ref
    assert ("F4", "$3:$3") == (sheet.freeze_panes, sheet.print_title_rows)
    assert ("landscape", 0, True) == (
        sheet.page_setup.orientation,
        int(sheet.page_setup.fitToHeight),
        sheet.sheet_properties.pageSetUpPr.fitToPage,
    )


def test_identifiers_are_texts_and_dates_are_dates(book, sample):
    """No id is a number, and every deadline is a real date."""
    rows = list(book[1]["Orders at risk"].iter_rows(min_row=5, values_only=True))

    assert all(isinstance(row[0], str) and "/" in row[0] for row in rows)
    assert all(row[2].year == 2026 for row in rows)
    due = [row[7] for row in book[1]["Findings"].iter_rows(min_row=4, values_only=True) if row[7] is not None]
    assert sample.findings["deadline_at"].notna().sum() == len(due)
    assert all(hasattr(value, "hour") for value in due)


def test_no_formula_but_the_live_counters(book):
    """Formulas stand only in the two counting columns of the Dashboard's third block."""
    formulas = {
        (sheet.title, cell.column_letter) for sheet in book[1] for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    }

    assert {("Dashboard", "F"), ("Dashboard", "G")} == formulas


def test_every_link_leads_to_the_rows_that_it_counts(book):
    """A linked figure selects as many rows as it says."""
    read = book[1]
    counted = 0
    for sheet in read:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink):
            name, first, last = re.fullmatch(r"'?([^'!]+)'?!([A-Z]+\d+)(?::([A-Z]+\d+))?", cell.hyperlink.location).groups()
            assert name in SHEETS
            figure = cell.value
            if last and isinstance(figure, int | float) and name == "Findings":
                counted += 1
                top, bottom = (int(re.sub(r"\D", "", corner)) for corner in (first, last))
                rules = {read["Findings"].cell(row, 3).value for row in range(top, bottom + 1)}
                assert figure == bottom - top + 1 or (sheet.title == "Rules" and rules == {sheet.cell(cell.row, 1).value})
    assert counted > 40


def test_money_is_the_same_wherever_it_stands(book, sample):
    """Tile, family total, Orders at risk, listings and the fixed fine agree to the cent."""
    told = figures.told(sample)
    families = figures.families(sample, told)
    orders = figures.orders_at_risk(sample, told)
    listings = told.loc[told["item_id"].isna(), "money"].sum()
    lines = figures.actions(told, sample.notes)

    assert sample.exposure.total == round(families["total"].sum() * 100)
    assert sample.exposure.total == round((orders["stake"].sum() + listings) * 100) + sample.exposure.fine_fixed
    assert sample.exposure.total == round(lines["money"].sum() * 100) + sample.exposure.fine_fixed
    assert sample.exposure.total / 100 == book[1]["Dashboard"]["B6"].value


def test_the_rates_stand_on_the_dashboard_with_the_side_of_their_limits(book, sample):
    """Sales confirmed must be above their limit, cancelled and unanswered ones below; the claim rate has none."""
    sheet = book[1]["Dashboard"]
    cells = [[sheet.cell(row, column) for column in range(2, 8)] for row in range(19, 23)]
    rates = sample.rates.set_index("name")

    assert ["Sales confirmed", "Cancelled by the seller, or lapsed", "Left unanswered past 72 h", "Sales with a claim"] == [
        row[0].value for row in cells
    ]
    assert ['"> "0.0%', '"< "0.0%', '"< "#,##0'] == [row[3].number_format.split(";")[0] for row in cells[:3]]
    assert [0.95, 0.05, 2, "–"] == [row[3].value for row in cells]
    assert [rates.at[name, "part"] / rates.at[name, "base"] for name in ("confirmation", "cancellation")] == [
        row[1].value for row in cells[:2]
    ]
    assert ["In breach", "In breach", "In breach", "No limit"] == [row[5].value for row in cells]


def test_every_finding_is_in_exactly_one_action(sample):
    """Habits and folded lines together name every finding's rule and subject once."""
    told = figures.told(sample)
    lines = figures.actions(told, sample.notes)
    habits = lines[lines["key"].str.startswith("H-")]

    assert len(told) == habits["cases"].sum() + sum(
        len(codes.split(", ")) for codes in lines.loc[~lines["key"].str.startswith("H-"), "codes"]
    )


def test_charts_are_native_with_title_words_and_figures(book):
    """Two charts, each with a title, an alternative text and cached values."""
    with zipfile.ZipFile(book[0]) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        drawing = archive.read("xl/drawings/drawing1.xml").decode()

    assert 2 == len(charts) == drawing.count("descr=")
    assert all("<c:title>" in chart and "<c:numCache>" in chart for chart in charts)


def test_the_same_outcome_gives_the_same_bytes(book, sample, tmp_path):
    """The workbook depends on nothing but the outcome."""
    save(sample, tmp_path / "again.xlsx")

    assert book[0].read_bytes() == (tmp_path / "again.xlsx").read_bytes()


def test_a_quiet_night_gives_a_whole_report(quiet, tmp_path):
    """All sheets are there and say that nothing was found, and what was looked at."""
    save(quiet, tmp_path / "quiet.xlsx")
    read = openpyxl.load_workbook(tmp_path / "quiet.xlsx")

    assert SHEETS == read.sheetnames
    assert "NOTHING FOUND" == read["Dashboard"]["B3"].value
    assert read["Dashboard"]["C3"].value.startswith("Examined: 1 item and 0 parcels, by 9 rules. Rules not run: 68.")
    assert "Nothing to do this morning." == read["Actions"]["B5"].value
    assert "Nothing found." == read["Findings"]["B4"].value
    assert "No item carries a finding." == read["Dashboard"]["B10"].value


def test_orders_at_risk_say_what_belongs_to_no_order(book, sample):
    """Their totals fall short of the tile by listings in stock and the fixed fine, and the sheet says by how much."""
    sheet = book[1]["Orders at risk"]

    assert sheet["A2"].value.endswith("Besides, 290.40 EUR belongs to no order (stock, fixed part of the fine): 2,125.11 EUR in all.")
    assert sample.exposure.total == round(sheet["E3"].value * 100) + 29_040


def test_orders_at_risk_that_hold_all_money_say_nothing_of_it(tmp_path):
    """Where no money stands beside the orders, the sheet's sentence is as ever."""
    order = {"purchase_id": "1", "item_id": "11", "ordered_at": "2026-11-20 05:00", "unit_price": "20.00", "status": "to_confirm"}
    save(audit(orders=pd.DataFrame([order]), config=Config(as_of="2026-11-23T06:00")), tmp_path / "one.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "one.xlsx")["Orders at risk"]

    assert 20 == sheet["E3"].value
    assert sheet["A2"].value.endswith("costliest first.")


def test_findings_leave_nil_and_unknown_amounts_blank(book):
    """No finding shows an amount of nought, which would read as one that was worked out."""
    amounts = [row[0] for row in book[1]["Findings"].iter_rows(min_row=4, min_col=6, max_col=6, values_only=True)]

    assert None in amounts
    assert all(amount is None or amount > 0 for amount in amounts)


def test_limits_show_the_unit_of_figures_only(book):
    """A figure is counted in something, a list of words is not; a figure by country is."""
    limits = {row[0]: row[10] for row in book[1]["Rules"].iter_rows(min_row=4, max_col=11, values_only=True)}

    assert "registered_above_eu = 200 EUR" == limits["REG001"].split("\n")[0]
    assert "signed_modes = registered, chronopost, mondial_relay" == limits["REG001"].split("\n")[3]
    assert "promise_days = CN 10 days" == limits["TRK007"].split("\n")[0]


def test_a_long_list_is_cut_and_says_so(sample, tmp_path):
    """At most max_rows rows a sheet, the worst and costliest; the rest are counted and pointed to findings.csv."""
    save(replace(sample, run=replace(sample.run, max_rows=10)), tmp_path / "cut.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "cut.xlsx")["Findings"]

    assert "A3:S13" == sheet.tables["Findings"].ref
    assert sheet["A2"].value.startswith(
        f"10 of {len(sample.findings)} findings are shown, the worst and costliest; all are in findings.csv."
    )


NAUGHTY = ["=1+1", "+33 1 23", "-2", "@SUM(A1)", "\tx", "a;=1+1", "x\x07y", "x\ud800y", "y" * 40_000, "https://example.org", "007"]


@pytest.mark.parametrize("text", NAUGHTY)
def test_no_text_becomes_anything_else(quiet, tmp_path, text):
    """A shop's name, a quarantined cell: whatever stands there is a text cell in the workbook."""
    line = {
        "file": text,
        "sheet": "",
        "table": "orders",
        "row": 2,
        "column": "c",
        "value": text,
        "reason": "missing",
        "facts": '{"column": "c"}',
        "repair_file": "q",
    }
    if "\ud800" in text:
        line = {**line, "file": "x", "value": "x"}
    outcome = replace(quiet, run=replace(quiet.run, shop=text), quarantine=pd.DataFrame([line]))
    save(outcome, tmp_path / "naughty.xlsx")
    read = openpyxl.load_workbook(tmp_path / "naughty.xlsx")

    assert "s" == read["Quarantine"]["D4"].data_type
    assert "s" == read["Dashboard"]["B1"].data_type


@given(st.text())
def test_inert_texts_can_be_read_back(text):
    """What was made inert is read back as it was, and no cell starts like a formula."""
    made = inert(text)

    assert NUMBER.fullmatch(text) or restore(made) == text
    assert NUMBER.fullmatch(text) or not re.search(r"(^|[;,\t\r\n])[=+\-@\t\r＝＋－＠]", made)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("=1", "'=1"),
        ("-5", "-5"),
        ("-5,20", "-5,20"),
        ("'x", "''x"),
        ("'=x", "''=x"),
        ("a;=1", "a;'=1"),
        ("＝1", "'＝1"),
        ("case, +1", "case, +1"),
    ],
)
def test_inert_texts_by_example(text, made):
    """Formula starts get an apostrophe, also after a separator; numbers stay numbers; an apostrophe of the source is kept apart."""
    assert made == inert(text)


def test_findings_csv_keeps_the_contract(sample, tmp_path):
    """The columns are the public ones, in order; rows go by severity, deadline, exposure, id."""
    write_findings_csv(sample, tmp_path / "findings.csv")
    content = (tmp_path / "findings.csv").read_bytes()
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))

    assert content.startswith(b"\xef\xbb\xbf")
    assert list(COLUMNS) == list(rows[0])
    assert ("finding_id", "nights_open", 24) == (COLUMNS[0], COLUMNS[-1], len(COLUMNS))
    ranks = {"critical": 0, "high": 1, "medium": 2, "low": 3}
    keys = [
        (
            ranks[row["severity"]],
            row["deadline_at"] or "9999",
            -sum(float(row[f"exposure_{kind}_eur"] or 0) for kind in ("sale", "fee", "fine")),
            row["finding_id"],
        )
        for row in rows
    ]
    assert sorted(keys) == keys
    assert len(rows) == len({row["finding_id"] for row in rows})


def test_quarantine_files_hold_the_rows_as_received(sample, tmp_path):
    """Each refused row stands with its number, its reasons and its hash, then its own columns; the workbook has text cells."""
    write_quarantine(sample, tmp_path / "quarantine")
    rows = list(csv.DictReader((tmp_path / "quarantine" / "commandes_2026-11-23.csv.csv").read_text(encoding="utf-8-sig").splitlines()))
    refused = sample.inputs.set_index("file").loc[["commandes_2026-11-23.csv", "commandes_2026-11-23.csv.csv"], "quarantined"].sum()
    sheet = openpyxl.load_workbook(tmp_path / "quarantine" / "commandes_2026-11-23.csv.xlsx").active

    assert refused == len(rows)
    assert ["_source_row", "_reasons", "_row", "N° de commande"] == list(rows[0])[:4]
    assert {"s"} == {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}


def test_summary_is_as_its_schema_says(sample):
    """summary.json is described by the schema that ships with the package."""
    from pathlib import Path

    import jsonschema

    document = json.loads(json.dumps(summary(sample, {"findings.csv": "0" * 64})))
    schema = json.loads((Path(style.__file__).parent / "summary.schema.json").read_text(encoding="utf-8"))

    jsonschema.Draft202012Validator(schema).validate(document)
    assert (10, 1) == (document["exit_code"], document["version"])
    assert sample.exposure.total / 100 == document["exposure_eur"]["total"]


def test_the_short_result_of_a_quiet_night(quiet, tmp_path):
    """A quiet night says so in a few lines."""
    shown = short_result(quiet, tmp_path / "risk_report.xlsx").splitlines()

    assert [
        "order-audit, as of 23 Nov 2026 06:00 Paris: 1 item, 0 parcels",
        "findings: none",
        "at stake: nothing",
        "due within 24 h: nothing",
    ] == shown[:4]
    assert len(shown) <= 25
    assert f"report: {tmp_path / 'risk_report.xlsx'}" == shown[-1]


def luminance(colour):
    """Relative luminance of a colour, as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("fill", "ink"),
    [
        *style.SEVERITY.values(),
        *style.VERDICT.values(),
        (style.NAVY, style.WHITE),
        (style.WHITE, style.MUTED),
        (style.TILE, style.MUTED),
        (style.GUIDE, style.INK),
        (style.WHITE, style.LINK),
        (style.DONE, style.DONE_TEXT),
    ],
)
def test_words_can_be_read_on_their_colours(fill, ink):
    """Every pair of colours keeps a contrast of 4.5 to 1."""
    light, dark = sorted((luminance(fill), luminance(ink)), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5
