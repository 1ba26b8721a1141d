"""The headers of a file put on paper: a table for a person's terminal, and a document for machines."""

from __future__ import annotations

import json
import shutil
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from audit.checking import DELIMITERS
from audit.headers import Header, Look
from audit.ingest.recognise import Recognised
from audit.ingest.weighing import How

NARROWEST, WIDEST = 80, 120
"""Columns of a terminal that are made use of."""

GAP = 2
SURE = {
    How.SPELLED: "spelled so",
    How.MAPPED: "by mapping",
    How.CERTAIN: "certain",
    How.DOUBTFUL: "DOUBTFUL",
    How.NONE: "",
}
"""How sure it is, in the words of the table."""

NOTHING = "–"


def as_text(looks: Sequence[Look], file: Path, written: Path | None) -> str:
    """What a person reads."""
    width = min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)
    lines = [line for found in looks for line in (*_sheet(found, width), "")]
    return "\n".join([*lines, *_next_steps(file, written)])


def _sheet(found: Look, width: int) -> Iterator[str]:
    yield from textwrap.wrap(_summary(found), width)
    yield ""
    yield from _table(found, width)
    for match in found.matches:
        yield ""
        yield from _absent(match, found, width)


def _summary(found: Look) -> str:
    rows, tables = found.rows, " and ".join(match.table.name for match in found.matches)
    dialect = [rows.encoding, DELIMITERS.get(rows.delimiter, "")] if rows.encoding else []
    facts = ", ".join([*dialect, f"header in row {rows.header_row}", f"{rows.filled} rows"])
    if not found.whole:
        return f"{rows.place}: can't be audited as it is; nearest to {tables}; {facts}"
    by = f", by the {'preset' if found.layout.is_preset else 'mapping'} {found.layout.name}" if found.layout else ""
    return f"{rows.place}: read as {tables}{by}; {facts}"


def _table(found: Look, width: int) -> Iterator[str]:
    headers, sure = found.headers, {**SURE, How.MAPPED: "by preset"} if found.layout and found.layout.is_preset else SURE
    first = max(len("HEADER"), min(width // 3, max((_cells(entry.header) for entry in headers), default=0)))
    second = max(len("TAKEN FOR"), *(_cells(_columns(entry)) for entry in headers))
    yield _line(["HEADER", "TAKEN FOR", "HOW SURE", "VALUES"], first, second, width)
    for entry in headers:
        yield _line([entry.header, _columns(entry), sure[entry.how], _values(entry)], first, second, width)
        if entry.reasons and entry.how in (How.CERTAIN, How.DOUBTFUL, How.NONE):
            why = "; ".join(str(reason) for reason in entry.reasons)
            yield from textwrap.wrap(why, width, initial_indent="    ", subsequent_indent="    ")


def _values(entry: Header) -> str:
    if entry.values:
        return " | ".join(entry.values)
    return "(not shown)" if entry.hidden else ""


def _columns(entry: Header) -> str:
    if not entry.columns:
        return NOTHING
    return f"{entry.columns[0]} ?" if entry.how is How.DOUBTFUL else ", ".join(entry.columns)


def _line(cells: Sequence[str], first: int, second: int, width: int) -> str:
    sure = max(map(len, SURE.values()))
    rest = width - first - second - sure - 3 * GAP
    sizes = (first, second, sure, rest)
    return (" " * GAP).join(_fitted(cell, size) for cell, size in zip(cells, sizes, strict=True)).rstrip()


def _cells(text: str) -> int:
    """Columns of a terminal that a text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 0 if unicodedata.combining(letter) else 1 for letter in text)


def _fitted(text: str, size: int) -> str:
    """A text cut or filled to a number of columns."""
    plain = " ".join(text.split())
    if _cells(plain) > size:
        while plain and _cells(plain) > size - 1:
            plain = plain[:-1]
        plain += "…"
    return plain + " " * (size - _cells(plain))


def _absent(match: Recognised, found: Look, width: int) -> Iterator[str]:
    """What a table lacks: first what must be there, then what only some rules need."""
    made = found.layout.made(match.table) if found.layout else frozenset()
    if match.missing:
        yield f"{match.table.name}: these columns must be there, and no header is sure to be them:"
        yield from _meanings(match, match.missing, width)
    absent = [name for name in match.table.by_name if name not in match.columns and name not in match.missing and name not in made]
    absent = [name for name in absent if not ("order_number" in match.columns and name in ("purchase_id", "item_id"))]
    if absent:
        yield f"{match.table.name}: no header is taken for these columns, which some rules need:"
        yield from _meanings(match, absent, width)
    elif not match.missing:
        yield f"{match.table.name}: every column is there."


def _meanings(match: Recognised, names: Sequence[str], width: int) -> Iterator[str]:
    size = max(map(len, names))
    for name in names:
        indent = " " * (size + 2 + GAP)
        yield from textwrap.wrap(f"  {name:<{size}}  {match.table.by_name[name].about}", width, subsequent_indent=indent)


def _next_steps(file: Path, written: Path | None) -> Iterator[str]:
    if written is None:
        return
    yield f"Wrote {written}: say there what each header means, then"
    yield f"  order-audit check {file} --mapping {written}"


def as_json(looks: Sequence[Look], file: Path, written: Path | None) -> str:
    """What a machine reads."""
    return json.dumps(
        {"version": 1, "file": str(file), "sheets": [_document(found) for found in looks], "mapping": str(written) if written else None},
        ensure_ascii=False,
        indent=2,
    )


def _document(found: Look) -> dict[str, Any]:
    rows = found.rows
    return {
        "file": rows.file,
        "sheet": rows.sheet,
        "tables": [match.table.name for match in found.matches],
        "whole": found.whole,
        "layout": found.layout.name if found.layout else "",
        "header_row": rows.header_row,
        "headers": [
            {**entry._asdict(), "how": entry.how.value, "reasons": [str(reason) for reason in entry.reasons]} for entry in found.headers
        ],
        "missing": {match.table.name: list(match.missing) for match in found.matches},
    }
