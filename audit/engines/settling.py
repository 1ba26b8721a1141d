"""The ledger over all buckets: every row of every file accepted, refused or counted, as in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from audit.books.blank import blank
from audit.books.whole import Seen, seen
from audit.engines.keys import BY_OWN_KEY, BY_PURCHASE, OF_ALL, PURCHASE, spread
from audit.engines.ledger import Settled, Source, settle
from audit.engines.reading import Files, Sink, Taken, cells_of
from audit.ledger.joining import added
from audit.ledger.quarantine import IDS, begin, ingested, ledger, ledger_line
from audit.tables import SOURCE, Accepted, Ingested
from schemas.tables import TABLES

if TYPE_CHECKING:
    from audit.engines.store import Rows
    from audit.ledger.sieve import Sieved
    from schemas.text import Message

ACCEPTED = "accepted {table}"
"""Name under which the accepted rows of a table are kept."""

KINDS: tuple[tuple[str, ...], ...] = (BY_PURCHASE, *((table,) for table in BY_OWN_KEY), *((table,) for table in OF_ALL))
"""Tables whose rows are settled together."""


class Settlement(NamedTuple):
    """What was read, once every row is settled.

    ``ingested``: of each table a few rows, listings and authorisations whole. ``seen``: what the buckets tell of the whole.
    ``gone``: by table and bucket the ids of refused rows.
    """

    ingested: Ingested
    seen: Sequence[Seen]
    gone: Mapping[tuple[str, int], pd.DataFrame]

    def refused_ids(self, table: str, bucket: int) -> pd.DataFrame:
        """The ids of a table's refused rows that belong in a bucket."""
        known = self.ingested.tables[table].quarantined
        return self.gone.get((table, bucket), known.head(0))


class Lot(NamedTuple):
    """What is told of a settled bucket: what became of its rows, without those; what they tell of the whole; and by table a few of them."""

    settled: Settled
    seen: Seen
    few: Mapping[str, pd.DataFrame]


Lots = Callable[[Sequence[str], Sequence[Source]], Iterable[Lot]]
"""Settles some tables in every bucket, and keeps what is accepted where it is judged."""


@dataclass
class _Course:
    """The ledger on its way from bucket to bucket."""

    files: Files
    sources: Sequence[Source]
    standing: Counter[int] = field(default_factory=Counter)
    copies: Counter[int] = field(default_factory=Counter)
    notes: dict[str, list[Message]] = field(default_factory=dict)
    refused: list[Settled] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    few: dict[str, pd.DataFrame] = field(default_factory=dict)

    def add(self, lot: Lot) -> None:
        """Count what became of a bucket's rows, and remember what they tell of the whole."""
        settled = lot.settled
        self.seen.append(lot.seen)
        self.few |= {name: _few(name, frame, self.few.get(name)) for name, frame in lot.few.items()}
        self.standing.update(settled.standing)
        self.copies.update(settled.copies)
        for name, notes in settled.notes.items():
            self.notes.setdefault(name, []).extend(notes)
        if settled.refused:
            self.refused.append(settled)


class TogetherError(Exception):
    """A file feeds tables that no one key holds together, or two parts of it feed the same: only memory can settle it."""


def _are_apart(files: Files) -> bool:
    """Whether each file feeds tables of one kind alone, and no two sources of one name feed the same table."""
    fed = [(each.part.rows.place, sieved.table.name) for each in files.files for sieved in each.part.sieved]
    kinds = {place: {kind for kind in KINDS if any(table in kind for of, table in fed if of == place)} for place, _ in fed}
    return len(fed) == len(set(fed)) and all(len(kind) == 1 for kind in kinds.values())


def settle_all(files: Files, store: Rows, into: Sink, count: int, lots: Lots | None = None) -> Settlement:
    """Settle all rows in so many buckets; ``lots``: how, if not one bucket after the other. Raises TogetherError where buckets can't."""
    if not _are_apart(files):
        raise TogetherError
    parts = [each.part for each in files.files]
    told = begin(parts, files.notes)
    for part in parts:
        if part.returned is not None:
            for sieved in part.sieved:
                into.put(sieved.table.name, part.good(sieved.table.name), "")
    course = _Course(files, [_source(number, each) for number, each in enumerate(files.files)])
    held = {name for source in course.sources for name in source.tables}
    for kind in KINDS:
        if names := [name for name in kind if name in held]:
            for each in (lots or one_by_one(store, count))(names, course.sources):
                course.add(each)
    _take_refused(course, lambda name: _held(store, name))
    told += [note for name in TABLES for note in sorted(added(course.notes.get(name, [])), key=str)]
    ids = {name: _ids(name, course) for name in TABLES if name in held}
    tables = {name: Accepted(course.few[name], _present(name, course), ids[name]) for name in ids}
    lines = [_line(number, each, course) for number, each in enumerate(files.files)]
    gone = {(name, bucket): rows for name in ids if name not in OF_ALL for bucket, rows in spread(ids[name], PURCHASE, count)}
    return Settlement(ingested(parts, tables, ledger(lines), files.left, told), course.seen, gone)


def one_by_one(store: Rows, count: int) -> Lots:
    """One bucket after the other, each kept in the store."""

    def lots(names: Sequence[str], sources: Sequence[Source]) -> Iterator[Lot]:
        return (_settle(store, bucket, count, names, sources) for bucket in range(1 if names[0] in OF_ALL else count))

    return lots


