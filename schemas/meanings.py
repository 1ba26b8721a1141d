"""What a header that means a column speaks of, in the concepts of the vocabulary, whatever its language."""

from collections.abc import Mapping

MEANINGS: Mapping[str, tuple[str, ...]] = {
    "order_number": ("number order item", "reference order item"),
    "purchase_id": (
        "number order", "reference order", "number sale", "reference sale", "number basket", "reference basket", "number purchase", "reference purchase",
        "number reference order", "number order purchase", "number order sale",
    ),
    "item_id": ("number line", "reference line", "number line order", "reference line order", "line", "number line item", "reference line item", "number item", "number item order", "number item sale", "number product", "number item purchase", "number item basket"),
    "ordered_at": ("date order", "date sale", "date purchase", "date create order", "date order sale", "date order purchase", "date basket", "create order"),
    "confirmed_at": ("date confirm", "date confirm order", "date confirm sale", "date confirm seller", "date seller confirm order"),
    "status": ("state order", "state item", "state sale", "state order item", "state purchase"),
    "sku": (
        "sku", "reference seller", "reference product", "reference item", "sku seller", "sku product", "reference sku", "number sku", "sku item",
        "number sku product", "reference product seller", "reference sku seller", "reference seller sku", "number product seller",
    ),
    "title": (
        "title", "name product", "name item", "title product", "title item", "description product", "description item", "product", "name title", "name title product",
    ),
    "brand": ("brand", "name brand", "brand product", "brand item"),
    "category": ("category", "category product", "category item", "name category", "mode product"),
    "condition": ("condition", "condition product", "condition item", "state product", "state condition", "state condition product"),
    "unit_price": ("price unit", "price sale", "price", "price unit by", "price item by", "price product by", "price by", "price item", "price product", "price unit sale", "price unit product", "price unit item", "amount unit", "price sale product", "price sale item"),
    "quantity": (
        "quantity", "quantity unit", "quantity item", "quantity product", "quantity sale", "quantity order", "quantity purchase", "unit", "quantity order item",
        "unit sale", "unit order", "quantity order product", "unit purchase",
    ),
    "shipping_fee": (
        "fee postage", "fee ship", "fee dispatch", "fee delivery", "postage", "price postage", "price delivery", "price ship", "amount postage", "price dispatch",
        "amount ship", "amount delivery", "fee postage delivery", "fee courier", "fee postage customer", "fee postage ship", "amount fee postage",
    ),
    "commission": ("commission", "amount commission", "fee commission", "commission platform", "commission item", "fee platform", "commission sale", "fee commission platform"),
    "currency": ("currency", "reference currency", "currency order", "currency amount", "currency price", "number currency"),
    "shipping_mode": (
        "mode ship", "mode delivery", "mode dispatch", "service delivery", "service ship", "service dispatch", "mode service", "mode service delivery", "mode service ship",
        "mode courier", "mode track",
    ),
    "ship_from": ("country dispatch", "country from", "country dispatch from", "from dispatch", "country ship from", "ship from", "dispatch from"),
    "ship_to": (
        "country delivery", "country to", "country receive", "country recipient", "to", "country ship to", "ship to", "delivery to", "country delivery to", "country delivery customer",
    ),
    "is_preorder": ("preorder", "item preorder", "product preorder", "order preorder"),
    "release_at": ("date release", "date release product"),
    "cancelled_at": ("date cancel", "date cancel order", "date cancel sale", "date cancel item"),
    "cancelled_by": ("cancel by", "cancel by order", "by cancel request"),
    "cancel_reason": ("reason cancel", "reason cancel order", "comment cancel", "reason cancel customer"),
    "rating": ("rating", "rating customer", "rating order", "rating sale"),
    "carrier": ("courier", "courier company", "name courier", "courier name company", "company ship", "company delivery", "courier delivery", "company dispatch", "courier dispatch"),
    "tracking_number": (
        "number track", "track", "number parcel", "number waybill", "waybill", "number courier", "reference track", "reference parcel", "number track parcel",
        "track parcel", "track waybill number", "number track courier", "number waybill courier", "reference track parcel",
    ),
    "tracking_url": ("link track", "link parcel", "link track parcel", "link courier", "link waybill", "link track courier"),
    "shipped_at": (
        "date dispatch", "date ship", "date dispatch parcel", "date dispatch order", "date ship order", "date parcel dispatch", "date dispatch item",
        "date courier dispatch",
    ),
    "tracking_uploaded_at": ("date upload track", "date upload", "date number upload", "date upload number track", "date upload courier", "date upload waybill", "date upload number courier"),
    "last_scan_at": ("last scan", "date last scan", "date last track", "date scan", "date last scan parcel", "date last courier"),
    "delivered_at": (
        "date delivery", "date receive", "date delivery customer", "date receive customer", "date delivery parcel", "date delivery order", "date receive parcel",
        "date delivery recipient",
    ),
    "claim_id": ("number claim", "reference claim"),
    "opened_at": ("date open claim", "date claim", "date create claim", "date open"),
    "claim_type": ("reason claim", "mode claim", "reason"),
    "claim_status": ("state claim",),
    "seller_replied_at": ("date reply seller", "reply seller", "date reply"),
    "solution_accepted_at": ("date solution", "date confirm solution"),
    "platform_request_at": ("date request platform",),
    "platform_reply_at": ("date reply platform", "reply platform"),
    "closed_at": ("date close", "date close claim", "date end claim"),
    "attachments": ("quantity attachment", "attachment"),
    "largest_attachment_mb": ("size attachment", "size limit attachment"),
    "refund_id": ("number refund", "reference refund"),
    "refunded_at": ("date refund",),
    "amount": ("amount refund", "refund", "amount", "price refund"),
    "channel": ("channel refund", "mode refund", "channel"),
    "message_id": ("number message", "reference message"),
    "sent_at": ("date dispatch message", "date message"),
    "sender": ("sender", "name sender", "sender message"),
    "recipient": ("recipient", "recipient message"),
    "body": ("body", "body message", "message"),
    "price": ("price", "price sale", "price unit", "price product", "price item", "price sale product"),
    "stock": ("stock", "quantity stock", "stock quantity product", "stock product", "quantity"),
    "comment": ("comment", "comment product", "comment item"),
    "ean": ("barcode", "number barcode", "reference barcode", "barcode product"),
    "document": ("document", "document brand", "document number", "attachment document"),
    "valid_from": ("valid start", "date start valid", "date start", "valid from", "date start document"),
    "valid_to": ("valid end", "date end valid", "date end", "valid to", "date end document", "valid"),
}  # fmt: skip
"""For each column, what a header that means it speaks of, whatever the language; the spellings are read in the same way."""

SETTING_APART = frozenset(
    (
        "planned", "limit", "return", "payment", "customer", "invoice", "tax", "untaxed", "total", "list", "discount", "resale", "rate", "weight",
        "warehouse", "update", "record", "days", "previous", "insurance", "erp", "transit", "age",
    )
)  # fmt: skip
"""What makes a header speak of something else than the column that it resembles, unless that column's spellings speak of it too."""

CONTEXT = frozenset(
    (
        "date", "number", "reference", "name", "amount", "item", "line", "product", "order", "sale", "purchase", "basket", "parcel", "seller", "unit",
    )
)  # fmt: skip
"""What a header may leave out and still resemble a column; without any of the rest it speaks of something else."""

UNDECIDED = (frozenset(("ship", "country")), frozenset(("customer", "country")))
"""What can be said of two columns that contradict each other: a shipping country is where a parcel leaves from, or goes to."""
