"""Which reader reads which kind of column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.normalise import Cells, Context, Read, amounts, identifiers, times, words
from schemas.table import Column, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

READERS: Mapping[Kind, Callable[[Cells, Context, Column], Read]] = {
    Kind.IDENTIFIER: lambda cells, _context, _column: identifiers.read(cells),
    Kind.TRACKING: lambda cells, _context, _column: identifiers.read_tracking(cells),
    Kind.TEXT: lambda cells, _context, _column: identifiers.read_text(cells),
    Kind.MONEY: lambda cells, context, _column: amounts.read_money(cells, context),
    Kind.NUMBER: lambda cells, context, _column: amounts.read_number(cells, context),
    Kind.COUNT: lambda cells, context, _column: amounts.read_count(cells, context),
    Kind.TIME: lambda cells, context, column: times.read(cells, context, future=column.future),
    Kind.CHOICE: lambda cells, _context, column: words.read_choice(cells, column.choices or {}),
    Kind.COUNTRY: lambda cells, _context, _column: words.read_country(cells),
    Kind.CURRENCY: lambda cells, _context, _column: words.read_currency(cells),
    Kind.FLAG: lambda cells, _context, _column: words.read_flag(cells),
}


def read(cells: Cells, column: Column, context: Context) -> Read:
    """A column read as its kind says."""
    return READERS[column.kind](cells, context, column)
