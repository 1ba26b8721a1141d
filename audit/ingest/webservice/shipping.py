"""The answers that tell of parcels: the platform's own labels, and the numbers that the seller sent."""

from __future__ import annotations

from audit.ingest.webservice import names
from audit.ingest.webservice.answer import Answer, country
from audit.ingest.webservice.node import Node


def read_shipping(shipping: Node, head: Node, answer: Answer) -> None:
    """A purchase's label, if it has one; its mode and country hold for all items of the purchase."""
    purchase = head.get("request", "purchaseid")
    mode = answer.choose(shipping, "shippingtype", {}, table="shipments", column="shipping_mode")
    answer.purchases[purchase] = {"shipping_mode": mode, "ship_to": country(shipping, addresses=names.ADDRESSES)}
    number = shipping.get("prepaidlabel", "trackinginformation", "trackingnumber")
    if not number:
        answer.pass_over("shipments")
        return
    answer.add(
        "shipments",
        {
            "purchase_id": purchase,
            "shipping_mode": mode,
            "tracking_number": number,
            "tracking_url": shipping.get("prepaidlabel", "trackinginformation", "trackingurl"),
        },
    )


def read_tracking(item: Node, _head: Node, answer: Answer) -> None:
    """A number that the seller sent to the platform."""
    answer.add(
        "shipments",
        {
            "purchase_id": item.get("purchaseid"),
            "item_id": item.get("itemid"),
            "carrier": item.get("transporter"),
            "tracking_number": item.get("trackingnumber"),
            "tracking_url": item.get("trackingurl"),
        },
    )
