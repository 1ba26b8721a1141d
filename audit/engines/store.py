"""Where rows wait for their bucket: private files, written piece by piece, read a bucket at a time."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

import pyarrow as pa
import pyarrow.ipc

if TYPE_CHECKING:
    import pandas as pd

COMPRESSION = pa.ipc.IpcWriteOptions(compression="lz4")
OWNER_ONLY, OWNER_READS = 0o700, 0o600


class Rows(Protocol):
    """Rows by name and bucket, in the order in which they were put there."""

    def put(self, name: str, bucket: int, frame: pd.DataFrame, stream: str = "") -> None:
        """Add rows; ``stream``: what may be dropped together."""

    def get(self, name: str, bucket: int) -> pd.DataFrame | None:
        """All rows of a bucket; None where none was put."""

    def take(self, name: str, bucket: int) -> pd.DataFrame | None:
        """The same, and forget them."""

    def drop(self, stream: str) -> None:
        """Forget what was put under a stream."""

    def rename(self, old: str, new: str) -> None:
        """Put rows under another name, in place of those that are there."""


class Store:
    """Rows by name and bucket, in the order in which they were put there; memory holds none of them.

    A file holds one bucket's rows of one name and stream: Arrow streams, one after the other.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._streams: dict[str, int] = {"": 0}

    def put(self, name: str, bucket: int, frame: pd.DataFrame, stream: str = "") -> None:
        """Add rows; ``stream``: what may be dropped together."""
        number = self._streams.setdefault(stream, len(self._streams))
        folder = self.folder / name
        folder.mkdir(mode=OWNER_ONLY, exist_ok=True)
        table = pa.Table.from_pandas(frame, preserve_index=False)
        path = folder / f"{bucket}.{number}"
        with open(path, "ab", opener=_private) as file, pa.ipc.new_stream(file, table.schema, options=COMPRESSION) as writer:
            writer.write_table(table)

    def get(self, name: str, bucket: int) -> pd.DataFrame | None:
        """All rows of a bucket; None where none was put."""
        tables = [table for path in self._files(name, bucket) for table in _tables(path)]
        return pa.concat_tables(tables).combine_chunks().to_pandas() if tables else None

    def take(self, name: str, bucket: int) -> pd.DataFrame | None:
        """The same, and forget them."""
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

    def rename(self, name: str, other: str) -> None:
        """Put what was kept under a name in the place of what another one held."""
        shutil.rmtree(self.folder / other, ignore_errors=True)
        (self.folder / name).rename(self.folder / other)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, OWNER_READS)


def _tables(path: Path) -> Iterator[pa.Table]:
    with path.open("rb") as file:
        while _holds_more(file):
            with pa.ipc.open_stream(file) as reader:
                yield reader.read_all()


def _holds_more(file: BinaryIO) -> bool:
    held = file.read(1)
    file.seek(-len(held), os.SEEK_CUR)
    return bool(held)


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
