"""The answer that tells of adverts on sale."""

from __future__ import annotations

import re

from stdnum import ean

from audit.ingest.webservice.answer import Answer, Told, currency, money
from audit.ingest.webservice.node import Node

EURO = "EUR"


def read_advert(advert: Node, _head: Node, answer: Answer) -> None:
    """One advert of the shop; other shops' offers for the same product stand deeper and are passed over."""
    barcode, others = _barcodes(advert.get("productsummary", "barcode"))
    sku = advert.get("sku")
    if others:
        answer.several_barcodes.append((sku, barcode, ", ".join(others)))
    told = answer.add(
        "listings",
        {
            "sku": sku,
            "title": advert.get("productsummary", "headline"),
            "category": advert.get("productsummary", "topic"),
            "condition": answer.choose(advert, "quality", {}, table="listings", column="condition"),
            "price": _price(advert),
            "stock": _stock(advert, answer),
            "comment": advert.get("comment"),
            "ean": barcode,
        },
    )
    _refuse_foreign(advert, told)


def _barcodes(text: str) -> tuple[str, list[str]]:
    """The first barcode whose check digit holds, else the first; and the others."""
    codes = list(dict.fromkeys(code for code in re.split(r"[;,\s]+", text) if code))
    valid = [code for code in codes if ean.is_valid(code)]
    used = (valid or codes or [""])[0]
    return used, [code for code in codes if code != used]


def _price(advert: Node) -> str:
    return money(advert, "price").removesuffix(f" {EURO}")


def _stock(advert: Node, answer: Answer) -> str:
    """Pieces on sale; one at least where there is no limit to them."""
    stock = advert.get("stock")
    if advert.get("unlimitedquantity").lower() == "true" and stock in ("", "0"):
        answer.unlimited += 1
        return "1"
    return stock


def _refuse_foreign(advert: Node, told: Told) -> None:
    """Listings have no column for a currency: an amount in another one can't be read as euros."""
    if "price" in told.cells and currency(advert, "price") not in ("", EURO):
        told.faults.setdefault("price", "unreadable-number")
