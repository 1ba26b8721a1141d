"""Three readers of one workbook: fast and careful ones say the same, and a reader of other people's make agrees."""

import io
from datetime import datetime, timedelta

import pandas as pd
import pytest
import python_calamine
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.ingest import workbooks
from audit.ingest.workbooks import careful, fast
from audit.ingest.workbooks.archive import Archive
from audit.ingest.workbooks.cells import as_text
from audit.ingest.workbooks.context import Context
from audit.ingest.workbooks.package import describe
from audit.ingest.workbooks.sheet import as_rows
from audit.testing import make_package

HEADER = ("Purchase ID", "Item ID", "Order date", "Unit price", "Title")
MIDNIGHT = datetime.fromisoformat("2026-01-01")
TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=["Cs", "Cc", "Cn"]), max_size=12)
NUMBERS = st.one_of(
    st.integers(-(10**14), 10**14),
    st.floats(-1e12, 1e12, allow_nan=False),
    st.decimals(0, 999, places=2).map(float),
    st.just(1e15),
    st.just(1e16),
)
TIMES = st.one_of(
    st.integers(0, 400 * 86_400).map(lambda seconds: MIDNIGHT + timedelta(seconds=seconds)),
    st.integers(0, 400 * 86_400_000).map(lambda thousandths: MIDNIGHT + timedelta(milliseconds=thousandths)),
    st.integers(0, 400).map(lambda days: MIDNIGHT + timedelta(days=days)),
)
CELLS = st.one_of(st.none(), TEXTS, NUMBERS, TIMES, st.booleans())


def workbook(rows, **options):
    """A workbook of one sheet, each cell written as what it is."""
    buffer = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, {"default_date_format": "dd/mm/yyyy hh:mm:ss", **plain, **options}) as book:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate((HEADER, *rows)):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif cell is not None:
                    sheet.write(number, column, cell)
    return buffer.getvalue()


def parts(content):
    """What both readers need of a workbook."""
    archive = Archive("f.xlsx", content)
    package = describe(archive, "xl/workbook.xml")
    return archive, package.sheets[0].part, "Data", Context(archive, package)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(rows=st.lists(st.tuples(*[CELLS] * 5), max_size=8), inline=st.booleans(), from_1904=st.booleans())
def test_fast_and_careful_readers_say_the_same(rows, inline, from_1904):
    """Over random clean sheets every cell, every number's mark, every blank and refused row is the same."""
    content = workbook(rows, constant_memory=inline, date_1904=from_1904)
    quick, slow = fast.read_sheet(*parts(content)), careful.read_sheet(*parts(content))
    whole, found = as_rows("f.xlsx", slow), as_rows("f.xlsx", quick)

    pd.testing.assert_frame_equal(whole.cells, found.cells)
    assert {place: list(mask) for place, mask in whole.native.items() if any(mask)} == {
        place: list(mask) for place, mask in found.native.items()
    }
    assert (whole.broken, whole.blank, whole.header) == (found.broken, found.blank, found.header)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(rows=st.lists(st.tuples(*[CELLS] * 5), min_size=1, max_size=8), from_1904=st.booleans())
def test_another_reader_agrees(rows, from_1904):
    """What calamine makes of a clean sheet, put into words, is what we read."""
    content = workbook(rows, date_1904=from_1904)
    archive, part, title, context = parts(content)
    read = careful.read_sheet(archive, part, title, context)
    ours = {number: read.line(place) for place, number in enumerate(read.numbers)}
    theirs = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)

    for number, row in enumerate(theirs, start=1):
        told = [as_text(cell) for cell in row]
        assert told == [*ours.get(number, []), *[""] * (len(told) - len(ours.get(number, [])))]


def cells(*rows):
    """Rows of XML cells with their references."""
    return "".join(
        f'<row r="{number}">' + "".join(f'<c r="{"ABCDE"[place]}{number}"{cell}' for place, cell in enumerate(row)) + "</row>"
        for number, row in enumerate(rows, start=1)
    )


HEAD = tuple(f' t="inlineStr"><is><t>{name}</t></is></c>' for name in HEADER)
PLAIN = ("><v>1</v></c>", "><v>2</v></c>", ' s="1"><v>46346.5</v></c>', "><v>12.5</v></c>", ' t="inlineStr"><is><t>a &amp; b</t></is></c>')


FAULTY = (
    cells(HEAD, (*PLAIN[:4], ' t="e"><v>#REF!</v></c>'), (*PLAIN[:3], ' t="e"><f>1/0</f><v>#DIV/0!</v></c>')),
    cells(HEAD, (*PLAIN[:4], "><f>1+1</f><v>2</v></c>"), (*PLAIN[:4], ' t="str"><f t="shared" si="0"/><v>a</v></c>')),
    cells(HEAD, (*PLAIN[:4], "><f>1+1</f><v></v></c>"), (*PLAIN[:3], "><f>A1&amp;B1&lt;2</f></c>", ' t="b"><f t="shared" si="0"/></c>')),
    cells(HEAD, (*PLAIN[:2], ' s="1"><f>A1</f><v/></c>', ' s="2"><f>A1</f></c>', ' t="str"><f>""</f><v></v></c>'), PLAIN),
    cells(HEAD, PLAIN, PLAIN, PLAIN)
    .replace('<row r="3"', '<row r="3" hidden="1"')
    .replace('<row r="4"', '<row r="4" ht="5" hidden="true"'),
    cells(HEAD, PLAIN, PLAIN, PLAIN)
    + '</sheetData><mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="D3:E4"/></mergeCells><sheetData>',
)
"""Sheets of a few faults that both readers know."""


