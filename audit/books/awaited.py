"""What is still to come, and what the absence of a row means: the third layer of the books."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from audit.books import absence, parcels
from audit.books import items as item_book
from audit.books.sent import Sent
from audit.rule import NotJudgeable
from schemas.text import Message

if TYPE_CHECKING:
    from audit.books.clock import Moments


class Awaited(Sent):
    """Clocks that run, and rows that would be in the files if there were any."""

    def refused_in(self, table: str) -> pd.Series[bool]:
        """Which items have a refused row in a table: their own, or one of their purchase that names no item."""
        return absence.refused(self.items, self.tables[table])

    def observed(self, table: str, events: Moments, rows: pd.DataFrame | None = None) -> pd.Series[bool]:
        """Which rows' absence from a table means something: the event lies within its dates, and none of their rows was refused.

        ``rows``: with purchase_id and item_id, the items unless given; ``events`` is aligned with them.
        """
        rows = self.items if rows is None else rows
        if table not in self.tables:
            return pd.Series(data=False, index=rows.index)
        first, last = self.window(table)
        inside = (events.latest >= first) & (events.at <= last)
        return inside & ~absence.refused(rows, self.tables[table])

    @cached_property
    def clock_start(self) -> Moments:
        """When each item's clock for confirming starts; missing for a pre-order without release."""
        return item_book.clock_start(self.items)

    @cached_property
    def dispatch_clock(self) -> Moments:
        """When each item's clock for dispatch starts; missing where it is not confirmed."""
        return item_book.dispatch_clock(self.items)

    @cached_property
    def not_shipped(self) -> pd.Series[bool]:
        """Which items are known not to have left; raises NotJudgeable where the files can't tell."""
        by_status = self._has_status("shipped")
        if not by_status and not self.holds("shipments", "shipped_at"):
            raise NotJudgeable(Message("neither a dispatch time in the shipments nor the status shipped in the orders"))
        waiting = self.items["status"].isin(item_book.WAITING_STATUSES) & ~self.items["shipped"] & self.items["live"]
        return waiting if by_status else waiting & self.observed_shipments

    @cached_property
    def kept(self) -> pd.Series[bool]:
        """Which items are known not to have left; none where the files can't tell."""
        try:
            return self.not_shipped
        except NotJudgeable:
            return pd.Series(data=False, index=self.items.index)

    @cached_property
    def observed_shipments(self) -> pd.Series[bool]:
        """Which items' shipment would be in the files, if there were one."""
        return self.observed("shipments", item_book.dispatch_or_order_clock(self.items))

    def require_deliveries(self) -> None:
        """Raise NotJudgeable where nothing tells what was delivered."""
        if not self.holds("shipments", "delivered_at") and not self._has_status("delivered"):
            raise NotJudgeable(Message("neither a delivery time in the shipments nor the status delivered in the orders"))

    @cached_property
    def unobserved_waiting(self) -> int:
        """How many live items may be waiting for dispatch, though the files can't tell."""
        waiting = self.items["live"] & ~self.items["shipped"] & self.items["status"].isin(item_book.WAITING_STATUSES)
        return int((waiting & ~self.not_shipped).sum())

    @cached_property
    def orphan_shipments(self) -> pd.DataFrame:
        """Shipments of no known order; ``judged`` where they lie within the orders' days and no order of theirs was refused."""
        shipments = self.tables["shipments"].frame
        rows = shipments[parcels.orphans(self.items, shipments, self._item_of_shipments)]
        first, last = self.window("orders")
        refused = rows["purchase_id"].isin(self.orders.quarantined["purchase_id"])
        when = rows["shipped_at"]
        return rows.assign(judged=(when >= first) & (when <= last) & ~refused)
