"""A file read piece by piece gives what it gives read at once: the same rows, refusals, copies, notes and faults."""

import os
import random
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import ingest
from audit.errors import FaultyInputs
from audit.ingest import parts, piecewise
from audit.normalise import words

PARIS = ZoneInfo("Europe/Paris")
HEADER = ("purchase_id", "item_id", "ordered_at", "confirmed_at", "unit_price", "quantity", "status", "sku", "title", "currency", "carrier")
GOOD = {
    "ordered_at": ("20/11/2026 10:00", "2026-11-20", "20/11/2026-10:00:07", "25/10/2026 02:30"),
    "confirmed_at": ("", "", "21/11/2026 10:00", "0000-00-00", "21 nov. 2026"),
    "unit_price": ("50,00", "1 234,50 €", "7", "0,10"),
    "quantity": ("1", "", "2"),
    "status": ("Expédié", "", "shipped", "已发货"),
    "sku": ("A-1", "'00012", '="0007"', "Ｂ2", "\u200bC3", ""),
    "title": ("coque", "étui; noir", 'a "b"', "x\ny", " z\u00a0", ""),
    "currency": ("", "EUR", "€"),
    "carrier": ("La Poste", "", "Colissimo"),
}
BAD = {
    "item_id": ("", "3,24E+08"),
    "ordered_at": ("lundi", "", "31/02/2026", "29/03/2026 02:30", "20/11/26"),
    "unit_price": ("abc", "-1,00", "1,234", "50 $", ""),
    "quantity": ("0", "1,5"),
    "status": ("Expdiée", "zzz"),
}
CONTRARY = {"unit_price": "60.00", "ordered_at": "11/23/2026"}
SEEDS = st.integers(0, 2**32)


def written(row):
    """A row as a proper writer writes it."""
    return ";".join('"' + cell.replace('"', '""') + '"' if set(cell) & set(';"\n') else cell for cell in row) + "\n"


def table(seed):
    """A file of some rows: many good ones, some with a bad cell, some twice, some changed, some lines that are no rows."""
    chance = random.Random(seed)  # noqa: S311 - damage, no secret
    lines = []
    for number in range(chance.randint(1, 40)):
        row = {"purchase_id": f"00{number // 2}", "item_id": str(1000 + number)}
        row |= {name: chance.choice(cells) for name, cells in GOOD.items()}
        if chance.random() < 0.25:
            name = chance.choice(list(BAD))
            row[name] = chance.choice(BAD[name])
        if chance.random() < 0.01:
            name = chance.choice(list(CONTRARY))
            row[name] = CONTRARY[name]
        lines.append(written(row[name] for name in HEADER))
        if chance.random() < 0.1:
            lines.append(chance.choice([lines[chance.randrange(len(lines))], lines[-1].replace("20/11", "19/11"), "\n", "x;y\n", '"\n']))
    return (written(HEADER) + "".join(lines)).encode()


def read(paths):
    """All that comes of files, or the faults that refuse them."""
    try:
        found = ingest.read(paths, zone=PARIS, as_of=datetime(2026, 11, 23, 6, tzinfo=UTC))
    except FaultyInputs as faults:
        return str(faults)
    return found


def same(one, other):
    """Whether two readings say the same of everything; frames are compared cell for cell."""
    if isinstance(one, str) or isinstance(other, str):
        assert one == other
        return
    assert (one.notes, one.readings, one.tables.keys()) == (other.notes, other.readings, other.tables.keys())
    pairs = [(one.inputs, other.inputs), (one.quarantine, other.quarantine)]
    pairs += [(table.frame, other.tables[name].frame) for name, table in one.tables.items()]
    pairs += [(table.quarantined, other.tables[name].quarantined) for name, table in one.tables.items()]
    pairs += [(rows.rows, others.rows) for rows, others in zip(one.refused, other.refused, strict=True)]
    for left, right in pairs:
        pd.testing.assert_frame_equal(left, right)
    assert [table.present for table in one.tables.values()] == [table.present for table in other.tables.values()]


@pytest.fixture
def in_pieces(monkeypatch):
    """Read files in pieces of so many bytes."""
    return lambda size: monkeypatch.setattr(parts, "PART_BYTES", size)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(SEEDS, st.integers(60, 2_000))
