"""Times: one order of day and month for a whole column, each an instant in UTC with how far it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from audit.normalise import Cells, Context, ContradictionError, Decision, Read, first_reasons, fixed
from audit.normalise.clock import instants
from audit.normalise.distinct import Distinct, distinct
from audit.normalise.fixed import Fixed
from audit.normalise.months import plainer
from audit.normalise.raw import arrow, speechless
from audit.normalise.shapes import COMPACT, DAY_FIRST, MONTH_FIRST, SHORT_YEAR, WORDS, YEAR_FIRST, figures, moments

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import numpy.typing as npt

    Times = npt.NDArray[np.datetime64]
    Mask = npt.NDArray[np.bool_]

SERIAL = r"^\d{5}(?:[.,]\d{1,15})?$"
SERIAL_ZERO = np.datetime64("1899-12-30", "us")
"""Day 0 of spreadsheets; right for every day after 28 February 1900."""

UNIX = r"^\d{9,10}$"
NO_DATE = r"^(?:0{4}[/.\-]00?[/.\-]00?|00?[/.\-]00?[/.\-]0{4}|00?[/.\-]0?1[/.\-]1900|1900[/.\-]0?1[/.\-]00?)(?:[T -]\d{1,2}:\d{2}.*)?$"
"""Dates that no calendar has, written where there is none."""

NO_DAYS = np.array(["0001-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1970-01-01"], dtype="datetime64[D]")
"""Days from which spreadsheets, databases and Unix count: written where there is no date."""

EARLIEST = np.datetime64("2000-01-01", "us")
"""The platform opened in 2001: nothing was sold on it before."""

LAST_SERIAL = np.datetime64("2100-01-01", "us")
SHOWN_ROWS = 5
ORDERS = {"day first": DAY_FIRST, "month first": MONTH_FIRST}
AGAINST = {
    "day first": ("month first", r"^\d{1,2}[/.\-](?:1[3-9]|2\d|3[01])[/.\-]\d{4}"),
    "month first": ("day first", r"^(?:1[3-9]|2\d|3[01])[/.\-]\d{1,2}[/.\-]\d{4}"),
}
"""For each order the other one, and how dates look that can be read in that alone."""

CONTRADICTS = {
    "day first": "puts the month first, where the day is read first",
    "month first": "puts the day first, where the month was told to stand first",
}
"""What is said of such dates."""

WRITE = "Write the dates as dd/mm/yyyy or yyyy-mm-dd."


class Local(NamedTuple):
    """Distinct cells read as local times (or as UTC where zoned): no time where unreadable; and which are whole days or zoned."""

    at: Times
    whole_day: Mask
    zoned: Mask


class Left(NamedTuple):
    """The cells of a column that are left to the careful reader: their places in it, and the distinct ones."""

    rows: npt.NDArray[np.intp]
    apart: Distinct
    size: int

    def spread_out(self, mask: Mask) -> Mask:
        """Which cells of the whole column have a distinct one for which the mask holds."""
        whole = np.zeros(self.size, dtype=np.bool_)
        whole[self.rows] = mask[self.apart.places]
        return whole


def decide(cells: Cells, told: Decision, *, context: Context, future: bool) -> Decision:
    """The column's order; raises ContradictionError where a date can be read in the other order alone."""
    seen = _fixed(cells, told.order)
    left = _left(cells, seen).apart
    texts = _arrow(left.cells)
    order = told.order or ("serial" if not seen.held.any() and _all_serial(texts, context, future=future) else "day first")
    if order in AGAINST and (wrong := _against(texts, order, context)).any():
        raise ContradictionError(CONTRADICTS[order], WRITE, tuple(left.index[left.rows(pd.Series(wrong))][:SHOWN_ROWS]))
    return told._replace(order=order)


def _fixed(cells: Cells, order: str) -> Fixed:
    """The cells that are read from their bytes; of counts of seconds none is a date that is written out."""
    if order == "unix":
        return fixed.none(len(cells.text))
    return fixed.read(arrow(cells.text), MONTH_FIRST) if order == "month first" else cells.dates


def _left(cells: Cells, seen: Fixed) -> Left:
    left = np.flatnonzero(~seen.held & cells.text.notna().to_numpy())
    left = left[~speechless(arrow(cells.text.iloc[left]))]
    return Left(left, distinct(cells.text.iloc[left]), len(cells.text))


def _arrow(cells: pd.Series[str]) -> pa.Array:
    marked = cells.str.replace("^'", "", regex=True) if cells.str.startswith("'").any() else cells
    found = pa.array(marked, from_pandas=True)
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _against(cells: pa.Array, order: str, context: Context) -> Mask:
    """Which cells are plausible dates in the other order alone."""
    other, pattern = AGAINST[order]
    wrong = _shaped(cells, pattern)
    if wrong.any():
        at = _read_shape(_blank(cells), cells, ORDERS[other]).at
        wrong &= (at >= EARLIEST) & (at <= _latest(context.latest))
    return wrong


def _all_serial(cells: pa.Array, context: Context, *, future: bool) -> bool:
    """Whether plausible counts of days stand in a column, and no date that is written out."""
    if not _shaped(cells, SERIAL).any():
        return False
    at = _serial(cells).at
    plausible = (at >= EARLIEST) & (at <= (LAST_SERIAL if future else _latest(context.latest)))
    return bool(plausible.any()) and bool(np.isnat(_written(cells, DAY_FIRST).at).all())


