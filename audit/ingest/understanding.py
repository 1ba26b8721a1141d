"""One file's rows understood: by a mapping, a preset, its spelled headers, and likeness where that is certain; what was decided is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from audit.errors import FileFault
from audit.ingest.layout import Layout
from audit.ingest.mapping import choose
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

Told = Mapping[str, Mapping[str, Decision]]
"""By table and column, how the cells of a column are written."""


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
        raise FileFault(rows.place, f"{error}.", "Rename or delete one of the two columns.") from error
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
            raise FileFault(understood.rows.place, _lacks(match, understood.layout), " ".join(_remedies(understood, match)))
        _refuse_unfit(understood, match)

    def read(told: Told) -> list[Sieved]:
        mended = returned is not None
        return [_sieve(understood, match, (zone, as_of), told.get(match.table.name), mended=mended) for match in understood.matches]

    told = {how: taken(understood.rows, understood.matches, how) for how in (How.CERTAIN, How.DOUBTFUL)}
    used = {
        header
        for header in told[How.DOUBTFUL]
        if any(header in (understood.rows.header[p] for p in m.columns.values()) for m in understood.matches)
    }
    part = Part(understood.rows, read, returned)
    part.layout = understood.layout.name if understood.layout else ""
    part.likely = {header: told_of(found) for header, found in told[How.CERTAIN].items()}
    part.doubtful = {header: told_of(found) for header, found in told[How.DOUBTFUL].items() if header not in used}
    return part


def _refuse_unfit(understood: Understood, match: Recognised) -> None:
    """Raise FileFault where a column's type in the file can't hold what the column is; a preset may say what numbers count."""
    rows, layout = understood.rows, understood.layout
    named = {**match.table.by_name, ORDER_NUMBER.name: ORDER_NUMBER}
    parts = layout.parts(match.table, rows.header) if layout else {}
    for name, places in {**{name: (place,) for name, place in match.columns.items()}, **parts}.items():
        counted = named[name].kind is Kind.TIME and layout is not None and bool(layout.dates)
        for place in places:
            if place in rows.unfit and named[name].kind in rows.unfit[place].kinds and not counted:
                _, wrong, remedy = rows.unfit[place]
                raise FileFault(rows.place, f"the column {rows.header[place]} ({name}) {wrong}.", remedy)


def told_of(found: tuple[str, Verdict]) -> Message:
    """What a header was taken for, and why."""
    meant, verdict = found
    return Message("{column} ({reasons:phrases})", {"column": meant, "reasons": [str(reason) for reason in verdict.reasons]})


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


def _lacks(match: Recognised, layout: Layout | None) -> str:
    missing = ", ".join(match.missing)
    columns = f"column{'s' if len(match.missing) > 1 else ''} {missing}"
    return (
        f"is a file of {layout.name}, but lacks the {columns}."
        if layout and layout.is_preset
        else f"looks like {match.table.name}, but lacks the {columns}."
    )


def _remedies(understood: Understood, match: Recognised) -> Iterator[str]:
    if understood.layout and understood.layout.remedy:
        yield understood.layout.remedy
        return
    maybe = [
        understood.rows.header[place]
        for place, (name, verdict) in match.verdicts.items()
        if verdict.how is How.DOUBTFUL and name in match.missing
    ]
    if maybe:
        yield f"The header {maybe[0]!r} may be {match.verdicts[understood.rows.header.index(maybe[0])][0]}, but that is not certain."
    yield _spelled(match.table, match.missing[0])
    yield f"Or say what each header means: order-audit map {understood.rows.file} writes a mapping to edit."


def _spelled(table: Table, name: str) -> str:
    spellings = ", ".join((name, *table.by_name[name].spellings[:4]))
    return f"Add a column {name}; headers that are understood: {spellings}."
