"""The rows of many small answers are judged at once: with a file for each item, a proof for each would take minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

import pandas as pd

from audit.ingest.rows import TextRows
from audit.ledger.part import Part, Read
from audit.ledger.sieve import Sieved

Judge = Callable[[TextRows, str], Part]


def sieve_together(told: Sequence[tuple[str, TextRows]], judge: Judge) -> list[Part]:
    """A part for each file's rows, in their order; those of one table and header are judged as if they stood in one file."""
    groups: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for place, (table, rows) in enumerate(told):
        groups.setdefault((table, rows.header), []).append(place)
    parts: dict[int, Part] = {}
    for (table, _), places in groups.items():
        many = [told[place][1] for place in places]
        parts |= zip(places, _split(judge(_stacked(many), table), many), strict=True)
    return [parts[place] for place in range(len(told))]


def _starts(many: Sequence[TextRows]) -> list[int]:
    """Where each file's rows begin, and where the last one's end."""
    return list(accumulate((len(rows.cells) for rows in many), initial=0))


def _stacked(many: Sequence[TextRows]) -> TextRows:
    """The rows of all files under one another, numbered through from 0."""
    broken = [
        fault._replace(row=start + rows.cells.index.get_loc(fault.row))
        for start, rows in zip(_starts(many), many, strict=False)
        for fault in rows.broken
    ]
    return TextRows(
        file=", ".join(dict.fromkeys(rows.answer for rows in many)),
        sheet="",
        header=many[0].header,
        header_row=0,
        cells=pd.concat([rows.cells for rows in many], ignore_index=True),
        broken=tuple(broken),
    )


def _split(whole: Part, many: Sequence[TextRows]) -> Iterator[Part]:
    """What was said of all rows, taken apart again by file and the rows' own numbers."""
    starts = _starts(many)
    for rows, start, end in zip(many, starts, starts[1:], strict=False):
        yield Part(rows, _as_judged([_part_of(each, rows, start, end) for each in whole.sieved]))


def _as_judged(sieved: list[Sieved]) -> Read:
    """The two passes over rows that have had them."""
    return lambda _told: sieved


def _part_of(sieved: Sieved, rows: TextRows, start: int, end: int) -> Sieved:
    numbers = rows.cells.index
    typed, ids = (_cut(frame, start, end, numbers) for frame in (sieved.typed, sieved.ids))
    faults = sieved.faults
    own = faults[faults["row"].between(start, end - 1)] if len(faults) else faults
    return replace(sieved, typed=typed, ids=ids, faults=own.assign(row=[int(numbers[row - start]) for row in own["row"]]))


def _cut(frame: pd.DataFrame, start: int, end: int, numbers: pd.Index) -> pd.DataFrame:
    """The rows of a frame, numbered through, that are one file's, under their own numbers."""
    first, last = frame.index.searchsorted([start, end])
    part = frame.iloc[first:last]
    return part.set_axis(numbers[part.index - start], axis=0)
