"""An output folder: held by one run at a time, and given a whole report or none, the commit mark last."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from audit.errors import FileFault, Locked
from audit.operating.stages import stage as told
from reports import files, parquet, saved
from schemas.text import Message

if TYPE_CHECKING:
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

SOMEBODY = Message("another run")


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
        wrong = Message("the report can't be written there ({error}).", {"error": error.strerror})
        raise FileFault(str(out), wrong, "Free space, or name another folder.") from error


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


def _acquire(lock: FileLock, out: Path) -> None:
    try:
        lock.acquire()
    except Timeout as error:
        holder = out / HOLDER
        who = holder.read_text(encoding="utf-8").strip() if holder.exists() else SOMEBODY
        raise Locked(
            Message("{out} is held by {who}.", {"out": str(out), "who": who}), "Wait until it has ended, or name another folder."
        ) from error


def stage(outcome: Outcome, out: Path, formats: Sequence[str], unreadable: Sequence[Path] = ()) -> Path:
    """Write every output into a private folder of ``out``, synced, and mark it ready; the folder's path.

    ``unreadable``: workbooks of ``out`` that could not be read; the one that this run replaces is set aside under another name.
    """
    folder = out / STAGING / outcome.run.run_id
    folder.mkdir(parents=True, mode=OWNER_ONLY)
    (out / STAGING).chmod(OWNER_ONLY)
    with told("writing"):
        files.write_findings_csv(outcome, folder / FINDINGS)
        files.write_quarantine(outcome, folder / "quarantine")
        saved.write(outcome, folder / TABLES)
    for path in unreadable:
        if path.name == WORKBOOK:
            shutil.copy2(path, folder / f"{path.stem}.unreadable-{outcome.run.run_id}{path.suffix}")
    if "xlsx" in formats:
        with told("workbook"):
            from reports import workbook

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
