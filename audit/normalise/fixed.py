"""Dates in figures of a fixed width, as programs write them: read from their bytes, a whole column at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from audit.normalise.raw import raw
from audit.normalise.shapes import DAY_FIRST, FIELDS, MONTH_FIRST, YEAR_FIRST, moments

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    Codes = npt.NDArray[np.uint8]
    Mask = npt.NDArray[np.bool_]
    Times = npt.NDArray[np.datetime64]

LENGTHS = (10, 16, 19)
"""Signs of a day, of one with a clock, and of one with seconds."""

DAYS: Mapping[str, tuple[str, str, str]] = {
    YEAR_FIRST: ("year", "month", "day"),
    DAY_FIRST: ("day", "month", "year"),
    MONTH_FIRST: ("month", "day", "year"),
}
CLOCK = {"hour": (11, 12), "minute": (14, 15), "second": (17, 18)}
"""Where the figures of a clock stand."""

BETWEEN_DAYS, BEFORE_CLOCK, WITHIN_CLOCK = "/.-", " Tt-", ":"
NINE = 9


class Fixed(NamedTuple):
    """Cells read as local times: which ones, when (no time for the others), and which of them are whole days."""

    held: Mask
    at: Times
    whole_day: Mask


def read(cells: pa.Array, slashes: str) -> Fixed:
    """The cells of fixed width; ``slashes``: the shape of dates whose year stands last. The others are the careful reader's."""
    found = none(len(cells))
    for length, rows, codes in _by_length(cells):
        for shape in (YEAR_FIRST, slashes):
            fits = _fits(codes, shape)
            if fits.any():
                places = rows[fits]
                found.at[places] = moments(_numbers(codes if fits.all() else codes[:, fits], shape))
                found.whole_day[places] = length == LENGTHS[0]
    return found._replace(held=~np.isnat(found.at))


def none(size: int) -> Fixed:
    """So many cells, none of them read."""
    at = np.full(size, np.datetime64("NaT"), dtype="datetime64[us]")
    return Fixed(np.zeros(size, dtype=np.bool_), at, np.zeros(size, dtype=np.bool_))


def _by_length(cells: pa.Array) -> Iterator[tuple[int, npt.NDArray[np.int64], Codes]]:
    """The cells of each length: their places, and their bytes as one row a place in the cell, digits as 0 to 9."""
    seen = raw(cells)
    lengths = seen.stops - seen.starts
    if cells.null_count:
        lengths = np.where(cells.is_valid().to_numpy(zero_copy_only=False), lengths, 0)
    for length in LENGTHS:
        alike = lengths == length
        if alike.any():
            codes = raw(cells.filter(pa.array(alike))).within.reshape(-1, length)
            yield length, np.flatnonzero(alike), np.ascontiguousarray(codes.T) - np.uint8(ord("0"))


def _sign(sign: str) -> np.uint8:
    return np.uint8((ord(sign) - ord("0")) % 256)


def _fits(codes: Codes, shape: str) -> Mask:
    """Which cells have digits and separators where the shape has them."""
    fits = np.ones(codes.shape[1], dtype=np.bool_)
    between = {
        **dict.fromkeys((4, 7) if shape == YEAR_FIRST else (2, 5), BETWEEN_DAYS),
        **dict.fromkeys((10,), BEFORE_CLOCK),
        **dict.fromkeys((13, 16), WITHIN_CLOCK),
    }
    for place, code in enumerate(codes):
        if place in between:
            fits &= np.logical_or.reduce([code == _sign(sign) for sign in between[place]])
        else:
            fits &= code <= NINE
    return fits


def _numbers(codes: Codes, shape: str) -> dict[str, npt.NDArray[np.int64]]:
    """The figures of dates that fit a shape."""
    starts = (0, 5, 8) if shape == YEAR_FIRST else (0, 3, 6)
    days = {name: range(start, start + (4 if name == "year" else 2)) for name, start in zip(DAYS[shape], starts, strict=True)}
    where = {**days, **{name: places for name, places in CLOCK.items() if places[-1] < len(codes)}}
    none = np.zeros(codes.shape[1], dtype=np.int64)
    return {name: _number(codes, where[name]) if name in where else none for name in FIELDS}


def _number(codes: Codes, places: Sequence[int]) -> npt.NDArray[np.int64]:
    number = np.zeros(codes.shape[1], dtype=np.int64)
    for place in places:
        number = number * 10 + codes[place]
    return number
