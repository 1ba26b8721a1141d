"""What users can trust when something breaks: each promise met by the real fault."""

import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from audit.nights import history

COMMAND = str(Path(sys.executable).with_name("order-audit"))
CRASH = Path(__file__).with_name("crash.py")
ORDERS = "purchase_id,item_id,ordered_at,unit_price,status,confirmed_at\n"
LATE = ORDERS + "1,11,2026-11-10 10:00,20.00,shipped,2026-11-13 10:01\n2,22,2026-11-22 10:00,abc,shipped,\n"
LAST_NIGHT, TONIGHT = "2026-11-23T06:00", "2026-11-24T06:00"


def order_audit(*arguments, **more):
    """Run the command in a bare environment, as cron does."""
    environment = {"PATH": os.environ["PATH"], **more.pop("env", {})}
    return subprocess.run(
        [COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, env=environment, encoding="utf-8", **more
    )


def start(*arguments, **more):
    """Start the command and go on."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([COMMAND, *map(str, arguments)], env={"PATH": os.environ["PATH"]}, **quiet, **more)


@pytest.fixture
def exports(tmp_path):
    """A folder with one export, of which a row is refused."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "orders.csv").write_text(LATE, encoding="utf-8")
    return folder


@pytest.fixture
def report(exports, tmp_path):
    """Last night's report in its folder."""
    out = tmp_path / "out"
    done = order_audit("run", exports, "--out", out, "--as-of", LAST_NIGHT, "--max-quarantine", "1", "--fail-on", "never")
    assert done.returncode == 0, done.stderr
    return out


def content(folder):
    """Every file of a folder but the lock, by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}


def steps(report, exports, manner):
    """What is left after each step at which putting tonight's report in place was cut short."""
    done = subprocess.run(
        [sys.executable, CRASH, report, exports, manner],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "TMPDIR": str(report.parent)},
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(("manner", "ended"), [("kill", -signal.SIGKILL), ("fail", 1)])
def test_cut_short_anywhere_the_report_is_the_earlier_or_the_new_one(report, exports, manner, ended):
    """Killed, or met by a full disk, at every sync, rename and removal: each file is whole, and after the next start so is the report.

    What the writers need for a while lies in the output folder, so that nothing stays in the temporary one.
    """
    before = {path.name for path in report.parent.iterdir()}
    tried = steps(report, exports, manner)
    earlier, new = tried[0]["left"], tried[-1]["left"]

    assert {f"out.{manner}"} == {path.name for path in report.parent.iterdir()} - before
    assert len(tried) > 20
    assert {ended} == {step["ended"] for step in tried[:-1]}
    for step in tried:
        assert all(digest in (earlier[name], new[name]) for name, digest in step["left"].items()), step
        assert step["then"] in (earlier, new), step
        assert step["whole"], step
        assert [] == step["extra"], step


def test_a_kill_before_the_moves_lets_the_next_run_start_anew(report, exports):
    """The earlier report stands until then, whole."""
    before = content(report)
    (report / ".staging" / "half").mkdir(parents=True)
    (report / ".staging" / "half" / "findings.csv").write_text("half a", encoding="utf-8")
    assert before.items() <= content(report).items()
    done = order_audit("run", exports, "--out", report, "--as-of", TONIGHT, "--max-quarantine", "1", "--fail-on", "never")

    assert 0 == done.returncode
    assert not (report / ".staging").exists()


@pytest.fixture
def small_disk(tmp_path):
    """A real file system of a few hundred kilobytes."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", place], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("a small file system can't be mounted: that takes root")
    yield place
    subprocess.run(["umount", place], check=True)


def fill(disk, *, but):
    """Fill a file system but for so many bytes."""
    free = os.statvfs(disk)
    (disk / "filler").write_bytes(b"x" * (free.f_bavail * free.f_frsize - but))


def test_a_full_disk_leaves_the_earlier_report(report, exports, small_disk):
    """Exit 1 names the folder and the reason; every file is as it was, and nothing half written stays."""
    out = small_disk / "out"
    shutil.copytree(report, out)
    fill(small_disk, but=8192)
    before = content(out)
    done = order_audit("run", exports, "--out", out, "--as-of", TONIGHT)

    assert 1 == done.returncode
    assert f"error: {out}: the report can't be written there (No space left on device)." in done.stderr
    assert before == content(out)


def test_a_read_only_disk_leaves_the_earlier_report(report, exports, small_disk):
    """Exit 1, and the reason."""
    out = small_disk / "out"
    shutil.copytree(report, out)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    before = content(out)
    done = order_audit("run", exports, "--out", out, "--as-of", TONIGHT)
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)

    assert 1 == done.returncode
    assert "(Read-only file system)" in done.stderr
    assert before == content(out)


class Held:
    """A run that holds the output folder, and waits for its input to be written."""

    def __init__(self, out, folder):
        self.export = folder / "waiting.csv"
        os.mkfifo(self.export)
        self.process = start("run", "--orders", self.export, "--out", out, "--as-of", TONIGHT, "--max-quarantine", "1")
        self.writer = self.export.open("w", encoding="utf-8")  # opens once the run reads: then it holds the folder

    def finish(self):
        """Let it have its input; its exit code."""
        self.writer.write(LATE)
        self.writer.close()
        return self.process.wait()

    def end(self, how):
        """End it by a signal; its exit code."""
        self.process.send_signal(how)
        code = self.process.wait()
        self.writer.close()
        return code


def test_the_second_run_says_who_holds_the_folder(report, exports, tmp_path):
    """Several starts while one runs: each ends in 4 and names its process; the first ends as ever."""
    held = Held(report, tmp_path)
    others = [order_audit("run", exports, "--out", report, "--as-of", TONIGHT) for _ in range(3)]
    first = held.finish()

    assert [4, 4, 4] == [done.returncode for done in others]
    assert all(f"{report} is held by process {held.process.pid}, since " in done.stderr for done in others)
    assert 10 == first


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_a_signal_leaves_the_earlier_report_and_frees_the_folder(report, exports, tmp_path, how):
    """The lock dies with its holder: the next run starts at once."""
    before = content(report)
    held = Held(report, tmp_path)
    code = held.end(how)
    left = {name: data for name, data in content(report).items() if name != ".lock-holder"}
    done = order_audit("run", exports, "--out", report, "--as-of", TONIGHT, "--max-quarantine", "1", "--fail-on", "never")

    assert code != 0
    assert before == left
    assert 0 == done.returncode


def test_many_starts_at_once_give_one_whole_report(exports, tmp_path):
    """Whoever comes first writes; the others end in 4; the report is whole."""
    out = tmp_path / "out"
    runs = [start("run", exports, "--out", out, "--as-of", TONIGHT, "--max-quarantine", "1", "--fail-on", "never") for _ in range(4)]
    codes = [process.wait() for process in runs]

    assert {0} <= set(codes) <= {0, 4}
    assert "summary.json" in content(out)


def test_a_run_that_is_not_remembered_is_repeated(exports, tmp_path):
    """Killed after the report is in place and before the history is written: the same run again makes it good."""
    memory, out = tmp_path / "history.db", tmp_path / "out"
    arguments = ("run", exports, "--out", out, "--history", memory, "--max-quarantine", "1", "--fail-on", "never")
    order_audit(*arguments, "--as-of", LAST_NIGHT)
    kill = "import os, signal\nfrom audit.nights import history\nhistory.record = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\nfrom audit.cli import main\nmain()\n"
    died = subprocess.run([sys.executable, "-c", kill, *map(str, arguments), "--as-of", TONIGHT], capture_output=True, check=False)
    with history.opened(memory) as nights:
        remembered = len(history.nights(nights))
    placed = json.loads((out / "summary.json").read_text(encoding="utf-8"))["as_of"]
    done = order_audit(*arguments, "--as-of", TONIGHT)
    with history.opened(memory) as nights:
        then = len(history.nights(nights))

    assert (-signal.SIGKILL, 1, "2026-11-24T06:00:00+01:00") == (died.returncode, remembered, placed)
    assert (0, 2) == (done.returncode, then)


def test_quiet_under_cron_prints_nothing_on_success(exports, tmp_path):
    """No terminal, a bare environment, another folder to work in: silence means success."""
    done = order_audit(
        "run", exports, "--out", tmp_path / "out", "--quiet", "--as-of", LAST_NIGHT, "--max-quarantine", "1", "--fail-on", "never",
        cwd="/", env={"HOME": str(tmp_path), "LANG": "C"},
    )  # fmt: skip

    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)


PLANTED = ("Amélie Testeur", "12 rue des Invents", "amelie.testeur@exemple.example", "06 98 76 54 32")


def planted(folder):
    """Exports with a buyer's name, address, e-mail and telephone in columns of their own and in a message."""
    name, street, mail, phone = PLANTED
    (folder / "orders.csv").write_text(
        "purchase_id,item_id,ordered_at,unit_price,status,confirmed_at,Nom acheteur,Adresse,E-mail,Téléphone\n"
        f"1,11,2026-11-10 10:00,20.00,shipped,2026-11-13 10:01,{name},{street},{mail},{phone}\n",
        encoding="utf-8",
    )
    (folder / "messages.csv").write_text(
        "message_id,purchase_id,item_id,sent_at,sender,recipient,body\n"
        f'1,1,11,2026-11-20 10:00,buyer,seller,"Je suis {name}, {street}, {mail}, {phone}. Où est mon colis ?"\n'
        f'2,1,11,2026-11-20 11:00,seller,buyer,"Bonjour {name}, votre adresse {mail} est bien notée."\n',
        encoding="utf-8",
    )


def everything(folder):
    """All bytes that stand in a folder, those in workbooks unpacked."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                yield from ((f"{path.name}/{name}", archive.read(name)) for name in archive.namelist())


def test_no_personal_data_in_reports_logs_history_or_temporary_files(tmp_path):
    """Planted names, addresses, e-mails and telephones stand nowhere."""
    exports, out, scratch = (tmp_path / name for name in ("in", "out", "scratch"))
    for folder in (exports, scratch):
        folder.mkdir()
    planted(exports)
    done = order_audit(
        "run", exports, "--out", out, "--history", tmp_path / "history.db", "--as-of", LAST_NIGHT, "--verbose", "--fail-on", "never",
        "--formats", "xlsx,parquet", env={"TMPDIR": str(scratch)},
    )  # fmt: skip
    exports.rename(tmp_path.with_name(f"{tmp_path.name} in"))
    held = [*everything(tmp_path), ("streams", (done.stdout + done.stderr).encode())]

    assert 0 == done.returncode
    assert [] == [(name, value) for name, data in held for value in PLANTED if value.encode() in data]


def test_private_things_are_for_their_owner_only(report):
    """The quarantine and the saved tables can be opened by nobody else; the report can."""
    modes = {name: (report / name).stat().st_mode & 0o777 for name in ("quarantine", ".tables")}
    private = {path.name: path.stat().st_mode & 0o077 for path in (report / "quarantine").iterdir()}

    assert {"quarantine": 0o700, ".tables": 0o700} == modes
    assert {0} == set(private.values())
