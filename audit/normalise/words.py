"""Closed lists and currencies, in the words of three languages; each distinct cell is looked up once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pandas as pd
from rapidfuzz import fuzz, process

from audit.normalise import Cells, Read, first_reasons
from audit.normalise.currencies import meanings
from schemas.choices import FLAG
from schemas.table import fold

TRUTH = {"true": True, "false": False}
NEAR = 80
"""Likeness in percent from which a word is taken for a known one misspelt."""

SHORTEST_NEAR = 4
"""Letters of the shortest word of which that can be told."""

MOST_COMPARED = 1_000
"""Distinct unknown words of a column that are compared; a column with more is not misspelt, it is another column."""


def read_choice(cells: Cells, choices: Mapping[str, tuple[str, ...]]) -> Read:
    """Values of a closed list by any of their spellings; ``unknown-choice`` for others."""
    return looked_up(cells, spellings(choices), "choice")


def read_flag(cells: Cells) -> Read:
    """True or false; ``unknown-choice`` for others."""
    read = read_choice(cells, FLAG)
    return Read(read.values.map(TRUTH).astype("boolean"), read.reasons)


def read_currency(cells: Cells) -> Read:
    """Currencies as ISO 4217; of a sign that several share, the likeliest."""
    return looked_up(cells, {mark: codes[0] for mark, codes in meanings().items()}, "currency")


def looked_up(cells: Cells, known: Mapping[str, str], what: str) -> Read:
    """Each cell's meaning by its folded text; where it has none, ``misspelt-`` or ``unknown-`` before what it should be."""
    return cells.apart.spread_out(_meanings(cells.apart.cells, known, what))


def _meanings(distinct: pd.Series[str], known: Mapping[str, str], what: str) -> Read:
    meant = [known.get(fold(cell)) or known.get(cell.strip().casefold()) for cell in distinct]
    values = pd.Series(meant, index=distinct.index, dtype="str")
    unknown = values.isna()
    near = pd.Series(data=False, index=distinct.index)
    if what != "currency" and 0 < unknown.sum() <= MOST_COMPARED:
        near[unknown] = [nearest(cell, known) is not None for cell in distinct[unknown]]
    return Read(values, first_reasons({f"misspelt-{what}": near, f"unknown-{what}": unknown}))


def nearest(cell: str, known: Mapping[str, str]) -> str | None:
    """What a misspelt cell means, if it is near enough to a known spelling."""
    word = fold(cell)
    if len(word) < SHORTEST_NEAR:
        return None
    found = process.extractOne(word, known.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    return known[found[0]] if found else None


def spellings(choices: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    """Every folded spelling of a closed list with the value that it means."""
    return _spellings(tuple(choices.items()))


@cache
def _spellings(choices: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, str]:
    return {fold(spelling): value for value, others in choices for spelling in (value, *others)}
