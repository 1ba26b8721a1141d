"""The books, whole: accepted tables joined once, each part worked out when a rule first asks for it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from audit import contacts
from audit.books import contradictions, defence, origins, rates, warranty
from audit.books.disputed import Disputed
from audit.books.whole import Size
from audit.limits import WARRANTY_WORDS

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.clock import Moments
    from audit.books.rates import Rates
    from audit.books.warranty import Warranty
    from audit.books.whole import Origins
    from audit.brands.judged import BrandFacts
    from audit.brands.watchlist import Watchlist


class Books(Disputed):
    """All that rules may look at; its layers build on one another: see Holding, Sent, Awaited and Disputed."""

    @cached_property
    def impossible_dates(self) -> pd.DataFrame:
        """Items whose dates contradict one another: ``wrongs``, a list of what is wrong, and ``sure``."""
        return contradictions.find(self)

    @cached_property
    def contacts_sent(self) -> pd.Series[object]:
        """The kinds of contact details in each message to the buyer, for those that hold any; see audit.contacts.found."""
        return contacts.sent(self)

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
    def watchlist(self) -> Watchlist:
        """The brands that the platform watches, with the shop's additions and removals."""
        from audit.brands.watchlist import Watchlist

        return Watchlist.load(add=self.config.brands_added, remove=self.config.brands_removed)

    @cached_property
    def brands(self) -> BrandFacts:
        """What the brand fields and titles say, judged once for all brand rules."""
        from audit.brands.judged import brand_facts

        return brand_facts(self)
