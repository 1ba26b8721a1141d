"""Many mended rows at once: each is judged by its own original and by no other row."""

import csv
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from audit import ingest
from audit.ledger.repair import in_words
from schemas.language import language

PARIS = ZoneInfo("Europe/Paris")
AS_OF = datetime(2026, 11, 23, 6, tzinfo=PARIS)
HEADER = "purchase_id,item_id,ordered_at,unit_price,status,sku,title"
BAD = "{purchase},{item},2026-11-20 10:00,gratuit,shipped,{sku},Lampe"


def fed(folder, lines, *copies):
    """What is read of an export of such lines beside its quarantine, in as many copies as there are ways of mending it."""
    export = folder / "orders.csv"
    export.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
    refused = in_words(ingest.read([export], zone=PARIS, as_of=AS_OF).refused, language("en"))[0].rows
    paths = [folder / f"mended_{place}.csv" for place in range(len(copies))]
    for path, mend in zip(paths, copies, strict=True):
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerows([refused.columns, *({**row, **mend(row)}.values() for row in refused.to_dict("records"))])
    return ingest.read([export, *paths], zone=PARIS, as_of=AS_OF)


def told(ingested, *columns):
    """The quarantine's lines."""
    return list(ingested.quarantine[list(columns)].itertuples(index=False, name=None))


def sums(ingested):
    """The ledger's lines: file, accepted, refused, duplicates."""
    columns = ["file", "accepted", "quarantined", "duplicates"]
    return list(ingested.inputs[columns].itertuples(index=False, name=None))


def by_price(**cells):
    """Mend rows by the cells that are given for their source rows."""
    return lambda row: {"unit_price": "5.00", **cells.get(f"row{row['_source_row']}", {})}


LINES = [BAD.format(purchase=f"00{place}", item=f"0{place}", sku=f"000{place}") for place in (10, 11, 12, 13)]


@pytest.mark.parametrize(
    ("cell", "lost"),
    [("10", True), ("010", False), ("0010", False), ("00010", False), ("11", False)],
    ids=["all zeros lost", "one kept", "as it was", "one more", "another number"],
)
def test_only_a_number_that_lost_all_its_zeros_is_refused(tmp_path, cell, lost):
    """Another change to an identifier is a person's."""
    again = fed(tmp_path, LINES, by_price(row2={"purchase_id": cell}))

    assert ([("purchase_id", cell, "damaged-identifier")] if lost else []) == told(again, "column", "value", "reason")


def test_each_row_is_held_against_its_own_original(tmp_path):
    """Of several mended rows those are refused that lost zeros, for every such cell, in the order of the file's columns."""
    lost = {"row3": {"purchase_id": "11", "item_id": "11", "sku": "11"}, "row5": {"sku": "13"}}
    again = fed(tmp_path, LINES, by_price(**lost))
    reason = "damaged-identifier"

    assert [("orders.csv", 0, 0, 4), ("mended_0.csv", 2, 2, 0)] == sums(again)
    assert [
        (3, "purchase_id", "11", reason),
        (3, "item_id", "11", reason),
        (3, "sku", "11", reason),
        (5, "sku", "13", reason),
    ] == told(again, "row", "column", "value", "reason")


def test_zeros_alone_are_lost_where_nothing_is_left(tmp_path):
    """A cell of zeros that came back blank is refused like any other that lost them."""
    again = fed(tmp_path, [BAD.format(purchase="P1", item="1", sku="000")], by_price(row2={"sku": ""}))

    assert [("sku", "", "damaged-identifier")] == told(again, "column", "value", "reason")


def test_of_two_files_each_row_is_compared_with_its_own_copy(tmp_path):
    """Rows mended alike count once, those mended in two ways are all refused, and those mended in one file alone count there."""
    still = {"unit_price": "gratuit"}
    again = fed(tmp_path, LINES, by_price(row3={"title": "Table"}, row4=still), by_price(row5=still))
    contradicting = "the same row of orders stands elsewhere with different content: {other}"
    refused = {file.file: in_words([file], language("en"))[0].rows for file in again.refused}["orders.csv"]

    assert [("orders.csv", 0, 0, 4), ("mended_0.csv", 2, 1, 1), ("mended_1.csv", 1, 1, 2)] == sums(again)
    assert [("mended_0.csv", 3), ("mended_1.csv", 3)] == told(again, "file", "row")
    assert [contradicting.format(other="mended_1.csv"), contradicting.format(other="mended_0.csv")] == refused["_reasons"].tolist()


def test_rows_of_one_hash_are_replaced_as_often_as_they_are_mended(tmp_path):
    """Three of the same, of which one quarantine row was deleted: one original stays refused; the others' rows are untouched."""
    same = [LINES[0]] * 3
    again = fed(tmp_path, [*same, LINES[1]], lambda row: {"unit_price": "5.00", **({"_row": ""} if row["_source_row"] == "4" else {})})

    assert [("orders.csv", 0, 1, 3), ("mended_0.csv", 2, 0, 2)] == sums(again)
    assert [("orders.csv", 4)] == told(again, "file", "row")


def test_lines_are_split_each_by_itself(tmp_path):
    """Of several lines in one file each is split, or refused for what is wrong with it, and the rows between them stay."""
    broken = [f"{line},more" for line in LINES]
    lines = {"2": broken[0], "3": broken[1].replace("gratuit", "6.00").removesuffix(",more"), "5": "Total,,,6.00,,,"}
    again = fed(tmp_path, [*broken[:2], LINES[2], broken[3]], lambda row: {"_line": lines[row["_source_row"]]} if row["_line"] else {})

    assert [("orders.csv", 0, 0, 4), ("mended_0.csv", 1, 3, 0)] == sums(again)
    assert [(2, "unsplit-line"), (4, "unreadable-number"), (5, "totals-line")] == told(again, "row", "reason")
    assert [("0011", "00011", 600)] == list(
        again.tables["orders"].frame[["purchase_id", "sku", "unit_price"]].itertuples(index=False, name=None)
    )
