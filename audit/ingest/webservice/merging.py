"""What several answers say of one item becomes one row, field by field; what they say of one claim, the newest row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from audit.ingest.webservice import names
from audit.ingest.webservice.answer import Answer, Told
from audit.ingest.webservice.contradictions import Contradictions
from audit.ingest.webservice.iteminfos import SHIPPED
from audit.ingest.webservice.sources import Source, by_belief, grouped, homes, newest
from schemas.tables import TABLES

Place = tuple[Answer, str]
"""An answer and one of the tables that it feeds."""


@dataclass
class Merged:
    """The rows of some answers.

    ``rows``: by answer and table. ``counts``: how many of an answer's rows went into another's. ``unsaid``: accepted items of which nobody says
    whether they are shipped, where somebody says that others are.
    """

    rows: dict[Place, list[Told]] = field(default_factory=dict)
    counts: Counter[Place] = field(default_factory=Counter)
    contradictions: Contradictions = field(default_factory=Contradictions)
    unsaid: int = 0

    def keep(self, source: Source, table: str, told: Told) -> None:
        """A row stays its answer's own."""
        self.rows.setdefault((source.answer, table), []).append(told)

    def give_up(self, source: Source, table: str) -> None:
        """A row went into another answer's."""
        self.counts[source.answer, table] += 1


def merge(answers: Sequence[Answer]) -> Merged:
    """Every answer's rows: one for each item and claim; two where nothing decides between two answers of one age."""
    merged = Merged()
    for answer in answers:
        merged.rows |= {(answer, table): list(rows) for table, rows in answer.tables.items() if table not in ("orders", "claims")}
    for sources in grouped(answers, "orders", "item_id"):
        _merge_item(sources, merged)
    for sources in grouped(answers, "claims", "claim_id"):
        _keep_newest(sources, merged)
    items = [row for (_, table), rows in merged.rows.items() if table == "orders" for row in rows]
    _fill_from_purchases(items, answers)
    _name_purchases(items, merged)
    merged.unsaid = _judge_shipped(items)
    return merged


def _merge_item(sources: Sequence[Source], merged: Merged) -> None:
    stay = homes(sources)
    others = [source for source in sources if not any(source.told is home.told for home in stay)]
    for home in stay:
        merged.keep(home, "orders", _merged(home, others, merged.contradictions))
    for other in others:
        merged.give_up(other, "orders")


def _keep_newest(sources: Sequence[Source], merged: Merged) -> None:
    stay = newest(sources)
    for source in sources:
        if any(source.told is home.told for home in stay):
            merged.keep(source, "claims", source.told)
        else:
            merged.give_up(source, "claims")


def _merged(home: Source, others: Sequence[Source], contradictions: Contradictions) -> Told:
    told = Told(home.told.row, {}, {})
    for column in (*TABLES["orders"].by_name, SHIPPED):
        sources = [source for source in by_belief(column, home, others) if column in source.told.cells]
        if column == "status":
            sources = _outdated_last(sources, [home, *others])
        if not sources:
            continue
        best = sources[0].told
        told.cells[column] = best.cells[column]
        if column in best.faults:
            told.faults[column] = best.faults[column]
        contradictions.compare(column, sources)
    if told.cells.get("status") == "to_confirm" and _is_accepted([home, *others]):
        told.cells["status"] = "confirmed"
    return told


def _outdated_last(sources: Sequence[Source], every: Sequence[Source]) -> list[Source]:
    """Statuses that the item's log or the seller's own act has overtaken come last: no sale goes back."""
    accepted, ended = _is_accepted(every), _is_ended(every)
    return sorted(sources, key=lambda source: _is_outdated(source.told.cells["status"], accepted=accepted, ended=ended))


def _is_outdated(status: str, *, accepted: bool, ended: bool) -> bool:
    return (ended and status != "cancelled") or (accepted and status == "to_confirm")


def _is_accepted(sources: Sequence[Source]) -> bool:
    """Whether the item's log or the seller's acceptance shows that the sale is confirmed."""
    return any("confirmed_at" in told.cells or (answer.action == names.ACCEPT and "status" in told.cells) for answer, told in sources)


def _is_ended(sources: Sequence[Source]) -> bool:
    """Whether the item's log or the seller's cancelling shows that the sale is cancelled."""
    return any("cancelled_at" in told.cells or (answer.action == names.CANCEL and "status" in told.cells) for answer, told in sources)


def _fill_from_purchases(items: Sequence[Told], answers: Sequence[Answer]) -> None:
    """What a whole purchase's answer says, where no answer about the item itself says it."""
    shared: dict[str, Mapping[str, str]] = {purchase: cells for answer in answers for purchase, cells in answer.purchases.items()}
    for row in items:
        for column, text in shared.get(row.cells.get("purchase_id", ""), {}).items():
            if text:
                row.cells.setdefault(column, text)


def _name_purchases(items: Sequence[Told], merged: Merged) -> None:
    """Claims and messages name their item alone; its sale names the purchase."""
    known = {row.cells["item_id"]: row.cells["purchase_id"] for row in items if {"item_id", "purchase_id"} <= row.cells.keys()}
    for (_, table), rows in merged.rows.items():
        for row in rows if table in ("claims", "messages") else ():
            if (purchase := known.get(row.cells.get("item_id", ""))) is not None:
                row.cells.setdefault("purchase_id", purchase)


def _judge_shipped(items: Sequence[Told]) -> int:
    """Accepted items that are shipped become so; how many are unsaid.

    One item that is said to be shipped makes all others count as waiting: so the word is taken only where it is there for every accepted item.
    """
    accepted = [row for row in items if row.cells.get("status") == "confirmed"]
    said = [row for row in accepted if SHIPPED in row.cells]
    shipped = [row for row in said if row.cells[SHIPPED] == "1"]
    if len(said) < len(accepted):
        return len(accepted) - len(said) if shipped else 0
    for row in shipped:
        row.cells["status"] = "shipped"
    return 0
