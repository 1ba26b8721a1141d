"""The examples are true: they name options, files and steps that exist."""

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from audit.cli import cli

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
COMMAND = "/opt/order-audit/bin/order-audit"
FIELD = r"(\*|\d+(-\d+)?)(/\d+)?(,\d+)*"


def read(name):
    """The lines of an example that are no comments."""
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    return [line for line in text.replace("\\\n", " ").splitlines() if line.strip() and not line.startswith("#")]


def parsed(words):
    """What a command line means to order-audit, its folders and files replaced by ones that are there; fails where it means nothing."""
    assert COMMAND == words[0]
    command = cli.commands[words[1]]
    return command.make_context(words[1], list(words[2:])).params


def environment_names():
    """Every environment name that some command knows."""
    return {option.envvar for command in cli.commands.values() for option in command.params if option.envvar}


def test_the_crontab_line_is_one_that_cron_and_the_command_understand():
    """Five fields, no % (cron makes it a line break), a full path and real options; the other lines set what cron or the command knows."""
    *settings, line = read("crontab")
    *fields, command = line.split(maxsplit=5)
    params = parsed(shlex.split(command))

    assert all(re.fullmatch(FIELD, field) for field in fields)
    assert "%" not in command
    assert {"MAILTO", "ORDER_AUDIT_HEALTH_URL"} == {setting.split("=")[0] for setting in settings}
    assert "ORDER_AUDIT_HEALTH_URL" in environment_names()
    assert (True, True, True) == (params["quiet"], params["fail_on_new"], params["history"] is not None)


def unit(name):
    """A unit of systemd as its sections."""
    parser = configparser.ConfigParser(strict=True, interpolation=None)
    parser.optionxform = str
    parser.read(EXAMPLES / name, encoding="utf-8")
    return parser


def test_the_service_starts_a_real_command_and_may_write_where_it_writes():
    """Its options exist, what it writes is writable to it, and a night with findings is no failure."""
    service = unit("order-audit.service")["Service"]
    params = parsed(shlex.split(service["ExecStart"]))

    assert [params["out"], params["history"].parent] == [Path(place) for place in service["ReadWritePaths"].split()]
    assert "10" == service["SuccessExitStatus"]


def test_the_timer_starts_the_service():
    """A timer starts the unit of its own name, and comes back after a reboot."""
    timer = unit("order-audit.timer")

    assert "*-*-* 05:30:00 Europe/Paris" == timer["Timer"]["OnCalendar"]
    assert "timers.target" == timer["Install"]["WantedBy"]


def test_systemd_finds_nothing_wrong(tmp_path):
    """Where systemd is, it verifies both units, with a command that is there."""
    verifier = shutil.which("systemd-analyze")
    for name in ("order-audit.service", "order-audit.timer"):
        text = (EXAMPLES / name).read_text(encoding="utf-8").replace(COMMAND, str(Path(sys.executable).with_name("order-audit")))
        (tmp_path / name).write_text(text, encoding="utf-8")
        if verifier:
            done = subprocess.run([verifier, "verify", tmp_path / name], capture_output=True, text=True, check=False)

            assert (0, "") == (done.returncode, done.stderr), name
        assert COMMAND not in (tmp_path / name).read_text(encoding="utf-8")


def instructions():
    """Each instruction of the Dockerfile with its words."""
    return [line.split(maxsplit=1) for line in read("Dockerfile")]


def test_the_image_copies_files_that_are_there_and_let_in():
    """Each source of a COPY exists, and the list of what is kept out lets it in."""
    copied = [source for name, words in instructions() if name == "COPY" for source in words.split()[:-1]]
    let_in = [line.removeprefix("!") for line in read("Dockerfile.dockerignore") if line.startswith("!")]

    assert all((ROOT / source).exists() for source in copied)
    assert set(let_in) == set(copied)


def test_the_image_holds_all_that_the_package_is_built_from():
    """Every package and file that pyproject.toml names is copied."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    copied = [source for name, words in instructions() if name == "COPY" for source in words.split()[:-1]]
    packages = [name.removesuffix("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]]

    assert {*packages, project["project"]["readme"], "pyproject.toml"} <= set(copied)


def test_the_image_installs_locked_bytes_and_does_not_run_as_root():
    """Libraries come by their hashes, the package without others, and the last user is not root."""
    runs = [words for name, words in instructions() if name == "RUN"]
    users = [words for name, words in instructions() if name == "USER"]
    created = re.search(r"useradd .* (\w+) &&", " ".join(runs))[1]

    assert "--require-hashes -r /src/requirements-notify.lock" in runs[0]
    assert "--no-deps --no-build-isolation /src" in runs[1]
    assert [created] == users


def test_the_image_starts_a_real_command():
    """Its command parses with its environment, and its folders are volumes."""
    import json

    known = dict(instructions())
    environment = dict(setting.split("=") for setting in known["ENV"].split())
    command = cli.commands[json.loads(known["CMD"])[0]]

    assert environment.keys() <= environment_names()
    assert ["order-audit"] == json.loads(known["ENTRYPOINT"])
    assert json.loads(known["VOLUME"]) == [*json.loads(known["CMD"])[1:], environment["ORDER_AUDIT_OUT"]]
    assert "out" in {option.name for option in command.params if option.required}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-notify.lock", "requirements-dev.lock"])
def test_every_lock_pins_by_hash_and_agrees(lock):
    """The locks name the same version of whatever they share, each with its hashes."""
    pins = {name: read_lock(name) for name in ("requirements.lock", lock)}

    assert "pandas" in pins["requirements.lock"]
    assert pins["requirements.lock"].items() <= pins[lock].items()
    assert all(hashes for _, hashes in pins[lock].values())


def read_lock(name):
    """Version, condition and hashes of each library of a lock."""
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.findall(r"^([\w.-]+)==(\S+)[^\\]*((?:\\\n\s+--hash=sha256:[0-9a-f]{64}\s*)*)", text, re.MULTILINE)
    return {library: (version, tuple(re.findall(r"sha256:(\w+)", hashes))) for library, version, hashes in entries}


def test_the_readme_tells_of_the_examples():
    """The section on every night says where they are."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## Every night\n")[1].split("\n## ")[0]

    assert all(word in section for word in ("`examples/`", "cron", "systemd", "Dockerfile", "order-audit doctor"))
