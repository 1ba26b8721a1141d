"""Files to a report in place: lock, audit, stage, and move over the earlier report."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from audit import engines, pipeline
from audit.errors import FileFault
from audit.memory import economise, release
from audit.nights import past, shelf
from audit.operating import alerts
from audit.operating.stages import stage as told
from audit.outputs import FINDINGS, ROWS, STAGING, TABLES, WORKBOOK, holding, place, put_in_place, recover, writing
from audit.plugins import equipped
from audit.rebuild import narrow
from reports import digest, notes, saved
from schemas.text import Message

if TYPE_CHECKING:
    import sqlite3

    from audit.config import Config
    from schemas.outcome import Outcome

READ = Message("Read {rows} rows of {files} files.")
IN_PLACE = Message("The report is in place in {folder}, with {findings} findings.")
LOGGER = logging.getLogger(__name__)


def run(
    inputs: Sequence[Path], out: Path, config: Config, *, as_of: datetime | None = None, named: Mapping[str, Sequence[Path]] | None = None
) -> Outcome:
    """Audit files into a report in ``out``; all of it or none of it. The history is written once the report is in place.

    What is new is sent last, to the addresses of the settings.

    Raises audit.errors.AuditError where an input can't be used, and Locked where another run holds ``out``.
    """
    config = equipped(config)
    economise()
    with holding(out), writing(out), past.remembering(config.history) as memory:
        recover(out)
        outcome, books = _judged(inputs, named or {}, out, config, pipeline.instant(as_of, config), memory)
        release()
        put_in_place(outcome, out, config.formats, books.unreadable)
        LOGGER.info(IN_PLACE._replace(facts={"folder": str(out), "findings": len(outcome.findings)}))
        report = main_output(out, config.formats)
        outcome = past.remember(memory, outcome, books)
        return alerts.tell(memory, outcome, config.notify, lambda findings: digest.write(outcome, findings, report))


def _judged(
    inputs: Sequence[Path],
    named: Mapping[str, Sequence[Path]],
    out: Path,
    config: Config,
    as_of: tuple[datetime, str],
    memory: sqlite3.Connection | None,
) -> tuple[Outcome, shelf.Shelf]:
    """What the inputs come to, and the workbooks that lie in ``out``; the tables go with it, so that writing has their memory."""
    with engines.opened(inputs, named, config, as_of, out / STAGING / ROWS) as opened:
        ingested = opened.ingested
        LOGGER.info(READ._replace(facts={"files": ingested.inputs["file"].nunique(), "rows": int(ingested.inputs["rows"].sum())}))
        books = shelf.look(out, WORKBOOK, notes.read, memory, pipeline.run_id(ingested, config, as_of[0]))
        with told("judging", len(config.catalogue.rules) * opened.parts):
            return opened.examine(past.past(memory, ingested, config, as_of[0], books)), books


def main_output(out: Path, formats: Sequence[str]) -> Path:
    """The file of a report that a person opens: the workbook, or the findings where none was asked for."""
    return out / (WORKBOOK if "xlsx" in formats else FINDINGS)


def report(
    folder: Path,
    *,
    out: Path | None = None,
    severities: Sequence[str] = (),
    select: Sequence[str] = (),
    lang: str | None = None,
    overwrite: bool = False,
) -> Path:
    """Build the workbook of the run whose report is in ``folder``; its path in ``out``, else in ``folder``.

    ``lang``: the language that it speaks, else the run's.

    What people have typed into the run's own workbook stays there: the new one has another name, and replaces none that says
    something else unless told to. Raises audit.errors.AuditError where the run can't be read or the workbook can't be put there.
    """
    from reports import workbook

    if not (folder / TABLES).is_dir():
        raise FileFault(str(folder), "holds no tables that a run has saved.", "Name the folder that order-audit run wrote into.")
    target = out or folder
    with ExitStack() as stack:
        for held in dict.fromkeys(path.resolve() for path in (folder, target)):
            stack.enter_context(holding(held))
            recover(held)
        stack.enter_context(writing(target))
        saved_as = _saved(folder)
        outcome = narrow(_speaking(saved_as, lang), severities, select)
        other = [outcome.run.lang] if outcome.run.lang != saved_as.run.lang else []
        path = target / _name(outcome.run.run_id, severities, select, other)
        place(path, lambda made: workbook.save(outcome, made), overwrite=overwrite)
    return path


def _saved(folder: Path) -> Outcome:
    try:
        return saved.read(folder / TABLES)
    except saved.SavedError as error:
        wrong = Message("the run's tables can't be read ({error:sentence}).", {"error": error.wrong})
        raise FileFault(str(folder / TABLES), wrong, "Run the audit again.") from error


def _speaking(outcome: Outcome, lang: str | None) -> Outcome:
    """The outcome in a language; in its own where none is named."""
    return replace(outcome, run=replace(outcome.run, lang=lang)) if lang else outcome


def _name(run_id: str, severities: Sequence[str], select: Sequence[str], other: Sequence[str] = ()) -> str:
    """The file's name: of which run, of which part, and in which language where that is another than the run's."""
    return f"{Path(WORKBOOK).stem}-{'-'.join((run_id, *severities, *select, *other))}.xlsx"
