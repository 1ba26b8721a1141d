"""What one file says in answer to one action: rows of text for each table, with what was strange about them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from audit.ingest.webservice.charset import MARK
from audit.ingest.webservice.node import Node
from audit.ledger.copies import DATE_IN_NAME
from schemas.table import Kind, fold
from schemas.tables import TABLES

MONTHS = 12
MOMENT = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:-(\d{1,2}:\d{2}))?.*")
NUMBERS = (Kind.MONEY, Kind.NUMBER, Kind.COUNT)
"""Kinds that the platform writes with a decimal point."""

LONGEST_VALUE = 60
"""Characters of a value that a note shows."""


class Told(NamedTuple):
    """What one element says of one row: its number in the file, its cells by column, why some of those can't be used."""

    row: int
    cells: dict[str, str]
    faults: dict[str, str]


class Strange(NamedTuple):
    """A value that is not known: in which element, and what it was taken for ("" for nothing)."""

    element: str
    value: str
    meaning: str


@dataclass(eq=False)
class Answer:
    """All that a file says in answer to one action.

    ``tables``: rows by table. ``numbers``: how many elements each table has had, among them blank ones. ``purchases``: cells that hold for all
    items of a purchase. ``strange``: unknown values, counted. ``latest``: the latest moment named. ``mixed``: whether the file answers other
    actions too. ``asked``, ``following``: tokens of this page and of the next.
    """

    file: str
    action: str
    encoding: str = ""
    sha256: str = ""
    tables: dict[str, list[Told]] = field(default_factory=dict)
    numbers: Counter[str] = field(default_factory=Counter)
    blank: Counter[str] = field(default_factory=Counter)
    purchases: dict[str, dict[str, str]] = field(default_factory=dict)
    strange: Counter[Strange] = field(default_factory=Counter)
    several_barcodes: list[tuple[str, str, str]] = field(default_factory=list)
    unlimited: int = 0
    latest: str = ""
    mixed: bool = False
    asked: set[str] = field(default_factory=set)
    following: set[str] = field(default_factory=set)
    claimed_encoding: str = ""

    @property
    def dated(self) -> str:
        """The date in the file's name; "" where it has none."""
        found = DATE_IN_NAME.search(self.file)
        return "-".join(found.groups()) if found else ""

    def add(self, table: str, cells: Mapping[str, str]) -> Told:
        """Another row of a table; blank cells are left out."""
        self.numbers[table] += 1
        told = Told(self.numbers[table], {}, {})
        for name, text in cells.items():
            if text:
                self._write(told, table, name, text)
        self.tables.setdefault(table, []).append(told)
        return told

    def pass_over(self, table: str) -> None:
        """Count an element that says nothing for a table."""
        self.numbers[table] += 1
        self.blank[table] += 1
        self.tables.setdefault(table, [])

    def _write(self, told: Told, table: str, name: str, text: str) -> None:
        column = TABLES[table].by_name.get(name)
        kind = column.kind if column else None
        if MARK in text:
            text = text.replace(MARK, "\N{REPLACEMENT CHARACTER}")
            told.faults[name] = "undecodable"
        elif kind in NUMBERS and "," in text:
            told.faults[name] = "unreadable-number"
        elif kind is Kind.TIME:
            text = re.sub(r"\s*([/-])\s*", r"\1", text)
            if (found := MOMENT.fullmatch(text)) and int(found[2]) > MONTHS:  # the platform writes the day first
                told.faults[name] = "unreadable-date"
            self.latest = max(self.latest, sortable(text))
        told.cells[name] = text

    def choose(self, element: Node, name: str, known: Mapping[str, str], *, otherwise: str = "", table: str = "", column: str = "") -> str:
        """What an enumeration's value means; one that is not known is remembered, and means what the column's spellings say, or ``otherwise``."""
        value = element.get(name)
        if not value:
            return ""
        if (meaning := known.get(value.upper())) is not None:
            return meaning
        spelled = _spellings(table, column).get(fold(value), "") if table else ""
        if spelled and not known:
            return spelled
        self.strange[Strange(name, value[:LONGEST_VALUE].replace(MARK, "\N{REPLACEMENT CHARACTER}"), spelled or otherwise)] += 1
        return spelled or otherwise


@cache
def _spellings(table: str, column: str) -> Mapping[str, str]:
    choices = TABLES[table].by_name[column].choices or {}
    return {fold(word): value for value, words in choices.items() for word in (value, *words)}


def sortable(moment: str) -> str:
    """A moment of the platform, such as 14/12/2014-04:56, with its year first; "" where it is none."""
    found = MOMENT.fullmatch(moment)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}T{(found[4] or '').rjust(5, '0')}" if found else ""


def money(element: Node, *path: str) -> str:
    """An amount with its currency, such as ``120.9 EUR``; "" where there is none."""
    amount = element.get(*path, "amount")
    return f"{amount} {element.get(*path, 'currency')}".strip() if amount else ""


def currency(element: Node, *path: str) -> str:
    """The currency of an amount, in capitals."""
    return element.get(*path, "currency").upper()


def country(element: Node, *path: str, addresses: tuple[str, ...]) -> str:
    """The country of the first address that is there, by its code or else its name."""
    places = [place for name in addresses if (place := element.first(*path, name))]
    told = [text for place in places for text in (place.get("countryalpha2"), place.get("country")) if text]
    return told[0] if told else ""
