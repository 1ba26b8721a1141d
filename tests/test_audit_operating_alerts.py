"""Messages about what is new: each finding once an address, and never in the way of the audit."""

import json
import os
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from audit.config import FILE_NAME, Config
from audit.nights import history
from audit.operating import alerts, notices
from audit.run import run

PARIS = ZoneInfo("Europe/Paris")
COMMAND = str(Path(sys.executable).with_name("order-audit"))
HEAD = "purchase_id,item_id,ordered_at,unit_price,status,confirmed_at\n"
FIRST = "1,11,2026-11-18 10:00,20.00,shipped,2026-11-21 10:01\n"  # CNF001, undated
SECOND = "2,22,2026-11-21 05:00,30.00,to_confirm,\n"  # CNF002: 49 h on the 23rd, due by the 24th at 05:00
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")  # the library's own, on Python before 3.13
WITH_LIBRARY = pytest.mark.skipif(alerts.load() is None, reason="the extra notify is not installed")


class Night:
    """A shop whose nights are remembered and told."""

    def __init__(self, folder, addresses):
        self.folder, self.addresses = folder, addresses
        self.exports, self.memory = folder / "in", folder / "nights.db"
        self.exports.mkdir()

    def __call__(self, day, *rows, hour=6, addresses=None, **settings):
        """Run on some orders, as of a day of November 2026."""
        (self.exports / "orders.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
        to = self.addresses if addresses is None else addresses
        config = Config(shop="Lumio", history=self.memory, notify=to, formats=(), **settings)
        return run([self.exports], self.folder / "out", config, as_of=datetime(2026, 11, day, hour, tzinfo=PARIS))


@pytest.fixture
def night(tmp_path, service):
    """A shop that tells one service."""
    return Night(tmp_path, (f"json://{service.place}/key",))


def messages(service):
    """Title and lines of each message that a service was sent."""
    return [(document["title"], document["message"].splitlines()) for document in (json.loads(call.said) for call in service.calls)]


def warned(outcome):
    """What the run warns of about its messages."""
    return [str(warning) for warning in outcome.run.warnings if "notify" in str(warning) or "sent" in str(warning)]


@WITH_LIBRARY
def test_one_message_tells_all_that_is_new(night, service, tmp_path):
    """Counts, money, what is most urgent first with its deadline, and where the report lies."""
    outcome = night(23, FIRST, SECOND)
    ((title, lines),) = messages(service)

    assert "Lumio: 2 new findings, 0.00 EUR at stake" == title
    assert [
        "New or back: 0 critical, 2 high, 0 medium, 0 low.",
        "At stake with them: 0.00 EUR; with all that the report holds: 0.00 EUR.",
        "",
        "Most urgent:",
        "- by 24 Nov 2026 05:00: Confirm the sale (CNF002, 2/22)",
        "- Confirm within 48 h (CNF001, habit: 1 case)",
        "",
        f"Report: {tmp_path / 'out' / 'findings.csv'}",
    ] == lines
    assert [] == warned(outcome)


@WITH_LIBRARY
def test_no_more_than_five_things_stand_in_a_message(night, service):
    """Of seven sales that wait five are shown, and two counted."""
    night(23, *(f"{n},1{n},2026-11-21 05:00,30.00,to_confirm,\n" for n in range(1, 8)))
    ((title, lines),) = messages(service)

    assert "Lumio: 7 new findings, 0.00 EUR at stake" == title
    assert 5 == sum(line.startswith("- ") for line in lines)
    assert "... and 2 more things to do." in lines


@WITH_LIBRARY
def test_a_finding_is_told_once(night, service):
    """The same night again, and later nights, send nothing about what was told; what is new alone is told."""
    night(23, FIRST)
    night(23, FIRST)
    night(23, FIRST, hour=7)
    night(24, FIRST, SECOND.replace("11-21", "11-22"))

    assert ["Lumio: 1 new finding, 0.00 EUR at stake"] * 2 == [title for title, _ in messages(service)]
    assert any("(CNF002, 2/22)" in line for line in messages(service)[1][1])


@WITH_LIBRARY
def test_what_is_back_is_told_again(night, service):
    """A finding that had gone opens anew."""
    fine = "1,11,2026-11-18 10:00,20.00,shipped,2026-11-19 10:00\n"
    for day, row in ((23, FIRST), (24, fine), (25, FIRST), (26, FIRST)):
        night(day, row)

    assert 2 == len(service.calls)


@WITH_LIBRARY
def test_a_quiet_night_sends_nothing(night, service):
    """No message says that there is nothing."""
    night(23, "1,11,2026-11-22 10:00,20.00,to_confirm,\n")

    assert [] == service.calls


@WITH_LIBRARY
def test_what_failed_is_sent_with_the_next_run(night, service):
    """A message that fails is a warning without the address, and what it held comes with the next run, though open by then."""
    service.status = 500
    failed = night(23, FIRST)
    service.status = 200
    again = night(24, FIRST)
    night(25, FIRST)

    assert [
        "Address 1 of notify (json) could not be reached (the service refused it or gave no answer); what it missed is sent with the next run."
    ] == warned(failed)
    assert [] == warned(again)
    assert 2 == len(service.calls)
    assert "key" not in str(failed.run.warnings)


@WITH_LIBRARY
def test_addresses_are_remembered_apart(night, service):
    """One address that fails costs the others nothing, and none is told twice."""
    both = ("nonsense://secret", *night.addresses)
    told = night(23, FIRST, addresses=both)
    night(24, FIRST, addresses=both)

    assert 1 == len(service.calls)
    assert [
        "Address 1 of notify (nonsense) could not be reached (it is no address that the library knows); what it missed is sent with the next run."
    ] == warned(told)


@pytest.mark.parametrize(
    ("state", "sent", "told"),
    [
        ("new", None, True),
        ("back", None, True),
        ("open", None, False),
        ("waived", None, False),
        ("new", True, False),
        ("open", True, False),
        ("new", False, True),
        ("open", False, True),
        ("waived", False, False),
    ],
)
def test_who_is_told_what(state, sent, told):
    """New and back unless sent, open only where sending failed, and nothing that somebody has decided to live with."""
    opened = pd.Timestamp("2026-11-23T05:00", tz="UTC")
    findings = pd.DataFrame({"finding_id": ["f"], "opened_at": [opened], "state": [state]})
    known = {} if sent is None else {notices.Course("f", "2026-11-23T05:00:00+00:00"): sent}

    assert told == bool(len(alerts.untold(findings, known)))


@WITH_LIBRARY
def test_a_crash_before_remembering_repeats(night, service, monkeypatch):
    """Killed between sending and remembering, a night sends again rather than never."""
    monkeypatch.setattr(notices, "remember", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        night(23, FIRST)
    monkeypatch.undo()
    night(23, FIRST)
    night(23, FIRST)

    assert 2 == len(service.calls)


@WITH_LIBRARY
def test_a_history_that_can_not_be_written_is_a_warning(night, monkeypatch):
    """What was sent and can't be remembered is said."""

    def fail(*_, **__):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(notices, "remember", fail)

    assert ["What was sent could not be remembered (disk I/O error): the next run may send it again."] == warned(night(23, FIRST))


@WITH_LIBRARY
def test_a_plugin_that_breaks_or_hangs_is_a_warning(monkeypatch):
    """Whatever a service's plugin does, the run goes on, and its words are not shown."""
    from threading import Event

    import apprise
    from apprise.decorators import notify

    @notify(on="breaks")
    def breaks(*_, **__):
        raise RuntimeError("secret")

    asleep = Event()

    @notify(on="hangs")
    def hangs(*_, **__):
        asleep.wait()

    monkeypatch.setattr(alerts, "PATIENCE", 0.05)
    try:
        reasons = [alerts.send(apprise, f"{name}://", alerts_digest()) for name in ("breaks", "hangs")]
    finally:
        asleep.set()

    assert ["the service refused it or gave no answer", "it took too long"] == [str(reason) for reason in reasons]


def alerts_digest():
    """Some message."""
    from schemas.digest import Digest

    return Digest("Title", "Body")


def test_without_the_library_a_sentence_says_what_to_install(night, monkeypatch):
    """The report stands, and the warning names the command; nothing counts as sent."""
    monkeypatch.setattr(alerts, "LIBRARY", "no_such_library")
    outcome = night(23, FIRST)

    assert ['Nothing was sent to notify: its library is not installed. Install it: pip install "order-audit[notify]".'] == warned(outcome)
    with history.opened(night.memory) as memory:
        assert {} == notices.known(memory, night.addresses[0])


def test_no_address_stands_in_the_history(tmp_path):
    """An address is a key: the history holds its hash alone."""
    with history.opened(tmp_path / "nights.db") as memory:
        notices.known(memory, "json://host.example/key")
        memory.execute("INSERT INTO findings (finding_id, rule, subject) VALUES ('f', 'CNF001', 'item:1/11')")
        notices.remember(memory, "json://host.example/key", [notices.Course("f", "2026-11-23T05:00:00+00:00")], sent=True)
        told = notices.known(memory, "json://host.example/key"), notices.known(memory, "json://other.example")

    assert ({notices.Course("f", "2026-11-23T05:00:00+00:00"): True}, {}) == told
    assert b"host.example" not in (tmp_path / "nights.db").read_bytes()


@pytest.mark.parametrize(
    ("address", "shown"),
    [("mailtos://user:password@mail.example", "mailtos"), ("slack://a/b/c", "slack"), ("secret", "no address"), ("", "no address")],
)
def test_of_an_address_the_service_alone_is_shown(address, shown):
    """Neither host nor path nor password, for each may be the key."""
    assert shown == str(alerts.scheme(address))


def order_audit(folder, *arguments, **environment):
    """Run over a folder as of the tests' morning, as cron does."""
    fixed = ["run", folder / "in", "--out", folder / "out", "--as-of", "2026-11-23T06:00", *arguments]
    bare = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run([COMMAND, *map(str, fixed)], capture_output=True, text=True, check=False, cwd=folder, env=bare, encoding="utf-8")


@WITH_LIBRARY
@pytest.mark.parametrize("way", ["option", "settings", "environment"])
def test_the_command_sends(night, service, tmp_path, way):
    """Option, named settings and environment all name addresses; standard output says nothing of it."""
    (night.exports / "orders.csv").write_text(HEAD + FIRST, encoding="utf-8")
    (tmp_path / "own.toml").write_text(f'[alerts]\nnotify = ["{night.addresses[0]}"]\n[nights]\nhistory = "nights.db"\n', encoding="utf-8")
    plain = ("--history", "nights.db")
    done = {
        "option": lambda: order_audit(tmp_path, *plain, "--notify", night.addresses[0]),
        "settings": lambda: order_audit(tmp_path, "--config", "own.toml"),
        "environment": lambda: order_audit(tmp_path, *plain, ORDER_AUDIT_NOTIFY=night.addresses[0]),
    }[way]()

    assert (10, "") == (done.returncode, done.stderr)
    assert ["order-audit: 1 new finding, 0.00 EUR at stake"] == [title for title, _ in messages(service)]
    assert str(tmp_path / "out" / "risk_report.xlsx") in messages(service)[0][1][-1]


def test_messages_need_a_history(night, tmp_path):
    """Without a history each night would tell everything again: that is wrong usage."""
    night.exports.joinpath("orders.csv").write_text(HEAD + FIRST, encoding="utf-8")
    done = order_audit(tmp_path, "--notify", night.addresses[0])

    assert 2 == done.returncode
    assert "--notify needs a history: name its file with --history." in done.stderr


def test_settings_beside_the_inputs_name_nobody(night, tmp_path):
    """Whoever delivers exports must not choose where reports go."""
    night.exports.joinpath("orders.csv").write_text(HEAD + FIRST, encoding="utf-8")
    night.exports.joinpath(FILE_NAME).write_text('[alerts]\nnotify = ["json://host.example/key"]\n', encoding="utf-8")
    done = order_audit(tmp_path, "--history", "nights.db")

    assert 2 == done.returncode
    assert f"{FILE_NAME}, line 2: alerts.notify names an address, which settings found beside the inputs may not." in done.stderr
    assert "host.example" not in done.stderr


def test_addresses_do_not_change_the_run(night):
    """The same night with other addresses is the same run."""
    assert night(23, FIRST, addresses=()).run.run_id == night(23, FIRST, health_url="http://x.example").run.run_id
