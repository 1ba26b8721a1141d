"""Where two answers differ about an item: counted, with one example of each kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from schemas.table import Kind, fold
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.ingest.webservice.sources import Source
    from schemas.text import Fact

NOT_COMPARED = ("currency", "cancel_reason")
"""Columns that may differ without contradiction: a currency counts with its amount, a reason is free text."""


class Contradiction(NamedTuple):
    """A kind of contradiction: the column, the action that is believed, the other one."""

    column: str
    believed: str
    other: str


@dataclass
class Contradictions:
    """How often each kind occurs, and the facts of its first example."""

    counts: Counter[Contradiction] = field(default_factory=Counter)
    examples: dict[Contradiction, dict[str, Fact]] = field(default_factory=dict)

    def compare(self, column: str, sources: Sequence[Source]) -> None:
        """Remember every source that contradicts the first, which is believed."""
        if column in NOT_COMPARED or column not in TABLES["orders"].by_name:
            return
        for other in sources[1:]:
            if not _same(column, sources[0].told.cells[column], other.told.cells[column]):
                self._remember(column, sources[0], other)

    def _remember(self, column: str, believed: Source, other: Source) -> None:
        found = Contradiction(column, believed.answer.action, other.answer.action)
        self.counts[found] += 1
        facts: dict[str, Fact] = {
            "item": believed.told.cells.get("item_id", ""),
            "value": believed.told.cells[column],
            "file": believed.answer.file,
            "other_value": other.told.cells[column],
            "other_file": other.answer.file,
        }
        self.examples.setdefault(found, facts)


def _same(column: str, one: str, other: str) -> bool:
    if one == other or fold(one) == fold(other):
        return True
    return TABLES["orders"].by_name[column].kind is Kind.MONEY and _amount(one) == _amount(other) is not None


def _amount(text: str) -> tuple[Decimal, str] | None:
    number, _, currency = text.partition(" ")
    try:
        return Decimal(number), currency
    except InvalidOperation:
        return None
