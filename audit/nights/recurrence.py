"""How often each rule has found something of late: tonight's findings and those of the nights before, by when they occurred."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.history import RECURRING, State
from schemas.shape import prove

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.nights.lifecycle import Memory

SPAN = pd.Timedelta(days=30)
"""As long as the platform looks back for its rates."""


def table(findings: pd.DataFrame, memory: Memory, codes: Iterable[str], as_of: pd.Timestamp) -> pd.DataFrame:
    """How often each rule found something that occurred in the last span and in the one before, as schemas.history.RECURRING declares it."""
    earlier = memory.known[~memory.known["finding_id"].isin(findings["finding_id"])]
    both = pd.concat([findings[["rule", "state", "occurred_at", "first_seen"]], earlier[["rule", "state", "occurred_at", "first_seen"]]])
    counting = both[both["state"] != State.WAIVED]
    age = as_of - counting["occurred_at"].fillna(counting["first_seen"]).fillna(as_of)
    spans = {"times": age < SPAN, "before": (age >= SPAN) & (age < 2 * SPAN)}
    counts = {name: counting.loc[within, "rule"].value_counts() for name, within in spans.items()}
    rows = pd.DataFrame(counts).reindex(list(codes)).fillna(0).rename_axis("rule").reset_index()
    return prove(rows, RECURRING)
