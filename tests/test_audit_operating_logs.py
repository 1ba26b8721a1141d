"""What standard error says: sentences for a person, lines of JSON for a machine, and never a cell of a table."""

import json
import logging
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from audit.errors import ConfigFault, FaultyInputs, FileFault
from audit.operating import logs
from schemas.text import Message

COMMAND = str(Path(sys.executable).with_name("order-audit"))
ORDERS = "purchase_id,item_id,ordered_at,unit_price,status,confirmed_at\n"
LATE = ORDERS + "1,11,2026-11-18 10:00,20.00,shipped,2026-11-21 10:01\n"
FINE = ORDERS + "1,11,2026-11-22 10:00,20.00,to_confirm,\n"
TOLD = Message("{rows} rows cost {price:money}.", {"rows": 2, "price": 150})


@pytest.fixture
def say(capsys):
    """Set the form, log with a function, and give the lines of standard error; what was set before is set back."""
    root = logging.getLogger()
    handlers, level, hook = list(root.handlers), root.level, sys.excepthook

    def said(form, speak, **more):
        logs.configure(form, **more)
        speak(logging.getLogger("audit.anything"))
        return capsys.readouterr().err.splitlines()

    yield said
    logs.configure()
    root.handlers[:] = handlers
    root.setLevel(level)
    sys.excepthook = hook


def order_audit(*arguments, cwd, **environment):
    """Run the command as cron does."""
    bare = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, cwd=cwd, env=bare, encoding="utf-8")


def lines(done):
    """Standard error as documents; fails where one line is no JSON object."""
    return [json.loads(line) for line in done.stderr.splitlines()]


def exports(folder, text=LATE):
    """A folder with one export."""
    (folder / "in").mkdir()
    (folder / "in" / "orders.csv").write_text(text, encoding="utf-8")
    return folder / "in"


def test_a_person_reads_sentences(say):
    """Warnings and errors are marked, and what to try stands below."""
    assert ["warning: 2 rows cost 1.50 EUR."] == say("text", lambda logger: logger.warning(TOLD))
    assert ["error: Broken.", "  try: Mend it."] == say(
        "text", lambda logger: logger.error("Broken.", extra={"facts": {"remedy": "Mend it."}})
    )


def test_a_machine_reads_template_and_facts_apart(say):
    """A line is one object with time, level, message, template and facts."""
    (line,) = say("json", lambda logger: logger.warning(TOLD))
    document = json.loads(line)

    assert timedelta(0) == datetime.fromisoformat(document.pop("time")).utcoffset()
    assert {
        "level": "warning",
        "message": "2 rows cost 1.50 EUR.",
        "template": "{rows} rows cost {price:money}.",
        "facts": {"rows": 2, "price": 150},
    } == document


def test_progress_is_said_on_request_only(say):
    """Without verbose no progress is told, with it each step."""
    assert [] == say("text", lambda logger: logger.info("Reading."))
    assert ["Reading."] == say("text", lambda logger: logger.info("Reading."), verbose=True)


@pytest.mark.parametrize("form", logs.FORMS)
def test_other_libraries_are_not_heard(say, form):
    """What other libraries log may hold addresses or cells, and is left out."""
    assert [] == say(form, lambda _: logging.getLogger("urllib3.connectionpool").warning("/secret"), verbose=True)


def test_being_configured_twice_says_nothing_twice(say):
    """The last form alone holds."""
    say("text", lambda _: None)

    assert 1 == len(say("json", lambda logger: logger.warning("Once.")))


def test_a_fault_says_what_failed_and_never_the_cell(say):
    """Of an exception a machine gets kind and places; its words may quote a cell."""

    def fail(logger):
        try:
            int("Jeanne Martin")
        except ValueError:
            logger.exception("rule %s failed", "REG001")

    (line,) = say("json", fail)
    document = json.loads(line)

    assert ("error", "rule REG001 failed", "ValueError") == (document["level"], document["message"], document["facts"]["kind"])
    assert document["facts"]["places"][-1].startswith("tests/test_audit_operating_logs.py:")
    assert "Jeanne" not in line


def test_a_crash_is_a_line_too(say):
    """What breaks the program is told as critical, with kind and place and without its words."""
    (line,) = say("json", lambda _: sys.excepthook(KeyError, KeyError("Jeanne Martin"), None))
    document = json.loads(line)

    assert ("critical", "KeyError") == (document["level"], document["facts"]["kind"])
    assert "Jeanne" not in line


