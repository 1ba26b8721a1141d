"""The history: seven nights on evolving exports tell the right story, and no run is remembered twice."""

import json
import sqlite3
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from click.testing import CliRunner

from audit.cli import cli
from audit.config import Config
from audit.errors import FileFault
from audit.nights import history
from audit.run import run

PARIS = ZoneInfo("Europe/Paris")
ORDERS = ("purchase_id", "item_id", "ordered_at", "unit_price", "status", "confirmed_at", "cancelled_at", "cancelled_by")
SHIPMENTS = ("purchase_id", "item_id", "shipping_mode", "carrier", "tracking_number", "shipped_at")


class Shop:
    """A shop whose exports change from night to night, and whose runs are remembered."""

    def __init__(self, folder):
        self.exports, self.out, self.memory = folder / "in", folder / "out", folder / "history.db"
        self.exports.mkdir()
        self.orders, self.shipments = {}, {}

    def order(self, number, **cells):
        """An order of one item, changed where it was there before."""
        usual = {"purchase_id": f"9{number}", "item_id": f"1{number}", "unit_price": "20.00", "status": "shipped"}
        self.orders[number] = {**usual, **self.orders.get(number, {}), **cells}

    def parcel(self, number, **cells):
        """Its parcel."""
        usual = {"purchase_id": f"9{number}", "item_id": f"1{number}", "shipping_mode": "tracked", "carrier": "La Poste"}
        self.shipments[number] = {**usual, **self.shipments.get(number, {}), **cells}

    def night(self, day, *, leave=(), **settings):
        """Run on the exports of a day in November 2026, some tables left out."""
        for name, columns, rows in (("orders", ORDERS, self.orders), ("shipments", SHIPMENTS, self.shipments)):
            path = self.exports / f"{name}.csv"
            path.unlink(missing_ok=True)
            if name not in leave:
                pd.DataFrame(rows.values(), columns=list(columns)).to_csv(path, index=False)
        config = Config(history=self.memory, formats=(), **settings)
        return run([self.exports], self.out, config, as_of=datetime(2026, 11, day, 6, tzinfo=PARIS))


@pytest.fixture
def shop(tmp_path):
    """A shop with one parcel that has no number, and one sale that waits."""
    shop = Shop(tmp_path)
    shop.order(1, ordered_at="2026-11-02 10:00", confirmed_at="2026-11-02 11:00")
    shop.parcel(1, shipped_at="2026-11-02 15:00", tracking_number="")
    shop.order(2, ordered_at="2026-11-02 09:00", confirmed_at="2026-11-02 10:00")
    shop.parcel(2, shipped_at="2026-11-02 12:00", tracking_number="RB123456785GB")
    return shop


def course(outcome, code="TRK001"):
    """State, first day and nights of a rule's only finding; the state of the absent one where it is not there."""
    rows = outcome.findings[outcome.findings["rule"] == code]
    if not len(rows):
        absent = outcome.absent[outcome.absent["rule"] == code]
        return absent["state"].iloc[0] if len(absent) else None
    row = rows.iloc[0]
    return row["state"], row["first_seen"].tz_convert(PARIS).day, row["nights_open"]


def test_seven_nights_tell_the_right_story(shop):
    """New, open, out of view while the shipments are missing, open again, gone, back, open."""
    first = course(shop.night(3))
    second = course(shop.night(4))
    third = course(shop.night(5, leave=("shipments",)))
    fourth = course(shop.night(6))
    shop.parcel(1, tracking_number="RR473124829GB")
    fifth = course(shop.night(7))
    shop.parcel(1, tracking_number="")
    sixth = course(shop.night(8))
    seventh = course(shop.night(9))

    assert [("new", 3, 1), ("open", 3, 2), "out_of_view", ("open", 3, 4)] == [first, second, third, fourth]
    assert ["gone", ("back", 3, 1), ("open", 3, 2)] == [fifth, sixth, seventh]


