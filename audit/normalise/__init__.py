"""Text to typed values, column by column; a cell that can't be read gets a reason instead of a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    import pandas as pd


class Cells(NamedTuple):
    """A column on its way: text as received and cleaned (missing where blank), and which cells were numbers in a workbook."""

    text: pd.Series[str]
    native: pd.Series[bool]


@dataclass(frozen=True)
class Read:
    """A column once read: values (and spreads of times), and the reason of each cell that has none; all on the cells' index."""

    values: pd.Series[Any]
    reasons: pd.Series[str]
    spread: pd.Series[int] | None = None


@dataclass(frozen=True)
class Context:
    """What reading a column may need to know: the shop's zone, the latest plausible time, each row's currency.

    ``date_order``: "day-first" or "month-first"; ``decimal``: "," or "."; as a mapping says, blank where none does.
    """

    zone: ZoneInfo
    latest: datetime
    currency: pd.Series[str] | None = None
    date_order: str = ""
    decimal: str = ""


@dataclass(frozen=True)
class ContradictionError(Exception):
    """A column contradicts its own order of day and month, or its own decimal sign; holds the rows on either side."""

    wrong: str
    remedy: str
    rows: tuple[int, ...] = field(default=())
