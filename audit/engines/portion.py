"""Step 2, a part of a file to accepted and refused rows: all that later steps need of it, and nothing that is not plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from audit.engines.plan import Plan, read_range
from audit.ingest import parts
from audit.ingest.parquet.groups import read_group
from audit.ingest.piecewise import Piece, in_one, rest
from audit.ingest.understanding import sift
from audit.ledger.part import Part

if TYPE_CHECKING:
    import pandas as pd

    from audit.ingest.files import Terms
    from audit.ingest.piecewise import Told
    from audit.ingest.rows import TextRows


class Portion(NamedTuple):
    """What a part of a file gives, its rows numbered from 0.

    ``good``: by table the rows that are accepted as far as each row alone tells, typed, with SOURCE. ``piece``: all the rest; the cells
    as received of the refused rows and of those that were asked for by their hash, and the typed rows of the latter alone.
    """

    good: Mapping[str, pd.DataFrame]
    piece: Piece

    @property
    def rows(self) -> int:
        """How many were read, blank ones among them."""
        return self.piece.filled + len({fault.row for fault in self.piece.broken if fault.column < 0}) + self.piece.blank


def read(plan: Plan, place: int, terms: Terms, *, told: Told | None = None, wanted: frozenset[str] = frozenset()) -> Portion:
    """Read one part under its file's plan.

    ``told``: how columns are written, as all parts decided it. ``wanted``: hashes of rows that are to be kept as received.
    Raises FileFault where the part contradicts itself.
    """
    rows, records = received(plan, place)
    part = sift(plan.understood._replace(rows=rows), terms.zone, terms.as_of)
    if told is not None:
        part.read_as(told)
    return portion(part, records, wanted)


class Received(NamedTuple):
    """The rows of one part as received, and the number of the row after the last."""

    rows: TextRows
    next_row: int


def received(plan: Plan, place: int, first_row: int = 0) -> Received:
    """The rows of one part as received; ``first_row``: the number of its first row."""
    if plan.shape is not None:
        return Received(*read_group(plan.reading.file, plan.path, plan.shape, place=place, first_row=first_row))
    split = parts.split_part(read_range(plan.path, *plan.ranges[place]), plan.reading, first_row)
    return Received(replace(plan.understood.rows, cells=split.cells, broken=split.broken, blank=split.blank), split.next_row)


def portion(part: Part, records: int = 0, wanted: frozenset[str] = frozenset()) -> Portion:
    """What remains of a part, or of a file that was read as a whole."""
    asked = [row for row, each in part.hashes(part.readable()).items() if each in wanted] if wanted else []
    held = sorted({*part.refused, *asked})
    cells = part.rows.cells
    sieved = [
        replace(each, typed=each.typed[each.typed.index.isin(asked)], ids=each.ids[each.ids.index.isin(held)], newest=each.latest)
        for each in part.sieved
    ]
    left = Piece(sieved, cells[cells.index.isin(held)], part.rows.broken, len(cells), part.rows.blank, records)
    return Portion({each.table.name: part.good(each.table.name) for each in part.sieved}, left)


def numbered(good: pd.DataFrame, start: int) -> pd.DataFrame:
    """Good rows of a part under the numbers that they have in the file."""
    return good.assign(source_row=good["source_row"] + start) if start else good


def remnant(rows: TextRows, portions: Sequence[Portion], starts: Sequence[int]) -> Part:
    """A file as the ledger knows it, without the rows that nobody need look at again; ``rows``: its header and source."""
    found = [portion.piece for portion in portions]
    left = replace(rest(rows, found, starts), native={}, unfit={})
    sieved = in_one(found, starts, rows.header)
    return Part(left, lambda _told: sieved)
