"""The report in three languages: the same structure, whatever its words, and nothing said that the catalogues do not know."""

import csv
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import openpyxl
import pandas as pd
import pytest

from audit import audit
from audit.config import Config
from reports import digest, files, notes, saved, shop_book, style, words
from reports.fields import OF_PAGE, lines_of, shortened, width_of
from reports.page import WIDTHS
from reports.terminal import short_result
from reports.workbook import save
from schemas.language import CODES, Language, language
from schemas.notes import NOTES, TODO_STATES
from schemas.shops import ShopNight
from schemas.text import Message

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")  # data bars of 2010, which openpyxl does not know

SHEETS = ("Dashboard", "Actions", "Findings", "Orders at risk", "Brands", "Quarantine", "Rules", "Glossary", "Run")
TABLES = (
    ("Actions",), ("Findings",), ("OrdersAtRisk",), ("Brands", "Authorisations"), ("Quarantine",), ("Rules",), ("Glossary",),
    ("Files", "Changed", "Assumptions", "Nights"),
)  # fmt: skip
WORD = re.compile(r"[^\s\u2e80-\uffff]+")
"""A run of letters that a line can't break."""

PADDING = 0.72
"""What a file adds to the width of each column, in characters."""


class Book(NamedTuple):
    """A workbook: its language, its file, and what openpyxl reads of it."""

    language: Language
    path: Any
    read: Any

    def sheet(self, name):
        """A sheet by its English name."""
        return self.read[words.SHEETS.said(name, self.language)]


def speaking(outcome, code):
    """An outcome in a language."""
    return replace(outcome, run=replace(outcome.run, lang=code))


@pytest.fixture(scope="module", params=CODES)
def book(request, sample, tmp_path_factory):
    """The sample's workbook in each language."""
    path = tmp_path_factory.mktemp("book") / "risk_report.xlsx"
    save(speaking(sample, request.param), path)
    return Book(language(request.param), path, openpyxl.load_workbook(path))


@pytest.fixture(scope="module")
def quiet():
    """The outcome of a night on which nothing is found."""
    orders = pd.DataFrame(
        [{"purchase_id": "1", "item_id": "11", "ordered_at": "2026-11-22 20:00", "unit_price": "20.00", "status": "to_confirm"}]
    )
    return audit(orders=orders, config=Config(as_of="2026-11-23T06:00"))


def rows(sheet, name):
    """The header and the lines of a table."""
    header, *lines = [[cell.value for cell in row] for row in sheet[sheet.tables[name].ref]]
    return header, lines


def test_sheets_stand_in_order_under_names_that_excel_takes(book):
    """Nine sheets, each by its name of the language; no name is too long, reserved or holds a sign that a formula would trip over."""
    names = book.read.sheetnames

    assert [words.SHEETS.said(name, book.language) for name in SHEETS] == names
    assert len(names) == len({name.casefold() for name in names})
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") and name.casefold() != "history" for name in names)


def test_tables_keep_their_names_in_every_language(book):
    """Tables are found by their English names; each spans its header and its lines, under headers that differ."""
    assert TABLES == tuple(tuple(sheet.tables) for sheet in book.read if sheet.tables)
    for sheet in book.read:
        for table in sheet.tables.values():
            header = [cell.value for cell in sheet[table.ref][0]]
            assert [column.name for column in table.tableColumns] == header
            assert len(header) == len({word.casefold() for word in header})


def test_headers_stay_and_pages_fit(book):
    """The header row is frozen and repeated in print, on A4 across, one page wide; the Dashboard is one page."""
    for name in SHEETS[1:-1]:
        sheet = book.sheet(name)
        top = int(re.search(r"\d+", sheet.tables[next(iter(sheet.tables))].ref).group())
        assert sheet.freeze_panes.endswith(str(top + 1))
        assert f"${top}:${top}" == sheet.print_title_rows
        assert sheet.print_area
        assert (9, "landscape", 0) == (int(sheet.page_setup.paperSize), sheet.page_setup.orientation, int(sheet.page_setup.fitToHeight))
    assert book.sheet("Dashboard").sheet_properties.pageSetUpPr.fitToPage


def test_identifiers_are_texts_and_dates_are_dates(book, sample):
    """No id is a number, and deadlines and times of orders are dates in every language."""
    _, actions = rows(book.sheet("Actions"), "Actions")
    _, findings = rows(book.sheet("Findings"), "Findings")
    _, orders = rows(book.sheet("Orders at risk"), "OrdersAtRisk")

    assert all(isinstance(line[-1], str) and isinstance(line[5], str) for line in actions)
    assert set(sample.findings["finding_id"]) == {line[-1] for line in findings}
    assert sample.findings["deadline_at"].notna().sum() == sum(isinstance(line[7], datetime) for line in findings)
    assert all(isinstance(line[0], str) and isinstance(line[2], datetime) for line in orders)


