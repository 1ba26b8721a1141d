"""The two passes over one file's rows: text that can't be read leaves with its reasons, the rest is converted and proved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd

from audit.errors import FileFault
from audit.ledger.faults import broken_cells, cell_faults, once_a_cell
from audit.normalise import UNDECIDED, Cells, Context, ContradictionError, Decision, Read, columns
from audit.normalise.distinct import Distinct, distinct
from audit.normalise.identifiers import SPREADSHEET_DAMAGE
from audit.normalise.text import CHANGES, changes, clean, plain_identifiers
from schemas.proving import SchemaErrors, pa
from schemas.table import DTYPES, ORDER_NUMBER, SPREAD, Column, Kind, Table
from schemas.text import Message

if TYPE_CHECKING:
    from audit.ingest.rows import TextRows

YEAR_AHEAD = timedelta(days=366)
IDENTIFIERS = (Kind.IDENTIFIER, Kind.TRACKING)
WHOLE = (*IDENTIFIERS, Kind.TEXT)
"""Kinds whose cells hardly repeat; the others are read by their distinct cells."""

ORDER_NUMBERS = r"\d+\s*[/\uff0f]\s*\d+"


@dataclass(frozen=True)
class Sieved:
    """The rows of one file for one table.

    ``typed``: every row that can be read, the table's typed columns, indexed by row. ``faults``: one row a reason, FAULTS.
    ``places``: header position of each canonical column. ``ids``: purchase_id and item_id (or sku, brand) of every row, as far as they stand there.
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


@dataclass(frozen=True)
class _Words:
    """A file's columns by canonical name: cleaned text, which cells were numbers in a workbook, and columns taken apart."""

    text: pd.DataFrame
    native: Mapping[str, pd.Series[bool]]
    apart: Mapping[str, Distinct]

    def cells(self, name: str) -> Cells:
        """The cells of a column; all missing where the file lacks it."""
        text = self.text[name] if name in self.text else pd.Series(pd.NA, index=self.text.index, dtype="str")
        return Cells(text, self.native.get(name), self.apart.get(name))


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
    held = [column for column in table.columns if column.name in words.text]
    decisions = {
        column.name: _decide(rows, column, words, context, told=known.get(column.name, UNDECIDED), mended=mended) for column in held
    }
    read = {column.name: columns.read(words.cells(column.name), column, context, decisions[column.name]) for column in held}
    faults = once_a_cell(
        [
            broken_cells(rows, places),
            _text_pass(words.text, table),
            *(cell_faults(read[column.name].reasons, column, words.text, currency=context.currency) for column in held),
        ]
    )
    typed = _typed(read, table, words.text.index)
    typed, late = _typed_pass(typed[~typed.index.isin(faults["row"].unique())], table, words.text)
    ids = words.text.reindex(columns=[name for name in ("purchase_id", "item_id", "sku", "brand") if name in table.by_name])
    present = frozenset(words.text.columns)
    decided = {name: decision for name, decision in decisions.items() if decision != UNDECIDED}
    return Sieved(table, typed, once_a_cell([faults, *late]), ids, present, places, decided, tuple(_notes(rows, table, places, read)))


def _without_broken(rows: TextRows) -> TextRows:
    """The rows with the cells blank that can't be used, so that they decide nothing about their column."""
    broken = [fault for fault in rows.broken if fault.column >= 0]
    if not broken:
        return rows
    cells = rows.cells.copy()
    for place in {fault.column for fault in broken} & set(cells.columns):
        cells.loc[cells.index.isin([fault.row for fault in broken if fault.column == place]), place] = ""
    return replace(rows, cells=cells)


def _words(rows: TextRows, table: Table, places: Mapping[str, int]) -> _Words:
    named = {**table.by_name, ORDER_NUMBER.name: ORDER_NUMBER}
    apart = {
        name: (found := distinct(rows.cells[place])).changed(clean(found.cells))
        for name, place in places.items()
        if named[name].kind not in WHOLE
    }
    text = {name: apart[name].text if name in apart else clean(rows.cells[place]) for name, place in places.items()}
    text |= {name: plain_identifiers(text[name]) for name in places if named[name].kind in IDENTIFIERS}
    native = {name: rows.native[place] for name, place in places.items() if place in rows.native}
    text, native = _split_order_numbers(pd.DataFrame(text, index=rows.cells.index), native)
    return _Words(text, native, apart)


