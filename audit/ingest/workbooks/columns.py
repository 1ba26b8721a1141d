"""Columns of plain cells as text, each kind of cell all at once."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from audit.ingest.workbooks.careful import LEAP, MOST_DAYS
from audit.ingest.workbooks.cells import ERROR, as_text
from audit.ingest.workbooks.context import Context
from audit.ingest.workbooks.grid import Column
from audit.ingest.workbooks.plain import Batch, Cells
from audit.ingest.workbooks.strings import BLANKS, without_entities
from audit.ingest.workbooks.styles import Shown
from audit.ingest.workbooks.wellformed import NotPlainError

if TYPE_CHECKING:
    import pyarrow as pa

    from audit.ingest.workbooks.cells import Mask

    Kinds = np.ndarray[tuple[int], np.dtype[np.int8]]
    Doubles = np.ndarray[tuple[int], np.dtype[np.float64]]

ATTRIBUTES = re.compile(rb'(?: s="(\d{1,9})"| t="(s|n|b|e|str|inlineStr)")*+ ?')
AS_SHOWN = r"^(0|-?[1-9]\d{0,8}(\.\d{0,4}[1-9])?|-?0\.\d{0,2}[1-9])$"
"""Numbers of fewer than 15 digits that a spreadsheet shows as they are written."""

DAY = 86_400
UNIX = 25_569
"""The serial number of 1 January 1970."""

FROM_1904 = 1_462
"""Days between the two calendars of spreadsheets."""

MOST_LETTERS = 80_000_000
"""Bytes of text that the cells of one batch may share."""


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


def as_columns(batch: Batch, width: int, context: Context) -> list[Column]:
    """Texts of each column's cells, and which of them are numbers; raises NotPlainError where a value is none of its kind."""
    import pyarrow as pa

    cells = batch.cells
    if cells.columns.max(initial=-1) >= width:
        raise NotPlainError
    told = _kinds(cells, context)
    slots = np.full((width, len(batch.numbers)), len(told))
    slots[cells.columns, cells.rows] = np.arange(len(told))
    own = [np.flatnonzero(told == kind) for kind in Kind]
    parts = [_texts(cells.values.take(pa.array(places)), kind, context) for kind, places in zip(Kind, own, strict=True) if len(places)]
    texts = pa.concat_arrays([*parts, pa.array([""], pa.large_string())])
    order = np.empty(len(told) + 1, dtype="int64")
    order[np.concatenate([*own, [len(told)]])] = np.arange(len(told) + 1)
    numbers = np.append(told == Kind.NUMBER, False)
    return [_column(texts.take(pa.array(order[places])), numbers[places]) for places in slots]


def _column(texts: pa.Array, numbers: Mask) -> Column:
    return Column(texts, numbers if numbers.any() else None)


def _kinds(cells: Cells, context: Context) -> Kinds:
    """The kind of each cell by its attributes; one that holds nothing is blank, whatever they say."""
    import pyarrow.compute as pc

    kinds = np.array([_kind(written, context) for written in cells.attributes.dictionary.to_pylist()], dtype="int8")
    told: Kinds = kinds[cells.attributes.indices.to_numpy()]
    empty = pc.equal(pc.binary_length(cells.values), 0).to_numpy(zero_copy_only=False)
    if (told[empty] == Kind.ERROR).any():
        raise NotPlainError
    told[empty] = Kind.BLANK
    return told


def _kind(written: bytes, context: Context) -> Kind:
    """What a cell's attributes make of its value."""
    found = ATTRIBUTES.fullmatch(written)
    if found is None:
        raise NotPlainError
    return Kind.of((found[2] or b"n").decode(), context.format(int(found[1] or 0)).shown)


def _texts(held: pa.Array, kind: Kind, context: Context) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        if kind is Kind.BLANK:
            return held.cast(pa.large_string())
        plain = held.cast(pa.large_string())
        if kind is Kind.INLINE:
            return _inline(plain)
        if kind is Kind.ERROR:
            return _errors(plain)
        if kind is Kind.SHARED:
            return _shared(plain.cast(pa.uint32()), context)
        if kind is Kind.TRUTH:
            return pc.if_else(pc.is_in(plain, pa.array(["0", "false"], pa.large_string())), "false", "true").cast(pa.large_string())
        return number_texts(plain) if kind is Kind.NUMBER else date_texts(_doubles(plain), from_1904=context.from_1904)
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


def _inline(written: pa.Array) -> pa.Array:
    """Texts that stand in their cells; outer spaces and escapes are left to a careful reader."""
    import pyarrow.compute as pc

    if not pc.all(pc.equal(written, pc.ascii_trim(written, BLANKS))).as_py() or pc.any(pc.match_substring(written, "_x")).as_py():
        raise NotPlainError
    return without_entities(written)


def _errors(told: pa.Array) -> pa.Array:
    """Errors by their names, by which they are found again; names that are not known are left to a careful reader."""
    if not all(ERROR.fullmatch(name) for name in told.unique().to_pylist()):
        raise NotPlainError
    return told


def number_texts(written: pa.Array) -> pa.Array:
    """Numbers as ``as_text`` has them, which is mostly how they are written."""
    import pyarrow as pa
    import pyarrow.compute as pc

    others = pc.invert(pc.match_substring_regex(written, AS_SHOWN))
    different, place = np.unique(_doubles(written.filter(others)), return_inverse=True)
    told = pa.array([as_text(number) for number in different.tolist()], pa.large_string())
    return pc.replace_with_mask(written, others, told.take(pa.array(place)))


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
