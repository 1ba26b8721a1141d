"""The nights before, as a run needs them: what they hold is brought, and what tonight adds is kept."""

from __future__ import annotations

import sqlite3
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from audit.nights import history, staleness, waiver_file
from audit.pipeline import Past
from schemas.text import Message

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from audit.config import Config
    from audit.nights.shelf import Shelf
    from audit.tables import Ingested
    from schemas.outcome import Outcome


def remembering(path: Path | None) -> AbstractContextManager[sqlite3.Connection | None]:
    """The open history, or None where none is kept."""
    return nullcontext() if path is None else history.opened(path)


def past(memory: sqlite3.Connection | None, ingested: Ingested, config: Config, as_of: datetime, shelf: Shelf) -> Past:
    """What was decided and seen before a run, and what that makes doubtful about its inputs."""
    moment = pd.Timestamp(as_of).tz_convert("UTC").as_unit("us")
    before = history.inputs_before(memory, moment, staleness.NIGHTS) if memory else []
    waivers = waiver_file.read(config.waivers, config.zone, as_of) if config.waivers else None
    return Past(
        waivers=waivers.waivers if waivers else None,
        memory=history.recall(memory, moment) if memory else None,
        notes=shelf.notes,
        warnings=(*(waivers.notes if waivers else ()), *shelf.warnings),
        doubts=staleness.warnings(ingested, before, as_of, config),
    )


def remember(memory: sqlite3.Connection | None, outcome: Outcome, shelf: Shelf) -> Outcome:
    """Keep a run whose report is in place; where that fails the report stands, and its warnings say so."""
    if memory is None:
        return outcome
    try:
        history.record(memory, outcome, shelf.hashes)
    except sqlite3.Error as error:
        told = Message(
            "The history could not be written ({error}): the next run will compare with the night before this one.", {"error": str(error)}
        )
        return replace(outcome, run=replace(outcome.run, warnings=(told, *outcome.run.warnings)))
    return outcome
