"""Rows about some purchases, or about what stands under a number of its own: what findings and earlier nights speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from audit.books.columns import among
from audit.engines.keys import BY_OWN_KEY, PURCHASE

if TYPE_CHECKING:
    from audit.tables import Accepted


def only(table: Accepted, name: str, purchases: frozenset[str] | None, subjects: frozenset[str]) -> Accepted:
    """The rows of a table about some purchases, or about some subjects by its own key."""
    mask = about(table.frame, purchases)
    for key, values in own_keys(name, subjects).items():
        mask |= table.frame[key].isin(values)
    return table._replace(frame=table.frame[mask], quarantined=table.quarantined[about(table.quarantined, purchases)])


def about(rows: pd.DataFrame, purchases: frozenset[str] | None) -> pd.Series[bool]:
    """Which rows are about some purchases; all of them where none are named."""
    if purchases is None:
        return pd.Series(data=True, index=rows.index)
    return among(rows[PURCHASE], pd.Series(list(purchases), dtype="str"))


def own_keys(name: str, subjects: frozenset[str]) -> dict[str, list[str]]:
    """By the own key of a table, where it has one, the values that some subjects name."""
    kind = name.removesuffix("s") + ":"
    return {BY_OWN_KEY[name]: [each.removeprefix(kind) for each in subjects if each.startswith(kind)]} if name in BY_OWN_KEY else {}
