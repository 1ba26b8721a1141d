"""Files to typed tables: what a file looks like changes nothing of what it says, and nothing is lost."""

import io
import zipfile
from datetime import datetime
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from audit import audit, ingest
from audit.config import Config
from audit.errors import FaultyInputs
from schemas.reasons import REASONS
from schemas.text import say_json

PARIS = ZoneInfo("Europe/Paris")
AS_OF = datetime(2026, 11, 23, 6, tzinfo=PARIS)

ROWS = (
    ("943000001", "1510000001", "10/11/2026 10:00", "13/11/2026 10:01", "Expédiée", "1 249,50", "Lampe à poser"),
    ("943000001", "1510000002", "20/11/2026 04:00", "", "À confirmer", "15,00", "Tapis, grand; rouge"),
    ("00500002", "1510000003", "21/11/2026 09:30", "21/11/2026 12:00", "Confirmée", "60,00", "Sac"),
)
FRENCH = ("N° de commande", "N° d'article", "Date de commande", "Date de confirmation", "Statut", "Prix unitaire", "Titre")
ENGLISH = ("Purchase ID", "Item ID", "Order date", "Confirmed at", "Order status", "Unit price", "Title")
CHINESE = ("订单编号", "商品编号", "下单时间", "确认时间", "订单状态", "单价", "商品名称")
STATES = {"Expédiée": ("shipped", "已发货"), "À confirmer": ("to confirm", "待确认"), "Confirmée": ("confirmed", "已确认")}


def in_words(place):
    """The rows with the states in English (0) or Chinese (1)."""
    return tuple((*row[:4], STATES[row[4]][place], *row[5:]) for row in ROWS)


def as_csv(header, rows, delimiter=";", encoding="utf-8", newline="\r\n", above=""):
    """A table as the bytes of a CSV file."""
    lines = [delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in (header, *rows)]
    return (above + newline.join(lines) + newline).encode(encoding)


def read(tmp_path, **files):
    """Read files given as names and bytes; a double underscore stands for the dot."""
    folder = tmp_path / "in"
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content)
    return ingest.read([folder], zone=PARIS, as_of=AS_OF)


def orders(ingested):
    """The accepted orders without where they came from."""
    return ingested.tables["orders"].frame.drop(columns=["source_file", "source_row"])


@pytest.fixture
def reference(tmp_path):
    """The orders of the French file."""
    return orders(read(tmp_path / "reference", orders__csv=as_csv(FRENCH, ROWS))) if (tmp_path / "reference").mkdir() is None else None


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (ENGLISH, in_words(0)),
        (CHINESE, in_words(1)),
        (tuple(name.upper() for name in FRENCH), ROWS),
        (tuple(f" {name}\u00a0" for name in FRENCH), ROWS),
    ],
    ids=["english", "chinese", "capitals", "spaces"],
)
def test_headers_in_three_languages_say_the_same(reference, tmp_path, header, rows):
    """French, English and Chinese headers and states give the same table."""
    pd.testing.assert_frame_equal(reference, orders(read(tmp_path, orders__csv=as_csv(header, rows))))


def test_three_languages_give_the_same_findings(tmp_path):
    """The findings do not depend on the language of the export."""
    found = []
    for place, content in enumerate((as_csv(FRENCH, ROWS), as_csv(ENGLISH, in_words(0)), as_csv(CHINESE, in_words(1)))):
        path = tmp_path / f"{place}.csv"
        path.write_bytes(content)
        found.append(audit(path, config=Config(as_of="2026-11-23T06:00")).findings.drop(columns="source_file"))

    assert len(found[0]) > 0
    pd.testing.assert_frame_equal(found[0], found[1])
    pd.testing.assert_frame_equal(found[0], found[2])


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_dialects_say_the_same(reference, tmp_path, delimiter, encoding, newline):
    """Delimiter, encoding and line end change nothing."""
    rows = tuple(tuple(cell for cell in row) for row in ROWS)
    content = as_csv(
        FRENCH,
        [[f'"{cell}"' if delimiter == "," and "," in cell and delimiter not in cell else cell for cell in row] for row in rows],
        delimiter,
        encoding,
        newline,
    )

    pd.testing.assert_frame_equal(reference, orders(read(tmp_path, orders__csv=content)))


