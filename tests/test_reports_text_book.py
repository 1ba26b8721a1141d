"""The workbook of refused rows: whatever a cell holds comes back as that text, in every reader, however many rows there are."""

import zipfile
import zlib

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from audit.ingest import workbooks
from reports import text_book

CELLS = ["00500002", "=1+1", 'a < b & c > "d"', " spaced ", "two\nlines", "", "é无", "_x0041_", "6123456789012345678"]
"""Texts that a careless workbook would turn into numbers, formulas, markup or other signs."""


@pytest.fixture
def book(tmp_path):
    """A workbook of these cells, the last column with a blank in place of every second one."""
    table = pd.DataFrame(
        {"cell": CELLS, "n° <&>": [None if place % 2 else text for place, text in enumerate(CELLS)], "row": range(len(CELLS))}
    )
    path = tmp_path / "rows.xlsx"
    text_book.write(path, table)
    return path


def test_every_cell_is_text_and_comes_back(book):
    """The texts stand there, formatted as text, blank cells as nothing, and the header frozen; openpyxl leaves escapes as they are."""
    sheet = openpyxl.load_workbook(book).active
    rows = [[cell and cell.replace("_x005F_", "_") for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]

    assert ["cell", "n° <&>", "row"] == [cell.value for cell in sheet[1]]
    assert CELLS == [row[0] for row in rows]
    assert [None if place % 2 else text for place, text in enumerate(CELLS)] == [row[1] for row in rows]
    assert [str(number) for number in range(len(CELLS))] == [row[2] for row in rows]
    assert {"@"} == {cell.number_format for row in sheet.iter_rows(min_row=2) for cell in row}
    assert "A2" == sheet.freeze_panes


def test_other_readers_agree(book):
    """The same cells are seen by calamine."""
    rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()

    assert CELLS == [row[0] for row in rows[1:]]


def test_signs_that_excel_can_not_hold_are_replaced(tmp_path):
    """A control character becomes a mark, and a carriage return stays one; a text that is too long is cut with a mark."""
    table = pd.DataFrame({"cell": ["a\x01b", "c\rd", "x" * 32_767, "y" * 32_768]})
    text_book.write(tmp_path / "rows.xlsx", table)
    rows = CalamineWorkbook.from_path(str(tmp_path / "rows.xlsx")).get_sheet_by_index(0).to_python()

    assert ["a\ufffdb", "c\rd", "x" * 32_767, "y" * 32_761 + " [...]"] == [row[0] for row in rows[1:]]


def test_rows_beyond_a_sheet_stand_on_the_next(tmp_path, monkeypatch):
    """Each sheet has its header; no row is lost or doubled."""
    monkeypatch.setattr(text_book, "MOST_ROWS", 4)
    monkeypatch.setattr(text_book, "AT_ONCE", 2)
    text_book.write(tmp_path / "rows.xlsx", pd.DataFrame({"cell": list("abcdefg")}))
    book = openpyxl.load_workbook(tmp_path / "rows.xlsx")
    sheets = [[cell.value for cell in sheet["A"]] for sheet in book.worksheets]

    assert ["rows", "rows 2", "rows 3"] == book.sheetnames
    assert [["cell", "a", "b", "c"], ["cell", "d", "e", "f"], ["cell", "g"]] == sheets


def test_the_same_rows_make_the_same_bytes(tmp_path):
    """Nothing in the file tells when it was written."""
    table = pd.DataFrame({"cell": CELLS})
    for name in ("one.xlsx", "two.xlsx"):
        text_book.write(tmp_path / name, table)

    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_our_own_reader_takes_it(tmp_path):
    """A table of orders so written is read cell by cell as it was."""
    order = {"purchase_id": ["007", "8"], "item_id": ["1", None], "ordered_at": ["2026-11-20 10:00", ""], "unit_price": ["50.00", "=1"]}
    text_book.write(tmp_path / "orders.xlsx", pd.DataFrame(order))
    [rows] = workbooks.read("orders.xlsx", (tmp_path / "orders.xlsx").read_bytes())
    cells = rows.cells.fillna("").astype(str)

    assert [["007", "1", "2026-11-20 10:00", "50.00"], ["8", "", "", "=1"]] == cells.to_numpy().tolist()


def test_odd_cells_do_not_change_their_neighbours(tmp_path, monkeypatch):
    """A sign that is looked at singly in one cell leaves markup, spaces and blanks of the others as they are, in any block of rows."""
    cells = ["a\x01", "x < y & z > 1", None, " _x0041_ ", "_x004_", "b\r\n", "plain", "\ufffe", "＝é"]
    for at_once in (1, 2, 4, 20_000):
        monkeypatch.setattr(text_book, "AT_ONCE", at_once)
        text_book.write(tmp_path / "rows.xlsx", pd.DataFrame({"cell": cells, "row": "1"}))
        rows = CalamineWorkbook.from_path(str(tmp_path / "rows.xlsx")).get_sheet_by_index(0).to_python()

        assert ["a\ufffd", "x < y & z > 1", "", " _x0041_ ", "_x004_", "b\r\n", "plain", "\ufffd", "＝é"] == [row[0] for row in rows[1:]]


def test_the_rows_are_packed_fast(tmp_path):
    """The sheet is packed at the fastest level, as the same XML is by zlib; more pains would double the time of a messy night."""
    text_book.write(tmp_path / "rows.xlsx", pd.DataFrame({"cell": [f"cell {number}" for number in range(500)]}))
    with zipfile.ZipFile(tmp_path / "rows.xlsx") as archive:
        sheet = archive.getinfo("xl/worksheets/sheet1.xml")
        fastest = zlib.compressobj(zlib.Z_BEST_SPEED, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = fastest.compress(archive.read(sheet)) + fastest.flush()

    assert len(packed) == sheet.compress_size
