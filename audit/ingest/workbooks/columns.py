"""Columns of plain cells as text, each kind of cell all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from audit.ingest.workbooks.careful import LEAP, MOST_DAYS
from audit.ingest.workbooks.cells import ERROR, EXACT, as_text
from audit.ingest.workbooks.context import Context
from audit.ingest.workbooks.grid import Column
from audit.ingest.workbooks.strings import plain_text
from audit.ingest.workbooks.styles import Shown

if TYPE_CHECKING:
    import pyarrow as pa

    Doubles = np.ndarray[tuple[int], np.dtype[np.float64]]

DAY = 86_400
UNIX = 25_569
"""The serial number of 1 January 1970."""

FROM_1904 = 1_462
"""Days between the two calendars of spreadsheets."""


MOST_LETTERS = 80_000_000
"""Bytes of text that the cells of one batch may share."""


class NotPlainError(Exception):
    """A sheet holds more than plain cells: it is to be read with care."""


class Kind(IntEnum):
    """What a plain cell's value is."""

    BLANK = 0
    SHARED = 1
    INLINE = 2
    TRUTH = 3
    NUMBER = 4
    DATE = 5
    ERROR = 6

    @classmethod
    def of(cls, written: str, like: Shown) -> Kind:
        """The kind of a cell by its type and format; raises NotPlainError where its format changes what it says."""
        if written != "n":
            return {"s": cls.SHARED, "b": cls.TRUTH, "e": cls.ERROR, "str": cls.INLINE, "inlineStr": cls.INLINE}[written]
        if like is Shown.PLAIN:
            return cls.NUMBER
        if like is Shown.DATE:
            return cls.DATE
        raise NotPlainError


def as_column(attributes: Sequence[bytes], values: Sequence[bytes], kinds: Mapping[bytes, int], context: Context) -> Column:
    """A column's texts, and which of its cells are numbers; raises NotPlainError where a value is none of its kind."""
    import pyarrow as pa
    import pyarrow.compute as pc

    held = pa.array(values, pa.large_binary())
    told = np.array([*map(kinds.__getitem__, attributes)], dtype="int8")
    filled = pc.greater(pc.binary_length(held), 0).to_numpy(zero_copy_only=False)
    if (told[~filled] == Kind.ERROR).any():
        raise NotPlainError
    told[~filled] = Kind.BLANK
    parts, places = [], []
    for kind in np.unique(told):
        own = np.flatnonzero(told == kind)
        places.append(own)
        parts.append(_texts(held if len(own) == len(held) else held.take(pa.array(own)), Kind(kind), context))
    numbers = told == Kind.NUMBER
    whole = parts[0] if len(parts) == 1 else pa.concat_arrays(parts).take(pa.array(np.argsort(np.concatenate(places))))
    return Column(whole, numbers if numbers.any() else None)


def _texts(held: pa.Array, kind: Kind, context: Context) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        if kind is Kind.BLANK:
            return pa.array([""], pa.large_string()).take(pa.array(np.zeros(len(held), dtype="int64")))
        plain = held.cast(pa.large_string())
        if kind is Kind.INLINE:
            return _inline(plain.to_pylist())
        if kind is Kind.ERROR:
            return _errors(plain)
        if kind is Kind.SHARED:
            return _shared(plain.cast(pa.int64()), context)
        if kind is Kind.TRUTH:
            return pc.if_else(pc.is_in(plain, pa.array(["0", "false"], pa.large_string())), "false", "true").cast(pa.large_string())
        numbers = plain.cast(pa.float64()).to_numpy()
    except (pa.ArrowInvalid, IndexError) as error:
        raise NotPlainError from error
    if not np.isfinite(numbers).all():
        raise NotPlainError
    return number_texts(numbers) if kind is Kind.NUMBER else date_texts(numbers, from_1904=context.from_1904)


def _shared(places: pa.Array, context: Context) -> pa.Array:
    """Shared texts, unless they are so long that repeating them would fill the memory."""
    import pyarrow.compute as pc

    if pc.sum(pc.binary_length(context.arrow).take(places)).as_py() > MOST_LETTERS:
        raise NotPlainError
    return context.arrow.take(places)


def _inline(written: Sequence[str]) -> pa.Array:
    """Texts that stand in their cells; outer spaces and escapes are left to a careful reader."""
    import pyarrow as pa

    told = [*map(plain_text, written)]
    if any(text is None or text != text.strip() or "_x" in text for text in told):
        raise NotPlainError
    return pa.array(told, pa.large_string())


def _errors(told: pa.Array) -> pa.Array:
    """Errors by their names, by which they are found again; names that are not known are left to a careful reader."""
    if not all(ERROR.fullmatch(name) for name in told.unique().to_pylist()):
        raise NotPlainError
    return told


def number_texts(numbers: Doubles) -> pa.Array:
    """Numbers as ``as_text`` has them."""
    import pyarrow as pa

    different, place = np.unique(numbers, return_inverse=True)
    whole = (different == np.floor(different)) & (np.abs(different) < EXACT)
    if whole.all():
        told = pa.array(different.astype("int64")).cast(pa.large_string())
    else:
        told = pa.array([as_text(number) for number in different.tolist()], pa.large_string())
    return told.take(pa.array(place))


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
