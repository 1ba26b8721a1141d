"""What to mend in a set-up before the night: settings, folders, space, lock, history, libraries, addresses."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from audit.config import Config
from audit.errors import AuditError
from audit.nights import history
from audit.operating import alerts, health, versions
from audit.operating.diagnosis import Line, Verdict, fault, line
from audit.operating.places import output, standing, writable
from schemas.text import Fact, Message

INSTALL = Message("Install it: {command}.")
NONE_FOUND = Message("none")

KILOBYTE = 1_000

LATEST = timedelta(hours=36)
"""Age of the last run above which a night was missed: a day, and half a day for one that is early after one that was late."""


def examine(inputs: Sequence[Path], find: Callable[[], Config], *, out: Path | None, memory: Path | None) -> list[Line]:
    """Look at everything; ``find`` gives the settings, ``memory`` is a history named beside them."""
    told, config = _settings(find)
    lines = [*told, *_inputs(inputs), *(output(out) if out else ())]
    return [*lines, *_history(memory or config.history), *_libraries(), *_addresses(config)]


def _settings(find: Callable[[], Config]) -> tuple[list[Line], Config]:
    """The line about the settings, and the settings, or the defaults where they can't be used."""
    try:
        config = find()
        config.catalogue.selected(config.select, config.ignore)
    except AuditError as error:
        return [fault("settings", error)], Config()
    if not config.file:
        return [line(Verdict.NOTE, "settings", "No order-audit.toml: the defaults are used.", "order-audit init writes one.")], config
    return [line(Verdict.OK, "settings", "{file} can be used.", file=config.file), *_named_files(config)], config


def _named_files(config: Config) -> Iterator[Line]:
    for file in (*((str(config.waivers),) if config.waivers else ()), *config.mapping):
        if not os.access(file, os.R_OK):
            yield line(Verdict.MEND, "settings", "{file} can't be read.", "Correct its name in the settings, or its rights.", file=file)


def _inputs(inputs: Sequence[Path]) -> Iterator[Line]:
    for path in inputs:
        if not path.exists():
            yield line(Verdict.MEND, "input", "{path} is not there.", "Check the name.", path=str(path))
        elif not os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0)):
            yield line(Verdict.MEND, "input", "{path} can't be read.", "Give this user the right to read it.", path=str(path))
        else:
            yield line(Verdict.OK, "input", "{path} can be read.", path=str(path))


def _history(path: Path | None) -> Iterator[Line]:
    if path is None:
        remedy = "Name a file with --history, or in the settings."
        yield line(Verdict.NOTE, "history", "None is kept: no finding is known as new.", remedy)
    elif path.exists() and not os.access(path, os.R_OK | os.W_OK):
        remedy = "Give this user the right to write it."
        yield line(Verdict.MEND, "history", "{file} can't be read and written.", remedy, file=str(path))
    elif not path.exists():
        yield line(Verdict.NOTE, "history", "{file} is not there yet; the first run makes it.", file=str(path))
        yield writable(standing(path.parent), "history", str(path.parent))
    else:
        yield from _remembered(path)


def _remembered(path: Path) -> Iterator[Line]:
    try:
        with history.opened(path) as connection:
            sound = connection.execute("PRAGMA quick_check").fetchone()[0]
            nights = history.nights(connection)
    except AuditError as error:
        yield fault("history", error)
        return
    if sound != "ok":
        yield line(Verdict.MEND, "history", "{file} is damaged.", "Bring it back from a backup, or move it away.", file=str(path))
        return
    size = path.stat().st_size // KILOBYTE
    template = "{file} can be used; version of its tables: {version}; runs: {runs}; size: {size} kB."
    yield line(Verdict.OK, "history", template, file=str(path), version=history.VERSION, runs=len(nights), size=size)
    yield writable(path.parent, "history", str(path.parent))
    if len(nights):
        yield _last_run(nights["as_of"].iloc[-1].to_pydatetime())


def _last_run(as_of: datetime) -> Line:
    hours = round((datetime.now(UTC) - as_of).total_seconds() / 3600)
    facts: dict[str, Fact] = {"as_of": as_of.isoformat(), "hours": hours}
    if timedelta(hours=hours) > LATEST:
        remedy = "See whether the timer or the crontab still starts it."
        return line(Verdict.NOTE, "history", "The last run judged as of {as_of:time} UTC, {hours:hours} ago.", remedy, **facts)
    return line(Verdict.OK, "history", "The last run judged as of {as_of:time} UTC, {hours:hours} ago.", "", **facts)


def _libraries() -> Iterator[Line]:
    """Python and the libraries against the least versions that the package names."""
    needs = list(versions.needs())
    lacking = [need for need in needs if not need.met]
    for need in lacking:
        facts: dict[str, Fact] = {"name": need.name, "least": need.least, "found": need.found or NONE_FOUND}
        yield line(Verdict.MEND, "versions", "{name} {least} or later is needed; found: {found}.", "Install the locked versions.", **facts)
    if not lacking:
        told = [f"{need.name} {need.found}" for need in needs]
        yield line(Verdict.OK, "versions", "Recent enough: {versions:words}.", versions=told)


def _addresses(config: Config) -> Iterator[Line]:
    """Whether the addresses of the settings can be addresses; nothing is called or sent, and none is shown."""
    if config.health_url is not None:
        fine = health.address(config.health_url) is not None
        remedy = "" if fine else "Write it as https://..., as the service shows it."
        template = "The health address can be called." if fine else "The health address is none that can be called."
        yield line(Verdict.OK if fine else Verdict.MEND, "alerts", template, remedy)
    if config.notify and config.history is None:
        yield line(Verdict.MEND, "alerts", "notify needs a history, to send each finding once.", "Set history in [nights].")
    yield from _services(config.notify)


def _services(addresses: Sequence[str]) -> Iterator[Line]:
    library = alerts.load() if addresses else None
    if addresses and library is None:
        yield line(Verdict.MEND, "alerts", "The library of notify is not installed.", INSTALL._replace(facts={"command": alerts.INSTALL}))
        return
    for number, address in enumerate(dict.fromkeys(addresses), start=1):
        facts: dict[str, Fact] = {"number": number, "scheme": alerts.scheme(address)}
        if library and alerts.understood(library, address):
            yield line(Verdict.OK, "alerts", "Address {number} of notify ({scheme}) is understood.", "", **facts)
        else:
            remedy = "Write it as the library's pages show it for that service."
            yield line(Verdict.MEND, "alerts", "Address {number} of notify ({scheme}) is not understood.", remedy, **facts)