def test_no_formula_but_the_live_counters(book):
    """Formulas stand only in the counting columns; they read the sheet by its name and count the word of the language."""
    formulas = [cell for sheet in book.read for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    counters = [cell.value for cell in formulas if "COUNTIFS" in cell.value]
    name, over = words.SHEETS.said("Actions", book.language), book.language.text(words.TODO_STATES["done"])

    assert {("F", book.read.sheetnames[0]), ("G", book.read.sheetnames[0])} == {
        (cell.column_letter, cell.parent.title) for cell in formulas
    }
    assert 10 == len(counters)
    assert all(formula.replace("'", "").startswith(f"=COUNTIFS({name}!$A$5:$A$") for formula in counters)
    assert 5 == sum(f',"{over}")' in formula for formula in counters)


def test_colours_follow_the_words_of_the_language(book):
    """Every severity and standing has its colour over the whole column, by the word that stands in the cells."""
    sheet = book.sheet("Findings")
    _, lines = rows(sheet, "Findings")
    last = 3 + len(lines)
    coloured = {
        (str(place.sqref), formula.strip('"')) for place, rules in sheet.conditional_formatting._cf_rules.items() for rule in rules for formula in rule.formula
    }  # fmt: skip

    assert {(f"A4:A{last}", book.language.text(word)) for word in words.SEVERITY.values()} <= coloured
    assert {(f"B4:B{last}", book.language.text(word)) for word in words.STANDING.values()} <= coloured
    assert {line[0] for line in lines} <= {book.language.text(word) for word in words.SEVERITY.values()}


def test_the_drop_down_offers_the_four_words(book):
    """It covers every line, and its list is short enough for Excel."""
    sheet = book.sheet("Actions")
    _, lines = rows(sheet, "Actions")
    (choice,) = sheet.data_validations.dataValidation

    assert ",".join(book.language.text(word) for word in words.TODO_STATES.values()) == choice.formula1.strip('"')
    assert len(choice.formula1) <= 255
    assert len(lines) == sum(place.size["rows"] for place in choice.sqref.ranges)
    assert {book.language.text(words.TODO_STATES["todo"])} == {line[10] for line in lines}


def test_links_lead_to_sheets_that_are_there(book):
    """Each link names a sheet of this workbook and rows within it."""
    links = [cell.hyperlink.location for sheet in book.read for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    places = [re.fullmatch(r"'([^']+)'!([A-Z]+)(\d+)(?::[A-Z]+(\d+))?", link).groups() for link in links]

    assert len(places) > 200
    assert {name for name, *_ in places} <= set(book.read.sheetnames)
    assert all(int(last or first) <= book.read[name].max_row for name, _, first, last in places)


def test_charts_speak_the_language(book):
    """Each chart has its title and its words for those who can't see it in the language, in its font, and holds its figures."""
    with zipfile.ZipFile(book.path) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    titles = [book.language.text(title) for title in (words.CHART_MONEY, words.CHART_DUE)]

    assert [True, True] == [title in chart for title, chart in zip(titles, charts, strict=True)]
    assert book.language.text(words.ABOUT_DUE) in drawing
    assert all({style.FONTS[book.language.code]} == set(re.findall(r'typeface="([^"]+)"', chart)) for chart in charts)
    assert all("<c:numCache>" in chart and "<c:strCache>" in chart for chart in charts)


def test_short_bars_have_no_figure(book):
    """A part of a bar that is too short for its figure has none; the undated actions, which are many, have theirs."""
    with zipfile.ZipFile(book.path) as archive:
        chart = archive.read("xl/charts/chart2.xml").decode()
    high = chart.split("<c:ser>")[2]

    assert '<c:idx val="2"/><c:delete val="1"/>' in high  # none is due tomorrow
    assert '<c:idx val="4"/><c:delete val="1"/>' not in high


def test_every_font_is_that_of_the_language(book):
    """Cells have the one font whose widths the columns are made for."""
    assert {style.FONTS[book.language.code]} == {
        cell.font.name for sheet in book.read for row in sheet.iter_rows() for cell in row if cell.value
    }


def test_words_that_may_be_taken_for_one_have_a_line_more():
    """Words joined by the Chinese comma may leave the rest of a line empty; Chinese ones break anywhere."""
    assert (2, 1) == (lines_of("请填写：new、good", 20), lines_of("请填写：新品、良好", 20))


def test_headers_fit_into_their_columns(book):
    """No word of a header is wider than its column, and the row is high enough for all lines."""
    assert [] == too_wide(book.read)


def too_wide(read):
    """The headers of a workbook's tables that their columns or rows cut."""
    found = []
    for sheet in read:
        for cell in (cell for table in sheet.tables.values() for cell in sheet[table.ref][0]):
            width = sheet.column_dimensions[cell.column_letter].width - PADDING
            whole = lines_of(cell.value, width / style.BOLD) * 13.2 <= sheet.row_dimensions[cell.row].height
            if not whole or any(width_of(word) * style.BOLD > width * 7 + 5 for word in WORD.findall(cell.value)):
                found.append(cell.value)
    return found


@pytest.mark.parametrize("code", CODES)
def test_the_overview_of_shops_speaks_the_language(sample, tmp_path, code):
    """Three sheets by their names, headers that fit, states in words; a shop's own language does not matter."""
    spoken, path = language(code), tmp_path / "overview.xlsx"
    nights = [ShopNight("lumio", 10, "", "lumio/risk_report.xlsx", speaking(sample, "fr")), ShopNight("vide", 1, "nichts da", "", None)]
    shop_book.save(nights, spoken, path)
    read = openpyxl.load_workbook(path)
    _, lines = rows(read.worksheets[0], "Shops")

    assert [words.SHEETS.said(name, spoken) for name in ("Shops", "Actions", "Rules")] == read.sheetnames
    assert [spoken.text(words.SHOP_STATES[state]) for state in ("none", "bad")] == [line[1] for line in lines]
    assert spoken.text("Registered mail missing") in [line[1] for line in rows(read.worksheets[2], "Rules")[1]]
    assert [] == too_wide(read)


def test_deadlines_are_written_in_the_language_and_fit(book):
    """Deadlines have the format of the language, and its longest day and month fit, in bold."""
    sheet = book.sheet("Actions")
    days = (datetime(2026, 1, 1, 22, 58) + timedelta(days=day) for day in range(365))  # noqa: DTZ001 - a day of the calendar

    assert {style.LOCAL[book.language.code].get(style.DEADLINE, style.DEADLINE)} == {sheet["B5"].number_format, sheet["C5"].number_format}
    assert max(width_of(book.language.deadline(day)) * style.BOLD for day in days) <= sheet.column_dimensions["B"].width * 7


def test_rows_stay_readable(book):
    """No row of Actions is higher than its printed texts ask for, or three lines of the texts to paste."""
    sheet = book.sheet("Actions")
    _, lines = rows(sheet, "Actions")
    line = style.LINES[book.language.code]
    printed = [
        max(lines_of(str(told[place] or ""), sheet.column_dimensions["ABCDEFGHIJKLM"[place]].width - PADDING) for place in (7, 8, 11))
        for told in lines
    ]

    assert all(sheet.row_dimensions[5 + place].height <= 3.6 + line * max(3, most) for place, most in enumerate(printed))
    assert any(lines_of(told[14] or "", 95) > 3 for told in lines)


def test_labels_of_the_dashboard_fit(book):
    """What stands left of figures in the left blocks fits into its column."""
    sheet = book.sheet("Dashboard")
    labels = [cell for row in sheet["B11:B48"] for cell in row if isinstance(cell.value, str)]
    beside = [cell.value for cell in labels if sheet.cell(cell.row, 3).value is not None]

    assert len(beside) > 15
    assert [] == [told for told in beside if width_of(told) * OF_PAGE > WIDTHS[1] * 7 + 5]


HEADERS = (11, 18, 22, 31, 42)
"""Rows of the Dashboard that hold headers, in 9 points and bold."""


def test_headers_of_the_dashboard_fit(book):
    """No header of its small tables runs into the next one."""
    sheet = book.sheet("Dashboard")
    wide = []
    for cell in (cell for row in HEADERS for cell in sheet[row] if isinstance(cell.value, str)):
        beside = cell.column + (1 if cell.alignment.horizontal == "left" else -1)
        if sheet.cell(cell.row, beside).value and width_of(cell.value) * OF_PAGE * style.BOLD * 0.9 > WIDTHS[cell.column - 1] * 7 + 5:
            wide.append(cell.value)

    assert [] == wide


@pytest.mark.parametrize(
    ("told", "width", "shown"),
    [("kurz", 10, "kurz"), ("m" * 10, 10, "mmmmmm ..."), ("退" * 8, 10, "退退退退 ..."), ("", 10, "")],
)
def test_a_line_is_cut_to_its_room(told, width, shown):
    """Ten characters are 70 pixels: 8.4 for each m and 12.2 for each Chinese one, 14.0 for the mark."""
    assert shown == shortened(told, width)


def test_the_document_says_its_language(book, sample):
    """Title and subject are in the language; properties tell it, and where the notes stand."""
    properties = {prop.name: prop.value for prop in book.read.custom_doc_props.props}

    assert (book.language.code, words.SHEETS.said("Actions", book.language)) == (properties["language"], properties["actions_sheet"])
    assert book.language.text(words.BOOK_TITLE).format(shop=sample.run.shop) == book.read.properties.title
    assert book.language.time(sample.run.as_of) in book.read.properties.subject
    assert book.language.text(words.PAGE).split("&")[0].strip() in book.sheet("Actions").oddFooter.center.text


def test_the_glossary_says_what_the_reader_needs(book):
    """An English report has the Chinese beside the English, a Chinese one the guide's own words, a French one none."""
    header, lines = rows(book.sheet("Glossary"), "Glossary")

    assert ("中文" in header) == (book.language.code == "en")
    assert ("卖家取消订单" in lines[1]) == (book.language.code != "fr")
    assert "annuler, annulation" == lines[1][0]


@pytest.mark.parametrize("code", CODES)
def test_what_people_typed_is_read_back_in_every_language(sample, tmp_path, code):
    """Owner, state and note come back under their keys, states by their codes, whatever the language of the workbook."""
    keys = sample.findings.loc[sample.findings["deadline_at"].notna(), "finding_id"].head(len(TODO_STATES) - 1)
    typed = pd.DataFrame({"key": keys, "owner": "Li Wei", "state": TODO_STATES[1:], "note": "à revoir 明天"}).astype(dict(NOTES))
    save(speaking(replace(sample, notes=typed), code), tmp_path / "book.xlsx")
    read = notes.read(tmp_path / "book.xlsx").lines.set_index("key")

    assert [["Li Wei", state, "à revoir 明天"] for state in TODO_STATES[1:]] == read.loc[keys].to_numpy().tolist()
    assert read.drop(index=keys).isna().all(axis=None)


@pytest.mark.parametrize("code", CODES)
def test_a_quiet_night_is_whole_in_every_language(quiet, tmp_path, code):
    """All sheets are there and say in the language that nothing was found."""
    spoken = language(code)
    save(speaking(quiet, code), tmp_path / "quiet.xlsx")
    read = Book(spoken, None, openpyxl.load_workbook(tmp_path / "quiet.xlsx"))

    assert [words.SHEETS.said(name, spoken) for name in SHEETS] == read.read.sheetnames
    assert spoken.text(words.BADGES["good"]) == read.sheet("Dashboard")["B3"].value
    assert spoken.text(words.NOTHING_TO_DO) == read.sheet("Actions")["B5"].value
    assert spoken.text(words.NOTHING) == read.sheet("Findings")["B4"].value


def test_the_same_bytes_under_any_hash_seed(sample, tmp_path):
    """The French workbook of the saved sample is the same three times, each in a process with another hash seed."""
    saved.write(speaking(sample, "fr"), tmp_path / "tables")
    code = "import sys; from pathlib import Path; from reports import saved, workbook; workbook.save(saved.read(Path(sys.argv[1])), Path(sys.argv[2]))"
    for seed in "012":
        command = [sys.executable, "-c", code, str(tmp_path / "tables"), str(tmp_path / f"{seed}.xlsx")]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})

    assert 1 == len({(tmp_path / f"{seed}.xlsx").read_bytes() for seed in "012"})


