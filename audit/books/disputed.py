"""Claims, refunds and messages about the items: the fourth layer of the books."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from audit.books import claims as claim_book
from audit.books import messages as message_book
from audit.books import refunds as refund_book
from audit.books import workdays
from audit.books.awaited import Awaited
from audit.books.clock import Moments, either, least_elapsed, moments
from audit.books.columns import marked
from audit.limits import AMICABLE_WORKING_DAYS, CLAIM_DAYS, CLAIM_DAYS_UNDELIVERED
from audit.rule import NotJudgeable
from schemas.text import Message

if TYPE_CHECKING:
    from collections.abc import Callable


class Disputed(Awaited):
    """What buyers claim, were paid back, and write."""

    @cached_property
    def claims(self) -> pd.DataFrame | None:
        """The claims as audit.books.claims.build gives them, or None where no input holds them."""
        if self.whole.claims is not None:
            return self.whole.claims
        claims = self._frame("claims")
        return None if claims is None else claim_book.build(self.items, claims)

    @cached_property
    def refunds(self) -> pd.DataFrame | None:
        """The refunds with ``item``, their amounts without sign, and what is known of the item; None where no input holds them."""
        refunds = self._frame("refunds")
        return None if refunds is None else refund_book.build(self.items, refunds)

    @cached_property
    def messages(self) -> pd.DataFrame | None:
        """The messages as audit.books.messages gives them, or None where no input holds them."""
        messages = self._frame("messages")
        if messages is None:
            return None
        read = self.whole.understood and "text" in messages
        return message_book.joined(messages if read else message_book.understood(self.items, messages), self.items)

    @property
    def required_claims(self) -> pd.DataFrame:
        """The claims, for rules that run only where there are some."""
        return _required(self.claims, "claims")

    @property
    def required_refunds(self) -> pd.DataFrame:
        """The refunds, for rules that run only where there are some."""
        return _required(self.refunds, "refunds")

    @property
    def required_messages(self) -> pd.DataFrame:
        """The messages, for rules that run only where there are some."""
        return _required(self.messages, "messages")

    def claimed(self, *, types: tuple[str, ...] = (), statuses: tuple[str, ...] = claim_book.OPEN) -> pd.Series[bool]:
        """Which items have a claim of these types, all unless given, in one of these states."""
        claims = self.claims
        if claims is None:
            return pd.Series(data=False, index=self.items.index)
        mask = claims["claim_status"].isin(statuses) & (claims["claim_type"].isin(types) | (not types))
        return marked(claims.loc[mask, "item"], self.items.index)

    @cached_property
    def claim_open(self) -> pd.Series[bool]:
        """Which items have an open claim; status ``claim`` says so too."""
        return (self.items["status"] == "claim") | self.claimed()

    @cached_property
    def non_receipt_claimed(self) -> pd.Series[bool]:
        """Which items have an open claim that they never arrived."""
        return self.claimed(types=("not_received",))

    @cached_property
    def amicable_end(self) -> Moments:
        """When the time to settle each claim between buyer and seller ends: at 24:00 in Paris of its last working day."""
        return workdays.end_of_working_day(moments(self.required_claims, "opened_at"), self.limits[AMICABLE_WORKING_DAYS])

    def in_mediation(self, rows: pd.DataFrame) -> pd.Series[bool]:
        """Which rows' purchase has a claim that customer service has taken over: the channel to the buyer is closed."""
        return self._concerned(rows, lambda claims: claims["claim_status"] == "in_mediation")

    def claimed_by(self, rows: pd.DataFrame, *codes: str) -> pd.Series[bool]:
        """Which rows' purchase has a claim that one of these rules has hit; they must stand in the calling rule's ``after``."""
        hit = [label for code in codes for label in self.found.get(code, ())]
        return self._concerned(rows, lambda claims: claims.index.isin(hit))

    def _concerned(self, rows: pd.DataFrame, which: Callable[[pd.DataFrame], Any]) -> pd.Series[bool]:
        """Which rows are about an item with such a claim; one that names no item, about any of its purchase."""
        if self.claims is None:
            return pd.Series(data=False, index=rows.index)
        some = self.claims[which(self.claims)]
        own = pd.MultiIndex.from_frame(rows[["purchase_id", "item_id"]]).isin(pd.MultiIndex.from_frame(some[["purchase_id", "item_id"]]))
        return pd.Series(own, index=rows.index) | (rows["item_id"].isna() & rows["purchase_id"].isin(some["purchase_id"]))

    def readable(self, rows: pd.DataFrame) -> pd.Series[bool]:
        """Which rows have a purchase of which no message was refused: only there does a missing message mean something."""
        refused = self.tables["messages"].quarantined["purchase_id"]
        return rows["purchase_id"].notna() & ~rows["purchase_id"].isin(refused.dropna())

    def items_about(self, messages: pd.DataFrame) -> pd.DataFrame:
        """For each message, of the items that it may be about.

        ``known``: there are some. ``live``: any is. ``withdrawn``: the buyer has withdrawn any since. ``shipped``: any live one is.
        ``kept``: every live one is known not to have left.
        """
        both = message_book.pairs(self.items, messages)
        of_item = self.items.reindex(both["subject"]).set_axis(both.index)
        by_buyer = of_item["cancelled"].astype(bool) & (of_item["cancelled_by"] == "buyer")
        facts = pd.DataFrame(
            {
                "live": of_item["live"],
                "withdrawn": by_buyer & ~(moments(of_item, "cancelled_at").latest < both["sent_at"]),
                "shipped": of_item["live"] & of_item["shipped"],
                "loose": of_item["live"] & ~self.kept.reindex(both["subject"]).to_numpy(),
            }
        )
        told = facts.astype(bool).groupby(both["message"]).any().reindex(messages.index)
        known = told["live"].notna()
        told = told.fillna(value=False).astype(bool)
        return told.assign(known=known, kept=told["live"] & ~told["loose"])

    @cached_property
    def claim_window_over(self) -> pd.Series[bool]:
        """Which items were confirmed, or else ordered, so long ago that nobody can claim an undelivered parcel."""
        start = either(moments(self.items, "confirmed_at"), moments(self.items, "ordered_at"))
        return least_elapsed(start, self.as_of) > self.limits.span(CLAIM_DAYS_UNDELIVERED)

    @cached_property
    def past(self) -> pd.Series[bool]:
        """Items whose sale can no longer be lost: no open claim, and rated, closed, cancelled, or all claim windows over."""
        items = self.items
        delivered = least_elapsed(moments(items, "delivered_at"), self.as_of) > self.limits.span(CLAIM_DAYS)
        confirmed = least_elapsed(moments(items, "confirmed_at"), self.as_of) > self.limits.span(CLAIM_DAYS_UNDELIVERED)
        over = items["rating"].notna() | (items["status"] == "closed") | items["cancelled"] | delivered | confirmed
        return over & ~self.claim_open


def _required(table: pd.DataFrame | None, name: str) -> pd.DataFrame:
    if table is None:
        raise NotJudgeable(Message("no file holds {table:word}", {"table": name}))
    return table
