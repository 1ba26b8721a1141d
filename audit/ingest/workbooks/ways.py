"""Ways in which a plain cell's value is to be understood, by its attributes."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from audit.ingest.workbooks.context import Context
from audit.ingest.workbooks.styles import PLAIN, Format, Shown
from audit.ingest.workbooks.wellformed import NotPlainError

if TYPE_CHECKING:
    from audit.ingest.workbooks.plain import Cells

    Codes = np.ndarray[tuple[int], np.dtype[np.int64]]
    Kinds = np.ndarray[tuple[int], np.dtype[np.int8]]

ATTRIBUTES = re.compile(rb'(?: s="(\d{1,9})"| t="(s|n|b|e|str|inlineStr)")*+ ?')
MOST_WAYS = 100
"""Ways of one batch, each of which is gone by itself."""


class Kind(IntEnum):
    """What a plain cell's value is; ``SHOWN``: a number whose format changes what it says."""

    SHARED = 0
    INLINE = 1
    TRUTH = 2
    NUMBER = 3
    DATE = 4
    SHOWN = 5
    ERROR = 6


TYPES = {b"s": Kind.SHARED, b"b": Kind.TRUTH, b"e": Kind.ERROR, b"str": Kind.INLINE, b"inlineStr": Kind.INLINE}
NUMBERS = (Kind.NUMBER, Kind.SHOWN)
WORKED_OUT = (Kind.TRUTH, Kind.NUMBER, Kind.DATE, Kind.SHOWN)
"""Kinds of which a formula without a value is a fault; a text may be empty."""


class Way(NamedTuple):
    """What a cell's value is; of numbers that are shown in a way of their own, how."""

    kind: Kind
    like: Format = PLAIN


def ways_of(cells: Cells, context: Context) -> tuple[list[Way], Codes]:
    """The different ways, and which one each cell's attributes ask for; raises NotPlainError where they ask for another."""
    known: dict[Way, int] = {}
    written = cells.attributes.dictionary.to_pylist()
    codes = np.array([known.setdefault(_way(each, context), len(known)) for each in written], dtype="int64")
    if len(known) > MOST_WAYS:
        raise NotPlainError
    found: Codes = codes[cells.attributes.indices.to_numpy()]
    return list(known), found


def _way(written: bytes, context: Context) -> Way:
    found = ATTRIBUTES.fullmatch(written)
    if found is None:
        raise NotPlainError
    if found[2] not in {None, b"n"}:
        return Way(TYPES[found[2]])
    like = context.format(int(found[1] or 0))
    if like.shown is Shown.ELAPSED:
        raise NotPlainError
    kinds = {Shown.PLAIN: Kind.NUMBER, Shown.DATE: Kind.DATE}
    return Way(kinds[like.shown]) if like.shown in kinds else Way(Kind.SHOWN, like)