def read(cells: Cells, decision: Decision, *, context: Context, future: bool) -> Read:
    """Instants in UTC and their spread; ``future``: any year is plausible here, ahead or past."""
    order = decision.order or "day first"
    seen = _fixed(cells, order)
    left = _left(cells, seen)
    texts = _arrow(left.apart.cells)
    careful = _local(texts, order)
    local = _together(seen, careful, left)
    none = left.spread_out(_shaped(texts, NO_DATE)) | _is_zero_day(local.at)
    shaped = {
        "two-digit-year": left.spread_out(_short_years(texts, np.isnat(careful.at))),
        "day-count": left.spread_out(np.isnat(careful.at) & _shaped(texts, SERIAL)),
    }
    return _judge(cells.text, local, none, shaped, (context, future))


def _together(seen: Fixed, careful: Local, left: Left) -> Local:
    """What was read from bytes, and carefully."""
    whole_day, zoned = left.spread_out(careful.whole_day), left.spread_out(careful.zoned)
    at = seen.at.copy()
    at[left.rows] = careful.at[left.apart.places]
    return Local(at, seen.whole_day | whole_day, zoned)


def _judge(text: pd.Series[str], local: Local, none: Mask, shaped: Mapping[str, Mask], how: tuple[Context, bool]) -> Read:
    """Local times as instants, or why a filled cell is none."""
    context, future = how
    found = instants(np.where(local.zoned, np.datetime64("NaT"), local.at), local.whole_day, context.zone)
    at = np.where(local.zoned, local.at, found.at)
    unread = np.isnat(at)
    masks = {
        "two-digit-year": shaped["two-digit-year"],
        "nonexistent-time": unread & ~np.isnat(local.at),
        "day-count": shaped["day-count"],
        "unreadable-date": unread & text.notna().to_numpy(),
        "far-future": (at > _latest(context.latest)) & (not future),
        "far-past": (at < EARLIEST) & (not future),
    }
    reasons = first_reasons({reason: pd.Series(mask & ~none, index=text.index) for reason, mask in masks.items()})
    away = np.logical_or.reduce([none, *masks.values()])
    values = pd.Series(np.where(away, np.datetime64("NaT"), at).astype("datetime64[us]"), index=text.index).dt.tz_localize("UTC")
    spread = pd.Series(np.where(away, 0, found.spread).astype("int32"), index=text.index)
    return Read(values, reasons, spread, int(none.sum()))


def _latest(moment: datetime) -> np.datetime64:
    return np.datetime64(pd.Timestamp(moment).tz_convert("UTC").tz_localize(None), "us")


def _shaped(cells: pa.Array, pattern: str) -> Mask:
    held: Mask = pc.fill_null(pc.match_substring_regex(cells, pattern), fill_value=False).to_numpy(zero_copy_only=False)
    return held


def _short_years(cells: pa.Array, unread: Mask) -> Mask:
    """Which of the unread cells are dates whose year has two digits."""
    found = np.zeros(len(cells), dtype=bool)
    if unread.any():
        found[unread] = _shaped(plainer(cells.filter(pa.array(unread))), SHORT_YEAR)
    return found


def _is_zero_day(at: Times) -> Mask:
    """Which times are a day that systems write where there is none."""
    found = at < EARLIEST
    found[found] = np.isin(at[found].astype("datetime64[D]"), NO_DAYS)
    return found


def _local(cells: pa.Array, order: str) -> Local:
    if order == "serial":
        written, counted = _written(cells, DAY_FIRST), _serial(cells)
        return Local(
            np.where(np.isnat(written.at), counted.at, written.at),
            np.where(np.isnat(written.at), counted.whole_day, written.whole_day),
            written.zoned,
        )
    return _unix(cells) if order == "unix" else _written(cells, ORDERS[order])


def _written(cells: pa.Array, slashes: str) -> Local:
    """Dates in figures; then, where any is left, dates in words."""
    local = _blank(cells)
    for shape in (YEAR_FIRST, slashes, COMPACT):
        local = _read_shape(local, cells, shape)
    left = np.flatnonzero(np.isnat(local.at))
    if len(left):
        words = plainer(cells.take(pa.array(left)))
        rest = _blank(words)
        for shape in (YEAR_FIRST, slashes, *WORDS):
            rest = _read_shape(rest, words, shape)
        for mine, others in zip(local, rest, strict=True):
            mine[left] = others
    return local


def _blank(cells: pa.Array) -> Local:
    none = np.zeros(len(cells), dtype=bool)
    return Local(np.full(len(cells), np.datetime64("NaT"), dtype="datetime64[us]"), none, none.copy())


def _read_shape(local: Local, cells: pa.Array, shape: str) -> Local:
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


def _serial(cells: pa.Array) -> Local:
    """Days counted by a spreadsheet, to the nearest second."""
    held = _shaped(cells, SERIAL)
    days = pd.to_numeric(pd.Series(cells.to_pandas()).str.replace(",", ".", regex=False).where(held)).to_numpy(dtype="float64", na_value=0)
    at = SERIAL_ZERO + np.rint(days * 86_400).astype("int64").astype("timedelta64[s]")
    return Local(np.where(held, at, np.datetime64("NaT")), held & (days == np.floor(days)), np.zeros(len(cells), dtype=bool))


def _unix(cells: pa.Array) -> Local:
    """Seconds since 1970 in UTC."""
    held = _shaped(cells, UNIX)
    seconds = pc.cast(pc.if_else(pa.array(held), cells, "0"), pa.int64()).to_numpy()
    at = np.datetime64(0, "us") + seconds.astype("timedelta64[s]")
    return Local(np.where(held, at, np.datetime64("NaT")), np.zeros(len(cells), dtype=bool), held)
