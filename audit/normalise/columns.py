"""Which reader reads which kind of column, and which kinds need a decision over the whole of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.normalise import UNDECIDED, Cells, Context, Decision, Read, amounts, countries, identifiers, times, words
from schemas.table import Column, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DECIDERS: Mapping[Kind, Callable[[Cells, Context, Column, Decision], Decision]] = {
    Kind.MONEY: lambda cells, context, column, told: amounts.decide(cells, told, context=context, minimum=column.minimum),
    Kind.NUMBER: lambda cells, _context, column, told: amounts.decide(cells, told, minimum=column.minimum),
    Kind.COUNT: lambda cells, _context, column, told: amounts.decide(cells, told, minimum=column.minimum, whole=True),
    Kind.TIME: lambda cells, context, column, told: times.decide(cells, told, context=context, future=column.future),
}

READERS: Mapping[Kind, Callable[[Cells, Context, Column, Decision], Read]] = {
    Kind.IDENTIFIER: lambda cells, _context, _column, _decision: identifiers.read(cells),
    Kind.TRACKING: lambda cells, _context, _column, _decision: identifiers.read_tracking(cells),
    Kind.TEXT: lambda cells, _context, _column, _decision: identifiers.read_text(cells),
    Kind.MONEY: lambda cells, context, _column, decision: amounts.read_money(cells, decision, context=context),
    Kind.NUMBER: lambda cells, _context, _column, decision: amounts.read_number(cells, decision),
    Kind.COUNT: lambda cells, _context, _column, decision: amounts.read_count(cells, decision),
    Kind.TIME: lambda cells, context, column, decision: times.read(cells, decision, context=context, future=column.future),
    Kind.CHOICE: lambda cells, _context, column, _decision: words.read_choice(cells, column.choices or {}),
    Kind.COUNTRY: lambda cells, _context, _column, _decision: countries.read(cells),
    Kind.CURRENCY: lambda cells, _context, _column, _decision: words.read_currency(cells),
    Kind.FLAG: lambda cells, _context, _column, _decision: words.read_flag(cells),
}


def decide(cells: Cells, column: Column, context: Context, told: Decision = UNDECIDED) -> Decision:
    """What the whole column of a file decides; ``told``: what a mapping or preset says of it.

    Only cells that can be read count, so that a bad cell never decides. Raises ContradictionError where those contradict one another.
    """
    decider = DECIDERS.get(column.kind)
    return decider(cells, context, column, told) if decider else told


def read(cells: Cells, column: Column, context: Context, decision: Decision) -> Read:
    """Any part of a column, read as its kind says and as the whole of it decided."""
    return READERS[column.kind](cells, context, column, decision)
