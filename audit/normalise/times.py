"""Times: one order of day and month for a whole column, each an instant in UTC with how far it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from audit.normalise import Cells, Context, ContradictionError, Decision, Read, careful, first_reasons, fixed
from audit.normalise.clock import instants
from audit.normalise.distinct import Distinct, distinct
from audit.normalise.fixed import Fixed
from audit.normalise.months import plainer
from audit.normalise.raw import arrow, speechless
from audit.normalise.shapes import DAY_FIRST, MONTH_FIRST, SHORT_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import numpy.typing as npt

    Times = npt.NDArray[np.datetime64]
    Mask = npt.NDArray[np.bool_]

NO_DATE = r"^(?:0{4}[/.\-]00?[/.\-]00?|00?[/.\-]00?[/.\-]0{4}|00?[/.\-]0?1[/.\-]1900|1900[/.\-]0?1[/.\-]00?)(?:[T -]\d{1,2}:\d{2}.*)?$"
"""Dates that no calendar has, written where there is none."""

NO_DAYS = np.array(["0001-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1970-01-01"], dtype="datetime64[D]")
"""Days from which spreadsheets, databases and Unix count: written where there is no date."""

EARLIEST = np.datetime64("2000-01-01", "us")
"""The platform opened in 2001: nothing was sold on it before."""

LAST_SERIAL = np.datetime64("2100-01-01", "us")
SHOWN_ROWS = 5
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
    wrong = careful.of_shape(cells, pattern)
    if wrong.any():
        at = careful.read_shape(careful.blank(cells), cells, careful.ORDERS[other]).at
        wrong &= (at >= EARLIEST) & (at <= _latest(context.latest))
    return wrong


def _all_serial(cells: pa.Array, context: Context, *, future: bool) -> bool:
    """Whether plausible counts of days stand in a column, and no date that is written out."""
    if not careful.of_shape(cells, careful.SERIAL).any():
        return False
    at = careful.serial(cells).at
    plausible = (at >= EARLIEST) & (at <= (LAST_SERIAL if future else _latest(context.latest)))
    return bool(plausible.any()) and bool(np.isnat(careful.written(cells, DAY_FIRST).at).all())


def read(cells: Cells, decision: Decision, *, context: Context, future: bool) -> Read:
    """Instants in UTC and their spread; ``future``: any year is plausible here, ahead or past."""
    order = decision.order or "day first"
    seen = _fixed(cells, order)
    left = _left(cells, seen)
    texts = _arrow(left.apart.cells)
    slow = careful.local_times(texts, order)
    local = _together(seen, slow, left)
    none = left.spread_out(careful.of_shape(texts, NO_DATE)) | _is_zero_day(local.at)
    shaped = {
        "two-digit-year": left.spread_out(_short_years(texts, np.isnat(slow.at))),
        "day-count": left.spread_out(np.isnat(slow.at) & careful.of_shape(texts, careful.SERIAL)),
    }
    return _judge(cells.text, local, none, shaped, (context, future))


def _together(seen: Fixed, slow: careful.Local, left: Left) -> careful.Local:
    """What was read from bytes, and carefully."""
    whole_day, zoned = left.spread_out(slow.whole_day), left.spread_out(slow.zoned)
    at = seen.at.copy()
    at[left.rows] = slow.at[left.apart.places]
    return careful.Local(at, seen.whole_day | whole_day, zoned)


def _judge(text: pd.Series[str], local: careful.Local, none: Mask, shaped: Mapping[str, Mask], how: tuple[Context, bool]) -> Read:
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


def _short_years(cells: pa.Array, unread: Mask) -> Mask:
    """Which of the unread cells are dates whose year has two digits."""
    found = np.zeros(len(cells), dtype=bool)
    if unread.any():
        found[unread] = careful.of_shape(plainer(cells.filter(pa.array(unread))), SHORT_YEAR)
    return found


def _is_zero_day(at: Times) -> Mask:
    """Which times are a day that systems write where there is none."""
    found = at < EARLIEST
    found[found] = np.isin(at[found].astype("datetime64[D]"), NO_DAYS)
    return found
