"""How a table is declared: its columns, what they hold, how they are spelled, and the two pandera schemas that follow."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandera.pandas as pa

SPREAD = "_spread"
"""Suffix of the column that says how long a time is open: 0 exact, 3600 a local hour that exists twice, more a whole day."""


class Kind(StrEnum):
    """What a column's cells hold once they are read."""

    IDENTIFIER = "identifier"  # text as written, never a number
    TRACKING = "tracking"  # an identifier in Latin letters
    TEXT = "text"
    MONEY = "money"  # whole cents
    NUMBER = "number"  # a decimal number
    COUNT = "count"  # a whole number
    TIME = "time"  # an instant in UTC, with its spread in seconds
    CHOICE = "choice"  # one value of a closed list
    COUNTRY = "country"  # ISO 3166-1 alpha-2
    CURRENCY = "currency"  # ISO 4217
    FLAG = "flag"  # true or false


DTYPES: Mapping[Kind, str] = {
    Kind.IDENTIFIER: "str",
    Kind.TRACKING: "str",
    Kind.TEXT: "str",
    Kind.MONEY: "Int64",
    Kind.NUMBER: "Float64",
    Kind.COUNT: "Int64",
    Kind.TIME: "datetime64[us, UTC]",
    Kind.CHOICE: "str",
    Kind.COUNTRY: "str",
    Kind.CURRENCY: "str",
    Kind.FLAG: "boolean",
}


def fold(text: str) -> str:
    r"""A header or value without what people vary: case, accents, width, punctuation and spaces.

    >>> fold("N° de\u00a0Commande")
    'n de commande'
    """
    wide = unicodedata.normalize("NFKD", text.replace("°", " ").replace("º", " ")).casefold()
    bare = "".join(mark for mark in wide if not unicodedata.combining(mark))
    return " ".join(re.split(r"[\W_]+", unicodedata.normalize("NFKC", bare))).strip()


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table.

    ``required``: the header must be there, and no cell of it may be blank unless ``blank_allowed``.
    ``spellings``: headers beside the canonical name, in any language; compared folded.
    ``choices``: for ``Kind.CHOICE``, each value with its spellings.
    ``minimum``: the least value allowed (cents for money).
    ``default``: what a blank cell means.
    """

    name: str
    kind: Kind
    about: str
    required: bool = False
    blank_allowed: bool = False
    spellings: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] | None = None
    minimum: int | None = None
    default: str | int | None = None
    future: bool = False  # dates more than a year ahead are plausible here

    @property
    def filled(self) -> bool:
        """Whether a blank cell refuses its row."""
        return self.required and not self.blank_allowed


ORDER_NUMBER = Column(
    name="order_number",
    kind=Kind.IDENTIFIER,
    about="purchase and item number as the platform writes them together, purchase/item",
    spellings=("numéro de commande complet", "commande / article", "n commande / article", "完整订单号", "订单号/商品号"),
)


@dataclass(frozen=True, kw_only=True)
class Table:
    """One kind of table: its columns, and what makes a row of it the same row.

    ``key``: the columns that name a row; two rows with one key and different content contradict each other.
    ``numbered``: purchase_id and item_id may also arrive as one ``order_number``.
    ``distinctive``: columns at least one of which a file must have to be taken for this table.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    numbered: bool = True
    distinctive: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by canonical name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """Every folded header spelling with the canonical column that it means."""
        known = (*self.columns, ORDER_NUMBER) if self.numbered else self.columns
        return {fold(spelling): column.name for column in known for spelling in (column.name, *column.spellings)}

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that must be there."""
        return tuple(column.name for column in self.columns if column.required)

    @property
    def times(self) -> tuple[str, ...]:
        """Names of the columns that hold times."""
        return tuple(column.name for column in self.columns if column.kind is Kind.TIME)

    @property
    def typed_columns(self) -> tuple[str, ...]:
        """Names of the columns of the typed table: the canonical ones, each time followed by its spread."""
        return tuple(
            name
            for column in self.columns
            for name in ((column.name, column.name + SPREAD) if column.kind is Kind.TIME else (column.name,))
        )

    @cached_property
    def typed_schema(self) -> pa.DataFrameSchema:
        """The pandera schema of the table once read: kinds and limits of single columns."""
        from schemas.proving import pa

        columns: dict[str, pa.Column] = {}
        for column in self.columns:
            checks = []
            if column.minimum is not None:
                checks.append(pa.Check.ge(column.minimum, error="below-minimum"))
            if column.choices is not None:
                checks.append(pa.Check.isin(list(column.choices), error="unknown-choice"))
            columns[column.name] = pa.Column(DTYPES[column.kind], checks, nullable=not column.filled)
            if column.kind is Kind.TIME:
                columns[column.name + SPREAD] = pa.Column("int32", pa.Check.ge(0))
        return pa.DataFrameSchema(columns, strict=True, ordered=True)
