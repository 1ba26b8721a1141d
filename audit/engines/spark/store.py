"""Where rows wait for their bucket in Spark: lines of frames, kept on the disks of its executors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

import pandas as pd

from audit.books.blank import blank
from audit.engines.keys import home
from audit.engines.ledger import Source, settle
from audit.engines.settling import ACCEPTED, KINDS, Lot, homes, lot
from audit.engines.spark.memory import Memory
from audit.engines.spark.rows import ANSWER, SCHEMA, FirstRows, Piece, answer, as_lines, by_name, packed, told, unpacked
from schemas.tables import TABLES

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, GroupedData, Row, SparkSession

OF_ACCEPTED = frozenset(ACCEPTED.format(table=name) for name in TABLES)

Kept = tuple[str, int, pd.DataFrame]
"""Rows that a bucket makes for others: their name, the bucket where they go, and themselves."""

Ask = Callable[[int, dict[str, pd.DataFrame]], tuple[Any, Iterable[Kept]]]
"""What is asked of the tables of a bucket, by the names under which they are kept: an answer to the driver, and rows for other buckets."""


Batches = Callable[[Iterator[pd.DataFrame]], Iterator[pd.DataFrame]]


class Lines:
    """Good rows as they were read, then accepted ones where they are judged; what is no table's stays with the driver.

    ``memory`` is where. ``first_rows``: by file and part the number of the first row, of parts that were numbered from 0.
    """

    def __init__(self, session: SparkSession, count: int) -> None:
        self.session = session
        self.count = count
        self.first_rows: FirstRows = {}
        self._good: list[DataFrame] = []
        self._accepted: list[DataFrame] = []
        self._settled: dict[str, list[Lot]] = {}
        self._persisted: list[DataFrame] = []
        self._own: list[Piece] = []
        self.memory = Memory()

    def add(self, lines: DataFrame) -> list[Row]:
        """Add good rows, worked out once; the answers that came with them, by file and part."""
        kept = self._kept(lines)
        self._good.append(kept)
        return _answers(kept)

    def put(self, name: str, frame: pd.DataFrame, stream: str) -> None:
        """Add rows that the driver has read itself, to those of executors or to its own."""
        if name not in TABLES:
            self.memory.put(name, 0, frame, stream)
            return
        for bucket, rows in home(name, frame, self.count):
            self._own.append(Piece(name, bucket, stream, len(self._own), packed(rows)))

    def drop(self, stream: str) -> None:
        """Forget what executors have read of a file."""
        self._good = [lines.filter(lines.stream != stream) for lines in self._good]

    def lots(self, names: Sequence[str], sources: Sequence[Source]) -> Iterator[Lot]:
        """Settle some tables in every bucket; accepted rows stay with the executors. An empty bucket tells of tables without any row."""
        yield lot(settle({name: blank(TABLES[name]) for name in names}, sources))
        if not self._accepted:
            self._settle(sources)
        yield from self._settled.get(names[0], [])

    def _settle(self, sources: Sequence[Source]) -> None:
        """Settle all tables in every bucket at once; what is told of each kind of them goes by the first of it."""
        good = self._together(self._good, frozenset(TABLES))
        settled = self._kept(self._by_bucket(good).applyInPandas(_settling(sources, self.first_rows, self.count), SCHEMA))
        self._accepted = [settled]
        for line in _answers(settled):
            self._settled.setdefault(line.stream, []).append(told(line.payload))

    def home(self) -> None:
        """Bring the accepted rows of each bucket together, once for all that is asked of them."""
        self._accepted = [self._kept(self._together(self._accepted, OF_ACCEPTED).repartition(self.count, "bucket"))]

    def ask(self, ask: Ask, names: frozenset[str] = OF_ACCEPTED) -> list[Any]:
        """What every bucket answers, by bucket; what it makes for others goes there."""
        asked = self._kept(self._by_bucket(self._together(self._accepted, names)).applyInPandas(_asking(ask), SCHEMA))
        self._accepted.append(asked)
        return [told(line.payload) for line in _answers(asked)]

    def remake(self, name: str, make: Callable[[pd.DataFrame], Iterable[tuple[int, pd.DataFrame]]]) -> None:
        """Make the rows of a name anew, each with the bucket where it goes."""
        made = self._kept(self._together(self._accepted, frozenset((name,))).mapInPandas(_remaking(make), SCHEMA))
        self._accepted = [*(lines.filter(lines.name != name) for lines in self._accepted), made]

    def rows(self, where: Callable[[str, pd.DataFrame], pd.DataFrame], names: frozenset[str] = OF_ACCEPTED) -> dict[str, pd.DataFrame]:
        """The accepted rows of some names for which something holds, brought to the driver."""
        lines = self._together(self._accepted, names).mapInPandas(_choosing(where), SCHEMA).collect()
        return dict(by_name(as_lines(sorted(Piece(*line) for line in lines)), {}))

    def close(self) -> None:
        """Let the executors forget all rows; one that is gone has done so."""
        for lines in self._persisted:
            lines.unpersist()

    def _kept(self, lines: DataFrame) -> DataFrame:
        """Lines that are worked out once, and wait on disks."""
        from pyspark import StorageLevel

        self._persisted.append(lines.persist(StorageLevel.DISK_ONLY))
        return lines

    def _by_bucket(self, lines: DataFrame) -> GroupedData:
        """Lines by bucket, in as many tasks."""
        return lines.repartition(self.count, "bucket").groupBy("bucket")

    def _together(self, lines: Sequence[DataFrame], names: frozenset[str]) -> DataFrame:
        own = self.session.createDataFrame([piece for piece in self._own if piece.name in names], SCHEMA)
        whole: DataFrame = reduce(lambda one, other: one.union(other), [*lines, own])
        return whole.filter(whole.name.isin(*names))


def _answers(lines: DataFrame) -> list[Row]:
    """What is told to the driver, by file or kind of tables, then by part or bucket."""
    return sorted(lines.filter(lines.name == ANSWER).collect(), key=lambda line: (line.stream, line.place))


def _settling(sources: Sequence[Source], first_rows: FirstRows, count: int) -> Callable[[tuple[int], pd.DataFrame], pd.DataFrame]:
    """Settles the lines of a bucket on an executor, one kind of tables after the other."""
    held = {name for source in sources for name in source.tables}

    def settling(key: tuple[int], lines: pd.DataFrame) -> pd.DataFrame:
        bucket, tables = int(key[0]), dict(by_name(lines, first_rows))
        made: list[Piece] = []
        for kind in KINDS:
            names = [name for name in kind if name in held]
            if not tables.keys().isdisjoint(names):
                settled = settle({name: tables.get(name, blank(TABLES[name])) for name in names}, sources)
                made += [
                    Piece(name, home, "", bucket, packed(frame))
                    for name, home, frame in homes(settled.accepted, bucket, count)
                    if len(frame)
                ]
                made.append(answer(lot(settled), stream=names[0], place=bucket))
        return as_lines(made)

    return settling


def _asking(ask: Ask) -> Callable[[tuple[int], pd.DataFrame], pd.DataFrame]:
    """Asks the lines of a bucket on an executor."""

    def asking(key: tuple[int], lines: pd.DataFrame) -> pd.DataFrame:
        bucket = int(key[0])
        told_, kept = ask(bucket, dict(by_name(lines, {})))
        return as_lines([answer(told_, place=bucket), *(Piece(name, place, "", bucket, packed(frame)) for name, place, frame in kept)])

    return asking


def _remaking(make: Callable[[pd.DataFrame], Iterable[tuple[int, pd.DataFrame]]]) -> Batches:
    """Makes rows anew on an executor."""

    def pieces(line: Any) -> Iterator[Piece]:
        for bucket, rows in make(unpacked(bytes(line.payload))):
            yield Piece(line.name, bucket, line.stream, line.place, packed(rows))

    return _by_line(pieces)


def _choosing(where: Callable[[str, pd.DataFrame], pd.DataFrame]) -> Batches:
    """Chooses rows on an executor."""

    def pieces(line: Any) -> Iterator[Piece]:
        if len(rows := where(line.name, unpacked(bytes(line.payload)))):
            yield Piece(line.name, line.bucket, line.stream, line.place, packed(rows))

    return _by_line(pieces)


def _by_line(pieces: Callable[[Any], Iterator[Piece]]) -> Batches:
    def each(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            yield as_lines(piece for line in batch.itertuples(index=False) for piece in pieces(line))

    return each
