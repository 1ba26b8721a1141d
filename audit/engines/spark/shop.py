"""A shop on Spark: read, settled and judged bucket by bucket on executors, put together on the driver."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, partial
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from audit.engines import judging, size
from audit.engines.about import only
from audit.engines.buckets import NUMBERS, Answer, Shop, judge
from audit.engines.combining import shared
from audit.engines.keys import OF_ALL, PURCHASE, spread
from audit.engines.reading import Sink, read_all
from audit.engines.settling import ACCEPTED, settle_all
from audit.engines.spark.memory import Memory
from audit.engines.spark.reader import SparkReader
from audit.engines.spark.shipping import shipped, unpacked
from audit.engines.spark.store import Kept, Lines
from audit.ingest.files import wanted_files
from audit.memory import release
from audit.tables import Accepted

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import SparkSession

    from audit.books.books import Books
    from audit.books.whole import Whole
    from audit.config import Config
    from audit.engines.judging import Bucket
    from audit.ingest.files import Terms

BUCKET_BYTES = 32_000_000
"""Bytes of exports whose rows share a bucket: what a task takes into memory is some ten times that."""


NOWHERE = -1
"""A bucket that no row is in."""


@dataclass(frozen=True)
class SparkShop(Shop):
    """A shop whose accepted rows stay with the executors, as lines of ``lines``."""

    lines: Lines

    @property
    def parts(self) -> int:
        """None that this process judges: Spark tells of its own."""
        return 0

    def each(self, ask: Callable[[Books], Answer], known: Whole) -> list[Answer]:
        """What every bucket's books answer."""
        return self._asked(partial(_alone, ask), known)

    def remake(self, table: str, make: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
        """Make the rows of a table anew, and put them where their purchases are."""
        self.lines.remake(ACCEPTED.format(table=table), partial(_made, make, self.count))

    def _judged(self, known: Whole) -> list[Bucket]:
        """What is found in every bucket; the tracking numbers of each wait on executors for those of the others."""
        return self._asked(partial(_judge, self.count), known)

    def _asked(self, ask: Callable[[Books], tuple[Answer, list[Kept]]], known: Whole) -> list[Answer]:
        """What buckets answer; those without rows are asked here, and one speaks for a shop that has none at all."""
        told = dict(self.lines.ask(partial(_there, _sent(self), ask, known)))
        without = {NOWHERE, *(bucket for _, bucket in self.settled.gone)} - told.keys()
        told |= {bucket: ask(self.books(bucket, known))[0] for bucket in without}
        return [told[bucket] for bucket in sorted(told)]

    def _findings(self) -> None:
        """The driver holds them."""

    def _sharing(self) -> frozenset[str]:
        """The purchases that share a tracking number with another one."""
        return frozenset().union(*self.lines.ask(_sharing, frozenset((NUMBERS,))))

    def of_purchases(self, purchases: frozenset[str] | None, subjects: frozenset[str] = frozenset()) -> dict[str, Accepted]:
        """The rows of all tables about some purchases and subjects, all rows where none are named."""
        return self._of_tables(list(self.ingested.tables), purchases, subjects)

    def _of_purchases(self, name: str, purchases: frozenset[str] | None, subjects: frozenset[str] = frozenset()) -> Accepted:
        return self._of_tables([name], purchases, subjects)[name]

    def _of_tables(self, names: Sequence[str], purchases: frozenset[str] | None, subjects: frozenset[str]) -> dict[str, Accepted]:
        kept = {ACCEPTED.format(table=name): name for name in names if name not in OF_ALL}
        rows = self.lines.rows(partial(_chosen, kept, purchases, subjects), frozenset(kept))
        small = self.ingested.tables
        found = {name: small[name]._replace(frame=self._in_order(rows.get(line, small[name].frame.head(0)))) for line, name in kept.items()}
        return {name: only(found[name], name, purchases, subjects) if name in found else small[name] for name in names}


def _alone(ask: Callable[[Books], Answer], books: Books) -> tuple[Answer, list[Kept]]:
    return ask(books), []


def _judge(count: int, books: Books) -> tuple[Bucket, list[Kept]]:
    """What is found in a bucket, and its tracking numbers by the buckets in which they meet those of others."""
    judged = judge(books)
    numbers = [(NUMBERS, bucket, rows) for bucket, rows in spread(judged.numbers, "number", count)]
    return judged._replace(numbers=judging.NO_NUMBERS), numbers


def _sharing(_bucket: int, tables: Mapping[str, pd.DataFrame]) -> tuple[frozenset[str], list[Kept]]:
    return shared(tables.values()), []


def _made(make: Callable[[pd.DataFrame], pd.DataFrame], count: int, rows: pd.DataFrame) -> Iterator[tuple[int, pd.DataFrame]]:
    return spread(make(rows), PURCHASE, count)


def _chosen(
    kept: Mapping[str, str], purchases: frozenset[str] | None, subjects: frozenset[str], name: str, rows: pd.DataFrame
) -> pd.DataFrame:
    """The rows of a table about some purchases and subjects, on an executor."""
    return only(Accepted(rows, frozenset(), rows.head(0)), kept[name], purchases, subjects).frame


def _sent(shop: Shop) -> bytes:
    """What executors need of a shop beside its rows."""
    known = shop.ingested
    few = replace(known, inputs=known.inputs.head(0), quarantine=known.quarantine.head(0), refused=(), readings=(), notes=())
    return pickle.dumps((shop.count, shop.settled._replace(ingested=few, seen=()), shipped(shop.config), shop.as_of))


@lru_cache(maxsize=1)
def _received(sent: bytes) -> Shop:
    """The shop on an executor, without rows."""
    count, settled, settings, as_of = pickle.loads(sent)  # noqa: S301 - what this run has sent
    return Shop(Memory(), count, settled, unpacked(settings), as_of)


def _there(
    sent: bytes, ask: Callable[[Books], tuple[Answer, list[Kept]]], known: Whole, bucket: int, tables: Mapping[str, pd.DataFrame]
) -> tuple[tuple[int, Answer], list[Kept]]:
    """What a bucket's books answer on an executor."""
    held = Memory()
    for name, frame in tables.items():
        held.put(name, bucket, frame)
    told, kept = ask(replace(_received(sent), store=held).books(bucket, known))
    release()
    return (bucket, told), kept


@contextmanager
def read(
    paths: Sequence[Path],
    named: Mapping[str, Sequence[Path]],
    terms: Terms,
    config: Config,
    as_of: tuple[datetime, str],
    session: SparkSession,
) -> Iterator[SparkShop]:
    """Read and settle the inputs of a run on executors, which keep its rows until the end; raises TogetherError as buckets do."""
    count = ceil(size.of_files(wanted_files(paths, named)) / BUCKET_BYTES)
    lines = Lines(session, max(session.sparkContext.defaultParallelism, count))
    into = Sink(lines.put, lines.drop)
    try:
        files = read_all(paths, named, terms, into, partial(SparkReader, lines=lines))
        settled = settle_all(files, lines.memory, into, lines.count, lines.lots)
        lines.home()
        yield SparkShop(Memory(), lines.count, settled, config, as_of, lines)
    finally:
        lines.close()
