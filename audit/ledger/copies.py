"""The same row twice: exact copies are kept once; of contradicting ones the newer export or a person's choice wins, else all are refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from audit.ledger.hashing import row_hashes
from schemas.table import Kind
from schemas.tables import TABLES
from schemas.text import Message

if TYPE_CHECKING:
    from audit.ledger.part import Part
    from schemas.table import Table

DATE_IN_NAME = re.compile(r"(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-3]\d)")
PLACE = "row {row} of {file}"
REPLACED = "{count} rows of {file} are replaced by newer ones from a later export"


def judge_copies(parts: Sequence[Part], name: str) -> list[Message]:
    """Count exact copies and older rows of one table as duplicates, and refuse rows that contradict each other."""
    if not parts:
        return []
    table = TABLES[name]
    suspects = _suspects(parts, table)
    again = suspects.duplicated(list(table.typed_columns))
    for place, row in suspects.loc[again, ["_part", "source_row"]].itertuples(index=False):
        parts[place].copies[name].add(int(row))
    return _judge_contradictions(suspects[~again], parts, table) if table.key else []


def _suspects(parts: Sequence[Part], table: Table) -> pd.DataFrame:
    """The rows that share what names a row with another one: few, so that only those are compared as a whole."""
    identifiers = [column.name for column in table.columns if column.kind in (Kind.IDENTIFIER, Kind.TRACKING)]
    names = list(table.key) or identifiers or list(table.typed_columns)
    standing = [part.good(table.name) for part in parts]
    alike = pd.Series(np.concatenate([row_hashes(rows[names].astype("str")) for rows in standing])).duplicated(keep=False).to_numpy()
    ends = np.cumsum([len(rows) for rows in standing])[:-1]
    found = [rows[mask].assign(_part=place) for place, (rows, mask) in enumerate(zip(standing, np.split(alike, ends), strict=True))]
    suspects = pd.concat(found, ignore_index=True)
    return suspects[suspects.duplicated(names, keep=False)].reset_index(drop=True)


def _judge_contradictions(rows: pd.DataFrame, parts: Sequence[Part], table: Table) -> list[Message]:
    key = list(table.key)
    rows = rows[rows.duplicated(key, keep=False)]
    if not len(rows):
        return []
    rows = rows.assign(_rank=_ranks(rows, parts, table.name))
    fresh = rows["_rank"] == rows.groupby(key)["_rank"].transform("max")
    alone = fresh.groupby([rows[name] for name in key]).transform("sum") == 1
    for _, group in rows[~alone].groupby(key, sort=True):
        _refuse_all(group, parts, table.name)
    return _replace_older(rows[alone & ~fresh], parts, table.name)


def _replace_older(older: pd.DataFrame, parts: Sequence[Part], name: str) -> list[Message]:
    told = []
    for place, group in older.groupby("_part"):
        part = parts[int(str(place))]
        part.copies[name].update(group["source_row"].astype(int))
        told.append(Message(REPLACED, {"count": len(group), "file": part.rows.place}))
    return sorted(told, key=str)


def _refuse_all(group: pd.DataFrame, parts: Sequence[Part], name: str) -> None:
    places = [Message(PLACE, {"file": file, "row": row}) for file, row in group[["source_file", "source_row"]].itertuples(index=False)]
    for own, (place, row) in zip(places, group[["_part", "source_row"]].itertuples(index=False), strict=True):
        others = [other for other in places if other != own]
        parts[place].refuse(int(row), name, "contradicting-copy", other=others)


def _ranks(rows: pd.DataFrame, parts: Sequence[Part], name: str) -> pd.Series[int]:
    """How new each row is: its export's age; a row that a person chose of several goes before the others of that age."""
    ages = [_age(part.origin or part, name) for part in parts]
    ranks = {age: 2 * rank for rank, age in enumerate(sorted(set(ages)))}
    found = [ranks[ages[place]] + (int(row) in parts[place].chosen) for place, row in rows[["_part", "source_row"]].itertuples(index=False)]
    return pd.Series(found, index=rows.index)


def _age(part: Part, table: str) -> str:
    """What tells which export is newer: the date in its name, else the latest date inside; never its timestamp on disk."""
    if found := DATE_IN_NAME.search(part.rows.file):
        return "-".join(found.groups())
    sieved = part.sieved_for(table)
    return sieved.latest if sieved else ""
