"""The two passes over one file's rows: text that can't be read leaves with its reasons, the rest is converted and proved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from audit.errors import FileFault
from audit.ledger.faults import broken_cells, cell_faults, once_a_cell
from audit.ledger.passes import IDENTIFIERS, Words, text_pass, typed_pass
from audit.normalise import UNDECIDED, Cells, Context, ContradictionError, Decision, Read, columns
from audit.normalise.distinct import distinct, missing
from audit.normalise.text import CHANGES, changes, clean, plain_identifiers
from schemas.table import DTYPES, ORDER_NUMBER, SPREAD, Column, Kind, Table
from schemas.text import Fact, Message

if TYPE_CHECKING:
    from audit.ingest.rows import TextRows

YEAR_AHEAD = timedelta(days=366)
WHOLE = (*IDENTIFIERS, Kind.TEXT, Kind.TIME)
"""Kinds whose cells hardly repeat; the others are read by their distinct cells."""

ORDER_NUMBERS = r"\d+\s*[/\uff0f]\s*\d+"


@dataclass(frozen=True)
class Sieved:
    """The rows of one file for one table.

    ``typed``: every row that can be read, the table's typed columns, indexed by row. ``faults``: one row a reason, FAULTS.
    ``places``: header position of each canonical column. ``ids``: purchase_id and item_id (or sku, brand) of the rows at fault, as far as they stand there.
    ``decisions``: what whole columns decided, for any part of them. ``notes``: what was changed on reading.
    ``newest``: the latest of the times of the whole file, where these rows are a part of it.
    """

    table: Table
    typed: pd.DataFrame
    faults: pd.DataFrame
    ids: pd.DataFrame
    present: frozenset[str]
    places: Mapping[str, int]
    decisions: Mapping[str, Decision]
    notes: tuple[Message, ...] = ()
    newest: str | None = None

    @property
    def latest(self) -> str:
        """The latest of the times of the file, as ISO 8601; blank where there is none."""
        if self.newest is not None:
            return self.newest
        times = [self.typed[name].max() for name in self.table.times]
        return max((moment.isoformat() for moment in times if not pd.isna(moment)), default="")


def sieve(
    rows: TextRows,
    table: Table,
    places: Mapping[str, int],
    *,
    zone: ZoneInfo,
    as_of: datetime,
    told: Mapping[str, Decision] | None = None,
    mended: bool = False,
) -> Sieved:
    """Both passes; ``told``: what a mapping, a preset or the original of a quarantine file says of columns by name.

    Raises FileFault where a column contradicts its own order of dates or decimal sign; one that was ``mended`` cell by cell
    may be of several hands, so there each cell is read as it shows.
    """
    words = _words(_without_broken(rows), table, places)
    context = Context(zone, as_of + YEAR_AHEAD, _currency(words, table))
    known = told or {}
    held = [column for column in table.columns if column.name in words.held]
    decisions = {
        column.name: _decide(rows, column, words, context, told=known.get(column.name, UNDECIDED), mended=mended) for column in held
    }
    read = {column.name: columns.read(words.held[column.name], column, context, decisions[column.name]) for column in held}
    faults = once_a_cell([broken_cells(rows, places), *text_pass(words, table), *_read_faults(words, read, table, context.currency)])
    typed, late = typed_pass(_typed(read, table, words.index), faults, words, table)
    faults = once_a_cell([faults, *late])
    decided = {name: decision for name, decision in decisions.items() if decision != UNDECIDED}
    notes = tuple(_notes(rows, table, places, read))
    return Sieved(table, typed, faults, _ids(words, table, faults), frozenset(words.held), places, decided, notes)


def _without_broken(rows: TextRows) -> TextRows:
    """The rows with the cells blank that can't be used, so that they decide nothing about their column."""
    broken = [fault for fault in rows.broken if fault.column >= 0]
    if not broken:
        return rows
    cells = rows.cells.copy()
    for place in {fault.column for fault in broken} & set(cells.columns):
        cells.loc[cells.index.isin([fault.row for fault in broken if fault.column == place]), place] = ""
    return replace(rows, cells=cells)


def _words(rows: TextRows, table: Table, places: Mapping[str, int]) -> Words:
    """The cleaned cells; of columns whose cells repeat only the distinct ones are cleaned."""
    named = {**table.by_name, ORDER_NUMBER.name: ORDER_NUMBER}
    held = {}
    for name, place in places.items():
        received, native = rows.cells[place], rows.native.get(place)
        if named[name].kind in WHOLE:
            cleaned = clean(received)
            held[name] = Cells(plain_identifiers(cleaned) if named[name].kind in IDENTIFIERS else cleaned, native)
        else:
            apart = distinct(received)
            held[name] = Cells(None, native, apart.changed(clean(apart.cells)))
    return Words(_split_order_numbers(held), rows.cells.index)


