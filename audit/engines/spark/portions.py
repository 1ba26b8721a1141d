"""Files on executors: each planned in a task, each of its parts read in a task, and the good rows sent to their buckets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from audit.engines import plan as planning
from audit.engines import portion
from audit.engines.keys import home
from audit.engines.plan import Plan
from audit.engines.spark.rows import SCHEMA, Piece, answer, as_lines, packed
from audit.errors import AuditError
from audit.ingest.files import NoExportError, Terms, Wanted

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

    from audit.ingest.piecewise import Told


class Unreachable(NamedTuple):
    """What an executor says that does not find a file where the driver does."""

    why: str


class Task(NamedTuple):
    """One part of a file to be read; ``told``: how its columns are written, as all parts decided it."""

    plan: Plan
    place: int
    told: Told | None = None


class Reading(NamedTuple):
    """How parts are read: on what terms, which rows are kept as received, and in how many buckets the others go."""

    terms: Terms
    wanted: frozenset[str]
    buckets: int


def in_tasks(session: SparkSession, items: Sequence[Any], work: Callable[[int, Any], Iterable[Piece]]) -> DataFrame:
    """What is made of each item, each in a task of its own."""

    def each(batches: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            for place in batch["id"]:
                yield as_lines(work(int(place), items[place]))

    return session.range(0, len(items), 1, len(items)).mapInPandas(each, SCHEMA)


def planned(terms: Terms, place: int, wanted: Wanted) -> Iterator[Piece]:
    """How a file is read; None where the driver must look at it itself, for it can't be used, or not in parts."""
    yield answer(_plan(wanted, terms), place=place)


def _plan(wanted: Wanted, terms: Terms) -> Plan | Unreachable | None:
    try:
        return planning.plan(wanted, terms)
    except OSError as error:
        return Unreachable(error.strerror or str(error))
    except (AuditError, NoExportError):
        return None


def read(how: Reading, _place: int, task: Task) -> Iterator[Piece]:
    """The good rows of a part by bucket, numbered from 0; and what else it gives, None where it contradicts itself."""
    stream = task.plan.reading.file
    try:
        found = portion.read(task.plan, task.place, how.terms, told=task.told, wanted=how.wanted)
    except AuditError:
        yield answer(None, stream=stream, place=task.place)
        return
    for name, frame in found.good.items():
        for bucket, rows in home(name, frame, how.buckets):
            yield Piece(name, bucket, stream, task.place, packed(rows))
    yield answer(found._replace(good={}), stream=stream, place=task.place)
