"""The commented mapping file that ``order-audit map`` writes, for a person who has never seen the canonical names."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from audit.errors import ConfigFault
from audit.headers import Header, Look
from audit.ingest.judging import IDS
from audit.ingest.layout import LINE_HEADER
from audit.ingest.profile import DAY, Profile
from audit.ingest.recognise import Recognised
from audit.ingest.weighing import How
from schemas.table import ORDER_NUMBER
from schemas.tables import TABLES

SUFFIX = ".mapping.toml"
WIDTH = 110
LAST_MONTH = 12
TABLE_MEANINGS = {
    "orders": "one row an article sold",
    "shipments": "one row a parcel",
    "claims": "one row a buyer's claim",
    "refunds": "one row a payment back",
    "messages": "one row a message",
    "listings": "one row an article on sale",
    "authorisations": "one row a document by which a brand allows sales",
}
INTRODUCTION = (
    "How order-audit reads files whose headers are those of {file}.",
    "",
    'Each line under [file.columns] says:  "header in the file" = "column of order-audit".',
    "A line that starts with # is a comment and is not used; take the # away to use it, put one in front to drop it.",
    'To leave a header out for good, write "" as its column.',
    "",
    "Use it with --mapping {name} (run, check, map), or for every night in order-audit.toml:",
    "    [inputs]",
    '    mapping = "{name}"',
)


def write(looks: Sequence[Look], path: Path, *, overwrite: bool) -> Path:
    """Write the mapping of a file's sheets; raises ConfigFault where a file stands there already."""
    if path.exists() and not overwrite:
        raise ConfigFault(f"{path} already exists and was left as it is.", "Name another file with --write, or say --overwrite.")
    try:
        path.write_text(text(looks, path.name), encoding="utf-8")
    except OSError as error:
        raise ConfigFault(f"{path} can't be written ({error.strerror}).", "Name another file with --write.") from error
    return path


def text(looks: Sequence[Look], name: str) -> str:
    """The whole file."""
    lines = [_comment(line.format(file=looks[0].rows.file, name=name)) for line in INTRODUCTION]
    return "\n".join([*lines, *(line for look in looks for line in _section(look))]) + "\n"


def _comment(words: str) -> str:
    return f"# {words}".rstrip()


def _section(look: Look) -> Iterator[str]:
    yield from ("", "[[file]]")
    yield f"tables = {json.dumps([match.table.name for match in look.matches])}"
    yield from _wrapped("; ".join(f"{name}: {about}" for name, about in TABLE_MEANINGS.items()))
    if look.layout and look.layout.is_preset:
        yield f"preset = {_quoted(look.layout.name)}"
        yield _comment("The preset says what follows; only what you add or change here counts beside it.")
    yield f'# files = "{_pattern(look.rows.file)}"'
    yield _comment("With this line the files of such names are meant; without it every file that has all the headers below.")
    yield from _date_order(look)
    yield '# decimal = ","'
    yield _comment('The decimal sign, "," or ".", where the amounts themselves do not tell (1,234).')
    yield from ("", "[file.columns]")
    for entry in look.headers:
        yield from _header(entry, look)
    yield from _columns(look)
    yield from (
        "",
        _comment("[file.constants]"),
        _comment('currency = "EUR"'),
        _comment("A column that no header holds, and that is the same for every row."),
    )


def _pattern(file: str) -> str:
    """The file's name with a star in place of its numbers, so that tomorrow's export fits too."""
    path = PurePath(file)
    return re.sub(r"\d[\d._ -]*\d|\d", "*", path.stem) + path.suffix


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(words, WIDTH, initial_indent="# ", subsequent_indent="# ")


def _date_order(look: Look) -> Iterator[str]:
    proof = _month_first(look)
    yield f'{"" if proof else "# "}date_order = "{"month-first" if proof else "day-first"}"'
    yield _comment(
        f"{proof} can only be read with the month first."
        if proof
        else 'How 03/04/2026 is read: "day-first" (3 April) or "month-first" (March 4).'
    )


def _month_first(look: Look) -> str:
    """A date that can only be read with the month first, where none says otherwise."""
    found: list[str] = []
    for match in look.matches:
        for name in match.table.times:
            if name in match.columns:
                for value in Profile(look.rows.cells[match.columns[name]]).filled:
                    day = DAY.fullmatch(value)
                    if day and day[1] and int(day[1]) > LAST_MONTH:
                        return ""
                    found += [value] if day and day[2] and int(day[2]) > LAST_MONTH else []
    return found[0] if found else ""


def _header(entry: Header, look: Look) -> Iterator[str]:
    if not entry.header or entry.header == LINE_HEADER or entry.header.startswith("_"):
        return
    preset = look.layout is not None and look.layout.is_preset and entry.how is How.MAPPED
    why = "; ".join(str(reason) for reason in entry.reasons)
    if entry.how in (How.NONE, How.DOUBTFUL):
        note = f"doubtful: {why}" if entry.how is How.DOUBTFUL else why or "nothing is known of it"
        yield f"# {_quoted(entry.header)} = {_quoted(entry.columns[0] if entry.columns else '')}  # {note}"
        return
    told = f"{_about(entry.columns[0], look.matches)}{f' ({why})' if why else ''}"
    for column in entry.columns[:1]:
        yield f"{'# ' if preset else ''}{_quoted(entry.header)} = {_quoted(column)}  # {told}"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _about(column: str, matches: Sequence[Recognised]) -> str:
    name = column.rpartition(".")[2]
    tables = [match.table for match in matches if not column.count(".") or match.table.name == column.partition(".")[0]]
    return next((table.by_name[name].about for table in tables if name in table.by_name), ORDER_NUMBER.about)


def _columns(look: Look) -> Iterator[str]:
    """Every column of the tables with what it means; those that no header is taken for are marked."""
    for match in look.matches:
        there = {*match.columns, *(look.layout.made(match.table) if look.layout else ())}
        there |= set(IDS) if ORDER_NUMBER.name in there else set()
        yield from ("", _comment(f"The columns of {match.table.name}; ! must be there, - no header is taken for it:"))
        size = max(map(len, match.table.by_name))
        for name, column in TABLES[match.table.name].by_name.items():
            mark = ("!" if column.required else " ") + (" " if name in there else "-")
            yield from textwrap.wrap(f"#  {mark} {name:<{size}}  {column.about}", WIDTH, subsequent_indent="#" + " " * (size + 7))