class Recording:
    """A catalogue that keeps what it is asked for: text, plural, context."""

    def __init__(self, catalogue):
        self.catalogue = catalogue
        self.asked = set()

    def gettext(self, message):
        """A message."""
        self.asked.add((message, "", ""))
        return self.catalogue.gettext(message)

    def pgettext(self, context, message):
        """A message that its context tells apart."""
        self.asked.add((message, "", context))
        return self.catalogue.pgettext(context, message)

    def ngettext(self, one, many, count):
        """A message that goes with a count."""
        self.asked.add((one, many, ""))
        return self.catalogue.ngettext(one, many, count)


def asked(outcome, code, folder, monkeypatch):
    """Every message that workbook, terminal, findings.csv, quarantine and digest of an outcome ask for."""
    catalogue = Recording(language(code).catalogue)
    monkeypatch.setattr(language(code), "catalogue", catalogue)
    told = speaking(outcome, code)
    save(told, folder / "book.xlsx")
    short_result(told, folder / "book.xlsx")
    files.write_findings_csv(told, folder / "findings.csv")
    files.write_quarantine(told, folder / "quarantine")
    digest.write(told, told.findings, folder / "book.xlsx")
    return catalogue.asked


@pytest.mark.parametrize("code", ["fr", "zh"])
def test_the_catalogues_know_all_that_is_said(sample, quiet, tmp_path, monkeypatch, catalogues, code):
    """Nothing that a report of the sample, or of a quiet night, asks the catalogues for is unknown to their collector."""
    for name, outcome in (("sample", sample), ("quiet", quiet)):
        (tmp_path / name).mkdir()
        found = asked(outcome, code, tmp_path / name, monkeypatch)
        assert set() == found - catalogues.collect()