def _split_order_numbers(held: Mapping[str, Cells]) -> Mapping[str, Cells]:
    """``purchase/item`` in place of the two ids; without any slash the column holds purchases alone."""
    number = ORDER_NUMBER.name
    if number not in held and "item_id" not in held and "purchase_id" in held:
        cells = held["purchase_id"].text.dropna()
        number = "purchase_id" if len(cells) and cells.str.fullmatch(ORDER_NUMBERS).all() else number
    if number not in held:
        return held
    cells, others = held[number].text, {name: column for name, column in held.items() if name != number}
    if not cells.str.contains("/", regex=False).any():
        return {**others, "purchase_id": held[number]}
    parts = cells.str.split("/", n=1, expand=True).reindex(columns=[0, 1])
    return {**others, **{name: Cells(clean(parts[place].astype("str"))) for place, name in enumerate(("purchase_id", "item_id"))}}


def _currency(words: Words, table: Table) -> pd.Series[str] | None:
    """Each row's currency, against which the signs of its amounts are held."""
    column = table.by_name.get("currency")
    if column is None:
        return None
    if column.name not in words.held:
        return pd.Series(pd.array([column.default], dtype="str").take(np.zeros(len(words.index), dtype=np.intp)), index=words.index)
    context = Context(ZoneInfo("UTC"), datetime.max.replace(tzinfo=UTC))
    return columns.read(words.held[column.name], column, context, UNDECIDED).values.fillna(str(column.default))


def _decide(rows: TextRows, column: Column, words: Words, context: Context, *, told: Decision, mended: bool) -> Decision:
    cells = words.held[column.name]
    try:
        return columns.decide(cells, column, context, told)
    except ContradictionError as error:
        if mended:
            return told
        places = [Message("row {row} {value}", {"row": row, "value": cells.text.get(row)}) for row in error.rows]
        facts: dict[str, Fact] = {"column": column.name, "wrong": Message(error.wrong), "places": places}
        raise FileFault(rows.place, Message("the column {column} {wrong:sentence}: {places:sentences}.", facts), error.remedy) from error


def _read_faults(words: Words, read: Mapping[str, Read], table: Table, currency: pd.Series[str] | None) -> list[pd.DataFrame]:
    """What can't be read, column by column."""
    found = [(table.by_name[name], each.reasons) for name, each in read.items() if len(each.reasons)]
    return [cell_faults(reasons, column, words.shown(column.name, reasons.index), currency=currency) for column, reasons in found]


def _ids(words: Words, table: Table, faults: pd.DataFrame) -> pd.DataFrame:
    """What names the rows that are refused."""
    rows = words.index[words.index.isin(faults["row"].unique())]
    named = [name for name in ("purchase_id", "item_id", "sku", "brand") if name in table.by_name]
    return pd.DataFrame(
        {name: pd.Series(words.held[name].text[rows] if name in words.held else None, index=rows, dtype="str") for name in named},
        index=rows,
    )


def _typed(read: Mapping[str, Read], table: Table, index: pd.Index[int]) -> pd.DataFrame:
    """The typed columns in order, defaults in place of blanks and of columns that the file lacks."""
    made: dict[str, pd.Series[Any]] = {}
    for column in table.columns:
        found = read.get(column.name)
        values = missing(index, DTYPES[column.kind]) if found is None else found.values
        made[column.name] = (values if column.default is None else values.fillna(column.default)).astype(DTYPES[column.kind])
        if column.kind is Kind.TIME:
            spread = None if found is None else found.spread
            made[column.name + SPREAD] = pd.Series(0, index=index, dtype="int32") if spread is None else spread.astype("int32")
    return pd.DataFrame(made, index=index, copy=False)


def _notes(rows: TextRows, table: Table, places: Mapping[str, int], read: Mapping[str, Read]) -> list[Message]:
    """What was changed in the cells of each column on reading them."""
    found: list[tuple[int, str, int]] = []
    for name, place in places.items():
        kind = table.by_name[name].kind if name in table.by_name else ORDER_NUMBER.kind
        if kind in IDENTIFIERS:
            found += [(place, change, count) for change, count in changes(rows.cells[place]).items()]
        if name in read and read[name].blanked:
            found.append((place, "no-date", read[name].blanked))
    return [Message(CHANGES[change], {"file": rows.place, "column": rows.header[place], "count": count}) for place, change, count in found]
