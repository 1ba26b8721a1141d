"""The quarantine as a workflow: what is refused, mended and fed in again gives what a clean file would have given."""

import csv
import io
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit import ingest
from audit.ledger.repair import safe_name
from reports.files import write_quarantine

PARIS = ZoneInfo("Europe/Paris")
AS_OF = datetime(2026, 11, 23, 6, tzinfo=PARIS)
HEADER = ("N° de commande", "N° d'article", "Date de commande", "Statut", "Prix unitaire", "Titre")
NAMES = ("purchase_id", "item_id", "ordered_at", "status", "unit_price", "title")
ROWS = tuple(
    (f"00{500 + place}", f"15100000{place:02}", f"{place + 1:02}/11/2026 10:00", "Expédiée", f"{place + 1},50", f"Lampe n° {place}")
    for place in range(8)
)
DAMAGE = {"N° d'article": "3,24E+08", "Date de commande": "lundi", "Statut": "En vacances", "Prix unitaire": "(5,00)", "N° de commande": ""}


class Refusals:
    """What ``write_quarantine`` needs of an outcome."""

    def __init__(self, ingested):
        self.refused = ingested.refused


def as_csv(rows, header=HEADER, encoding="utf-8", delimiter=";"):
    """A table as the bytes of a CSV file."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows([header, *rows])
    return buffer.getvalue().encode(encoding)


def as_xlsx(sheets):
    """A workbook's bytes: sheets by name with their rows, every cell a text."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate([HEADER, *rows]):
                for place, value in enumerate(row):
                    sheet.write_string(number, place, value)
    return buffer.getvalue()


def read(folder):
    """Everything of a folder."""
    return ingest.read([folder], zone=PARIS, as_of=AS_OF)


def put(folder, **files):
    """Write files; a double underscore stands for the dot."""
    folder.mkdir(exist_ok=True, parents=True)
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content)
    return folder


def orders(ingested):
    """The accepted orders in the order of their items, without where they came from."""
    frame = ingested.tables["orders"].frame.drop(columns=["source_file", "source_row"])
    return frame.sort_values(["purchase_id", "item_id"], ignore_index=True)


def give_back(ingested, folder):
    """The quarantine's files, as a run writes them."""
    shutil.rmtree(folder, ignore_errors=True)
    write_quarantine(Refusals(ingested), folder)
    return folder


def mend_csv(path, repairs):
    """Put the repaired cells into a quarantine file, by the row that it names."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    for line in lines:
        line.update(repairs.get(line["_source_row"], {}))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, lines[0])
        writer.writeheader()
        writer.writerows(lines)


def mend_xlsx(path, repairs):
    """The same in the workbook."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    header = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        for name, value in repairs.get(row[header.index("_source_row")].value, {}).items():
            row[header.index(name)].value = value
    book.save(path)


def sums(ingested):
    """The ledger's lines: file, rows, accepted, refused, duplicates."""
    columns = ["file", "rows", "accepted", "quarantined", "duplicates"]
    return sorted(ingested.inputs[columns].itertuples(index=False, name=None))


def damaged(rows, places):
    """Rows with one cell each spoiled, and the repairs by source row."""
    spoiled, repairs = [list(row) for row in rows], {}
    for place, name in places.items():
        spoiled[place][HEADER.index(name)] = DAMAGE[name]
        repairs[str(place + 2)] = {name: rows[place][HEADER.index(name)]}
    return spoiled, repairs


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.integers(0, 7), st.sampled_from(sorted(DAMAGE)), min_size=1, max_size=5),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "xlsx", "two sheets"]),
    st.sampled_from(["csv", "xlsx", "both"]),
)
def test_damaged_mended_and_fed_again_gives_what_a_clean_file_gives(tmp_path, places, source, mended):
    """Whatever rows are damaged, in whatever kind of file: run, mend, run gives the orders of the clean run and refuses nothing."""
    spoiled, repairs = damaged(ROWS, places)
    folder = tmp_path / "in"
    shutil.rmtree(folder, ignore_errors=True)
    if source == "two sheets":
        put(folder, orders__xlsx=as_xlsx({"A": spoiled[:4], "B": spoiled[4:]}))
    else:
        put(
            folder, **({"orders__xlsx": as_xlsx({"A": spoiled})} if source == "xlsx" else {"orders__csv": as_csv(spoiled, encoding=source)})
        )
    reference = orders(read(put(tmp_path / "clean", orders__csv=as_csv(ROWS))))
    first = read(folder)
    back = give_back(first, tmp_path / "quarantine")
    for refused in first.refused:
        path = back / Path(refused.repair_file).name
        shift = 4 if refused.sheet == "B" else 0
        own = {str(int(row) - shift): cells for row, cells in repairs.items()}
        mend_csv(path, own if mended != "xlsx" else {})
        mend_xlsx(path.with_suffix(".xlsx"), own if mended != "csv" else {})
        for suffix in {"csv": [".csv"], "xlsx": [".xlsx"], "both": [".csv", ".xlsx"]}[mended]:
            shutil.copy(path.with_suffix(suffix), folder)
    again = read(folder)

    assert len(places) == int(first.inputs["quarantined"].sum())
    pd.testing.assert_frame_equal(reference, orders(again))
    assert 0 == int(again.inputs["quarantined"].sum())


