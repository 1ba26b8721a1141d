"""One file's rows on their way to the tables: what was read of each, and what became of it since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from audit.ledger.faults import FAULTS, LONGEST_SHOWN
from audit.normalise.raw import arrow, raw

if TYPE_CHECKING:
    from audit.ingest.rows import TextRows
    from audit.ledger.sieve import Sieved
    from audit.normalise import Decision
    from schemas.text import Message

Read = Callable[["Mapping[str, Mapping[str, Decision]]"], "Sequence[Sieved]"]
"""Both passes over a file's rows, given how the columns of each table are written."""

MARK = "r"
"""Stands before every hash, so that no spreadsheet takes one for a number."""

APART = pa.scalar("\x1f", pa.large_string())
"""Stands between the cells of a row that is hashed."""


class Returned(NamedTuple):
    """What a quarantine file that is fed in again says of its rows: by row, the hash and the row number that it was given."""

    hashes: Mapping[int, str]
    source_rows: Mapping[int, str]


def row_hash(received: bytes | memoryview) -> str:
    """A hash of a row as received, or of a line that can't be split; by it the mended copy replaces the row."""
    return MARK + hashlib.sha256(received).hexdigest()[:16]


def _row_hashes(cells: pd.DataFrame) -> list[str]:
    """The hash of each row, its cells put together."""
    if not len(cells):
        return []
    rows = raw(pc.binary_join_element_wise(*(arrow(cells[place]) for place in cells), APART))
    content = rows.codes.data
    return [row_hash(content[start:stop]) for start, stop in zip(rows.starts.tolist(), rows.stops.tolist(), strict=True)]


class Part:
    """One file's rows with what the two passes said of them.

    ``read``: the two passes for each table that the file feeds, given what is told of the columns of each.
    ``returned``: where the file is a quarantine file fed in again. ``origin``: the file that it mends, where that is fed in too.
    ``chosen``: its rows that a person kept of several that contradicted one another.
    ``repair_file``: the quarantine file that takes the rows that are refused. ``layout``: the mapping or preset that it was read by;
    ``likely``: headers taken for what they resemble, and why; ``doubtful``: those that may mean something, and were not used.
    """

    def __init__(self, rows: TextRows, read: Read, returned: Returned | None = None) -> None:
        self.rows = rows
        self.read = read
        self.returned = returned
        self.origin: Part | None = None
        self.chosen: set[int] = set()
        self.replaced: set[int] = set()
        self.lines = {broken.row: broken.line for broken in rows.broken if broken.column < 0}
        self.repair_file = ""
        self.layout = ""
        self.likely: Mapping[str, Message] = {}
        self.doubtful: Mapping[str, Message] = {}
        self.read_as({})

    def read_as(self, told: Mapping[str, Mapping[str, Decision]]) -> None:
        """Read the rows as the columns of each table were told to be written."""
        self.sieved = tuple(self.read(told))
        self.copies: dict[str, set[int]] = {each.table.name: set() for each in self.sieved}
        self._refused: set[int] | None = None
        self._told: list[Mapping[str, str | int]] = []
        self._faults = [each.faults.assign(table=each.table.name) for each in self.sieved if len(each.faults)]
        for broken in self.rows.broken:
            if broken.column < 0:
                facts = {"value": broken.line[:LONGEST_SHOWN], "expected": len(self.rows.header)}
                self.refuse(broken.row, self.sieved[0].table.name, broken.reason, **facts)

    @property
    def faults(self) -> pd.DataFrame:
        """FAULTS and the table, one row a reason; the whole row is at fault where the column is blank."""
        self._gather()
        if len(self._faults) != 1:
            empty = pd.DataFrame(columns=[*FAULTS, "table"])
            self._faults = [pd.concat(self._faults, ignore_index=True) if self._faults else empty]
        return self._faults[0]

    def _gather(self) -> None:
        """Put what is told of whole rows after the faults so far; a table for each of many rows would take long."""
        if self._told:
            self._faults.append(pd.DataFrame(self._told))
            self._told = []

    @property
    def refused(self) -> set[int]:
        """Rows that any of the tables refuses."""
        if self._refused is None:
            self._refused = set(self.faults["row"])
        return self._refused

    def refuse(self, row: int, table: str, reason: str, **facts: Any) -> None:
        """Refuse a row as a whole."""
        told = json.dumps({"column": "", "value": "", "table": table, **facts}, ensure_ascii=False)
        value = str(facts.get("value", ""))
        self._told.append({"row": row, "column": "", "value": value, "reason": reason, "facts": told, "table": table})
        if self._refused is not None:
            self._refused.add(row)

    def add_faults(self, faults: pd.DataFrame, table: str) -> None:
        """Refuse rows for what stands in their cells."""
        self._refused = None
        self._gather()
        self._faults.append(faults.assign(table=table))

    def replace(self, rows: Collection[int]) -> None:
        """Count rows as copies of their mended ones."""
        self._refused = None
        self._faults = [self.faults[~self.faults["row"].isin(rows)]]
        self.replaced |= set(rows)

    def sieved_for(self, table: str) -> Sieved | None:
        """What was read for a table; None where the file does not feed it."""
        return next((each for each in self.sieved if each.table.name == table), None)

    def standing(self, table: str) -> pd.Index[int]:
        """The rows that still stand in a table."""
        found = self._typed(table).index
        gone = self.refused | self.replaced | self.copies[table]
        return found[~found.isin(list(gone))] if gone else found

    def good(self, table: str) -> pd.DataFrame:
        """Those rows, with where they come from."""
        frame, rows = self._typed(table), self.standing(table)
        kept = frame if len(rows) == len(frame) else frame.loc[rows]
        place = pd.Categorical.from_codes(np.zeros(len(kept), dtype=np.int8), pd.Index([self.rows.place], dtype="str"))
        return kept.assign(source_file=place, source_row=kept.index.astype("int64"))

    def _typed(self, table: str) -> pd.DataFrame:
        sieved = self.sieved_for(table)
        if sieved is None:
            raise KeyError(table)
        return sieved.typed

    def readable(self) -> pd.Index[int]:
        """Rows that no table of the file refuses."""
        numbers = self.rows.numbers()
        return numbers[~numbers.isin(list(self.refused))]

    def hashes_shown(self, rows: Iterable[int]) -> dict[int, str]:
        """The hash of each of some rows; of those that were mended, that of the row which each replaces."""
        wanted = list(rows)
        given = {row: self.returned.hashes[row] for row in wanted if self.returned.hashes.get(row)} if self.returned else {}
        return self.hashes(row for row in wanted if row not in given) | given

    def hashes(self, rows: Iterable[int]) -> dict[int, str]:
        """The hash of each of some rows, as received."""
        wanted = list(rows)
        within = [row for row in wanted if row not in self.lines]
        cells = self.rows.received(within)
        lines = {row: row_hash(self.lines[row].encode("utf-8", "surrogatepass")) for row in wanted if row in self.lines}
        return lines | dict(zip(cells.index.tolist(), _row_hashes(cells), strict=True))
