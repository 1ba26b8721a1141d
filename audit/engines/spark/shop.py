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

from audit.engines.buckets import Answer, Shop, TogetherError, sink
from audit.engines.keys import OF_ALL, PURCHASE
from audit.engines.reading import read_all
from audit.engines.settling import ACCEPTED, are_apart, settle_all
from audit.engines.spark.memory import Memory
from audit.engines.spark.reader import SparkReader
from audit.engines.spark.shipping import shipped, unpacked
from audit.engines.spark.store import Lines
from audit.ingest.files import wanted_files

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import SparkSession

    from audit.books.books import Books
    from audit.books.whole import Whole
    from audit.config import Config
    from audit.ingest.files import Terms
    from audit.tables import Accepted

BUCKET_BYTES = 32_000_000
"""Bytes of exports whose rows share a bucket: what a task takes into memory is some ten times that."""


NOWHERE = -1
"""A bucket that no row is in."""


@dataclass(frozen=True)
class SparkShop(Shop):
    """A shop whose accepted rows stay with the executors."""

    store: Lines

    def each(self, ask: Callable[[Books], Answer], known: Whole) -> list[Answer]:
        """What every bucket's books answer; those without rows are asked here, and one speaks for a shop that has none at all."""
        told = dict(self.store.ask(partial(_asked, _sent(self), ask, known)))
        bare = Shop(Memory(), self.count, self.settled, self.config, self.as_of)
        without = {NOWHERE, *(bucket for _, bucket in self.settled.gone)} - told.keys()
        told |= {bucket: ask(bare.books(bucket, known)) for bucket in without}
        return [told[bucket] for bucket in sorted(told)]

    def of_purchases(self, purchases: frozenset[str] | None) -> dict[str, Accepted]:
        """The rows of all tables about some purchases, all rows where none are named."""
        rows = self.store.rows(partial(_about, purchases))
        return {name: self._about(name, rows.get(ACCEPTED.format(table=name)), purchases) for name in self.ingested.tables}

    def _about(self, name: str, rows: pd.DataFrame | None, purchases: frozenset[str] | None) -> Accepted:
        small = self.ingested.tables[name]
        if name in OF_ALL:
            return small
        return small._replace(frame=small.frame.head(0) if rows is None else rows, quarantined=_about(purchases, small.quarantined))


def _about(purchases: frozenset[str] | None, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows about some purchases, all rows where none are named."""
    return rows if purchases is None else rows[rows[PURCHASE].isin(purchases)].reset_index(drop=True)


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


def _asked(
    sent: bytes, ask: Callable[[Books], Answer], known: Whole, bucket: int, tables: Mapping[str, pd.DataFrame]
) -> tuple[int, Answer]:
    """What a bucket's books answer on an executor."""
    held = Memory()
    for name, frame in tables.items():
        held.put(name, bucket, frame)
    return bucket, ask(replace(_received(sent), store=held).books(bucket, known))


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
    size = sum(wanted.path.stat().st_size for wanted in wanted_files(paths, named) if wanted.path.exists())
    lines = Lines(session, max(session.sparkContext.defaultParallelism, ceil(size / BUCKET_BYTES)))
    into = sink(lines, lines.count)
    try:
        files = read_all(paths, named, terms, into, partial(SparkReader, lines=lines))
        if not are_apart(files):
            raise TogetherError
        settled = settle_all(files, lines, into, lines.count, lines.lots)
        lines.home()
        yield SparkShop(lines, lines.count, settled, config, as_of)
    finally:
        lines.close()