@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.integers(0, 7), st.sampled_from(sorted(DAMAGE)), max_size=5))
def test_a_bad_cell_never_changes_the_verdict_on_another_row(tmp_path, places):
    """The good rows are read the same with and without bad ones among them."""
    spoiled, _ = damaged(ROWS, places)
    left = [row for place, row in enumerate(ROWS) if place not in places] or [("1", "2", "01/11/2026", "Livrée", "1,00", "")]
    mixed = read(put(tmp_path / "mixed", orders__csv=as_csv([*spoiled, *left[:1]])))
    alone = read(put(tmp_path / "alone", orders__csv=as_csv(left)))

    pd.testing.assert_frame_equal(orders(alone), orders(mixed))


def test_both_forms_beside_each_other_count_once(tmp_path):
    """A folder with both quarantine files of which one was mended: the other is left out, and that is said."""
    spoiled, repairs = damaged(ROWS, {2: "Prix unitaire"})
    folder = put(tmp_path / "in", orders__csv=as_csv(spoiled))
    back = give_back(read(folder), tmp_path / "quarantine")
    mend_xlsx(back / "orders.csv.xlsx", repairs)
    again = ingest.read([folder, back], zone=PARIS, as_of=AS_OF)

    assert [("orders.csv", 8, 7, 0, 1), ("orders.csv.csv", 1, 0, 0, 1), ("orders.csv.xlsx", 1, 1, 0, 0)] == sums(again)
    assert [
        "orders.csv.csv holds 1 rows that another quarantine file holds mended; they are left out.",
        "1 rows of orders.csv are replaced by mended ones from orders.csv.xlsx.",
    ] == [str(note) for note in again.notes]


def test_forms_mended_differently_contradict_each_other(tmp_path):
    """Nobody guesses which of two different mendings of one row is right."""
    spoiled, _ = damaged(ROWS, {2: "Prix unitaire"})
    folder = put(tmp_path / "in", orders__csv=as_csv(spoiled))
    back = give_back(read(folder), tmp_path / "quarantine")
    mend_xlsx(back / "orders.csv.xlsx", {"4": {"Prix unitaire": "3,50"}})
    mend_csv(back / "orders.csv.csv", {"4": {"Prix unitaire": "4,50"}})
    again = ingest.read([folder, back], zone=PARIS, as_of=AS_OF)

    assert ["contradicting-copy"] * 2 == list(again.quarantine["reason"])
    assert 7 == len(orders(again))


def test_a_quarantine_file_fed_twice_counts_once(tmp_path):
    """The same mended file under two names changes nothing."""
    spoiled, repairs = damaged(ROWS, {2: "Prix unitaire"})
    folder = put(tmp_path / "in", orders__csv=as_csv(spoiled))
    back = give_back(read(folder), tmp_path / "quarantine") / "orders.csv.csv"
    mend_csv(back, repairs)
    shutil.copy(back, folder / "mended_a.csv")
    shutil.copy(back, folder / "mended_b.csv")
    again = read(folder)

    assert [("mended_a.csv", 1, 1, 0, 0), ("mended_b.csv", 1, 0, 0, 1), ("orders.csv", 8, 7, 0, 1)] == sums(again)


def test_a_quarantine_file_without_its_original_stands_for_itself(tmp_path):
    """Its rows are accepted, and it is said."""
    spoiled, repairs = damaged(ROWS, {2: "Prix unitaire"})
    back = give_back(read(put(tmp_path / "in", orders__csv=as_csv(spoiled))), tmp_path / "quarantine") / "orders.csv.csv"
    mend_csv(back, repairs)
    again = ingest.read([back], zone=PARIS, as_of=AS_OF)

    assert [("orders.csv.csv", 1, 1, 0, 0)] == sums(again)
    assert ["orders.csv.csv is a quarantine file without its original: its 1 rows stand for themselves."] == [
        str(note) for note in again.notes
    ]


