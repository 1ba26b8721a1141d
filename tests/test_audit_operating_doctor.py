"""The doctor: each line says ok, mend or note, and 1 means that something needs mending."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from filelock import FileLock

from audit.config import FILE_NAME, Config
from audit.errors import ConfigFault
from audit.nights import history
from audit.operating import alerts, diagnosis, doctor, places, versions

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")  # the library's own, on Python before 3.13
COMMAND = str(Path(sys.executable).with_name("order-audit"))


def order_audit(*arguments, cwd):
    """Run the command as cron does."""
    bare = {"PATH": os.environ["PATH"]}
    return subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, cwd=cwd, env=bare, encoding="utf-8")


def look(inputs=(), out=None, memory=None, **settings):
    """What the doctor says of a set-up, by what it is about; the settings as given."""
    lines = doctor.examine(inputs, lambda: Config(**settings), out=out, memory=memory)
    return [f"{line.verdict} {line.about}: {line.message}" for line in lines]


def about(subject, said):
    """The lines about one thing."""
    return [line for line in said if line.split()[1] == f"{subject}:"]


def test_a_sound_set_up_ends_in_0(tmp_path):
    """Settings, inputs, output, space and versions are all ok; what is missing by choice is a note."""
    (tmp_path / FILE_NAME).write_text('[nights]\nhistory = "nights.db"\n', encoding="utf-8")
    (tmp_path / "in").mkdir()
    done = order_audit("doctor", "in", "--out", "out", cwd=tmp_path)

    assert (0, "") == (done.returncode, done.stderr)
    assert ["settings", "input", "output", "space", "history", "history", "versions"] == [
        line[5:].split(":")[0] for line in done.stdout.splitlines() if line[:4].strip()
    ]
    assert f"note history: {tmp_path / 'nights.db'} is not there yet; the first run makes it." in done.stdout
    assert "mend" not in done.stdout
    assert {"in", FILE_NAME} == {path.name for path in tmp_path.iterdir()}


def test_what_needs_mending_ends_in_1(tmp_path):
    """A key that is unknown is told as the run would tell it, with what to do below."""
    (tmp_path / FILE_NAME).write_text('[shop]\nnmae = "x"\n', encoding="utf-8")
    done = order_audit("doctor", cwd=tmp_path)

    assert 1 == done.returncode
    assert f"mend settings: {tmp_path / FILE_NAME}, line 2: unknown key nmae in [shop].\n       Did you mean name?\n" in done.stdout


def test_machines_get_the_same_as_json(tmp_path):
    """One document with a version, and for each check its verdict, template, facts and remedy."""
    done = order_audit("doctor", "nowhere", "--format", "json", cwd=tmp_path)
    document = json.loads(done.stdout)

    assert (1, 1) == (done.returncode, document["version"])
    assert {
        "verdict": "mend",
        "about": "input",
        "message": "nowhere is not there.",
        "template": "{path} is not there.",
        "facts": {"path": "nowhere"},
        "remedy": "Check the name.",
    } in document["checks"]


def test_a_note_is_nothing_to_mend():
    """Only mend ends in 1."""
    lines = [diagnosis.line(verdict, "x", "y") for verdict in diagnosis.Verdict]

    assert [0, 1, 0] == [diagnosis.exit_code([line]) for line in lines]


def test_rules_that_are_unknown_are_found():
    """A selection of the settings is looked up before the night does it."""
    assert "mend settings: unknown rule REG999." in look(select=("REG999",))


def test_settings_that_can_not_be_found_are_told():
    """Whatever keeps the settings from being read is one line, and the rest is looked at all the same."""

    def find():
        raise ConfigFault("Several settings could be meant.", "Name one with --config.")

    lines = doctor.examine((), find, out=None, memory=None)

    assert ("mend", "Name one with --config.") == (lines[0].verdict, str(lines[0].remedy))
    assert "versions" == lines[-1].about


def test_files_that_settings_name_must_be_there(tmp_path):
    """Waivers and mappings that can't be read would stop the night."""
    said = look(file="x.toml", waivers=tmp_path / "waivers.csv", mapping=(str(tmp_path / "m.toml"),))

    assert [f"mend settings: {tmp_path / name} can't be read." for name in ("waivers.csv", "m.toml")] == about("settings", said)[1:]


