"""Every file of a run, large ones in parts: good rows go where their bucket is, the rest stays as the ledger needs it."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from audit import progress
from audit.engines.keys import OF_ALL, ledger_key
from audit.engines.plan import Plan, is_large, is_plain, plan
from audit.engines.portion import Portion, numbered, portion, read, received, remnant
from audit.errors import AuditError, FileFault
from audit.ingest.files import Gathered, NoExportError, Terms, Wanted, refuse, taken, together, wanted_files
from audit.ingest.piecewise import agreed, first_rows, is_read_as
from audit.ingest.piecewise import whole as all_rows
from audit.ledger.part import Part
from schemas.tables import TABLES

if TYPE_CHECKING:
    from audit.engines.store import Rows
    from audit.ingest.piecewise import Told
    from schemas.text import Message

CELLS = "cells of {number}"
"""Name under which the rows of a file that was read whole are kept as received."""


class Sink(NamedTuple):
    """Where rows go: ``put`` takes the name of a table, rows of it, and the stream that they belong to; ``drop`` forgets a stream."""

    put: Callable[[str, pd.DataFrame, str], None]
    drop: Callable[[str], None]


def sink(store: Rows, count: int) -> Sink:
    """Where good rows go while files are read."""

    def put(name: str, frame: pd.DataFrame, stream: str) -> None:
        if name in TABLES and name not in OF_ALL:
            store.spread(name, frame, ledger_key(name), count, stream)
        else:
            store.put(name, 0, frame, stream)

    return Sink(put, store.drop)


class Taken(NamedTuple):
    """A file without its good rows.

    ``rows``: how many were read. ``cells``: of one that was read whole, the name under which its rows are kept as received.
    ``plan``, ``starts``: of one that was read in parts, how, and the number of each part's first row.
    """

    part: Part
    rows: int
    cells: str = ""
    plan: Plan | None = None
    starts: tuple[int, ...] = ()


class Files(NamedTuple):
    """All files of a run without their good rows, those that are no export, and what a person should know."""

    files: Sequence[Taken]
    left: Sequence[str]
    notes: Sequence[Message]


@dataclass
class Reader:
    """Files on their way: what each gave is put where it goes, and ``taken`` remembers how it was read.

    ``at_once``: how many parts of a large file are read at the same time.
    """

    terms: Terms
    sink: Sink
    wanted: frozenset[str] = frozenset()
    at_once: int = 1
    taken: dict[int, Taken] = field(default_factory=dict)

    def prepare(self, files: Sequence[Wanted]) -> None:
        """What is to be done before the plain files are read one by one."""

    def is_large(self, wanted: Wanted) -> bool:
        """Whether a file is read in parts."""
        return is_large(wanted)

    def plan(self, wanted: Wanted) -> Plan | None:
        """How such a file is read."""
        return plan(wanted, self.terms)

    def file(self, wanted: Wanted) -> Gathered:
        """One plain file."""
        if not self.is_large(wanted):
            return self.thin(taken(wanted, self.terms))
        gathered = Gathered()
        try:
            planned = self.plan(wanted)
            found = self._in_parts(planned) if planned else None
        except NoExportError as fault:
            refuse(wanted, gathered, fault)
            return gathered
        except AuditError as fault:
            gathered.faults.append(fault)
            return gathered
        if planned is None or found is None:
            return self.thin(taken(wanted, self.terms))
        gathered.parts.append(found)
        gathered.notes += [*planned.understood.rows.notes, *planned.understood.notes]
        return gathered

    def thin(self, gathered: Gathered) -> Gathered:
        """A file that was read whole without its good rows; quarantine files stay whole."""
        gathered.parts = [self.thinned(part) for part in gathered.parts]
        return gathered

    def thinned(self, part: Part) -> Part:
        """A part without its good rows."""
        rows = part.rows.filled + len(part.lines) + part.rows.blank + part.rows.merged
        whole = part
        if part.returned is None:
            good, left = portion(part, wanted=self.wanted)
            part = Part(replace(whole.rows, cells=left.cells, native={}, unfit={}), lambda _told: left.sieved)
            part.layout, part.likely, part.doubtful = whole.layout, whole.likely, whole.doubtful
            for name, frame in good.items():
                self.sink.put(name, frame, "")
        kept = CELLS.format(number=len(self.taken))
        self.sink.put(kept, named(all_rows(whole.rows).cells), "")
        self.taken[id(part)] = Taken(part, rows, kept)
        return part

    def _in_parts(self, planned: Plan) -> Part | None:
        """A large file, read part by part; None where its parts do not agree on how it is written, so that it must be read whole."""
        found = self._agreeing(planned)
        if not found:
            self.sink.drop(planned.reading.file)
            return None
        known = planned.understood
        starts = first_rows(known.rows, [each.piece for each in found])
        part = remnant(known.rows, found, starts)
        part.layout, part.likely, part.doubtful = known.layout.name if known.layout else "", planned.likely, planned.doubtful
        self.taken[id(part)] = Taken(part, sum(each.rows for each in found), plan=planned, starts=starts)
        return part

    def _agreeing(self, planned: Plan) -> list[Portion]:
        """Every part's rest, each read as all of them together decide; none at all where they can't."""
        found = self.portions(planned, None)
        told = agreed([each.piece.sieved for each in found]) if found else None
        if told is None:
            return []
        if all(is_read_as(each.piece.sieved, told) for each in found):
            return found
        self.sink.drop(planned.reading.file)
        return self.portions(planned, told)

    def portions(self, planned: Plan, told: Told | None) -> list[Portion]:
        """Every part's rest; its good rows are put where they go. None at all where a part contradicts itself."""
        found: list[Portion] = []
        start = planned.reading.header_row + 1
        for each, (_, end) in zip(self._read(planned, told), planned.ranges, strict=False):
            if each is None:
                return []
            for name, frame in each.good.items():
                self.sink.put(name, numbered(frame, start), planned.reading.file)
            found.append(each._replace(good={}))
            start += each.piece.records
            progress.reach(planned.reading.file, end)
        return found

    def _read(self, planned: Plan, told: Told | None) -> Iterator[Portion | None]:
        """Every part in its order, several of them read at once; None for one that contradicts itself."""

        def one(place: int) -> Portion | None:
            try:
                return read(planned, place, self.terms, told=told, wanted=self.wanted)
            except FileFault:
                return None

        waiting: deque[Future[Portion | None]] = deque()
        with ThreadPoolExecutor(self.at_once) as pool:
            for place in range(len(planned.ranges)):
                waiting.append(pool.submit(one, place))
                if len(waiting) >= self.at_once:
                    yield waiting.popleft().result()
            yield from (each.result() for each in waiting)


