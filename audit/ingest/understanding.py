"""One file's rows understood: by a mapping, a preset, its spelled headers, and likeness where that is certain; what was decided is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from audit.errors import FileFault
from audit.ingest import piecewise
from audit.ingest.layout import Layout
from audit.ingest.mapping import choose
from audit.ingest.piecewise import Sieve, Told
from audit.ingest.prepare import prepare, unfold
from audit.ingest.presets import preset_for
from audit.ingest.recognise import Recognised, RepeatedHeaderError, nearly, recognise
from audit.ingest.rows import TextRows
from audit.ingest.weighing import How, Verdict
from audit.ledger.part import Part, Returned
from audit.ledger.sieve import Sieved, sieve
from audit.normalise import Decision
from schemas.table import ORDER_NUMBER, Kind, Table
from schemas.text import Fact, Message

LACKS, LACKS_SOME = (
    "looks like {table}, but lacks the column {columns:words}.",
    "looks like {table}, but lacks the columns {columns:words}.",
)
PRESET_LACKS = "is a file of {source}, but lacks the column {columns:words}."
PRESET_LACKS_SOME = "is a file of {source}, but lacks the columns {columns:words}."
ADD = (
    "Add a column {column}; headers that are understood: {spellings:words}. "
    "Or say what each header means: order-audit map {file} writes a mapping to edit."
)
MAY_BE = (
    "The header {header} may be {meant}, but that is not certain. Add a column {column}; headers that are understood: {spellings:words}. "
    "Or say what each header means: order-audit map {file} writes a mapping to edit."
)


class Understood(NamedTuple):
    """Rows that each stand for themselves, the tables that they feed, by which layout, and ``near``: those that they may feed; ``notes``: what a person should know."""

    rows: TextRows
    matches: tuple[Recognised, ...]
    layout: Layout | None
    notes: tuple[Message, ...] = ()
    near: tuple[Recognised, ...] = ()


def understand(rows: TextRows, named: str | None, mappings: Sequence[Layout]) -> Understood:
    """Understand the header of some rows; raises FileFault for a doubled column."""
    layout = choose(mappings, rows.file, rows.header) or preset_for(rows.header)
    notes: tuple[Message, ...] = ()
    if layout:
        rows, notes = unfold(rows, layout)
        notes = (_read_by(rows, layout), *notes)
    try:
        matches = tuple(recognise(rows.header, named, rows.cells, layout))
    except RepeatedHeaderError as error:
        facts: dict[str, Fact] = {"first": repr(error.headers[0]), "second": repr(error.headers[1]), "column": error.column}
        wrong = Message("the headers {first} and {second} both mean {column}.", facts)
        raise FileFault(rows.place, wrong, "Rename or delete one of the two columns.") from error
    likely = taken(rows, matches, How.CERTAIN)
    if likely:
        pairs = [f"{header} = {meant}" for header, (meant, _) in likely.items()]
        notes = (*notes, Message("{file}: taken for what they resemble: {headers:words}", {"file": rows.place, "headers": pairs}))
    near = nearly(rows.header, rows.cells, matches) if layout is None and named is None else []
    notes += tuple(_near(rows, match) for match in near)
    return Understood(rows, matches, layout, notes, tuple(near))


def _near(rows: TextRows, match: Recognised) -> Message:
    facts: dict[str, Fact] = {"file": rows.place, "table": match.table.name, "columns": list(match.missing)}
    return Message("{file}: not read as {table}, for no header is certain to be {columns:words}; see order-audit map", facts)


def _read_by(rows: TextRows, layout: Layout) -> Message:
    facts = {"file": rows.place, "name": layout.name}
    return Message("{file}: read by the preset {name}" if layout.is_preset else "{file}: read by the mapping {name}", facts)


def taken(rows: TextRows, matches: Sequence[Recognised], how: How) -> dict[str, tuple[str, Verdict]]:
    """The headers that came by one way to what they may mean, with table and column, and the verdict."""
    found = {
        place: (f"{match.table.name}.{name}", verdict)
        for match in reversed(matches)
        for place, (name, verdict) in match.verdicts.items()
        if verdict.how is how and (how is not How.CERTAIN or match.columns.get(name) == place)
    }
    return {rows.header[place]: found[place] for place in sorted(found)}


def sift(understood: Understood, zone: ZoneInfo, as_of: datetime, returned: Returned | None = None) -> Part:
    """The two passes over the rows, for each table that they feed; raises FileFault for a missing column, or one of another type.

    ``returned``: what a quarantine file that is fed in again says of its rows.
    """
    for match in understood.matches:
        if match.missing:
            raise FileFault(understood.rows.place, _lacks(match, understood.layout), _remedy(understood, match))
        _refuse_unfit(understood, match)

    def read(rows: TextRows, told: Told) -> list[Sieved]:
        known, mended = understood._replace(rows=rows), returned is not None
        return [_sieve(known, match, (zone, as_of), told.get(match.table.name), mended=mended) for match in understood.matches]

    told = {how: taken(understood.rows, understood.matches, how) for how in (How.CERTAIN, How.DOUBTFUL)}
    used = {
        header
        for header in told[How.DOUBTFUL]
        if any(header in (understood.rows.header[p] for p in m.columns.values()) for m in understood.matches)
    }
    part = _part(understood, read, returned)
    part.layout = understood.layout.name if understood.layout else ""
    part.likely = {header: told_of(found) for header, found in told[How.CERTAIN].items()}
    part.doubtful = {header: told_of(found) for header, found in told[How.DOUBTFUL].items() if header not in used}
    return part


def _part(understood: Understood, read: Sieve, returned: Returned | None) -> Part:
    """The rows with what was read of them; those of a large file piece by piece."""
    if understood.rows.pieces is None:
        return Part(understood.rows, partial(read, understood.rows), returned)
    rows, sieved = piecewise.read(understood.rows, read)
    return Part(rows, lambda _: sieved, returned)


def _refuse_unfit(understood: Understood, match: Recognised) -> None:
    """Raise FileFault where a column's type in the file can't hold what the column is; a preset may say what numbers count."""
    rows, layout = understood.rows, understood.layout
    named = {**match.table.by_name, ORDER_NUMBER.name: ORDER_NUMBER}
    parts = layout.parts(match.table, rows.header) if layout else {}
    for name, places in {**{name: (place,) for name, place in match.columns.items()}, **parts}.items():
        counted = named[name].kind is Kind.TIME and layout is not None and bool(layout.dates)
        for place in places:
            if place in rows.unfit and named[name].kind in rows.unfit[place].kinds and not counted:
                unfit = rows.unfit[place]
                facts: dict[str, Fact] = {"header": rows.header[place], "column": name, "wrong": Message(unfit.wrong)}
                raise FileFault(rows.place, Message("the column {header} ({column}) {wrong:sentence}.", facts), unfit.remedy)


def told_of(found: tuple[str, Verdict]) -> Message:
    """What a header was taken for, and why."""
    meant, verdict = found
    return Message("{column} ({reasons:sentences})", {"column": meant, "reasons": list(verdict.reasons)})


def _sieve(
    understood: Understood, match: Recognised, when: tuple[ZoneInfo, datetime], told: Mapping[str, Decision] | None, *, mended: bool
) -> Sieved:
    """Both passes for one table; ``told``: what the original of a quarantine file says of its columns."""
    (zone, as_of), layout = when, understood.layout
    if layout is None:
        return sieve(understood.rows, match.table, match.columns, zone=zone, as_of=as_of, told=told, mended=mended)
    rows, places = prepare(understood.rows, match.table, layout, match.columns)
    known = told or _told_by(layout, match.table)
    read = sieve(rows, match.table, places, zone=zone, as_of=as_of, told=known, mended=mended)
    joined = {name: places[0] for name, places in layout.parts(match.table, rows.header).items() if name not in match.columns}
    return replace(read, places={**match.columns, **joined})


def _told_by(layout: Layout, table: Table) -> dict[str, Decision]:
    """What a mapping or preset says of the columns of a table."""
    decision = Decision(layout.decimal, layout.date_order.replace("-", " "))
    return {column.name: decision for column in table.columns}


def _lacks(match: Recognised, layout: Layout | None) -> Message:
    facts: dict[str, Fact] = {"columns": list(match.missing), "count": len(match.missing), "table": match.table.name}
    if layout and layout.is_preset:
        return Message(PRESET_LACKS, {**facts, "source": layout.name}, plural=PRESET_LACKS_SOME)
    return Message(LACKS, facts, plural=LACKS_SOME)


def _remedy(understood: Understood, match: Recognised) -> Message:
    if understood.layout and understood.layout.remedy:
        return Message(understood.layout.remedy)
    maybe = [
        (header, name)
        for header, (name, verdict) in ((understood.rows.header[place], meant) for place, meant in match.verdicts.items())
        if verdict.how is How.DOUBTFUL and name in match.missing
    ]
    name = match.missing[0]
    facts: dict[str, Fact] = {"column": name, "spellings": [name, *match.table.by_name[name].spellings[:4]], "file": understood.rows.file}
    if not maybe:
        return Message(ADD, facts)
    return Message(MAY_BE, {**facts, "header": repr(maybe[0][0]), "meant": maybe[0][1]})
