"""Contact details in messages: e-mail addresses, telephone numbers, web links and IBANs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pandas as pd
import phonenumbers
from stdnum import iban

from audit.limits import ALLOWED_HOSTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from audit.books.books import Books

REGIONS = ("FR", "CN")
"""Countries whose telephone numbers are known without their prefix."""

SUSPECT = r"@|www\.|://|\.[a-z]{2,}|\d[\d .\-/()]{6,}\d|\b[A-Z]{2}\d{2}"
"""What no contact detail is without; messages that lack it are not looked at."""

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']+|\b[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|net|org|fr|eu|be|ch|de|cn|shop|store|site|io)\b(?:/[^\s<>\"']*)?",
    re.IGNORECASE,
)
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b")


def sent(books: Books) -> pd.Series[object]:
    """The kinds of contact details in each message to a buyer, as a list, for those that hold any.

    Numbers of the message's own purchase (orders, articles, parcels) are none, nor are links to ALLOWED_HOSTS.
    """
    messages = books.required_messages
    suspects = messages[messages["to_buyer"] & messages["text"].str.contains(SUSPECT, regex=True, case=False)]
    hosts = {*books.limits[ALLOWED_HOSTS], *_hosts_of_shipments(books)}
    numbers = _own_numbers(books, suspects)
    kinds = [list(found(text, own, hosts)) for text, own in zip(suspects["text"], numbers, strict=True)]
    told = pd.Series(kinds, index=suspects.index, dtype=object)
    return told[told.str.len() > 0]


def found(text: str, own: Collection[str], hosts: Collection[str]) -> Iterator[str]:
    """The kinds of contact details in a text; ``own``: numbers that are none, ``hosts``: web sites that may be named."""
    rest = EMAIL.sub(" ", text)
    if rest != text:
        yield "e-mail address"
    links = [link.group() for link in LINK.finditer(rest)]
    if any(not _allowed(link, hosts) for link in links):
        yield "web link"
    rest = LINK.sub(" ", rest)
    if any(iban.is_valid(number.group()) for number in IBAN.finditer(rest)):
        yield "IBAN"
    rest = IBAN.sub(" ", rest)
    for number in sorted(own, key=len, reverse=True):
        rest = rest.replace(number, " ")
    if any(match for region in REGIONS for match in phonenumbers.PhoneNumberMatcher(rest, region)):
        yield "telephone number"


def _allowed(link: str, hosts: Collection[str]) -> bool:
    host = (urlsplit(link if "://" in link else f"//{link}").hostname or "").removeprefix("www.").lower()
    return any(host == known or host.endswith(f".{known}") for known in hosts)


def _hosts_of_shipments(books: Books) -> set[str]:
    if books.shipments is None:
        return set()
    links = books.shipments["tracking_url"].dropna().unique()
    return {host for link in links if (host := urlsplit(link if "://" in link else f"//{link}").hostname)}


def _own_numbers(books: Books, messages: pd.DataFrame) -> list[set[str]]:
    """For each message the numbers of its purchase: its own, its articles', its parcels'."""
    items = books.items
    by_purchase = items.groupby("purchase_id")["item_id"].agg(set).to_dict()
    tracked = books.numbers.assign(purchase=items.loc[books.numbers["item"], "purchase_id"].array)
    parcels = tracked.groupby("purchase")["text"].agg(set).to_dict()
    purchases = messages["purchase_id"].astype(object)
    return [
        {purchase, *by_purchase.get(purchase, ()), *parcels.get(purchase, ())} - {None} if isinstance(purchase, str) else set()
        for purchase in purchases
    ]
