"""Progress on long work, by stage and by amount, drawn on a terminal and nowhere else."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from schemas.text import VALUE, Message

if TYPE_CHECKING:
    from schemas.language import Language

MEGABYTE = 1_000_000
LONG = 2 * MEGABYTE
"""Bytes of inputs from which a run takes long enough to be watched."""

AMOUNT = Message("{done:tenths} / {all:tenths} MB")
STEPS = "steps"


@dataclass
class Bar:
    """What is being drawn: ``length`` in bytes of files or in steps, and how far each file or kind of step has come."""

    drawn: Any
    length: int
    reached: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def reach(self, name: str, amount: int) -> None:
        """Move on to an amount, never back: what is read twice counts once."""
        with self.lock:
            self.reached[name] = max(amount, self.reached[name])
            self.drawn.update(min(self.reached.total(), self.length) - self.drawn.pos)


@dataclass
class Screen:
    """Where progress is drawn: nowhere, until a command shows it. ``long``: whether the work is worth watching."""

    language: Language | None = None
    long: bool = False
    bar: Bar | None = None


SCREEN = Screen()


@contextmanager
def shown(language: Language, *, quiet: bool) -> Iterator[None]:
    """Draw progress while this holds, if standard error is a terminal."""
    SCREEN.language = language if sys.stderr.isatty() and not quiet else None
    try:
        yield
    finally:
        SCREEN.language = None


@contextmanager
def drawn(stage: str, length: int, *, in_bytes: bool) -> Iterator[None]:
    """Draw the progress of a stage of some length, in bytes or in steps; how many bytes are read says whether a run is long."""
    SCREEN.long = length >= LONG if in_bytes else SCREEN.long
    if SCREEN.language is None or not SCREEN.long or not length:
        yield
        return
    import click

    label = SCREEN.language.text(stage, VALUE)
    with click.progressbar(length=length, label=label, file=sys.stderr, item_show_func=_amount if in_bytes else None) as bar:
        SCREEN.bar = Bar(bar, length)
        try:
            yield
            bar.update(length - bar.pos)
        finally:
            SCREEN.bar = None


def _amount(_item: object) -> str | None:
    """How much has been read, in megabytes."""
    if SCREEN.bar is None or SCREEN.language is None:
        return None
    return AMOUNT._replace(facts={"done": SCREEN.bar.drawn.pos / MEGABYTE, "all": SCREEN.bar.length / MEGABYTE}).said(SCREEN.language)


def reach(name: str, amount: int) -> None:
    """Say how many bytes of a file are done in the stage that is under way."""
    if SCREEN.bar is not None:
        SCREEN.bar.reach(name, amount)


def step() -> None:
    """Say that one more step is done in the stage that is under way."""
    if SCREEN.bar is not None:
        SCREEN.bar.reach(STEPS, SCREEN.bar.reached[STEPS] + 1)
