"""What people write beside the actions lives on: from night to night, from copies, and with every contradiction said."""

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import pytest

from audit.config import Config
from audit.nights.notes import Book, gather
from audit.run import run
from schemas.notes import NOTES
from schemas.shape import empty

PARIS = ZoneInfo("Europe/Paris")
ORDERS = "purchase_id,item_id,ordered_at,unit_price,status,confirmed_at\n"
LATE = ORDERS + "".join(f"9{n},1{n},2026-11-01 10:00,20.00,to_confirm,\n" for n in (1, 2, 3))


def table(*rows):
    """Notes from rows of key, owner, state, note."""
    return pd.DataFrame(rows, columns=list(NOTES)).astype(dict(NOTES)) if rows else empty(NOTES)


def plain(notes):
    """Rows of notes with None for what is missing."""
    return [tuple(None if pd.isna(value) else value for value in row) for row in notes.itertuples(index=False)]


def test_a_change_in_the_runs_own_workbook_counts():
    """Owner, state and note are taken over, and other lines keep what they had."""
    own = Book("book.xlsx", True, table(("A", "Li", "doing", "called"), ("B", None, None, None)), empty(NOTES))
    gathered = gather([own], table(("C", "Wang", None, None)))

    assert [("A", "Li", "doing", "called"), ("C", "Wang", None, None)] == plain(gathered.notes)
    assert () == gathered.warnings


def test_what_was_issued_and_not_touched_is_no_change():
    """An old workbook that still says what it was issued with overwrites nothing."""
    old = Book("old.xlsx", False, table(("A", "Li", None, None)), table(("A", "Li", None, None)))

    assert [("A", "Wang", None, None)] == plain(gather([old], table(("A", "Wang", None, None))).notes)


def test_a_field_that_was_cleared_is_cleared():
    """Somebody who takes his name away wants it away."""
    own = Book("book.xlsx", True, table(("A", None, None, "asked")), table(("A", "Li", None, "asked")))

    assert [("A", None, None, "asked")] == plain(gather([own], table(("A", "Li", None, "asked"))).notes)


def test_a_line_that_a_workbook_does_not_show_stays():
    """A workbook says nothing of lines that it does not hold."""
    own = Book("book.xlsx", True, table(("B", None, None, None)), table(("A", "Li", None, None)))

    assert [("A", "Li", None, None)] == plain(gather([own], table(("A", "Li", None, None))).notes)


def test_contradicting_workbooks_are_listed_and_the_own_one_is_kept():
    """Two people wrote different names: both are said, and the run's own workbook counts."""
    books = [
        Book("a copy.xlsx", False, table(("A", "Wang", None, "parcel found")), empty(NOTES)),
        Book("risk_report.xlsx", True, table(("A", "Li", None, None)), empty(NOTES)),
    ]
    gathered = gather(books, empty(NOTES))

    assert [("A", "Li", None, "parcel found")] == plain(gathered.notes)
    assert ['Two workbooks say different things of A, owner: "Li" in risk_report.xlsx, which is kept, and "Wang" in a copy.xlsx.'] == [
        str(message) for message in gathered.warnings
    ]


@pytest.mark.parametrize(("note", "told"), [(None, ["A is not to be mended, and the note does not say why."]), ("buyer agreed", [])])
def test_wont_fix_without_a_reason_is_pointed_out(note, told):
    """Every night until somebody says why."""
    gathered = gather([], table(("A", None, "wont_fix", note)))

    assert told == [str(message) for message in gathered.warnings]


