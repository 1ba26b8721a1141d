"""A piece of XML as its tags, all found at once: those of plain cells and plain texts, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, auto
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

    Places = np.ndarray[tuple[int], np.dtype[np.int64]]
    Octets = np.ndarray[tuple[int], np.dtype[np.uint8]]
    Windows = np.ndarray[tuple[int], np.dtype[np.uint64]]

LESS, GREATER, SLASH = b"<>/"
WINDOW = 8
"""Bytes that are compared at a time."""


class NotPlainError(Exception):
    """A sheet holds more than plain cells: it is to be read with care."""


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

KEPT = b'<t xml:space="preserve">'
ALONE = {Tag.ROW: Tag.ROW_ALONE, Tag.CELL: Tag.CELL_ALONE, Tag.FORMULA: Tag.FORMULA_ALONE}
HOLDS_TEXT = (Tag.VALUE, Tag.TEXT, Tag.TEXT_KEPT, Tag.FORMULA)
BEFORE_SPACE = (Tag.EDGE, Tag.ROW_ALONE, Tag.ROW_END, Tag.ITEM_END)
"""Tags after which a program may begin a new line."""


def _number(spelt: bytes) -> int:
    return int.from_bytes(spelt, "little")


SPELLING = np.zeros(1 << 16, dtype="uint8")
"""Which spelling begins with two bytes; 0: none."""

SPELLING[[_number(spelt[:2]) for spelt in SPELLINGS]] = range(1, len(SPELLINGS) + 1)
MASKS = np.array([0, *((1 << 8 * len(spelt)) - 1 for spelt in SPELLINGS)], dtype="uint64")
VALUES = np.array([0, *map(_number, SPELLINGS)], dtype="uint64")
TAGS = np.array([Tag.OTHER, *SPELLINGS.values()], dtype="uint8")


def _table(followers: Mapping[tuple[Tag, ...], tuple[Tag, ...]]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
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
    (Tag.FORMULA_ALONE, Tag.FORMULA_END): (Tag.VALUE,),
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


class Tags(NamedTuple):
    """The tags of a piece: what each is, where it begins, and where the text after it begins; ``windows``: eight bytes from each place."""

    content: bytes
    octets: Octets
    windows: Windows
    kinds: Octets
    begins: Places
    ends: Places

    def among(self, *tags: Tag) -> Places:
        """The tags that are one of these."""
        return np.flatnonzero(np.isin(np.arange(len(Tag)), tags)[self.kinds])

    def texts(self, begins: Places, ends: Places) -> pa.Array:
        """The bytes between places that rise."""
        import pyarrow as pa

        bounds = pa.py_buffer(np.column_stack([begins, ends]).ravel().astype("int64"))
        whole = pa.Array.from_buffers(pa.large_binary(), max(0, 2 * len(begins) - 1), [None, bounds, pa.py_buffer(self.content)])
        return whole.take(pa.array(np.arange(0, 2 * len(begins), 2)))


def tags_of(content: bytes, follows: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Tags:
    """The tags of a piece of a language; raises NotPlainError where anything else stands in it."""
    padded = content + bytes(WINDOW)
    octets = np.frombuffer(padded, dtype=np.uint8)
    windows = np.ndarray(len(content) + 1, "<u8", padded, strides=(1,))
    begins, ends = np.flatnonzero(octets == LESS), np.flatnonzero(octets == GREATER) + 1
    if len(begins) != len(ends) or (begins >= ends).any() or (begins[1:] < ends[:-1]).any():
        raise NotPlainError
    tags = Tags(padded, octets, windows, _kinds(octets, windows, begins, ends), begins, ends)
    path = np.concatenate([[Tag.EDGE], tags.kinds, [Tag.EDGE]]).astype("int16")
    if not follows[path[:-1] * len(Tag) + path[1:]].all():
        raise NotPlainError
    _prove_between(tags, path[:-1], len(content))
    return tags


def _kinds(octets: Octets, windows: Windows, begins: Places, ends: Places) -> Octets:
    """What each tag is by its spelling, and whether it stands alone."""
    found = windows[begins + 1]
    spelling = SPELLING.take(found.astype("uint16"))
    kinds = np.where(found & MASKS.take(spelling) == VALUES.take(spelling), TAGS.take(spelling), np.uint8(Tag.OTHER))
    for tag, alone in ALONE.items():
        places = np.flatnonzero(kinds == tag)
        kinds[places[octets[ends[places] - 2] == SLASH]] = alone
    kept = np.flatnonzero(kinds == Tag.TEXT_KEPT)
    whole = kept[ends[kept] - begins[kept] == len(KEPT)]
    same = [windows[begins[whole] + place] == _number(KEPT[place : place + WINDOW]) for place in (WINDOW, 2 * WINDOW)]
    if len(whole) < len(kept) or not np.all(same):
        raise NotPlainError
    return kinds


def _prove_between(tags: Tags, before: Octets, size: int) -> None:
    """Prove that where no text may stand there is none, and between rows nothing but space."""
    begins, ends = np.append(0, tags.ends), np.append(tags.begins, size)
    held = np.flatnonzero((ends > begins) & ~np.isin(np.arange(len(Tag)), HOLDS_TEXT)[before])
    if not len(held):
        return
    between = b"".join(tags.texts(begins[held], ends[held]).to_pylist())
    if between.strip() or not np.isin(before[held], BEFORE_SPACE).all():
        raise NotPlainError
