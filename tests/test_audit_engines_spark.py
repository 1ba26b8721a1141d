"""The audit on Spark: the same report, byte for byte, and clear words where it can't be had."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest
from click.testing import CliRunner

from audit import run
from audit.cli import cli, main
from audit.config import Config, load
from audit.engines.spark import session as sessions
from audit.engines.spark.portions import Unreachable
from audit.engines.spark.reader import SparkReader
from audit.engines.spark.rows import packed, unpacked
from audit.engines.spark.shipping import pack, shipped
from audit.errors import AuditError, FileFault
from audit.ingest.files import Wanted

SAMPLE = Path(__file__).parent.parent / "sample_data"
COMMAND = str(Path(sys.executable).with_name("order-audit"))
MASTER = "local[2]"
ORDERS = "purchase_id,item_id,ordered_at,unit_price,status,confirmed_at\n1,11,2026-11-10 10:00,20.00,shipped,2026-11-13 10:01\n"


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    """A session that is active for all tests here; without Java or PySpark they are skipped by name."""
    try:
        sessions.require_spark()
    except AuditError as error:
        pytest.skip(str(error))
    with sessions.session(MASTER, tmp_path_factory.mktemp("spark")) as session:
        yield session


@pytest.fixture
def here():
    """Java and PySpark for a command of its own."""
    try:
        sessions.require_spark()
    except AuditError as error:
        pytest.skip(str(error))


def everything(folder):
    """Every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def grouped(folder, name, columns, rows=2):
    """A Parquet file in groups of a few rows: each is read by itself."""
    pa.parquet.write_table(pa.table(columns), folder / name, row_group_size=rows)


@pytest.fixture
def shop(tmp_path):
    """The sample shop, French CSV and workbook, with a canonical CSV file and Parquet files in parts beside it, copies and contradictions among them."""
    folder = tmp_path / "in"
    folder.mkdir()
    for path in SAMPLE.iterdir():
        if path.suffix in {".csv", ".xlsx", ".toml"}:
            (folder / path.name).write_bytes(path.read_bytes())
    times = ["2026-11-10 10:00", "2026-11-10 11:00", "2026-11-10 12:00", "2026-11-10 13:00", "bad", None]
    typed = pd.to_datetime(pd.Series(["2026-11-12 10:00"] * 4)).dt.tz_localize("Europe/Paris")
    (folder / "more_2026-11-22.csv").write_text(
        ORDERS + "1,12,2026-11-10 10:00,x,shipped,\n2,21,2026-11-20 10:00,70.00,confirmed,2026-11-20 11:00\n", encoding="utf-8"
    )
    grouped(folder, "parts.parquet", {
        "purchase_id": ["1", "3", "3", "4", "5", " "], "item_id": ["11", "31", "31", "41", "51", None], "ordered_at": times,
        "unit_price": ["20,00", "30,00", "30,00", "250", "50", None], "status": ["shipped"] * 5 + [None],
    })  # fmt: skip
    grouped(folder, "parcels.parquet", {
        "purchase_id": pa.array([1, 3, 4, 4]), "item_id": ["11", "31", "41", None], "shipping_mode": ["normal"] * 4,
        "tracking_number": [None, "XX1", "RR473124829GB", "RR473124829GB"], "shipped_at": pa.array(typed),
    })  # fmt: skip
    return folder


@pytest.mark.usefixtures("spark")
def test_the_report_is_the_same_byte_for_byte(shop, tmp_path):
    """Findings, quarantine, workbook, summary and saved tables are those of a run in memory, whatever kinds of files hold the shop."""
    settings = load(shop / "order-audit.toml").override(formats=("xlsx", "parquet"), master=MASTER)
    ends = [run.run([shop], tmp_path / name, settings.override(engine=name)).run.exit_code for name in ("memory", "spark")]

    assert [10, 10] == ends
    assert everything(tmp_path / "memory") == everything(tmp_path / "spark")
    assert "parts.parquet" in (tmp_path / "spark" / "summary.json").read_text(encoding="utf-8")


@pytest.mark.usefixtures("spark")
def test_all_faults_are_told_at_once(tmp_path):
    """Files that can't be used are named as in memory, each with its remedy, and nothing is written."""
    (tmp_path / "orders.csv").write_text("purchase_id,item_id,ordered_at\n1,11,2026-11-10 10:00\n", encoding="utf-8")
    (tmp_path / "dates.csv").write_text(
        ORDERS.replace("2026-11-10 10:00", "03/04/2026") + "2,21,04/13/2026,1.00,shipped,\n", encoding="utf-8"
    )
    (tmp_path / "broken.parquet").write_bytes(b"PAR1\x15broken")
    told = []
    for engine in ("memory", "spark"):
        with pytest.raises(AuditError) as fault:
            run.run([tmp_path], tmp_path / "out", Config(engine=engine, master=MASTER, as_of="2026-11-23T06:00"))
        told.append(str(fault.value))

    assert told[0] == told[1]
    assert 3 == told[1].count("\n") + 1
    assert [".lock"] == [path.name for path in (tmp_path / "out").iterdir()]


@pytest.mark.usefixtures("here")
def test_the_command_says_nothing_more_and_leaves_nothing_behind(tmp_path):
    """A run by --engine spark ends in the same code, with nothing on standard error and nothing left in temporary folders."""
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    (tmp_path / "scratch").mkdir()
    done = subprocess.run(
        [COMMAND, "run", "orders.csv", "--out", "my out", "--as-of", "2026-11-14T06:00", "--engine", "spark", "--master", MASTER],
        capture_output=True, text=True, check=False, cwd=tmp_path, env={**os.environ, "TMPDIR": str(tmp_path / "scratch")},
    )  # fmt: skip

    assert (10, "") == (done.returncode, done.stderr)
    assert "findings: 1 " in done.stdout
    assert [] == list((tmp_path / "scratch").iterdir())
    assert {".lock", ".tables", "findings.csv", "quarantine", "risk_report.xlsx", "summary.json"} == {
        path.name for path in (tmp_path / "my out").iterdir()
    }


