"""Running a user's rule so that it can harm nobody else: on tables of its own, and with its findings proved."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pandas as pd

from audit.catalogue import OWN_FAMILIES
from schemas.findings import Confidence, Severity, Standing
from schemas.letters import write_json
from schemas.text import evidence

if TYPE_CHECKING:
    from audit.books.books import Books
    from audit.rule import Hits, Rule

WORDS = {"severity": Severity, "confidence": Confidence, "standing": Standing}
"""Columns of findings that hold words of closed lists."""


def is_foreign(rule: Rule) -> bool:
    """Whether a rule is a user's own."""
    return rule.family not in OWN_FAMILIES


def apart(books: Books) -> Books:
    """The books with tables of their own: what a rule writes into them, no other sees. The cells are shared until then."""
    own = copy.copy(books)
    vars(own).update({name: _apart(value) for name, value in vars(books).items()})
    return own


def _apart(value: Any) -> Any:
    if isinstance(value, pd.DataFrame | pd.Series):
        return value.copy(deep=False)
    if isinstance(value, dict):
        return {name: _apart(each) for name, each in value.items()}
    if isinstance(value, tuple):
        parts = [_apart(each) for each in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    return value


def prove_told(hits: Hits, rows: pd.DataFrame) -> None:
    """Prove that findings can be shown: their words are known, their sentences and texts can be said; raises what is wrong."""
    if isinstance(hits.not_judged, bool) or not isinstance(hits.not_judged, int):
        raise TypeError(f"not_judged is {hits.not_judged!r}, and must be a whole number")
    for column, words in WORDS.items():
        unknown = sorted(set(rows[column]) - {word.value for word in words})
        if unknown:
            raise ValueError(f"{column} {unknown[0]!r} is none of {', '.join(words)}")
    for template, facts in zip(rows["evidence"], rows["facts"], strict=True):
        evidence(template, facts)
    for name, facts in rows.loc[rows["letter"].notna(), ["letter", "letter_facts"]].itertuples(index=False):
        write_json(name, facts)
