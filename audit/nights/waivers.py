"""Waivers: which findings somebody has decided to live with, and which decisions are spent, unused or at odds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from audit.books.clock import moments
from audit.errors import ConfigFault
from schemas.history import State
from schemas.table import fold
from schemas.text import Fact, Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.catalogue import Catalogue
    from audit.config import Config

SCOPE = ("rule", "purchase_id", "item_id", "sku", "brand")
"""Fields that say what is waived; all that are given must match."""


ENDED = "{file}, row {row}: the waiver has ended on {until:day}; {count} finding that it covered counts again."
ENDED_MANY = "{file}, row {row}: the waiver has ended on {until:day}; {count} findings that it covered count again."


class Waived(NamedTuple):
    """The findings, those that a waiver covers with the state waived; and what should be said of the waivers tonight."""

    findings: pd.DataFrame
    notes: tuple[Message, ...]


def apply(findings: pd.DataFrame, waivers: pd.DataFrame, as_of: pd.Timestamp, config: Config) -> Waived:
    """Mark the findings that a waiver covers; ``waivers``: the typed rows of schemas.waivers with source_file and source_row."""
    notes: list[Message] = list(_at_odds(waivers))
    covered = pd.Series(data=False, index=findings.index)
    ended = moments(waivers, "until").latest <= as_of
    for label, waiver in waivers.iterrows():
        place: dict[str, Fact] = {"file": str(waiver["source_file"]), "row": int(waiver["source_row"])}
        if wrong := list(_unknown(waiver, place, config.catalogue)):
            notes += wrong
            continue
        hit = covers(waiver, findings, config.catalogue)
        if ended[label]:
            until = waiver["until"].tz_convert(config.zone).isoformat()
            notes.append(Message(ENDED, {**place, "until": until, "count": int(hit.sum())}, plural=ENDED_MANY))
        elif not hit.any():
            notes.append(Message("{file}, row {row}: the waiver covers no finding tonight.", place))
        else:
            covered |= hit
    return Waived(findings.assign(state=findings["state"].mask(covered, State.WAIVED.value)), tuple(notes))


def covers(waiver: pd.Series, findings: pd.DataFrame, catalogue: Catalogue) -> pd.Series[bool]:
    """Which findings a waiver is about: every field that it gives matches."""
    hit = pd.Series(data=True, index=findings.index)
    for name in SCOPE:
        value = waiver[name]
        if pd.isna(value):
            continue
        if name == "rule":
            hit &= findings["rule"].str.startswith(_code(str(value), catalogue))
        elif name == "brand":
            hit &= findings["brand"].map(fold, na_action="ignore") == fold(str(value))
        else:
            hit &= findings[name] == value
    return hit.fillna(value=False).astype(bool)


def _code(rule: str, catalogue: Catalogue) -> str:
    """The code, or beginning of codes, that a waiver's rule means: a rule's name is its code."""
    try:
        return catalogue.find(rule).code
    except ConfigFault:
        return rule.upper()


def _unknown(waiver: pd.Series, place: dict[str, Fact], catalogue: Catalogue) -> Sequence[Message]:
    """What is wrong with a waiver's scope: it names nothing, or a rule that there is none of."""
    if waiver[list(SCOPE)].isna().all():
        return [Message("{file}, row {row}: the waiver names nothing; it would cover everything, and covers nothing.", place)]
    rule = waiver["rule"]
    if pd.notna(rule) and not any(code.startswith(_code(str(rule), catalogue)) for code in catalogue.by_code):
        return [Message("{file}, row {row}: the waiver names the rule {rule}, which there is not.", {**place, "rule": str(rule)})]
    return []


def _at_odds(waivers: pd.DataFrame) -> Sequence[Message]:
    """Waivers that cover the same for different reasons or until different days."""
    rows = waivers.assign(**{name: waivers[name].fillna("") for name in SCOPE})
    told = []
    for _, same in rows.groupby(list(SCOPE), sort=True):
        if len(same[["reason", "until"]].drop_duplicates()) > 1:
            places = [f"{row.source_file}, row {row.source_row}" for row in same.itertuples()]
            told.append(
                Message(
                    "These waivers cover the same and contradict each other; the one that ends last counts: {places:words}.",
                    {"places": places},
                )
            )
    return told
