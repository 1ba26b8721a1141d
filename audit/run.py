"""Files to a report in place: lock, audit, stage, and move over the earlier report with the commit mark last."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from audit import ingest, pipeline
from audit.errors import FileFault, Locked
from reports import files, workbook

if TYPE_CHECKING:
    from audit.config import Config
    from audit.tables import Ingested
    from schemas.findings import Outcome

STAGING = ".staging"
LOCK = ".lock"
HOLDER = ".lock-holder"
READY = "READY"
"""Marks a staging folder that is complete: what it lists only needs to be moved."""

SUMMARY = "summary.json"
WORKBOOK = "risk_report.xlsx"
PARQUET = "findings.parquet"
OPTIONAL = (WORKBOOK, PARQUET)
"""Outputs that a run may leave out; an earlier run's then goes, for it says something else."""

OWNER_ONLY = 0o700


def run(
    inputs: Sequence[Path], out: Path, config: Config, *, as_of: datetime | None = None, named: Mapping[str, Sequence[Path]] | None = None
) -> Outcome:
    """Audit files into a report in ``out``; all of it or none of it.

    Raises audit.errors.AuditError where an input can't be used, and Locked where another run holds ``out``.
    """
    with holding(out), writing(out):
        recover(out)
        outcome = examine(inputs, config, as_of=as_of, named=named)
        try:
            staged = stage(outcome, out, config.formats)
        except BaseException:
            shutil.rmtree(out / STAGING, ignore_errors=True)
            raise
        commit(staged, out)
    return outcome


def examine(
    inputs: Sequence[Path], config: Config, *, as_of: datetime | None = None, named: Mapping[str, Sequence[Path]] | None = None
) -> Outcome:
    """Audit files, and write nothing."""
    moment, source = pipeline.instant(as_of, config)
    ingested: Ingested = ingest.read(inputs, named=named, zone=config.zone, as_of=moment, mapping=config.mapping)
    return pipeline.examine(ingested, config, moment, source)


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
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        holder = out / HOLDER
        who = holder.read_text(encoding="utf-8").strip() if holder.exists() else "another run"
        raise Locked(f"{out} is held by {who}.", "Wait until it has ended, or name another folder.") from error
    try:
        (out / HOLDER).write_text(f"process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M} UTC\n", encoding="utf-8")
        yield
    finally:
        (out / HOLDER).unlink(missing_ok=True)
        lock.release()


def stage(outcome: Outcome, out: Path, formats: Sequence[str]) -> Path:
    """Write every output into a private folder of ``out``, synced, and mark it ready; the folder's path."""
    folder = out / STAGING / outcome.run.run_id
    folder.mkdir(parents=True, mode=OWNER_ONLY)
    (out / STAGING).chmod(OWNER_ONLY)
    files.write_findings_csv(outcome, folder / "findings.csv")
    files.write_quarantine(outcome, folder / "quarantine")
    files.write_tables(outcome, folder / ".tables")
    if "xlsx" in formats:
        workbook.save(outcome, folder / WORKBOOK)
    if "parquet" in formats:
        files.write_parquet(outcome, folder / PARQUET)
    summary = files.summary(outcome, _hashes(folder))
    (folder / SUMMARY).write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    for private in (folder / "quarantine", folder / ".tables"):
        private.chmod(OWNER_ONLY)
    for path in sorted(folder.rglob("*")):
        _sync(path)
    (folder / READY).write_text(outcome.run.run_id, encoding="utf-8")
    _sync(folder / READY)
    _sync(folder)
    return folder


def _hashes(folder: Path) -> dict[str, str]:
    written = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): files.sha256(path) for path in written}


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":  # Windows opens no folders
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        if not path.is_dir():  # some file systems can't sync a folder
            raise
    finally:
        os.close(descriptor)


def commit(folder: Path, out: Path) -> None:
    """Move each staged output over the earlier one, the summary last; outputs that this run does not have go."""
    staged = sorted(path.name for path in folder.iterdir() if path.name not in (READY, SUMMARY))
    for name in staged:
        _replace(folder / name, out / name)
    if (folder / SUMMARY).exists():
        for name in set(OPTIONAL) - set(staged):
            (out / name).unlink(missing_ok=True)
        _replace(folder / SUMMARY, out / SUMMARY)
    _sync(out)
    shutil.rmtree(out / STAGING)


def _replace(new: Path, old: Path) -> None:
    if old.is_dir():
        aside = new.with_name(f"{new.name}.earlier")
        old.replace(aside)
        new.replace(old)
        shutil.rmtree(aside)
    else:
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
