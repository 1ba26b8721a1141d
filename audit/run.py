"""Files to a report in place: lock, audit, stage, and move over the earlier report with the commit mark last."""

from __future__ import annotations

import errno
import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from audit import engines, pipeline
from audit.errors import FileFault, Locked
from audit.nights import past, shelf
from audit.operating import alerts
from audit.plugins import equipped
from audit.rebuild import narrow
from reports import digest, files, notes, parquet, saved, workbook
from schemas.text import Message

if TYPE_CHECKING:
    from audit.config import Config
    from schemas.outcome import Outcome

STAGING = ".staging"
ROWS = "rows"
"""Folder within STAGING for the rows of a run that memory does not hold."""

LOCK = ".lock"
HOLDER = ".lock-holder"
READY = "READY"
"""Marks a staging folder that is complete: the outputs that it lists only need to be moved."""

CAN_NOT_SYNC = (errno.EINVAL, errno.ENOTSUP)
"""What file systems say that can't sync a folder."""

SUMMARY, TABLES, FINDINGS = "summary.json", ".tables", "findings.csv"
WORKBOOK = "risk_report.xlsx"
PARQUET, REFUSED = "findings.parquet", "quarantine/refused.parquet"
OPTIONAL = (WORKBOOK, PARQUET)
"""Outputs that a run may leave out; an earlier run's then goes, for it says something else."""

OWNER_ONLY = 0o700

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
    with holding(out), writing(out), past.remembering(config.history) as memory:
        recover(out)
        moment, source = pipeline.instant(as_of, config)
        with engines.opened(inputs, named or {}, config, (moment, source), out / STAGING / ROWS) as opened:
            ingested = opened.ingested
            LOGGER.info(READ._replace(facts={"files": ingested.inputs["file"].nunique(), "rows": int(ingested.inputs["rows"].sum())}))
            books = shelf.look(out, WORKBOOK, notes.read, memory, pipeline.run_id(ingested, config, moment))
            outcome = opened.examine(past.past(memory, ingested, config, moment, books))
        put_in_place(outcome, out, config.formats, books.unreadable)
        LOGGER.info(IN_PLACE._replace(facts={"folder": str(out), "findings": len(outcome.findings)}))
        report = out / (WORKBOOK if "xlsx" in config.formats else FINDINGS)
        outcome = past.remember(memory, outcome, books)
        return alerts.tell(memory, outcome, config.notify, lambda findings: digest.write(outcome, findings, report))


def _acquire(lock: FileLock, out: Path) -> None:
    try:
        lock.acquire()
    except Timeout as error:
        holder = out / HOLDER
        who = holder.read_text(encoding="utf-8").strip() if holder.exists() else "another run"
        raise Locked(f"{out} is held by {who}.", "Wait until it has ended, or name another folder.") from error