def test_an_output_that_can_not_be_a_folder(tmp_path):
    """A file where the folder should be, and a file above it."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    at, above = look(out=tmp_path / "file"), look(out=tmp_path / "file" / "out")

    assert [f"mend output: {tmp_path / 'file'} is a file, and the report needs a folder."] == about("output", at)
    assert [f"mend output: {tmp_path / 'file' / 'out'} can't be written (Not a directory)."] == about("output", above)


@pytest.mark.parametrize(("free", "verdict"), [(499_999_999, "mend"), (500_000_000, "ok")])
def test_free_space(tmp_path, monkeypatch, free, verdict):
    """500 MB are enough, and a byte less is not."""
    monkeypatch.setattr(places.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))

    assert [verdict] == [line.split()[0] for line in about("space", look(out=tmp_path))]


def test_a_lock_says_who_holds_it(tmp_path):
    """A run that is under way is a note, and the doctor takes nothing from it."""
    (tmp_path / ".lock-holder").write_text("process 7, since 2026-11-23 05:00 UTC\n", encoding="utf-8")
    with FileLock(tmp_path / ".lock"):
        held = about("lock", look(out=tmp_path))
    free = about("lock", look(out=tmp_path))

    assert [f"note lock: {tmp_path} is held by process 7, since 2026-11-23 05:00 UTC."] == held
    assert [f"ok lock: No run holds {tmp_path}."] == free


def test_a_run_that_was_cut_short_is_noted(tmp_path):
    """What a killed run left is no harm, and said."""
    (tmp_path / ".staging").mkdir()

    assert f"note lock: A run was cut short in {tmp_path}; the next one puts that right." in look(out=tmp_path)


def remembered(path, age):
    """A history with one run as of so long ago."""
    as_of = (datetime.now(UTC) - age).isoformat()
    with history.opened(path) as memory:
        memory.execute(
            "INSERT INTO runs (run_id, as_of, program_version, exit_code, stake, new, open, back, gone, out_of_view, waived) "
            "VALUES ('r', ?, '0', 0, 0, 0, 0, 0, 0, 0, 0)",
            (as_of,),
        )
    return path


@pytest.mark.parametrize(("hours", "verdict"), [(36, "ok"), (37, "note")])
def test_the_age_of_the_last_run(tmp_path, hours, verdict):
    """A run 36 hours old is tonight's or last night's; an hour more, and a night was missed."""
    path = remembered(tmp_path / "nights.db", timedelta(hours=hours))
    said, size = about("history", look(memory=path)), path.stat().st_size // 1000

    assert f"ok history: {path} can be used; version of its tables: 1; runs: 1; size: {size} kB." == said[0]
    assert said[-1].startswith(f"{verdict} history: The last run judged as of ")
    assert said[-1].endswith(f", {hours} h ago.")


def test_a_history_that_is_none(tmp_path):
    """Another file, a folder, and a history of a later version need mending."""
    (tmp_path / "text").write_text("x" * 200, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    with history.opened(tmp_path / "later") as memory:
        memory.execute("PRAGMA user_version = 2")

    for name in ("text", "folder", "later"):
        (line,) = about("history", look(memory=tmp_path / name))
        assert line.startswith(f"mend history: {tmp_path / name}: "), name


def test_a_damaged_history_needs_mending(tmp_path):
    """A page that is overwritten is found before the night finds it."""
    path = remembered(tmp_path / "nights.db", timedelta(0))
    content = bytearray(path.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    path.write_bytes(content)

    assert about("history", look(memory=path))[0].startswith(f"mend history: {path}")


@pytest.mark.parametrize(
    ("found", "least", "met"),
    [
        ("3.0", "3.0", True),
        ("3", "3.0.0", True),
        ("2.9.9", "3.0", False),
        ("3.10", "3.9", True),
        ("3.0.0rc1", "3.0", True),
        ("2026.10.19.post1", "2026.10", True),
        (None, "1", False),
    ],
)
def test_versions_are_compared_by_their_numbers(found, least, met):
    """Exactly the least version is enough; numbers are no decimals."""
    assert met == versions.Need("x", least, found).met


def test_a_library_that_is_too_old_is_named(monkeypatch):
    """The line says what is needed and what was found."""
    monkeypatch.setattr(versions, "_found", lambda name: None if name == "babel" else "0.0.1")
    said = about("versions", look())

    assert "mend versions: pandas 3.0 or later is needed; found: 0.0.1." in said
    assert "mend versions: babel 2.17 or later is needed; found: none." in said


def test_every_library_is_looked_at():
    """Python and all that the package needs, extras left out."""
    import tomllib

    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [entry.split(">=")[0].split("[")[0] for entry in project["dependencies"]]

    assert ["Python", *needed] == [need.name for need in versions.needs()]


@pytest.mark.parametrize(("address", "verdict"), [("https://health.example/key", "ok"), ("health.example/key", "mend")])
def test_a_health_address_is_looked_at_and_not_called(address, verdict):
    """It must be an address of the web; it is not shown."""
    (line,) = about("alerts", look(health_url=address))

    assert verdict == line.split()[0]
    assert "key" not in line


@pytest.mark.skipif(alerts.load() is None, reason="the extra notify is not installed")
def test_addresses_of_notify_are_looked_at_and_not_shown(tmp_path, service):
    """The library must understand each; nothing is sent."""
    said = about("alerts", look(history=tmp_path / "nights.db", notify=(f"json://{service.place}/key", "nonsense://key")))

    assert [
        "ok alerts: Address 1 of notify (json) is understood.",
        "mend alerts: Address 2 of notify (nonsense) is not understood.",
    ] == said
    assert [] == service.calls


def test_what_notify_lacks_is_told(monkeypatch):
    """Its library, and a history."""
    monkeypatch.setattr(alerts, "LIBRARY", "no_such_library")
    said = about("alerts", look(notify=("json://host.example",)))

    assert [
        "mend alerts: notify needs a history, to send each finding once.",
        "mend alerts: The library of notify is not installed.",
    ] == said
