"""Step 4a, the ledger of one bucket: copies counted, contradictions refused, newer exports before older ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import NamedTuple

import pandas as pd

from audit.ingest.rows import TextRows
from audit.ledger.copies import judge_copies
from audit.ledger.joining import joined
from audit.ledger.part import Part
from audit.ledger.sieve import Sieved
from audit.tables import SOURCE
from schemas.tables import TABLES
from schemas.text import Message


class Source(NamedTuple):
    """What the ledger must know of a file beyond the rows at hand.

    ``number``: its place among all. ``tables``: those that it feeds. ``age_of``: the file by whose name and times its age is told: its
    own, or that of the original which it mends; ``newest``: by table the latest of those times. ``gone``: rows that do not stand any
    more; ``chosen``: rows that a person kept of several.
    """

    number: int
    file: str
    sheet: str
    tables: tuple[str, ...]
    age_of: str
    newest: Mapping[str, str]
    gone: frozenset[int] = frozenset()
    chosen: frozenset[int] = frozenset()


class Settled(NamedTuple):
    """What became of the rows of a bucket.

    ``accepted``: by table, with SOURCE. ``standing``, ``copies``: by number of the file how many rows are accepted, and how many are
    copies in every table that it feeds. ``refused``: by number the contradicting rows, as Part.faults. ``notes``: by table.
    """

    accepted: Mapping[str, pd.DataFrame]
    standing: Mapping[int, int]
    copies: Mapping[int, int]
    refused: Mapping[int, pd.DataFrame]
    ids: Mapping[int, Mapping[str, pd.DataFrame]]
    notes: Mapping[str, Sequence[Message]]


def settle(rows: Mapping[str, pd.DataFrame], sources: Sequence[Source]) -> Settled:
    """Judge the rows of one bucket, by table; all rows of a key must be there, those of each file in their order.

    ``sources``: every file that may have rows here, in the order in which files are read.
    """
    parts = {source.number: _part(source, rows) for source in sources if set(source.tables) <= set(rows)}
    of = {name: [part for part in parts.values() if part.sieved_for(name)] for name in TABLES if name in rows}
    notes = {name: judge_copies(fed, name) for name, fed in of.items()}
    refused = {number: part for number, part in parts.items() if part.refused}
    return Settled(
        accepted={name: _accepted(name, fed) for name, fed in of.items() if fed},
        standing={number: _standing(part) for number, part in parts.items()},
        copies={number: len(set.intersection(*part.copies.values()) - part.refused) for number, part in parts.items()},
        refused={number: part.faults for number, part in refused.items()},
        ids={number: {each.table.name: _refused_ids(part, each) for each in part.sieved} for number, part in refused.items()},
        notes=notes,
    )


def _part(source: Source, rows: Mapping[str, pd.DataFrame]) -> Part:
    """The rows of one file that are here, as the ledger knows a file."""
    sieved = [_sieved(name, source, rows[name]) for name in source.tables if name in rows]
    part = Part(_bare(source.file, source.sheet), lambda _told: sieved)
    part.origin = Part(_bare(source.age_of, ""), lambda _told: sieved)
    part.chosen = set(source.chosen)
    return part


def _bare(file: str, sheet: str) -> TextRows:
    return TextRows(file, sheet, (), 0, pd.DataFrame(index=pd.Index([], dtype="int64")))


def _sieved(name: str, source: Source, rows: pd.DataFrame) -> Sieved:
    place = f"{source.file}[{source.sheet}]" if source.sheet else source.file
    here = (rows["source_file"] == place).to_numpy()
    own = rows if here.all() else rows[here]
    if source.gone:
        own = own[~own["source_row"].isin(source.gone)]
    typed = own.set_index(pd.Index(own["source_row"], name=None)).drop(columns=list(SOURCE))
    ids = typed.reindex(columns=[column for column in ("purchase_id", "item_id", "sku", "brand") if column in typed])
    return Sieved(TABLES[name], typed, pd.DataFrame(columns=["row"]), ids, frozenset(), {}, {}, newest=source.newest[name])


def _accepted(name: str, parts: Sequence[Part]) -> pd.DataFrame:
    frames = [part.good(name) for part in parts]
    return frames[0].reset_index(drop=True) if len(frames) == 1 else joined(frames, pd.RangeIndex(sum(map(len, frames))))


def _standing(part: Part) -> int:
    return len(reduce(pd.Index.union, [part.standing(each.table.name) for each in part.sieved]))


def _refused_ids(part: Part, sieved: Sieved) -> pd.DataFrame:
    return sieved.ids[sieved.ids.index.isin(list(part.refused))]
