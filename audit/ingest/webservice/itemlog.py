"""An item's log: when it was confirmed, and when, by whom and why it was cancelled, as far as its words say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from audit.ingest.webservice import names
from audit.ingest.webservice.answer import sortable
from audit.ingest.webservice.node import Node
from schemas.table import fold

WHO = r"(?P<who>.{1,60}?) (?:(?:s est|a|avez|have|has) )?(?:annul|retract|cancel).*"
"""Who cancelled: what stands before the verb, in folded words."""

ORDERED = r"(?P<who>.{1,60}?) (?:vous a passe commande|has ordered) .*"
ABOUT_CLAIM = r"\b(reclamation|claim)"
OF_ITSELF = r"\b(automatiquement|automatically)\b"
SELLER = ("vous", "you", "le vendeur")
BUYER = ("l acheteur", "acheteur", "the buyer", "buyer", "le client")
PLATFORM = (
    "rakuten",
    "rakuten france",
    "priceminister",
    "le service client",
    "le service clients",
    "notre service client",
    "la plateforme",
)


class Cancellation(NamedTuple):
    """When, by whom and why an item was cancelled; "" for what the log does not say."""

    at: str = ""
    by: str = ""
    reason: str = ""


def confirmed_at(logs: Sequence[Node]) -> str:
    """When the seller confirmed the sale: the first of such entries."""
    return min((log.get("creationdate") for log in logs if log.get("itemlogcode").upper() == names.COMMITTED), key=sortable, default="")


def ordered_at(logs: Sequence[Node]) -> str:
    """When the buyer ordered."""
    return next((log.get("creationdate") for log in logs if log.get("itemlogcode").upper() == names.REQUESTED), "")


def cancellation(logs: Sequence[Node]) -> Cancellation:
    """The last entry that says that the sale was cancelled."""
    buyer = _buyer(logs)
    entries = [log for log in logs if _cancels(log, buyer)]
    if not entries:
        return Cancellation()
    last = max(entries, key=lambda log: sortable(log.get("creationdate")))
    return Cancellation(last.get("creationdate"), _author(fold(last.get("description")), buyer), last.get("complement"))


def _cancels(log: Node, buyer: str | None) -> bool:
    code, words = log.get("itemlogcode").upper(), fold(log.get("description"))
    if "CLAIM" in code or re.search(ABOUT_CLAIM, words):
        return False
    return "CANCEL" in code or (re.fullmatch(WHO, words) is not None and bool(_author(words, buyer)))


def _author(words: str, buyer: str | None) -> str:
    """Who cancelled, as far as the words name somebody who is known."""
    if re.search(OF_ITSELF, words):
        return "platform"
    found = re.fullmatch(WHO, words)
    who = found["who"] if found else ""
    parties = (("seller", SELLER), ("platform", PLATFORM), ("buyer", (*BUYER, buyer)))
    return next((party for party, known in parties if who and who in known), "")


def _buyer(logs: Sequence[Node]) -> str | None:
    """How the log calls the buyer: whoever ordered."""
    asked = (re.fullmatch(ORDERED, fold(log.get("description"))) for log in logs if log.get("itemlogcode").upper() == names.REQUESTED)
    return next((found["who"] for found in asked if found), None)
