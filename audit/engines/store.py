"""Where rows wait for their bucket: private files, written piece by piece, read a bucket at a time."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc

from audit.engines.keys import places
from audit.engines.packing import column_of, packed, unpacked

if TYPE_CHECKING:
    import pandas as pd

Among = Mapping[str, Collection[str]]
"""By column some values."""

OWNER_ONLY, OWNER_READS = 0o700, 0o600


class Rows(Protocol):
    """Rows by name and bucket, in the order in which they were put there."""

    def put(self, name: str, bucket: int, frame: pd.DataFrame, stream: str = "") -> None:
        """Add rows; ``stream``: what may be dropped together."""

    def spread(self, name: str, frame: pd.DataFrame, key: str, count: int, stream: str = "") -> None:
        """Add rows, each to the one of so many buckets in which its key is."""

    def get(self, name: str, bucket: int, among: Among | None = None) -> pd.DataFrame | None:
        """All rows of a bucket, or those that hold one of some values in one of some columns; None where none was put."""

    def take(self, name: str, bucket: int) -> pd.DataFrame | None:
        """All rows of a bucket, and forget them."""

    def drop(self, stream: str) -> None:
        """Forget what was put under a stream."""

    def rename(self, old: str, new: str, bucket: int | None = None) -> None:
        """Put rows under another name, in place of those that are there; all of them unless a bucket is named."""


class Store:
    """Rows by name and bucket, in the order in which they were put there; memory holds none of them.

    A file holds one bucket's rows of one name and stream: Arrow streams, one after the other.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._streams: dict[str, int] = {"": 0}

    def put(self, name: str, bucket: int, frame: pd.DataFrame, stream: str = "") -> None:
        """Add rows; ``stream``: what may be dropped together."""
        self.write(name, bucket, packed(frame), stream)

    def spread(self, name: str, frame: pd.DataFrame, key: str, count: int, stream: str = "") -> None:
        """Add rows, each to the one of so many buckets in which its key is."""
        if not len(frame):
            self.put(name, 0, frame, stream)
            return
        found = places(frame[key], count)
        table = packed(frame).take(pa.array(found.order))
        for bucket, start, end in found.ranges:
            self.write(name, bucket, table.slice(start, end - start), stream)

    def write(self, name: str, bucket: int, table: pa.Table, stream: str) -> None:
        """Add packed rows to a bucket's file."""
        number = self._streams.setdefault(stream, len(self._streams))
        folder = self.folder / name
        folder.mkdir(mode=OWNER_ONLY, exist_ok=True)
        with open(folder / f"{bucket}.{number}", "ab", opener=_private) as file, pa.ipc.new_stream(file, table.schema) as writer:
            writer.write_table(table)

    def get(self, name: str, bucket: int, among: Among | None = None) -> pd.DataFrame | None:
        """All rows of a bucket, or those that hold one of some values in one of some columns; None where none was put."""
        paths = self._files(name, bucket)
        if among is None:
            tables = [table for path in paths for table in _tables(pa.OSFile(str(path)))]
        else:
            tables = [_only(table, among) for path in paths for table in _tables(pa.memory_map(str(path)))]
        return unpacked(tables) if tables else None

    def take(self, name: str, bucket: int) -> pd.DataFrame | None:
        """All rows of a bucket, and forget them."""
        held = self.get(name, bucket)
        for path in self._files(name, bucket):
            path.unlink()
        return held

    def sizes(self, names: Iterable[str], count: int) -> list[int]:
        """How many bytes each of so many buckets takes on disk under some names."""
        return [sum(path.stat().st_size for name in names for path in self._files(name, bucket)) for bucket in range(count)]

    def _files(self, name: str, bucket: int) -> list[Path]:
        return sorted((self.folder / name).glob(f"{bucket}.*"), key=lambda path: int(path.suffix[1:]))

    def drop(self, stream: str) -> None:
        """Forget what was put under a stream."""
        for path in self.folder.glob(f"*/*.{self._streams.get(stream, -1)}"):
            path.unlink()

    def rename(self, old: str, new: str, bucket: int | None = None) -> None:
        """Put rows under another name, in place of those that are there; all of them unless a bucket is named."""
        if bucket is None:
            shutil.rmtree(self.folder / new, ignore_errors=True)
            (self.folder / old).rename(self.folder / new)
            return
        (self.folder / new).mkdir(mode=OWNER_ONLY, exist_ok=True)
        for path in self._files(new, bucket):
            path.unlink()
        for path in self._files(old, bucket):
            path.rename(self.folder / new / path.name)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, OWNER_READS)


def _tables(source: pa.NativeFile) -> Iterator[pa.Table]:
    with source as file:
        while file.tell() < file.size():
            with pa.ipc.open_stream(file) as reader:
                yield reader.read_all()


def _only(table: pa.Table, among: Among) -> pa.Table:
    """The rows of a table that hold one of some values in one of some columns."""
    masks = [pc.is_in(column_of(table, name), value_set=pa.array(values, pa.large_string())) for name, values in among.items()]
    return table.filter(reduce(pc.or_, masks))


@contextmanager
def store(folder: Path) -> Iterator[Store]:
    """A store in a private folder of its own, which goes with it."""
    with private(folder):
        yield Store(folder)


@contextmanager
def private(folder: Path) -> Iterator[None]:
    """A folder for its owner only, gone afterwards; so is the one above it, where that holds nothing else."""
    folder.parent.mkdir(mode=OWNER_ONLY, exist_ok=True)
    folder.mkdir(mode=OWNER_ONLY)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            folder.parent.rmdir()
