"""The health address: told of the start and of every kind of end, and never in the way of the audit."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest

from audit.config import FILE_NAME, load
from audit.errors import ConfigFault, FileFault, Locked
from audit.operating import health
from schemas.text import plain

COMMAND = str(Path(sys.executable).with_name("order-audit"))
ORDERS = "purchase_id,item_id,ordered_at,unit_price,status,confirmed_at\n"
LATE = ORDERS + "1,11,2026-11-18 10:00,20.00,shipped,2026-11-21 10:01\n"
FINE = ORDERS + "1,11,2026-11-22 10:00,20.00,to_confirm,\n"
REFUSED = ORDERS + "1,11,2026-11-22 10:00,free,to_confirm,\n2,22,2026-11-22 10:00,20.00,to_confirm,\n"
ALARM = "its service may raise a false alarm."


def order_audit(folder, *arguments, **environment):
    """Run over a folder as of the tests' morning, as cron does."""
    fixed = ["run", folder / "in", "--out", folder / "out", "--as-of", "2026-11-23T06:00", *arguments]
    bare = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run([COMMAND, *map(str, fixed)], capture_output=True, text=True, check=False, cwd=folder, env=bare, encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    """A folder with one export of a fine night."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "orders.csv").write_text(FINE, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("export", "arguments", "path", "code"),
    [
        (FINE, (), "/ping/night", 0),
        (LATE, (), "/ping/night", 10),
        ("purchase_id\n1\n", (), "/ping/night/fail", 1),
        (FINE, ("--fail-on-new",), "/ping/night/fail", 2),
        (ORDERS, (), "/ping/night/fail", 3),
        (REFUSED, (), "/ping/night/fail", 11),
    ],
)
def test_each_end_is_told(folder, service, export, arguments, path, code):
    """0 and 10 are good nights, all others failures; the exit code is told."""
    (folder / "in" / "orders.csv").write_text(export, encoding="utf-8")
    done = order_audit(folder, *arguments, "--health-url", f"http://{service.place}/ping/night")

    assert code == done.returncode
    assert (path, f"exit code {code}\n") == service.calls[-1]
    assert ALARM not in done.stderr


def test_the_start_is_told_first(folder, service):
    """One call at the start, one at the end, and no more."""
    order_audit(folder, "--health-url", f"http://{service.place}/ping/night/")

    assert ["/ping/night/start", "/ping/night/"] == [call.path for call in service.calls]


@pytest.mark.parametrize("way", ["settings", "environment"])
def test_the_address_may_come_from_settings_or_environment(folder, service, way):
    """Settings that are named and the environment do as well as the option."""
    address = f"http://{service.place}/key"
    (folder / "own.toml").write_text(f'[alerts]\nhealth_url = "{address}"\n', encoding="utf-8")
    if way == "settings":
        order_audit(folder, "--config", "own.toml")
    else:
        order_audit(folder, ORDER_AUDIT_HEALTH_URL=address)

    assert ["/key/start", "/key"] == [call.path for call in service.calls]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SystemExit(0), 0),
        (SystemExit(None), 0),
        (SystemExit("words"), 1),
        (SystemExit(12), 12),
        (Locked("x"), 4),
        (FileFault("x", "y"), 1),
        (ConfigFault("x"), 2),
        (click.UsageError("x"), 2),
        (ValueError("x"), 1),
        (KeyboardInterrupt(), 1),
    ],
)
def test_whatever_ends_the_work_has_its_code(error, code):
    """An exit, a fault, wrong usage, a bug, an interruption: what the process ends in."""
    assert code == health.exit_code(error)


@pytest.mark.parametrize("error", [Locked("x"), ValueError("x"), SystemExit(12)])
def test_a_failure_passes_on(service, error):
    """The failure is told, and goes on its way."""
    with pytest.raises(type(error)), health.told(f"http://{service.place}/key", quiet=True):
        raise error

    assert ["/key/fail"] == [call.path for call in service.calls]


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://h.example/key", "https://h.example/key/start"),
        ("https://h.example/key/", "https://h.example/key/start"),
        ("https://h.example", "https://h.example/start"),
        ("https://h.example:8443/key?token=a%2Fb", "https://h.example:8443/key/start?token=a%2Fb"),
        ("file:///etc/passwd", None),
        ("ftp://h.example/key", None),
        ("https:///key", None),
        ("https://h.example:99999/key", None),
        ("https://[::1/key", None),
        ("h.example/key", None),
        ("", None),
    ],
)
def test_the_ending_joins_the_path(url, target):
    """The ending goes to the path, before a query; what is no address of the web is none."""
    assert target == health.address(url, "/start")


def closed_port():
    """A port of this machine on which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.mark.parametrize("address", ["nonsense", "http://127.0.0.1:{port}/key", "http://exa mple/key", "http://127.0.0.1:{port}/k ey\n"])
def test_an_address_that_fails_is_one_warning(folder, address):
    """The night ends as it would, and one line says so without the address."""
    done = order_audit(folder, "--health-url", address.format(port=closed_port()))

    assert 0 == done.returncode
    assert 1 == done.stderr.count(ALARM) == len(done.stderr.splitlines())
    assert "key" not in done.stderr
    assert "Traceback" not in done.stderr


def test_silence_stays_silence(folder):
    """Under --quiet a fine night says nothing, even where the service could not be called."""
    done = order_audit(folder, "--health-url", "nonsense", "--quiet")

    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)


