"""Which brands items and listings name, and whether the shop may sell them: worked out once for all rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from audit.books.clock import Moments, moments
from audit.brands import authority, terms
from audit.brands.folding import fold, phrases
from audit.brands.lookalike import lookalike
from audit.brands.matching import Wording, in_title, is_generic

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.books import Books
    from audit.brands.watchlist import Watchlist


def brand_facts(books: Books) -> BrandFacts:
    """The brand facts of some books."""
    return BrandFacts(books)


@dataclass(frozen=True)
class BrandFacts:
    """Which brands items and listings name, and which of those the shop has no right to.

    Tables of brands met have one row a naming: ``row`` (label in items or listings), ``brand`` (as the watchlist names it),
    ``by_title`` (named by the title, else by the brand field), ``accessory`` (to that brand). Tables of brands at stake have at
    most one row an item or listing, indexed as those are; the brand field comes first, then the title from its beginning.
    """

    books: Books

    @cached_property
    def validities(self) -> pd.DataFrame:
        """The authorisations on file; see ``authority.validities``."""
        return authority.validities(self.books)

    @cached_property
    def met_in_items(self) -> pd.DataFrame:
        """Brands met in live items."""
        items = self.books.items
        return met(items, items["live"], self.books)

    @cached_property
    def met_in_listings(self) -> pd.DataFrame:
        """Brands met in listings with stock; none where no input holds listings."""
        listings = self.books.listings
        table = self.books.items.head(0) if listings is None else listings
        return met(table, table["live"] if listings is None else listings["stock"] > 0, self.books)

    @cached_property
    def items_at_stake(self) -> pd.DataFrame:
        """Live items of a brand that no authorisation covered when they were ordered.

        Columns ``brand``, ``by_title``, ``accessory``, ``on_file`` (there is an authorisation, for another time), and
        ``valid_from``, ``valid_to`` of the nearest.
        """
        when = moments(self.books.items, "ordered_at")
        return at_stake(authority.judged(self.met_in_items, when, self.validities))

    @cached_property
    def listings_at_stake(self) -> pd.DataFrame:
        """Listings with stock of a brand that no authorisation covers at as-of; columns as of items."""
        import pandas as pd

        labels = self.met_in_listings["row"].unique()
        as_of = pd.Series(self.books.as_of, index=labels, dtype="datetime64[us, UTC]")
        when = Moments(as_of, pd.Series(0, index=labels, dtype="int32"))
        return at_stake(authority.judged(self.met_in_listings, when, self.validities))

    @cached_property
    def lookalikes(self) -> pd.Series[str]:
        """For live items whose brand field only looks like a watchlist brand, that brand; indexed as items are."""
        items, limits = self.books.items, self.books.limits
        named = items["brand"][items["live"] & ~is_generic(items["brand"], limits[terms.GENERIC_BRANDS])]
        apart = (*limits[terms.NAMES_APART], *self.validities["brand"])
        return lookalike(named, self.books.watchlist, shortest=limits[terms.LOOKALIKE_LETTERS], apart=apart).dropna()


def met(table: pd.DataFrame, mask: pd.Series[bool], books: Books) -> pd.DataFrame:
    """Every brand that the brand fields of some rows mean, and every other one that their titles name without compatibility wording."""
    import pandas as pd

    limits = books.limits
    fields = books.watchlist.brand_of(table["brand"]).where(mask)
    named = in_title(table["title"], books.watchlist, wording=Wording.within(limits), contexts=table["category"], mask=mask)
    named["own"] = named["brand"] == named["row"].map(fields)
    field = fields.dropna().rename("brand").rename_axis("row").reset_index().assign(by_title=False)
    title = named.loc[~named["compatible"] & ~named["own"], ["row", "brand"]].drop_duplicates().assign(by_title=True)
    worded = named.loc[named["compatible"] & named["own"], "row"]
    every = pd.concat([field, title], ignore_index=True).astype({"row": table.index.dtype, "brand": "str", "by_title": "bool"})
    by_category = is_accessory(every["row"].map(table["category"]), every["brand"], books.watchlist, limits[terms.ACCESSORY_WORDS])
    return every.assign(accessory=~every["by_title"] & (by_category | every["row"].isin(worded)))


def is_accessory(categories: pd.Series[str], brands: pd.Series[str], watchlist: Watchlist, words: tuple[str, ...]) -> pd.Series[bool]:
    """Which categories say that an article is an accessory to its brand; what the brand itself makes is none."""
    import pandas as pd

    pairs = pd.DataFrame({"category": categories.fillna(""), "brand": brands})
    own = {brand.name: {fold(word) for word in brand.own_goods} for brand in watchlist}
    telling = {name: phrases(tuple(word for word in words if fold(word) not in goods)) for name, goods in own.items()}
    distinct = pairs.drop_duplicates()
    hits = distinct.loc[[telling[brand].search(fold(category)) is not None for category, brand in distinct.itertuples(index=False)]]
    keys = pd.MultiIndex.from_frame(pairs)
    return pd.Series(keys.isin(pd.MultiIndex.from_frame(hits)), index=categories.index)


def at_stake(judged: pd.DataFrame) -> pd.DataFrame:
    """The first uncovered brand of each row: its field's, else the first that its title names."""
    uncovered = judged[~judged["covered"]].drop(columns="covered")
    first = uncovered.sort_values(["row", "by_title"], kind="stable").drop_duplicates("row")
    return first.set_index("row").rename_axis(None)
