"""Inputs that look old, repeated or cut short: said first, for then the findings tell of another night."""

from __future__ import annotations

from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from schemas.text import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from audit.config import Config
    from audit.nights.history import Input
    from audit.tables import Ingested

NIGHTS = 7
"""Runs that tell how many rows are usual."""

USUAL_SHARE = 0.5
"""Share of the usual rows below which an export looks cut short."""

NIGHTLY = ("orders", "shipments")
"""Tables whose exports change every night; the others may well stand still."""


def warnings(ingested: Ingested, before: Sequence[Input], as_of: datetime, config: Config) -> tuple[Message, ...]:
    """What a person should know of tonight's inputs; ``before``: the inputs of the last runs, the latest first."""
    return (*_old(ingested, as_of, config), *_missing(ingested, before), *_repeated(ingested, before), *_shrunken(ingested, before))


def _old(ingested: Ingested, as_of: datetime, config: Config) -> Iterator[Message]:
    orders = ingested.tables["orders"].frame if "orders" in ingested.tables else None
    if orders is None or not len(orders):
        return
    newest = orders["ordered_at"].max().tz_convert(config.zone)
    if as_of - newest > timedelta(hours=config.stale_after):
        facts = {"newest": newest.isoformat(), "allowed": config.stale_after}
        yield Message("The newest order is of {newest:time}; the settings allow {allowed:hours}. Is the export an old one?", facts)


def _missing(ingested: Ingested, before: Sequence[Input]) -> Iterator[Message]:
    held = [table for entry in before if entry.as_of == before[0].as_of for table in entry.held.split(", ")]
    for table in dict.fromkeys(held):
        if table not in ingested.tables:
            facts = {"table": table, "night": before[0].as_of}
            yield Message("No file holds {table:word}, which were there in the run of {night:day}.", facts)


def _repeated(ingested: Ingested, before: Sequence[Input]) -> Iterator[Message]:
    latest = {entry.sha256: entry for entry in reversed(before) if entry.as_of == before[0].as_of}
    for row in ingested.inputs.itertuples():
        if row.sha256 in latest and any(table in NIGHTLY for table in row.table.split(", ")):
            facts = {"file": row.file, "earlier": latest[row.sha256].file, "night": latest[row.sha256].as_of}
            yield Message("{file} holds the same as {earlier} of the run of {night:day}. Was it exported anew?", facts)


def _shrunken(ingested: Ingested, before: Sequence[Input]) -> Iterator[Message]:
    for table in ingested.tables:
        usual = _usual_rows(table, before)
        rows = sum(int(row.rows) for row in ingested.inputs.itertuples() if table in row.table.split(", "))
        if rows < USUAL_SHARE * usual:
            yield Message(
                "The {table:word} hold {rows} rows, less than half of the usual {usual}. Was the export cut short?",
                {"table": table, "rows": rows, "usual": round(usual)},
            )


def _usual_rows(table: str, before: Sequence[Input]) -> float:
    """The median over the last runs that held the table; 0 where none did."""
    by_run: dict[str, int] = {}
    for entry in before:
        if table in entry.held.split(", "):
            by_run[entry.as_of] = by_run.get(entry.as_of, 0) + entry.rows
    return float(median(by_run.values())) if by_run else 0.0
