"""What a mapping or a preset says of a file: which header is which column, and how its values are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from audit.ingest.likeness import key
from schemas.table import Table

DATE_ORDERS = ("day-first", "month-first")
DECIMALS = (",", ".")
LINE_HEADER = "Line within order"
"""Header of the column that numbers the lines of one order, where a source has no number of its own for them."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a kind of file is read.

    ``columns``: each column, alone or as ``table.column``, with the headers that may hold it; the first that is there and filled is it.
    ``left``: headers that are taken for nothing. ``signature``: headers by which a file is known, each with its variants.
    ``dates``: "unix-seconds", "utc" (times without a zone), or the pattern of dates that no reader knows by itself, such as ``%b-%d-%y``.
    ``constants``: columns that hold one value. ``line_totals``: amounts that are divided by another column. ``known_only``: closed lists
    whose foreign words mean nothing. ``currency_sign``: the amount whose sign tells the currency. ``words``: values by column and foreign word.
    ``joined``: columns made of several headers. ``fill_down``: the header within which blank cells of the ``filled`` ones repeat those of the line above.
    ``numbered``: the header within which lines are numbered to make an item_id. ``preset``: the one that a mapping adds to. ``footers``: how lines begin that are no rows.
    """

    name: str
    file: str = ""
    about: str = ""
    tables: tuple[str, ...] = ()
    signature: tuple[tuple[str, ...], ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    date_order: str = ""
    decimal: str = ""
    dates: str = ""
    constants: Mapping[str, str] = field(default_factory=dict)
    line_totals: Mapping[str, str] = field(default_factory=dict)
    known_only: tuple[str, ...] = ()
    currency_sign: str = ""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fill_down: str = ""
    filled: tuple[str, ...] = ()
    numbered: str = ""
    footers: tuple[str, ...] = ()
    remedy: str = ""
    is_preset: bool = False
    preset: str = ""

    @property
    def headers(self) -> frozenset[str]:
        """Every header that the layout names, as headers are compared."""
        named = [header for headers in (*self.columns.values(), *self.joined.values(), *self.signature) for header in headers]
        return frozenset(key(header) for header in (*named, *self.left))

    @property
    def of_the_whole(self) -> bool:
        """Whether a row's cells may come from other rows, so that no part of a file can be read by itself."""
        return bool(self.fill_down or self.numbered or self.footers)

    def places(self, table: Table, header: Sequence[str], filled: Sequence[bool]) -> dict[str, int]:
        """Where the table's columns stand in a header: of several variants the first that is filled, else the first that is there."""
        where = positions(header)
        found: dict[str, int] = {}
        for name, headers in self.columns.items():
            column = own(name, table)
            there = [where[key(cell)] for cell in headers if key(cell) in where]
            if column and there:
                found[column] = next((place for place in there if filled[place]), there[0])
        return found

    def parts(self, table: Table, header: Sequence[str]) -> dict[str, list[int]]:
        """Where the headers stand of which the table's joined columns are made."""
        where = positions(header)
        named = {own(name, table): [where[key(cell)] for cell in headers if key(cell) in where] for name, headers in self.joined.items()}
        return {name: places for name, places in named.items() if name and places}

    def made(self, table: Table) -> frozenset[str]:
        """Columns of a table that the layout makes without a header of their own."""
        named = [*self.constants, *self.joined, *(("currency",) if self.currency_sign else ())]
        return frozenset(column for name in named if (column := own(name, table)))


def own(name: str, table: Table) -> str:
    """The table's column that a name, alone or behind its table's, means; nothing where it is none."""
    of, _, column = name.rpartition(".")
    known = column in table.by_name or (table.numbered and column == "order_number")
    return column if known and of in ("", table.name) else ""


def positions(header: Sequence[str]) -> dict[str, int]:
    """The first position of each header, as headers are compared."""
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        found.setdefault(key(cell), place)
    return found
