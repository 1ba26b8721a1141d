"""A file is what its bytes are: pages, XML workbooks, pictures and archives are read or refused by name, whatever they are called."""

import gzip
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from audit import ingest
from audit.errors import FaultyInputs, FileFault
from audit.ingest import workbooks
from audit.testing import make_package

PARIS = ZoneInfo("Europe/Paris")
AS_OF = datetime(2026, 11, 23, 6, tzinfo=PARIS)
HEADER = ("Purchase ID", "Item ID", "Order date", "Unit price", "Title")
ROWS = (("00500002", "1510000001", "20/11/2026 10:00", "12,50", "Lampe & tapis"), ("943000001", "1510000002", "21/11/2026", "60,00", "Sac"))
DOWNLOAD = "Sign in and download the export again, as CSV or XLSX."


def page(rows, head="", after=""):
    """A web page with one table."""
    lines = ["<tr>" + "".join(f"<td>{cell.replace('&', '&amp;')}</td>" for cell in row) + "</tr>" for row in rows]
    return f"<html>{head}<body><table border=1>\n{''.join(lines)}</table>{after}</body></html>"


def texts(rows):
    """The cells of rows, as lists of text."""
    return rows.cells.to_numpy().tolist()


def faults(rows):
    """Row and reason of everything that can't be used."""
    return sorted({(fault.row, fault.reason) for fault in rows.broken})


def read(content):
    """The one table of a file."""
    found = workbooks.read("export.xls", content)
    assert 1 == len(found)
    return found[0]


@pytest.mark.parametrize(
    "content",
    [
        page((HEADER, *ROWS)).encode(),
        page((HEADER, *ROWS)).encode("utf-16"),
        page((HEADER, *ROWS), head="<meta charset=utf-8><style>td { color: red }</style>").encode("utf-8-sig"),
        page((HEADER, *ROWS)).replace("</td>", "").replace("</tr>", "").encode(),
        page((HEADER, *ROWS)).replace("<html>", '<html xmlns:x="urn:schemas-microsoft-com:office:excel">').encode(),
        page((HEADER, *ROWS)).replace("table", "TABLE").replace("Sac", "<b> Sa</b>c\n").encode(),
        page((HEADER, *ROWS), after="<table><tr><td>Page 1</td></tr></table>").encode(),
    ],
)
def test_a_page_with_one_table_is_read(content):
    """Old back offices write pages that are named .xls; end tags may be missing, and layout changes nothing."""
    assert [list(row) for row in ROWS] == texts(read(content))


def test_a_page_says_its_charset():
    """What a page says of its letters is believed."""
    content = page((HEADER, (*ROWS[0][:4], "Café")), head='<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-15">')

    assert ["Café"] == [row[4] for row in texts(read(content.encode("iso-8859-15")))]


def test_cells_that_span_others_cost_their_rows():
    """Nobody guesses what belongs under a cell that covers several columns or rows."""
    content = page((HEADER, *ROWS, *ROWS)).replace("<td>Sac", "<td rowspan=2>Sac", 1).encode()

    assert [(3, "merged-cell"), (4, "merged-cell")] == faults(read(content))
    assert [(3, "merged-cell")] == faults(read(page((HEADER, *ROWS)).replace("<td>943000001", "<td colspan='2'>943000001").encode()))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<html><body><form>Sign in</form></body></html>", "is a web page or XML, not a table."),
        (
            b"\n<!DOCTYPE html PUBLIC '-//W3C//DTD'>\n<html><table><tr><td>Login</td></tr></table></html>",
            "is a web page or XML, not a table.",
        ),
        (page((HEADER, *ROWS)).replace("<td>Sac", "<td><table><tr><td>Sac</table>").encode(), "is a web page with several tables."),
        ((page((HEADER, *ROWS)) + page((HEADER, *ROWS))).encode(), "is a web page with several tables."),
        (b"<?xml version='1.0'?><error>expired</error>", "is a web page or XML, not a table."),
    ],
)
def test_other_pages_are_refused(content, told):
    """A login page, a page within a table, several tables: the export itself is asked for."""
    with pytest.raises(FileFault) as fault:
        workbooks.read("export.xls", content)

    assert f"export.xls: {told} {DOWNLOAD}" == str(fault.value)


