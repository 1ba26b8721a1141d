"""Columns of text seen as bytes: what most cells are can be told from those at once, so that only the others are looked at one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    import numpy.typing as npt

    Codes = npt.NDArray[np.uint8]
    Offsets = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]

BLANK, ZERO, BEYOND_ASCII = 0x20, 0x30, 0x80
NINE = 9


class Raw(NamedTuple):
    """The UTF-8 bytes of a column: cell n stands in ``codes`` from ``starts[n]`` to ``stops[n]``."""

    codes: Codes
    starts: Offsets
    stops: Offsets

    @property
    def filled(self) -> Mask:
        """Which cells hold anything."""
        held: Mask = self.stops > self.starts
        return held

    @property
    def within(self) -> Codes:
        """The bytes of all cells together."""
        return self.codes[self.starts[0] : self.stops[-1]] if len(self.starts) else self.codes[:0]

    def first(self) -> Codes:
        """The first byte of each cell; of a blank one, 0."""
        return self._at(self.starts)

    def last(self) -> Codes:
        """The last byte of each cell; of a blank one, 0."""
        return self._at(self.stops - 1)

    def _at(self, places: Offsets) -> Codes:
        held = self.filled
        if held.all():
            return self.codes[places]
        found = np.zeros(len(places), dtype=np.uint8)
        found[held] = self.codes[places[held]]
        return found

    def cells_at(self, places: Offsets) -> Mask:
        """Which cells hold some places in ``codes``, given in rising order."""
        held: Mask = np.searchsorted(places, self.stops) > np.searchsorted(places, self.starts)
        return held


def raw(cells: pa.Array) -> Raw:
    """The bytes of a column of large strings; a missing cell has none or any."""
    _, offsets, data = cells.buffers()
    bounds = np.frombuffer(offsets, dtype=np.int64)[cells.offset : cells.offset + len(cells) + 1] if len(cells) else np.zeros(1, np.int64)
    codes = np.frombuffer(data, dtype=np.uint8) if data is not None else np.zeros(0, dtype=np.uint8)
    return Raw(codes, bounds[:-1], bounds[1:])


def speechless(cells: pa.Array) -> Mask:
    """Which cells hold no digit and nothing beyond ASCII: no figure or date can be read from them."""
    seen = raw(cells)
    telling = np.flatnonzero((seen.within - np.uint8(ZERO) <= NINE) | (seen.within >= BEYOND_ASCII))
    return ~seen.cells_at(telling + seen.starts[0]) if len(telling) else np.ones(len(cells), dtype=np.bool_)


def arrow(column: pd.Series[str]) -> pa.Array:
    """A column as large strings in one piece, without a copy where it is so already."""
    cells = pa.array(column, from_pandas=True)
    if isinstance(cells, pa.ChunkedArray):
        cells = cells.chunk(0) if cells.num_chunks == 1 else cells.combine_chunks()
    return cells if pa.types.is_large_string(cells.type) else cells.cast(pa.large_string())


def series(cells: pa.Array, index: pd.Index[int]) -> pd.Series[str]:
    """A column of text or of truth, without a copy where that can be."""
    if pa.types.is_boolean(cells.type):
        return pd.Series(cells.to_numpy(zero_copy_only=False), index=index)
    return pd.Series(pd.array(cells, dtype="str"), index=index)


def blank_as_missing(cells: pa.Array) -> pa.Array:
    """The same cells, those that hold nothing missing."""
    seen = raw(cells)
    held = seen.filled if not cells.null_count else seen.filled & cells.is_valid().to_numpy(zero_copy_only=False)
    if held.all():
        return cells
    bits = pa.py_buffer(np.packbits(np.concatenate([np.zeros(cells.offset, dtype=np.bool_), held]), bitorder="little"))
    return pa.Array.from_buffers(cells.type, len(cells), [bits, *cells.buffers()[1:]], offset=cells.offset)
