"""Why rows are refused: one line a reason of a cell, with the facts that its sentences name."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from audit.normalise import countries
from audit.normalise.alike import alike
from audit.normalise.words import nearest, spellings
from schemas.table import Column, Kind

if TYPE_CHECKING:
    from audit.ingest.rows import TextRows

FAULTS = ("row", "column", "value", "reason", "facts")
NEAREST = ("misspelt-choice", "misspelt-country")
LONGEST_SHOWN = 200
"""Characters of a cell or line that are shown beside its reason."""


def no_faults() -> pd.DataFrame:
    """The table of faults without any."""
    return pd.DataFrame(columns=list(FAULTS))


def cell_faults(reasons: pd.Series[str], column: Column, values: pd.Series[str], *, currency: pd.Series[str] | None = None) -> pd.DataFrame:
    """One fault for each cell of a column that has a reason; ``values``: their text; ``currency``: each row's, where the column is money."""
    if reasons.empty:
        return no_faults()
    money = currency is not None and column.kind is Kind.MONEY
    told = pd.DataFrame({"value": values.str.slice(0, LONGEST_SHOWN).array, "reason": reasons.astype("str").array})
    told["currency"] = currency.reindex(reasons.index).array if currency is not None and money else pd.NA
    distinct = alike([told[name] for name in told])
    few = told.iloc[distinct.firsts].astype(object)
    facts = [_facts(column, value, reason, currency=None if pd.isna(code) else code) for value, reason, code in few.itertuples(index=False)]
    found = told.assign(row=reasons.index, column=pd.Series(column.name, index=told.index, dtype="str"), facts=distinct.spread_out(facts))
    return found[list(FAULTS)]


def _facts(column: Column, value: str, reason: str, **more: str | None) -> str:
    facts: dict[str, Any] = {"column": column.name, "value": value, **{name: fact for name, fact in more.items() if fact is not None}}
    if column.minimum is not None:
        facts["minimum"] = column.minimum
    if column.choices is not None:
        facts["choices"] = list(column.choices)
    if reason in NEAREST:
        facts["nearest"] = nearest(value, spellings(column.choices) if column.choices else countries.known())
    return json.dumps(facts, ensure_ascii=False)


def broken_cells(rows: TextRows, places: Mapping[str, int]) -> pd.DataFrame:
    """The faults of cells that hold no text: errors, merged cells, formulas without a value."""
    names = {place: name for name, place in places.items()}
    found = [
        {
            "row": broken.row,
            "column": names[broken.column],
            "value": broken.line,
            "reason": broken.reason,
            "facts": json.dumps({"column": names[broken.column], "value": broken.line}, ensure_ascii=False),
        }
        for broken in rows.broken
        if broken.column in names
    ]
    return pd.DataFrame(found, columns=list(FAULTS))


def once_a_cell(faults: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Faults in order of weight; of one cell only the first is told."""
    told = [each for each in faults if len(each)]
    return pd.concat(told, ignore_index=True).drop_duplicates(["row", "column"], ignore_index=True) if told else no_faults()
