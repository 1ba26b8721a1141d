"""The books: accepted tables joined once, each part worked out when a rule first asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from audit import contacts
from audit.books import absence, contradictions, defence, links, modes, numbers, origins, parcels, rates, warranty, workdays
from audit.books import claims as claim_book
from audit.books import items as item_book
from audit.books import messages as message_book
from audit.books import refunds as refund_book
from audit.books.blank import blank
from audit.books.clock import Moments, either, least_elapsed, moments
from audit.books.columns import marked, spelt_out
from audit.books.whole import Size, Whole
from audit.limits import AMICABLE_WORKING_DAYS, CLAIM_DAYS, CLAIM_DAYS_UNDELIVERED, TRACKED_MODES, WARRANTY_WORDS, Limits
from audit.memory import give_back
from audit.rule import NotJudgeable
from audit.tables import Accepted
from schemas.orders import ORDERS
from schemas.shipments import SHIPMENTS
from schemas.tables import TABLES
from schemas.text import Message

if TYPE_CHECKING:
    from datetime import datetime

    from audit.books.rates import Rates
    from audit.books.warranty import Warranty
    from audit.books.whole import Origins
    from audit.brands.judged import BrandFacts
    from audit.brands.watchlist import Watchlist
    from audit.config import Config


@dataclass(frozen=True)
class Books:
    """All that rules may look at.

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

    @cached_property
    def _item_of_shipments(self) -> pd.Series[int]:
        """The item that each shipment names, looked up once."""
        return links.item_of(self.orders.frame, blank(SHIPMENTS) if self.shipments is None else self.shipments)

    @cached_property
    def _joined(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Items and sendings; they need each other: the modes and dates of parcels, the status and price of items."""
        items = item_book.build(self.orders, self.tables.get("listings"), self.tables.get("refunds"))
        sendings = parcels.sendings(items, self.tables.get("shipments"), self._item_of_shipments)
        sendings["left"] = parcels.has_left(sendings) | self._left_by_number(sendings)
        self._add_shipping(items, sendings)
        modes.add(sendings, items, self)
        give_back()
        return items, sendings

    def _left_by_number(self, sendings: pd.DataFrame) -> pd.Series[bool]:
        """Where shipments have no dispatch time at all, a real number shows that a parcel has left."""
        if self.holds("shipments", "shipped_at"):
            return pd.Series(data=False, index=sendings.index)
        return numbers.real_cells(sendings, self.limits)

    def _add_shipping(self, items: pd.DataFrame, sendings: pd.DataFrame) -> None:
        left = parcels.any_of(sendings, sendings["left"], items.index)
        arrived = ~parcels.any_of(sendings, sendings["delivered_at"].isna(), items.index)
        items["shipped"] = left | items["status"].isin(item_book.SHIPPED_STATUSES)
        items["delivered"] = arrived | items["status"].isin(item_book.DELIVERED_STATUSES)
        dated = "confirmed_at" in self.orders.present
        items["status"] = item_book.status_from_dates(items, items["shipped"], items["delivered"], dated=dated)
        item_book.with_moments(items, "dispatched_at", parcels.extreme(sendings, "shipped_at", items.index, last=False))
        item_book.with_moments(items, "delivered_at", parcels.extreme(sendings, "delivered_at", items.index, last=True).where(arrived))
        sendings["left"] |= parcels.spread_out(sendings, items["shipped"] & ~left)

    @property
    def items(self) -> pd.DataFrame:
        """One row an item: the columns of orders, the blank ones filled from the listings, and what parcels and dates add.

        Added: live, cancelled, refused, eur, preordered, goods_total, line_total, at_stake, shipped, delivered, dispatched_at (earliest) and
        delivered_at (latest, only when all parcels are delivered), each time with its spread.
        """
        return self._joined[0]

    @property
    def sendings(self) -> pd.DataFrame:
        """One row a parcel of an item, one without parcel for an item that has none.

        ``item``: label in items; ``shipment``: label in shipments or -1; ``has_row``; ``left``: it has left the seller;
        ``mode_used``, ``mode_own`` (the shipment says so itself), ``origin`` (missing if unknown), then shipments' columns;
        words that repeat are categories.
        """
        return self._joined[1]

    @cached_property
    def numbers(self) -> pd.DataFrame:
        """One row a tracking number: ``sending``, ``item``, ``text`` as written, ``number`` bare, ``placeholder``, ``valid``."""
        return numbers.build(self.sendings, self.items, self.limits)

    def of_item(self, column: str) -> pd.Series:
        """A column of items by name, spread over their sendings."""
        return parcels.spread_out(self.sendings, self.items[column])

    def of_items(self, column: pd.Series) -> pd.Series:
        """A column aligned with items, spread over their sendings."""
        return parcels.spread_out(self.sendings, column)

    def any_of(self, mask: pd.Series[bool]) -> pd.Series[bool]:
        """Which items have a sending that a mask holds."""
        return parcels.any_of(self.sendings, mask, self.items.index)

    def all_of(self, mask: pd.Series[bool]) -> pd.Series[bool]:
        """Which items have no sending that a mask does not hold."""
        return ~self.any_of(~mask)

    def items_of(self, mask: pd.Series[bool]) -> pd.DataFrame:
        """The items of the sendings that a mask holds, with the first such sending's columns that items lack.

        ``parcels``: where the mask holds several sendings of an item, what names each.
        """
        held = spelt_out(self.sendings[mask])
        first = held.drop_duplicates("item").set_index("item")
        rows = self.items.loc[first.index].join(first[first.columns.difference(self.items.columns)])
        return rows.assign(parcels=_named_parcels(held))

    def items_of_numbers(self, held: pd.DataFrame) -> pd.DataFrame:
        """The items of some rows of numbers, as ``items_of`` gives them, with the first such number's columns."""
        rows = self.items_of(marked(held["sending"], self.sendings.index))
        first = held.drop_duplicates("item").set_index("item")[["text", "number"]]
        return rows.join(first).assign(parcels=_listed(held, held["text"]))

    def without(self, rows: pd.DataFrame, *codes: str) -> pd.DataFrame:
        """The rows of items that none of these rules has hit; they must stand in the calling rule's ``after``."""
        hit = [label for code in codes for label in self.found.get(code, ())]
        return rows[~rows.index.isin(hit)]

    def count_items(self, mask: pd.Series[bool]) -> int:
        """How many items have a sending that a mask holds."""
        return int(self.sendings.loc[mask, "item"].nunique())

    def parcel_facts(self, labels: pd.Series[int]) -> pd.DataFrame:
        """What texts say of the parcels of some items: number, carrier, shipped, scan, delivered; indexed by item.

        Of an item whose parcels have arrived in part, the others are meant.
        """
        wanted = marked(labels, self.items.index)
        about = spelt_out(self.sendings[self.of_items(wanted)])
        meant = about[about["delivered_at"].isna() | self.items["delivered"].loc[about["item"]].to_numpy()]
        valid = self.numbers[self.numbers["valid"] & marked(meant.index, self.sendings.index).to_numpy()[self.numbers["sending"]]]
        named = meant[numbers.real_carriers(meant, self.limits)]
        by_item = meant.groupby("item")
        return pd.DataFrame(
            {
                "number": _joined(valid, "text"),
                "carrier": _joined(named, "carrier"),
                "shipped": by_item["shipped_at"].min(),
                "scan": by_item["last_scan_at"].max(),
                "delivered": self.items["delivered_at"][wanted],
            },
            index=self.items.index[wanted],
        )

    def with_number(self, *, valid: bool) -> pd.Series[bool]:
        """Which sendings have a number that is no placeholder, or moreover a well-formed one."""
        held = self.numbers["valid"] if valid else ~self.numbers["placeholder"]
        return marked(self.numbers["sending"][held], self.sendings.index)

    @cached_property
    def live_numbers(self) -> pd.Series[bool]:
        """Which rows of numbers belong to live items."""
        return pd.Series(self.items["live"].to_numpy()[self.numbers["item"].to_numpy()], index=self.numbers.index)

    @cached_property
    def orphan_shipments(self) -> pd.DataFrame:
        """Shipments of no known order; ``judged`` where they lie within the orders' days and no order of theirs was refused."""
        shipments = self.tables["shipments"].frame
        rows = shipments[parcels.orphans(self.items, shipments, self._item_of_shipments)]
        first, last = self.window("orders")
        refused = rows["purchase_id"].isin(self.orders.quarantined["purchase_id"])
        when = rows["shipped_at"]
        return rows.assign(judged=(when >= first) & (when <= last) & ~refused)

    @cached_property
    def impossible_dates(self) -> pd.DataFrame:
        """Items whose dates contradict one another: ``wrongs``, a list of what is wrong, and ``sure``."""
        return contradictions.find(self)

    def unknown_mode(self, mask: pd.Series[bool]) -> int:
        """How many items of the masked sendings can't be judged because nobody says how they went."""
        return int(self.sendings.loc[mask & self.sendings["mode_used"].isna(), "item"].nunique())

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

    def _has_status(self, status: str) -> bool:
        """Whether any order of the shop says that it has a status."""
        if self.whole.statuses is not None:
            return status in self.whole.statuses
        return bool((self.orders.frame["status"] == status).any())

    @cached_property
    def unobserved_waiting(self) -> int:
        """How many live items may be waiting for dispatch, though the files can't tell."""
        waiting = self.items["live"] & ~self.items["shipped"] & self.items["status"].isin(item_book.WAITING_STATUSES)
        return int((waiting & ~self.not_shipped).sum())

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

    def window(self, table: str) -> tuple[pd.Timestamp, pd.Timestamp]:
        """The earliest and latest date of a table; NaT where it has none."""
        if self.whole.windows is not None:
            return self.whole.windows[table]
        return absence.window(self.tables[table].frame, TABLES[table])

    def refused_in(self, table: str) -> pd.Series[bool]:
        """Which items have a refused row in a table: their own, or one of their purchase that names no item."""
        return absence.refused(self.items, self.tables[table])

    def has(self, code: str) -> pd.Series[bool]:
        """Which items another rule has hit; it must stand in this rule's ``after``."""
        return marked(self.found.get(code, ()), self.items.index)

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

    @cached_property
    def contacts_sent(self) -> pd.Series[object]:
        """The kinds of contact details in each message to the buyer, for those that hold any; see audit.contacts.found."""
        return contacts.sent(self)

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
    def followed(self) -> pd.Series[bool]:
        """Which items can be followed: every parcel sent by a tracked mode, with a valid number or the platform's own label."""
        tracked = self.sendings["mode_used"].isin(self.limits[TRACKED_MODES])
        return self.all_of(tracked & self.numbered)

    @cached_property
    def numbered(self) -> pd.Series[bool]:
        """Which sendings have a valid number or the platform's own label."""
        return self.with_number(valid=True) | numbers.own_label(self.sendings, self.limits)

    @cached_property
    def defence_gaps(self) -> pd.DataFrame:
        """What the files lack against a claim of non-receipt, by item; see audit.books.defence.gaps."""
        return defence.gaps(self)

    @cached_property
    def moving(self) -> pd.Series[bool]:
        """Which items' parcels all have a recent scan, or have arrived."""
        return defence.moving(self)

    @cached_property
    def rates(self) -> Rates:
        """The shop's rates; see audit.books.rates."""
        return self.whole.rates or rates.rates(self)

    @cached_property
    def undecided_origins(self) -> pd.Series[bool]:
        """Which sendings' limit hangs on an origin that nobody tells; see audit.books.origins."""
        return origins.undecided(self)

    @cached_property
    def origins(self) -> Origins:
        """Whether any origin is known in the shop, and what hangs on those that are not."""
        return self.whole.origins or self.own_origins

    @cached_property
    def own_origins(self) -> Origins:
        """The same of the tables at hand."""
        return origins.origins(self)

    @cached_property
    def size(self) -> Size:
        """How many items and parcels there are."""
        parcels_of_items = int((self.sendings["shipment"] >= 0).sum())
        return self.whole.size or Size(len(self.orders.frame), parcels_of_items, int((~self.items["eur"]).sum()))

    @cached_property
    def invokes_warranty(self) -> pd.Series[bool]:
        """Which messages speak of the legal warranty in the platform's words."""
        return warranty.tells(self.required_messages["text"], self.limits[WARRANTY_WORDS])

    def warranty_of_messages(self, messages: pd.DataFrame) -> Warranty:
        """Which messages are in the state of the legal warranty; see audit.books.warranty.of_messages."""
        return warranty.of_messages(self, messages)

    def warranty(self, rows: pd.DataFrame, at: Moments) -> Warranty:
        """Which rows are in the state of the legal warranty, each at its own moment; see audit.books.warranty.state."""
        return warranty.state(self, rows, at)

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

    @cached_property
    def commission(self) -> pd.Series[int]:
        """Each item's commission in cents: its own, else its goods at the shop's rate, else missing."""
        own, rate = self.items["commission"], self.config.commission_rate
        if rate is None:
            return own
        basis_points = round(rate * 10_000)
        return own.fillna((self.items["goods_total"] * basis_points + 5_000) // 10_000)

    @cached_property
    def watchlist(self) -> Watchlist:
        """The brands that the platform watches, with the shop's additions and removals."""
        from audit.brands.watchlist import Watchlist

        return Watchlist.load(add=self.config.brands_added, remove=self.config.brands_removed)

    @cached_property
    def brands(self) -> BrandFacts:
        """What the brand fields and titles say, judged once for all brand rules."""
        from audit.brands.judged import brand_facts

        return brand_facts(self)

    @property
    def now(self) -> datetime:
        """As-of in shop time."""
        moment: datetime = self.as_of.tz_convert(self.config.zone).to_pydatetime()
        return moment


def _required(table: pd.DataFrame | None, name: str) -> pd.DataFrame:
    if table is None:
        raise NotJudgeable(Message("no file holds {table:word}", {"table": name}))
    return table


def _joined(rows: pd.DataFrame, column: str) -> pd.Series[str]:
    """The different texts of each item in one; only where there are several are they put together."""
    each = rows.drop_duplicates(["item", column])
    several = each.duplicated("item", keep=False)
    one = each[~several].set_index("item")[column]
    return pd.concat([one, each[several].groupby("item")[column].agg(", ".join)]) if several.any() else one


def _named_parcels(held: pd.DataFrame) -> pd.Series[object]:
    return _listed(held, held["tracking_number"].fillna(held["mode_used"]).fillna("?"))


def _listed(held: pd.DataFrame, names: pd.Series[str]) -> pd.Series[object]:
    """For each item with several held rows, the list of their names; no entry for the others."""
    several = held.duplicated("item", keep=False)
    return names[several].groupby(held.loc[several, "item"]).agg(list).astype(object)
