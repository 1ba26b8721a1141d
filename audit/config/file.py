"""order-audit.toml, read once and checked before any data is read."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.config.keys import CODE, FILES, KEYS, PATHS, SECRET, SETTINGS, TRUSTED, Setting
from audit.config.settings import Config
from audit.config.values import like, one_of
from audit.errors import ConfigFault, UnfitError, line_of, located, nearest
from schemas.findings import Severity
from schemas.text import Fact, Message

if TYPE_CHECKING:
    from audit.catalogue import Catalogue

BESIDE_INPUTS = "{table}.{key} names an address, which settings found beside the inputs may not."
MERELY_FOUND = "{table}.{key} names code that is run, which settings that are merely found may not."


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
        return Severity(self._read("severity", code, one_of(*(severity.value for severity in Severity)), value))

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
