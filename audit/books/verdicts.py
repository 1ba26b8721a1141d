"""How sure a finding is, and from which limit on a graver word applies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.findings import Confidence

if TYPE_CHECKING:
    import pandas as pd


def confidence(
    base: Confidence, rows: pd.DataFrame, *, likely: pd.Series[bool] | None = None, possible: pd.Series[bool] | None = None
) -> pd.Series[str]:
    """The rule's own confidence, lowered where a mask says so; aligned with the rows."""
    sure = rows.index.to_series().astype(object).mask(rows.index.to_series().notna(), base.value)
    if likely is not None and base is Confidence.CERTAIN:
        sure = sure.mask(likely.reindex(rows.index, fill_value=False).astype(bool), Confidence.LIKELY.value)
    if possible is not None:
        sure = sure.mask(possible.reindex(rows.index, fill_value=False).astype(bool), Confidence.POSSIBLE.value)
    return sure


def graded(mask: pd.Series[bool], if_so: str, if_not: str) -> pd.Series[str]:
    """One word where the mask holds, the other elsewhere."""
    return mask.map({True: str(if_so), False: str(if_not)})
