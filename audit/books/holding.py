"""The accepted tables of a run, and what is asked of them before anything is joined."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from audit.books import absence
from audit.books.blank import blank
from audit.books.whole import Whole
from audit.limits import Limits
from audit.tables import Accepted
from schemas.orders import ORDERS
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import pandas as pd

    from audit.config import Config


@dataclass(frozen=True)
class Holding:
    """The tables, the settings and the moment by which they are judged.

    ``found``: labels of the subjects that each rule has hit so far, by code; rules see it through ``has``.
    ``whole``: what the whole shop says, where the tables hold a part of it.
    """

    tables: Mapping[str, Accepted]
    config: Config
    as_of: pd.Timestamp
    found: dict[str, pd.Index] = field(default_factory=dict)
    whole: Whole = Whole()

    @property
    def limits(self) -> Limits:
        """The limits in force."""
        return Limits(self.config.limits)

    @property
    def orders(self) -> Accepted:
        """The accepted orders; without rows where no input holds the table."""
        return self.tables.get("orders") or Accepted(blank(ORDERS), frozenset(), blank(ORDERS)[["purchase_id", "item_id"]])

    @property
    def listings(self) -> pd.DataFrame | None:
        """The accepted listings, or None where no input holds them."""
        return self._frame("listings")

    @property
    def authorisations(self) -> pd.DataFrame | None:
        """The accepted authorisations, or None where no input holds them."""
        return self._frame("authorisations")

    @property
    def shipments(self) -> pd.DataFrame | None:
        """The accepted shipments, or None where no input holds them."""
        return self._frame("shipments")

    def _frame(self, table: str) -> pd.DataFrame | None:
        return self.tables[table].frame if table in self.tables else None

    def holds(self, table: str, column: str) -> bool:
        """Whether any file of a table has a column."""
        return table in self.tables and column in self.tables[table].present

    def _has_status(self, status: str) -> bool:
        """Whether any order of the shop says that it has a status."""
        if self.whole.statuses is not None:
            return status in self.whole.statuses
        return bool((self.orders.frame["status"] == status).any())

    def window(self, table: str) -> tuple[pd.Timestamp, pd.Timestamp]:
        """The earliest and latest date of a table; NaT where it has none."""
        if self.whole.windows is not None:
            return self.whole.windows[table]
        return absence.window(self.tables[table].frame, TABLES[table])

    @property
    def now(self) -> datetime:
        """As-of in shop time."""
        moment: datetime = self.as_of.tz_convert(self.config.zone).to_pydatetime()
        return moment
