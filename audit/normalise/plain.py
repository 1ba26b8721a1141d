"""Figures of digits and at most one decimal sign, as programs write them: read from their bytes, a whole column at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit.normalise.raw import raw

if TYPE_CHECKING:
    import numpy.typing as npt

    Codes = npt.NDArray[np.uint8]
    Mask = npt.NDArray[np.bool_]
    Numbers = npt.NDArray[np.int64]

LONGEST = 13
"""Digits of the figures that are read here: in hundredths any of them is a whole number of 64 bits."""

SIGNS = ("", ",", ".")
SCALES = np.array([100, 10, 1])
"""What a figure of so many decimals is multiplied by to be in hundredths."""

ZERO, NINE = 0x30, 0x39


class Plain(NamedTuple):
    """Figures read: which cells, how much in hundredths (0 for the others), and the decimal sign that they show."""

    held: Mask
    hundredths: Numbers
    decimal: pa.Array


def read(cells: pa.Array) -> Plain:
    """Digits, or digits, a point or comma, and one or two digits; the other cells are the careful reader's."""
    seen = raw(cells)
    codes, bounds = seen.within, np.append(seen.starts, seen.stops[-1:])
    bounds = bounds - bounds[:1]
    others = np.flatnonzero((codes < ZERO) | (codes > NINE))
    rows = np.searchsorted(bounds[1:], others, side="right")
    sign, decimals = np.zeros((2, len(cells)), dtype=np.int64)
    sign[rows] = (codes[others] == ord(",")) + 2 * (codes[others] == ord("."))
    decimals[rows] = bounds[1:][rows] - others - 1
    lengths = np.diff(bounds)
    count = np.bincount(rows, minlength=len(cells))
    held = (lengths > 0) & (lengths <= LONGEST) & ((count == 0) | ((count == 1) & (sign > 0)))
    held &= (count == 0) | ((decimals >= 1) & (decimals < len(SCALES)) & (lengths > decimals + 1))
    number = np.zeros(len(cells), dtype=np.int64)
    number[held] = _whole(codes, bounds, others, held) * SCALES[decimals[held]]
    return Plain(held, number, pa.array(SIGNS, pa.large_string()).take(pa.array(np.where(held, sign, 0))))


def _whole(codes: Codes, bounds: Numbers, others: Numbers, held: Mask) -> Numbers:
    """The held cells as whole numbers, without the sign that stands in them."""
    digits = pa.py_buffer(np.delete(codes, others))
    ends = pa.py_buffer(bounds - np.searchsorted(others, bounds))
    bare = pa.Array.from_buffers(pa.large_string(), len(held), [None, ends, digits])
    whole: Numbers = pc.cast(bare.filter(pa.array(held)), pa.int64()).to_numpy()
    return whole
