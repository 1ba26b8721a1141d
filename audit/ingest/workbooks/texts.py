"""Values of plain cells as text, each kind of cell all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from audit.ingest.workbooks.careful import LEAP, MOST_DAYS, shown
from audit.ingest.workbooks.cells import ERROR, as_text
from audit.ingest.workbooks.context import Context
from audit.ingest.workbooks.strings import text_of
from audit.ingest.workbooks.ways import Kind, Way
from audit.ingest.workbooks.wellformed import NotPlainError

if TYPE_CHECKING:
    import pyarrow as pa

    Doubles = np.ndarray[tuple[int], np.dtype[np.float64]]

AS_SHOWN = r"^(0|-?[1-9]\d{0,8}(\.\d{0,4}[1-9])?|-?0\.\d{0,2}[1-9])$"
"""Numbers of fewer than 15 digits that a spreadsheet shows as they are written."""

DAY = 86_400
UNIX = 25_569
"""The serial number of 1 January 1970."""

FROM_1904 = 1_462
"""Days between the two calendars of spreadsheets."""

MOST_LETTERS = 80_000_000
"""Bytes of text that the cells of one batch may share."""


def texts_of(held: pa.Array, way: Way, context: Context) -> pa.Array:
    """Values of cells as texts; raises NotPlainError where one is none of its kind."""
    import pyarrow as pa

    try:
        if way.kind is Kind.SHARED:
            return _shared(held.cast(pa.uint32()), context)
        if way.kind is Kind.DATE:
            return date_texts(_doubles(held), from_1904=context.from_1904)
        if way.kind is Kind.SHOWN:
            return _by_value(_doubles(held), lambda number: as_text(shown(number, way.like, from_1904=context.from_1904)))
        return BY_THEMSELVES[way.kind](held)
    except (pa.ArrowInvalid, IndexError) as error:
        raise NotPlainError from error


def _doubles(told: pa.Array) -> Doubles:
    import pyarrow as pa

    numbers: Doubles = told.cast(pa.float64()).to_numpy()
    if not np.isfinite(numbers).all():
        raise NotPlainError
    return numbers


def _shared(places: pa.Array, context: Context) -> pa.Array:
    """Shared texts, unless they are so long that repeating them would fill the memory."""
    import pyarrow.compute as pc

    if pc.sum(context.lengths.take(places)).as_py() > MOST_LETTERS:
        raise NotPlainError
    return context.arrow.take(places)


def _truths(told: pa.Array) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    text = pa.large_string()
    return pc.if_else(pc.is_in(told, pa.array(["0", "false"], text)), pa.scalar("false", text), pa.scalar("true", text))


def _errors(told: pa.Array) -> pa.Array:
    """Errors by their names, by which they are found again; names that are not known are left to a careful reader."""
    if not all(ERROR.fullmatch(name) for name in told.unique().to_pylist()):
        raise NotPlainError
    return told


def number_texts(written: pa.Array) -> pa.Array:
    """Numbers as ``as_text`` has them, which is mostly how they are written."""
    import pyarrow.compute as pc

    others = pc.invert(pc.match_substring_regex(written, AS_SHOWN))
    return pc.replace_with_mask(written, others, _by_value(_doubles(written.filter(others)), as_text))


def _by_value(numbers: Doubles, tell: Callable[[float], str]) -> pa.Array:
    """Numbers as texts, each different one told once."""
    import pyarrow as pa

    different, place = np.unique(numbers, return_inverse=True)
    return pa.array([*map(tell, different.tolist())], pa.large_string()).take(pa.array(place))


def date_texts(days: Doubles, *, from_1904: bool) -> pa.Array:
    """Serial numbers as ``as_text`` has their moments."""
    import pyarrow as pa
    import pyarrow.compute as pc

    least = 1 if from_1904 else LEAP
    if ((days <= least) | (days >= MOST_DAYS - FROM_1904)).any():
        raise NotPlainError
    since = UNIX - FROM_1904 * from_1904
    seconds = (np.rint(days * (DAY * 1000)).astype("int64") + 500) // 1000 - since * DAY
    told = pa.array(seconds).cast(pa.timestamp("s")).cast(pa.large_string())
    return pc.replace_substring(told, " 00:00:00", "")


BY_THEMSELVES: Mapping[Kind, Callable[[pa.Array], pa.Array]] = {
    Kind.INLINE: text_of,
    Kind.TRUTH: _truths,
    Kind.ERROR: _errors,
    Kind.NUMBER: number_texts,
}
"""Kinds whose values tell all that there is to know."""
