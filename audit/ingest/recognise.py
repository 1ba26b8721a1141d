"""Which table a header belongs to, and which column each of its cells means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from schemas.table import ORDER_NUMBER, Table, fold
from schemas.tables import TABLES

NEAR = 3
"""Known headers from which a file is taken for a table that lacks something, rather than for no export."""

IDS = ("purchase_id", "item_id")
ORDERED_ONLY = ("shipping_mode",)
"""Columns that belong to the orders alone where one file feeds orders and shipments."""


class Recognised(NamedTuple):
    """A table that a header holds: ``columns``, canonical name to header position; ``missing``, required ones that it lacks."""

    table: Table
    columns: Mapping[str, int]
    missing: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing that is required is missing."""
        return not self.missing


class RepeatedHeaderError(Exception):
    """Two headers of a file mean the same column."""

    def __init__(self, column: str, headers: tuple[str, str]) -> None:
        self.column = column
        self.headers = headers
        super().__init__(f"the headers {headers[0]!r} and {headers[1]!r} both mean {column}")


def header_score(cells: Sequence[str]) -> int:
    """How many cells of a line are known headers of one table; 0 unless the line looks like a header."""
    folded = [fold(cell) for cell in cells if cell.strip()]
    best = max((sum(cell in table.headers for cell in folded) for table in TABLES.values()), default=0)
    return best if best >= min(2, len(folded)) and len(set(folded)) > 1 else 0


def recognise(header: Sequence[str], named: str | None = None) -> list[Recognised]:
    """The tables that a header holds whole, orders first; ``named``: the one table that a person said it is.

    A file may feed orders and shipments. Where none is whole, the nearest ones are returned with what they lack.
    """
    tables = [TABLES[named]] if named else list(TABLES.values())
    found = [_match(table, header) for table in tables]
    if named:
        return found
    whole = [match for match in found if match.whole and _distinct(match)]
    if whole:
        return _apart(whole)
    near = [match for match in found if len(match.columns) >= NEAR and _distinct(match)]
    return sorted(near, key=lambda match: (len(match.missing), -len(match.columns)))[:1]


def _match(table: Table, header: Sequence[str]) -> Recognised:
    columns: dict[str, int] = {}
    for place, cell in enumerate(header):
        name = table.headers.get(fold(cell)) if cell.strip() else None
        if name is None:
            continue
        if name in columns:
            raise RepeatedHeaderError(name, (header[columns[name]], cell))
        columns[name] = place
    required = [name for name in table.required if name not in columns]
    if ORDER_NUMBER.name in columns:
        required = [name for name in required if name not in IDS]
    return Recognised(table, columns, tuple(required))


def _distinct(match: Recognised) -> bool:
    return any(name in match.columns for name in match.table.distinctive)


def _apart(whole: list[Recognised]) -> list[Recognised]:
    """The most telling table first; a second one only where a file may feed both orders and shipments."""
    names = {match.table.name for match in whole}
    if {"orders", "shipments"} <= names:
        orders = next(match for match in whole if match.table.name == "orders")
        shipments = next(match for match in whole if match.table.name == "shipments")
        shared = set(orders.columns.values())
        own = {
            name: place
            for name, place in shipments.columns.items()
            if name in (*IDS, ORDER_NUMBER.name, "ship_from") or place not in shared or name not in ORDERED_ONLY
        }
        return [orders, shipments._replace(columns=own)]
    return [max(whole, key=lambda match: (len(match.columns), match.table.name == "orders"))]
