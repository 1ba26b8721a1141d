"""Large CSV files read piece by piece, several at a time: of each piece only the typed rows and what is refused remain."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from audit import progress
from audit.errors import FileFault
from audit.ingest import parts
from audit.ingest.content import content
from audit.ingest.dialect import decide
from audit.ingest.pieces import pieces
from audit.ingest.rows import Broken, TextRows
from audit.ingest.workbooks.kinds import Kind, kind
from audit.ledger.joining import added, joined
from audit.ledger.repair import ADDED
from audit.ledger.sieve import Sieved
from audit.memory import give_back
from audit.normalise import UNDECIDED, Decision
from audit.normalise.text import CHANGES
from audit.normalise.words import MOST_COMPARED

if TYPE_CHECKING:
    from schemas.text import Message

Told = Mapping[str, Mapping[str, Decision]]
Sieve = Callable[[TextRows, Told], Sequence[Sieved]]
"""Both passes over some rows for each table that their file feeds, given how columns are written."""

LOOKED_AT = 1 << 12
"""Bytes by which the kind of a file is known."""


class Piece(NamedTuple):
    """What remains of a piece: its typed rows and faults by table, the refused rows as received, and how many there were."""

    sieved: Sequence[Sieved]
    cells: pd.DataFrame
    broken: tuple[Broken, ...]
    filled: int
    blank: int
    records: int


def large(path: Path, name: str) -> TextRows | None:
    """A large CSV file with the first of its rows and its pieces; None for any other file, and for a quarantine file that is fed in again."""
    try:
        held = content(path)
        if len(held) <= parts.PART_BYTES or kind(held[:LOOKED_AT]) is not Kind.TEXT:
            return None
        reading = decide(name, held)
    except OSError:
        return None
    if reading is None or ADDED[-1] in reading.header:
        return None
    found = pieces(held, reading, parts.PART_BYTES)
    return TextRows(
        file=name,
        sheet="",
        header=reading.header,
        header_row=reading.header_row,
        cells=found.head(),
        encoding=reading.encoding,
        delimiter=reading.delimiter,
        notes=reading.notes,
        reading=reading,
        pieces=found,
    )


def read(rows: TextRows, sieve: Sieve) -> tuple[TextRows, Sequence[Sieved]]:
    """A file's rows sieved: the refused ones as received, and the others typed.

    Where its pieces do not say the same of how the whole is written, it is read at once.
    """
    assert rows.pieces is not None  # noqa: S101 - large files alone come here
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        sha256 = pool.submit(rows.pieces.content.sha256)
        found = _agreeing(rows, sieve, pool)
    rows = replace(rows, sha256=sha256.result())
    if found is None:
        rows = whole(rows)
        return rows, sieve(rows, {})
    left = _together(rows, found)
    del found
    give_back()
    return left


def whole(rows: TextRows) -> TextRows:
    """The same file with all its rows."""
    if rows.pieces is None:
        return rows
    every = list(rows.pieces.every())
    return replace(
        rows,
        cells=pd.concat([part.cells for part in every]),
        broken=tuple(fault for part in every for fault in part.broken),
        blank=sum(part.blank for part in every),
        sha256=rows.sha256 or rows.pieces.content.sha256(),
        pieces=None,
    )


def _agreeing(rows: TextRows, sieve: Sieve, pool: ThreadPoolExecutor) -> list[Piece] | None:
    """All pieces, read as all of them together decide; None where they can't."""
    assert rows.pieces is not None  # noqa: S101 - as above
    places = range(len(rows.pieces.ranges))
    found = _complete(_told(rows, pool.map(partial(_read_piece, rows, sieve, {}), places)))
    told = agreed([piece.sieved for piece in found]) if found else None
    if found is None or told is None:
        return None
    unlike = [place for place in places if not is_read_as(found[place].sieved, told)]
    again = _complete(pool.map(partial(_read_piece, rows, sieve, told), unlike))
    if again is None:
        return None
    return [dict(zip(unlike, again, strict=True)).get(place, found[place]) for place in places]


def _told(rows: TextRows, found: Iterable[Piece | None]) -> Iterator[Piece | None]:
    """The pieces as they come, each told of as progress."""
    assert rows.pieces is not None  # noqa: S101 - as above
    for (_, end), piece in zip(rows.pieces.ranges, found, strict=True):
        progress.reach(rows.file, end)
        yield piece


def _complete(found: Iterable[Piece | None]) -> list[Piece] | None:
    every = list(found)
    return None if None in every else [piece for piece in every if piece is not None]


def _read_piece(rows: TextRows, sieve: Sieve, told: Told, place: int) -> Piece | None:
    """One piece, its rows numbered from 0; None where it contradicts itself, of which the whole file must tell."""
    assert rows.pieces is not None  # noqa: S101 - as above
    try:
        part = rows.pieces.split(place)
        text = replace(rows, cells=part.cells, broken=part.broken, blank=part.blank, pieces=None)
        sieved = sieve(text, told)
    except FileFault:
        return None
    refused = set[int]().union(*(each.faults["row"] for each in sieved))
    cells = part.cells[part.cells.index.isin(list(refused))]
    give_back()
    return Piece(sieved, cells, part.broken, len(part.cells), part.blank, part.next_row)


