"""The answers that tell of items sold: the sales themselves, their billing, and what was done about them."""

from __future__ import annotations

import re
from decimal import Decimal

from audit.ingest.webservice import names
from audit.ingest.webservice.answer import Answer, country, currency, money
from audit.ingest.webservice.node import Node

COUNTRY_DIGITS = 3
"""Digits of ISO 3166-1's numeric codes; the platform leaves leading zeros out."""


def read_sale(sale: Node, _head: Node, answer: Answer) -> None:
    """A purchase: one row for each of its items, with what holds for all of them."""
    shared = {
        "purchase_id": sale.get("purchaseid"),
        "ordered_at": sale.get("purchasedate"),
        "shipping_mode": _mode(sale.first("deliveryinformation"), answer),
        "ship_to": country(sale, "deliveryinformation", addresses=names.ADDRESSES),
    }
    for item in (item for items in sale.all("items") for item in items.all("item")):
        answer.add("orders", {**shared, **_sold(item, answer)})


def _mode(delivery: Node | None, answer: Answer) -> str:
    return answer.choose(delivery, "shippingtype", {}, table="orders", column="shipping_mode") if delivery else ""


def _sold(item: Node, answer: Answer) -> dict[str, str]:
    return {
        "item_id": item.get("itemid"),
        "status": status(item, answer),
        "sku": item.get("sku"),
        "title": item.get("headline"),
        "unit_price": money(item, "price"),
        "currency": currency(item, "price"),
        "is_preorder": answer.choose(item, "ispreorder", names.FLAGS),
        "rating": rating(item, answer),
    }


def status(item: Node, answer: Answer) -> str:
    """What an item's status means in this answer."""
    action = answer.action
    return answer.choose(
        item, "itemstatus", names.STATUSES[action], otherwise=names.ACCEPTED_ONLY.get(action, ""), table="orders", column="status"
    )


def rating(item: Node, answer: Answer) -> str:
    """The buyer's rating where it is a number."""
    score = item.get("sellerscore")
    return score if re.fullmatch(r"\d+([.]\d{1,2})?", score) else answer.choose(item, "sellerscore", {})


def read_billed(item: Node, head: Node, answer: Answer) -> None:
    """An item's share of shipping and its commission, VAT in; the purchase stands in the request."""
    answer.add(
        "orders",
        {
            "purchase_id": head.get("request", "purchaseid"),
            "item_id": item.get("itemid"),
            "status": status(item, answer),
            "sku": item.get("sku"),
            "title": item.get("headline"),
            "category": item.get("category"),
            "unit_price": money(item, "itemsaleprice"),
            "currency": currency(item, "itemsaleprice"),
            "shipping_fee": money(item, "shippingsaleprice"),
            "commission": _sum(money(item, "itemcommissionexcltax"), money(item, "itemcommissionvat")),
        },
    )


def _sum(amount: str, tax: str) -> str:
    """Two amounts of one currency together; where they can't be added, the words of both, which no amount can be read from."""
    if not amount or not tax:
        return amount
    shape = r"(-?\d{1,12}(?:\.\d{1,2})?)( [A-Z]{3})?"
    first, second = re.fullmatch(shape, amount), re.fullmatch(shape, tax)
    if first and second and first[2] == second[2]:
        return f"{Decimal(first[1]) + Decimal(second[1])}{first[2] or ''}"
    return f"{amount} + {tax}"


def end_accepted(head: Node, answer: Answer) -> None:
    """A sale that the seller accepted: the only answer that tells where a parcel leaves from."""
    if head.get("response", "status").casefold() != "accepted":
        answer.pass_over("orders")
        return
    code = head.get("response", "shippingfromcountry") or head.get("request", "shippingfromcountry")
    from_country = code.zfill(COUNTRY_DIGITS) if code.isdigit() else code
    answer.add("orders", {"item_id": head.get("request", "itemid"), "status": "confirmed", "ship_from": from_country})


def end_cancelled(head: Node, answer: Answer) -> None:
    """A sale that the seller cancelled, with his reason."""
    if head.get("response", "status").casefold() != "cancelled":
        answer.pass_over("orders")
        return
    cells = {"item_id": head.get("request", "itemid"), "status": "cancelled", "cancelled_by": "seller"}
    answer.add("orders", {**cells, "cancel_reason": head.get("request", "comment")})
