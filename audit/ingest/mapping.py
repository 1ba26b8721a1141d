"""Mapping files: what a person says of the headers of their exports, checked line by line."""

from __future__ import annotations

import fnmatch
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

from audit.errors import ConfigFault, line_of, located, nearest
from audit.ingest.layout import DATE_ORDERS, DECIMALS, Layout
from audit.ingest.likeness import key
from audit.ingest.presets import preset_for, presets
from schemas.table import ORDER_NUMBER
from schemas.tables import TABLES
from schemas.text import Fact, Message

SECTION = "file"
COLUMNS, CONSTANTS = "columns", "constants"
KEYS = ("tables", "files", "preset", "date_order", "decimal", COLUMNS, CONSTANTS)
NO_TABLE, IS = "{table} is no table.", "{key} is {value}."
PLENTY = 0.5
"""Share of a mapping's headers from which a file is the one that is meant, though a header is not there."""


def load(paths: Iterable[str | Path]) -> tuple[Layout, ...]:
    """The layouts of some mapping files; raises ConfigFault that names the line and the nearest valid name."""
    return tuple(layout for path in paths for layout in _load(Path(path)))


def _load(path: Path) -> list[Layout]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        document = tomllib.loads(text)
    except OSError as error:
        wrong = Message("{file}: the mapping can't be read ({error}).", {"file": str(path), "error": error.strerror})
        raise ConfigFault(wrong, "Write one with order-audit map FILE.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        wrong = Message("{path}: {error}.", {"path": str(path), "error": str(error)})
        raise ConfigFault(wrong, "Correct the line; order-audit map FILE writes a valid mapping.") from error
    sections = document.get(SECTION, document)
    sections = sections if isinstance(sections, list) else [sections]
    if SECTION in document and (others := [name for name in document if name != SECTION]):
        outside = Message("{key} stands outside of [[{section}]].", {"key": others[0], "section": SECTION})
        raise ConfigFault(located(_place(path, text, others[0], 0), outside), "Move it below.")
    return [_Section(path, text, number).layout(section) for number, section in enumerate(sections)]


def _place(path: Path, text: str, name: str, section: int) -> Message | str:
    """The line of a key, looked for from its section on."""
    current = -1 if f"[[{SECTION}]]" in text else 0
    for number, line in enumerate(text.splitlines(), start=1):
        current += line.strip().startswith(f"[[{SECTION}]]")
        if current >= section and _is_line_of(line.strip(), name):
            return line_of(str(path), number)
    return str(path)


def _is_line_of(line: str, name: str) -> bool:
    """Whether a line sets a key, or opens the table of that name."""
    if found := re.match(r"\[+\s*([^\]]*?)\s*\]+", line):
        return found[1].rpartition(".")[2] == name
    if line.startswith(("#", "[")) or "=" not in line:
        return False
    try:
        return name in tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return False


class _Section:
    """One section of a mapping file on its way into a Layout."""

    def __init__(self, path: Path, text: str, number: int) -> None:
        self.path, self.text, self.number = path, text, number

    def layout(self, given: Any) -> Layout:
        if not isinstance(given, dict):
            told = located(str(self.path), Message(NO_TABLE, {"table": SECTION}))
            raise ConfigFault(told, Message("Write [[{section}]] on a line of its own.", {"section": SECTION}))
        self._known(given, KEYS)
        tables = self._tables(given)
        columns, left = self._columns(given.get(COLUMNS, {}), tables)
        return Layout(
            name=self.path.name,
            file=str(self.path),
            tables=tables,
            signature=((self._text(given, "files"),),) if "files" in given else (),
            preset=self._preset(given),
            columns=columns,
            left=left,
            date_order=self._one_of(given, "date_order", DATE_ORDERS),
            decimal=self._one_of(given, "decimal", DECIMALS),
            constants={self._column(name, name, tables): str(value) for name, value in given.get(CONSTANTS, {}).items()},
        )

    def _fault(self, name: str, wrong: Message, remedy: Message | str) -> ConfigFault:
        return ConfigFault(located(_place(self.path, self.text, name, self.number), wrong), remedy)

    def _known(self, given: Iterable[str], known: Sequence[str]) -> None:
        for name in given:
            if name not in known:
                raise self._fault(name, Message("unknown key {key}.", {"key": name}), nearest(name, known))

    def _text(self, given: Mapping[str, Any], name: str) -> str:
        if not isinstance(value := given[name], str):
            raise self._fault(name, Message(IS, {"key": name, "value": repr(value)}), "It takes text in quotes.")
        return value

    def _one_of(self, given: Mapping[str, Any], name: str, words: Sequence[str]) -> str:
        if name in given and given[name] not in words:
            first, second = words
            wanted = Message('It takes "{first}" or "{second}".', {"first": first, "second": second})
            raise self._fault(name, Message(IS, {"key": name, "value": repr(given[name])}), wanted)
        return str(given.get(name, ""))

    def _preset(self, given: Mapping[str, Any]) -> str:
        names = [layout.name for layout in presets()]
        if "preset" in given and given["preset"] not in names:
            wrong = Message("unknown preset {name}.", {"name": str(given["preset"])})
            raise self._fault("preset", wrong, nearest(str(given["preset"]), names))
        return str(given.get("preset", ""))

    def _tables(self, given: Mapping[str, Any]) -> tuple[str, ...]:
        tables = given.get("tables", [])
        if not isinstance(tables, list) or not tables:
            remedy = Message('Write tables = ["orders"]; known are: {tables:words}.', {"tables": list(TABLES)})
            raise self._fault("tables", Message("no tables are named."), remedy)
        for table in tables:
            if table not in TABLES:
                raise self._fault("tables", Message("unknown table {name}.", {"name": str(table)}), nearest(str(table), TABLES))
        return tuple(tables)

    def _columns(self, given: Any, tables: Sequence[str]) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
        if not isinstance(given, dict):
            remedy = Message("Write [{table}] on a line of its own.", {"table": f"{SECTION}.{COLUMNS}"})
            raise self._fault(COLUMNS, Message(NO_TABLE, {"table": COLUMNS}), remedy)
        columns: dict[str, tuple[str, ...]] = {}
        for header, meant in given.items():
            name = self._column(header, meant, tables) if meant != "" else ""
            if name in columns:
                facts: dict[str, Fact] = {"first": repr(columns[name][0]), "second": repr(header), "column": name}
                twice = Message("{first} and {second} are both {column}.", facts)
                raise self._fault(header, twice, "Put a # before one of the two lines.")
            if name:
                columns[name] = (header,)
        return columns, tuple(header for header, meant in given.items() if meant == "")

    def _column(self, line: str, name: Any, tables: Sequence[str]) -> str:
        known = [column for table in tables for column in _names(table)]
        known += [f"{table}.{column}" for table in tables for column in _names(table)]
        if name not in known:
            wrong = Message("unknown column {name} of {tables:words}.", {"name": str(name), "tables": list(tables)})
            raise self._fault(line, wrong, nearest(str(name), dict.fromkeys(known)))
        return str(name)


def _names(table: str) -> list[str]:
    numbers = [ORDER_NUMBER.name] if TABLES[table].numbered else []
    return [*TABLES[table].by_name, *numbers]


def pattern(layout: Layout) -> str:
    """The pattern of file names that a mapping is for; blank where its headers decide."""
    return layout.signature[0][0] if layout.signature else ""


def mapped_headers(layout: Layout) -> list[str]:
    """The headers that a mapping names, as written."""
    return [header for headers in layout.columns.values() for header in headers] + list(layout.left)


def choose(layouts: Sequence[Layout], name: str, header: Sequence[str]) -> Layout | None:
    """The mapping for a file, by its name or its headers; raises ConfigFault where the one that is meant names a header that is not there."""
    there = {key(cell) for cell in header}
    shares = {place: _share(layout, PurePath(name).name, there) for place, layout in enumerate(layouts)}
    best = max(shares, key=lambda place: (shares[place], len(mapped_headers(layouts[place]))), default=None)
    if best is None or shares[best] <= PLENTY:
        return None
    layout = layouts[best]
    for cell in mapped_headers(layout):
        if key(cell) not in there:
            raise _no_such_header(layout, cell, name, header)
    return _on_preset(layout) if layout.preset else layout


def _on_preset(layout: Layout) -> Layout:
    """What a preset says of a source, with what a mapping adds to it."""
    base = next(preset for preset in presets() if preset.name == layout.preset)
    own = {field: value for field in ("date_order", "decimal") if (value := getattr(layout, field))}
    constants, columns = {**base.constants, **layout.constants}, {**base.columns, **layout.columns}
    return replace(base, name=layout.name, file=layout.file, constants=constants, columns=columns, left=(*base.left, *layout.left), **own)


def _share(layout: Layout, name: str, there: set[str]) -> float:
    """How much of a mapping fits a file: 2 by name, else the share of its headers that are there."""
    if wanted := pattern(layout):
        return 2.0 if fnmatch.fnmatch(name, wanted) else 0.0
    if layout.preset:
        found = preset_for(list(there))
        return 2.0 if found and found.name == layout.preset else 0.0
    headers = mapped_headers(layout)
    return sum(key(cell) in there for cell in headers) / len(headers) if headers else 0.0


def _no_such_header(layout: Layout, cell: str, name: str, header: Sequence[str]) -> ConfigFault:
    text = Path(layout.file).read_text(encoding="utf-8-sig")
    wrong = Message("{file} has no header {header}.", {"file": name, "header": repr(cell)})
    return ConfigFault(located(_place(Path(layout.file), text, cell, 0), wrong), nearest(cell, [h for h in header if h]))