def test_a_mended_row_that_is_still_bad_keeps_its_place(tmp_path):
    """It goes back into the file of its original, with the same hash and source row, in its newer words; then it can be mended again."""
    spoiled, repairs = damaged(ROWS, {2: "Prix unitaire", 4: "Statut"})
    folder = put(tmp_path / "in", orders__csv=as_csv(spoiled))
    first = read(folder)
    back = give_back(first, tmp_path / "quarantine") / "orders.csv.csv"
    mend_csv(back, {"4": {"Prix unitaire": "encore faux"}, "6": repairs["6"]})
    shutil.copy(back, folder)
    again = read(folder)
    (refused,) = again.refused
    before, after = first.refused[0].rows.iloc[0], refused.rows.iloc[0]

    assert ("orders.csv", "quarantine/orders.csv.csv", 1) == (refused.file, refused.repair_file, len(refused.rows))
    assert (before["_row"], "4", "encore faux") == (after["_row"], after["_source_row"], after["Prix unitaire"])
    back = give_back(again, tmp_path / "quarantine") / "orders.csv.csv"
    mend_csv(back, repairs)
    shutil.copy(back, folder / "second.csv")
    last = read(folder)
    pd.testing.assert_frame_equal(orders(read(put(tmp_path / "clean", orders__csv=as_csv(ROWS)))), orders(last))
    assert 0 == int(last.inputs["quarantined"].sum())


def test_a_stale_row_is_refused_and_says_so(tmp_path):
    """The export was corrected since: the old mended row is not taken for a new order."""
    spoiled, repairs = damaged(ROWS, {2: "Prix unitaire"})
    folder = put(tmp_path / "in", orders__csv=as_csv(spoiled))
    back = give_back(read(folder), tmp_path / "quarantine") / "orders.csv.csv"
    mend_csv(back, repairs)
    shutil.copy(back, folder)
    put(folder, orders__csv=as_csv(ROWS))
    again = read(folder)

    assert [("orders.csv", 8, 8, 0, 0), ("orders.csv.csv", 1, 0, 1, 0)] == sums(again)
    assert ["replaces-nothing"] == list(again.quarantine["reason"])
    mend_csv(folder / "orders.csv.csv", {"4": {"_row": "", "N° d'article": "77"}})
    assert 9 == len(orders(read(folder)))


def test_identical_rows_are_replaced_one_by_one(tmp_path):
    """Two rows with one hash: each mended one replaces one of them, and a third stays refused."""
    twin = ("0099", "3,24E+08", "01/11/2026 10:00", "Expédiée", "9,00", "Tapis")
    folder = put(tmp_path / "in", orders__csv=as_csv([*ROWS, twin, twin, twin]))
    first = read(folder)
    back = give_back(first, tmp_path / "quarantine") / "orders.csv.csv"
    mend_csv(back, {"10": {"N° d'article": "324000001"}, "11": {"N° d'article": "324000002"}})
    lines = back.read_text(encoding="utf-8-sig").splitlines()
    (folder / "orders.csv.csv").write_text("\n".join(lines[:3]), encoding="utf-8")
    again = read(folder)

    assert 1 == first.refused[0].rows["_row"].nunique()
    assert [("orders.csv", 11, 8, 1, 2), ("orders.csv.csv", 2, 2, 0, 0)] == sums(again)


@pytest.mark.parametrize(("typed", "cents"), [("3,50", 350), ("3.50", 350), ("1.234", 123400), ("1 234,5", 123450)])
def test_a_mended_amount_is_read_as_its_column_is_written(tmp_path, typed, cents):
    """Few rows tell little: what the original decided holds for its mended rows, and whoever types a point is understood."""
    spoiled, _ = damaged(ROWS, {2: "Prix unitaire", 4: "Statut"})
    folder = put(tmp_path / "in", orders__csv=as_csv(spoiled))
    back = give_back(read(folder), tmp_path / "quarantine") / "orders.csv.csv"
    mend_csv(back, {"4": {"Prix unitaire": typed, "Date de commande": "2026-11-03 10:00"}, "6": {"Statut": "Expédiée"}})
    shutil.copy(back, folder)
    again = orders(read(folder))

    assert (8, cents, 550) == (len(again), again.loc[2, "unit_price"], again.loc[4, "unit_price"])


