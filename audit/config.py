"""order-audit.toml: what a shop sets, read once and checked before any data is read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from audit.catalogue import OURS, Catalogue
from audit.engines.choice import AUTO
from audit.engines.size import parse
from audit.errors import ConfigFault, UnfitError, line_of, located, nearest
from schemas.findings import Severity
from schemas.language import CODES
from schemas.text import Fact, Message

FILE_NAME = "order-audit.toml"
GRADES = ("A", "B", "C", "D")
NEVER = "never"
FORMATS = ("xlsx", "csv", "json", "parquet")
POSTAGE = ("buyer", "seller", "unknown")


@dataclass(frozen=True, kw_only=True)
class Config:
    """Everything that a shop can set; the defaults are what an empty file means.

    ``commission_rate`` and ``max_quarantine`` are shares of one; ``limits`` holds overridden parameters by name.
    ``memory``: bytes that a run may take, a share of the machine's unless set. ``engine``: how a run is carried out, one of ENGINES;
    ``master``: where Spark runs. ``rules``: files of a user's own rules; ``catalogue``: ours and those, once audit.plugins has taken them in.
    """

    shop: str = ""
    grade: str | None = None
    commission_rate: float | None = None
    default_origin: str | None = None
    zone: ZoneInfo = ZoneInfo("Europe/Paris")
    seller_zone: ZoneInfo | None = None
    return_postage: str = "unknown"
    as_of: str | None = None
    lang: str = "en"
    fail_on: str = Severity.HIGH.value
    fail_on_new: bool = False
    history: Path | None = None
    waivers: Path | None = None
    files: tuple[str, ...] = ()
    mapping: tuple[str, ...] = ()
    stale_after: float = 168.0
    max_quarantine: float = 0.05
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("xlsx",)
    memory: int | None = field(default=None, repr=False)
    engine: str = field(default=AUTO, repr=False)
    master: str = field(default="local[*]", repr=False)
    max_rows: int = 10_000
    brands_added: tuple[str, ...] = ()
    brands_removed: tuple[str, ...] = ()
    rules: tuple[str, ...] = field(default=(), repr=False)
    limits: Mapping[str, Any] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    health_url: str | None = None
    notify: tuple[str, ...] = ()
    file: str = ""
    catalogue: Catalogue = field(default=OURS, repr=False, compare=False)

    def override(self, **settings: Any) -> Config:
        """The same with those settings that are not None."""
        return replace(self, **{name: value for name, value in settings.items() if value is not None})


@dataclass(frozen=True)
class Setting:
    """One key of the file: the field of Config that it sets, how it is read, and what it is about."""

    name: str
    read: Callable[[Any], Any]
    about: str


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise UnfitError("text in quotes")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise UnfitError("a list of texts in quotes")
    return tuple(value)


def _share(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise UnfitError("a share from 0 to 1")
    return float(value)


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise UnfitError("a whole number from 1")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise UnfitError("true or false")
    return value


def _hours(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise UnfitError("a number of hours above 0")
    return float(value)


def _path(value: Any) -> Path:
    return Path(_text(value))


def _zone(value: Any) -> ZoneInfo:
    try:
        return ZoneInfo(_text(value))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UnfitError('a time zone such as "Europe/Paris"') from error


def _one_of(*words: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in words:
            raise UnfitError(Message("one of {words:words}", {"words": list(words)}))
        return str(value)

    return read


def _origin(value: Any) -> str:
    text = _text(value).upper()
    if not re.fullmatch("[A-Z]{2}", text):
        raise UnfitError('the two letters of a country, such as "CN"')
    return text


def _formats(value: Any) -> tuple[str, ...]:
    names = _texts(value)
    if unknown := [name for name in names if name not in FORMATS]:
        raise UnfitError(Message("some of {known:words}, not {unknown}", {"known": list(FORMATS), "unknown": unknown[0]}))
    return names


def _moment(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else parse_moment(_text(value))


def parse_moment(text: str) -> str:
    """The text, if it is an ISO 8601 time or date; raises UnfitError otherwise."""
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise UnfitError("a time such as 2026-11-23T06:00") from error
    return text


SETTINGS: Mapping[str, tuple[Setting, ...]] = {
    "shop": (
        Setting("shop", _text, "name of the shop, shown on the report"),
        Setting("grade", _one_of(*GRADES), "the shop's Merchant Quality Score: A, B, C or D"),
        Setting("commission_rate", _share, "commission as a share of the price, for rows that do not tell their own"),
        Setting("default_origin", _origin, "country that parcels leave from where no file says so"),
        Setting("zone", _zone, "time zone of times without one"),
        Setting("seller_zone", _zone, "the seller's own time zone, shown beside the shop's"),
        Setting("return_postage", _one_of(*POSTAGE), "who pays for returns, as the shop chose when it joined; quoted in texts to buyers"),
    ),
    "run": (
        Setting("as_of", _moment, "instant that the audit judges from; leave it out for now"),
        Setting("lang", _one_of(*CODES), "language of the report"),
        Setting("fail_on", _one_of(*(severity.value for severity in Severity), NEVER), "severity from which the run ends in 10"),
        Setting("fail_on_new", _flag, "whether only findings that are new or back end the run in 10; needs a history"),
        Setting("max_quarantine", _share, "share of refused rows above which the run ends in 11"),
        Setting("select", _texts, "codes or prefixes of the rules to report; empty for all"),
        Setting("ignore", _texts, "codes or prefixes of the rules not to report"),
        Setting("rules", _texts, "files of your own rules, in Python; only in settings that --config names"),
        Setting("formats", _formats, "outputs beside findings.csv and summary.json"),
        Setting("memory", lambda value: parse(_text(value)), "memory that a run may take; larger inputs are audited in buckets on disk"),
    ),
    "inputs": (
        Setting("files", _texts, "exports to read where none is named: of each pattern the newest file, by the date in its name"),
        Setting(
            "mapping",
            lambda value: _texts([value] if isinstance(value, str) else value),
            "files that say what headers mean, as map writes them",
        ),
    ),
    "nights": (
        Setting("history", _path, "file that remembers the nights"),
        Setting("waivers", _path, "file of findings to live with, CSV or XLSX"),
        Setting("stale_after", _hours, "hours that the newest order may be old before the report says so"),
    ),
    "report": (Setting("max_rows", _count, "most rows shown on a sheet"),),
    "alerts": (
        Setting("health_url", _text, "address to call at the start, on success, and with /fail on failure"),
        Setting("notify", _texts, "where to send what is new, as apprise writes addresses; needs a history"),
    ),
    "brands": (
        Setting("brands_added", _texts, "names added to the watchlist"),
        Setting("brands_removed", _texts, "names taken off the watchlist"),
    ),
}
"""The keys of each table of the file; [limits] and [severity] follow from the catalogue."""

PATHS = ("history", "waivers")
"""Settings that name a file; a relative one stands beside the settings."""

FILES = ("files", "mapping", "rules")
"""Settings that name several files."""

TRUSTED = ("rules", "health_url", "notify")
"""Settings that only a file may hold whose place the operator chose, for one beside the inputs may be anybody's."""

