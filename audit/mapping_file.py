"""The commented mapping file that ``order-audit map`` writes, for a person who has never seen the canonical names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from audit.errors import NOTHING, ConfigFault
from audit.headers import Header, Look
from audit.ingest.judging import IDS
from audit.ingest.layout import LINE_HEADER
from audit.ingest.profile import DAY, Profile
from audit.ingest.recognise import Recognised
from audit.ingest.weighing import How
from audit.terminal import wrapped
from schemas.language import ENGLISH, Language
from schemas.table import ORDER_NUMBER
from schemas.tables import TABLES
from schemas.text import Message, say

SUFFIX = ".mapping.toml"
WIDTH = 110
LAST_MONTH = 12
TABLE_MEANINGS = (
    Message("orders: one row an article sold"),
    Message("shipments: one row a parcel"),
    Message("claims: one row a buyer's claim"),
    Message("refunds: one row a payment back"),
    Message("messages: one row a message"),
    Message("listings: one row an article on sale"),
    Message("authorisations: one row a document by which a brand allows sales"),
)
INTRODUCTION = (
    Message("How order-audit reads files whose headers are those of {file}."),
    NOTHING,
    Message('Each line under [file.columns] says:  "header in the file" = "column of order-audit".'),
    Message("A line that starts with # is a comment and is not used; take the # away to use it, put one in front to drop it."),
    Message('To leave a header out for good, write "" as its column.'),
    NOTHING,
    Message("Use it with --mapping {name} (run, check, map), or for every night in order-audit.toml:"),
)
SETTING = ("    [inputs]", '    mapping = "{name}"')
PRESET = Message("The preset says what follows; only what you add or change here counts beside it.")
FILES = Message("With this line the files of such names are meant; without it every file that has all the headers below.")
DECIMAL = Message('The decimal sign, "," or ".", where the amounts themselves do not tell (1,234).')
MONTH_FIRST = Message("{date} can only be read with the month first.")
ORDER = Message('How 03/04/2026 is read: "day-first" (3 April) or "month-first" (March 4).')
CONSTANT = Message("A column that no header holds, and that is the same for every row.")
COLUMNS = Message("The columns of {table}; ! must be there, - no header is taken for it:")
DOUBTFUL, UNKNOWN = "doubtful: {why}", "nothing is known of it"
TAKEN, TAKEN_WHY = "{about:phrases}", "{about:phrases} ({why})"


def write(looks: Sequence[Look], path: Path, language: Language = ENGLISH, *, overwrite: bool) -> Path:
    """Write the mapping of a file's sheets; raises ConfigFault where a file stands there already."""
    if path.exists() and not overwrite:
        raise ConfigFault(
            Message("{file} already exists and was left as it is.", {"file": str(path)}),
            "Name another file with --write, or say --overwrite.",
        )
    try:
        path.write_text(text(looks, path.name, language), encoding="utf-8")
    except OSError as error:
        wrong = Message("{file} can't be written ({error}).", {"file": str(path), "error": error.strerror})
        raise ConfigFault(wrong, "Name another file with --write.") from error
    return path


def text(looks: Sequence[Look], name: str, language: Language = ENGLISH) -> str:
    """The whole file, its comments in a language."""
    told = [line._replace(facts={"file": looks[0].rows.file, "name": name}).said(language) for line in INTRODUCTION]
    lines = [_comment(line) for line in (*told, *(line.format(name=name) for line in SETTING))]
    return "\n".join([*lines, *(line for look in looks for line in _section(look, language))]) + "\n"


def _comment(words: str) -> str:
    return f"# {words}".rstrip()


def _section(look: Look, language: Language) -> Iterator[str]:
    yield from ("", "[[file]]")
    yield f"tables = {json.dumps([match.table.name for match in look.matches])}"
    yield from wrapped(language.clauses([meaning.said(language) for meaning in TABLE_MEANINGS]), WIDTH, first="# ", rest="# ")
    if look.layout and look.layout.is_preset:
        yield f"preset = {_quoted(look.layout.name)}"
        yield _comment(PRESET.said(language))
    yield f'# files = "{_pattern(look.rows.file)}"'
    yield _comment(FILES.said(language))
    yield from _date_order(look, language)
    yield '# decimal = ","'
    yield _comment(DECIMAL.said(language))
    yield from ("", "[file.columns]")
    for entry in look.headers:
        yield from _header(entry, look, language)
    yield from _columns(look, language)
    yield from (
        "",
        _comment("[file.constants]"),
        _comment('currency = "EUR"'),
        _comment(CONSTANT.said(language)),
    )


def _pattern(file: str) -> str:
    """The file's name with a star in place of its numbers, so that tomorrow's export fits too."""
    path = PurePath(file)
    return re.sub(r"\d[\d._ -]*\d|\d", "*", path.stem) + path.suffix


def _date_order(look: Look, language: Language) -> Iterator[str]:
    proof = _month_first(look)
    yield f'{"" if proof else "# "}date_order = "{"month-first" if proof else "day-first"}"'
    yield _comment((MONTH_FIRST._replace(facts={"date": proof}) if proof else ORDER).said(language))


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


def _header(entry: Header, look: Look, language: Language) -> Iterator[str]:
    if not entry.header or entry.header == LINE_HEADER or entry.header.startswith("_"):
        return
    preset = look.layout is not None and look.layout.is_preset and entry.how is How.MAPPED
    why = language.clauses([reason.said(language) for reason in entry.reasons])
    if entry.how in (How.NONE, How.DOUBTFUL):
        note = say(DOUBTFUL, {"why": why}, language) if entry.how is How.DOUBTFUL else why or language.text(UNKNOWN)
        yield f"# {_quoted(entry.header)} = {_quoted(entry.columns[0] if entry.columns else '')}  # {note}"
        return
    told = say(TAKEN_WHY if why else TAKEN, {"about": _about(entry.columns[0], look.matches), "why": why}, language)
    for column in entry.columns[:1]:
        yield f"{'# ' if preset else ''}{_quoted(entry.header)} = {_quoted(column)}  # {told}"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _about(column: str, matches: Sequence[Recognised]) -> str:
    name = column.rpartition(".")[2]
    tables = [match.table for match in matches if not column.count(".") or match.table.name == column.partition(".")[0]]
    return next((table.by_name[name].about for table in tables if name in table.by_name), ORDER_NUMBER.about)


def _columns(look: Look, language: Language) -> Iterator[str]:
    """Every column of the tables with what it means; those that no header is taken for are marked."""
    for match in look.matches:
        there = {*match.columns, *(look.layout.made(match.table) if look.layout else ())}
        there |= set(IDS) if ORDER_NUMBER.name in there else set()
        yield from ("", _comment(COLUMNS._replace(facts={"table": match.table.name}).said(language)))
        size = max(map(len, match.table.by_name))
        for name, column in TABLES[match.table.name].by_name.items():
            mark = ("!" if column.required else " ") + (" " if name in there else "-")
            yield from wrapped(language.text(column.about), WIDTH, first=f"#  {mark} {name:<{size}}  ", rest="#" + " " * (size + 7))
