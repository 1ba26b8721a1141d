"""Waivers: all given fields must match, what is waived leaves totals and exit code, and every decision is said that is spent or at odds."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from audit.config import Config
from audit.errors import FileFault
from audit.nights import waivers
from audit.nights.waiver_file import read
from audit.run import run

PARIS = ZoneInfo("Europe/Paris")
NIGHT = datetime(2026, 11, 23, 6, tzinfo=PARIS)
HEADER = "rule,purchase_id,item_id,sku,brand,reason,by,until\n"
FOUND = pd.DataFrame(
    [
        ("REG001", "91", "11", "0042", "Nike"),
        ("REG004", "91", "12", "0043", "Adidas"),
        ("BRD001", "92", "21", "0042", "NIKE"),
        ("SHP001", None, None, None, None),
    ],
    columns=["rule", "purchase_id", "item_id", "sku", "brand"],
).astype("str")


def lines(tmp_path, *rows, name="waivers.csv"):
    """A waivers file of some lines, read."""
    path = tmp_path / name
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return read(path, PARIS, NIGHT)


def waived(tmp_path, *rows, as_of=NIGHT):
    """The places, among FOUND, of the findings that a file of some lines waives, and what is said."""
    found = lines(tmp_path, *rows)
    findings = FOUND.assign(state=pd.Series(pd.NA, index=FOUND.index, dtype="str"))
    done = waivers.apply(findings, found.waivers, pd.Timestamp(as_of), Config())
    told = [str(message) for message in (*found.notes, *done.notes)]
    return list(done.findings.index[done.findings["state"] == "waived"]), told


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("REG001,,,,,agreed,Li,2026-12-31", [0]),
        ("REG,,,,,agreed,Li,2026-12-31", [0, 1]),
        ("reg,,,,,agreed,Li,2026-12-31", [0, 1]),
        ("registered-mail-missing,,,,,agreed,Li,2026-12-31", [0]),
        (",91,,,,agreed,Li,2026-12-31", [0, 1]),
        (",91,12,,,agreed,Li,2026-12-31", [1]),
        (",91,21,,,agreed,Li,2026-12-31", []),
        (",,,0042,,agreed,Li,2026-12-31", [0, 2]),
        (",,,42,,agreed,Li,2026-12-31", []),
        (",,,,nike,agreed,Li,2026-12-31", [0, 2]),
        ("BRD,91,,,,agreed,Li,2026-12-31", []),
        ("SHP001,,,,,agreed,Li,2026-12-31", [3]),
    ],
)
def test_all_given_fields_must_match(tmp_path, line, expected):
    """Rules match by code, name or beginning, brands by their folded name, all else exactly; blank fields match anything."""
    assert expected == waived(tmp_path, line)[0]


def test_the_last_day_is_included(tmp_path):
    """A waiver until the 23rd holds until midnight in the shop's time, and no longer."""
    line = "REG001,,,,,agreed,Li,2026-11-23"
    last, over = datetime(2026, 11, 23, 23, 59, 59, tzinfo=PARIS), datetime(2026, 11, 24, tzinfo=PARIS)

    assert ([0], []) == waived(tmp_path, line, as_of=last)
    assert ([], ["waivers.csv, row 2: the waiver has ended on 23 Nov 2026; 1 finding that it covered counts again."]) == waived(
        tmp_path, line, as_of=over
    )


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["REG001,,,,,,Li,2026-12-31"], "waivers.csv, row 2: the waiver is refused: reason is blank. Type the value; without it the row can't be judged."),
        (["REG001,,,,,agreed,Li,"], "waivers.csv, row 2: the waiver is refused: until is blank. Type the value; without it the row can't be judged."),
        (["REG001,,,,,agreed,Li,soon"], "waivers.csv, row 2: the waiver is refused: soon is not a date. Type the date as 2026-11-23 or 2026-11-23 18:05."),
        (["REG999,,,,,agreed,Li,2026-12-31"], "waivers.csv, row 2: the waiver names the rule REG999, which there is not."),
        ([",,,,,agreed,Li,2026-12-31"], "waivers.csv, row 2: the waiver names nothing; it would cover everything, and covers nothing."),
        (["CLM,,,,,agreed,Li,2026-12-31"], "waivers.csv, row 2: the waiver covers no finding tonight."),
    ],
)  # fmt: skip
def test_a_waiver_that_can_not_count_is_said(tmp_path, rows, told):
    """Refused, unknown, boundless or unused: each is named by its line, and waives nothing."""
    assert ([], [told]) == waived(tmp_path, *rows)


def test_contradicting_waivers_are_said(tmp_path):
    """Two lines about the same with another reason or end; the one that ends last counts."""
    rows = ["REG001,,,,,agreed,Li,2026-11-01", "REG001,,,,,agreed,Li,2026-12-31"]
    found, told = waived(tmp_path, *rows)

    assert [0] == found
    assert (
        "These waivers cover the same and contradict each other; the one that ends last counts: waivers.csv, row 2, waivers.csv, row 3."
        == told[0]
    )


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("rule,reason,untill\nREG001,x,2026-12-31\n", "waivers.csv: has a column untill, which no waiver has. Did you mean until?"),
        ("rule,reason,by\nREG001,x,Li\n", "waivers.csv: lacks the column until."),
        ("", "waivers.csv: holds no waivers: no line of its beginning is a header."),
    ],
)
def test_a_file_whose_columns_are_unclear_stops_the_run(tmp_path, text, wrong):
    """A field that is lost would widen what is waived: nothing is guessed."""
    path = tmp_path / "waivers.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(FileFault) as fault:
        read(path, PARIS, NIGHT)
    assert str(fault.value).startswith(wrong)


def test_other_languages_and_order_numbers_are_understood(tmp_path):
    """French headers, a semicolon, and the number as the platform writes it."""
    path = tmp_path / "derogations.csv"
    path.write_text("Règle;Commande / article;Motif;Jusqu'au\nREG;91/12;accord du client;31/12/2026\n", encoding="cp1252")
    found = read(path, PARIS, NIGHT)

    assert [("REG", "91", "12", "accord du client")] == [
        (row.rule, row.purchase_id, row.item_id, row.reason) for row in found.waivers.itertuples()
    ]


def test_what_is_waived_leaves_totals_and_exit_code_and_stays_visible(tmp_path):
    """The finding stays in findings.csv as waived; money, counts and exit code are those of the others; after the end it counts again."""
    exports, out, file = tmp_path / "in", tmp_path / "out", tmp_path / "waivers.csv"
    exports.mkdir()
    orders = "purchase_id,item_id,ordered_at,unit_price,status,confirmed_at\n91,11,2026-11-15 10:00,20.00,to_confirm,\n"
    (exports / "orders.csv").write_text(orders, encoding="utf-8")
    file.write_text(HEADER + "CNF002,91,,,,closed by telephone,Li,2026-11-23\n", encoding="utf-8")
    config = Config(history=tmp_path / "history.db", waivers=file, formats=(), select=("CNF",))
    held = run([exports], out, config, as_of=NIGHT)
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    line = (out / "findings.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    over = run([exports], out, config, as_of=datetime(2026, 11, 24, 6, tzinfo=PARIS))

    assert (0, 0, 1) == (held.run.exit_code, held.exposure.total, len(held.findings))
    assert (0, 1) == (summary["findings"]["total"], summary["lifecycle"]["waived"])
    assert ",waived,2026-11-23T06:00:00+01:00,1" in line
    assert (10, 2000, ["open"]) == (over.run.exit_code, over.exposure.total, list(over.findings["state"]))
