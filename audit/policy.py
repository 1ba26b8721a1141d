"""The documents that rules quote: title, address, date seen, and whose word each is."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.findings import Standing
from schemas.language import ENGLISH, Language
from schemas.text import say

PASSAGE = "{title:phrases}, {about:phrases}"


@dataclass(frozen=True)
class Clause:
    """One passage of a document, named by what it is about."""

    document: Document
    about: str

    @property
    def standing(self) -> Standing:
        """Whose word it is."""
        return self.document.standing

    def __str__(self) -> str:
        return self.said(ENGLISH)

    def said(self, language: Language) -> str:
        """The document and the passage, as a person quotes them."""
        return say(PASSAGE, {"title": self.document.title, "about": self.about}, language)


@dataclass(frozen=True)
class Document:
    """A text that rules quote; ``seen``: the version or day that was read, as far as the document tells."""

    title: str
    address: str
    seen: str
    standing: Standing

    def clause(self, about: str) -> Clause:
        """The passage about something: an article's number, or a few words."""
        return Clause(self, about)


TERMS = Document(
    "General terms",
    "https://fr.shopping.rakuten.com/newhelp/conditions-generales/",
    "28 July 2026",
    Standing.OFFICIAL,
)
SELLER_TERMS = Document(
    "Special terms for professional sellers",
    "https://fr.shopping.rakuten.com/newhelp/cpvp/",
    "15 January 2024",
    Standing.OFFICIAL,
)
HELP_NOT_RECEIVED = Document(
    "Help page: managing an order that has not been received",
    "https://global.fr.shopping.rakuten.com/en/help/managing-an-order-that-has-not-been-received/",
    "undated",
    Standing.OFFICIAL,
)
HELP_NOT_CONFORMING = Document(
    "Help page: managing a non-conforming order",
    "https://global.fr.shopping.rakuten.com/en/help/managing-a-non-conforming-order/",
    "undated",
    Standing.OFFICIAL,
)
HELP_RETRACTION = Document(
    "Help page: handling a retraction",
    "https://global.fr.shopping.rakuten.com/en/help/handling-a-retraction/",
    "undated",
    Standing.OFFICIAL,
)
HELP_EAN = Document(
    "Help page: EANs",
    "https://global.fr.shopping.rakuten.com/en/help/eans/",
    "undated",
    Standing.OFFICIAL,
)
WEB_SERVICE = Document(
    "Web service: sending tracking numbers",
    "https://global.fr.shopping.rakuten.com/developpeur/",
    "undated",
    Standing.OFFICIAL,
)
GUIDE = Document(
    "Sellers' after-sales guide",
    "",
    "as handed over for this project",
    Standing.GUIDE,
)
POSTAL_UNION = Document(
    "Universal Postal Union, standard S10: identification of postal items",
    "https://www.upu.int/",
    "undated",
    Standing.HOUSE,
)
HOUSE = Document("Our own advice", "", "this version", Standing.HOUSE)
