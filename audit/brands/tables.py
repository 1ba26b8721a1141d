"""The tables of the Brands sheet: the watchlist brands met with what they may cost, and the authorisations on file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.books.columns import among
from audit.brands import authority, terms
from schemas.findings import Subject
from schemas.outcome import AUTHORISATIONS, BRANDS
from schemas.shape import prove

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.books import Books

PREFERENCE = ("valid", "ending", "ended", "future")
"""The state of a brand with several authorisations: the first of these that one of them is in."""


def brand_tables(books: Books, findings: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables schemas.outcome.BRANDS and AUTHORISATIONS.

    ``findings``: as schemas.findings.FINDINGS; waived ones cost nothing. ``orders`` and ``listings`` count the live items
    and the listings in stock that were met, allowed or not, look-alikes with the brand that they resemble; ``sales``,
    ``stock`` and ``fine`` only those found.
    """
    open_findings = findings[findings["rule"].str.startswith("BRD") & (findings["state"] != "waived")]
    return brands_met(books, open_findings), authorisations(books)


def authorisations(books: Books) -> pd.DataFrame:
    """One row a document on file, with its state at as-of; sorted by brand, then end."""
    valid = books.brands.validities
    stated = valid.assign(state=authority.states(valid, books, books.limits[terms.AUTHORISATION_NOTICE]))
    ordered = stated.sort_values(["brand", "valid_to"], kind="stable", ignore_index=True)
    return prove(ordered[list(AUTHORISATIONS)], AUTHORISATIONS)


def brands_met(books: Books, findings: pd.DataFrame) -> pd.DataFrame:
    """One row a watchlist brand met, the costliest first, then the one whose authorisation ends first."""
    import pandas as pd

    facts, watched = books.brands, [brand.name for brand in books.watchlist]
    in_orders = met_in_orders(books) if books.whole.met is None else books.whole.met
    counts = {"orders": in_orders, "listings": met_rows(facts.met_in_listings)}
    money = found_money(books, findings)
    rules = findings.groupby("brand")["rule"].agg(lambda codes: ", ".join(sorted(set(codes))))
    table = pd.DataFrame({**counts, **money, "rules": rules})
    table = table[table.index.isin(watched)].rename_axis("brand").reset_index().join(_authority(books), on="brand")
    amounts = ["orders", "listings", "sales", "stock", "fine"]
    table[amounts] = table[amounts].astype("Int64").fillna(0)
    table = table.fillna({"rules": "", "authorised": "none"}).astype(dict(BRANDS))
    ordered = table.assign(cost=-table["fine"]).sort_values(["cost", "valid_to", "brand"], kind="stable", ignore_index=True)
    return prove(ordered[list(BRANDS)], BRANDS)


def met_in_orders(books: Books) -> pd.Series[int]:
    """How many live items name or imitate each brand."""
    import pandas as pd

    alike = books.brands.lookalikes.rename("brand").rename_axis("row").reset_index()
    return met_rows(pd.concat([books.brands.met_in_items[["row", "brand"]], alike]))


def met_rows(met: pd.DataFrame) -> pd.Series[int]:
    """How many items or listings name each brand."""
    return met.groupby("brand")["row"].nunique()


def found_money(books: Books, findings: pd.DataFrame) -> dict[str, pd.Series[int]]:
    """By brand, in cents: line totals of the items found, price x stock of the listings found, and the fine, each once."""
    once = findings.sort_values("exposure_fine", ascending=False).drop_duplicates(["brand", "subject"])
    kind = once["subject"].str.split(":", n=1).str[0]
    items = once[kind == Subject.ITEM.value]
    sold = items.merge(_sales(books, items["item_id"]), on=["purchase_id", "item_id"])
    stocked = once[kind == Subject.LISTING.value].merge(_stock(books), on="sku")
    return {
        "sales": sold.groupby("brand")["line_total"].sum(),
        "stock": stocked.groupby("brand")["worth"].sum(),
        "fine": once.groupby("brand")["exposure_fine"].sum(),
    }


def _sales(books: Books, found: pd.Series[str]) -> pd.DataFrame:
    """The line totals of items by their numbers, among others that share the number."""
    return books.items.loc[books.items["eur"] & among(books.items["item_id"], found), ["purchase_id", "item_id", "line_total"]]


def _stock(books: Books) -> pd.DataFrame:
    if books.listings is None:
        return books.items.head(0).assign(worth=0)[["sku", "worth"]]
    return books.listings.assign(worth=books.listings["price"] * books.listings["stock"])[["sku", "worth"]]


def _authority(books: Books) -> pd.DataFrame:
    """By brand: ``authorised`` (valid, ending, ended, none) and the end of the authorisation that says so."""
    valid = books.brands.validities
    state = authority.states(valid, books, books.limits[terms.AUTHORISATION_NOTICE])
    ranked = valid.assign(state=state, rank=state.map({word: rank for rank, word in enumerate(PREFERENCE)}))
    ordered = ranked.sort_values(["rank", "valid_to"], ascending=[True, False], na_position="first", kind="stable")
    chosen = ordered.drop_duplicates("brand").set_index("brand")
    return chosen[["state", "valid_to"]].rename(columns={"state": "authorised"}).replace({"authorised": {"future": "none"}})
