"""Inputs that look old, repeated, missing or cut short are said first."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from audit.config import Config
from audit.run import run

PARIS = ZoneInfo("Europe/Paris")
HEADER = "purchase_id,item_id,ordered_at,unit_price,status,confirmed_at\n"
SHIPMENTS = "purchase_id,item_id,shipped_at,carrier,tracking_number\n"


class Nights:
    """Runs on a folder of exports that changes from night to night."""

    def __init__(self, folder):
        self.exports, self.out, self.memory = folder / "in", folder / "out", folder / "history.db"
        self.exports.mkdir()

    def write(self, orders, name="orders.csv"):
        """So many orders, all of the evening of 20 November."""
        lines = [f"9{number},1{number},2026-11-20 18:00,20.00,confirmed,2026-11-20 19:00\n" for number in range(orders)]
        (self.exports / name).write_text(HEADER + "".join(lines), encoding="utf-8")

    def run(self, day, hour=6, **settings):
        """The warnings of a run as of a day in November."""
        moment = datetime(2026, 11, day, hour, tzinfo=PARIS)
        outcome = run([self.exports], self.out, Config(history=self.memory, formats=(), **settings), as_of=moment)
        return [str(message) for message in outcome.run.warnings]


@pytest.fixture
def nights(tmp_path):
    """A folder with ten orders."""
    nights = Nights(tmp_path)
    nights.write(10)
    return nights


def test_a_newest_order_that_is_too_old_is_said(nights):
    """Exactly as old as the settings allow is fine; an hour more is said."""
    assert [] == nights.run(22, hour=18, stale_after=48.0)
    assert ["The newest order is of 20 Nov 2026 18:00; the settings allow 48 h. Is the export an old one?"] == [
        told for told in nights.run(22, hour=19, stale_after=48.0) if told.startswith("The newest")
    ]


def test_the_same_file_as_last_night_is_said(nights):
    """Another name does not hide it; on the night after a new export it is silent."""
    nights.run(21)
    (nights.exports / "orders.csv").rename(nights.exports / "ventes.csv")
    repeated = nights.run(22)
    (nights.exports / "ventes.csv").unlink()
    nights.write(11)
    fresh = nights.run(23)

    assert ["ventes.csv holds the same as orders.csv of the run of 21 Nov 2026. Was it exported anew?"] == repeated
    assert [] == fresh


def test_a_run_that_is_repeated_is_not_held_against_itself(nights):
    """The same as-of again is the same night."""
    nights.run(21)

    assert [] == nights.run(21)


@pytest.mark.parametrize(
    ("rows", "told"), [(5, []), (4, ["The orders hold 4 rows, less than half of the usual 10. Was the export cut short?"])]
)
def test_half_the_usual_rows_is_still_fine(nights, rows, told):
    """Less than half of the median of the last runs is said."""
    nights.run(21)
    nights.write(rows)

    assert told == nights.run(22)


def test_the_usual_is_the_median_of_the_last_seven_runs(nights):
    """One long export among short ones changes nothing."""
    for day, rows in ((14, 4), (15, 90), (16, 5), (17, 4)):
        nights.write(rows)
        nights.run(day, stale_after=10_000.0)
    nights.write(3)

    assert [] == nights.run(21)


def test_a_table_that_was_there_last_night_is_missed(nights):
    """Its rules do not run, and that is said; what never was there is not missed."""
    (nights.exports / "shipments.csv").write_text(SHIPMENTS + "90,10,2026-11-20 20:00,Colissimo,6C00000000001\n", encoding="utf-8")
    nights.run(21)
    (nights.exports / "shipments.csv").unlink()
    nights.write(11)

    assert ["No file holds shipments, which were there in the run of 21 Nov 2026."] == nights.run(22)


def test_without_an_order_row_the_report_says_so_first(nights):
    """Nothing was audited: the first warning, and exit code 3."""
    nights.run(21)
    nights.write(0)

    assert nights.run(22)[0] == "No order could be audited: the inputs hold no order row that can be read."
