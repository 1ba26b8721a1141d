"""Columns of text as their bytes: signs that most hold none of are ruled out for all cells at once, and rows are glued without a loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

SIGNS = bytes(range(256))


def texts(column: pd.Series) -> pa.Array:
    """A column of text in one piece; missing cells stay missing."""
    cells = pa.array(column.astype("str"), type=pa.large_string(), from_pandas=True)
    return cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells


def content(cells: pa.Array) -> memoryview:
    """The bytes of all cells, one cell after the other."""
    data = cells.buffers()[2]
    first, last = (int(bound) for bound in _bounds(cells)[[0, -1]])
    return memoryview(b"") if data is None else memoryview(data)[first:last]


def found(cells: pa.Array, wanted: bytes) -> frozenset[int]:
    """Which of some bytes stand anywhere in a column."""
    return frozenset(bytes(content(cells)).translate(None, SIGNS.translate(None, wanted)))


def edged(cells: pa.Array, wanted: Collection[int], *, last: bool = False) -> bool:
    """Whether any cell begins with one of some bytes; ``last``: or ends with one."""
    bounds = _bounds(cells)
    held = bounds[1:] > bounds[:-1]
    codes = np.frombuffer(content(cells), dtype=np.uint8)
    edges = [bounds[:-1][held]] + ([bounds[1:][held] - 1] if last else [])
    return any(np.isin(codes[places - bounds[0]], list(wanted)).any() for places in edges)


def _bounds(cells: pa.Array) -> np.ndarray:
    """Where each cell begins in the bytes of the whole, and where the last one ends."""
    offsets = cells.buffers()[1]
    if offsets is None or not len(cells):
        return np.zeros(1, dtype=np.int64)
    return np.frombuffer(offsets, dtype=np.int64)[cells.offset : cells.offset + len(cells) + 1]


def glued(*parts: pa.Array | str) -> pa.Array:
    """Parts one after the other, row by row; missing where one is."""
    return pc.binary_join_element_wise(*(pa.scalar(part, pa.large_string()) if isinstance(part, str) else part for part in (*parts, "")))