@pytest.mark.parametrize("code", ["fr", "zh"])
def test_findings_csv_differs_in_its_sentences_alone(sample, tmp_path, code):
    """Evidence and advice are in the language; every other column is the same in each."""
    tables = {}
    for name in ("en", code):
        files.write_findings_csv(speaking(sample, name), tmp_path / f"{name}.csv")
        tables[name] = list(csv.DictReader((tmp_path / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()))
    differing = {column for one, other in zip(tables["en"], tables[code], strict=True) for column in one if one[column] != other[column]}

    assert {"evidence", "advice"} == differing
    amount = next(row["evidence"] for row in tables[code] if row["rule"] == "REG001")
    assert {"fr": "249,00\u00a0€", "zh": "249.00 欧元"}[code] in amount


def test_summary_is_the_same_in_every_language(sample):
    """What machines read speaks English and codes."""
    assert (
        files.summary(speaking(sample, "en"), {}) == files.summary(speaking(sample, "fr"), {}) == files.summary(speaking(sample, "zh"), {})
    )


@pytest.mark.parametrize(
    ("code", "amount", "due"),
    [
        ("en", "2,125.11 EUR", "Sun 22 Nov 18:00"),
        ("fr", "2\u202f125,11\u00a0€", "dim. 22 nov. 18:00"),
        ("zh", "2,125.11 欧元", "11月22日 周日 18:00"),
    ],
)
def test_the_terminal_writes_figures_and_dates_as_the_language_does(sample, tmp_path, code, amount, due):
    """Amounts and deadlines of the short result, and the file that it names."""
    shown = short_result(speaking(sample, code), tmp_path / "findings.csv")

    assert amount in shown
    assert f"  {due}  CLM003  943115657/1510222663  " in shown
    assert str(tmp_path / "findings.csv") in shown.splitlines()[-1]
    assert len(shown.splitlines()) <= 25


def test_a_rule_of_a_users_own_stays_as_it_is_written(quiet, tmp_path):
    """Title, advice and thing to do that no catalogue knows stand in the language that they are written in."""
    mine = {"title": "Colis pas beau", "todo": "Refaire le colis", "advice": "Prendre un joli carton."}
    rules = quiet.rules.assign(**{name: quiet.rules[name].mask(quiet.rules["code"] == "CNF003", told) for name, told in mine.items()})
    save(speaking(replace(quiet, rules=rules), "zh"), tmp_path / "book.xlsx")
    _, lines = rows_of_rules(tmp_path / "book.xlsx")

    assert "Colis pas beau" in [line[2] for line in lines]


def rows_of_rules(path):
    """The table Rules of a Chinese workbook."""
    read = openpyxl.load_workbook(path)
    return rows(read[words.SHEETS.said("Rules", language("zh"))], "Rules")


@pytest.mark.parametrize("code", CODES)
def test_doubtful_inputs_turn_the_badge_and_are_said_first(quiet, tmp_path, code):
    """A night without findings on an old export is no good night: the badge says to look, and the sentence begins with why."""
    doubt = Message(
        "{file} holds the same as {earlier} of the run of {night:day}. Was it exported anew?",
        {"file": "a.csv", "earlier": "b.csv", "night": "2026-11-22"},
    )
    outcome = speaking(replace(quiet, run=replace(quiet.run, doubts=(doubt,))), code)
    save(outcome, tmp_path / "book.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx").worksheets[0]

    assert language(code).text(words.BADGES["mid"]) == sheet["B3"].value
    assert sheet["C3"].value.startswith(doubt.said(language(code)) + "\n")
