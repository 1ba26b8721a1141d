"""A user's own rules, from files and entry points: what can be taken in joins our rules, and the rest is told with its reason."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from functools import partial
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from itertools import count
from pathlib import Path
from traceback import extract_tb
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from audit.admission import objection
from audit.catalogue import Catalogue, Failure
from audit.rule import Rule
from audit.rules import RULES
from schemas.text import Message, marked

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from audit.config import Config

GROUP = "order_audit.rules"
"""Entry points under which an installed package offers its rules: a module, a rule, or several in a list or tuple."""

FROM_FILE, FROM_ENTRY_POINT = marked("Rules of a file"), marked("Rules of an entry point")

MISSING = Message("there is no such file")
EMPTY = Message("it holds no rule")


class Source(NamedTuple):
    """Where rules may come from: its name for people, what it is, and how it is opened."""

    name: str
    title: str
    open: Callable[[], Any]


def equipped(config: Config) -> Config:
    """The settings with the catalogue of their rules' files and of the entry points; as they are where they have it already."""
    return config if config.catalogue.files == config.rules else replace(config, catalogue=assemble(config.rules))


def assemble(files: Sequence[str]) -> Catalogue:
    """Our rules, then those of entry points and of files; what can't be taken in fails alone."""
    rules, failures = list(RULES), list[Failure]()
    for source in (*_entry_points(), *_files(files)):
        offered = _offered(source)
        if isinstance(offered, Message):
            failures.append(Failure(source.name, source.title, offered))
            continue
        for rule in offered:
            if reason := objection(rule, rules):
                failures.append(Failure(f"{source.name}: {_named(rule)}", str(rule.title), reason))
            else:
                rules.append(rule)
    return Catalogue(tuple(rules), tuple(_told_apart(failures)), tuple(files))


def _entry_points() -> Iterator[Source]:
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group=GROUP), key=_place):
        yield Source(point.name, FROM_ENTRY_POINT, point.load)


def _place(point: EntryPoint) -> tuple[str, str]:
    return point.name, point.value


def _files(files: Sequence[str]) -> Iterator[Source]:
    for path in dict.fromkeys(Path(file).resolve() for file in files):
        yield Source(path.name, FROM_FILE, partial(_run, path))


def _offered(source: Source) -> list[Rule] | Message:
    """The rules of a source, or why there are none; what it prints while it is opened does not mix with the results."""
    try:
        with redirect_stdout(sys.stderr):
            held = source.open()
    except FileNotFoundError as error:
        return MISSING if error.filename and Path(error.filename).name == source.name else _not_imported(error, source)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a user's code raises, the other rules go on
        return _not_imported(error, source)
    return _rules_in(held) or EMPTY


def _not_imported(error: BaseException, source: Source) -> Message:
    """The error in a line, with the line of the file where there is one."""
    told = " ".join(f"{type(error).__name__}: {error}".split())
    lines = [frame.lineno for frame in extract_tb(error.__traceback__) if Path(frame.filename).name == source.name]
    if not lines:
        return Message("it can't be imported: {error}", {"error": told})
    return Message("it can't be imported, line {line}: {error}", {"line": lines[-1], "error": told})


def _rules_in(held: Any) -> list[Rule]:
    """The rules of a module, of a list or tuple, or the one rule; each once, and none of ours."""
    if isinstance(held, ModuleType):
        held = list(vars(held).values())
    values = held if isinstance(held, list | tuple) else [held]
    ours = {id(rule) for rule in RULES}
    return list({id(value): value for value in values if isinstance(value, Rule) and id(value) not in ours}.values())


def _named(rule: Rule) -> str:
    return " ".join(str(rule.code).split()) or "a rule without a code"


def _told_apart(failures: Sequence[Failure]) -> Iterator[Failure]:
    """The failures, those of one name numbered."""
    used: set[str] = set()
    for failure in failures:
        names = (failure.name if number == 1 else f"{failure.name} ({number})" for number in count(1))
        name = next(name for name in names if name not in used)
        used.add(name)
        yield failure._replace(name=name)


class _AsItIs(SourceFileLoader):
    """Reads a file as it is now: no bytecode is written beside it, and none that lies there is believed."""

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - as the base class has it
        return self.source_to_code(self.get_data(self.path), self.path)


def _run(path: Path) -> ModuleType:
    """The module of a file, under a name that no other module has."""
    name = f"order_audit_rules_of:{path}"
    spec = spec_from_loader(name, loader := _AsItIs(name, str(path)))
    if spec is None:
        raise ImportError(name)
    module = sys.modules[name] = module_from_spec(spec)
    loader.exec_module(module)
    return module
