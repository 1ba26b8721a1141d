"""How a run is carried out: in memory, or in buckets where memory would not hold its inputs; the findings are the same."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from audit.engines import size
from audit.engines.choice import BUCKETED, MEMORY, SPARK
from audit.operating.stages import stage
from schemas.text import Message

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from audit.config import Config
    from audit.pipeline import Past
    from audit.tables import Ingested
    from schemas.outcome import Outcome

BUCKETS = Message("The inputs take more memory than the {memory} MiB allowed: they are audited in {count} buckets on disk.")
TOGETHER = Message("A file feeds tables that no one key holds together: it is audited in memory, without Spark.")
LEAST_BUCKETS = 2
LOGGER = logging.getLogger(__name__)


class Opened(Protocol):
    """Inputs that have been read, to be judged."""

    @property
    def ingested(self) -> Ingested:
        """All that was read; in buckets, of the large tables only a few rows."""

    @property
    def parts(self) -> int:
        """In how many parts they are judged."""

    def examine(self, past: Past) -> Outcome:
        """Judge them."""


@dataclass(frozen=True)
class InMemory:
    """Inputs that memory holds as a whole."""

    ingested: Ingested
    config: Config
    as_of: tuple[datetime, str]
    parts: int = 1

    def examine(self, past: Past) -> Outcome:
        """Judge them in one go."""
        from audit import pipeline

        return pipeline.examine(self.ingested, self.config, *self.as_of, past)


@contextmanager
def opened(
    inputs: Sequence[Path], named: Mapping[str, Sequence[Path]], config: Config, as_of: tuple[datetime, str], folder: Path
) -> Iterator[Opened]:
    """Read the inputs of a run as the settings say: in memory, in buckets, on Spark; or in buckets where memory would take more than is allowed.

    ``folder``: a private place for temporary files; made where it is needed, and gone afterwards.
    """
    from audit.ingest.files import wanted_files

    way = {SPARK: _on_spark}.get(config.engine, _here)
    with ExitStack() as stack:
        with stage("reading", size.of_files(wanted_files(inputs, named)), in_bytes=True):
            found: Opened = stack.enter_context(way(inputs, named, config, as_of, folder))
        yield found


@contextmanager
def _on_spark(
    inputs: Sequence[Path], named: Mapping[str, Sequence[Path]], config: Config, as_of: tuple[datetime, str], folder: Path
) -> Iterator[Opened]:
    """On Spark; but in memory where a file feeds tables that no one key holds together."""
    from audit.engines.settling import TogetherError
    from audit.engines.spark.opening import opened as on_spark

    with ExitStack() as stack:
        try:
            found: Opened = stack.enter_context(on_spark(inputs, named, config, as_of, folder))
        except TogetherError:
            LOGGER.warning(TOGETHER)
            found = _in_memory(inputs, named, config, as_of)
        yield found


@contextmanager
def _here(
    inputs: Sequence[Path], named: Mapping[str, Sequence[Path]], config: Config, as_of: tuple[datetime, str], folder: Path
) -> Iterator[Opened]:
    """On this machine."""
    from audit.engines import buckets
    from audit.engines.settling import TogetherError
    from audit.engines.store import store
    from audit.ingest.files import Terms, wanted_files
    from audit.ingest.mapping import load

    memory = config.memory or size.available()
    count = size.buckets(size.weight(wanted.path for wanted in wanted_files(inputs, named)), memory)
    if (count > 1 or config.engine == BUCKETED) and config.engine != MEMORY:
        count = max(LEAST_BUCKETS, count)
        LOGGER.info(BUCKETS._replace(facts={"memory": memory >> 20, "count": count}))
        with store(folder) as rows:
            try:
                shop = buckets.read(inputs, named, Terms(config.zone, as_of[0], load(config.mapping)), config, as_of, rows, count)
            except TogetherError:
                shop = None
            if shop is not None:
                yield shop
                return
    yield _in_memory(inputs, named, config, as_of)


def _in_memory(inputs: Sequence[Path], named: Mapping[str, Sequence[Path]], config: Config, as_of: tuple[datetime, str]) -> InMemory:
    from audit import ingest
    from audit.memory import give_back

    ingested = ingest.read(inputs, named=named, zone=config.zone, as_of=as_of[0], mapping=config.mapping)
    give_back()
    return InMemory(ingested, config, as_of)