@pytest.mark.parametrize("sheet", FAULTY)
def test_fast_and_careful_readers_see_the_same_faults(sheet):
    """Errors, merged cells, hidden rows and formulas cost the same rows, whoever reads them."""
    content = make_package({"Data": sheet}, formats=["0%"])
    quick, slow = (as_rows("f.xlsx", read.read_sheet(*parts(content))) for read in (fast, careful))

    pd.testing.assert_frame_equal(slow.cells, quick.cells)
    assert (slow.broken, slow.blank, slow.notes) == (quick.broken, quick.blank, quick.notes)
    assert slow.broken or slow.notes or "<f" in sheet


def is_fast(sheet, **options):
    """Whether a sheet is read the fast way."""
    return fast.read_sheet(*parts(make_package({"Data": sheet}, **options))) is not None


@pytest.mark.parametrize(
    "sheet",
    [
        cells(HEAD, PLAIN),
        cells(HEAD, PLAIN).replace('<row r="2"', '<row r="2" spans="1:5" ht="12.8" hidden="false" customHeight="1" x14ac:dyDescent="0.2"'),
        cells(HEAD, PLAIN) + '<row r="3"/><row r="4" ht="12"></row>',
        cells(HEAD, (*PLAIN[:4], ' s="1"/>')),
        cells(HEAD, PLAIN).replace("</row>", "</row>\n"),
        *FAULTY,
    ],
)
def test_clean_sheets_are_read_fast(sheet):
    """What Excel, LibreOffice, openpyxl and XlsxWriter write of plain cells is known."""
    assert is_fast(sheet)


@pytest.mark.parametrize(
    "sheet",
    [
        cells(HEAD, (*PLAIN[:4], ' t="e"><v>#NEW!</v></c>')),
        cells(HEAD, (*PLAIN[:4], ' t="e"/>')),
        cells(HEAD, (*PLAIN[:4], ' t="e"><f>1/0</f></c>')),
        cells(HEAD, (*PLAIN[:4], ' t="d"><v>2026-11-20</v></c>')),
        cells(HEAD, (*PLAIN[:4], ' t="s"><v>5</v></c>')),
        cells(HEAD, (*PLAIN[:4], "><v>five</v></c>")),
        cells(HEAD, (*PLAIN[:4], ' t="inlineStr"><is><r><t>a</t></r></is></c>')),
        cells(HEAD, PLAIN).replace('<row r="2"', '<row hidden="true" r="2"'),
        cells(HEAD, PLAIN).replace('r="A2"', 'r="A3"'),
        cells(HEAD, PLAIN).replace("<v>1</v>", "<v>1</v><!-- -->"),
        cells(HEAD, PLAIN).replace('r="A2"', "r='A2'"),
        cells(HEAD, PLAIN) + '</sheetData><sheetData><row r="3"></row>',
        cells(HEAD, PLAIN) + '</sheetData><mergeCells><mergeCell ref="A1"/></mergeCells><sheetData>',
        cells(HEAD, PLAIN, PLAIN).replace('<row r="3"', '<row r="2"').replace('3"', '2"'),
        cells(HEAD, PLAIN) + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
    ],
)
def test_anything_else_is_read_with_care(sheet):
    """Unknown errors, dates in words and whatever is not known are never left to the fast reader."""
    assert not is_fast(sheet)


FORMATS = ["0.00", "0%", '0.00" $"', '#,##0.00" €"', "000000"]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(numbers=st.lists(st.tuples(*[NUMBERS] * len(FORMATS)), min_size=1, max_size=5))
def test_fast_and_careful_readers_show_numbers_alike(numbers):
    """Percentages, other currencies and zeros in front are what a person sees, not the number below, whoever reads them."""
    rows = [[f' s="{style}"><v>{number!r}</v></c>' for style, number in enumerate(row, start=2)] for row in numbers]
    content = make_package({"Data": cells(HEAD, *rows)}, formats=FORMATS)
    quick, slow = (as_rows("f.xlsx", read.read_sheet(*parts(content))) for read in (fast, careful))

    pd.testing.assert_frame_equal(slow.cells, quick.cells)
    assert {place: list(mask) for place, mask in slow.native.items()} == {place: list(mask) for place, mask in quick.native.items()}


def test_how_numbers_are_shown():
    """Each format says of the same number what a person sees."""
    row = [f' s="{style}"><v>0.5</v></c>' for style in range(2, 6)]
    content = make_package({"Data": cells(HEAD, [*row, ' s="6"><v>42</v></c>'])}, formats=FORMATS)

    assert ["0.5", "50%", "0.5 $", "0.5", "000042"] == fast.read_sheet(*parts(content)).line(1)


def test_spans_of_time_are_read_with_care():
    """Hours beyond a day are no number, and no moment."""
    assert not is_fast(cells(HEAD, (*PLAIN[:4], ' s="2"><v>5</v></c>')), formats=["[h]:mm"])


def test_many_batches_join_to_one_sheet(monkeypatch):
    """Rows that are taken in many batches keep their order, their numbers and their kinds."""
    rows = [(str(number), number, MIDNIGHT + timedelta(hours=number), number / 4, "a" if number % 3 else None) for number in range(500)]
    content = workbook(rows)
    whole = workbooks.read("f.xlsx", content)[0]
    monkeypatch.setattr(fast, "BATCH", 3_000)
    pieces = workbooks.read("f.xlsx", content)[0]

    assert fast.read_sheet(*parts(content)) is not None
    pd.testing.assert_frame_equal(whole.cells, pieces.cells)
    assert [500, "2026-01-21 19:00:00", "124.75"] == [len(pieces.cells), *pieces.cells.loc[501, [2, 3]]]
