"""The bounded path: the inputs of a run read, settled and judged bucket by bucket, with the findings of the whole."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from audit.books.books import Books
from audit.books.whole import Origins, Whole, all_seen
from audit.engines import combining, judging, size
from audit.engines.about import about, own_keys
from audit.engines.keys import BY_OWN_KEY, OF_ALL, PURCHASE, buckets_of
from audit.engines.mentions import understood
from audit.engines.reading import Reader, read_all, sink
from audit.engines.settling import ACCEPTED, Settlement, settle_all
from audit.memory import give_back, release
from audit.pipeline import conclude, instant_of
from audit.tables import Accepted, Ingested
from schemas.findings import FINDINGS
from schemas.shape import empty
from schemas.tables import TABLES
from schemas.text import Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from audit.config import Config
    from audit.engines.judging import Bucket
    from audit.engines.store import Rows, Store
    from audit.ingest.files import Terms
    from audit.pipeline import Past
    from schemas.outcome import Outcome


Answer = TypeVar("Answer")

NUMBERS, FOUND = "numbers", "found"
"""Names under which tracking numbers and findings are kept."""

ALL = 0
"""Bucket of what belongs in none."""

REMADE = "remade"
"""Name under which rows are kept while a table is made anew."""

NUMBERED = r"#\d+$"
"""What tells subjects of one key apart."""


OVERFULL, LEAST_OVERFULL = 4, 64 << 20
"""How many times the others' size a bucket may have on disk, and bytes below which that does not matter."""