def test_a_refusal_is_told_by_its_number(service):
    """What the service answered is in the warning."""
    service.status = 404

    assert {"reason": "HTTP 404"} == health.call(f"http://{service.place}/key").facts


def test_a_service_that_never_answers_is_left_to_itself(monkeypatch):
    """A service that takes the call and stays silent costs a bounded time."""
    monkeypatch.setattr(health, "SOCKET_PATIENCE", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        failed = health.call(f"http://127.0.0.1:{silent.getsockname()[1]}/key")

    assert {"reason": "no answer in time"} == plain(failed.facts)


def test_an_answer_in_drops_is_left_to_itself(monkeypatch):
    """The whole call has its limit, whatever its steps take."""
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        failed = health.call(f"http://127.0.0.1:{silent.getsockname()[1]}/key")

    assert {"reason": "no answer in time"} == plain(failed.facts)


def test_settings_beside_the_inputs_name_no_address(folder, service):
    """Whoever delivers exports must not choose whom the run calls: the line is named, and nothing is called."""
    text = f'[shop]\nname = "x"\n\n[alerts]\nhealth_url = "http://{service.place}/key"\n'
    (folder / "in" / FILE_NAME).write_text(text, encoding="utf-8")
    found, named = order_audit(folder), order_audit(folder, "--config", f"in/{FILE_NAME}")

    assert (2, 0) == (found.returncode, named.returncode)
    assert f"{FILE_NAME}, line 5: alerts.health_url names an address, which settings found beside the inputs may not." in found.stderr
    assert f"try: Name the file with --config {folder / 'in' / FILE_NAME}, if you trust it, or take the line out." in found.stderr
    assert service.place not in found.stderr
    assert 2 == len(service.calls)


def test_settings_of_the_working_folder_may(folder, service):
    """The folder that the run is started in is the operator's own."""
    (folder / FILE_NAME).write_text(f'[alerts]\nhealth_url = "http://{service.place}/key"\n', encoding="utf-8")

    assert (0, 2) == (order_audit(folder).returncode, len(service.calls))


def test_a_wrong_kind_of_address_is_not_shown(tmp_path):
    """An address is a key: a fault names the line and not the value."""
    (tmp_path / FILE_NAME).write_text('[alerts]\nnotify = "mailto://secret"\n', encoding="utf-8")
    with pytest.raises(ConfigFault) as fault:
        load(tmp_path / FILE_NAME)

    assert f"{tmp_path / FILE_NAME}, line 2: alerts.notify is something else." == str(fault.value.wrong)
    assert "It takes a list of texts in quotes." == str(fault.value.remedy)