BESIDE_INPUTS = "{table}.{key} names an address, which settings found beside the inputs may not."
MERELY_FOUND = "{table}.{key} names code that is run, which settings that are merely found may not."

CODE = ("rules",)
"""Those of them that settings merely found in the working folder may not hold either: a command run among exports must run nobody's code."""

SECRET = ("alerts",)
"""Tables whose values are never shown: addresses are keys to something."""

KEYS = {"shop": "name", "brands_added": "add", "brands_removed": "remove", "zone": "time_zone"}
"""Settings whose key in the file differs from the name of their field."""


def load(path: Path, rules: Iterable[str] = (), *, found: bool = False, beside: bool = False) -> Config:
    """The settings of a file; raises ConfigFault that names the line and the nearest valid name.

    ``rules``: more files of rules, whose codes and parameters it may name. ``found``: nobody named the file; ``beside``: it was found
    beside the inputs, where whoever delivers them may have laid it.
    """
    text = path.read_text(encoding="utf-8-sig")
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigFault(
            Message("{path}: {error}.", {"path": str(path), "error": str(error)}), "Correct the line; order-audit init writes a valid file."
        ) from error
    return _Reader(path, text, found=found, beside=beside).config(document, tuple(rules))


class _Reader:
    """One file on its way into a Config."""

    def __init__(self, path: Path, text: str, *, found: bool, beside: bool) -> None:
        self.path = path
        self.lines = text.splitlines()
        self.found = found
        self.beside = beside

    def config(self, document: Mapping[str, Any], rules: tuple[str, ...]) -> Config:
        from audit.plugins import assemble

        self._known(document, (*SETTINGS, "limits", "severity"), table="")
        values: dict[str, Any] = {"file": str(self.path)}
        for table, settings in SETTINGS.items():
            values |= self._settings(table, settings, document.get(table, {}))
        values |= {name: self.path.parent / values[name] for name in PATHS if name in values}
        values |= {name: tuple(str(self.path.parent / file) for file in values.get(name, ())) for name in FILES}
        values["rules"] += rules
        return Config(**values, **self._of_rules(document, values, assemble(values["rules"])))

    def _of_rules(self, document: Mapping[str, Any], values: Mapping[str, Any], catalogue: Catalogue) -> dict[str, Any]:
        """What the file says of rules and their parameters."""
        limits, severities = document.get("limits", {}), document.get("severity", {})
        self._known(limits, catalogue.limits, table="limits", lost=catalogue.lost)
        self._known(severities, catalogue.by_code, table="severity", lost=catalogue.lost)
        for key in ("select", "ignore"):
            self._codes(key, values.get(key, ()), catalogue)
        return {
            "catalogue": catalogue,
            "limits": {
                name: self._limit(catalogue.limits[name].default, name, value) for name, value in limits.items() if name in catalogue.limits
            },
            "severities": {code: self._severity(code, value) for code, value in severities.items()},
        }

    def _codes(self, key: str, codes: tuple[str, ...], catalogue: Catalogue) -> None:
        try:
            catalogue.expand(codes)
        except ConfigFault as error:
            raise ConfigFault(located(self._place(key), error.wrong), error.remedy) from error

    def _settings(self, table: str, settings: tuple[Setting, ...], given: Mapping[str, Any]) -> dict[str, Any]:
        by_key = {KEYS.get(setting.name, setting.name): setting for setting in settings}
        self._known(given, by_key, table=table)
        for key in given:
            self._trusted(by_key[key].name, table, key)
        return {by_key[key].name: self._read(table, key, by_key[key].read, value) for key, value in given.items()}

    def _trusted(self, name: str, table: str, key: str) -> None:
        if name in TRUSTED and (self.beside or (self.found and name in CODE)):
            facts: dict[str, Fact] = {"table": table, "key": key}
            told = Message(MERELY_FOUND if name in CODE else BESIDE_INPUTS, facts)
            trust = Message("Name the file with --config {file}, if you trust it, or take the line out.", {"file": str(self.path)})
            raise ConfigFault(located(self._place(key), told), trust)

    def _read(self, table: str, key: str, read: Callable[[Any], Any], value: Any) -> Any:
        try:
            return read(value)
        except UnfitError as error:
            facts: dict[str, Fact] = {"table": table, "key": key, "value": repr(value)}
            told = Message("{table}.{key} is something else." if table in SECRET else "{table}.{key} is {value}.", facts)
            wanted = Message("It takes {wanted:sentence}.", {"wanted": error.wanted})
            raise ConfigFault(located(self._place(key), told), wanted) from error

    def _limit(self, default: Any, name: str, value: Any) -> Any:
        return self._read("limits", name, lambda given: like(default, given), value)

    def _severity(self, code: str, value: Any) -> Severity:
        return Severity(self._read("severity", code, _one_of(*(severity.value for severity in Severity)), value))

    def _known(self, given: Any, known: Iterable[str], *, table: str, lost: Callable[[str], bool] = lambda _: False) -> None:
        if not isinstance(given, dict):
            told = located(self._place(table), Message("{table} is no table.", {"table": table}))
            raise ConfigFault(told, Message("Write [{table}] on a line of its own.", {"table": table}))
        names = list(known)
        for key in given:
            if key not in names and not lost(key):
                template = "unknown key {key} in [{table}]." if table else "unknown key {key}."
                raise ConfigFault(located(self._place(key), Message(template, {"key": key, "table": table})), nearest(key, names))

    def _place(self, key: str) -> Message | str:
        for number, line in enumerate(self.lines, start=1):
            if line.strip().strip("[]").split("=")[0].strip().strip('"') == key:
                return line_of(str(self.path), number)
        return str(self.path)


def like(default: Any, value: Any) -> Any:
    """The value, if it is of the kind of a limit's default; raises UnfitError otherwise."""
    if isinstance(default, tuple):
        return _texts(value)
    if isinstance(default, dict):
        if not isinstance(value, dict) or not all(isinstance(entry, int) and not isinstance(entry, bool) for entry in value.values()):
            raise UnfitError("whole numbers by name")
        return dict(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise UnfitError("a number from 0")
    return float(value) if isinstance(default, float) else value