class Desk:
    """An output folder whose workbook people write in between two nights."""

    def __init__(self, folder, *, remembers):
        self.exports, self.out = folder / "in", folder / "out"
        self.exports.mkdir()
        (self.exports / "orders.csv").write_text(LATE, encoding="utf-8")
        self.config = Config(history=folder / "history.db" if remembers else None)
        self.book = self.out / "risk_report.xlsx"

    def night(self, day):
        """Run as of a day in November 2026."""
        return run([self.exports], self.out, self.config, as_of=datetime(2026, 11, day, 6, tzinfo=PARIS))

    def write(self, path=None, **cells):
        """Write owner, state, note on the line of the first item, as a person does."""
        with pytest.warns(UserWarning, match="will be removed"):
            book = openpyxl.load_workbook(path or self.book)
        line = next(row for row in book["Actions"].iter_rows(min_row=4) if row[4].value == "91/11")
        for column, name in ((8, "owner"), (9, "state"), (10, "note")):
            if name in cells:
                line[column].value = cells[name]
        book.save(path or self.book)

    def line(self):
        """Owner, state and note of the first item's line as the workbook shows them."""
        book = openpyxl.load_workbook(self.book, read_only=True)
        row = next(row for row in book["Actions"].iter_rows(min_row=4, values_only=True) if row[4] == "91/11")
        book.close()
        return row[8:11]


@pytest.fixture(params=[True, False], ids=["with a history", "without"])
def desk(request, tmp_path):
    """An output folder with one night's report, with and without a history."""
    desk = Desk(tmp_path, remembers=request.param)
    desk.night(9)
    return desk


def test_notes_are_carried_from_night_to_night(desk):
    """What was typed stands in the next workbook, and in the one after."""
    desk.write(owner="Li", state="In progress", note="-10 % offered")
    desk.night(10)
    first = desk.line()
    desk.night(11)

    assert ("Li", "In progress", "-10 % offered") == first == desk.line()


def test_notes_in_a_copy_beside_it_are_read(desk):
    """Somebody saved the workbook under another name, and wrote there."""
    copy = desk.out / "risk_report (Li).xlsx"
    shutil.copy(desk.book, copy)
    desk.write(copy, owner="Li")
    desk.night(10)

    assert ("Li", "To do", None) == desk.line()
    assert copy.exists()


def test_an_old_workbook_saved_over_tonights_gives_its_notes_alone(tmp_path):
    """A book left open overnight and saved in the morning: what was typed counts, what it was issued with does not."""
    desk = Desk(tmp_path, remembers=True)
    desk.night(9)
    left_open = tmp_path / "left open.xlsx"
    shutil.copy(desk.book, left_open)
    desk.write(owner="Wang", state="In progress")
    desk.night(10)
    desk.write(left_open, note="carrier asked")
    shutil.copy(left_open, desk.book)
    desk.night(11)

    assert ("Wang", "In progress", "carrier asked") == desk.line()


def test_a_copy_once_read_is_not_read_again(tmp_path):
    """A copy that stays in the folder does not undo what is written later."""
    desk = Desk(tmp_path, remembers=True)
    desk.night(9)
    shutil.copy(desk.book, desk.out / "copy.xlsx")
    desk.write(desk.out / "copy.xlsx", owner="Wang")
    desk.night(10)
    desk.write(owner="Li")
    desk.night(11)
    desk.night(12)

    assert ("Li", "To do", None) == desk.line()


def test_an_unreadable_workbook_is_set_aside_and_named(desk):
    """The audit goes on, the broken file stays under another name, and the report says so."""
    desk.book.write_bytes(desk.book.read_bytes()[:3000])
    outcome = desk.night(10)
    aside = list(desk.out.glob("risk_report.unreadable-*.xlsx"))

    assert [3000] == [path.stat().st_size for path in aside]
    assert any(
        str(message).startswith("risk_report.xlsx can't be read; what was typed there is not carried on")
        for message in outcome.run.warnings
    )
    assert ("To do",) == desk.line()[1:2]


def test_a_foreign_workbook_in_the_folder_is_left_alone(desk):
    """A workbook that is none of ours is neither read nor named."""
    other = openpyxl.Workbook()
    other.save(desk.out / "prices.xlsx")
    before = Path(desk.out / "prices.xlsx").read_bytes()
    outcome = desk.night(10)

    assert before == (desk.out / "prices.xlsx").read_bytes()
    assert not [message for message in outcome.run.warnings if "prices" in str(message)]
