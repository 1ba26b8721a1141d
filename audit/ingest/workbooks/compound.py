"""Compound files, the container of old workbooks and of protected new ones: their streams by name."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from audit.errors import FileFault
from audit.ingest.workbooks.refusals import AGAIN

HEADER = struct.Struct("<30x2H10x2L4x5L")
"""Of the first 512 bytes ([MS-CFB] 2.2): sector shifts, and where the tables begin."""

ENTRY = struct.Struct("<64sHB49xLQ")
"""A directory entry ([MS-CFB] 2.6): name, its length, kind, first sector, size."""

HEADER_BYTES, LISTED_IN_HEADER = 512, 109
LAST = 0xFFFFFFFA
"""Sector numbers from here on mean an end."""

STREAM, ROOT = 2, 5


class Compound:
    """A compound file; raises FileFault where its chains are broken."""

    def __init__(self, file: str, content: bytes) -> None:
        self.file = file
        self.content = content
        try:
            shift, small_shift, tables, directory, self.cutoff, small, _, more, _ = HEADER.unpack_from(content)
            self.sector, self.small_sector = 1 << shift, 1 << small_shift
            if shift not in {9, 12} or small_shift != 6:  # noqa: PLR2004 - the two versions of the format
                raise self.broken()
            self.next = self._numbers(list(self._tables(tables, more)))
            self.entries = dict(self._entries(directory))
            self.small_next = self._numbers(list(self._chain(small, self.next))) if small < LAST else ()
        except (struct.error, IndexError) as error:
            raise self.broken() from error

    def broken(self) -> FileFault:
        """The fault of a file that is cut or damaged."""
        return FileFault(self.file, "is a broken workbook: its container can't be read.", AGAIN)

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self.sector
        if begin >= len(self.content):
            raise self.broken()
        return self.content[begin : begin + self.sector]

    def _tables(self, count: int, more: int) -> Iterator[int]:
        """The sectors that hold the table of chains."""
        left = count
        numbers = struct.unpack_from(f"<{LISTED_IN_HEADER}L", self.content, 76)
        for _ in range(len(self.content) // self.sector + 1):
            yield from numbers[:left]
            left -= len(numbers)
            if left <= 0 or more >= LAST:
                return
            *listed, more = struct.unpack(f"<{self.sector // 4}L", self._sector(more))
            numbers = tuple(listed)

    def _numbers(self, sectors: list[int]) -> tuple[int, ...]:
        held = b"".join(self._sector(number) for number in sectors)
        return struct.unpack(f"<{len(held) // 4}L", held[: len(held) // 4 * 4])

    def _chain(self, first: int, following: tuple[int, ...]) -> Iterator[int]:
        number = first
        for _ in range(len(following) + 1):
            if number >= LAST:
                return
            yield number
            number = following[number]
        raise self.broken()

    def _entries(self, directory: int) -> Iterator[tuple[str, tuple[int, int]]]:
        held = b"".join(self._sector(number) for number in self._chain(directory, self.next))
        for place in range(0, len(held) - ENTRY.size + 1, ENTRY.size):
            name, length, kind, first, size = ENTRY.unpack_from(held, place)
            if kind in {STREAM, ROOT}:
                yield name[: max(0, length - 2)].decode("utf-16-le", "replace").casefold(), (first, size)

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self.entries

    def read(self, name: str) -> bytes:
        """A stream's bytes."""
        first, size = self.entries[name.casefold()]
        try:
            if size >= self.cutoff:
                return b"".join(self._sector(number) for number in self._chain(first, self.next))[:size]
            root, _ = self.entries["root entry"]
            held = b"".join(self._sector(number) for number in self._chain(root, self.next))
            step = self.small_sector
            return b"".join(held[number * step : (number + 1) * step] for number in self._chain(first, self.small_next))[:size]
        except (KeyError, IndexError) as error:
            raise self.broken() from error
