"""Workbooks in every flavour: whatever program wrote them, the same rows come out, and what can't be told is said."""

import io
import shutil
import subprocess
import zipfile
from datetime import datetime

import openpyxl
import pytest
import xlsxwriter

from audit.ingest import workbooks
from audit.testing import make_package

HEADER = ("Purchase ID", "Item ID", "Order date", "Unit price", "Title")
ROWS = (
    ("00500002", "1510000001", datetime.fromisoformat("2026-11-20 10:00:30"), 12.5, "Lampe & tapis"),
    ("943000001", "1510000002", datetime.fromisoformat("2026-11-21"), 60, "<b>Sac</b>"),
)
TEXTS = [
    ["00500002", "1510000001", "2026-11-20 10:00:30", "12.5", "Lampe & tapis"],
    ["943000001", "1510000002", "2026-11-21", "60", "<b>Sac</b>"],
]
soffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")


def texts(rows):
    """The cells of a sheet's rows, as lists of text."""
    return rows.cells.to_numpy().tolist()


def the_sheet(content):
    """The one sheet of a workbook that holds a table."""
    sheets = workbooks.read("orders.xlsx", content)
    assert 1 == len(sheets)
    return sheets[0]


def faults(rows):
    """Row, column and reason of everything that can't be used."""
    return [(fault.row, fault.column, fault.reason) for fault in rows.broken]


def notes(rows):
    """What is said of the reading."""
    return [str(note) for note in rows.notes]