@pytest.mark.parametrize(
    ("hidden", "wrong", "remedy"),
    [
        ("pyspark", "--engine spark needs PySpark, which is not installed.", "Install requirements-spark.lock after requirements.lock, or order-audit[spark]."),
        ("java", "--engine spark needs Java 17 or later, and finds none.", "Install a Java runtime (on Debian: apt-get install default-jre-headless), or set JAVA_HOME."),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_with_what_to_install(hidden, wrong, remedy, tmp_path, monkeypatch, capsys):
    """Without PySpark or Java the run ends in 1 before anything is read, and says what to install."""
    monkeypatch.setattr(sessions, "find_spec", lambda name: None if name == hidden else name)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.delenv(sessions.STARTED_ALREADY, raising=False)
    monkeypatch.setattr(sys, "argv", ["order-audit", "run", str(SAMPLE), "--out", str(tmp_path / "out"), "--engine", "spark"])
    with pytest.raises(SystemExit) as end:
        main()

    assert 1 == end.value.code
    assert f"no audit was performed\nerror: {wrong}\n  try: {remedy}\n" == capsys.readouterr().err


@pytest.mark.parametrize(("version", "fine"), [("1.8.0_412", False), ("11.0.2", False), ("16.0.1", False), ("17", True), ("21.0.4", True)])
def test_java_is_new_enough_from_17_on(version, fine, monkeypatch):
    """The version that Java tells decides; 1.8 is 8."""
    told = SimpleNamespace(stderr=f'openjdk version "{version}" 2026-01-01')
    monkeypatch.setattr(sessions.shutil, "which", lambda *_names, **_paths: "java")
    monkeypatch.setattr(sessions.subprocess, "run", lambda *_arguments, **_options: told)
    monkeypatch.setattr(sessions, "find_spec", lambda _name: True)
    monkeypatch.delenv(sessions.STARTED_ALREADY, raising=False)
    if fine:
        sessions.require_spark()
    else:
        with pytest.raises(AuditError, match="needs Java 17 or later, and finds Java"):
            sessions.require_spark()


@pytest.mark.parametrize(
    ("master", "here"),
    [
        ("local", True), ("local[2]", True), ("local[*]", True), ("local-cluster[2,1,1024]", False), ("spark://shop.example:7077", False),
        ("yarn", False), ("k8s://https://shop.example", False),
    ],
)  # fmt: skip
def test_the_program_is_shipped_to_executors_elsewhere(master, here):
    """Only executors that are threads of this machine have the installed packages already."""
    assert here is sessions._is_here(master)


def test_an_unknown_engine_is_wrong_usage(tmp_path):
    """What is none of the ways ends in 2, with those that there are."""
    done = CliRunner().invoke(cli, ["run", str(tmp_path), "--out", str(tmp_path / "out"), "--engine", "flink"])

    assert 2 == done.exit_code
    assert "'flink' is not one of 'auto', 'memory', 'buckets', 'spark'" in done.output


def test_a_file_that_executors_do_not_find_is_a_fault(tmp_path):
    """A path that only this machine knows is named, with what to do."""
    reader = SparkReader(terms=None, sink=None, lines=None)
    reader.plans["orders.csv"] = Unreachable("No such file or directory")
    with pytest.raises(FileFault) as fault:
        reader.plan(Wanted(tmp_path / "orders.csv", "orders.csv", None, found=False))

    assert (
        "orders.csv: can't be read on an executor (No such file or directory). "
        "Put it where every machine of the cluster finds it under the same path." == str(fault.value)
    )


def test_frames_travel_with_their_types():
    """What is packed for an executor comes back with the same cells and the same types."""
    frame = pd.DataFrame({
        "text": pd.Series(["0012", None], dtype="str"), "cents": pd.Series([6001, None], dtype="Int64"),
        "at": pd.to_datetime(pd.Series(["2026-11-20T10:00Z", None])).astype("datetime64[us, UTC]"),
        "flag": pd.Series([True, None], dtype="boolean"), "spread": pd.Series([0, 86_400], dtype="int32"), "source_row": [2, 3],
    })  # fmt: skip

    pd.testing.assert_frame_equal(frame, unpacked(packed(frame)))


def test_executors_import_the_program_from_its_zip(tmp_path):
    """The zip that is shipped to a cluster holds the packages with their data: presets, watchlist and all."""
    code = (
        "import audit, schemas, audit.engines.spark.shop; from audit.brands.watchlist import Watchlist; from audit.ingest.presets import presets; "
        "print(audit.__file__, schemas.__file__, len(presets()) > 0)"
    )
    path = pack(tmp_path)
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(path)}
    )

    assert 2 == shown.stdout.count(path.name)
    assert shown.stdout.strip().endswith("True")


def test_executors_learn_no_address():
    """What is sent of the settings holds neither addresses nor the places of history and waivers."""
    settings = Config(
        health_url="https://ping.example/key", notify=("mailtos://user:word@mail.example",), history=Path("nights.db"), shop="Lumio"
    )
    sent = shipped(settings)

    assert b"Lumio" in sent
    assert [] == [word for word in (b"ping.example", b"mail.example", b"nights.db") if word in sent]
