"""The two passes over one file's rows: text that can't be read leaves with its reasons, the rest is converted and proved."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from audit.errors import FileFault
from audit.normalise import Cells, Context, ContradictionError, Read, columns
from audit.normalise.text import clean
from schemas.table import DTYPES, ORDER_NUMBER, SPREAD, Column, Kind, Table

if TYPE_CHECKING:
    from audit.ingest.rows import TextRows

FAULTS = ("row", "column", "value", "reason", "facts")
YEAR_AHEAD = timedelta(days=366)

SPREADSHEET_DAMAGE = r"[+-]?\d+([.,]\d+)?[eE]\+?\d+|\d+[.,]0+"
"""What a spreadsheet makes of a long number that it takes for one."""


@dataclass(frozen=True)
class Sieved:
    """The rows of one file for one table.

    ``typed``: every row that can be read, the table's typed columns, indexed by row. ``faults``: one row a reason, FAULTS.
    ``places``: header position of each canonical column. ``ids``: purchase_id and item_id (or sku, brand) of every row, as far as they stand there.
    """

    table: Table
    typed: pd.DataFrame
    faults: pd.DataFrame
    ids: pd.DataFrame
    present: frozenset[str]
    places: Mapping[str, int]


def sieve(
    rows: TextRows, table: Table, places: Mapping[str, int], *, zone: ZoneInfo, as_of: datetime, date_order: str = "", decimal: str = ""
) -> Sieved:
    """Both passes; raises FileFault where a column contradicts its own order of dates or decimal sign, or the one that it is told."""
    received = {name: rows.cells[place] for name, place in places.items()}
    native = {name: rows.native[place] for name, place in places.items() if place in rows.native}
    text = pd.DataFrame({name: clean(cells) for name, cells in received.items()}, index=rows.cells.index)
    text, native = _split_order_numbers(text, native)
    broken = _broken_cells(rows, places)
    unusable = {(fault["row"], fault["column"]) for fault in broken}
    faults = broken + [fault for fault in _text_pass(text, table) if (fault["row"], fault["column"]) not in unusable]
    spoiled = {(fault["row"], fault["column"]) for fault in faults}
    converted: dict[str, pd.Series[Any]] = {}
    context = Context(zone, as_of + YEAR_AHEAD, _currency(text, table), date_order, decimal)
    for column in table.columns:
        read = _read(rows, column, text, native, context)
        converted[column.name] = read.values
        if column.kind is Kind.TIME:
            converted[column.name + SPREAD] = read.spread if read.spread is not None else 0
        faults += [fault for fault in _reasons(column, read, text, context) if (fault["row"], fault["column"]) not in spoiled]
    typed = _typed(pd.DataFrame(converted, index=text.index), table)
    refused = {fault["row"] for fault in faults}
    typed, late = _typed_pass(typed[~typed.index.isin(refused)], table, text)
    ids = text.reindex(columns=[name for name in ("purchase_id", "item_id", "sku", "brand") if name in table.by_name])
    return Sieved(table, typed, pd.DataFrame([*faults, *late], columns=list(FAULTS)), ids, frozenset(text.columns), places)


def _split_order_numbers(text: pd.DataFrame, native: dict[str, pd.Series[bool]]) -> tuple[pd.DataFrame, dict[str, pd.Series[bool]]]:
    """``purchase/item`` in place of the two ids; without any slash the column holds purchases alone."""
    numbers = ORDER_NUMBER.name
    if numbers not in text and "item_id" not in text and "purchase_id" in text:
        cells = text["purchase_id"].dropna()
        if len(cells) and cells.str.fullmatch(r"\d+\s*/\s*\d+").all():
            text = text.rename(columns={"purchase_id": numbers})
    if numbers not in text:
        return text, native
    cells = text[numbers]
    if not cells.str.contains("/", regex=False).any():
        return text.rename(columns={numbers: "purchase_id"}), {("purchase_id" if k == numbers else k): v for k, v in native.items()}
    parts = cells.str.split("/", n=1, expand=True).reindex(columns=[0, 1])
    split = text.drop(columns=numbers).assign(
        purchase_id=clean(parts[0].str.strip().astype("str")), item_id=clean(parts[1].str.strip().astype("str"))
    )
    return split, {name: mask for name, mask in native.items() if name != numbers}


def text_schema(table: Table, present: Sequence[str]) -> pa.DataFrameSchema:
    """The pandera schema of a table's text: what must be filled, and identifiers that a spreadsheet has not damaged."""
    made = {}
    for column in table.columns:
        if column.name in present:
            whole = pa.Check(lambda cells: ~cells.str.fullmatch(SPREADSHEET_DAMAGE), error="damaged-identifier")
            checks = [whole] if column.kind in (Kind.IDENTIFIER, Kind.TRACKING) else []
            made[column.name] = pa.Column("str", checks, nullable=not column.filled)
    return pa.DataFrameSchema(made)


