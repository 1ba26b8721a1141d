"""Claims, refunds, messages and parcels of orders that the files do not hold: they are judged as far as they go, and break nothing."""

import pytest

from audit.config import Config
from audit.testing import judge, order

STRANGER = {"purchase_id": "777001", "item_id": "7001"}
ORDER = order(
    confirmed_at="2026-11-20 11:00",
    status="delivered",
    sku="S1",
    shipping_fee="3.90",
    rating="5",
    cancelled_at="",
    cancelled_by="",
    cancel_reason="",
)
PARCEL = {"shipping_mode": "tracked", "carrier": "Post", "tracking_number": "LX104821134CN", "tracking_url": "", "ship_from": "CN"}
SENT = {
    "shipped_at": "2026-11-20 20:00",
    "tracking_uploaded_at": "2026-11-20 21:00",
    "last_scan_at": "2026-11-21 20:00",
    "delivered_at": "",
}
CLAIM = {
    "claim_id": "C1", "opened_at": "2026-11-10 10:00", "claim_type": "not_received", "claim_status": "open", "seller_replied_at": "",
    "solution_accepted_at": "", "platform_request_at": "2026-11-12 10:00", "platform_reply_at": "", "closed_at": "", "attachments": "11",
    "largest_attachment_mb": "",
}  # fmt: skip
REFUND = {"refund_id": "F1", "refunded_at": "2026-11-20 10:00", "amount": "90.00", "channel": "paypal"}
MESSAGES = [
    ("buyer", "seller", "Je veux annuler ma commande"),
    ("seller", "buyer", "Ecrivez a boutique@exemple.example"),
    ("seller", "platform", "Merci d'annuler la vente"),
    ("platform", "seller", "Merci de nous transmettre la preuve. Application de la garantie."),
]


def tables(owner):
    """All tables, every row but the orders' about one owner."""
    messages = [
        {"message_id": f"M{number}", "sent_at": f"2026-11-1{number} 10:00", "sender": sender, "recipient": recipient, "body": body, **owner}
        for number, (sender, recipient, body) in enumerate(MESSAGES)
    ]
    claims = [{**CLAIM, "claim_type": kind, "claim_id": kind, **owner} for kind in ("not_received", "damaged", "counterfeit", "warranty")]
    return {
        "orders": [ORDER],
        "shipments": [{**PARCEL, **SENT, **owner}],
        "claims": claims,
        "refunds": [{**REFUND, **owner}],
        "messages": messages,
    }


@pytest.mark.parametrize("owner", [STRANGER, {**STRANGER, "purchase_id": ORDER["purchase_id"]}])
def test_rows_of_no_known_order_break_no_rule(owner):
    """No rule fails where other tables name purchases or items that the orders do not hold."""
    judged = judge(config=Config(grade="B"), **tables(owner))

    assert [] == [code for code, verdict in judged.verdicts.items() if verdict.status == "failed"]
    assert not judged.findings["subject"].isna().any()
    assert {"CLM003", "CLM011"} <= set(judged.findings["rule"])


def test_their_money_is_unknown():
    """A claim on an order that is not there has no amount: blank, never nil."""
    found = judge(config=Config(grade="B"), **tables(STRANGER)).findings

    assert found.loc[found["rule"] == "CLM003", "exposure_sale"].isna().all()
