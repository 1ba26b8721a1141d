"""Items and their parcels, joined once: the second layer of the books."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from audit.books import items as item_book
from audit.books import links, modes, numbers, parcels
from audit.books.blank import blank
from audit.books.columns import marked, spelt_out
from audit.books.holding import Holding
from audit.limits import TRACKED_MODES
from audit.memory import give_back
from schemas.shipments import SHIPMENTS


class Sent(Holding):
    """Items, their parcels, and the numbers of those."""

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

    def has(self, code: str) -> pd.Series[bool]:
        """Which items another rule has hit; it must stand in this rule's ``after``."""
        return marked(self.found.get(code, ()), self.items.index)

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
    def numbered(self) -> pd.Series[bool]:
        """Which sendings have a valid number or the platform's own label."""
        return self.with_number(valid=True) | numbers.own_label(self.sendings, self.limits)

    @cached_property
    def followed(self) -> pd.Series[bool]:
        """Which items can be followed: every parcel sent by a tracked mode, with a valid number or the platform's own label."""
        tracked = self.sendings["mode_used"].isin(self.limits[TRACKED_MODES])
        return self.all_of(tracked & self.numbered)

    def unknown_mode(self, mask: pd.Series[bool]) -> int:
        """How many items of the masked sendings can't be judged because nobody says how they went."""
        return int(self.sendings.loc[mask & self.sendings["mode_used"].isna(), "item"].nunique())

    @cached_property
    def commission(self) -> pd.Series[int]:
        """Each item's commission in cents: its own, else its goods at the shop's rate, else missing."""
        own, rate = self.items["commission"], self.config.commission_rate
        if rate is None:
            return own
        basis_points = round(rate * 10_000)
        return own.fillna((self.items["goods_total"] * basis_points + 5_000) // 10_000)


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