def _split_order_numbers(text: pd.DataFrame, native: dict[str, pd.Series[bool]]) -> tuple[pd.DataFrame, dict[str, pd.Series[bool]]]:
    """``purchase/item`` in place of the two ids; without any slash the column holds purchases alone."""
    numbers = ORDER_NUMBER.name
    if numbers not in text and "item_id" not in text and "purchase_id" in text:
        cells = text["purchase_id"].dropna()
        if len(cells) and cells.str.fullmatch(ORDER_NUMBERS).all():
            text = text.rename(columns={"purchase_id": numbers})
    if numbers not in text:
        return text, native
    cells = text[numbers]
    if not cells.str.contains("/", regex=False).any():
        return text.rename(columns={numbers: "purchase_id"}), {
            ("purchase_id" if name == numbers else name): mask for name, mask in native.items()
        }
    parts = cells.str.split("/", n=1, expand=True).reindex(columns=[0, 1])
    split = text.drop(columns=numbers).assign(purchase_id=clean(parts[0].astype("str")), item_id=clean(parts[1].astype("str")))
    return split, {name: mask for name, mask in native.items() if name != numbers}


def text_schema(table: Table, present: Sequence[str]) -> pa.DataFrameSchema:
    """The pandera schema of a table's text: what must be filled, and identifiers that a spreadsheet has not damaged."""
    made = {}
    for column in table.columns:
        if column.name in present and (column.kind in IDENTIFIERS or column.filled):
            whole = pa.Check(lambda cells: ~cells.str.fullmatch(SPREADSHEET_DAMAGE), error="damaged-identifier")
            made[column.name] = pa.Column("str", [whole] if column.kind in IDENTIFIERS else [], nullable=not column.filled)
    return pa.DataFrameSchema(made)


def _text_pass(text: pd.DataFrame, table: Table) -> pd.DataFrame:
    return once_a_cell(_failures(text, text_schema(table, list(text.columns)), text, table))


def _typed_pass(typed: pd.DataFrame, table: Table, text: pd.DataFrame) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """Prove what was converted; columns in which something fails are proved again without those rows, until nothing does."""
    faults: list[pd.DataFrame] = []
    schema, left = table.typed_schema, typed
    while failed := _failures(left, schema, text, table):
        faults += failed
        columns_ = [str(each["column"].iloc[0]) for each in failed]
        schema = pa.DataFrameSchema({name: table.typed_schema.columns[name] for name in columns_})
        left = typed.loc[~typed.index.isin(pd.concat(faults)["row"].unique()), columns_]
    return (typed[typed.index.isin(left.index)] if faults else typed), faults


def _failures(frame: pd.DataFrame, schema: pa.DataFrameSchema, text: pd.DataFrame, table: Table) -> list[pd.DataFrame]:
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        if cases["index"].isna().any():
            raise AssertionError(f"the schema of {table.name} failed as a whole:\n{cases}") from errors
        cases = cases.drop_duplicates(["index", "column"]).replace({"check": {"not_nullable": "missing"}})
        return [
            cell_faults(pd.Series(failed["check"].to_numpy(), index=failed["index"].astype("int64")), table.by_name[str(name)], text)
            for name, failed in cases.groupby("column", sort=False)
        ]
    return []


def _currency(words: _Words, table: Table) -> pd.Series[str] | None:
    """Each row's currency, against which the signs of its amounts are held."""
    column = table.by_name.get("currency")
    if column is None:
        return None
    context = Context(ZoneInfo("UTC"), datetime.max.replace(tzinfo=UTC))
    return columns.read(words.cells("currency"), column, context, UNDECIDED).values.fillna(str(column.default))


def _decide(rows: TextRows, column: Column, words: _Words, context: Context, *, told: Decision, mended: bool) -> Decision:
    cells = words.cells(column.name)
    try:
        return columns.decide(cells, column, context, told)
    except ContradictionError as error:
        if mended:
            return told
        places = ", ".join(f"row {row} {cells.text.get(row)}" for row in error.rows)
        raise FileFault(rows.place, f"the column {column.name} {error.wrong}: {places}.", error.remedy) from error


def _typed(read: Mapping[str, Read], table: Table, index: pd.Index[int]) -> pd.DataFrame:
    """The typed columns in order, defaults in place of blanks and of columns that the file lacks."""
    made: dict[str, Any] = {}
    for column in table.columns:
        found = read.get(column.name)
        values = pd.Series(pd.NA, index=index, dtype="object") if found is None else found.values
        made[column.name] = (values if column.default is None else values.fillna(column.default)).astype(DTYPES[column.kind])
        if column.kind is Kind.TIME:
            made[column.name + SPREAD] = 0 if found is None else found.spread
    return pd.DataFrame(made, index=index).astype({column.name + SPREAD: "int32" for column in table.columns if column.kind is Kind.TIME})


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