def test_a_decision_and_its_end_are_part_of_the_story(shop, tmp_path):
    """New, waived on two nights, and when the decision has ended open again since the first night; then gone."""
    waivers = tmp_path / "waivers.csv"
    waivers.write_text("rule,purchase_id,reason,until\nTRK001,91,number follows,2026-11-05\n", encoding="utf-8")
    first = course(shop.night(3))
    held = [course(shop.night(day, waivers=waivers)) for day in (4, 5)]
    ended = shop.night(6, waivers=waivers)
    shop.parcel(1, tracking_number="RR473124829GB")

    assert [("new", 3, 1), ("waived", 3, 2), ("waived", 3, 3), ("open", 3, 4)] == [first, *held, course(ended)]
    assert "waivers.csv, row 2: the waiver has ended on 5 Nov 2026; 1 finding that it covered counts again." in map(str, ended.run.warnings)
    assert "gone" == course(shop.night(7, waivers=waivers))


def test_the_counts_of_a_night_are_in_the_summary(shop):
    """summary.json tells the lifecycle of the night that wrote it."""
    shop.night(3)
    shop.parcel(1, tracking_number="RR473124829GB")
    shop.parcel(2, tracking_number="")
    shop.night(4)
    summary = json.loads((shop.out / "summary.json").read_text(encoding="utf-8"))

    assert {"new": 1, "open": 0, "back": 0, "gone": 1, "out_of_view": 0, "waived": 0} == summary["lifecycle"]


def test_findings_csv_tells_state_and_first_night(shop):
    """The last three columns hold the state, the first night in shop time, and the nights so far."""
    shop.night(3)
    shop.night(4)
    line = (shop.out / "findings.csv").read_text(encoding="utf-8-sig").splitlines()[1]

    assert line.endswith(",open,2026-11-03T06:00:00+01:00,2")


def test_without_a_history_the_state_is_blank(shop):
    """Nobody can tell what is new."""
    config = Config(formats=())
    shop.night(3)
    outcome = run([shop.exports], shop.out, config, as_of=datetime(2026, 11, 4, 6, tzinfo=PARIS))

    assert outcome.lifecycle is None
    assert outcome.findings["state"].isna().all()


def test_the_same_run_again_replaces_itself(shop):
    """A second run of the same inputs and as-of changes nothing: neither its states nor the history."""
    shop.night(3)
    once = shop.night(4)
    before = (shop.out / "findings.csv").read_bytes()
    again = shop.night(4)
    with history.opened(shop.memory) as memory:
        nights = history.nights(memory)

    assert once.lifecycle == again.lifecycle
    assert before == (shop.out / "findings.csv").read_bytes()
    assert [3, 4] == [moment.tz_convert(PARIS).day for moment in nights["as_of"]]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda _: {"select": ("REG",)}, "out_of_view"),
        (lambda _: {"leave": ("shipments",)}, "out_of_view"),
        (lambda shop: shop.order(1, ordered_at="never") or {}, "out_of_view"),
        (lambda shop: shop.parcel(1, shipped_at="never") or {}, "out_of_view"),
        (lambda shop: (shop.orders.pop(1), {})[1], "out_of_view"),
        (lambda shop: (shop.shipments.pop(1), {})[1], "out_of_view"),
        (lambda shop: shop.order(1, status="cancelled", cancelled_by="buyer") or {}, "gone"),
        (lambda shop: shop.parcel(1, tracking_number="RR473124829GB") or {}, "gone"),
    ],
    ids=[
        "its rule is not selected", "its table is missing", "its order is refused", "its parcel is refused", "its order has left the export",
        "its parcel has left the export", "it was cancelled", "it was mended",
    ],
)  # fmt: skip
def test_gone_only_where_the_rule_ran_and_the_rows_were_read(shop, change, expected):
    """What nobody looked at is out of view, not gone."""
    shop.night(3)
    settings = change(shop)

    assert expected == course(shop.night(4, max_quarantine=1.0, **settings))


def test_a_failed_rule_lets_nothing_be_gone(shop, monkeypatch):
    """A rule that fails can't say that something is mended."""
    import dataclasses

    from audit import plugins

    def fails(_books):
        raise RuntimeError("broken")

    shop.night(3)
    shop.parcel(1, tracking_number="RR473124829GB")
    broken = [dataclasses.replace(rule, judge=fails) if rule.code == "TRK001" else rule for rule in plugins.RULES]
    monkeypatch.setattr(plugins, "RULES", tuple(broken))

    assert "out_of_view" == course(shop.night(4))


