"""How a file is read: decided once from the whole of it, then applied to all of it or to any part of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from audit.normalise import Decision
from schemas.text import Message


class Reading(NamedTuple):
    """How one file and sheet was understood.

    ``columns``: each header with the column that it means; ``unknown``: the other headers. Of a CSV file also ``header``, its cells;
    ``start``, the byte after the header; ``literal_quotes``, whether quotes within cells are plain text, as in files that quote nothing;
    ``beginnings``, the shapes of the first cells of its rows, by which a row is known that a stray quote would swallow;
    ``notes``, what a person should know of the file. ``decisions``: how the cells under a header are written, where the whole column decided it.
    ``answer``: which WebService answer the file was taken for. ``layout``: the mapping or preset that it was read by; ``likely``: headers
    that were taken for what they resemble, and why; ``doubtful``: those that may mean something, and were not used.
    """

    file: str
    sheet: str
    encoding: str
    delimiter: str
    header_row: int
    columns: Mapping[str, str] = {}
    unknown: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    start: int = 0
    literal_quotes: bool = False
    beginnings: frozenset[str] = frozenset()
    notes: tuple[Message, ...] = ()
    decisions: Mapping[str, Decision] = {}
    answer: str = ""
    layout: str = ""
    likely: Mapping[str, Message] = {}
    doubtful: Mapping[str, Message] = {}

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.header)
