"""Contact details in messages: e-mail addresses, telephone numbers, web links and IBANs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pandas as pd
import phonenumbers
from stdnum import iban

from audit.limits import ALLOWED_HOSTS
from schemas.text import marked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from audit.books.books import Books

REGIONS = ("FR", "CN")
"""Countries whose telephone numbers are known without their prefix."""

SUSPECT = r"@|www\.|://|\.[a-z]{2,}|\d[\d .\-/()]{6,}\d|\b[A-Z]{2}\d{2}"
"""What no contact detail is without; messages that lack it are not looked at."""

EMAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
ENDINGS = "com|net|org|fr|eu|be|ch|de|cn|shop|store|site|io"
LINK = re.compile(
    rf"(?i:https?://|www\.)[^\s<>\"']+"
    rf"|\b[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*\.(?:{ENDINGS})\b(?:/[^\s<>\"']*)?"
    rf"|\b[A-Z0-9][A-Z0-9-]*(?:\.[A-Z0-9-]+)*\.(?:COM|NET|FR)\b"
)
"""An address of the web; its ending is in small letters, for a sentence that begins right after a full stop is none."""

IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]){11,30}\b", re.IGNORECASE)
IBAN_LENGTHS = range(15, 35)
LABELS = (
    r"\b(?:suivi|tracking|colis|commandes?|order|articles?|facture|invoice|référence|r[ée]f|ean|imei|siret|siren|série)\b"
    "|单号|订单|运单|快递|货号"
)
CONNECTORS = r"(?:[\s:#.°-]|\b(?:n|no|num|numéro|number|nr|est|is|le|de)\b|[是号码为])*"
LABELLED = re.compile(rf"(?:{LABELS}){CONNECTORS}(?=[A-Z/-]*\d)[A-Z0-9][A-Z0-9/-]{{6,}}", re.IGNORECASE)
"""A number that is said to be of an order, a parcel or a product."""

WORD = re.compile(r"\w+")


def sent(books: Books) -> pd.Series[object]:
    """The kinds of contact details in each message to a buyer, as a list, for those that hold any.

    Numbers of orders, articles and parcels are none, nor are links to ALLOWED_HOSTS.
    """
    messages = books.required_messages
    suspects = messages[messages["to_buyer"] & messages["text"].str.contains(SUSPECT, regex=True, case=False)]
    hosts = {*books.limits[ALLOWED_HOSTS], *(hosts_of_shipments(books) if books.whole.hosts is None else books.whole.hosts)}
    parcels = _parcels(books)
    known = numbers_of(books) if books.whole.mentioned is None else books.whole.mentioned
    kinds = [
        list(found(text, known, hosts, spelled=parcels.get(purchase, ())))
        for text, purchase in zip(suspects["text"], suspects["purchase_id"].astype(object), strict=True)
    ]
    told = pd.Series(kinds, index=suspects.index, dtype=object)
    return told[told.str.len() > 0]


def found(text: str, known: Collection[str], hosts: Collection[str], *, spelled: Collection[str] = ()) -> Iterator[str]:
    """The kinds of contact details in a text.

    ``known``: numbers of orders, articles and parcels, which are none; ``spelled``: those that may also stand with gaps in them.
    ``hosts``: web sites that may be named.
    """
    if any(not _allowed(address.group(1), hosts) for address in EMAIL.finditer(text)):
        yield marked("e-mail address")
    rest = EMAIL.sub(" ", text)
    if any(not _allowed(link.group(), hosts) for link in LINK.finditer(rest)):
        yield marked("web link")
    rest = LINK.sub(" ", rest)
    if any(_holds_iban(number.group()) for number in IBAN.finditer(rest)):
        yield marked("IBAN")
        rest = IBAN.sub(" ", rest)
    for number in spelled:
        rest = re.sub(r"[ .-]?".join(map(re.escape, number)), " ", rest, flags=re.IGNORECASE)
    rest = WORD.sub(lambda word: " " if word.group().upper() in known else word.group(), LABELLED.sub(" ", rest))
    if any(match for region in REGIONS for match in phonenumbers.PhoneNumberMatcher(rest, region)):
        yield marked("telephone number")


def _holds_iban(text: str) -> bool:
    """Whether a text begins with a valid IBAN; what follows it may run on in letters and digits."""
    bare = re.sub(r"[ .-]", "", text)
    return any(iban.is_valid(bare[:length]) for length in IBAN_LENGTHS if length <= len(bare))


def _allowed(address: str, hosts: Collection[str]) -> bool:
    host = _host(address)
    return not host or any(host == known or host.endswith(f".{known}") for known in hosts)


def _host(address: str) -> str:
    """The web site of an address, without www; empty where there is none."""
    try:
        host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".,;:!?)").removeprefix("www.").lower()


def numbers_of(books: Books) -> set[str]:
    """The numbers of all purchases, items and parcels."""
    return {*books.items["purchase_id"], *books.items["item_id"], *books.numbers["number"]}


def hosts_of_shipments(books: Books) -> set[str]:
    """The web sites of the shipments' tracking links."""
    if books.shipments is None:
        return set()
    return {host for link in books.shipments["tracking_url"].dropna().unique() if (host := _host(link))}


def _parcels(books: Books) -> dict[str, set[str]]:
    """The bare tracking numbers of each purchase."""
    tracked = books.numbers[~books.numbers["placeholder"]]
    purchases = books.items["purchase_id"].reindex(tracked["item"]).to_numpy()
    found: dict[str, set[str]] = tracked["number"].groupby(purchases).agg(set).to_dict()
    return found