LINE = '00900;151000090;"01/11/2026 10:00;Expédiée;9,50;Lampe'


@pytest.mark.parametrize(
    "repair",
    [
        {"_line": LINE.replace('"', "")},
        dict(zip(HEADER, ("00900", "151000090", "01/11/2026 10:00", "Expédiée", "9,50", "Lampe"), strict=True)),
    ],
    ids=["line", "columns"],
)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_line_that_could_not_be_split_is_mended_in_either_way(tmp_path, repair, form):
    """The line itself can be corrected, or its columns filled in."""
    folder = put(tmp_path / "in", orders__csv=as_csv(ROWS) + LINE.encode() + b"\r\n")
    first = read(folder)
    back = give_back(first, tmp_path / "quarantine") / f"orders.csv.{form}"
    {"csv": mend_csv, "xlsx": mend_xlsx}[form](back, {"10": repair})
    shutil.copy(back, folder)
    again = read(folder)

    assert ["unsplit-line"] == list(first.quarantine["reason"])
    assert [("orders.csv", 9, 8, 0, 1), (f"orders.csv.{form}", 1, 1, 0, 0)] == sums(again)
    assert ("00900", 950) == tuple(orders(again).loc[8, ["purchase_id", "unit_price"]])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (LINE, "unsplit-line"),
        ("00900;151000090;01/11/2026 10:00;Expédiée;9,50;L\ufffdmpe", "undecodable"),
        ("Total;;;;9,50;", "totals-line"),
        (";".join(HEADER), "repeated-header"),
    ],
)
def test_a_line_that_is_still_broken_is_refused_again(tmp_path, line, reason):
    """It keeps its hash, its source row and its words."""
    folder = put(tmp_path / "in", orders__csv=as_csv(ROWS) + LINE.encode() + b"\r\n")
    first = read(folder)
    back = give_back(first, tmp_path / "quarantine") / "orders.csv.csv"
    mend_csv(back, {"10": {"_line": line}})
    shutil.copy(back, folder)
    again = read(folder)
    kept = again.refused[0].rows.iloc[0]

    assert [reason] == list(again.quarantine["reason"])
    assert (first.refused[0].rows.iloc[0]["_row"], "10", line) == (kept["_row"], kept["_source_row"], kept["_line"])


def test_of_contradicting_rows_the_kept_one_wins(tmp_path):
    """The quarantine holds both; whoever deletes one there has chosen."""
    other = (*ROWS[0][:4], "99,00", "Lampe")
    folder = put(tmp_path / "in", orders__csv=as_csv([*ROWS, other]))
    back = give_back(read(folder), tmp_path / "quarantine") / "orders.csv.csv"
    lines = back.read_text(encoding="utf-8-sig").splitlines()
    (folder / "orders.csv.csv").write_text("\n".join([lines[0], lines[2]]), encoding="utf-8")
    again = read(folder)

    assert (8, 0) == (len(orders(again)), int(again.inputs["quarantined"].sum()))
    assert 9900 == orders(again).loc[0, "unit_price"]


def test_a_mended_id_that_hits_another_order_is_refused_with_it(tmp_path):
    """A typing error does not overwrite a good row."""
    spoiled, _ = damaged(ROWS, {2: "N° d'article"})
    folder = put(tmp_path / "in", orders__csv=as_csv(spoiled))
    back = give_back(read(folder), tmp_path / "quarantine") / "orders.csv.csv"
    mend_csv(back, {"4": {"N° de commande": ROWS[0][0], "N° d'article": ROWS[0][1]}})
    shutil.copy(back, folder)

    assert ["contradicting-copy"] * 2 == list(read(folder).quarantine["reason"])


def test_zeros_lost_in_a_spreadsheet_are_noticed(tmp_path):
    """A CSV that was mended in a spreadsheet has lost the zeros of its numbers: the row is refused, not taken for another order."""
    spoiled, repairs = damaged(ROWS, {2: "Prix unitaire"})
    folder = put(tmp_path / "in", orders__csv=as_csv(spoiled))
    back = give_back(read(folder), tmp_path / "quarantine") / "orders.csv.csv"
    mend_csv(back, {"4": {**repairs["4"], "N° de commande": "502"}})
    shutil.copy(back, folder)
    again = read(folder)

    assert [("N° de commande", "502", "damaged-identifier")] == list(
        again.quarantine[["column", "value", "reason"]].itertuples(index=False, name=None)
    )


