"""A run in buckets says what a run in memory says, byte for byte, whatever is fed in."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit import audit
from audit.config import Config
from audit.engines import buckets as buckets_engine
from audit.engines import plan, size
from audit.engines.store import Store
from audit.errors import FaultyInputs, FileFault
from audit.normalise.words import MOST_COMPARED
from audit.run import run
from audit.testing import order, refund
from schemas.tables import TABLES

SAMPLE = Path(__file__).parent.parent / "sample_data"
AS_OF = datetime.fromisoformat("2026-11-23T06:00")
FORMS = ("csv",)


def written(folder):
    """Every file of a report by name, but for the lock."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}


def audited(inputs, out, buckets, *, part=plan.PART_BYTES, **given):
    """What a run writes, in so many buckets and with large files cut into parts of so many bytes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(size, "buckets", lambda _weight, _memory: buckets)
        patch.setattr(plan, "PART_BYTES", part)
        run(inputs, out, Config(formats=FORMS, **given), as_of=AS_OF)
    return written(out)


def assert_alike(inputs, folder, *, buckets=3, part=plan.PART_BYTES, **given):
    """Both ways write the same files with the same bytes."""
    expected = audited(inputs, folder / "memory", 1, **given)
    found = audited(inputs, folder / "buckets", buckets, part=part, **given)

    assert sorted(expected) == sorted(found)
    assert [] == [name for name in expected if expected[name] != found[name]]


def exports(folder):
    """The files of the sample without its settings."""
    return sorted(path for path in folder.iterdir() if path.suffix in (".csv", ".xlsx"))


@pytest.mark.parametrize(("buckets", "part"), [(3, 30_000)])
def test_the_sample_gives_the_same_report(tmp_path, buckets, part):
    """All seven tables, a workbook among them, and a quarantine file fed in again, the large files read in parts."""
    assert_alike(exports(SAMPLE), tmp_path, buckets=buckets, part=part)


def test_history_and_waivers_say_the_same(tmp_path):
    """On the second night, with findings gone, back and waived, and a purchase less in the files."""
    inputs = tmp_path / "in"
    inputs.mkdir()
    for path in exports(SAMPLE):
        shutil.copy(path, inputs)
    waivers = tmp_path / "waivers.csv"
    waivers.write_text("rule,purchase_id,reason,until\nREG001,,agreed,2027-01-01\nCNF,,known,2026-01-01\n", encoding="utf-8")
    nights = {name: tmp_path / f"{name}.db" for name in ("memory", "buckets")}
    for name, count in (("memory", 1), ("buckets", 3)):
        audited(exports(inputs), tmp_path / "first" / name, count, history=nights[name], waivers=waivers)
    orders = inputs / "commandes_2026-11-23.csv"
    lines = orders.read_bytes().splitlines(keepends=True)
    orders.write_bytes(b"".join(lines[:30] + lines[60:]))
    expected = audited(exports(inputs), tmp_path / "second" / "memory", 1, history=nights["memory"], waivers=waivers)
    found = audited(exports(inputs), tmp_path / "second" / "buckets", 3, history=nights["buckets"], waivers=waivers)

    assert [] == [name for name in expected if expected[name] != found[name]]


ORDERS = "purchase_id,item_id,ordered_at,unit_price,status,confirmed_at\n"


def test_a_mended_row_replaces_the_one_it_came_from(tmp_path):
    """Fed in beside its original, it counts in buckets as in memory; so does a choice between two that contradict each other."""
    orders = tmp_path / "orders.csv"
    orders.write_text(
        ORDERS + "1,11,2026-11-10 10:00,20.00,shipped,2026-11-13 10:01\n2,22,2026-11-22 10:00,abc,shipped,\n"
        "3,33,2026-11-20 10:00,30.00,shipped,\n3,33,2026-11-20 10:00,31.00,shipped,\n",
        encoding="utf-8",
    )
    audited([orders], tmp_path / "first", 1, max_quarantine=1.0)
    mended = tmp_path / "orders.csv.csv"
    text = (tmp_path / "first" / "quarantine" / "orders.csv.csv").read_text(encoding="utf-8-sig")
    mended.write_text(text.replace("abc", "19.00").replace("31.00", "30.50"), encoding="utf-8")

    assert "19.00" in mended.read_text(encoding="utf-8")
    assert_alike([orders, mended], tmp_path / "second", part=100, max_quarantine=1.0)


@pytest.mark.parametrize(
    "rows",
    [
        ["12,5", "7", "1,250"],  # only the first part shows that the comma is the decimal sign
        ["7", "1,250", "12,5"],  # only the last one does
        ["7", "8", "9"],
    ],
)
def test_parts_that_show_no_decimal_sign_go_by_the_others(tmp_path, rows):
    """A column has one sign in the whole file, wherever it shows."""
    orders = tmp_path / "orders.csv"
    lines = [f'{place},1,2026-11-20 10:00,"{price}",shipped,\n' for place, price in enumerate(rows)]
    orders.write_text(ORDERS + "".join(lines), encoding="utf-8")

    assert_alike([orders], tmp_path, part=len(lines[0]) + 4, max_quarantine=1.0)


def test_of_too_many_unknown_words_no_part_asks_what_they_mean(tmp_path):
    """What a word may be misspelt for is told where the whole column has few such words, not where each part has few."""
    orders = tmp_path / "orders.csv"
    rows = [f"{place},1,2026-11-20 10:00,5.00,shippe{place},\n" for place in range(MOST_COMPARED + 1)]
    orders.write_text(ORDERS + "".join(rows), encoding="utf-8")

    assert_alike([orders], tmp_path, part=len("".join(rows)) // 2 + 50, max_quarantine=1.0)


def test_a_column_that_contradicts_itself_refuses_the_file_in_the_same_words(tmp_path):
    """Though no part of it does so alone."""
    orders = tmp_path / "orders.csv"
    orders.write_text(ORDERS + '1,1,2026-11-20 10:00,"12,5",,\n2,1,2026-11-20 10:00,"12.5",,\n', encoding="utf-8")
    told = []
    for count in (1, 3):
        with pytest.raises(FaultyInputs) as fault:
            audited([orders], tmp_path / str(count), count, part=32)
        told.append(str(fault.value))

    assert "both the comma and the point" in told[0]
    assert told[0] == told[1]
    assert {".lock"} >= {path.name for path in (tmp_path / "3").iterdir()}


def test_an_origin_that_nobody_tells_is_said_once_of_the_whole_shop(tmp_path):
    """REG003 speaks of the shop where no item at all has an origin, with one count over all buckets."""
    orders = tmp_path / "orders.csv"
    rows = [f"{place},1,2026-11-2{place % 3} 10:00,80.00,shipped,2026-11-2{place % 3} 11:00,tracked\n" for place in range(1, 9)]
    orders.write_text(ORDERS.replace("\n", ",shipping_mode\n") + "".join(rows), encoding="utf-8")
    assert_alike([orders], tmp_path)

    found = (tmp_path / "buckets" / "findings.csv").read_text(encoding="utf-8-sig")
    assert 1 == found.count("REG003,")
    assert "8 items of 60 to 200 EUR" in found


def test_a_shared_tracking_number_is_found_across_buckets(tmp_path):
    """TRK003 sees the purchases that share a number, wherever they are kept."""
    purchases = range(1, 21)
    (tmp_path / "orders.csv").write_text(
        ORDERS + "".join(f"{one},1,2026-11-20 10:00,20.00,shipped,2026-11-20 11:00\n" for one in purchases), encoding="utf-8"
    )
    (tmp_path / "shipments.csv").write_text(
        "purchase_id,item_id,tracking_number,shipped_at\n"
        + "".join(f"{one},1,AB{100000 + one // 2},2026-11-20 12:00\n" for one in purchases),
        encoding="utf-8",
    )
    assert_alike([tmp_path / "orders.csv", tmp_path / "shipments.csv"], tmp_path, buckets=4)

    assert 18 == (tmp_path / "buckets" / "findings.csv").read_text(encoding="utf-8-sig").count("TRK003,")


OWN_RULE = '''
from audit.policy import HOUSE
from audit.rule import Evidence, Hits, rule
from schemas.findings import Severity


@rule(
    code="OWN001", name="dearest-item", title="Dearest item", severity=Severity.LOW, source=HOUSE.clause("ours"),
    todo="Look at it", advice="Look at it.", within="shop",
)
def dearest(books):
    """The dearest item of all.

    Why: it matters.
    Breach: the dearest.
    Fine: any other.
    """
    items = books.items
    return Hits(rows=items[items["unit_price"] == items["unit_price"].max()], evidence=Evidence("dearest"))
'''


def test_a_rule_of_ones_own_sees_the_whole_shop_where_it_says_so(tmp_path):
    """It is judged over all tables at once."""
    (tmp_path / "own.py").write_text(OWN_RULE, encoding="utf-8")
    assert_alike([SAMPLE / "commandes_2026-11-23.csv"], tmp_path, rules=(str(tmp_path / "own.py"),))

    assert 1 <= (tmp_path / "buckets" / "findings.csv").read_text(encoding="utf-8-sig").count("OWN001,")


IDS = st.sampled_from(["900001", "900002", "900003", "900004"])
ITEMS = st.sampled_from(["1001", "1002", "7654321"])
DAYS = st.sampled_from(["2026-10-01 09:00", "2026-11-18 10:00", "2026-11-20 10:00", "2026-11-22 23:30", "", "31/02/2026"])
PRICES = st.sampled_from(["20.00", "75.50", "250.00", "?"])
WORDS = st.sampled_from(
    [
        "Bonjour, où est 900002 ?", "commande 7654321", "merci", "je veux annuler ma commande 900003", "AB1234567", "06 12 34 56 78",
        "application de la garantie", "900009/1001 et 12345678",
    ]
)  # fmt: skip
COLUMNS = {
    "orders": {
        "purchase_id": IDS, "item_id": ITEMS, "ordered_at": DAYS, "unit_price": PRICES, "sku": st.sampled_from(["S1", "S2", ""]),
        "brand": st.sampled_from(["Nike", "Chanel", "Pico", ""]), "status": st.sampled_from(["shipped", "to_confirm", "cancelled", ""]),
        "confirmed_at": DAYS, "shipping_mode": st.sampled_from(["normal", "tracked", "registered", ""]),
        "ship_from": st.sampled_from(["CN", "FR", ""]), "cancelled_by": st.sampled_from(["seller", "buyer", ""]), "rating": st.sampled_from(["5", ""]),
    },
    "shipments": {
        "purchase_id": IDS, "item_id": st.one_of(ITEMS, st.just("")), "tracking_number": st.sampled_from(["AB1234567", "oui", "RR473124828GB", ""]),
        "shipped_at": DAYS, "delivered_at": DAYS, "last_scan_at": DAYS, "carrier": st.sampled_from(["La Poste", "Autre", ""]),
    },
    "claims": {
        "claim_id": st.sampled_from(["C1", "C2", "C3"]), "purchase_id": IDS, "item_id": ITEMS, "opened_at": DAYS,
        "claim_type": st.sampled_from(["damaged", "not_received"]), "claim_status": st.sampled_from(["open", "in_mediation", "withdrawn"]),
    },
    "refunds": {
        "refund_id": st.sampled_from(["R1", "R2"]), "purchase_id": IDS, "item_id": ITEMS, "refunded_at": DAYS, "amount": PRICES,
        "channel": st.sampled_from(["platform_rebate", "paypal"]),
    },
    "messages": {
        "message_id": st.sampled_from(["M1", "M2", "M3", "M4"]), "purchase_id": st.one_of(IDS, st.just("")), "item_id": st.one_of(ITEMS, st.just("")),
        "sent_at": DAYS, "sender": st.sampled_from(["buyer", "seller", "platform"]), "recipient": st.sampled_from(["seller", "buyer", "platform"]),
        "body": WORDS,
    },
    "listings": {
        "sku": st.sampled_from(["S1", "S2", "S3"]), "price": PRICES, "stock": st.sampled_from(["0", "3"]),
        "brand": st.sampled_from(["Gucci", "Pico", ""]), "ship_from": st.sampled_from(["CN", ""]), "title": st.just("Sac"),
    },
    "authorisations": {"brand": st.sampled_from(["Nike", "Chanel"]), "document": st.sampled_from(["a.pdf", ""]), "valid_to": DAYS},
}  # fmt: skip
"""What random small shops are made of: few ids, so that rows meet."""


@st.composite
def shops(draw):
    """Files by name: of each table one or two, which overlap."""
    files = {}
    for table, columns in COLUMNS.items():
        rows = draw(st.lists(st.fixed_dictionaries(columns), max_size=9))
        header = ",".join(columns)
        lines = [",".join(f'"{cell}"' for cell in row.values()) for row in rows]
        cut = draw(st.integers(0, len(lines)))
        if rows or table == "orders":
            files[f"{table}_2026-11-22.csv"] = "\n".join([header, *lines[: cut + 2], ""])
            files[f"{table}_b.csv"] = "\n".join([header, *lines[cut:], ""])
    return files


@given(files=shops(), buckets=st.integers(2, 4))
@settings(max_examples=3, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_random_shops_give_the_same_report(tmp_path_factory, files, buckets):
    """All tables, files that overlap and contradict each other, refused rows, messages that name what others have."""
    folder = tmp_path_factory.mktemp("shop")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    inputs = sorted(folder.iterdir())

    assert_alike(inputs, folder / "out", buckets=buckets, max_quarantine=1.0)


def test_rows_wait_in_private_files(tmp_path):
    """Nobody but the owner reads what lies on disk for a while, and nothing of it stays."""
    seen = {}

    def look(self, *arguments, **more):
        write(self, *arguments, **more)
        for path in (self.folder, *self.folder.rglob("*")):
            seen[path] = stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO)

    write = Store.write
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "write", look)
        audited(exports(SAMPLE), tmp_path / "out", 3)

    assert len(seen) > len(TABLES)
    assert {0} == set(seen.values())
    assert not (tmp_path / "out" / ".staging").exists()


def test_a_full_disk_is_said_in_a_sentence(tmp_path, monkeypatch):
    """Where the rows find no place, nothing is written and the earlier report stands."""

    def full(*_arguments, **_more):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Store, "write", full)
    with pytest.raises(FileFault, match="No space left on device"):
        audited(exports(SAMPLE), tmp_path / "out", 3)

    assert not (tmp_path / "out" / ".staging").exists()


DIES = """
import os, signal, sys
from audit.cli import main
from audit.engines.store import Store

