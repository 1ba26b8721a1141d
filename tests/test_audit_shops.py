"""Many shops in one run: each in a process of its own, one failing alone, an overview beside their reports."""

import json
import os
import signal
import stat
import subprocess
import sys
import warnings

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from audit import shops
from audit.cli import cli
from audit.errors import FileFault
from audit.shops import Ended, Shop

ORDERS = "purchase_id,item_id,ordered_at,unit_price,status,confirmed_at\n"
LOST = (
    "purchase_id,item_id,ordered_at,unit_price,status,confirmed_at,shipping_mode,carrier,shipped_at,tracking_number\n"
    "1,11,2026-11-20 10:00,20.00,shipped,2026-11-20 11:00,tracked,Colissimo,2026-11-21 10:00,\n"
)
"""A tracked parcel without a number, and without a deadline to mend it."""
FINE = ORDERS + "2,22,2026-11-22 10:00,30.00,to_confirm,\n"
AS_OF = "2026-11-23T06:00"


def write(folder, **exports):
    """A folder with one folder a shop, each with its orders."""
    for name, text in exports.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "orders.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """A night of three shops: one with a parcel that can't be followed, one fine, one without an export; the process and its folder."""
    place = tmp_path_factory.mktemp("night")
    write(place / "in", lost=LOST, fine=FINE, empty="x;y\n")
    bare = {"PATH": os.environ["PATH"], "ORDER_AUDIT_SHOPS": str(place / "in")}
    command = [sys.executable, "-m", "audit.cli", "run", "--out", str(place / "out"), "--as-of", AS_OF]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=bare, encoding="utf-8"), place


def test_each_shop_ends_alone_and_the_worst_ends_the_whole(night):
    """One shop's unreadable export costs the others nothing, and the run ends in the worst of their codes."""
    done, place = night

    assert 1 == done.returncode
    assert (
        "empty: no audit; ended in 1\nfine: 0 findings, 0.00 EUR at stake; ended in 0\nlost: 1 finding, 20.00 EUR at stake; ended in 10\n"
        f"overview: {place / 'out' / 'overview.xlsx'}\n"
    ) == done.stdout
    assert (
        "empty: no audit was performed\n"
        f"empty: error: {place / 'in' / 'empty'}: no export was found there.\n"
        "  try: Put the order and shipment exports there, as CSV, XLSX or Parquet.\n"
    ) == done.stderr
    assert ["fine", "lost", "overview.xlsx"] == sorted(
        path.name for path in (place / "out").iterdir() if path.name in ("fine", "lost", "overview.xlsx")
    )


def test_a_shop_among_many_gets_the_report_that_it_gets_alone(night, tmp_path):
    """The findings and the workbook of a shop are the same bytes as those of a run of its own."""
    _, place = night
    alone = CliRunner().invoke(cli, ["run", str(place / "in" / "lost"), "--out", str(tmp_path), "--as-of", AS_OF])

    assert 10 == alone.exit_code
    for name in ("findings.csv", "risk_report.xlsx", "summary.json"):
        assert (tmp_path / name).read_bytes() == (place / "out" / "lost" / name).read_bytes()


def test_the_overview_shows_every_shop_the_worst_first(night):
    """A line a shop with its state, findings and money, those not audited first; what is to be done; the rules that are broken."""
    _, place = night
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl does not know data bars
        book = load_workbook(place / "out" / "overview.xlsx")
    rows = [[cell.value for cell in row] for row in book["Shops"].iter_rows(min_row=5, max_col=18)]
    links = [cell.hyperlink.target if cell.hyperlink else None for cell in book["Shops"]["A"][4:]]
    total = [cell.value for cell in book["Shops"][3]]

    assert ["Shops", "Actions", "Rules"] == book.sheetnames
    assert [("empty", "NOT AUDITED", None), ("lost", "NOT ALL RIGHT", 20), ("fine", "NOTHING FOUND", None)] == [
        (row[0], row[1], row[9]) for row in rows
    ]
    assert [1, 10, 0] == [row[16] for row in rows]
    assert (
        f"{place / 'in' / 'empty'}: no export was found there. Put the order and shipment exports there, as CSV, XLSX or Parquet."
        == rows[0][17]
    )
    assert [None, r"lost\risk_report.xlsx", r"fine\risk_report.xlsx"] == links
    assert ("Total", 20) == (total[0], total[9])
    assert [("No date", "lost", "1/11", 20)] == [
        (row[0], row[2], row[4], row[5]) for row in book["Actions"].iter_rows(min_row=4, values_only=True)
    ]
    assert [("TRK001", 1, 1, "lost")] == [(row[0], row[4], row[5], row[7]) for row in book["Rules"].iter_rows(min_row=4, values_only=True)]