def test_gb18030_is_known_from_few_rows(tmp_path):
    """A Chinese file without any mark is read as Chinese."""
    ingested = read(tmp_path, orders__csv=as_csv(CHINESE, in_words(1)[:1], encoding="gb18030").replace("à".encode("gb18030"), b"a"))

    assert ["shipped"] == list(orders(ingested)["status"])


def test_lines_above_the_header_and_a_sep_line_are_skipped(reference, tmp_path):
    """A preamble is no data, and sep= decides the delimiter."""
    content = as_csv(FRENCH, ROWS, above="sep=;\r\n")
    ingested = read(tmp_path, orders__csv=content)

    pd.testing.assert_frame_equal(reference, orders(ingested))
    assert [3, 4, 5] == list(ingested.tables["orders"].frame["source_row"])


def test_identifiers_keep_their_zeros(reference):
    """Leading zeros are part of a number's name."""
    assert "00500002" == reference.loc[2, "purchase_id"]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ('943000009;1;"20/11/2026 10:00;;Confirmée;15,00;Sac', "unsplit-line"),
        ("943000009;1;20/11/2026 10:00;;Confirmée;15,00;Sac;too much", "unsplit-line"),
        ("943000009;1;20/11/2026 10:00", "unsplit-line"),
        ("943000009;1;20/11/2026 10:00;;Confirmée;15,00;S\x00c", "nul-byte"),
        (";".join(FRENCH), "repeated-header"),
        ("Total;;;;;1 324,50;", "totals-line"),
    ],
)
def test_a_broken_line_costs_itself_alone(reference, tmp_path, broken, reason):
    """A line that can't be split is refused with its reason, and no other row moves."""
    lines = as_csv(FRENCH, ROWS).decode().split("\r\n")
    ingested = read(tmp_path, orders__csv="\r\n".join([*lines[:2], broken, *lines[2:]]).encode())

    pd.testing.assert_frame_equal(reference, orders(ingested))
    assert [(3, reason)] == list(zip(ingested.quarantine["row"], ingested.quarantine["reason"], strict=True))


def test_one_wrong_byte_costs_its_row_and_not_the_file(tmp_path):
    """In a UTF-8 file a line that is none is refused."""
    content = as_csv(FRENCH, ROWS).replace(b"Sac", b"S\xe9c")
    ingested = read(tmp_path, orders__csv=content)

    assert (2, ["undecodable"]) == (len(orders(ingested)), list(ingested.quarantine["reason"]))


def test_a_quoted_cell_may_span_lines(tmp_path):
    """A line break within quotes belongs to its cell, and the next row keeps its number."""
    rows = [(*ROWS[0][:6], '"Lampe\nà poser"'), ROWS[2]]
    ingested = read(tmp_path, orders__csv=as_csv(FRENCH, rows, newline="\n"))

    assert ["Lampe\nà poser", "Sac"] == list(orders(ingested)["title"])
    assert [2, 3] == list(ingested.tables["orders"].frame["source_row"])


def workbook(*sheets, hidden=()):
    """A workbook's bytes: sheets by name with their rows."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name in hidden:
                sheet.hide()
    return buffer.getvalue()


def test_orders_are_found_on_a_later_hidden_sheet(reference, tmp_path):
    """A workbook's orders need not stand on its first sheet."""
    content = workbook(("Notes", [["hello"]]), ("Data", [FRENCH, *ROWS]), hidden=("Data",))

    pd.testing.assert_frame_equal(reference, orders(read(tmp_path, orders__xlsx=content)))


def test_files_are_known_by_content_not_by_name(reference, tmp_path):
    """A CSV named .xlsx and a workbook named .csv are read as what they are."""
    pd.testing.assert_frame_equal(reference, orders(read(tmp_path, orders__xlsx=as_csv(FRENCH, ROWS))))
    (tmp_path / "in" / "orders.xlsx").unlink()
    pd.testing.assert_frame_equal(reference, orders(read(tmp_path, orders__csv=workbook(("Data", [FRENCH, *ROWS])))))


