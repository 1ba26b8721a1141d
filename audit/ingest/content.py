"""A file's bytes as they are asked for, so that memory holds a piece of it at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PIECE = 1 << 22
"""Bytes that are looked at in one go."""


@dataclass(frozen=True)
class Content:
    """The bytes of a file on disk, with what a reading asks of bytes in memory."""

    path: Path
    size: int

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, place: slice) -> bytes:
        start, stop, _ = place.indices(self.size)
        with self.path.open("rb") as file:
            file.seek(start)
            return file.read(max(0, stop - start))

    def __contains__(self, text: bytes) -> bool:
        return any(text in piece for piece in self._pieces(text))

    def startswith(self, mark: bytes) -> bool:
        """Whether the file begins with some bytes."""
        return self[: len(mark)] == mark

    def count(self, text: bytes) -> int:
        """How often some bytes stand in the file, each byte counted for one of them."""
        return sum(piece.count(text) for piece in self._pieces(text))

    def sha256(self) -> str:
        """The hash of the file."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _pieces(self, text: bytes) -> Iterator[bytes]:
        """The file in pieces that are nowhere cut within some bytes: a run of those goes with the next piece."""
        rest = b""
        for start in range(0, self.size, PIECE):
            piece = rest + self[start : start + PIECE]
            whole = piece.rstrip(text)
            yield whole
            rest = piece[len(whole) :]
        yield rest


def content(path: Path) -> Content:
    """The content of a file; raises OSError where it can't be read."""
    with path.open("rb"):
        return Content(path, path.stat().st_size)