write = Store.write

def write_and_die(self, *arguments, **more):
    write(self, *arguments, **more)
    os.kill(os.getpid(), signal.SIGKILL)

Store.write = write_and_die
sys.exit(main())
"""


def test_after_a_kill_the_next_run_sweeps_what_lay_on_disk(tmp_path):
    """The earlier report stands until then, and no row is left beside it."""
    orders = tmp_path / "orders.csv"
    orders.write_text(ORDERS + "1,11,2026-11-10 10:00,20.00,shipped,2026-11-13 10:01\n", encoding="utf-8")
    out = tmp_path / "out"
    earlier = audited([orders], out, 1)
    arguments = ["run", str(orders), "--out", str(out), "--as-of", "2026-11-24T06:00", "--memory", "1MiB", "--formats", "csv"]
    killed = subprocess.run([sys.executable, "-c", DIES, *arguments], capture_output=True, check=False)
    left = [path for path in (out / ".staging" / "rows").rglob("*") if path.is_file()]

    assert -signal.SIGKILL == killed.returncode, killed.stderr
    assert 1 == len(left)
    assert earlier.items() <= written(out).items()

    audited([orders], out, 3)

    assert not (out / ".staging").exists()
    assert earlier == written(out)


def test_a_bucket_that_can_not_be_split_is_said(tmp_path, monkeypatch, caplog):
    """All rows of one purchase stay together, however many there are."""
    monkeypatch.setattr(buckets_engine, "LEAST_OVERFULL", 1)
    orders = tmp_path / "orders.csv"
    orders.write_text(ORDERS + "".join(f"1,{item},2026-11-20 10:00,20.00,shipped,\n" for item in range(50)), encoding="utf-8")
    audited([orders], tmp_path / "out", 3)

    assert "One bucket holds" in caplog.text


def test_tables_in_a_notebook_give_the_same_findings(tmp_path):
    """DataFrames go the way of files, and buckets find what they find."""
    orders = [order(purchase_id=f"90000{place}", confirmed_at=f"2026-11-2{place % 4} 11:00", status="confirmed") for place in range(9)]
    tables = {"orders": orders, "refunds": [refund(purchase_id="900003", amount="60.00"), refund(refund_id="R2", purchase_id="900004")]}
    frames = {name: pd.DataFrame(rows, dtype="str") for name, rows in tables.items()}
    for name, frame in frames.items():
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    expected = audit(**frames, as_of=AS_OF).findings["finding_id"]
    audited([tmp_path / f"{name}.csv" for name in frames], tmp_path / "out", 3)

    assert len(expected) > 3
    assert list(expected) == list(pd.read_csv(tmp_path / "out" / "findings.csv", dtype="str")["finding_id"])
