"""What is given back to be mended, row by row: why it was refused, and the hash by which it is known again."""

import hashlib
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from audit import ingest
from audit.ledger.repair import in_words
from schemas.language import language

PARIS = ZoneInfo("Europe/Paris")
AS_OF = datetime(2026, 11, 23, 6, tzinfo=PARIS)
GOOD = "P1,1,2026-11-20 10:00,50.00,shipped,1"


def refused(folder, *lines, header="purchase_id,item_id,ordered_at,unit_price,status,quantity"):
    """The refused rows of a file of such lines, in English, and what the quarantine table says."""
    (folder / "orders.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    ingested = ingest.read([folder], zone=PARIS, as_of=AS_OF)
    return in_words(ingested.refused, language("en"))[0].rows, ingested.quarantine


def test_each_row_tells_all_its_reasons_in_their_order_and_no_other_row_s(tmp_path):
    """Rows with one reason, with several, and with the same as another stand in the order of the file."""
    rows, told = refused(
        tmp_path,
        "P2,2,lundi,gratuit,shipped,1",
        GOOD,
        "P3,3,2026-11-20 10:00,gratuit,shipped,1",
        "P4,4,lundi,gratuit,shipped,beaucoup",
        "P5,5,2026-11-20 10:00,gratuit,shipped,1",
    )
    date, price, count = "lundi is not a date", "gratuit is not a number", "beaucoup is not a number"

    assert ["2", "4", "5", "6"] == rows["_source_row"].tolist()
    assert [f"{date} | {price}", price, f"{date} | {price} | {count}", price] == rows["_reasons"].tolist()
    assert [2, 2, 4, 5, 5, 5, 6] == told["row"].tolist()


def test_the_hash_is_that_of_the_cells_as_received(tmp_path):
    """The first 16 signs of the SHA-256 of the cells with a unit separator between them; of a line that can't be split, of the line."""
    rows, _ = refused(tmp_path, GOOD, 'P2,"2,x",é,,,1', "P3,3,x")
    hashes = [hashlib.sha256(text.encode()).hexdigest()[:16] for text in ("P2\x1f2,x\x1fé\x1f\x1f\x1f1", "P3,3,x")]

    assert [f"r{each}" for each in hashes] == rows["_row"].tolist()
    assert ["", "P3,3,x"] == rows["_line"].tolist()


@pytest.mark.parametrize("name", ["_reasons", "_source_row", "_line"])
def test_a_column_that_bears_a_name_of_ours_stands_beside_it(tmp_path, name):
    """The file's own cells are kept under a number; what we say of the row stands under the name."""
    header = f"purchase_id,item_id,ordered_at,unit_price,status,quantity,{name}"
    rows, _ = refused(tmp_path, f"{GOOD},mine", "P2,2,lundi,50.00,shipped,1,mine", header=header)

    assert ["mine"] == rows[f"{name} (2)"].tolist()
    assert ["2026" not in cell and cell != "mine" for cell in rows["_reasons"]] == [True]
