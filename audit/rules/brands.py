"""BRD: brands at risk of counterfeit, in brand fields, titles and stock, and the papers that allow them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.brands import authority
from audit.brands.terms import (
    ACCESSORY_WORDS,
    AUTHORISATION_NOTICE,
    COMPATIBILITY_WORDS,
    COUNTERFEIT_SHARE,
    GENERIC_BRANDS,
    LINKING_WORDS,
    LOOKALIKE_LETTERS,
    MODEL_WORDS,
    NAMES_APART,
)
from audit.policy import GUIDE, HOUSE, TERMS
from audit.rule import Evidence, Hits, NotJudgeable, rule
from schemas.findings import Confidence, Exposure, Severity, Subject
from schemas.text import Message, marked

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.books import Books

WORDS = (COMPATIBILITY_WORDS, LINKING_WORDS, MODEL_WORDS)
FINE = TERMS.clause("article 5.6")
PAPERS = GUIDE.clause("brands at risk need an authorisation")
GENERIC = GUIDE.clause("accessories are listed under Marque générique")


def _needs_any(books: Books, *columns: str) -> None:
    """Raise NotJudgeable where neither orders nor listings have any of some columns."""
    if not any(books.holds(table, column) for table in ("orders", "listings") for column in columns):
        raise NotJudgeable(Message("neither orders nor listings have a column {columns:words}", {"columns": list(columns)}))


def _sold(books: Books, stake: pd.DataFrame, template: str) -> Hits:
    """Hits on items at stake; their ``brand`` is the one at stake, ``field`` what the brand field says."""
    items = books.items.loc[stake.index]
    rows = items.assign(field=items["brand"])
    rows[stake.columns] = stake
    facts = {
        "brand": "brand",
        "field": "field",
        "total": "line_total",
        "since": "valid_from",
        "until": "valid_to",
        "ordered": "ordered_at",
    }
    told = Evidence(template, {name: column for name, column in facts.items() if f"{{{name}" in template})
    return Hits(rows=rows, evidence=told, occurred=rows["ordered_at"], fine=books.limits.part(COUNTERFEIT_SHARE, rows["line_total"]))


@rule(
    code="BRD001",
    name="brand-unauthorised",
    title="Brand without authorisation",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    source=PAPERS,
    also=(FINE,),
    exposure=(Exposure.FINE,),
    limits=(COUNTERFEIT_SHARE, ACCESSORY_WORDS, *WORDS),
    todo="Withdraw it, file authorisation",
    advice="Take the article off sale until the platform has the brand's authorisation; keep the purchase invoices at hand.",
)
def brand_unauthorised(books: Books) -> Hits:
    """An item was sold under a brand of the watchlist, and no authorisation of that brand is on file.

    Why: the brand owner's permission must be shown at once; counterfeits cost 100 EUR plus 20 % of sales and stock.
    Breach: brand "Nike", shoes, no authorisation on file.
    Fine: an authorisation of Nike that covers the day of the order; or an item that is cancelled.
    """
    _needs_any(books, "brand")
    stake = books.brands.items_at_stake
    mask = ~stake["by_title"] & ~stake["accessory"] & ~stake["on_file"]
    return _sold(books, stake[mask], marked("sold as {field} for {total:money}; no authorisation of {brand} on file"))


@rule(
    code="BRD002",
    name="accessory-under-brand",
    title="Accessory sold under the brand",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    source=GENERIC,
    also=(FINE,),
    exposure=(Exposure.FINE,),
    limits=(COUNTERFEIT_SHARE, ACCESSORY_WORDS, *WORDS),
    todo="Relist as « Marque générique »",
    advice="An accessory of another maker goes under Marque générique; the title may say what it is compatible with.",
)
def accessory_under_brand(books: Books) -> Hits:
    """An accessory to a brand's products was sold under that brand.

    Why: what only fits a brand's products isn't that brand's; under its name it counts as a counterfeit.
    Breach: brand "Apple", category "Coques et étuis"; or brand "Apple", title "Câble pour iPhone Apple".
    Fine: brand "Marque générique", title "Câble compatible iPhone Apple"; or OtterBox, which makes cases itself (BRD001).
    """
    _needs_any(books, "brand")
    stake = books.brands.items_at_stake
    mask = ~stake["by_title"] & stake["accessory"] & ~stake["on_file"]
    return _sold(books, stake[mask], marked("accessory sold as {field} for {total:money}; no authorisation of {brand} on file"))


@rule(
    code="BRD003",
    name="brand-in-title",
    title="Brand named in the title",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    source=PAPERS,
    also=(FINE,),
    exposure=(Exposure.FINE,),
    limits=(COUNTERFEIT_SHARE, *WORDS),
    todo="Take the brand out of the title",
    advice='Take the brand out of the title; where the article only goes with it, put "compatible" directly before it.',
)
def brand_in_title(books: Books) -> Hits:
    """The title names a watchlist brand that the brand field doesn't, without saying that the article goes with it.

    Why: a title that names a brand sells under that brand, whatever the brand field says.
    Breach: title "Sac pour femme Chanel", brand blank, generic or another.
    Fine: title "Coque pour iPhone 15 Apple"; or brand "Chanel", which BRD001 judges; or an authorisation of Chanel.
    """
    _needs_any(books, "title")
    stake = books.brands.items_at_stake
    mask = stake["by_title"] & ~stake["on_file"]
    return _sold(books, stake[mask], marked("the title names {brand}, the brand field {field}; no authorisation of {brand} on file"))


@rule(
    code="BRD004",
    name="brand-lookalike",
    title="Look-alike brand",
    severity=Severity.MEDIUM,
    confidence=Confidence.POSSIBLE,
    source=HOUSE.clause("a brand that resembles another"),
    exposure=(Exposure.FINE,),
    limits=(COUNTERFEIT_SHARE, LOOKALIKE_LETTERS, NAMES_APART, GENERIC_BRANDS),
    todo="Check the brand name",
    advice="Correct a slip. A brand of its own belongs in names_apart; one that imitates the other comes off sale.",
)
def brand_lookalike(books: Books) -> Hits:
    """The brand field is no watchlist brand, but one letter away from one, or written with signs that look the same.

    Why: imitations are often sold under such names, and a slip keeps the other brand rules from seeing the brand.
    Breach: "Guccii" (one letter more); "Аdidas" with a Cyrillic А; "R0lex".
    Fine: "Gucciii" (two letters more); "Nikee" (Nike has only four letters); "Pucci", a brand of its own.
    """
    _needs_any(books, "brand")
    alike = books.brands.lookalikes.to_frame("brand")
    return _sold(books, alike, marked("brand field {field}, which looks like {brand}; {total:money}"))


@rule(
    code="BRD005",
    name="authorisation-expired",
    title="Authorisation expired",
    severity=Severity.HIGH,
    source=PAPERS,
    also=(FINE,),
    exposure=(Exposure.FINE,),
    needs=("orders", "authorisations"),
    limits=(COUNTERFEIT_SHARE, *WORDS),
    todo="Renew the authorisation",
    advice="Stop selling until a new authorisation is on file, and ask the brand for one that covers the day of this sale.",
)
def authorisation_expired(books: Books) -> Hits:
    """An item of a watchlist brand was ordered outside the validity of the brand's authorisation.

    Why: an authorisation that did not hold on the day of the sale is none.
    Breach: brand "Nike", authorised to 31 March, ordered on 1 April.
    Fine: ordered on 31 March, the last day included; or a second authorisation that covers the day.
    """
    _needs_any(books, "brand", "title")
    stake = books.brands.items_at_stake
    told = marked("{brand} ordered on {ordered:day} for {total:money}; authorised from {since:day} to {until:day}")
    return _sold(books, stake[stake["on_file"]], told)


def _of_brands(valid: pd.DataFrame, evidence: Evidence, **rest: Any) -> Hits:
    """Hits on brands: the first given row of each."""
    return Hits(rows=valid.drop_duplicates("brand"), evidence=evidence, **rest)


@rule(
    code="BRD006",
    name="authorisation-expiring",
    title="Authorisation expiring",
    severity=Severity.LOW,
    source=HOUSE.clause("early warning"),
    subject=Subject.BRAND,
    needs=("authorisations", "authorisations.valid_to"),
    limits=(AUTHORISATION_NOTICE,),
    within="brand",
    todo="Renew the authorisation",
    advice="Ask the brand for the next authorisation now, and file it before this one ends.",
)
def authorisation_expiring(books: Books) -> Hits:
    """A brand's authorisation ends soon, and no other takes over from it.

    Why: from the day after on, every sale of the brand counts as unauthorised.
    Breach: ends 30 days after as-of, or today.
    Fine: ends 31 days after as-of; ended yesterday; or another begins by the day after.
    """
    valid = books.brands.validities
    soon = valid[authority.ending_soon(valid, books, books.limits[AUTHORISATION_NOTICE])].sort_values("ends", kind="stable")
    rows = soon.assign(left=authority.days_left(soon, books).astype("Int64"))
    told = Evidence("authorisation of {brand} ends on {until:day}, in {left:days}", {"brand": "brand", "until": "valid_to", "left": "left"})
    return _of_brands(rows, told, deadline=rows["ends"])


@rule(
    code="BRD007",
    name="brand-in-stock",
    title="Brand in stock, not authorised",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    source=FINE,
    also=(PAPERS,),
    exposure=(Exposure.FINE,),
    subject=Subject.LISTING,
    needs=("listings",),
    limits=(COUNTERFEIT_SHARE, *WORDS),
    within="brand",
    todo="Withdraw the stock",
    advice="Take the listing off sale until the brand's authorisation is on file; mere offers count towards the fine.",
)
def brand_in_stock(books: Books) -> Hits:
    """A listing with stock is offered under a watchlist brand, or names one in its title, and no authorisation covers today.

    Why: offers count towards the counterfeit fine as sales do, at price times stock.
    Breach: brand "Gucci", one piece in stock (high); title "Sac Gucci", brand generic (medium).
    Fine: no stock; or an authorisation that covers as-of; or "compatible" directly before the brand.
    """
    stake = books.brands.listings_at_stake
    listings = books.items.head(0) if books.listings is None else books.listings
    offered = listings.loc[stake.index]
    rows = offered.assign(field=offered["brand"], brand=stake["brand"])
    severity = stake["by_title"].map({True: Severity.MEDIUM.value, False: Severity.HIGH.value})
    told = Evidence("{stock} in stock at {price:money}; {brand} is not authorised", {"stock": "stock", "price": "price", "brand": "brand"})
    return Hits(rows=rows, evidence=told, severity=severity, fine=books.limits.part(COUNTERFEIT_SHARE, rows["price"] * rows["stock"]))


@rule(
    code="BRD008",
    name="authorisation-without-document",
    title="Authorisation without document",
    severity=Severity.LOW,
    source=HOUSE.clause("an authorisation that can't be shown"),
    subject=Subject.BRAND,
    needs=("authorisations", "authorisations.document"),
    within="brand",
    todo="File the document",
    advice="Keep the document or its reference with the entry: the platform asks for it at once.",
)
def authorisation_without_document(books: Books) -> Hits:
    """An authorisation is on file without the document that proves it.

    Why: permission must be shown at once when the platform asks for it.
    Breach: document blank.
    Fine: the name of a file, or a reference.
    """
    valid = books.brands.validities
    bare = valid[valid["document"].fillna("").str.strip() == ""]
    rows = bare.assign(count=bare.groupby("brand")["brand"].transform("size"))
    told = Evidence("authorisations of {brand} without a document: {count}", {"brand": "brand", "count": "count"})
    return _of_brands(rows, told)
