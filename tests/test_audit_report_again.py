"""The workbook built again from what a run saved: the same bytes, a part of it, and never over what people typed."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from audit.config import Config
from audit.errors import FileFault
from audit.run import report, run

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")  # data bars of 2010, which openpyxl does not know

COMMAND = str(Path(sys.executable).with_name("order-audit"))
PARIS = ZoneInfo("Europe/Paris")
ORDERS = """purchase_id,item_id,ordered_at,unit_price,status,confirmed_at
1,11,2026-11-20 05:00,20.00,to_confirm,
2,12,2026-11-20 07:00,30.00,to_confirm,
3,13,2026-11-22 07:00,40.00,to_confirm,
"""
AS_OF = datetime(2026, 11, 23, 6, tzinfo=PARIS)
"""CNF002 is critical on 1/11 (20 EUR) after 73 h, high on 2/12 after 71 h; CNF003 low on 3/13."""


@pytest.fixture
def out(tmp_path):
    """An output folder after two nights with a history."""
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    for day in (22, 23):
        run(
            [tmp_path / "orders.csv"],
            tmp_path / "out",
            Config(history=tmp_path / "nights.db", shop="Lumio & Cie", seller_zone=ZoneInfo("Asia/Shanghai")),
            as_of=AS_OF.replace(day=day),
        )
    return tmp_path / "out"


def files(folder):
    """Every file of a folder with its content, its lock aside."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}


def test_the_whole_report_has_the_same_bytes_and_touches_nothing(out):
    """The workbook stands beside the run's own under the run's name, byte for byte the same; every other file is as it was."""
    before = files(out)
    path = report(out)
    after = files(out)

    run_id = json.loads((out / "summary.json").read_text(encoding="utf-8"))["run_id"]
    assert out / f"risk_report-{run_id}.xlsx" == path
    assert before[Path("risk_report.xlsx")] == after.pop(path.relative_to(out))
    assert before == after


def test_a_part_says_so_and_counts_its_own_money(out, tmp_path):
    """Only critical findings: line 2 says it in bold, and tile and families are worked out anew over them."""
    path = report(out, out=tmp_path / "part", severities=("critical",), select=("CNF",))
    book = openpyxl.load_workbook(path)
    line, sheet = book["Dashboard"]["B2"], book["Findings"]

    assert line.value.startswith("Only findings of severity critical and of CNF are shown and counted.")
    assert line.font.bold
    assert {"Critical"} == {row[0] for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert (20, "Findings", 1) == (book["Dashboard"]["B6"].value, book["Dashboard"]["K5"].value, book["Dashboard"]["K6"].value)
    assert "A report on a part of the findings has no trend." == book["Dashboard"]["I43"].value


def test_a_workbook_in_which_somebody_typed_is_left(out):
    """One of the same name that says something else stays unless told otherwise."""
    path = report(out)
    path.write_bytes(path.read_bytes() + b"typed")
    typed = path.read_bytes()

    with pytest.raises(FileFault, match="is there already and says something else: somebody may have typed in it"):
        report(out)
    assert typed == path.read_bytes()
    report(out, overwrite=True)
    assert (out / "risk_report.xlsx").read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda folder: (folder / "run.json").unlink(), "run.json is missing"),
        (lambda folder: (folder / "rules.parquet").unlink(), "rules.parquet is missing"),
        (lambda folder: (folder / "rules.parquet").write_bytes(b"x"), "damaged: "),
        (lambda folder: (folder / "run.json").write_text('{"version": 1}'), "saved as version 1, and this program reads version 2"),
    ],
)
def test_what_is_missing_or_damaged_is_named(out, spoil, told):
    """The tables say what is wrong with them, and nothing is written."""
    spoil(out / ".tables")
    before = files(out)

    with pytest.raises(FileFault, match=told):
        report(out)
    assert before == files(out)


def test_the_command_says_where_the_workbook_is(out):
    """It prints the path and ends in 0; a folder without a run's tables is a fault, an unknown severity wrong usage."""
    call = lambda *words: subprocess.run([COMMAND, "report", *words], capture_output=True, text=True, check=False)  # noqa: E731
    done, nowhere, wrong = call(out, "--severity", "low,critical"), call(out.parent), call(out, "--severity", "grave")

    assert (0, True) == (done.returncode, done.stdout.strip().endswith("-critical-low.xlsx"))
    assert (1, f"error: {out.parent}: holds no tables that a run has saved.") == (nowhere.returncode, nowhere.stderr.splitlines()[1])
    assert 2 == wrong.returncode
    assert "'grave' is none of critical, high, medium, low" in wrong.stderr
    assert not (out.parent / ".lock").exists()


def test_another_language_has_a_workbook_of_its_own(out):
    """The file's name says the language where it is not the run's; the figures and the tables' names are the same."""
    english, french = report(out), report(out, lang="fr")
    books = [openpyxl.load_workbook(path) for path in (english, french)]

    assert f"{english.stem}-fr.xlsx" == french.name
    assert english == report(out, lang="en")
    assert ["Dashboard", "Tableau de bord"] == [book.sheetnames[0] for book in books]
    assert 1 == len({book.worksheets[0]["B6"].value for book in books})
    assert 1 == len({tuple(name for sheet in book for name in sheet.tables) for book in books})


@pytest.mark.parametrize(
    ("given", "environment", "name"),
    [
        ([], {}, ".xlsx"),
        (["--lang", "zh"], {}, "-zh.xlsx"),
        ([], {"ORDER_AUDIT_LANG": "fr"}, "-fr.xlsx"),
        (["--lang", "en"], {"ORDER_AUDIT_LANG": "fr"}, ".xlsx"),
    ],
)
def test_the_language_of_the_command_comes_from_option_or_environment(out, given, environment, name):
    """--lang wins; without it ORDER_AUDIT_LANG says the language, and without either the run's own stays."""
    done = subprocess.run(
        [COMMAND, "report", out, *given], capture_output=True, text=True, check=False, env={**os.environ, **environment}, encoding="utf-8"
    )
    run_id = json.loads((out / "summary.json").read_text(encoding="utf-8"))["run_id"]

    assert 0 == done.returncode
    assert (out / f"risk_report-{run_id}{name}").is_file()


@pytest.mark.parametrize("history", [True, False], ids=["with a history", "without"])
def test_a_report_built_again_undoes_nothing_typed_later(tmp_path, history):
    """What people type into the run's own workbook counts the night after, though a copy with the earlier word lies beside it."""
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    config, own = Config(history=tmp_path / "nights.db" if history else None), tmp_path / "out" / "risk_report.xlsx"

    def night(day, owner):
        run([tmp_path / "orders.csv"], tmp_path / "out", config, as_of=AS_OF.replace(day=day))
        with pytest.warns(UserWarning, match="will be removed"):
            book = openpyxl.load_workbook(own)
        shown = book["Actions"]["I5"].value
        book["Actions"]["I5"].value = owner
        return shown, book

    _, book = night(23, "Li")
    book.save(own)
    shown, book = night(24, "Wang")
    report(tmp_path / "out")
    book.save(own)

    assert ("Li", "Wang") == (shown, night(25, None)[0])
