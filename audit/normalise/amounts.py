"""Amounts and counts: exact, by one decimal sign for a whole column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from audit.normalise import Cells, Context, ContradictionError, Decision, Read, first_reasons
from audit.normalise.currencies import meanings
from audit.normalise.distinct import Distinct
from audit.normalise.figures import Figures, figures

if TYPE_CHECKING:
    import numpy.typing as npt

SHOWN_ROWS = 5
NOT_AS_TOLD = {
    ",": "uses the point as decimal sign, where the comma was told",
    ".": "uses the comma as decimal sign, where the point was told",
}
"""What is said of amounts that contradict the decimal sign that was told."""
SHOP_CURRENCY = "EUR"
ONE = 100
"""Figures are read in hundredths."""


def decide(cells: Cells, told: Decision, *, context: Context | None = None, minimum: int | None = None, whole: bool = False) -> Decision:
    """The column's decimal sign; ``minimum`` in the column's own unit: cents where there is a context, else ones.

    Raises ContradictionError where cells that can be read use both signs, or one that is not the sign told.
    """
    apart = cells.apart
    read = figures(apart.cells)
    sound = read.hundredths.notna()
    if minimum is not None:
        sound &= (read.hundredths >= (minimum if context else minimum * ONE)).fillna(value=False).astype(bool)
    if whole:
        sound &= (read.hundredths % ONE == 0).fillna(value=False).astype(bool)
    fit = ~_contradicting(apart, read.sign, context)
    if cells.native is not None:
        fit &= ~cells.native.to_numpy(dtype=bool)
    signs = {sign: apart.rows(read.decimal.eq(sign).fillna(value=False).astype(bool) & sound) & fit for sign in NOT_AS_TOLD}
    found = [sign for sign, rows in signs.items() if rows.any()]
    if told.decimal and [sign for sign in found if sign != told.decimal]:
        raise _not_as_told(told.decimal, cells.text, signs)
    if len(found) > 1:
        raise _both_signs(cells.text, signs)
    return told._replace(decimal=told.decimal or "".join(found))


def _both_signs(text: pd.Series[str], signs: dict[str, npt.NDArray[np.bool_]]) -> ContradictionError:
    rows = [row for held in signs.values() for row in text.index[held][:SHOWN_ROWS]]
    remedy = "Write all amounts of the column in one way."
    return ContradictionError("uses both the comma and the point as decimal sign", remedy, tuple(sorted(rows)))


def _not_as_told(told: str, text: pd.Series[str], signs: dict[str, npt.NDArray[np.bool_]]) -> ContradictionError:
    (other,) = set(NOT_AS_TOLD) - {told}
    return ContradictionError(NOT_AS_TOLD[told], "Correct the mapping, or the amounts.", tuple(text.index[signs[other]][:SHOWN_ROWS]))


def read_money(cells: Cells, decision: Decision, *, context: Context) -> Read:
    """Whole cents as Int64."""
    apart, found, read = _read(cells, decision.decimal)
    clash = pd.Series(_contradicting(apart, found.sign, context), index=cells.index)
    reasons = first_reasons({"currency-contradiction": clash})
    left = read.reasons[~read.reasons.index.isin(reasons.index)]
    return Read(read.values.mask(clash), pd.concat([reasons, left]).sort_index())


def read_number(cells: Cells, decision: Decision) -> Read:
    """Decimal numbers with at most two decimals, as Float64."""
    _, _, read = _read(cells, decision.decimal)
    return Read((read.values / ONE).astype("Float64"), read.reasons)


def read_count(cells: Cells, decision: Decision) -> Read:
    """Whole numbers as Int64; ``not-whole`` for others."""
    _, _, read = _read(cells, decision.decimal)
    broken = (read.values % ONE != 0).fillna(value=False).astype(bool)
    reasons = pd.concat([read.reasons.replace({"third-decimal": "not-whole"}), first_reasons({"not-whole": broken})])
    return Read((read.values // ONE).mask(broken), reasons.sort_index())


def _read(cells: Cells, decimal: str) -> tuple[Distinct, Figures, Read]:
    """Every cell in hundredths; the numbers of a workbook have a point, whatever its texts have."""
    apart = cells.apart
    found = figures(apart.cells, decimal)
    read = apart.spread_out(Read(found.hundredths, found.reasons))
    if cells.native is None or not cells.native.any():
        return apart, found, read
    exact = figures(apart.cells, ".")
    numbers = apart.spread_out(Read(exact.hundredths, exact.reasons))
    reasons = pd.concat(
        [
            one.reasons[held.reindex(one.reasons.index).to_numpy(dtype=bool)]
            for one, held in ((read, ~cells.native), (numbers, cells.native))
        ]
    )
    return apart, found, Read(read.values.mask(cells.native, numbers.values), reasons.sort_index())


def _contradicting(apart: Distinct, sign: pd.Series[str], context: Context | None) -> npt.NDArray[np.bool_]:
    """Which cells carry the sign of another currency than their row's."""
    clash = np.zeros(len(apart.places), dtype=bool)
    for mark in sign.dropna().unique():
        held = apart.rows((sign == mark).fillna(value=False).astype(bool))
        allowed = meanings()[str(mark)]
        if context is None or context.currency is None:
            clash |= held & (SHOP_CURRENCY not in allowed)
        else:
            clash |= held & ~context.currency.isin(allowed).to_numpy(dtype=bool)
    return clash
