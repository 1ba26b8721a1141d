"""Step 2, a part of a file to accepted and refused rows: all that later steps need of it, and nothing that is not plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from audit.engines.plan import Plan, read_range
from audit.ingest import parts
from audit.ingest.parquet.groups import read_group
from audit.ingest.piecewise import one_decision
from audit.ingest.rows import Broken, TextRows
from audit.ingest.understanding import sift
from audit.ledger.joining import added
from audit.ledger.part import Part
from audit.ledger.sieve import Sieved
from audit.normalise import UNDECIDED, Decision
from schemas.tables import TABLES
from schemas.text import Message

if TYPE_CHECKING:
    from audit.ingest.files import Terms

Told = Mapping[str, Mapping[str, Decision]]


class Portion(NamedTuple):
    """What a part of a file gives.

    ``good``: by table the rows that are accepted as far as each row alone tells, typed, with SOURCE. ``faults``: as Part.faults;
    ``broken``: lines that are no rows. ``cells``: as received, the refused rows and those that were asked for by their hash;
    ``kept``: the latter's typed rows by table; ``ids``: by table the ids of the rows of ``cells``.
    ``rows``: how many were read, blank ones among them; ``next_row``: the number of the row after the last.
    ``newest``: by table the latest time; ``present``: by table the columns, ``places``: where they stand; ``decisions``: how this part
    by itself says that they are written; ``notes``: what was changed on reading.
    """

    good: Mapping[str, pd.DataFrame]
    faults: pd.DataFrame
    broken: tuple[Broken, ...]
    cells: pd.DataFrame
    kept: Mapping[str, pd.DataFrame]
    ids: Mapping[str, pd.DataFrame]
    rows: int
    blank: int
    next_row: int
    newest: Mapping[str, str]
    present: Mapping[str, frozenset[str]]
    places: Mapping[str, Mapping[str, int]]
    decisions: Told
    notes: Mapping[str, tuple[Message, ...]]


def read(
    plan: Plan, place: int, first_row: int, terms: Terms, *, told: Told | None = None, wanted: frozenset[str] = frozenset()
) -> Portion:
    """Read one part under its file's plan; ``first_row``: the number of its first row.

    ``told``: how columns are written, as all parts decided it. ``wanted``: hashes of rows that are to be kept as received.
    Raises FileFault where the part contradicts itself.
    """
    rows, next_row = received(plan, place, first_row)
    part = sift(plan.understood._replace(rows=rows), terms.zone, terms.as_of)
    if told is not None:
        part.read_as(told)
    return portion(part, next_row, wanted)


class Received(NamedTuple):
    """The rows of one part as received, and the number of the row after the last."""

    rows: TextRows
    next_row: int


def received(plan: Plan, place: int, first_row: int) -> Received:
    """The rows of one part as received."""
    if plan.shape is not None:
        return Received(*read_group(plan.reading.file, plan.path, plan.shape, place=place, first_row=first_row))
    split = parts.split_part(read_range(plan.path, *plan.ranges[place]), plan.reading, first_row)
    return Received(replace(plan.understood.rows, cells=split.cells, broken=split.broken, blank=split.blank), split.next_row)


def portion(part: Part, next_row: int = 0, wanted: frozenset[str] = frozenset()) -> Portion:
    """What remains of a part, or of a file that was read as a whole."""
    asked = [row for row, each in part.hashes(part.readable()).items() if each in wanted] if wanted else []
    held = sorted({*part.refused, *asked})
    cells = part.rows.cells
    return Portion(
        good={each.table.name: part.good(each.table.name) for each in part.sieved},
        faults=part.faults,
        broken=part.rows.broken,
        cells=cells[cells.index.isin(held)],
        kept={each.table.name: each.typed[each.typed.index.isin(asked)] for each in part.sieved},
        ids={each.table.name: each.ids[each.ids.index.isin(held)] for each in part.sieved},
        rows=len(cells) + len(part.lines) + part.rows.blank,
        blank=part.rows.blank,
        next_row=next_row,
        newest={each.table.name: each.latest for each in part.sieved},
        present={each.table.name: each.present for each in part.sieved},
        places={each.table.name: each.places for each in part.sieved},
        decisions={each.table.name: each.decisions for each in part.sieved},
        notes={each.table.name: each.notes for each in part.sieved},
    )


def agreed(portions: Sequence[Portion]) -> Told | None:
    """How the columns are written, as all parts of a file say together; None where only the whole file can tell.

    A part in which nothing shows the decimal sign goes by the others; of dates every part must say the same.
    """
    tables = list(portions[0].decisions)
    if any(portion.present != portions[0].present for portion in portions):
        return None
    told: dict[str, dict[str, Decision]] = {}
    for table in tables:
        names = {name for portion in portions for name in portion.decisions[table]}
        found = {name: one_decision({portion.decisions[table].get(name, UNDECIDED) for portion in portions}) for name in names}
        if any(decision is None for decision in found.values()):
            return None
        told[table] = {name: decision for name, decision in found.items() if decision}
    return told


def is_read_as(portion: Portion, told: Told) -> bool:
    """Whether a part was read as all parts together decided."""
    return all(portion.decisions[table].get(name, UNDECIDED) == decision for table, of in told.items() for name, decision in of.items())


def remnant(rows: TextRows, portions: Sequence[Portion], told: Told) -> Part:
    """A file as the ledger knows it, without the rows that nobody need look at again; ``rows``: its header and source."""
    left = replace(
        rows,
        cells=pd.concat([portion.cells for portion in portions]),
        broken=tuple(fault for portion in portions for fault in portion.broken),
        blank=sum(portion.blank for portion in portions),
        native={},
        unfit={},
    )
    sieved = [_sieved(table, portions, told) for table in portions[0].present]
    return Part(left, lambda _told: sieved)


def _sieved(table: str, portions: Sequence[Portion], told: Told) -> Sieved:
    faults = pd.concat([portion.faults for portion in portions], ignore_index=True)
    return Sieved(
        table=TABLES[table],
        typed=pd.concat([portion.kept[table] for portion in portions]),
        faults=faults[(faults["table"] == table) & (faults["column"] != "")].drop(columns="table"),
        ids=pd.concat([portion.ids[table] for portion in portions]),
        present=portions[0].present[table],
        places=portions[0].places[table],
        decisions=told.get(table, {}),
        notes=tuple(added([note for portion in portions for note in portion.notes[table]])),
        newest=max(portion.newest[table] for portion in portions),
    )
