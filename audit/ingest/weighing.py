"""How sure it is that a header means a column: its words and its cells weighed together, with the reasons."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from audit.ingest.likeness import PERSONAL_MARK, SAME, UNDATED, likeness, meaning
from audit.ingest.support import Side, is_telling, support
from schemas.meanings import SETTING_APART
from schemas.table import ORDER_NUMBER, Column, Table, fold
from schemas.text import Message

if TYPE_CHECKING:
    from audit.ingest.profile import Profile

RESEMBLES = 0.6
"""Likeness from which cells that could mean nothing else make a header certain."""

WORTH_SAYING = 0.55
"""Likeness from which a header is proposed where its cells do not contradict."""

BY_CELLS = 0.4
"""Weight of a header that is proposed for its cells alone."""


class How(StrEnum):
    """How a header came to be taken for a column."""

    SPELLED = "spelled"  # exactly a known spelling
    MAPPED = "mapped"  # a mapping or preset says so
    CERTAIN = "certain"  # by likeness
    DOUBTFUL = "doubtful"  # proposed, and not used
    NONE = "none"


class Verdict(NamedTuple):
    """How sure it is that a header means a column, and why."""

    how: How
    score: float = 0.0
    reasons: tuple[Message, ...] = ()

    @property
    def weight(self) -> float:
        """What the best matching counts: a certain header outweighs any doubtful one."""
        return self.score + (1.0 if self.how is How.CERTAIN else 0.0)

    def doubted(self, reason: Message) -> Verdict:
        """The same, but no longer used."""
        return Verdict(How.DOUBTFUL, self.score, (*self.reasons, reason))


NOTHING = Verdict(How.NONE)


def weigh(header: str, table: Table, name: str, profile: Profile | None, ordered: Profile | None, *, by_cells: bool) -> Verdict:
    """The verdict on one header and one column; ``by_cells``: cells that could mean nothing else count without a like header."""
    like = likeness(header, table, name)
    column = ORDER_NUMBER if name == ORDER_NUMBER.name else table.by_name[name]
    if like.score < WORTH_SAYING and not (by_cells and is_telling(column)):
        return NOTHING
    said = meaning(header)
    found = support(column, profile, ordered, unique=_is_unique(table, column))
    if like.apart or (said.personal and found.side is not Side.FOR) or (profile and profile.personal):
        return NOTHING
    reasons = (*_said(header), *((found.reason,) if found.reason else ()))
    if found.side is Side.AGAINST:
        return NOTHING
    if like.score >= SAME or (like.score >= UNDATED and found.side >= Side.FIT) or _resembles(like.score, found.side, header, table, name):
        return Verdict(How.CERTAIN, like.score, reasons)
    if like.score >= WORTH_SAYING:
        return Verdict(How.DOUBTFUL, like.score, reasons)
    return Verdict(How.DOUBTFUL, BY_CELLS, reasons[-1:]) if found.side is Side.FOR else NOTHING


def _is_unique(table: Table, column: Column) -> bool:
    return column.name == table.key[-1] if table.key else False


def _resembles(score: float, side: Side, header: str, table: Table, name: str) -> bool:
    """Cells that could mean nothing else, under a header that says no other thing that is known."""
    from audit.ingest.likeness import meanings

    if score < RESEMBLES or side is not Side.FOR:
        return False
    return any(meaning(header).concepts <= known for known in meanings(table)[name])


def _said(header: str) -> tuple[Message, ...]:
    """What the words of a header were taken for."""
    words = [_taken(header, word, concept.removeprefix(PERSONAL_MARK)) for word, concept in meaning(header).words]
    unknown = [as_written(header, word) for word in meaning(header).unknown]
    told = (Message("{words:sentences}", {"words": words}),) if words else ()
    return (*told, Message("nothing is known of {words:words}", {"words": unknown})) if unknown else told


def _taken(header: str, word: str, concept: str) -> Message:
    return Message("{header} = {concept:word}", {"header": as_written(header, word), "concept": concept})


def as_written(header: str, word: str) -> str:
    """A folded word of a header as it stands there, with its accents and capitals."""
    return next((part for part in re.split(r"[\W_]+", header) if fold(part) == word), word)


def apart(header: str) -> Message | None:
    """Why a header that resembles a column is none."""
    said = [_taken(header, word, concept) for word, concept in meaning(header).words if concept in SETTING_APART]
    return Message("{words:sentences}, which no column speaks of", {"words": said}) if said else None