def test_what_is_out_of_view_for_over_30_days_is_no_longer_followed(shop):
    """Exactly 30 days after it was last seen it still counts, the next day no more."""
    shop.night(3, stale_after=10_000.0)
    shop.orders.pop(1)
    shop.shipments.pop(1)
    shop.night(4)
    with sqlite3.connect(shop.memory) as memory:
        memory.execute("UPDATE sightings SET last_seen = '2026-10-06T06:00:00+01:00'")
    memory.close()
    kept, dropped = shop.night(5), shop.night(6)

    assert [1, 0] == [kept.lifecycle.out_of_view, dropped.lifecycle.out_of_view]


def test_fail_on_new_ends_in_10_only_for_what_is_new_or_back(shop):
    """An old finding no longer fails the night; one that comes back does."""
    codes = [shop.night(day, fail_on_new=True).run.exit_code for day in (3, 4)]
    shop.parcel(1, tracking_number="RR473124829GB")
    codes.append(shop.night(5, fail_on_new=True).run.exit_code)
    shop.parcel(1, tracking_number="")
    codes.append(shop.night(6, fail_on_new=True).run.exit_code)

    assert [10, 0, 0, 10] == codes


def test_the_trend_holds_the_nights_before(shop):
    """Each earlier run gives a line of what was new, what was there from before, and what was at stake."""
    shop.night(3)
    shop.night(4)
    nights = shop.night(5).nights

    assert [(3, 1, 0, 2000), (4, 0, 1, 2000)] == [
        (row.as_of.tz_convert(PARIS).day, row.new, row.before, row.stake) for row in nights.itertuples()
    ]


def test_pruning_keeps_what_is_still_open(shop):
    """With only the last run kept, tonight's finding is still known from its first night."""
    for day in (3, 4, 5):
        shop.night(day)
    with history.opened(shop.memory) as memory:
        gone = history.prune(memory, 1)

    assert 2 == gone
    assert ("open", 3, 4) == course(shop.night(6))


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (
            b"this is no database, only text that is long enough to have a header of its own" * 20,
            "can't be used as a history (file is not a database).",
        ),
        (None, "is a database, but no history of order-audit."),
    ],
)
def test_a_foreign_file_is_no_history(tmp_path, content, wrong):
    """A file that is something else is named and left as it is."""
    path = tmp_path / "history.db"
    if content is None:
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE recipes (name TEXT)")
        other.close()
    else:
        path.write_bytes(content)
    before = path.read_bytes()

    with pytest.raises(FileFault) as fault, history.opened(path):
        pass
    assert f"{path}: {wrong}" == str(fault.value.wrong)
    assert before == path.read_bytes()


def test_a_history_of_a_later_version_is_left_alone(tmp_path):
    """An older program does not write into it."""
    path = tmp_path / "history.db"
    with history.opened(path) as memory:
        memory.execute("PRAGMA user_version = 99")

    with pytest.raises(FileFault, match=r"was written by a later order-audit \(version 99 of its tables\)"), history.opened(path):
        pass


def test_a_history_that_cannot_be_written_leaves_the_report(shop, monkeypatch):
    """The report stands, and its warnings say that the night is not remembered."""

    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(history, "record", full)
    outcome = shop.night(3)

    assert (shop.out / "summary.json").exists()
    assert str(outcome.run.warnings[0]).startswith("The history could not be written (database or disk is full)")


def test_the_history_is_for_its_owner_only(shop):
    """Nobody else may read it."""
    shop.night(3)

    assert 0o600 == shop.memory.stat().st_mode & 0o777


def test_runs_are_counted_from_the_end(tmp_path):
    """-2 and -1 are runs to diff, not options that nobody knows."""
    (tmp_path / "orders.csv").write_text("purchase_id,item_id,ordered_at,unit_price\n1,11,2026-11-22 10:00,20.00\n", encoding="utf-8")
    for day in (23, 24):
        night = ["--as-of", f"2026-11-{day}T06:00", "--history", str(tmp_path / "nights.db"), "--formats", "csv", "--fail-on", "never"]
        assert 0 == CliRunner().invoke(cli, ["run", str(tmp_path / "orders.csv"), "--out", str(tmp_path / "out"), *night]).exit_code
    done = CliRunner().invoke(cli, ["diff", "-2", "-1", "--history", str(tmp_path / "nights.db")])

    assert 0 == done.exit_code
    assert done.stdout.startswith("from 20261123T0600-")
