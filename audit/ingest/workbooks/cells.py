"""Cells of a workbook as text: a cell alone, and whole columns at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]

EXACT = 1e15
"""Whole numbers below this are kept whole by a spreadsheet, which holds 15 digits."""


ERROR = re.compile(r"#(REF!|DIV/0!|VALUE!|NAME\?|N/A|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|GETTING_DATA)")
"""What a spreadsheet shows in place of a value."""


class ShownNumber(str):
    """A numeric cell whose format says how it reads: with zeros in front, as a percentage, in another currency."""

    __slots__ = ()


NUMBERS = frozenset((int, float, ShownNumber))


def as_text(cell: Any) -> str:
    """A cell as text: numbers at the 15 digits that a spreadsheet keeps, times as ISO 8601, a midnight as a day."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < EXACT else format(cell, ".15g")
    if isinstance(cell, datetime):
        moment = (cell + timedelta(microseconds=500_000)).replace(microsecond=0) if cell.microsecond else cell
        return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def as_texts(column: Sequence[Any]) -> pa.Array:
    """A column's cells as text, each as ``as_text`` has it."""
    import pyarrow as pa

    kinds = set(map(type, column))
    if kinds <= {str, ShownNumber}:
        return pa.array(column, pa.large_string())
    if datetime in kinds:
        return _with_times(column)
    return pa.array(_by_value(column, kinds), pa.large_string())


def _by_value(column: Sequence[Any], kinds: set[type]) -> list[str]:
    """Each different value put into words once."""
    if bool in kinds:  # true equals 1, and would take its words
        return [as_text(cell) for cell in column]
    known = {cell: as_text(cell) for cell in set(column)}
    return [known[cell] for cell in column]


def _with_times(column: Sequence[Any]) -> pa.Array:
    """A column that holds times: they are put into words all at once."""
    import pyarrow as pa
    import pyarrow.compute as pc

    times = pa.array([cell if type(cell) is datetime else None for cell in column], pa.timestamp("us"))
    half_up = pc.floor_temporal(pc.add(times, pa.scalar(timedelta(microseconds=500_000), pa.duration("us"))), unit="second")
    told = pc.replace_substring_regex(half_up.cast(pa.timestamp("s")).cast(pa.large_string()), " 00:00:00$", "")
    others = [None if type(cell) is datetime else cell for cell in column]
    return pc.coalesce(told, pa.array(_by_value(others, set(map(type, others))), pa.large_string()))


def are_numbers(column: Sequence[Any]) -> Mask | None:
    """Which cells of a column are numbers; None where none is."""
    import numpy as np

    kinds = set(map(type, column))
    return np.array([type(cell) in NUMBERS for cell in column], dtype=bool) if kinds & NUMBERS else None


def filled(texts: pa.Array) -> Mask:
    """Which cells hold more than spaces."""
    import pyarrow.compute as pc

    empty = pc.or_(pc.utf8_is_space(texts), pc.equal(pc.binary_length(texts), 0))
    mask: Mask = pc.invert(empty).to_numpy(zero_copy_only=False)
    return mask