def by_xlsxwriter(**options):
    """The rows as XlsxWriter saves them."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"default_date_format": "dd/mm/yyyy hh:mm", **options}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((HEADER, *ROWS)):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def by_openpyxl(change=None):
    """The rows as openpyxl saves them, after a change."""
    book = openpyxl.Workbook()
    for row in (HEADER, *ROWS):
        book.active.append(row)
    if change:
        change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def by_libreoffice(folder, content, kind):
    """A workbook opened and saved by LibreOffice as another kind."""
    (folder / "given.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder / "out", folder / "given.xlsx"],
        check=True,
        capture_output=True,
    )
    return (folder / "out" / f"given.{kind.partition(':')[0]}").read_bytes()


def cells(*rows):
    """Rows of XML cells, with numbers and references put in place: each cell is given as what stands after its reference."""
    return "".join(
        f'<row r="{number}">' + "".join(f'<c r="{"ABCDEFGH"[place]}{number}"{cell}' for place, cell in enumerate(row)) + "</row>"
        for number, row in enumerate(rows, start=1)
    )


def inline(text):
    """A cell that holds its own text."""
    return f' t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = tuple(inline(name) for name in HEADER)
PLAIN = (inline("00500002"), inline("1510000001"), ' s="1"><v>46346.416666666664</v></c>', "><v>12.5</v></c>", inline("Sac"))


@pytest.mark.parametrize("options", [{}, {"constant_memory": True}, {"date_1904": True}], ids=["shared", "inline", "1904"])
def test_xlsxwriter_says_the_same(options):
    """Shared and inline texts and both calendars give the same cells."""
    assert TEXTS == texts(the_sheet(by_xlsxwriter(**options)))


def test_openpyxl_says_the_same():
    """Its inline texts and its own date format give the same cells; numbers are known as such."""
    rows = the_sheet(by_openpyxl())

    assert TEXTS == texts(rows)
    assert {3: [True, True]} == {place: mask.tolist() for place, mask in rows.native.items()}


@soffice
@pytest.mark.parametrize("kind", ["xlsx", "xlsx:Calc MS Excel 2007 XML", "xls"])
def test_libreoffice_says_the_same(tmp_path, kind):
    """What LibreOffice saves, new or old, gives the same cells."""
    assert TEXTS == texts(the_sheet(by_libreoffice(tmp_path, by_xlsxwriter(), kind)))


@soffice
def test_an_old_workbook_tells_its_errors_merges_and_hidden_rows(tmp_path):
    """In .xls error cells and merged cells cost their rows, and hidden rows and sheets are told of."""

    def change(book):
        sheet = book.active
        sheet.append(("943000003", "1510000003", datetime.fromisoformat("2026-11-21"), "=1/0", "a"))
        sheet.append(("943000004", "1510000004", datetime.fromisoformat("2026-11-21"), 5, "b"))
        sheet.append(("943000005", "1510000005", datetime.fromisoformat("2026-11-21"), 5, "c"))
        sheet.merge_cells("E5:E6")
        sheet.row_dimensions[2].hidden = True
        book.create_sheet("Notes").append(["Bonjour"])
        sheet.sheet_state = "hidden"
        book.active = 1

    rows = the_sheet(by_libreoffice(tmp_path, by_openpyxl(change), "xls"))

    assert [(4, 3, "error-cell"), (5, 4, "merged-cell"), (6, 4, "merged-cell")] == faults(rows)
    assert "#DIV/0!" == rows.cells.loc[4, 3]
    assert [
        "orders.xlsx: the sheet Sheet is hidden; it was read",
        "orders.xlsx: 1 hidden or filtered rows of the sheet Sheet were read",
        "orders.xlsx: left aside, for no table that is known stands on them: the sheets Notes",
    ] == notes(rows)


@pytest.mark.parametrize(
    "namespace", ["http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"]
)
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_namespaces_and_prefixes_change_nothing(namespace, prefix):
    """ISO Strict workbooks and those whose names have a prefix are read like any other."""
    content = make_package({"Data": cells(HEAD, PLAIN)}, namespace=namespace, prefix=prefix)

    assert [["00500002", "1510000001", "2026-11-20 10:00:00", "12.5", "Sac"]] == texts(the_sheet(content))


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (' t="d"><v>2026-11-20T10:00:00</v></c>', "2026-11-20 10:00:00"),
        (' t="d"><v>2026-11-20</v></c>', "2026-11-20"),
        (' t="b"><v>1</v></c>', "true"),
        (' t="str"><f>A1</f><v>x</v></c>', "x"),
        (' t="str"><f>IF(1,"","")</f><v></v></c>', ""),
        (' t="inlineStr"><is><r><t>La</t></r><r><rPr><b/></rPr><t>mpe</t></r></is></c>', "Lampe"),
        (' t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is></c>', "東京"),
        (' t="inlineStr"><is><t>a_x000D_b_x005F_</t></is></c>', "a\rb_"),
        (' t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', " a "),
        (' t="inlineStr"><is><t> a </t></is></c>', "a"),
        (' t="inlineStr"><is><t>a&#10;&#x20AC;&amp;</t></is></c>', "a\n€&"),
        ("><v>123456789012345</v></c>", "123456789012345"),
        ("><v>1234567890123456</v></c>", "1.23456789012346e+15"),
        ("><v>0.30000000000000004</v></c>", "0.3"),
        ("><v>1E-3</v></c>", "0.001"),
        (' s="2"><v>0.15</v></c>', "15%"),
        (' s="3"><v>25.5</v></c>', "25.5 $"),
        (' s="4"><v>25.5</v></c>', "25.5"),
        (' s="5"><v>500002</v></c>', "00500002"),
        (' s="6"><v>46346.5</v></c>', "2026-11-20 12:00:00"),
        (' s="7"><v>46346</v></c>', "2026-11-20"),
        (' s="8"><v>1.5</v></c>', "1 day, 12:00:00"),
        (' s="9"><v>46346</v></c>', "46346"),
        (' s="99"><v>5</v></c>', "5"),
    ],
)
def test_a_cell_is_read_as_a_person_sees_it(cell, told):
    """Types, formats, escapes and rich text: each cell alone, among plain ones."""
    formats = [
        "0.0%",
        "#,##0.00\\ [$$-409]",
        '#,##0.00\\ "€"',
        "00000000",
        '[$-804]yyyy"年"m"月"d"日"',
        "[$-F800]dddd, mmmm dd, yyyy",
        "[h]:mm",
        '0" jours"',
    ]
    content = make_package({"Data": cells(HEAD, (*PLAIN[:4], cell))}, formats=formats)

    assert [told] == [row[4] for row in texts(the_sheet(content))]


@pytest.mark.parametrize(
    ("cell", "reason", "shown"),
    [
        (' t="e"><v>#REF!</v></c>', "error-cell", "#REF!"),
        (' t="e"><f>A9</f><v>#DIV/0!</v></c>', "error-cell", "#DIV/0!"),
        (inline("#N/A"), "error-cell", "#N/A"),
        (' t="s"><v>77</v></c>', "error-cell", "77"),
        ("><f>NOW()</f></c>", "no-value", "=NOW()"),
        ("><f>NOW()</f><v/></c>", "no-value", "=NOW()"),
    ],
)
def test_a_cell_that_holds_no_value_costs_its_row(cell, reason, shown):
    """Errors and formulas that were never calculated are named, and never read as blanks."""
    rows = the_sheet(make_package({"Data": cells(HEAD, PLAIN, (*PLAIN[:3], cell, PLAIN[4]))}))

    assert [(3, reason, shown, 3)] == [tuple(fault) for fault in rows.broken]
    assert 2 == len(rows.cells)


def test_rows_and_columns_without_references_are_counted():
    """Where a program leaves the references out, cells stand in order; rows that are missing are blank."""
    sheet = "<row>" + "".join(f"<c{cell}" for cell in HEAD) + '</row><row r="5">' + "".join(f"<c{cell}" for cell in PLAIN) + "</row>"
    rows = the_sheet(make_package({"Data": sheet}))

    assert ([5], 3) == (list(rows.cells.index), rows.blank)


def test_rows_missing_from_a_plain_sheet_are_blank():
    """The same on a sheet that is read fast."""
    sheet = cells(HEAD, PLAIN).replace('r="2"', 'r="4"').replace('2"', '4"')
    rows = the_sheet(make_package({"Data": sheet}))

    assert ([4], 2) == (list(rows.cells.index), rows.blank)


def test_sheets_are_found_by_their_relationships():
    """Tabs in another order than their parts, absolute targets, no shared texts and no styles."""
    sheets = {"Notes": cells((inline("Bonjour"),)), "Orders": cells(HEAD, PLAIN), "Later": cells(HEAD, PLAIN)}
    content = make_package(sheets, parts=["/xl/worksheets/third.xml", "worksheets/sheet1.xml", "../xl/worksheets/sheet2.xml"], formats=None)
    read = workbooks.read("o.xlsx", content)

    assert ["Orders", "Later"] == [rows.sheet for rows in read]
    assert [["o.xlsx: left aside, for no table that is known stands on them: the sheets Notes"], []] == [notes(rows) for rows in read]
    assert "46346.4166666667" == read[0].cells.loc[2, 2]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_and_rows_are_read_and_told_of(state):
    """Nothing is dropped because it is out of sight, and nothing hidden is read in silence."""

    def change(book):
        book.create_sheet("Notes")
        book["Sheet"].sheet_state = state
        book["Sheet"].row_dimensions[3].hidden = True
        book.active = 1

    rows = the_sheet(by_openpyxl(change))

    assert TEXTS == texts(rows)
    assert [
        "orders.xlsx: the sheet Sheet is hidden; it was read",
        "orders.xlsx: 1 hidden or filtered rows of the sheet Sheet were read",
    ] == notes(rows)


def test_a_merged_title_costs_nothing_and_merged_cells_their_rows():
    """A title above the header may be merged; under it each row that a merged cell touches is refused."""

    def change(book):
        sheet = book["Sheet"]
        sheet.insert_rows(1, 2)
        sheet["A1"] = "Ventes de novembre"
        sheet.merge_cells("A1:E1")
        sheet.append(("943000003", "1510000003", datetime.fromisoformat("2026-11-21"), 5, "c"))
        sheet.merge_cells("D5:D6")

    rows = the_sheet(by_openpyxl(change))

    assert (3, [4, 5, 6]) == (rows.header_row, list(rows.cells.index))
    assert [(5, 3, "merged-cell"), (6, 3, "merged-cell")] == faults(rows)


def test_a_row_beyond_the_header_is_refused_as_a_whole():
    """A cell to the right of the header's columns belongs to no column; spaces there are nothing."""
    rows = the_sheet(
        make_package({"Data": cells(HEAD, (*PLAIN, inline("?")), (*PLAIN, ' t="inlineStr"><is><t xml:space="preserve"> </t></is></c>'))})
    )

    assert [(2, -1, "unsplit-line")] == faults(rows)
    assert [3] == list(rows.cells.index)


def test_totals_repeated_headers_and_blank_rows_are_told_apart():
    """Each costs itself alone, and the sum of all rows holds."""
    total = (inline("Total"), "/>", "/>", "><v>25</v></c>", "/>")
    blank = (inline(" "), "/>", "/>", "/>", "/>")
    rows = the_sheet(make_package({"Data": cells(HEAD, PLAIN, HEAD, blank, PLAIN, total)}))

    assert [(3, -1, "repeated-header"), (6, -1, "totals-line")] == faults(rows)
    assert (2, 2, 1) == (len(rows.cells), rows.lost_rows, rows.blank)


def test_chart_sheets_are_no_tables():
    """A tab that holds a chart alone is passed over."""

    def change(book):
        book.create_chartsheet("Chart", 0)

    assert TEXTS == texts(the_sheet(by_openpyxl(change)))


def test_a_workbook_with_macros_is_read():
    """An .xlsm says that it has macros; its sheets are the same."""
    buffer = io.BytesIO(by_xlsxwriter())
    with zipfile.ZipFile(buffer, "a") as book:
        book.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"\0" * 900)

    assert TEXTS == texts(the_sheet(buffer.getvalue()))