def put_in_place(outcome: Outcome, out: Path, formats: Sequence[str], unreadable: Sequence[Path] = ()) -> None:
    """Write a report beside the earlier one, then move it over that; a fault before the moves leaves no trace."""
    try:
        staged = stage(outcome, out, formats, unreadable)
    except BaseException:
        shutil.rmtree(out / STAGING, ignore_errors=True)
        raise
    commit(staged, out)


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Say in a sentence what keeps the report from being written: a full disk, a folder that may not be changed."""
    try:
        yield
    except OSError as error:
        raise FileFault(
            str(out), f"the report can't be written there ({error.strerror}).", "Free space, or name another folder."
        ) from error


@contextmanager
def holding(out: Path) -> Iterator[None]:
    """Hold the output folder for one run; the lock ends with its holder, however that ends."""
    if out.exists() and not out.is_dir():
        raise FileFault(str(out), "stands where the output folder should be.", "Name another folder, or move the file away.")
    lock = FileLock(out / LOCK, timeout=0)
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
        _acquire(lock, out)
    try:
        (out / HOLDER).write_text(f"process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M} UTC\n", encoding="utf-8")
        yield
    finally:
        (out / HOLDER).unlink(missing_ok=True)
        lock.release()


def stage(outcome: Outcome, out: Path, formats: Sequence[str], unreadable: Sequence[Path] = ()) -> Path:
    """Write every output into a private folder of ``out``, synced, and mark it ready; the folder's path.

    ``unreadable``: workbooks of ``out`` that could not be read; the one that this run replaces is set aside under another name.
    """
    folder = out / STAGING / outcome.run.run_id
    folder.mkdir(parents=True, mode=OWNER_ONLY)
    (out / STAGING).chmod(OWNER_ONLY)
    files.write_findings_csv(outcome, folder / FINDINGS)
    files.write_quarantine(outcome, folder / "quarantine")
    saved.write(outcome, folder / TABLES)
    for path in unreadable:
        if path.name == WORKBOOK:
            shutil.copy2(path, folder / f"{path.stem}.unreadable-{outcome.run.run_id}{path.suffix}")
    if "xlsx" in formats:
        workbook.save(outcome, folder / WORKBOOK)
    if "parquet" in formats:
        parquet.write_findings(outcome, folder / PARQUET)
        parquet.write_refused(outcome, folder / REFUSED)
    summary = files.summary(outcome, _hashes(folder))
    (folder / SUMMARY).write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    for private in (folder / "quarantine", folder / TABLES):
        private.chmod(OWNER_ONLY)
    for path in sorted(folder.rglob("*")):
        sync(path)
    _mark_ready(folder)
    return folder


def _mark_ready(folder: Path) -> None:
    """Say that a staging folder is complete, and what it holds."""
    ready = folder.with_suffix(".writing")
    ready.write_text("\n".join(sorted(path.name for path in folder.iterdir())), encoding="utf-8")
    sync(ready)
    ready.replace(folder / READY)
    sync(folder)


def _hashes(folder: Path) -> dict[str, str]:
    written = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): files.sha256(path) for path in written}


def sync(path: Path) -> None:
    """Have a file or folder on the disk before what follows."""
    if path.is_dir() and os.name == "nt":  # Windows opens no folders
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if not path.is_dir() or error.errno not in CAN_NOT_SYNC:
            raise
    finally:
        os.close(descriptor)


def commit(folder: Path, out: Path) -> None:
    """Move each staged output over the earlier one, the summary last; outputs that this run does not have go.

    Cut short at any point and done again, it ends the same.
    """
    outputs = (folder / READY).read_text(encoding="utf-8").splitlines()
    for name in sorted(outputs, key=lambda name: (name == SUMMARY, name)):
        if name == SUMMARY:
            for left_out in set(OPTIONAL) - set(outputs):
                (out / left_out).unlink(missing_ok=True)
        if (folder / name).exists():
            _replace(folder / name, out / name)
    sync(out)
    shutil.rmtree(out / STAGING)


def _replace(new: Path, old: Path) -> None:
    if old.is_dir():
        old.replace(new.with_name(f"{new.name}.earlier"))  # goes with the staging folder
    new.replace(old)


def recover(out: Path) -> None:
    """Finish the moves of a run that was killed within them; sweep away one that was killed before."""
    staging = out / STAGING
    if not staging.exists():
        return
    for folder in sorted(staging.iterdir()):
        if (folder / READY).exists():
            commit(folder, out)
            return
    shutil.rmtree(staging)


def report(
    folder: Path, *, out: Path | None = None, severities: Sequence[str] = (), select: Sequence[str] = (), overwrite: bool = False
) -> Path:
    """Build the workbook of the run whose report is in ``folder``; its path in ``out``, else in ``folder``.

    What people have typed into the run's own workbook stays there: the new one has another name, and replaces none that says
    something else unless told to. Raises audit.errors.AuditError where the run can't be read or the workbook can't be put there.
    """
    if not (folder / TABLES).is_dir():
        raise FileFault(str(folder), "holds no tables that a run has saved.", "Name the folder that order-audit run wrote into.")
    target = out or folder
    with ExitStack() as stack:
        for held in dict.fromkeys(path.resolve() for path in (folder, target)):
            stack.enter_context(holding(held))
            recover(held)
        stack.enter_context(writing(target))
        outcome = narrow(_saved(folder), severities, select)
        path = target / _name(outcome.run.run_id, severities, select)
        place(path, lambda made: workbook.save(outcome, made), overwrite=overwrite)
    return path


def place(path: Path, save: Callable[[Path], None], *, overwrite: bool) -> None:
    """Write a workbook aside, then move it to its place; a fault before leaves no trace, and the next run sweeps up after a kill."""
    staging = path.parent / STAGING
    staging.mkdir(mode=OWNER_ONLY)
    try:
        made = staging / path.name
        save(made)
        if path.exists() and path.read_bytes() != made.read_bytes() and not overwrite:
            raise FileFault(
                str(path),
                "is there already and says something else: somebody may have typed in it.",
                "Use --overwrite, or name another folder with --out.",
            )
        sync(made)
        made.replace(path)
        sync(path.parent)
    finally:
        shutil.rmtree(staging)


def _saved(folder: Path) -> Outcome:
    try:
        return saved.read(folder / TABLES)
    except saved.SavedError as error:
        raise FileFault(str(folder / TABLES), f"the run's tables can't be read ({error}).", "Run the audit again.") from error


def _name(run_id: str, severities: Sequence[str], select: Sequence[str]) -> str:
    """The file's name: of which run, and of which part."""
    return f"{Path(WORKBOOK).stem}-{'-'.join((run_id, *severities, *select))}.xlsx"
