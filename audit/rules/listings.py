"""LST: what a listing must say before anyone buys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit import wording
from audit.brands.terms import ACCESSORY_WORDS
from audit.limits import Limit
from audit.policy import GUIDE, HELP_EAN, HOUSE
from audit.rule import Evidence, Hits, rule
from schemas.findings import Severity, Subject
from schemas.table import fold

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.books import Books

ORIGIN_NOTES: Limit[tuple[str, ...]] = Limit(
    "origin_notes",
    ("Expédition de la Chine, livraison dans 10 jours",),
    "words",
    GUIDE.clause("remark on listings from China"),
    "remarks of which a listing that ships from China must hold one",
)
WARRANTY_GOODS: Limit[tuple[str, ...]] = Limit(
    "warranty_goods",
    (
        "ordinateur", "ordinateurs", "ordinateur portable", "pc portable", "pc", "mac", "macbook", "laptop", "notebook", "computer", "computers",
        "téléphone", "téléphones", "smartphone", "smartphones", "iphone", "phone", "phones", "mobile phone", "电脑", "笔记本", "手机",
    ),
    "words",
    GUIDE.clause("two-year warranty on computers and phones"),
    "words that name computers and phones",
)  # fmt: skip
WARRANTY_NOTES: Limit[tuple[str, ...]] = Limit(
    "warranty_notes",
    (
        "garantie 2 ans", "garantie de 2 ans", "garantie deux ans", "garantie de deux ans", "garantie légale 2 ans", "garantie légale de 2 ans",
        "garantie légale de deux ans", "2 ans de garantie", "deux ans de garantie", "garanti 2 ans", "garanti deux ans", "24 mois",
        "2 year warranty", "two year warranty", "2年质保", "两年质保", "质保2年",
    ),
    "words",
    GUIDE.clause("two-year warranty on computers and phones"),
    "remarks that tell the two-year warranty",
)  # fmt: skip
CONDITION_WORDS: Limit[tuple[str, ...]] = Limit(
    "condition_words",
    (
        "état", "neuf", "occasion", "usé", "usure", "rayure", "rayures", "rayé", "trace", "traces", "marque d'usage", "marques d'usage",
        "défaut", "défauts", "reconditionné", "reconditionnée", "testé", "testée", "fonctionnel", "fonctionnelle", "complet", "complète",
        "boîte", "grade", "batterie", "condition", "scratch", "scratches", "used", "refurbished", "tested", "成色", "划痕", "翻新",
    ),
    "words",
    HOUSE.clause("words on the state of a used article"),
    "words of which the remark on a used article must hold one",
)  # fmt: skip
USED = ("like_new", "very_good", "good", "acceptable", "refurbished")
WARRANTED = ("new", "refurbished")


def _on_sale(books: Books) -> pd.DataFrame:
    listings = books.tables["listings"].frame
    return listings[listings["stock"] > 0]


def _says(texts: pd.Series[str], phrases: tuple[str, ...]) -> pd.Series[bool]:
    return wording.where(texts, lambda text: wording.says_any(text, phrases))


@rule(
    code="LST001",
    name="origin-note-missing",
    title="Origin note missing",
    severity=Severity.MEDIUM,
    source=GUIDE.clause("remark on listings from China"),
    subject=Subject.LISTING,
    needs=("listings", "listings.comment"),
    limits=(ORIGIN_NOTES,),
    todo="Add the origin note",
    advice="Add the remark to the listing, so that the buyer knows where the parcel comes from and when it arrives.",
    letters=("origin-remark",),
)
def origin_note_missing(books: Books) -> Hits:
    """A listing that ships from China does not say so.

    Why: a buyer who was told waits ten days before asking.
    Breach: from China, in stock, remark blank.
    Fine: the remark "EXPEDITION DE LA CHINE - livraison dans 10 jours!"; from France; or out of stock.
    """
    rows = _on_sale(books)
    origin = rows["ship_from"].fillna(books.config.default_origin) if books.config.default_origin else rows["ship_from"]
    silent = rows[(origin == "CN") & ~_says(rows["comment"], books.limits[ORIGIN_NOTES])]
    return Hits(rows=silent, evidence=Evidence('ships from CN, remark "{comment}"', {"comment": silent["comment"].fillna("-")}))


@rule(
    code="LST002",
    name="warranty-note-missing",
    title="Warranty note missing",
    severity=Severity.MEDIUM,
    source=GUIDE.clause("two-year warranty on computers and phones"),
    subject=Subject.LISTING,
    needs=("listings", "listings.comment", "listings.condition"),
    limits=(WARRANTY_GOODS, WARRANTY_NOTES, ACCESSORY_WORDS),
    todo="Add the warranty note",
    advice="Add the two-year warranty to the listing's remark; it is due by law on computers and phones, new or refurbished.",
    letters=("warranty-remark",),
)
def warranty_note_missing(books: Books) -> Hits:
    """A computer or phone is listed without its two-year warranty.

    Why: the guide wants it told, and the law gives it in any case.
    Breach: category "Ordinateurs portables", new, remark blank.
    Fine: the remark "Garantie 2 ans"; a case for a phone; or a used one that is not refurbished.
    """
    rows = _on_sale(books)
    named = rows["category"].fillna(rows["title"])
    accessory = _says(rows["category"], books.limits[ACCESSORY_WORDS]) | _says(rows["title"], books.limits[ACCESSORY_WORDS])
    owed = _says(named, books.limits[WARRANTY_GOODS]) & ~accessory & rows["condition"].isin(WARRANTED)
    silent = rows[owed & ~_says(rows["comment"], books.limits[WARRANTY_NOTES])]
    return Hits(
        rows=silent,
        evidence=Evidence('{goods}, remark "{comment}"', {"goods": named.loc[silent.index], "comment": silent["comment"].fillna("-")}),
    )


@rule(
    code="LST003",
    name="condition-note-missing",
    title="Condition note missing",
    severity=Severity.LOW,
    source=GUIDE.clause("remark on used articles"),
    subject=Subject.LISTING,
    needs=("listings", "listings.comment", "listings.condition"),
    limits=(CONDITION_WORDS,),
    todo="Describe the condition",
    advice="Say in the remark what state the article is in and what is wrong with it.",
)
def condition_note_missing(books: Books) -> Hits:
    """A used or refurbished article is listed without a word on its state.

    Why: what was not told is claimed as not as described.
    Breach: good condition, remark blank.
    Fine: the remark "quelques rayures"; or a new article.
    """
    rows = _on_sale(books)
    silent = rows[rows["condition"].isin(USED) & ~_says(rows["comment"], books.limits[CONDITION_WORDS])]
    facts = {"condition": "condition", "comment": silent["comment"].fillna("-")}
    return Hits(rows=silent, evidence=Evidence('{condition:word}, remark "{comment}"', facts))


@rule(
    code="LST004",
    name="ean-invalid",
    title="EAN invalid",
    severity=Severity.LOW,
    source=HELP_EAN.clause("13 digits"),
    subject=Subject.LISTING,
    needs=("listings", "listings.ean"),
    todo="Correct the EAN",
    advice="Copy the barcode again from the package; a wrong one puts the listing under another product.",
)
def ean_invalid(books: Books) -> Hits:
    """A barcode has a wrong check digit or length.

    Why: a wrong barcode harms the catalogue and hides the listing.
    Breach: 3700123456785.
    Fine: 3700123456780; a UPC of 12 digits; or no barcode.
    """
    listings = books.tables["listings"].frame
    rows = listings[wording.where(listings["ean"], _has_wrong_ean)]
    return Hits(rows=rows, evidence=Evidence("EAN {ean}", {"ean": "ean"}))


def _has_wrong_ean(cell: str) -> bool:
    from stdnum import ean

    return any(not ean.is_valid(code) for code in re.split(r"[;,\s]+", cell) if fold(code))
