"""Rows of several files of which many may have been read alike: each with what tells it from those that were not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from audit.normalise.alike import alike
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audit.ledger.part import Part

Likeness = tuple[tuple[str, int], ...]
"""By table what a row was read as: a number that stands for all its cells; nothing where the row can't be read."""


def likenesses(parts: Sequence[Part]) -> Mapping[Part, Mapping[int, Likeness]]:
    """For every row of some files what it was read as; the same for two rows if and only if they were read alike."""
    found: dict[Part, dict[int, Likeness]] = {part: dict.fromkeys(part.rows.cells.index.tolist(), ()) for part in parts}
    for name in TABLES:
        fed = [(part, sieved.typed) for part in parts if (sieved := part.sieved_for(name)) is not None]
        together = pd.concat([typed for _, typed in fed], ignore_index=True) if fed else pd.DataFrame()
        places = iter(alike([together[column] for column in together]).places.tolist() if len(together) else ())
        for part, typed in fed:
            for row, place in zip(typed.index.tolist(), places, strict=False):
                found[part][row] = (*found[part][row], (name, place))
    return found
