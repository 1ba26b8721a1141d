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
from schemas.text import Message, say_json
from schemas.waivers import WAIVERS

if TYPE_CHECKING:
    import pandas as pd

    from audit.ingest.rows import TextRows


class Lines(NamedTuple):
    """The waivers that can be used (the typed rows of schemas.waivers, with source_file and source_row), and what is wrong with the others."""

    waivers: pd.DataFrame
    notes: tuple[Message, ...]


def read(path: Path, zone: ZoneInfo, as_of: datetime) -> Lines:
    """Read a waivers file, CSV or workbook; raises FileFault where it is none, for then what it decides is not known."""
    try:
        rows = rows_of(path, path.name, any_words=True)[0]
    except NoExportError as error:
        raise FileFault(path.name, "holds no waivers: no line of its beginning is a header.", _columns()) from error
    sieved = sieve(rows, WAIVERS, _places(rows), zone=zone, as_of=as_of)
    good = sieved.typed.assign(source_file=rows.place, source_row=sieved.typed.index)
    return Lines(good.reset_index(drop=True), tuple(_refused(rows, sieved)))


def _columns() -> str:
    return "Its columns are " + ", ".join(column.name for column in WAIVERS.columns) + "."


def _places(rows: TextRows) -> dict[str, int]:
    """Where each column stands; an unknown header is refused, for a waiver that loses a field covers more than was decided."""
    places: dict[str, int] = {}
    for place, header in enumerate(rows.header):
        name = WAIVERS.headers.get(key(header))
        if header.strip() and name is None:
            raise FileFault(
                rows.place, f"has a column {header}, which no waiver has.", nearest(header, [*WAIVERS.by_name, ORDER_NUMBER.name])
            )
        if name in places:
            raise FileFault(rows.place, f"has two columns {name}.", "Delete one of them.")
        if name is not None:
            places[name] = place
    if missing := [name for name in WAIVERS.required if name not in places]:
        raise FileFault(rows.place, f"lacks the column {missing[0]}.", "A waiver has a reason and a last day; " + _columns())
    return places


def _refused(rows: TextRows, sieved: Sieved) -> Iterator[Message]:
    """What is wrong with each line that is refused."""
    for fault in sieved.faults.itertuples():
        reason = REASONS[str(fault.reason)]
        told = {"wrong": say_json(reason.wrong, str(fault.facts)), "remedy": say_json(reason.remedy, str(fault.facts))}
        yield Message("{file}, row {row}: the waiver is refused: {wrong}. {remedy}", {"file": rows.place, "row": int(fault.row), **told})
    for broken in (broken for broken in rows.broken if broken.column < 0):
        reason = REASONS[broken.reason]
        told = {"wrong": reason.wrong.format(expected=len(rows.header), value=broken.line), "remedy": reason.remedy}
        yield Message("{file}, row {row}: the waiver is refused: {wrong}. {remedy}", {"file": rows.place, "row": broken.row, **told})