def test_pieces_give_what_the_whole_gives(tmp_path_factory, seed, size):
    """Whatever stands in the rows, and wherever the file is cut."""
    path = tmp_path_factory.mktemp("pieces") / "orders.csv"
    path.write_bytes(table(seed))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "PART_BYTES", size)
        found = read([path])

    same(read([path]), found)


def test_a_mended_row_takes_its_place_in_a_file_of_pieces(tmp_path, in_pieces):
    """Its hash finds the refused row, and among the good ones those that are its copies."""
    orders = tmp_path / "orders.csv"
    rows = [("1", str(place), "20/11/2026", "", "abc" if place == 30 else "5,00", *[""] * 6) for place in range(60)]
    orders.write_text(written(HEADER) + "".join(map(written, rows)))
    refused = read([orders]).refused[0].rows
    folder = tmp_path / "mended"
    folder.mkdir()
    mended = refused.assign(unit_price="5,00")
    stale = mended.assign(_row="r0123456789abcdef", item_id="77")
    pd.concat([mended, stale]).to_csv(folder / "orders.csv.csv", index=False)
    whole = read([orders, folder])
    in_pieces(500)

    assert ["replaces-nothing"] == list(whole.quarantine["reason"])
    same(whole, read([orders, folder]))


@pytest.mark.parametrize("change", [{5: "1,234"}, {5: "50.00"}, {3: "11/23/2026"}, {0: "1/2"}, {1: ""}])
def test_what_the_whole_column_decides_holds_for_every_piece(tmp_path, in_pieces, change):
    """One row in the last piece may decide, contradict, or leave a column what it was."""
    rows = [["900", str(place), "20/11/2026", "", "5", "1,234" if place == 0 else "1", *[""] * 5] for place in range(60)]
    rows[59] = [change.get(place, cell) for place, cell in enumerate(rows[59])]
    rows[30][4] = "5,00"
    path = tmp_path / "orders.csv"
    path.write_text(written(HEADER) + "".join(map(written, rows)))
    whole = read([path])
    in_pieces(300)

    same(whole, read([path]))


def test_many_unknown_words_are_not_compared_in_pieces_either(tmp_path, in_pieces, monkeypatch):
    """A column with more unknown words than are compared is another column, though no piece has so many."""
    monkeypatch.setattr(words, "MOST_COMPARED", 5)
    monkeypatch.setattr(piecewise, "MOST_COMPARED", 5)
    rows = [["900", str(place), "20/11/2026", "", "5", "1", f"Expdiée{chr(97 + place)}", *[""] * 4] for place in range(12)]
    path = tmp_path / "orders.csv"
    path.write_text(written(HEADER) + "".join(map(written, rows)))
    whole = read([path])
    in_pieces(200)

    assert {"unknown-choice"} == set(whole.quarantine["reason"])
    same(whole, read([path]))


def test_a_file_that_changes_under_way_is_refused(tmp_path, in_pieces):
    """Its parts would not be of one file."""
    path = tmp_path / "orders.csv"
    path.write_text(written(HEADER) + "".join(written(["9", str(n), "20/11/2026", "", "5", "1", *[""] * 5]) for n in range(60)))
    in_pieces(500)
    found = piecewise.large(path, "orders.csv")
    later = path.stat().st_mtime_ns + 1_000_000_000
    os.utime(path, ns=(later, later))

    with pytest.raises(Exception, match=r"^orders\.csv: was changed while it was read\. Leave the file alone while it is audited\.$"):
        found.pieces.split(0)


def test_small_files_workbooks_and_quarantine_files_are_read_at_once(tmp_path, in_pieces):
    """Only a plain CSV file that is larger than a piece is cut."""
    path = Path(tmp_path / "orders.csv")
    path.write_text(written(HEADER) + written(["9", "1", "20/11/2026", "", "5", "1", *[""] * 5]) * 9)

    assert piecewise.large(path, "orders.csv") is None
    in_pieces(100)
    assert piecewise.large(path, "orders.csv") is not None
    assert piecewise.large(tmp_path / "none.csv", "none.csv") is None
    path.write_text("_source_row;_reasons;_row;" + path.read_text())
    assert piecewise.large(path, "orders.csv") is None
    path.write_bytes(b"PK\x03\x04" + bytes(200))
    assert piecewise.large(path, "orders.csv") is None
