"""Mapping files: what a person says of the headers of their exports, checked line by line."""

from __future__ import annotations

import fnmatch
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

from audit.errors import ConfigFault, nearest
from audit.ingest.layout import DATE_ORDERS, DECIMALS, Layout
from audit.ingest.likeness import key
from audit.ingest.presets import preset_for, presets
from schemas.table import ORDER_NUMBER
from schemas.tables import TABLES

SECTION = "file"
COLUMNS, CONSTANTS = "columns", "constants"
KEYS = ("tables", "files", "preset", "date_order", "decimal", COLUMNS, CONSTANTS)
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
        raise ConfigFault(f"{path}: the mapping can't be read ({error.strerror}).", "Write one with order-audit map FILE.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigFault(f"{path}: {error}.", "Correct the line; order-audit map FILE writes a valid mapping.") from error
    sections = document.get(SECTION, document)
    sections = sections if isinstance(sections, list) else [sections]
    if SECTION in document and (others := [name for name in document if name != SECTION]):
        raise ConfigFault(f"{_place(path, text, others[0], 0)}: {others[0]} stands outside of [[{SECTION}]].", "Move it below.")
    return [_Section(path, text, number).layout(section) for number, section in enumerate(sections)]


def _place(path: Path, text: str, name: str, section: int) -> str:
    """The line of a key, looked for from its section on."""
    current = -1 if f"[[{SECTION}]]" in text else 0
    for number, line in enumerate(text.splitlines(), start=1):
        current += line.strip().startswith(f"[[{SECTION}]]")
        if current >= section and _is_line_of(line.strip(), name):
            return f"{path}, line {number}"
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
            raise ConfigFault(f"{self.path}: {SECTION} is no table.", f"Write [[{SECTION}]] on a line of its own.")
        self._known(given, KEYS, "key")
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

    def _fault(self, name: str, wrong: str, remedy: str) -> ConfigFault:
        return ConfigFault(f"{_place(self.path, self.text, name, self.number)}: {wrong}", remedy)

    def _known(self, given: Iterable[str], known: Sequence[str], what: str) -> None:
        for name in given:
            if name not in known:
                raise self._fault(name, f"unknown {what} {name}.", nearest(name, known))

    def _text(self, given: Mapping[str, Any], name: str) -> str:
        if not isinstance(value := given[name], str):
            raise self._fault(name, f"{name} is {value!r}.", "It takes text in quotes.")
        return value

    def _one_of(self, given: Mapping[str, Any], name: str, words: Sequence[str]) -> str:
        if name in given and given[name] not in words:
            raise self._fault(name, f"{name} is {given[name]!r}.", "It takes " + " or ".join(f'"{word}"' for word in words) + ".")
        return str(given.get(name, ""))

    def _preset(self, given: Mapping[str, Any]) -> str:
        names = [layout.name for layout in presets()]
        if "preset" in given and given["preset"] not in names:
            raise self._fault("preset", f"unknown preset {given['preset']}.", nearest(str(given["preset"]), names))
        return str(given.get("preset", ""))

    def _tables(self, given: Mapping[str, Any]) -> tuple[str, ...]:
        tables = given.get("tables", [])
        if not isinstance(tables, list) or not tables:
            raise self._fault("tables", "no tables are named.", 'Write tables = ["orders"]; known are: ' + ", ".join(TABLES) + ".")
        for table in tables:
            if table not in TABLES:
                raise self._fault("tables", f"unknown table {table}.", nearest(str(table), TABLES))
        return tuple(tables)

    def _columns(self, given: Any, tables: Sequence[str]) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
        if not isinstance(given, dict):
            raise self._fault(COLUMNS, f"{COLUMNS} is no table.", f"Write [{SECTION}.{COLUMNS}] on a line of its own.")
        columns: dict[str, tuple[str, ...]] = {}
        for header, meant in given.items():
            name = self._column(header, meant, tables) if meant != "" else ""
            if name in columns:
                raise self._fault(header, f"{columns[name][0]!r} and {header!r} are both {name}.", "Put a # before one of the two lines.")
            if name:
                columns[name] = (header,)
        return columns, tuple(header for header, meant in given.items() if meant == "")

    def _column(self, line: str, name: Any, tables: Sequence[str]) -> str:
        known = [column for table in tables for column in _names(table)]
        known += [f"{table}.{column}" for table in tables for column in _names(table)]
        if name not in known:
            raise self._fault(line, f"unknown column {name} of {', '.join(tables)}.", nearest(str(name), dict.fromkeys(known)))
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
    return ConfigFault(
        f"{_place(Path(layout.file), text, cell, 0)}: {name} has no header {cell!r}.", nearest(cell, [h for h in header if h])
    )
