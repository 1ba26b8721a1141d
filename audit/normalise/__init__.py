"""Text to typed values, column by column: what a whole column decides, then what any part of it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from audit.normalise.distinct import Distinct
    from audit.normalise.fixed import Fixed


@dataclass(frozen=True)
class Cells:
    """A column on its way: its text cleaned (missing where blank), and which cells were numbers in a workbook.

    ``whole``: every cell; where it is None, ``known`` has them as distinct ones, and they are spread out only when asked for.
    """

    whole: pd.Series[str] | None
    native: pd.Series[bool] | None = None
    known: Distinct | None = None

    @cached_property
    def text(self) -> pd.Series[str]:
        """Every cell."""
        if self.whole is None:
            assert self.known is not None  # noqa: S101 - one of the two is given
            return self.known.text
        return self.whole

    @property
    def index(self) -> pd.Index[int]:
        """The rows of the cells."""
        return self.text.index if self.known is None else self.known.index

    @property
    def blank(self) -> npt.NDArray[np.bool_]:
        """Which cells are missing."""
        missing: npt.NDArray[np.bool_] = self.text.isna().to_numpy() if self.known is None else self.known.places < 0
        return missing

    def shown(self, rows: pd.Index[int]) -> pd.Series[str]:
        """The text of some rows, "" where it is missing."""
        import pandas as pd

        places = self.index.get_indexer(rows)
        if self.whole is None and self.known is not None:
            return pd.Series(self.known.cells.array.take(self.known.places[places], allow_fill=True, fill_value=""))
        return pd.Series(self.text.array.take(places)).fillna("")

    @cached_property
    def apart(self) -> Distinct:
        """The distinct cells of the column."""
        from audit.normalise.distinct import distinct

        return self.known or distinct(self.text)

    @cached_property
    def dates(self) -> Fixed:
        """The cells that are dates of a fixed width, the day first where the year is last."""
        from audit.normalise.fixed import read
        from audit.normalise.raw import arrow
        from audit.normalise.shapes import DAY_FIRST

        return read(arrow(self.text), DAY_FIRST)


class Decision(NamedTuple):
    """What a file's whole column decides for each part of it; blank where nothing in it needed deciding.

    ``decimal``: the decimal sign of its amounts, "," or ".".
    ``order``: how its dates are written: "day first", "month first", "serial" (a spreadsheet's count of days) or "unix".
    """

    decimal: str = ""
    order: str = ""


UNDECIDED = Decision()


@dataclass(frozen=True)
class Read:
    """A column once read.

    ``values``, ``spread`` (of times): on the cells' index. ``reasons``: why a cell has no value, those cells only.
    ``blanked``: how many cells say in some system's way that there is nothing.
    """

    values: pd.Series[Any]
    reasons: pd.Series[str]
    spread: pd.Series[int] | None = None
    blanked: int = 0


@dataclass(frozen=True)
class Context:
    """What reading a column may need to know: the shop's zone, the latest plausible time, each row's currency (EUR without)."""

    zone: ZoneInfo
    latest: datetime
    currency: pd.Series[str] | None = None


@dataclass(frozen=True)
class ContradictionError(Exception):
    """A column contradicts its own order of day and month, or its own decimal sign; holds the rows on either side.

    ``wrong`` and ``remedy`` are templates that name no facts.
    """

    wrong: str
    remedy: str
    rows: tuple[int, ...] = field(default=())


def first_reasons(masks: Mapping[str, pd.Series[bool]]) -> pd.Series[str]:
    """For each cell that any mask holds, the first reason that does."""
    import pandas as pd

    found: pd.Series[str] = pd.Series(dtype="str")
    for reason, mask in masks.items():
        rows = mask.index[mask.to_numpy(dtype=bool)].difference(found.index)
        if len(rows):
            found = pd.concat([found, pd.Series(reason, index=rows, dtype="str")])
    return found.sort_index()