def test_lines_for_machines_name_the_shop(tmp_path):
    """Under --log-format json every line of a shop's run stays a line of JSON, with the shop's name."""
    place = write(tmp_path / "in", empty="x;y\n")
    command = [sys.executable, "-m", "audit.cli", "run", "--shops", str(place), "--out", str(tmp_path / "out"), "--log-format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": os.environ["PATH"]}, encoding="utf-8")
    lines = [json.loads(line) for line in done.stderr.splitlines()]

    assert [("critical", "empty"), ("error", "empty")] == [(line["level"], line["shop"]) for line in lines]


def scripted(tmp_path, monkeypatch, script):
    """Have a shell script stand in for each shop's run; its folder is $4."""
    path = tmp_path / "stand-in"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(sys, "executable", str(path))


def named(tmp_path, *names):
    """Shops of some names, without exports."""
    return [Shop(name, tmp_path / name, tmp_path / "out" / name) for name in names]


def test_a_killed_process_fails_alone(tmp_path, monkeypatch):
    """A shop whose process is killed counts as not audited, whatever it was about to say; the others end as they do."""
    scripted(tmp_path, monkeypatch, 'case "$4" in */killed) echo half a sentence >&2; kill -9 $$;; *) exit 4;; esac')
    ended = list(shops.run_all(named(tmp_path, "held", "killed", "last"), []))

    assert [("held", 4), ("killed", 1), ("last", 4)] == [(end.shop.name, end.exit_code) for end in ended]
    assert "half a sentence" == shops.why(ended[1])


def test_an_unknown_exit_code_is_no_audit(tmp_path, monkeypatch):
    """A process that ends in a code outside the contract has performed no audit."""
    scripted(tmp_path, monkeypatch, "exit 7")

    assert [1] == [end.exit_code for end in shops.run_all(named(tmp_path, "odd"), [])]


def test_ended_from_outside_it_ends_the_shops_at_work(tmp_path):
    """A request to end the whole run ends the processes that it has started, and starts no more."""
    gate, log = tmp_path / "gate", tmp_path / "log"
    os.mkfifo(gate)
    path = tmp_path / "stand-in"
    path.write_text(f'#!/bin/sh\necho "$4" >> {log}\nexec cat > {gate} < /dev/zero\n', encoding="utf-8")
    path.chmod(0o700)
    code = (
        "import sys; from pathlib import Path; from audit import shops\n"
        f"sys.executable = {str(path)!r}\n"
        f"list(shops.run_all([shops.Shop(name, Path(name), Path(name)) for name in 'ab'], [], at_once=1))\n"
    )
    whole = subprocess.Popen([sys.executable, "-c", code])
    with gate.open("rb") as pipe:
        first = pipe.read(1)  # the shop is at work
        whole.send_signal(signal.SIGTERM)
        while pipe.read(65536):  # ends only with the process that writes
            pass

    assert b"\0" == first
    assert 128 + signal.SIGTERM == whole.wait()
    assert "a\n" == log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("codes", "worst"),
    [((0, 10), 10), ((10, 11), 11), ((11, 12), 12), ((12, 3), 3), ((3, 4), 4), ((4, 2), 2), ((2, 1), 1), ((1, 0), 1), ((0, 0), 0)],
)
def test_the_worst_shop_decides(codes, worst):
    """Of two shops the worse one's exit code is the whole's; one without an audit is worse than any finding."""
    ended = [Ended(Shop("x", None, None), code, (), {}) for code in codes]

    assert worst == shops.worst(ended)
    assert worst == shops.worst(ended[::-1])