def test_numeric_cells_are_read_as_they_show(tmp_path):
    """Numbers of a workbook: ids as whole numbers, prices to the cent, more than 15 digits refused."""
    rows = [
        [943000001, 1510000001, "2026-11-20 10:00", "", "confirmed", 1.5, "a"],
        [9430000010000000000, 1, "2026-11-20 10:00", "", "confirmed", 19.99, "b"],
    ]
    ingested = read(tmp_path, orders__xlsx=workbook(("Data", [ENGLISH, *rows])))

    assert [("943000001", "1510000001", 150)] == list(
        orders(ingested)[["purchase_id", "item_id", "unit_price"]].itertuples(index=False, name=None)
    )
    assert ["damaged-identifier"] == list(ingested.quarantine["reason"])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "is a web page or XML, not a table."),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "is a broken workbook: its container can't be read."),
        (workbook(("Data", [FRENCH, *ROWS]))[:900], "is a broken workbook: its archive can't be unpacked."),
    ],
)
def test_what_is_no_table_is_refused_by_name(tmp_path, content, told):
    """A login page, an old or cut workbook: the file is named with what it is."""
    with pytest.raises(FaultyInputs) as fault:
        read(tmp_path, export__xls=content)

    assert f"export.xls: {told}" in str(fault.value)


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path):
    """A workbook that would unpack to hundreds of times its size is refused."""
    content = workbook(("Data", [FRENCH, *ROWS]))
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"0" * 60_000_000)
    with pytest.raises(FaultyInputs, match="would unpack to 60 MB"):
        read(tmp_path, orders__xlsx=buffer.getvalue())


def test_missing_and_repeated_headers_refuse_the_file(tmp_path):
    """All faulty files are named at once, each with column and remedy."""
    with pytest.raises(FaultyInputs) as fault:
        read(
            tmp_path,
            a__csv=as_csv([name for name in FRENCH if name != "Prix unitaire"], [row[:5] + row[6:] for row in ROWS]),
            b__csv=as_csv((*FRENCH, "Prix"), [(*row, "1,00") for row in ROWS]),
        )

    assert "a.csv: looks like orders, but lacks the column unit_price. Add a column unit_price; headers that are understood:" in str(
        fault.value
    )
    assert "b.csv: the headers 'Prix unitaire' and 'Prix' both mean unit_price." in str(fault.value)


def test_order_numbers_stand_for_both_ids(reference, tmp_path):
    """purchase/item in one column is accepted in place of the two."""
    header = ("Order number", *FRENCH[2:])
    rows = [(f"{row[0]}/{row[1]}", *row[2:]) for row in ROWS]

    pd.testing.assert_frame_equal(reference, orders(read(tmp_path, orders__csv=as_csv(header, rows))))


def test_a_file_may_feed_orders_and_shipments(tmp_path):
    """One export with the columns of both is read into both; its one mode is the one ordered."""
    header = (*FRENCH, "Mode de livraison", "Numéro de suivi", "Date d'expédition")
    ingested = read(tmp_path, all__csv=as_csv(header, [(*ROWS[0], "Suivi", "LX1234567", "13/11/2026 15:00")]))

    assert ["tracked"] == list(ingested.tables["orders"].frame["shipping_mode"])
    assert ["LX1234567"] == list(ingested.tables["shipments"].frame["tracking_number"])
    assert ingested.tables["shipments"].frame["shipping_mode"].isna().all()
    assert ["orders, shipments"] == list(ingested.inputs["table"])


def test_exact_copies_are_kept_once_and_counted(tmp_path):
    """The first by file and row stays."""
    ingested = read(tmp_path, a__csv=as_csv(FRENCH, ROWS), b__csv=as_csv(FRENCH, ROWS[:1]))

    assert [0, 1] == list(ingested.inputs["duplicates"])
    assert 3 == len(orders(ingested))


def test_a_copy_is_found_in_a_file_of_longer_numbers(tmp_path):
    """How long the others of its file are does not matter."""
    longer = (f"{ROWS[1][0]}0123456789", *ROWS[1][1:])
    ingested = read(tmp_path, a__csv=as_csv(FRENCH, ROWS), b__csv=as_csv(FRENCH, [ROWS[0], longer]))

    assert [0, 1] == list(ingested.inputs["duplicates"])
    assert 4 == len(orders(ingested))


