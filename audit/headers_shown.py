"""The headers of a file put on paper: a table for a person's terminal, and a document for machines."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from audit.checking import DELIMITERS
from audit.errors import NOTHING
from audit.headers import Header, Look
from audit.ingest.recognise import Recognised
from audit.ingest.weighing import How
from audit.terminal import cells, fitted, wrapped
from schemas.language import ENGLISH, Language
from schemas.text import Fact, Message

NARROWEST, WIDEST = 80, 120
"""Columns of a terminal that are made use of."""

GAP = 2
SURE = {
    How.SPELLED: Message("spelled so"),
    How.MAPPED: Message("by mapping"),
    How.CERTAIN: Message("certain"),
    How.DOUBTFUL: Message("DOUBTFUL"),
    How.NONE: NOTHING,
}
"""How sure it is, in the words of the table."""

BY_PRESET = Message("by preset")
HEADER, TAKEN_FOR, HOW_SURE, VALUES = Message("HEADER"), Message("TAKEN FOR"), Message("HOW SURE"), Message("VALUES")
NOT_SHOWN = Message("(not shown)")
ROWS = Message("header in row {row}, {count} rows")
TEXT_ROWS = Message("{encoding}, {delimiter}, header in row {row}, {count} rows")
NOT_WHOLE = Message("{place}: can't be audited as it is; nearest to {tables:sentence}; {rows:sentence}")
READ = Message("{place}: read as {tables:sentence}; {rows:sentence}")
BY = {
    True: Message("{place}: read as {tables:sentence}, by the preset {name}; {rows:sentence}"),
    False: Message("{place}: read as {tables:sentence}, by the mapping {name}; {rows:sentence}"),
}
"""By whether the layout is a preset or a mapping."""

BOTH = Message("{first} and {second}")
MISSING = Message("{table}: these columns must be there, and no header is sure to be them:")
ABSENT = Message("{table}: no header is taken for these columns, which some rules need:")
COMPLETE = Message("{table}: every column is there.")
WROTE = Message("Wrote {file}: say there what each header means, then")
NONE = "–"


class Page(NamedTuple):
    """On what a sheet is told: so many columns of a terminal, in a language."""

    width: int
    language: Language


def as_text(looks: Sequence[Look], file: Path, written: Path | None, language: Language = ENGLISH) -> str:
    """What a person reads."""
    page = Page(min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST), language)
    lines = [line for found in looks for line in (*_sheet(found, page), "")]
    return "\n".join([*lines, *_next_steps(file, written, language)])


def _sheet(found: Look, page: Page) -> Iterator[str]:
    yield from wrapped(_summary(found).said(page.language), page.width)
    yield ""
    yield from _table(found, page)
    for match in found.matches:
        yield ""
        yield from _absent(match, found, page)


def _summary(found: Look) -> Message:
    rows, told = found.rows, TEXT_ROWS if found.rows.encoding else ROWS
    delimiter = DELIMITERS.get(rows.delimiter, rows.delimiter)
    told = told._replace(facts={"encoding": rows.encoding, "delimiter": delimiter, "row": rows.header_row, "count": rows.filled})
    facts: dict[str, Fact] = {"place": rows.place, "tables": _together([match.table.name for match in found.matches]), "rows": told}
    if not found.whole:
        return NOT_WHOLE._replace(facts=facts)
    if found.layout:
        return BY[found.layout.is_preset]._replace(facts={**facts, "name": found.layout.name})
    return READ._replace(facts=facts)


def _together(names: Sequence[str]) -> Message | str:
    return names[0] if len(names) == 1 else BOTH._replace(facts={"first": _together(names[:-1]), "second": names[-1]})


def _table(found: Look, page: Page) -> Iterator[str]:
    """The headers below one another: each with what it is taken for, how sure that is, and some of its values."""
    preset = {How.MAPPED: BY_PRESET} if found.layout and found.layout.is_preset else {}
    sure = {how: told.said(page.language) for how, told in {**SURE, **preset}.items()}
    heads = [told.said(page.language) for told in (HEADER, TAKEN_FOR, HOW_SURE, VALUES)]
    first = max(cells(heads[0]), min(page.width // 3, max((cells(entry.header) for entry in found.headers), default=0)))
    second = max(cells(heads[1]), *(cells(_columns(entry)) for entry in found.headers))
    third = max(cells(word) for word in (*(told.said(page.language) for told in SURE.values()), heads[2]))
    sizes = (first, second, third, page.width - first - second - third - 3 * GAP)
    yield _line(heads, sizes)
    for entry in found.headers:
        yield _line([entry.header, _columns(entry), sure[entry.how], _values(entry, page.language)], sizes)
        if entry.reasons and entry.how in (How.CERTAIN, How.DOUBTFUL, How.NONE):
            why = page.language.clauses([reason.said(page.language) for reason in entry.reasons])
            yield from wrapped(why, page.width, first="    ", rest="    ")


def _values(entry: Header, language: Language) -> str:
    if entry.values:
        return " | ".join(entry.values)
    return NOT_SHOWN.said(language) if entry.hidden else ""


def _columns(entry: Header) -> str:
    if not entry.columns:
        return NONE
    return f"{entry.columns[0]} ?" if entry.how is How.DOUBTFUL else ", ".join(entry.columns)


def _line(words: Sequence[str], sizes: Sequence[int]) -> str:
    return (" " * GAP).join(fitted(word, size) for word, size in zip(words, sizes, strict=True)).rstrip()


def _absent(match: Recognised, found: Look, page: Page) -> Iterator[str]:
    """What a table lacks: first what must be there, then what only some rules need."""
    made = found.layout.made(match.table) if found.layout else frozenset()
    table: dict[str, Fact] = {"table": match.table.name}
    if match.missing:
        yield MISSING._replace(facts=table).said(page.language)
        yield from _meanings(match, match.missing, page)
    absent = [name for name in match.table.by_name if name not in match.columns and name not in match.missing and name not in made]
    absent = [name for name in absent if not ("order_number" in match.columns and name in ("purchase_id", "item_id"))]
    if absent:
        yield ABSENT._replace(facts=table).said(page.language)
        yield from _meanings(match, absent, page)
    elif not match.missing:
        yield COMPLETE._replace(facts=table).said(page.language)


def _meanings(match: Recognised, names: Sequence[str], page: Page) -> Iterator[str]:
    size = max(map(len, names))
    for name in names:
        about = page.language.text(match.table.by_name[name].about)
        yield from wrapped(about, page.width, first=f"  {name:<{size}}  ", rest=" " * (size + 2 + GAP))


def _next_steps(file: Path, written: Path | None, language: Language) -> Iterator[str]:
    if written is None:
        return
    yield WROTE._replace(facts={"file": str(written)}).said(language)
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