@pytest.mark.parametrize(("count", "at_once", "each"), [(1, 4, 1000), (3, 4, 333), (4, 4, 250), (5, 4, 250), (0, 4, 1000)])
def test_shops_at_work_share_the_memory(tmp_path, count, at_once, each):
    """What all may take together is divided among those that run at once."""
    assert ["--memory", str(each)] == shops.shared_out(1000, named(tmp_path, *"abcde"[:count]), at_once)


def test_shops_are_the_folders_that_are_seen(tmp_path):
    """Hidden folders, files, and the reports' own folder are no shops; the others come in the order of their names."""
    for name in ("b", "a", ".git", "out"):
        (tmp_path / name).mkdir()
    (tmp_path / "note.txt").write_text("x", encoding="utf-8")

    assert [("a", tmp_path / "out" / "a"), ("b", tmp_path / "out" / "b")] == [
        (shop.name, shop.out) for shop in shops.shops_of(tmp_path, tmp_path / "out")
    ]


def test_a_folder_without_shops_is_named(tmp_path):
    """A folder that is missing, and one that holds no folder, each with what to do."""
    with pytest.raises(FileFault) as missing:
        shops.shops_of(tmp_path / "nowhere", tmp_path / "out")
    with pytest.raises(FileFault) as bare:
        shops.shops_of(tmp_path, tmp_path / "out")

    assert f"{tmp_path / 'nowhere'}: there is no such folder. Name the folder that holds one folder a shop." == str(missing.value)
    assert f"{tmp_path}: holds no folder of a shop. Put each shop's exports, and its order-audit.toml, into a folder of its own." == str(
        bare.value
    )


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (["x.csv"], "INPUTS"),
        (["--orders", "x.csv"], "--orders"),
        (["--history", "h.db"], "--history"),
        (["--waivers", "w.csv"], "--waivers"),
    ],
)
def test_what_speaks_of_one_shop_does_not_go_with_many(tmp_path, arguments, option):
    """An input, a table's file, a history or waivers beside --shops is wrong usage."""
    done = CliRunner().invoke(cli, ["run", "--shops", str(tmp_path), "--out", str(tmp_path / "out"), *arguments])

    assert 2 == done.exit_code
    assert done.output.endswith(
        f"Error: {option} is one shop's: with --shops each shop's folder holds its exports, and its order-audit.toml names its own files.\n"
    )


def test_settings_for_all_shops_name_no_shops_file(tmp_path):
    """Settings that are named for all shops may hold neither a history nor waivers."""
    config = tmp_path / "all.toml"
    config.write_text('[nights]\nhistory = "nights.db"\n', encoding="utf-8")
    done = CliRunner().invoke(cli, ["run", "--shops", str(tmp_path), "--out", str(tmp_path / "out"), "--config", str(config)])

    assert 2 == done.exit_code
    assert "Error: nights.history is one shop's" in done.output


def test_options_are_handed_on_as_they_were_given(tmp_path, monkeypatch):
    """Every shop's run gets the options of the command line but those of the whole run; what was not given is left to its settings."""
    handed = []
    monkeypatch.setattr(shops, "audit", lambda _folder, _out, arguments, *_, memory: handed.extend([*arguments, memory]) or 0)
    given = [
        "--as-of",
        "2026-11-23T06:00:00+01:00",
        "--select",
        "REG,TRK001",
        "--mapping",
        "a.toml",
        "--mapping",
        "b.toml",
        "--fail-on-new",
    ]
    done = CliRunner().invoke(cli, ["run", "--shops", str(tmp_path), "--out", str(tmp_path / "out"), *given, "--memory", "3K", "--quiet"])

    assert (0, "") == (done.exit_code, done.output)
    assert 3072 == handed.pop()
    assert sorted(given) == sorted(handed)
