"""Which language a command speaks, and what stays the same in every language."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from audit.cli import cli, speech
from audit.operating import logs
from schemas.language import ENGLISH

COMMAND = str(Path(sys.executable).with_name("order-audit"))
AS_OF = ("--as-of", "2026-11-23T06:00")
MONDAY = {"en": "Monday 23 November 2026 06:00", "fr": "lundi 23 novembre 2026 06:00", "zh": "2026年11月23日星期一 06:00"}
ORDERS = "purchase_id,item_id,ordered_at,unit_price,status\n1,11,2026-11-22 10:00,20.00,to_confirm\n2,22,2026-11-22 10:00,,to_confirm\n"


@pytest.fixture(autouse=True)
def english_again(tmp_path, monkeypatch):
    """Each test works in a folder without settings; what it speaks, the next one does not."""
    monkeypatch.chdir(tmp_path)
    yield
    logs.speak(ENGLISH)


def order_audit(*arguments, **environment):
    """Run the command as cron does."""
    bare = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, env=bare, encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "environment", "settings", "code"),
    [
        ((), {}, None, "en"),
        ((), {"LANG": "fr_FR.UTF-8", "LC_ALL": "fr_FR.UTF-8", "LANGUAGE": "fr"}, None, "en"),
        ((), {}, '[run]\nlang = "zh"', "zh"),
        ((), {}, '[run]\nlang = "zh"\nx = ', "zh"),
        ((), {}, '[run]\nlang = "de"', "en"),
        ((), {"ORDER_AUDIT_LANG": "fr"}, '[run]\nlang = "zh"', "fr"),
        (("--lang", "en"), {"ORDER_AUDIT_LANG": "fr"}, '[run]\nlang = "zh"', "en"),
        (("--lang=zh",), {"ORDER_AUDIT_LANG": "fr"}, None, "zh"),
        (("--lang", "de"), {}, None, "en"),
        (("--lang",), {}, None, "en"),
    ],
)
def test_the_language_is_known_before_the_line_is_parsed(tmp_path, arguments, environment, settings, code):
    """The option wins over the environment, that over the settings, even broken ones; the locale says nothing."""
    if settings:
        (tmp_path / "order-audit.toml").write_text(settings, encoding="utf-8")

    assert code == speech.foreseen(("rules", *arguments), environment).code


def test_settings_that_are_named_say_the_language(tmp_path):
    """--config and its environment name are looked up too."""
    (tmp_path / "mine.toml").write_text('[run]\nlang = "fr"\n', encoding="utf-8")

    assert "fr" == speech.foreseen(("check", "--config", str(tmp_path / "mine.toml")), {}).code
    assert "fr" == speech.foreseen(("check",), {"ORDER_AUDIT_CONFIG": str(tmp_path / "mine.toml")}).code
    assert "en" == speech.foreseen(("check", "--config", str(tmp_path / "none.toml")), {}).code


@pytest.mark.parametrize("code", MONDAY)
def test_days_are_written_as_the_language_writes_them(code):
    """A day of the week and a month are words of the language."""
    told = CliRunner().invoke(cli, ["contact", *AS_OF, "--lang", code]).output

    assert MONDAY[code] in told


def test_the_settings_say_the_language_of_a_command(tmp_path):
    """[run] lang holds without an option, and the option holds over it."""
    (tmp_path / "order-audit.toml").write_text('[run]\nlang = "zh"\n', encoding="utf-8")
    runner = CliRunner()

    assert MONDAY["zh"] in runner.invoke(cli, ["contact", *AS_OF]).output
    assert MONDAY["fr"] in runner.invoke(cli, ["contact", *AS_OF, "--lang", "fr"]).output


@pytest.mark.parametrize(
    "command",
    [("rules",), ("contact", "1/2", *AS_OF), ("check", "orders.csv", *AS_OF), ("map", "orders.csv", "--overwrite"), ("doctor", "orders.csv", "none.csv")],
    ids=lambda command: command[0],
)  # fmt: skip
def test_documents_for_machines_are_the_same_in_every_language(tmp_path, command):
    """--format json is English."""
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    english, chinese = (CliRunner().invoke(cli, [*command, "--format", "json", "--lang", code]) for code in ("en", "zh"))

    assert json.loads(english.stdout)
    assert english.stdout == chinese.stdout


def test_a_fault_is_told_in_the_language_with_the_same_facts(tmp_path):
    """As a line of JSON its level, exit code and file are the same."""
    english, french = (
        order_audit("run", "none.csv", "--out", tmp_path / "out", "--lang", code, "--log-format", "json") for code in ("en", "fr")
    )
    (head, fault), (tete, faute) = ([json.loads(line) for line in done.stderr.splitlines()] for done in (english, french))

    assert (1, 1) == (english.returncode, french.returncode)
    assert (head["level"], head["template"], head["facts"]) == (tete["level"], tete["template"], tete["facts"])
    assert (fault["level"], fault["facts"]["file"]) == (faute["level"], faute["facts"]["file"])
    assert head["message"] != tete["message"]


def test_a_quarantine_file_in_another_language_is_taken_back(tmp_path):
    """Its reasons are told in the run's language, and are not asked for when its mended row is fed in."""
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    arguments = (
        "run",
        "orders.csv",
        "--out",
        "out",
        *AS_OF,
        "--formats",
        "csv",
        "--lang",
        "zh",
        "--max-quarantine",
        "1",
        "--fail-on",
        "never",
    )
    first = CliRunner().invoke(cli, arguments)
    path = tmp_path / "out" / "quarantine" / "orders.csv.csv"
    refused = pd.read_csv(path, dtype="str", keep_default_na=False)
    refused.assign(unit_price="20.00").to_csv(tmp_path / "orders.csv.csv", index=False)
    second = CliRunner().invoke(cli, ("run", "orders.csv", "orders.csv.csv", *arguments[2:]))
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))

    assert (0, 0) == (first.exit_code, second.exit_code)
    assert ["unit_price 为空"] == list(refused["_reasons"])
    assert 2 == sum(line["accepted"] for line in summary["inputs"])