def _text_pass(text: pd.DataFrame, table: Table) -> list[dict[str, Any]]:
    return _failures(text, text_schema(table, list(text.columns)), text, table)


def _typed_pass(typed: pd.DataFrame, table: Table, text: pd.DataFrame) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """Prove what was converted, until nothing fails."""
    faults: list[dict[str, Any]] = []
    while failed := _failures(typed, table.typed_schema, text, table):
        faults += failed
        typed = typed[~typed.index.isin({fault["row"] for fault in failed})]
    return typed, faults


def _failures(frame: pd.DataFrame, schema: pa.DataFrameSchema, text: pd.DataFrame, table: Table) -> list[dict[str, Any]]:
    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        if cases["index"].isna().any():
            raise AssertionError(f"the schema of {table.name} failed as a whole:\n{cases}") from errors
        found = zip(cases["index"], cases["column"], cases["check"], strict=True)
        return [_failure(int(row), str(name), str(check), text, table) for row, name, check in found]
    return []


def _failure(row: int, name: str, check: str, text: pd.DataFrame, table: Table) -> dict[str, Any]:
    reason = "missing" if check == "not_nullable" else check
    return fault(row, table.by_name[name], reason, text)


def fault(row: int, column: Column, reason: str, text: pd.DataFrame, **more: Any) -> dict[str, Any]:
    """One reason of one cell, with the facts that its sentences name."""
    value = text[column.name].get(row) if column.name in text else None
    shown = "" if value is None or pd.isna(value) else str(value)
    facts = {"column": column.name, "value": shown, **more}
    if column.minimum is not None:
        facts["minimum"] = column.minimum
    if column.choices is not None:
        facts["choices"] = list(column.choices)
    return {"row": row, "column": column.name, "value": shown, "reason": reason, "facts": json.dumps(facts, ensure_ascii=False)}


def _reasons(column: Column, read: Read, text: pd.DataFrame, context: Context) -> list[dict[str, Any]]:
    found = read.reasons[read.reasons.notna()]
    currency = context.currency
    more = {row: {"currency": str(currency.get(row))} for row in found.index} if currency is not None and column.kind is Kind.MONEY else {}
    return [fault(int(row), column, str(reason), text, **more.get(row, {})) for row, reason in found.items()]


def _broken_cells(rows: TextRows, places: Mapping[str, int]) -> list[dict[str, Any]]:
    names = {place: name for name, place in places.items()}
    return [
        {
            "row": broken.row,
            "column": names[broken.column],
            "value": broken.line,
            "reason": broken.reason,
            "facts": json.dumps({"column": names[broken.column], "value": broken.line}, ensure_ascii=False),
        }
        for broken in rows.broken
        if broken.column in names
    ]


def _currency(text: pd.DataFrame, table: Table) -> pd.Series[str] | None:
    """Each row's currency, against which the signs of its amounts are held."""
    column = table.by_name.get("currency")
    if column is None:
        return None
    if "currency" not in text:
        return pd.Series(column.default, index=text.index, dtype="str")
    return columns.read(
        Cells(text["currency"], _none(text)), column, Context(ZoneInfo("UTC"), datetime.max.replace(tzinfo=UTC))
    ).values.fillna(str(column.default))


def _read(rows: TextRows, column: Column, text: pd.DataFrame, native: Mapping[str, pd.Series[bool]], context: Context) -> Read:
    cells = Cells(
        text[column.name] if column.name in text else pd.Series(pd.NA, index=text.index, dtype="str"), native.get(column.name, _none(text))
    )
    try:
        return columns.read(cells, column, context)
    except ContradictionError as error:
        places = ", ".join(f"row {row} {cells.text.get(row)}" for row in error.rows)
        raise FileFault(rows.place, f"the column {column.name} {error.wrong}: {places}.", error.remedy) from error


def _none(text: pd.DataFrame) -> pd.Series[bool]:
    return pd.Series(data=False, index=text.index)


def _typed(converted: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The typed columns in order, defaults in place of blanks."""
    kinds = {column.name: DTYPES[column.kind] for column in table.columns}
    for column in table.columns:
        if column.default is not None:
            converted[column.name] = converted[column.name].fillna(column.default)
    return converted[list(table.typed_columns)].astype({name: kinds.get(name, "int32") for name in table.typed_columns})
