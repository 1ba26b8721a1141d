"""A piece of XML as its tags, all found at once; anything but the tags that are known proves it not plain."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from audit.ingest.workbooks.tags import ALONE, BEFORE_SPACE, HOLDS_TEXT, MASKS, SPELLING, TAGS, VALUES, Table, Tag, number
from audit.ingest.workbooks.wellformed import NotPlainError, prove_letters

if TYPE_CHECKING:
    import pyarrow as pa

    from audit.ingest.workbooks.wellformed import Octets

    Places = np.ndarray[tuple[int], np.dtype[np.int64]]
    Windows = np.ndarray[tuple[int], np.dtype[np.uint64]]

LESS, GREATER, SLASH = b"<>/"
WINDOW = 8
"""Bytes that are compared at a time."""

KEPT = b'<t xml:space="preserve">'


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
        return np.flatnonzero(np.isin(np.arange(len(Tag)), tags).take(self.kinds))

    def texts(self, begins: Places, ends: Places) -> pa.Array:
        """The bytes between places that rise."""
        import pyarrow as pa

        bounds = pa.py_buffer(np.column_stack([begins, ends]).ravel().astype("int64"))
        whole = pa.Array.from_buffers(pa.large_binary(), max(0, 2 * len(begins) - 1), [None, bounds, pa.py_buffer(self.content)])
        return whole.take(pa.array(np.arange(0, 2 * len(begins), 2)))


def tags_of(content: bytes, follows: Table) -> Tags:
    """The tags of a piece of a language; raises NotPlainError where anything else stands in it."""
    padded = content + bytes(WINDOW)
    octets = np.frombuffer(padded, dtype=np.uint8)
    windows = np.ndarray(len(content) + 1, "<u8", padded, strides=(1,))
    prove_letters(content, octets[: len(content)])
    begins, ends = np.flatnonzero(octets == LESS), np.flatnonzero(octets == GREATER) + 1
    if len(begins) != len(ends) or (begins >= ends).any() or (begins[1:] < ends[:-1]).any():
        raise NotPlainError
    tags = Tags(padded, octets, windows, _kinds(octets, windows, begins, ends), begins, ends)
    path = np.concatenate([[Tag.EDGE], tags.kinds, [Tag.EDGE]]).astype("int16")
    if not follows.take(path[:-1] * len(Tag) + path[1:]).all():
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
    same = [windows[begins[whole] + place] == number(KEPT[place : place + WINDOW]) for place in (WINDOW, 2 * WINDOW)]
    if len(whole) < len(kept) or not np.all(same):
        raise NotPlainError
    return kinds


def _prove_between(tags: Tags, before: Octets, size: int) -> None:
    """Prove that where no text may stand there is none, and between rows nothing but space."""
    begins, ends = np.append(0, tags.ends), np.append(tags.begins, size)
    held = np.flatnonzero((ends > begins) & ~np.isin(np.arange(len(Tag)), HOLDS_TEXT).take(before))
    if not len(held):
        return
    between = b"".join(tags.texts(begins[held], ends[held]).to_pylist())
    if between.strip() or not np.isin(before[held], BEFORE_SPACE).all():
        raise NotPlainError
