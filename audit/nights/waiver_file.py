"""A waivers file read: each line that can be used, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from audit.errors import FileFault, nearest
from audit.ingest.files import NoExportError, rows_of
from audit.ingest.likeness import key
from audit.ledger.sieve import Sieved, sieve
from schemas.reasons import REASONS
from schemas.table import ORDER_NUMBER
from schemas.text import Fact, Message, recalled
from schemas.waivers import WAIVERS

if TYPE_CHECKING:
    import pandas as pd

    from audit.ingest.rows import TextRows


REFUSED = "{file}, row {row}: the waiver is refused: {wrong:sentence}. {remedy:sentence}"


class Lines(NamedTuple):
    """The waivers that can be used (the typed rows of schemas.waivers, with source_file and source_row), and what is wrong with the others."""

    waivers: pd.DataFrame
    notes: tuple[Message, ...]


def read(path: Path, zone: ZoneInfo, as_of: datetime) -> Lines:
    """Read a waivers file, CSV or workbook; raises FileFault where it is none, for then what it decides is not known."""
    try:
        rows = rows_of(path, path.name, any_words=True)[0]
    except NoExportError as error:
        remedy = Message("Its columns are {columns:words}.", {"columns": _columns()})
        raise FileFault(path.name, "holds no waivers: no line of its beginning is a header.", remedy) from error
    sieved = sieve(rows, WAIVERS, _places(rows), zone=zone, as_of=as_of)
    good = sieved.typed.assign(source_file=rows.place, source_row=sieved.typed.index)
    return Lines(good.reset_index(drop=True), tuple(_refused(rows, sieved)))


def _columns() -> list[str]:
    return [column.name for column in WAIVERS.columns]


def _places(rows: TextRows) -> dict[str, int]:
    """Where each column stands; an unknown header is refused, for a waiver that loses a field covers more than was decided."""
    places: dict[str, int] = {}
    for place, header in enumerate(rows.header):
        name = WAIVERS.headers.get(key(header))
        if header.strip() and name is None:
            wrong = Message("has a column {header}, which no waiver has.", {"header": header})
            raise FileFault(rows.place, wrong, nearest(header, [*WAIVERS.by_name, ORDER_NUMBER.name]))
        if name in places:
            raise FileFault(rows.place, Message("has two columns {name}.", {"name": name}), "Delete one of them.")
        if name is not None:
            places[name] = place
    if missing := [name for name in WAIVERS.required if name not in places]:
        remedy = Message("A waiver has a reason and a last day; its columns are {columns:words}.", {"columns": _columns()})
        raise FileFault(rows.place, Message("lacks the column {column}.", {"column": missing[0]}), remedy)
    return places


def _refused(rows: TextRows, sieved: Sieved) -> Iterator[Message]:
    """What is wrong with each line that is refused."""
    for fault in sieved.faults.itertuples():
        reason = REASONS[str(fault.reason)]
        told = {"wrong": recalled(reason.wrong, str(fault.facts)), "remedy": recalled(reason.remedy, str(fault.facts))}
        yield Message(REFUSED, {"file": rows.place, "row": int(fault.row), **told})
    for broken in (broken for broken in rows.broken if broken.column < 0):
        reason = REASONS[broken.reason]
        facts: dict[str, Fact] = {"expected": len(rows.header), "value": broken.line}
        told = {"wrong": Message(reason.wrong, facts), "remedy": Message(reason.remedy, facts)}
        yield Message(REFUSED, {"file": rows.place, "row": broken.row, **told})