@pytest.mark.parametrize("title", ["=1+1", "'=1", "''", "-5,00 €", "a;=b", "\tx", "@", "+33"])
def test_inert_texts_come_back_as_they_were(tmp_path, title):
    """Exactly the apostrophes of our own go, from the CSV that has them and from the workbook that has none."""
    spoiled, repairs = damaged([(*ROWS[0][:5], title), *ROWS[1:]], {0: "Prix unitaire"})
    folder = put(tmp_path / "in", orders__csv=as_csv(spoiled))
    back = give_back(read(folder), tmp_path / "quarantine")
    mend_csv(back / "orders.csv.csv", repairs)
    mend_xlsx(back / "orders.csv.xlsx", repairs)
    again = ingest.read([folder, back], zone=PARIS, as_of=AS_OF)

    assert [title.strip(), 0] == [orders(again).loc[0, "title"], int(again.inputs["quarantined"].sum())]


def test_a_row_that_is_a_copy_in_one_table_stands_in_the_other(tmp_path):
    """A file that feeds orders and shipments loses no order because its parcel is known already."""
    header = (*HEADER, "Numéro de suivi", "Date d'expédition")
    parcel = ("LX104821134CN", "02/11/2026 10:00")
    folder = put(
        tmp_path / "in",
        a__csv=as_csv([(*ROWS[0][:2], *parcel)], header=(*HEADER[:2], *header[6:])),
        b__csv=as_csv([(*ROWS[0], *parcel)], header=header),
    )
    ingested = read(folder)

    assert (1, 1) == (len(ingested.tables["orders"].frame), len(ingested.tables["shipments"].frame))
    assert [("a.csv", 1, 1, 0, 0), ("b.csv", 1, 1, 0, 0)] == sums(ingested)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("orders.csv", "orders.csv"),
        ("a/orders.csv", "a_orders.csv"),
        (".hidden.csv", "_.hidden.csv"),
        ("~$book.xlsx", "_~$book.xlsx"),
        ("con.csv", "_con.csv"),
        ('a<b>:"|?*\\c.csv', "a_b_______c.csv"),
        ("tab\there\n.csv", "tab_here_.csv"),
        ("byte\udce9.csv", "byte_.csv"),
        ("订单.csv", "订单.csv"),
        (" ", "_ "),
    ],
)
def test_every_name_gives_a_safe_one(name, safe):
    """Whatever a file is called, its quarantine file can be written on every system, and is seen there."""
    assert safe == safe_name(name)


def test_long_names_are_cut_and_told_apart():
    """Two long names that differ at the end alone stay two."""
    one, two = (safe_name("订单" * 80 + end + ".csv") for end in "ab")

    assert one != two
    assert max(len(one.encode()), len(two.encode())) <= 180


def test_files_of_one_name_have_quarantine_files_of_their_own(tmp_path):
    """Also where their folders share a name, and where names differ in case alone: nobody's rows overwrite another's."""
    spoiled, _ = damaged(ROWS, {2: "Prix unitaire"})
    names = []
    for place, name in enumerate(["x/in/orders.csv", "y/in/orders.csv", "ORDERS.csv", "z/Orders.csv"]):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_csv([[f"9{place}", *row[1:]] for row in spoiled]))
        names.append(path)
    ingested = ingest.read(names, zone=PARIS, as_of=AS_OF)
    back = give_back(ingested, tmp_path / "quarantine")

    assert 4 == len({refused.repair_file.casefold() for refused in ingested.refused})
    assert 8 == len({path.name.casefold() for path in back.iterdir()})


def test_quarantine_workbooks_mended_in_libreoffice_lose_no_zero(tmp_path):
    """Opened and saved by LibreOffice, every cell of the workbook is what it was."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    spoiled, repairs = damaged([(*ROWS[0][:1], "0015100000012345678", *ROWS[0][2:5], "=1+1"), *ROWS[1:]], {0: "Prix unitaire"})
    folder = put(tmp_path / "in", orders__csv=as_csv(spoiled))
    first = read(folder)
    back = give_back(first, tmp_path / "quarantine") / "orders.csv.xlsx"
    mend_xlsx(back, repairs)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder, back],
        check=True,
        capture_output=True,
        timeout=240,
    )
    again = read(folder)

    assert ("0015100000012345678", "00500", "=1+1") == tuple(orders(again).loc[0, ["item_id", "purchase_id", "title"]])
    assert (8, 0) == (len(orders(again)), int(again.inputs["quarantined"].sum()))
