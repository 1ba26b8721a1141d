"""The bounded path: the inputs of a run read, settled and judged bucket by bucket, with the findings of the whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from audit.books.books import Books
from audit.books.whole import Origins, Whole, all_seen
from audit.engines import combining, judging
from audit.engines.keys import OF_ALL, PURCHASE, home
from audit.engines.mentions import understood
from audit.engines.reading import Sink, read_all
from audit.engines.settling import ACCEPTED, Settlement, are_apart, settle_all
from audit.pipeline import conclude, instant_of
from audit.tables import Accepted, Ingested
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from audit.config import Config
    from audit.engines.judging import Bucket
    from audit.engines.store import Rows
    from audit.ingest.files import Terms
    from audit.pipeline import Past
    from schemas.outcome import Outcome

Answer = TypeVar("Answer")


class TogetherError(Exception):
    """A file feeds tables that no one key holds together, or two parts of it feed the same: only memory can settle it."""


def sink(store: Rows, count: int) -> Sink:
    """Where good rows go while files are read."""

    def put(name: str, frame: pd.DataFrame, stream: str) -> None:
        for bucket, rows in home(name, frame, count) if name in TABLES else [(0, frame)]:
            store.put(name, bucket, rows, stream)

    return Sink(put, store.drop)


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

    def tables(self, bucket: int) -> dict[str, Accepted]:
        """The accepted tables of a bucket; listings and authorisations whole."""
        return {name: self._table(name, bucket) for name in self.ingested.tables}

    def _table(self, name: str, bucket: int) -> Accepted:
        small = self.ingested.tables[name]
        if name in OF_ALL:
            return small
        held = self.store.get(ACCEPTED.format(table=name), bucket)
        frame = small.frame.head(0) if held is None else held
        return small._replace(frame=frame, quarantined=self.settled.refused_ids(name, bucket))

    def books(self, bucket: int, whole: Whole) -> Books:
        """The books of a bucket."""
        return Books(tables=self.tables(bucket), config=self.config, as_of=instant_of(self.as_of[0]), whole=whole)

    def examine(self, past: Past) -> Outcome:
        """Judge every bucket, and put together what was found."""
        seen = all_seen(self.settled.seen)
        known = Whole(windows=seen.windows, statuses=seen.statuses)
        known = known._replace(origins=Origins(any(self.each(has_origin, known))))
        known = understood(self, known)
        buckets = self.each(judge, known)
        whole = combining.whole_of(buckets, known)
        shop = Books(tables=self.ingested.tables, config=self.config, as_of=instant_of(self.as_of[0]), whole=whole)
        shop.watchlist  # noqa: B018 - a wrong name among the shop's additions stops the run here, not within a rule
        judged = combining.combine(buckets, shop, self.of_purchases, partial(self.of_purchases, None))
        about = self.of_purchases(_purchases(judged.findings, past))
        orders = pd.concat([about["orders"].frame, self.ingested.tables["orders"].frame]).drop_duplicates(["purchase_id", "item_id"])
        about["orders"] = about["orders"]._replace(frame=orders.reset_index(drop=True))
        small = Books(tables=about, config=self.config, as_of=shop.as_of, whole=whole)
        return conclude(judged, self.ingested, small, self.as_of, past)

    def each(self, ask: Callable[[Books], Answer], known: Whole) -> list[Answer]:
        """What every bucket's books answer."""
        return [ask(self.books(bucket, known)) for bucket in range(self.count)]

    def of_purchases(self, purchases: frozenset[str] | None) -> dict[str, Accepted]:
        """The rows of all tables about some purchases, all rows where none are named."""
        return {name: self._of_purchases(name, purchases) for name in self.ingested.tables}

    def _of_purchases(self, name: str, purchases: frozenset[str] | None) -> Accepted:
        small = self.ingested.tables[name]
        if name in OF_ALL:
            return small
        held = [self._table(name, bucket) for bucket in range(self.count)]
        frames, gone = [table.frame for table in held], [table.quarantined for table in held]
        if purchases is not None:
            frames, gone = ([frame[frame[PURCHASE].isin(purchases)] for frame in some] for some in (frames, gone))
        return small._replace(frame=pd.concat(frames, ignore_index=True), quarantined=pd.concat(gone, ignore_index=True))


def has_origin(books: Books) -> bool:
    """Whether any parcel says where it came from."""
    return bool(books.sendings["origin"].notna().any())


def judge(books: Books) -> Bucket:
    """What the rules within the purchase find."""
    return judging.judge(books.config.catalogue.rules, books)


def _purchases(findings: pd.DataFrame, past: Past) -> frozenset[str]:
    known = findings[PURCHASE].dropna()
    before = past.memory.known[PURCHASE].dropna() if past.memory else []
    return frozenset([*known, *before])


def read(
    paths: Sequence[Path],
    named: Mapping[str, Sequence[Path]],
    terms: Terms,
    config: Config,
    as_of: tuple[datetime, str],
    store: Rows,
    count: int,
) -> Shop:
    """Read and settle the inputs of a run in so many buckets."""
    into = sink(store, count)
    files = read_all(paths, named, terms, into)
    if not are_apart(files):
        raise TogetherError
    return Shop(store, count, settle_all(files, store, into, count), config, as_of)