OVERFULL_BUCKET = Message(
    "One bucket holds {share:share} of all rows, for they belong to one purchase or to none: it takes that part of the whole's memory."
)
LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True)
class Shop:
    """A shop whose inputs have been read and settled, to be judged bucket by bucket."""

    store: Rows
    count: int
    settled: Settlement
    config: Config
    as_of: tuple[datetime, str]

    @property
    def ingested(self) -> Ingested:
        """All that was read; of the tables no more than a few rows."""
        return self.settled.ingested

    @property
    def parts(self) -> int:
        """In how many parts they are judged, one after the other."""
        return self.count

    def tables(self, bucket: int) -> dict[str, Accepted]:
        """The accepted tables of a bucket; listings and authorisations whole."""
        return {name: self._table(name, bucket) for name in self.ingested.tables}

    def _table(self, name: str, bucket: int) -> Accepted:
        small = self.ingested.tables[name]
        if name in OF_ALL:
            return small
        held = self.store.get(ACCEPTED.format(table=name), bucket)
        frame = small.frame.head(0) if held is None else held
        frame = self._in_order(frame) if name in BY_OWN_KEY else frame
        return small._replace(frame=frame, quarantined=self.settled.refused_ids(name, bucket))

    def books(self, bucket: int, whole: Whole) -> Books:
        """The books of a bucket."""
        return Books(tables=self.tables(bucket), config=self.config, as_of=instant_of(self.as_of[0]), whole=whole)

    def examine(self, past: Past) -> Outcome:
        """Judge every bucket, and put together what was found."""
        shop = Books(tables=self.ingested.tables, config=self.config, as_of=instant_of(self.as_of[0]))
        shop.watchlist  # noqa: B018 - a wrong name among the shop's additions stops the run here, not within a rule
        known = understood(self, self._known())
        buckets = self._judged(known)
        shop = replace(shop, whole=combining.whole_of(buckets, known), found={})
        judged = combining.combine(buckets, shop, self.of_purchases, partial(self.of_purchases, None), self._sharing(), self._findings())
        del buckets
        return conclude(judged, self.ingested, replace(shop, tables=self._about(judged.findings, past), found={}), self.as_of, past)

    def _known(self) -> Whole:
        """What can be known of the whole shop before any bucket is judged."""
        seen = all_seen(self.settled.seen)
        known = Whole(windows=seen.windows, statuses=seen.statuses)
        return known._replace(origins=Origins(seen.origins or any(self.each(has_origin, known))))

    def each(self, ask: Callable[[Books], Answer], known: Whole) -> Iterable[Answer]:
        """What every bucket's books answer, one after the other as they are asked for."""
        return (ask(self.books(bucket, known)) for bucket in range(self.count))

    def remake(self, table: str, make: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
        """Make the rows of a table anew, and put them where their purchases are."""
        kept = ACCEPTED.format(table=table)
        for bucket in range(self.count):
            made = make(self.tables(bucket)[table].frame)
            for home in range(self.count):
                self.store.put(REMADE, home, made.head(0))
            self.store.spread(REMADE, made, PURCHASE, self.count)
        self.store.rename(REMADE, kept)

    def _judged(self, known: Whole) -> list[Bucket]:
        """What is found in every bucket; the findings and tracking numbers of each wait on disk for those of the others."""
        gc.freeze()  # what is there already outlasts the buckets: nobody need look for its end after each of them
        try:
            return [self._judge(bucket, known) for bucket in range(self.count)]
        finally:
            gc.unfreeze()

    def _judge(self, bucket: int, known: Whole) -> Bucket:
        judged = judge(self.books(bucket, known))
        self.store.spread(NUMBERS, judged.numbers, "number", self.count)
        self.store.put(FOUND, ALL, judged.findings)
        release()
        return judged._replace(findings=empty(FINDINGS), numbers=judging.NO_NUMBERS)

    def _findings(self) -> Callable[[], pd.DataFrame] | None:
        """What brings the findings that wait on disk; None where each bucket holds its own."""
        return lambda: held if (held := self.store.take(FOUND, ALL)) is not None else empty(FINDINGS)

    def _sharing(self) -> frozenset[str]:
        """The purchases that share a tracking number with another one."""
        held = (self.store.take(NUMBERS, bucket) for bucket in range(self.count))
        return frozenset().union(*(combining.shared([numbers]) for numbers in held if numbers is not None))

    def _about(self, findings: pd.DataFrame, past: Past) -> dict[str, Accepted]:
        """The rows about what was found; with a history, also about what was found before. The first and last orders are among them."""
        tables = self.ingested.tables
        ends = tables["orders"].frame[PURCHASE] if "orders" in tables else ()
        items = frozenset([*findings[PURCHASE].dropna().unique(), *ends])
        if past.memory is None:
            return dict(tables) | ({"orders": self._of_purchases("orders", items)} if "orders" in tables else {})
        subjects = past.memory.known["subject"]
        named = frozenset([*subjects, *subjects.str.replace(NUMBERED, "", regex=True)])
        return self.of_purchases(items | frozenset(past.memory.known[PURCHASE].dropna()), named)

    def of_purchases(self, purchases: frozenset[str] | None, subjects: frozenset[str] = frozenset()) -> dict[str, Accepted]:
        """The rows of all tables about some purchases and subjects, all rows where none are named."""
        return {name: self._of_purchases(name, purchases, subjects) for name in self.ingested.tables}

    def _of_purchases(self, name: str, purchases: frozenset[str] | None, subjects: frozenset[str] = frozenset()) -> Accepted:
        small = self.ingested.tables[name]
        if name in OF_ALL:
            return small
        held = [small.frame.head(0), *self._some(name, purchases, subjects)]
        gone = pd.concat([self.settled.refused_ids(name, bucket) for bucket in range(self.count)], ignore_index=True)
        return small._replace(frame=self._in_order(pd.concat(held, ignore_index=True)), quarantined=gone[about(gone, purchases)])

    def _some(self, name: str, purchases: frozenset[str] | None, subjects: frozenset[str]) -> Iterator[pd.DataFrame]:
        """The rows of a table about some purchases and subjects, bucket by bucket; those of a bucket in which there are none are not read."""
        wanted = pd.Series(sorted(purchases or ()), dtype="str")
        homes = buckets_of(wanted, self.count)
        for bucket in range(self.count):
            values = {PURCHASE: wanted[homes == bucket], **own_keys(name, subjects)}
            if purchases is None or any(map(len, values.values())):
                rows = self.store.get(ACCEPTED.format(table=name), bucket, None if purchases is None else values)
                if rows is not None:
                    yield rows

    def _in_order(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows as they would stand without buckets: file after file, each in its own order."""
        inputs = self.ingested.inputs
        places = inputs["file"].where(inputs["sheet"].fillna("") == "", inputs["file"] + "[" + inputs["sheet"].fillna("") + "]")
        rank = frame["source_file"].map({place: number for number, place in enumerate(places.drop_duplicates())})
        order = pd.DataFrame({"file": rank, "row": frame["source_row"]}).sort_values(["file", "row"], kind="stable").index
        return frame.loc[order].reset_index(drop=True)


def has_origin(books: Books) -> bool:
    """Whether any parcel says where it came from; where the orders say it, nothing need be joined."""
    plain = books.config.default_origin is not None or books.orders.frame["ship_from"].notna().any()
    return len(books.orders.frame) > 0 and bool(plain or books.sendings["origin"].notna().any())


def judge(books: Books) -> Bucket:
    """What the rules within the purchase find."""
    return judging.judge(books.config.catalogue.rules, books)


def read(
    paths: Sequence[Path],
    named: Mapping[str, Sequence[Path]],
    terms: Terms,
    config: Config,
    as_of: tuple[datetime, str],
    store: Store,
    count: int,
) -> Shop:
    """Read and settle the inputs of a run in so many buckets; raises settling.TogetherError where they can't be kept apart."""
    into = sink(store, count)
    reader = partial(Reader, at_once=size.readers(config.memory or size.available()))
    files = read_all(paths, named, terms, into, reader)
    give_back()
    settled = settle_all(files, store, into, count)
    _warn_overfull(store, count)
    return Shop(store, count, settled, config, as_of)


def _warn_overfull(store: Store, count: int) -> None:
    """Say where a bucket can't be made smaller: what must be seen together stays together."""
    sizes = sorted(store.sizes([ACCEPTED.format(table=name) for name in TABLES], count))
    largest, others = sizes[-1], sizes[len(sizes) // 2 - 1]
    if largest > max(LEAST_OVERFULL, OVERFULL * others):
        LOGGER.warning(OVERFULL_BUCKET._replace(facts={"share": largest / sum(sizes)}))
