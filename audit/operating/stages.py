"""How long each stage of a run takes, and how much memory it has needed, told under --verbose, and its progress on a terminal."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from audit import progress
from schemas.text import Fact, Message

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment] # a module elsewhere

TOOK = Message("{stage:word}: {seconds} s, {processor} s of processor time; at most {peak} MB of memory until then.")
STAGES = ("reading", "judging", "writing", "workbook")
"""The stages of a run, in the words of the catalogues."""

KILOBYTE = 1024
LOGGER = logging.getLogger(__name__)


@contextmanager
def stage(name: str, length: int = 0, *, in_bytes: bool = False) -> Iterator[None]:
    """Tell of a stage once it is done, and draw its progress on a terminal; one that fails is told of by its error."""
    began, busy = time.perf_counter(), time.process_time()
    with progress.drawn(name, length, in_bytes=in_bytes):
        yield
    seconds, processor = time.perf_counter() - began, time.process_time() - busy
    facts: dict[str, Fact] = {"stage": name, "seconds": round(seconds, 2), "processor": round(processor, 2), "peak": peak()}
    LOGGER.info(TOOK._replace(facts=facts))


def peak() -> int | None:
    """The most memory that this process has held at once, in megabytes; None where the system does not tell."""
    if resource is None:
        return None
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(held / KILOBYTE / (KILOBYTE if sys.platform == "darwin" else 1))
