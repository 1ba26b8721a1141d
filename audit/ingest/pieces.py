"""A large CSV file as pieces on disk: each can be split by itself, so that memory never holds all rows as text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from audit.errors import FileFault
from audit.ingest.parts import PART_BYTES, Part, cut, split_part
from audit.ingest.profile import COMPARED

if TYPE_CHECKING:
    from os import stat_result

    from audit.ingest.content import Content
    from audit.ingest.reading import Reading

HEAD_SIZE = 1 << 20
"""Bytes that hold as many rows as a header is judged by, in most files."""


class Pieces(NamedTuple):
    """The ranges of bytes of a file's pieces, each of whole records; ``first_rows``: the number of each one's first row, once known."""

    content: Content
    reading: Reading
    ranges: tuple[tuple[int, int], ...]
    state: tuple[int, ...]
    first_rows: tuple[int, ...] = ()

    def split(self, place: int, first_row: int = 0) -> Part:
        """The rows of a piece; raises FileFault where the file is not what it was."""
        start, stop = self.ranges[place]
        try:
            held, same = self.content[start:stop], _state(self.content.path.stat()) == self.state
        except OSError:
            same = False
        if not same:
            raise FileFault(self.reading.file, "was changed while it was read.", "Leave the file alone while it is audited.")
        return split_part(held, self.reading, first_row)

    def every(self) -> Iterator[Part]:
        """Every piece split, one after the other."""
        row = self.reading.header_row + 1
        for place in range(len(self.ranges)):
            part = self.split(place, row)
            row = part.next_row
            yield part

    def rows(self, numbers: Collection[int]) -> pd.DataFrame:
        """Some rows by their numbers, as received; those that are no rows are not there."""
        places = sorted({bisect_right(self.first_rows, number) - 1 for number in numbers})
        found = [self.split(place, self.first_rows[place]).cells for place in places]
        return pd.concat([cells[cells.index.isin(list(numbers))] for cells in found or [self.head().head(0)]])

    def head(self) -> pd.DataFrame:
        """As many rows of the beginning as a header is judged by."""
        found: list[pd.DataFrame] = []
        start, row = self.reading.start, self.reading.header_row + 1
        while start < len(self.content) and sum(map(len, found)) < COMPARED:
            stop = cut(self.content, self.reading, start, HEAD_SIZE)
            part = split_part(self.content[start:stop], self.reading, row)
            found.append(part.cells)
            start, row = stop, part.next_row
        return pd.concat(found or [split_part(b"", self.reading, row).cells])


def _state(state: stat_result) -> tuple[int, ...]:
    return (state.st_size, state.st_mtime_ns, state.st_ino)


def pieces(content: Content, reading: Reading, size: int = PART_BYTES) -> Pieces:
    """A file's pieces of about a size."""
    ranges, start = [], reading.start
    while start < len(content):
        stop = cut(content, reading, start, size)
        ranges.append((start, stop))
        start = stop
    return Pieces(content, reading, tuple(ranges), _state(content.path.stat()))
