"""Leading zeros that a spreadsheet took from identifiers while their rows were mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from audit.ledger.faults import cell_faults
from audit.normalise.text import clean, plain_identifiers
from schemas.table import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from audit.ledger.part import Part
    from audit.ledger.sieve import Sieved
    from audit.normalise.raw import Mask
    from schemas.table import Column

REASON = "damaged-identifier"


def refuse_lost_zeros(mended: Part, original: Part, rows: Collection[tuple[int, int]]) -> None:
    """A number whose only change is that its leading zeros are gone went through a spreadsheet, not through a person.

    ``rows``: pairs of a mended row and the one that it replaces; a line that was not split has no cells to compare.
    """
    pairs = [(own, old) for own, old in rows if own not in mended.lines and old not in original.lines]
    if not pairs:
        return
    own, old = ([*numbers] for numbers in zip(*pairs, strict=True))
    after, before = mended.rows.received(own).loc[own], original.rows.received(old).loc[old]
    for sieved in mended.sieved:
        for column, now, then in _identifiers(sieved, original.sieved_for(sieved.table.name)):
            lost = _lost(_plain(before[then]), texts := _plain(after[now]))
            reasons = pd.Series(REASON, index=texts.index[lost], dtype="str")
            if len(reasons):
                mended.add_faults(cell_faults(reasons, column, texts[lost]), sieved.table.name)


def _identifiers(sieved: Sieved, before: Sieved | None) -> Iterator[tuple[Column, int, int]]:
    """Each identifier that two files hold, and where it stands in either."""
    for name, place in sieved.places.items():
        column = sieved.table.by_name.get(name)
        if before and column and name in before.places and column.kind in (Kind.IDENTIFIER, Kind.TRACKING):
            yield column, place, before.places[name]


def _plain(received: pd.Series[str]) -> pd.Series[str]:
    return plain_identifiers(clean(received)).fillna("")


def _lost(before: pd.Series[str], after: pd.Series[str]) -> Mask:
    """Which cells are, but for zeros before them, what they were."""
    then, now = before.array, after.array
    lost: Mask = (before.str.lstrip("0").array == now) & (then != now)
    return np.asarray(lost, dtype=np.bool_)