SPREADSHEET = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="z"><NumberFormat ss:Format="00000000"/></Style></Styles>
<Worksheet ss:Name="Notes"><Table><Row><Cell><Data ss:Type="String">Bonjour</Data></Cell></Row></Table></Worksheet>
<Worksheet ss:Name="Data"><Table>{}</Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
</Workbook>"""
HEAD = "<Row>" + "".join(f'<Cell><Data ss:Type="String">{name}</Data></Cell>' for name in HEADER) + "</Row>"


def document(*cells, row="<Row>"):
    """A workbook of 2003 with a header and one row of these cells."""
    return SPREADSHEET.format(HEAD + row + "".join(cells) + "</Row>").encode()


def data(kind, value, more=""):
    """A cell with its data."""
    return f'<Cell{more}><Data ss:Type="{kind}">{value}</Data></Cell>'


def test_a_workbook_of_2003_is_read():
    """Its numbers, dates and texts are known by what they say they are; its hidden sheet is told of."""
    when = data("DateTime", "2026-11-20T10:00:00.000")
    rows = read(
        document(
            data("Number", "500002", ' ss:StyleID="z"'), data("Number", "151"), when, data("Number", "12.5"), data("String", "a &amp; b")
        )
    )

    assert [["00500002", "151", "2026-11-20 10:00:00", "12.5", "a & b"]] == texts(rows)
    assert [
        "export.xls: the sheet Data is hidden; it was read",
        "export.xls: left aside, for no table that is known stands on them: the sheets Notes",
    ] == [str(note) for note in rows.notes]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (data("Error", "#N/A"), "error-cell"),
        ('<Cell ss:Formula="=1+1"></Cell>', "no-value"),
        (data("String", "x", ' ss:MergeDown="1"'), "merged-cell"),
    ],
)
def test_its_faulty_cells_cost_their_rows(cell, reason):
    """Errors, formulas without a value and merged cells are seen there too."""
    rows = read(document(data("Number", "5"), data("Number", "6"), data("DateTime", "2026-11-20T10:00:00"), data("Number", "7"), cell))

    assert [(2, reason)] == faults(rows)


def test_its_cells_may_be_skipped():
    """Rows and cells that an index passes over are blank; a percentage stays one."""
    rows = read(
        document(data("Number", "5"), data("Number", "0.15", ' ss:Index="4" ss:StyleID="p"'), row='<Row ss:Index="4" ss:Hidden="1">')
    )

    assert ([4], 2, [["5", "", "", "15%", ""]]) == (list(rows.cells.index), rows.blank, texts(rows))
    assert "export.xls: 1 hidden or filtered rows of the sheet Data were read" in [str(note) for note in rows.notes]


NO_TABLES = {
    "invoice.xls": (b"%PDF-1.7 ...", "is a PDF document, not a table. Download the export as CSV or XLSX instead of printing it."),
    "orders.xlsx": (
        b"\x89PNG\r\n\x1a\n",
        "is a picture, not a table. Download the export as CSV or XLSX instead of taking a picture of it.",
    ),
    "orders.csv": (gzip.compress(b"a"), "is a packed file. Unpack it, and name the files in it."),
    "memo.docx": (
        make_package({}, extra={"xl/workbook.xml": b"<document/>"}),
        "is an Office document, but no workbook with sheets. Copy its table into a spreadsheet, and save that as .xlsx.",
    ),
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_holds_no_table_is_refused_where_it_is_named(tmp_path, name):
    """A person who names such a file is told what it is and what to do."""
    content, told = NO_TABLES[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FaultyInputs) as fault:
        ingest.read([tmp_path / name], zone=PARIS, as_of=AS_OF)

    assert f"{name}: {told}" == str(fault.value)


def test_what_holds_no_table_is_left_in_a_folder(tmp_path):
    """Beside exports it is listed and left."""
    for name, (content, _) in NO_TABLES.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "export.xls").write_bytes(page((HEADER, *ROWS)).encode())
    ingested = ingest.read([tmp_path], zone=PARIS, as_of=AS_OF)

    assert ("invoice.xls", "memo.docx", "orders.csv", "orders.xlsx") == ingested.left
    assert [2] == list(ingested.inputs["accepted"])


@pytest.mark.parametrize("content", [b"BMW;Item ID", b"BZhou;1", b"II;*;a", b"a<b;c", b"Purchase ID;Item ID"])
def test_words_that_look_like_marks_are_text(content):
    """A file of text that begins with the letters of a picture or an archive is still text."""
    assert workbooks.read("a.csv", content) is None


def test_sheets_that_hold_no_table_are_left_aside_with_a_note(tmp_path):
    """Of several sheets with known words those that are no table are named; the others are parts of the file."""

    def sheet(*rows):
        return "".join("<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows)

    plain = [tuple(cell.replace("&", "and") for cell in row) for row in ROWS]
    content = make_package(
        {"Summary": sheet(("Title", "Status"), ("Sac", "5")), "October": sheet(HEADER, plain[0]), "November": sheet(HEADER, plain[1])}
    )
    (tmp_path / "orders.xlsx").write_bytes(content)
    ingested = ingest.read([tmp_path], zone=PARIS, as_of=AS_OF)

    assert [("October", 1), ("November", 1)] == list(zip(ingested.inputs["sheet"], ingested.inputs["accepted"], strict=True))
    assert ["orders.xlsx: left aside, for no table that is known stands on them: the sheets Summary"] == [
        str(note) for note in ingested.notes
    ]


def test_percentages_and_other_currencies_are_quarantined(tmp_path):
    """What a format makes of a number is judged as if it had been typed: nothing is read as euros that shows otherwise."""
    head = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in HEADER[:4])
    cells = [
        f'<row>{"".join(f"<c><v>{place}</v></c>" for place in (n, n))}<c s="1"><v>46346</v></c><c s="{n}"><v>25.5</v></c></row>'
        for n in (2, 3, 4)
    ]
    (tmp_path / "orders.xlsx").write_bytes(
        make_package({"Data": f"<row>{head}</row>{''.join(cells)}"}, formats=["0%", '0.00" $"', '0.00" €"'])
    )
    ingested = ingest.read([tmp_path], zone=PARIS, as_of=AS_OF)

    assert [(2, "unreadable-number"), (3, "currency-contradiction")] == list(
        zip(ingested.quarantine["row"], ingested.quarantine["reason"], strict=True)
    )
    assert [2550] == list(ingested.tables["orders"].frame["unit_price"])