def _settle(store: Rows, bucket: int, count: int, names: Sequence[str], sources: Sequence[Source]) -> Lot:
    rows = {name: _rows(store, name, bucket) for name in names}
    settled = settle(rows, sources)
    for name, frame in settled.accepted.items():
        _keep(store, name, rows[name], frame, bucket, count)
    return lot(settled)


def _keep(store: Rows, name: str, rows: pd.DataFrame, accepted: pd.DataFrame, bucket: int, count: int) -> None:
    """Keep what is accepted of the rows of a bucket where it is judged; rows of which none is gone stay as they are."""
    if name in BY_PURCHASE and rows[list(SOURCE)].equals(accepted[list(SOURCE)]):
        store.rename(name, ACCEPTED.format(table=name), bucket)
        return
    store.take(name, bucket)
    for kept, home, frame in homes({name: accepted}, bucket, count):
        if len(frame):
            store.put(kept, home, frame)


def lot(settled: Settled) -> Lot:
    """What is told of a settled bucket."""
    told = seen({name: Accepted(frame, frozenset(), frame) for name, frame in settled.accepted.items()})
    return Lot(settled._replace(accepted={}), told, {name: _few(name, frame, None) for name, frame in settled.accepted.items()})


def homes(accepted: Mapping[str, pd.DataFrame], bucket: int, count: int) -> Iterator[tuple[str, int, pd.DataFrame]]:
    """Accepted rows with the name and bucket under which they are judged: by purchase, whatever they were settled by."""
    for table, frame in accepted.items():
        if table in BY_PURCHASE:
            yield ACCEPTED.format(table=table), bucket, frame
        elif table not in OF_ALL:
            for home, rows in spread(frame, PURCHASE, count):
                yield ACCEPTED.format(table=table), home, rows


def _source(number: int, taken: Taken) -> Source:
    part = taken.part
    origin = part.origin or part
    newest = {each.table.name: found.latest if (found := origin.sieved_for(each.table.name)) else "" for each in part.sieved}
    tables = tuple(each.table.name for each in part.sieved)
    gone = frozenset() if part.returned is not None else frozenset(part.replaced)
    return Source(number, part.rows.file, part.rows.sheet, tables, origin.rows.file, newest, gone, frozenset(part.chosen))


def _rows(store: Rows, name: str, bucket: int) -> pd.DataFrame:
    held = store.get(name, bucket)
    return blank(TABLES[name]) if held is None else held


def _held(store: Rows, name: str) -> pd.DataFrame:
    held = store.get(name, 0)
    if held is None:
        raise KeyError(name)
    return held


def _few(name: str, frame: pd.DataFrame, before: pd.DataFrame | None) -> pd.DataFrame:
    """The rows of a table that stand for it: of orders the earliest and the latest, of what every bucket sees all, else none."""
    if name in OF_ALL:
        return frame
    few = blank(TABLES[name])
    if name == "orders" and len(frame):
        few = frame.loc[[frame["ordered_at"].idxmin(), frame["ordered_at"].idxmax()]].drop_duplicates()
    if before is None or not len(before):
        return few.reset_index(drop=True)
    return _few(name, pd.concat([before, few], ignore_index=True), None) if len(few) else before


def _take_refused(course: _Course, get: Callable[[str], pd.DataFrame]) -> None:
    """Refuse contradicting rows where their file is known: with their cells as received, fetched once a file, and their ids."""
    for number in sorted({number for settled in course.refused for number in settled.refused}):
        taken = course.files.files[number]
        part, held = taken.part, [settled for settled in course.refused if number in settled.refused]
        faults = pd.concat([settled.refused[number] for settled in held], ignore_index=True)
        for table, own in faults.groupby("table", sort=False):
            part.add_faults(own.drop(columns="table"), str(table))
        if part.returned is None:
            cells = cells_of(taken, set(faults["row"]), get)
            part.rows = replace(part.rows, cells=pd.concat([part.rows.cells, cells[~cells.index.isin(part.rows.cells.index)]]))
            part.sieved = tuple(_with_ids(each, [settled.ids[number][each.table.name] for settled in held]) for each in part.sieved)


def _with_ids(sieved: Sieved, ids: Sequence[pd.DataFrame]) -> Sieved:
    return replace(sieved, ids=pd.concat([sieved.ids, *ids]))


def _present(name: str, course: _Course) -> frozenset[str]:
    fed = [sieved for each in course.files.files if (sieved := each.part.sieved_for(name))]
    return frozenset[str]().union(*(sieved.present for sieved in fed))


def _ids(name: str, course: _Course) -> pd.DataFrame:
    """The ids of the refused rows of a table."""
    fed = [(each.part, sieved) for each in course.files.files if (sieved := each.part.sieved_for(name))]
    ids = pd.concat([sieved.ids[sieved.ids.index.isin(list(part.refused))] for part, sieved in fed], ignore_index=True)
    return ids.reindex(columns=list(dict.fromkeys([*IDS, *ids.columns]))).astype("str")


def _line(number: int, taken: Taken, course: _Course) -> dict[str, object]:
    """A file's line of the ledger."""
    part = taken.part
    copies = course.copies[number] + len(part.replaced - part.refused)
    return ledger_line(part, taken.rows, course.standing[number], copies)
