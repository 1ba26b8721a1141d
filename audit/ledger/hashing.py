"""Rows that may be the same, by 64-bit hashes of their texts: equal texts have equal hashes on every machine, and hardly any others do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from audit.normalise.raw import arrow, raw

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Hashes = npt.NDArray[np.uint64]

WORD = 8
"""Bytes of a text that are taken in at once."""

MASKS = np.array([(1 << 8 * count) - 1 for count in range(WORD + 1)], dtype=np.uint64)
"""By number of bytes that are left of a text, those of a word that are its own."""

SPREAD, FOLD = np.uint64(0x9E37_79B9_7F4A_7C15), np.uint64(29)
"""An odd number near 2**64 over the golden ratio, by which neighbouring words come far apart; and how far the high bits are brought down."""


def row_hashes(texts: pd.DataFrame) -> Hashes:
    """A hash of each row of some columns of text; a missing text is as good as an empty one."""
    found = np.zeros(len(texts), dtype=np.uint64)
    for name in texts:
        found = _mixed(found, _text_hashes(arrow(texts[name])))
    return found


def _text_hashes(cells: pa.Array) -> Hashes:
    seen = raw(cells)
    left = seen.stops - seen.starts
    if cells.null_count:
        left = np.where(cells.is_valid().to_numpy(zero_copy_only=False), left, 0)
    padded = np.concatenate([seen.codes, np.zeros(WORD, dtype=np.uint8)])
    words = np.ndarray((len(seen.codes) + 1,), dtype="<u8", buffer=padded, strides=(1,))
    found = left.astype(np.uint64)
    for place in range(0, int(left.max(initial=0)), WORD):
        word = words[np.minimum(seen.starts + place, len(seen.codes))]
        mixed = _mixed(found, word & MASKS[np.clip(left - place, 0, WORD)])
        found = np.where(left > place, mixed, found)  # whatever the longest text beside it is
    return found


def _mixed(found: Hashes, words: Hashes) -> Hashes:
    mixed: Hashes = (found ^ words) * SPREAD
    return mixed ^ (mixed >> FOLD)