def test_contradicting_copies_are_refused_naming_both(tmp_path):
    """The same item twice with different prices: nobody guesses which is right."""
    ingested = read(tmp_path, a__csv=as_csv(FRENCH, [*ROWS, (*ROWS[0][:5], "9,00", "Lampe")]))

    assert [2, 5] == list(ingested.quarantine["row"])
    told = say_json(REASONS["contradicting-copy"].wrong, ingested.quarantine["facts"][0])
    assert "the same row of orders stands elsewhere with different content: row 5 of a.csv" == told


def test_the_newer_export_wins(tmp_path):
    """Newer is the later date in the name; that rows were replaced is said."""
    newer = [(*ROWS[0][:5], "9,00", ROWS[0][6])]
    ingested = read(tmp_path, **{"orders_2026-11-21__csv": as_csv(FRENCH, ROWS), "orders_2026-11-22__csv": as_csv(FRENCH, newer)})

    assert 900 == orders(ingested).set_index("item_id").loc["1510000001", "unit_price"]
    assert ["1 rows of orders_2026-11-21.csv are replaced by newer ones from a later export"] == [str(note) for note in ingested.notes]


def test_a_mended_row_replaces_the_refused_one(reference, tmp_path):
    """The quarantine file, repaired and fed in beside the export, gives what a clean export would have given."""
    damaged = as_csv(FRENCH, [ROWS[0], (*ROWS[1][:5], "quinze", ROWS[1][6]), ROWS[2]])
    refused = read(tmp_path, orders__csv=damaged).refused[0].rows
    mended = refused.assign(**{"Prix unitaire": "15,00"})
    (tmp_path / "in" / "orders_mended.csv").write_text(mended.to_csv(index=False), encoding="utf-8")
    ingested = read(tmp_path)

    pd.testing.assert_frame_equal(reference, orders(ingested).sort_values("item_id", ignore_index=True))
    assert [0, 0] == list(ingested.inputs["quarantined"])


def test_files_of_a_folder_that_are_no_export_are_left(tmp_path):
    """A picture or a note beside the exports is listed and left."""
    ingested = read(tmp_path, orders__csv=as_csv(FRENCH, ROWS), notes__txt=b"call the carrier", logo__png=b"\x89PNG\r\n\x1a\n\0\0")

    assert ("logo.png", "notes.txt") == ingested.left


def test_dataframes_go_the_same_way(reference):
    """A DataFrame of any dtype gives what its file would have given."""
    frame = pd.DataFrame(
        {
            "purchase_id": ["943000001", "943000001", "00500002"],
            "item_id": [1510000001, 1510000002, 1510000003],
            "ordered_at": pd.to_datetime(["2026-11-10 10:00", "2026-11-20 04:00", "2026-11-21 09:30"]),
            "confirmed_at": pd.to_datetime(["2026-11-13 10:01", None, "2026-11-21 12:00"]),
            "status": ["shipped", "to_confirm", "confirmed"],
            "unit_price": [1249.5, 15.0, 60.0],
            "title": ["Lampe à poser", "Tapis, grand; rouge", "Sac"],
        }
    )
    ingested = ingest.from_frames({"orders": frame}, zone=PARIS, as_of=AS_OF)

    pd.testing.assert_frame_equal(reference, orders(ingested))


def test_error_cells_formulas_and_merged_cells_cost_their_rows(tmp_path):
    """What a workbook can't tell is refused with its reason."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(("Data", [FRENCH, *ROWS, (*ROWS[2][:1], "1510000004", *ROWS[2][2:])]))))
    sheet = book["Data"]
    sheet["F2"], sheet["F3"] = "#REF!", "=1+1"
    sheet["F2"].data_type = "e"
    sheet.merge_cells("G4:G5")
    buffer = io.BytesIO()
    book.save(buffer)
    ingested = read(tmp_path, orders__xlsx=buffer.getvalue())

    assert [(2, "error-cell"), (3, "no-value"), (4, "merged-cell"), (5, "merged-cell")] == sorted(
        zip(ingested.quarantine["row"], ingested.quarantine["reason"], strict=True)
    )
