"""Tags of plain cells and plain texts: how they are spelled, and which may follow which."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, auto

import numpy as np

Table = np.ndarray[tuple[int], np.dtype[np.bool_]]


class Tag(IntEnum):
    """Tags that are known; those without an end are ``ALONE``; ``EDGE``: where a piece begins and ends."""

    OTHER = 0
    EDGE = auto()
    ROW = auto()
    ROW_ALONE = auto()
    ROW_END = auto()
    CELL = auto()
    CELL_ALONE = auto()
    CELL_END = auto()
    VALUE = auto()
    VALUE_ALONE = auto()
    VALUE_END = auto()
    INLINE = auto()
    INLINE_END = auto()
    FORMULA = auto()
    FORMULA_ALONE = auto()
    FORMULA_END = auto()
    ITEM = auto()
    ITEM_END = auto()
    TEXT = auto()
    TEXT_KEPT = auto()
    TEXT_ALONE = auto()
    TEXT_END = auto()


SPELLINGS: Mapping[bytes, Tag] = {
    b'row r="': Tag.ROW, b"/row>": Tag.ROW_END, b'c r="': Tag.CELL, b"/c>": Tag.CELL_END,
    b"v>": Tag.VALUE, b"v/>": Tag.VALUE_ALONE, b"v />": Tag.VALUE_ALONE, b"/v>": Tag.VALUE_END,
    b"is>": Tag.INLINE, b"/is>": Tag.INLINE_END, b"f>": Tag.FORMULA, b"f ": Tag.FORMULA, b"f/>": Tag.FORMULA_ALONE, b"/f>": Tag.FORMULA_END,
    b"si>": Tag.ITEM, b"/si>": Tag.ITEM_END, b"t>": Tag.TEXT, b"t xml:sp": Tag.TEXT_KEPT, b"t/>": Tag.TEXT_ALONE, b"/t>": Tag.TEXT_END,
}  # fmt: skip
"""How a tag's first bytes are spelled; the first two tell it."""

ALONE = {Tag.ROW: Tag.ROW_ALONE, Tag.CELL: Tag.CELL_ALONE, Tag.FORMULA: Tag.FORMULA_ALONE}
HOLDS_TEXT = (Tag.VALUE, Tag.TEXT, Tag.TEXT_KEPT, Tag.FORMULA)
BEFORE_SPACE = (Tag.EDGE, Tag.ROW_ALONE, Tag.ROW_END, Tag.ITEM_END)
"""Tags after which a program may begin a new line."""


def number(spelt: bytes) -> int:
    """Bytes as one number, the way in which many are compared at once."""
    return int.from_bytes(spelt, "little")


SPELLING = np.zeros(1 << 16, dtype="uint8")
"""Which spelling begins with two bytes; 0: none."""

SPELLING[[number(spelt[:2]) for spelt in SPELLINGS]] = range(1, len(SPELLINGS) + 1)
MASKS = np.array([0, *((1 << 8 * len(spelt)) - 1 for spelt in SPELLINGS)], dtype="uint64")
VALUES = np.array([0, *map(number, SPELLINGS)], dtype="uint64")
TAGS = np.array([Tag.OTHER, *SPELLINGS.values()], dtype="uint8")


def _table(followers: Mapping[tuple[Tag, ...], tuple[Tag, ...]]) -> Table:
    """Which tag may follow which, as one flat table."""
    table = np.zeros((len(Tag), len(Tag)), dtype=bool)
    for tags, after in followers.items():
        table[np.ix_(tags, after)] = True
    return table.ravel()


SHEET = _table({
    (Tag.EDGE,): (Tag.ROW, Tag.ROW_ALONE),
    (Tag.ROW_ALONE, Tag.ROW_END): (Tag.ROW, Tag.ROW_ALONE, Tag.EDGE),
    (Tag.ROW, Tag.CELL_ALONE, Tag.CELL_END): (Tag.CELL, Tag.CELL_ALONE, Tag.ROW_END),
    (Tag.CELL,): (Tag.VALUE, Tag.VALUE_ALONE, Tag.INLINE, Tag.FORMULA, Tag.FORMULA_ALONE, Tag.CELL_END),
    (Tag.FORMULA,): (Tag.FORMULA_END,),
    (Tag.FORMULA_ALONE, Tag.FORMULA_END): (Tag.VALUE, Tag.VALUE_ALONE, Tag.CELL_END),
    (Tag.VALUE,): (Tag.VALUE_END,),
    (Tag.INLINE,): (Tag.TEXT, Tag.TEXT_KEPT),
    (Tag.TEXT, Tag.TEXT_KEPT): (Tag.TEXT_END,),
    (Tag.TEXT_END,): (Tag.INLINE_END,),
    (Tag.VALUE_ALONE, Tag.VALUE_END, Tag.INLINE_END): (Tag.CELL_END,),
})  # fmt: skip
"""Rows of plain cells: in these languages the tag before tells all that may come."""

STRINGS = _table({
    (Tag.EDGE, Tag.ITEM_END): (Tag.ITEM, Tag.EDGE),
    (Tag.ITEM,): (Tag.TEXT, Tag.TEXT_KEPT, Tag.TEXT_ALONE),
    (Tag.TEXT, Tag.TEXT_KEPT): (Tag.TEXT_END,),
    (Tag.TEXT_ALONE, Tag.TEXT_END): (Tag.ITEM_END,),
})  # fmt: skip
"""Shared texts of which each is nothing but a text."""