def agreed(found: Sequence[Sequence[Sieved]]) -> Told | None:
    """How the columns are written, as all pieces say together; None where only the whole file can tell.

    A piece in which nothing shows the decimal sign goes by the others; of dates every piece must say the same.
    """
    told: dict[str, dict[str, Decision]] = {}
    for each in zip(*found, strict=True):
        if any(sieved.present != each[0].present for sieved in each) or _most_words(each) > MOST_COMPARED:
            return None
        names = {name for sieved in each for name in sieved.decisions}
        decisions = {name: one_decision({sieved.decisions.get(name, UNDECIDED) for sieved in each}) for name in names}
        if None in decisions.values():
            return None
        told[each[0].table.name] = {name: decision for name, decision in decisions.items() if decision}
    return told


def one_decision(said: Collection[Decision]) -> Decision | None:
    """What several pieces say of a column in one; None where they contradict one another."""
    decimals, orders = {each.decimal for each in said} - {""}, {each.order for each in said}
    return Decision(max(decimals, default=""), orders.pop()) if len(decimals) <= 1 and len(orders) == 1 else None


def _most_words(each: Sequence[Sieved]) -> int:
    """The most different words of a column that are not known: of too many nobody asks what they may be."""
    faults = pd.concat([sieved.faults for sieved in each])
    unknown = faults[faults["reason"].astype("str").str.match("misspelt-|unknown-")]
    return int(unknown.groupby("column")["value"].nunique().max()) if len(unknown) else 0


def is_read_as(piece: Sequence[Sieved], told: Told) -> bool:
    """Whether a piece was read as all pieces together decided."""
    return all(sieved.decisions.get(name, UNDECIDED) == decision for sieved in piece for name, decision in told[sieved.table.name].items())


def _together(rows: TextRows, found: Sequence[Piece]) -> tuple[TextRows, Sequence[Sieved]]:
    """A file of its pieces, their rows numbered as in the file."""
    assert rows.pieces is not None  # noqa: S101 - as above
    starts = first_rows(rows, found)
    left = replace(rest(rows, found, starts), count=sum(piece.filled for piece in found), pieces=rows.pieces._replace(first_rows=starts))
    return left, in_one(found, starts, rows.header)


def first_rows(rows: TextRows, found: Sequence[Piece]) -> tuple[int, ...]:
    """The number of each piece's first row."""
    return (*accumulate((piece.records for piece in found[:-1]), initial=rows.header_row + 1),)


def rest(rows: TextRows, found: Sequence[Piece], starts: Sequence[int]) -> TextRows:
    """What remains of a file's rows, numbered as in the file."""
    return replace(
        rows,
        cells=pd.concat([piece.cells.set_axis(piece.cells.index + start) for piece, start in zip(found, starts, strict=True)]),
        broken=tuple(fault._replace(row=fault.row + start) for piece, start in zip(found, starts, strict=True) for fault in piece.broken),
        blank=sum(piece.blank for piece in found),
    )


def in_one(found: Sequence[Piece], starts: Sequence[int], header: Sequence[str]) -> list[Sieved]:
    """What was read for each table, of all pieces in one; their typed rows are used up."""
    return [_sieved(each, starts, header) for each in zip(*(piece.sieved for piece in found), strict=True)]


def _sieved(each: Sequence[Sieved], starts: Sequence[int], header: Sequence[str]) -> Sieved:
    """One table's rows of all pieces."""
    numbered = list(zip(each, starts, strict=True))
    index = pd.Index([], dtype="int64").append([sieved.typed.index + start for sieved, start in numbered])
    told = [sieved.newest for sieved in each if sieved.newest is not None]
    return replace(
        each[0],
        typed=joined([sieved.typed for sieved in each], index),
        faults=pd.concat([sieved.faults.assign(row=sieved.faults["row"] + start) for sieved, start in numbered], ignore_index=True),
        ids=pd.concat([sieved.ids.set_axis(sieved.ids.index + start) for sieved, start in numbered]),
        decisions={name: decision for sieved in each for name, decision in sieved.decisions.items()},
        notes=tuple(_in_order((note for sieved in each for note in sieved.notes), [header[place] for place in each[0].places.values()])),
        newest=max(told, default=None),
    )


def _in_order(notes: Iterable[Message], columns: Sequence[str]) -> list[Message]:
    """Notes of all pieces in the order in which one piece tells them: column by column, change by change."""
    templates = list(CHANGES.values())
    return sorted(added(notes), key=lambda note: (columns.index(str(note.facts["column"])), templates.index(note.template)))
