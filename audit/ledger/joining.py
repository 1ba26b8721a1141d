"""What several pieces or files give, put together: their typed rows, and what a person should know of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from pandas.api.types import union_categoricals

from audit.normalise.distinct import missing
from audit.normalise.raw import arrow, series

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from schemas.text import Message


def joined(frames: Sequence[pd.DataFrame], index: pd.Index[int]) -> pd.DataFrame:
    """Frames of the same columns one below the other; they are used up, so that memory never holds all columns twice."""
    return pd.DataFrame({name: _column(frames, name, index) for name in list(frames[0])}, index=index, copy=False)


def _column(frames: Sequence[pd.DataFrame], name: str, index: pd.Index[int]) -> pd.Series[Any]:
    every = [frame.pop(name) for frame in frames]
    if every[0].dtype == "str" and all(column.isna().all() for column in every):
        return missing(index, "str")
    if every[0].dtype == "category":
        return pd.Series(union_categoricals(every), index=index)
    column = pd.concat(every, ignore_index=True)
    # Arrow copies a column of several pieces as a whole whenever rows are taken from it.
    return series(arrow(column), index) if column.dtype == "str" else column.set_axis(index)


def added(notes: Iterable[Message]) -> list[Message]:
    """Notes that differ in their count alone, with their counts added up, in the order in which each was first told."""
    found: dict[str, Message] = {}
    for note in notes:
        key = repr((note.template, {name: fact for name, fact in note.facts.items() if name != "count"}))
        before = found.get(key)
        count = int(str(note.facts["count"])) + (int(str(before.facts["count"])) if before else 0)
        found[key] = note._replace(facts={**note.facts, "count": count})
    return list(found.values())