def test_every_faulty_input_has_its_line(say):
    """First that no audit was performed, with the exit code, then each fault with its file and remedy."""
    faults = FaultyInputs([FileFault("a.csv", "is empty.", "Export it anew."), ConfigFault("unknown key x.")])
    head, first, second = map(json.loads, say("json", lambda _: logs.tell_fault(faults)))

    assert ("critical", "no audit was performed", {"exit_code": 1}) == (head["level"], head["message"], head["facts"])
    assert ("error", "a.csv: is empty.", {"file": "a.csv", "remedy": "Export it anew."}) == (
        first["level"],
        first["message"],
        first["facts"],
    )
    assert ("unknown key x.", {"remedy": ""}) == (second["message"], second["facts"])


@pytest.mark.parametrize(
    ("arguments", "environment", "form"),
    [
        ((), {}, "text"),
        (("run", "--log-format", "json"), {}, "json"),
        (("run", "--log-format=json"), {}, "json"),
        (("run", "--log-format"), {}, "text"),
        (("run", "--log-format", "yaml"), {}, "text"),
        (("run",), {"ORDER_AUDIT_LOG_FORMAT": "json"}, "json"),
        (("run", "--log-format", "text"), {"ORDER_AUDIT_LOG_FORMAT": "json"}, "text"),
    ],
)
def test_the_form_is_known_before_the_line_is_parsed(arguments, environment, form):
    """The option wins over its environment name; what is neither is text."""
    assert form == logs.foreseen(arguments, environment)


def test_standard_output_is_the_same_in_both_forms(tmp_path):
    """Only standard error changes."""
    folder = exports(tmp_path)
    text, told = (
        order_audit("run", folder, "--out", tmp_path / "out", "--as-of", "2026-11-23T06:00", "--log-format", form, cwd=tmp_path)
        for form in logs.FORMS
    )

    assert (10, text.stdout) == (told.returncode, told.stdout)
    assert text.stdout.startswith("order-audit, as of 23 Nov 2026 06:00")
    assert ("", "") == (text.stderr, told.stderr)


def test_quiet_lines(tmp_path):
    """Under --quiet a fine night says nothing, and one with findings ends in a line with its figures."""
    folder = exports(tmp_path)
    arguments = ("run", folder, "--out", tmp_path / "out", "--as-of", "2026-11-23T06:00", "--log-format", "json", "--quiet")
    (line,) = lines(order_audit(*arguments, cwd=tmp_path))
    (folder / "orders.csv").write_text(FINE, encoding="utf-8")
    fine = order_audit(*arguments, cwd=tmp_path)

    assert {"exit_code": 10, "findings": 1, "stake": 0, "folder": str(tmp_path / "out")} == line["facts"]
    assert (0, "", "") == (fine.returncode, fine.stdout, fine.stderr)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("run", "nowhere.csv", "--out", "out"), 1, "nowhere.csv: there is no such file or folder."),
        (("run", "in", "--out", "out", "--surprise"), 2, "No such option '--surprise'."),
        (("run", "in"), 2, "Missing option '--out'."),
        (("run", "in", "--out", "out", "--fail-on-new"), 2, "--fail-on-new needs a history: name its file with --history."),
        (("run", "in", "--out", "out", "--config", "none.toml"), 2, "none.toml: there is no such file."),
    ],
)
def test_whatever_stops_an_audit_is_two_lines(tmp_path, arguments, code, told):
    """Faults and wrong usage come as lines, with the exit code and what is wrong."""
    exports(tmp_path)
    done = order_audit(*arguments, cwd=tmp_path, ORDER_AUDIT_LOG_FORMAT="json")
    head, fault = lines(done)

    assert (code, {"exit_code": code}) == (done.returncode, head["facts"])
    assert ("error", told) == (fault["level"], fault["message"])


def test_warnings_of_a_run_keep_template_and_facts(tmp_path):
    """A run's warnings are lines whose facts a machine can use."""
    folder = exports(tmp_path, FINE)
    (folder / "stock.csv").write_text("some,other,table\n1,2,3\n", encoding="utf-8")
    done = order_audit(
        "run", folder, "--out", tmp_path / "out", "--as-of", "2026-11-23T06:00", "--log-format", "json", "--verbose", cwd=tmp_path
    )
    read, placed, left = [line for line in lines(done) if "stage" not in line["facts"]]

    assert ["info", "info", "warning"] == [read["level"], placed["level"], left["level"]]
    assert {"rows": 1, "files": 1} == read["facts"]
    assert {"findings": 0, "folder": str(tmp_path / "out")} == placed["facts"]
    assert {"files": ["stock.csv"]} == left["facts"]
