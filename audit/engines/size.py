"""How much memory a run may take, how much its inputs would, and in how many buckets they fit."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from audit.errors import UnfitError
from audit.ingest.workbooks.kinds import Kind, kind

if TYPE_CHECKING:
    from audit.ingest.files import Wanted

UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?", re.IGNORECASE)
SHARE = 0.5
"""Part of the machine's memory that a run takes unless told otherwise: others run beside it."""

WEIGHT, PACKED_WEIGHT = 6, 40
"""Bytes of memory that a byte of plain text takes while it is audited as a whole, and one of a packed workbook; measured."""

BASE = 400 << 20
"""Bytes that a run takes whatever its inputs: the program, one part of a file, and findings."""

LEAST = 256 << 20
"""Bytes below which a bucket saves nothing."""

OF_BUCKET = 1.5
"""How many times the memory that a bucket's share of the inputs weighs is left for it: findings of all buckets are held beside it."""

PROGRAM, OF_PART = 400 << 20, 240 << 20
"""Bytes that reading takes by itself, and for each part of a file that is read at once; measured."""

CGROUP = Path("/sys/fs/cgroup/memory.max")
HEAD_BYTES = 4096


def parse(text: str) -> int:
    """Bytes of an amount such as 2GiB, 512M or 1.5 GB; raises UnfitError for anything else."""
    if not (found := AMOUNT.fullmatch(text.strip())):
        raise UnfitError("an amount of memory such as 2GiB")
    return int(float(found[1]) * UNITS[found[2].upper()])


def available() -> int:
    """The share of the machine's memory, or of the container's, that a run takes."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 8 << 30
    limit = CGROUP.read_text(encoding="ascii").strip() if CGROUP.is_file() else ""
    return int(SHARE * min(machine, int(limit) if limit.isdigit() else machine))


def of_files(files: Iterable[Wanted]) -> int:
    """Bytes of the files that are to be read."""
    return sum(wanted.path.stat().st_size for wanted in files if wanted.path.is_file())


def weight(paths: Iterable[Path]) -> int:
    """The memory that files would take if they were audited as a whole; those that can't be read weigh nothing."""
    return sum(_weight(path) for path in paths if path.is_file())


def _weight(path: Path) -> int:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError:
        return 0
    return path.stat().st_size * (PACKED_WEIGHT if kind(head) in (Kind.ZIP, Kind.PARQUET) else WEIGHT)


def buckets(weight_: int, memory: int) -> int:
    """In how many buckets inputs are audited; one where memory holds them as a whole."""
    if weight_ + BASE <= memory:
        return 1
    return max(2, ceil(weight_ / max(LEAST, memory - BASE) * OF_BUCKET))


def readers(memory: int) -> int:
    """How many parts of a file are read at once, one a core as far as memory allows."""
    return max(1, min(os.cpu_count() or 1, (memory - PROGRAM) // OF_PART))
