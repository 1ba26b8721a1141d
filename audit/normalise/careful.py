"""Dates of any shape to local times, one distinct cell after the other: in figures, in words, or counted from a day zero."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from audit.normalise.months import plainer
from audit.normalise.shapes import COMPACT, DAY_FIRST, MONTH_FIRST, WORDS, YEAR_FIRST, figures, moments

if TYPE_CHECKING:
    import numpy.typing as npt

    Times = npt.NDArray[np.datetime64]
    Mask = npt.NDArray[np.bool_]

SERIAL = r"^\d{5}(?:[.,]\d{1,15})?$"
SERIAL_ZERO = np.datetime64("1899-12-30", "us")
"""Day 0 of spreadsheets; right for every day after 28 February 1900."""

UNIX = r"^\d{9,10}$"
ORDERS = {"day first": DAY_FIRST, "month first": MONTH_FIRST}


class Local(NamedTuple):
    """Distinct cells read as local times (or as UTC where zoned): no time where unreadable; and which are whole days or zoned."""

    at: Times
    whole_day: Mask
    zoned: Mask


def local_times(cells: pa.Array, order: str) -> Local:
    """Cells read by a column's order."""
    if order == "serial":
        out, counted = written(cells, DAY_FIRST), serial(cells)
        return Local(
            np.where(np.isnat(out.at), counted.at, out.at),
            np.where(np.isnat(out.at), counted.whole_day, out.whole_day),
            out.zoned,
        )
    return _unix(cells) if order == "unix" else written(cells, ORDERS[order])


def written(cells: pa.Array, slashes: str) -> Local:
    """Dates in figures; then, where any is left, dates in words."""
    local = blank(cells)
    for shape in (YEAR_FIRST, slashes, COMPACT):
        local = read_shape(local, cells, shape)
    left = np.flatnonzero(np.isnat(local.at))
    if len(left):
        words = plainer(cells.take(pa.array(left)))
        rest = blank(words)
        for shape in (YEAR_FIRST, slashes, *WORDS):
            rest = read_shape(rest, words, shape)
        for mine, others in zip(local, rest, strict=True):
            mine[left] = others
    return local


def blank(cells: pa.Array) -> Local:
    """The same cells, none of them read."""
    none = np.zeros(len(cells), dtype=bool)
    return Local(np.full(len(cells), np.datetime64("NaT"), dtype="datetime64[us]"), none, none.copy())


def read_shape(local: Local, cells: pa.Array, shape: str) -> Local:
    """The same with the cells of one shape read that were not read before."""
    open_ = np.flatnonzero(np.isnat(local.at))
    if not len(open_):
        return local
    found = figures(cells.take(pa.array(open_)) if len(open_) < len(cells) else cells, shape)
    places = open_[found.held]
    local.at[places] = moments(found.numbers) - found.numbers["offset"] * np.timedelta64(1, "s")
    local.zoned[places] = found.zoned
    local.whole_day[places] = ~found.clocked
    return local


def serial(cells: pa.Array) -> Local:
    """Days counted by a spreadsheet, to the nearest second."""
    held = of_shape(cells, SERIAL)
    days = pd.to_numeric(pd.Series(cells.to_pandas()).str.replace(",", ".", regex=False).where(held)).to_numpy(dtype="float64", na_value=0)
    at = SERIAL_ZERO + np.rint(days * 86_400).astype("int64").astype("timedelta64[s]")
    return Local(np.where(held, at, np.datetime64("NaT")), held & (days == np.floor(days)), np.zeros(len(cells), dtype=bool))


def _unix(cells: pa.Array) -> Local:
    """Seconds since 1970 in UTC."""
    held = of_shape(cells, UNIX)
    seconds = pc.cast(pc.if_else(pa.array(held), cells, "0"), pa.int64()).to_numpy()
    at = np.datetime64(0, "us") + seconds.astype("timedelta64[s]")
    return Local(np.where(held, at, np.datetime64("NaT")), np.zeros(len(cells), dtype=bool), held)


def of_shape(cells: pa.Array, pattern: str) -> Mask:
    """Which cells a pattern matches."""
    held: Mask = pc.fill_null(pc.match_substring_regex(cells, pattern), fill_value=False).to_numpy(zero_copy_only=False)
    return held
