"""What the platform's WebService calls things: answers, elements and enumerations; every list is open and grows here."""

from __future__ import annotations

from collections.abc import Mapping

NEW, CURRENT, INFOS, BILLING = "getnewsales", "getcurrentsales", "getiteminfos", "getbillinginformation"
SHIPPING, EXPORT, TRACKING = "getshippinginformation", "export", "importitemshippingstatus"
ACCEPT, CANCEL, ERROR = "acceptsale", "cancelitem", "errorresponse"

ROOTS: Mapping[str, str] = {
    "getnewsalesresult": NEW,
    "getcurrentsalesresult": CURRENT,
    "getiteminfosresult": INFOS,
    "getbillinginformationresult": BILLING,
    "getshippinginformationresult": SHIPPING,
    "inventoryresult": EXPORT,
    "items": TRACKING,  # the file that is sent, not the answer to it
    "saleacceptanceresult": ACCEPT,
    "acceptsaleresult": ACCEPT,
    "cancelitemresult": CANCEL,
    "errorresponse": ERROR,
}
"""The local name of each answer's outermost element, in small letters, with the action that it answers."""

OTHER_ROOT = "result"
"""How the outermost elements of all answers end; one that is not listed above holds nothing that the audit reads."""

RECORDS: Mapping[str, str] = {
    NEW: "sale",
    CURRENT: "sale",
    INFOS: "item",
    BILLING: "item",
    SHIPPING: "shippinginformation",
    EXPORT: "advert",
    TRACKING: "item",
}
"""The element that repeats in each answer; the outermost of its name counts."""

HEAD = frozenset({
    "request", "response", "user", "purchaseid", "itemid", "comment", "shippingfromcountry", "status", "nexttoken",
    "error", "code", "message", "details", "detail",
})  # fmt: skip
"""What is kept of an answer outside its records."""

PRICE = ("amount", "currency")
COUNTRY = ("countryalpha2", "country")
ADDRESSES = ("deliveryaddress", "collectionpointaddress", "billingaddress")
"""Where a sale's country stands, the first that is there; nothing else of an address is kept."""

SALE = frozenset({
    "sale", "purchaseid", "purchasedate", "deliveryinformation", "shippingtype", "items", "item", "itemid", "sku", "headline",
    "price", "itemstatus", "ispreorder", "sellerscore", *ADDRESSES, *COUNTRY, *PRICE,
})  # fmt: skip
KEPT: Mapping[str, frozenset[str]] = {
    NEW: SALE,
    CURRENT: SALE,
    INFOS: frozenset({
        "item", "itemid", "date", "itemstatus", "shipped", "sellerscore", "claim", "creationdate", "type", "state", "amicable",
        "mail", "mailid", "message", "senddate", "sender", "recipient", "object", "content", "status",
        "itemlog", "itemlogcode", "description", "complement",
    }),
    BILLING: frozenset({
        "item", "itemid", "sku", "headline", "category", "itemstatus", "itemsaleprice", "shippingsaleprice",
        "itemcommissionexcltax", "itemcommissionvat", *PRICE,
    }),
    SHIPPING: frozenset({
        "shippinginformation", "shippingtype", "prepaidlabel", "trackinginformation", "trackingnumber", "trackingurl",
        *ADDRESSES, *COUNTRY,
    }),
    EXPORT: frozenset({
        "advert", "sku", "price", "quality", "stock", "unlimitedquantity", "comment", "productsummary", "headline", "topic",
        "barcode", *PRICE,
    }),
    TRACKING: frozenset({"item", "purchaseid", "itemid", "transporter", "trackingnumber", "trackingurl"}),
}  # fmt: skip
"""What is kept of a record; other elements, personal data among them, are passed over with all that they hold."""

STATUSES: Mapping[str, Mapping[str, str]] = {
    NEW: {"TO_CONFIRM": "to_confirm", "CANCELLED": "cancelled", "REFUSED": "refused", "ACCEPTED": "confirmed"},
    CURRENT: {"ACCEPTED": "confirmed", "PENDING": "preorder", "PENDING_CLAIM": "claim", "CANCELLED": "cancelled"},
    INFOS: {
        "REQUESTED": "to_confirm",
        "REMINDED": "to_confirm",
        "COMMITTED": "confirmed",
        "PENDING": "preorder",
        "ON_HOLD": "claim",
        "CANCELLED": "cancelled",
        "CLOSED": "closed",
    },
    BILLING: {"ACCEPTED": "confirmed", "CLAIM": "claim", "CANCELLED": "cancelled", "CLOSED": "closed"},
}
"""What an item's status means in each answer."""

ACCEPTED_ONLY: Mapping[str, str] = {CURRENT: "confirmed", BILLING: "confirmed"}
"""What a status that is not known means where an answer lists only sales that were accepted: never that nobody has answered yet."""

CLAIM_NEW = "NEW"
FLAGS: Mapping[str, str] = {"Y": "true", "N": "false"}
SENT = "SENT"
"""Status of a message that the seller wrote."""

COMMITTED, REQUESTED = "ITEM_COMMITTED", "ITEM_REQUESTED"
LOG_CODES: Mapping[str, str] = dict.fromkeys((REQUESTED, "PM_REMIND", COMMITTED, "AMICABLE_CLAIM_CREATION"), "known")

BETTER: Mapping[str, tuple[str, ...]] = {
    "confirmed_at": (INFOS,),
    "status": (CURRENT, NEW, INFOS, BILLING, ACCEPT, CANCEL),
    "cancelled_at": (INFOS,),
    "cancelled_by": (INFOS, CANCEL),
    "cancel_reason": (INFOS, CANCEL),
    "ordered_at": (CURRENT, NEW, INFOS),
    "shipping_fee": (BILLING,),
    "commission": (BILLING,),
    "category": (BILLING,),
    "ship_from": (ACCEPT,),
}
"""Which answer is believed first about a column; for the others the sales come first, then as in ``HOMES``."""

HOMES: Mapping[str, int] = {CURRENT: 0, NEW: 0, INFOS: 1, BILLING: 2, ACCEPT: 3, CANCEL: 4}
"""Whose row an item told of by several answers becomes: the least; of two sales answers the newer."""

OF_SALES = (
    "purchase_id", "item_id", "ordered_at", "status", "sku", "title", "unit_price", "currency", "shipping_mode", "ship_to", "is_preorder",
    "rating",
)  # fmt: skip
COLUMNS: Mapping[str, tuple[str, ...]] = {
    NEW: OF_SALES,
    CURRENT: OF_SALES,
    INFOS: ("item_id", "ordered_at", "confirmed_at", "status", "cancelled_at", "cancelled_by", "cancel_reason", "rating"),
    BILLING: (
        "purchase_id", "item_id", "status", "sku", "title", "category", "unit_price", "shipping_fee", "commission", "currency",
    ),
    ACCEPT: ("item_id", "status", "ship_from"),
    CANCEL: ("item_id", "status", "cancelled_by", "cancel_reason"),
}  # fmt: skip
"""The columns of orders that each answer can tell; a column that no answer can tell is left out, so that rules say what they lack."""