ROW = "row"


def named(cells: pd.DataFrame) -> pd.DataFrame:
    """Cells as received in a shape that any store can keep: their row numbers beside them, every column with a name."""
    return cells.rename(columns=str).rename_axis(ROW).reset_index()


def cells_of(taken: Taken, rows: Collection[int], get: Callable[[str], pd.DataFrame]) -> pd.DataFrame:
    """Some rows of a file as received; ``get``: brings what was kept under a name."""
    if taken.plan is None:
        kept = get(taken.cells).set_index(ROW)
        return kept[kept.index.isin(rows)].set_axis(range(kept.shape[1]), axis=1).rename_axis(None)
    wanted = sorted(rows)
    places = sorted({bisect_right(taken.starts, row) - 1 for row in wanted})
    found = [received(taken.plan, place, taken.starts[place]).rows.cells for place in places]
    return pd.concat([cells[cells.index.isin(wanted)] for cells in found])


def read_all(
    paths: Sequence[Path], named: Mapping[str, Sequence[Path]], terms: Terms, sink: Sink, make: Callable[..., Reader] = Reader
) -> Files:
    """Read every file; raises FaultyInputs that names every one that can't be used. ``make``: what makes the reader of plain files.

    What may be a quarantine file is read first: its hashes say which rows of the others it mends.
    """
    files = wanted_files(paths, named)
    first = {place: taken(wanted, terms) for place, wanted in enumerate(files) if not is_plain(wanted)}
    hashes = [part.returned.hashes.values() for each in first.values() for part in each.parts if part.returned]
    reader = make(terms, sink, frozenset(each for some in hashes for each in some))
    reader.prepare([wanted for place, wanted in enumerate(files) if place not in first])
    gathered = [reader.thin(first.pop(place)) if place in first else reader.file(wanted) for place, wanted in enumerate(files)]
    whole = together(gathered, paths, terms)
    parts = [part if id(part) in reader.taken else reader.thinned(part) for part in whole.parts]
    return Files([reader.taken[id(part)] for part in parts], whole.left, whole.notes)
