"""Whether a night finds its output folder as it needs it: rights, free space, nobody else's lock."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from audit.operating.diagnosis import Line, Verdict, line
from audit.outputs import HOLDER, LOCK, SOMEBODY, STAGING

LEAST_SPACE = 500
"""Free megabytes below which a night may not find room: report, tables and staging of a large shop, twice."""

MEGABYTE = 1_000_000


def output(out: Path) -> Iterator[Line]:
    """Lines about the output folder."""
    if out.exists() and not out.is_dir():
        remedy = "Name another folder, or move the file away."
        yield line(Verdict.MEND, "output", "{out} is a file, and the report needs a folder.", remedy, out=str(out))
        return
    place = standing(out)
    yield writable(place, "output", str(out))
    yield _space(place)
    if out.is_dir():
        yield from _lock(out)


def standing(path: Path) -> Path:
    """The folder itself, or the nearest one above it that is there."""
    return next(folder for folder in (path, *path.absolute().parents) if folder.exists())


def writable(place: Path, about: str, named: str) -> Line:
    """Whether a file can be made in a folder: tried, for rights alone do not tell of a read-only disk."""
    try:
        with tempfile.TemporaryFile(dir=place):
            return line(Verdict.OK, about, "{named} can be written.", named=named)
    except OSError as error:
        remedy = "Give this user the right to write there, or name another place."
        return line(Verdict.MEND, about, "{named} can't be written ({error}).", remedy, named=named, error=error.strerror)


def _space(place: Path) -> Line:
    free = shutil.disk_usage(place).free // MEGABYTE
    if free < LEAST_SPACE:
        template = "{free} MB are free, less than the {least} MB that a night may need."
        return line(Verdict.MEND, "space", template, "Free space, or name another folder.", free=free, least=LEAST_SPACE)
    return line(Verdict.OK, "space", "{free} MB are free.", free=free)


def _lock(out: Path) -> Iterator[Line]:
    holder = out / HOLDER
    if _held(out / LOCK):
        who = holder.read_text(encoding="utf-8").strip() if holder.exists() else SOMEBODY
        remedy = "Wait until it has ended; if it hangs, end that process."
        yield line(Verdict.NOTE, "lock", "{out} is held by {who}.", remedy, out=str(out), who=who)
        return
    yield line(Verdict.OK, "lock", "No run holds {out}.", out=str(out))
    if (out / STAGING).exists():
        yield line(Verdict.NOTE, "lock", "A run was cut short in {out}; the next one puts that right.", out=str(out))


def _held(lock: Path) -> bool:
    if not lock.exists():
        return False
    try:
        with FileLock(lock, timeout=0):
            return False
    except (Timeout, PermissionError) as error:
        return isinstance(error, Timeout)
