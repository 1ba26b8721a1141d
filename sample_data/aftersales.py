"""The sample shop's claims, refunds and messages: what the CLM, REF and MSG rules find, and what a careful seller does."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

CLAIM_HEADERS = {
    "claim_id": "N° de réclamation",
    "order_number": "Commande / article",
    "opened_at": "Ouverte le",
    "claim_type": "Motif",
    "claim_status": "Statut",
    "seller_replied_at": "Réponse vendeur",
    "solution_accepted_at": "Solution acceptée le",
    "platform_request_at": "Demande du service client",
    "platform_reply_at": "Réponse au service client",
    "closed_at": "Clôturée le",
    "attachments": "Pièces jointes",
    "largest_attachment_mb": "Taille max Mo",
}
REFUND_HEADERS = ("refund_id", "purchase_id", "item_id", "refunded_at", "amount", "channel")
MESSAGE_HEADERS = {
    "message_id": "消息编号",
    "purchase_id": "订单号",
    "item_id": "商品号",
    "sent_at": "发送时间",
    "sender": "发件人",
    "recipient": "收件人",
    "body": "内容",
}
PARTIES = {"buyer": "买家", "seller": "卖家", "platform": "平台"}

Row = dict[str, Any]
Shop = Any


class Desk:
    """The after-sales desk of the sample shop: its claims, refunds and messages on their way into files."""

    def __init__(self, shop: Shop, as_of: datetime) -> None:
        self.shop = shop
        self.as_of = as_of
        self.claims: list[Row] = []
        self.refunds: list[Row] = []
        self.messages: list[Row] = []
        self.unannounced: set[str] = set()
        self.claim_ids, self.refund_ids, self.message_ids = count(50_311), count(70_125), count(880_001)

    def ago(self, **span: float) -> datetime:
        """An instant before as-of."""
        return self.as_of - timedelta(**span)

    def sold(self, shipment: Row | None = None, *, days: float = 12, **order: Any) -> Row:
        """An item sold some days ago, done right but for the cells given."""
        row: Row = self.shop.sell(self.ago(days=days), shipment, unit_price=29.90, **order)
        return row

    def claim(self, order: Row, kind: str, opened: datetime, status: str = "Ouverte", **cells: Any) -> None:
        """A claim on an item; the seller replied within three hours unless the cells say otherwise."""
        row = {"claim_id": f"R{next(self.claim_ids)}", "order_number": f"{order['purchase_id']}/{order['item_id']}"}
        row |= {"opened_at": opened, "claim_type": kind, "claim_status": status, "seller_replied_at": opened + timedelta(hours=3)}
        self.claims.append({**row, **cells})

    def refund(self, order: Row, amount: float, when: datetime, channel: str = "platform_rebate") -> None:
        """Money paid back."""
        row = {"refund_id": f"F{next(self.refund_ids)}", "purchase_id": order["purchase_id"], "item_id": order["item_id"]}
        self.refunds.append({**row, "refunded_at": f"{when:%Y-%m-%d %H:%M:%S}", "amount": f"{amount:.2f}", "channel": channel})

    def write(self, order: Row | None, sender: str, recipient: str, when: datetime, body: str, *, article: bool = True) -> None:
        """A message about an item, or without ``article`` about its purchase alone."""
        ids = (
            {"purchase_id": order["purchase_id"], "item_id": order["item_id"] if article else ""}
            if order
            else {"purchase_id": "", "item_id": ""}
        )
        row = {"message_id": str(next(self.message_ids)), **ids, "sent_at": when, "sender": sender, "recipient": recipient, "body": body}
        self.messages.append(row)

    def announce(self) -> None:
        """One notice for each parcel that left, but the unannounced ones."""
        items = {row["item_id"] for row in self.shop.orders} - self.unannounced
        for parcel in self.shop.shipments:
            told = parcel["shipped_at"] + timedelta(hours=1)
            if parcel["item_id"] in items and told < self.as_of:
                self.write(parcel, "seller", "buyer", told, "Bonjour, votre colis est parti. Bonne journée !")


def claims(desk: Desk) -> None:
    """What the CLM rules find."""
    desk.claim(desk.sold(), "Endommagé", desk.ago(days=6))
    desk.claim(desk.sold(), "Non conforme", desk.ago(days=3, hours=1))
    asked = {"platform_request_at": desk.ago(hours=60)}
    desk.claim(desk.sold(), "Défectueux", desk.ago(days=5), "En médiation", **asked)
    desk.claim(desk.sold(), "Incomplet", desk.ago(days=4), "En médiation", platform_request_at=desk.ago(hours=31))
    lost = desk.sold({"tracking_number": "Oui", "last_scan_at": None, "delivered_at": None}, days=9)
    desk.claim(lost, "Non reçu", desk.ago(hours=20))
    fake = desk.sold(title="Écouteurs sans fil", brand="Apple", category="Audio", sku="00LST2")
    desk.claim(fake, "Contrefaçon", desk.ago(hours=15))
    desk.claim(desk.sold(days=28), "Endommagé", desk.ago(days=17), "Perdue", closed_at=desk.ago(days=11))
    old = desk.sold({"delivered_at": desk.ago(days=22), "last_scan_at": desk.ago(days=22)}, days=29)
    desk.claim(old, "Non conforme", desk.ago(days=1, hours=2))
    many = desk.sold()
    desk.claim(many, "Défectueux", desk.ago(days=2), "En médiation", attachments=12, largest_attachment_mb="8,5")
    again = desk.sold(days=15)
    desk.claim(again, "Endommagé", desk.ago(days=5), "Retirée")
    desk.claim(again, "Endommagé", desk.ago(hours=22))
    desk.claim(desk.sold(), "Colis vide", desk.ago(hours=30), seller_replied_at=None)
    desk.claim(desk.sold(), "Endommagé", desk.ago(days=4), solution_accepted_at=desk.ago(days=2))
    for days in (24, 19, 14):
        item = desk.sold(days=days + 10, sku="00BOITE", title="Boîte de rangement empilable")
        desk.claim(item, "Endommagé", desk.ago(days=days), "Clôturée", closed_at=desk.ago(days=days - 3))


def refunds(desk: Desk) -> None:
    """What the REF rules find."""
    desk.refund(desk.sold(), 20.00, desk.ago(days=2))
    desk.refund(desk.sold(), 10.00, desk.ago(days=1))
    warranted = {"delivered_at": desk.ago(days=24), "last_scan_at": desk.ago(days=24)}
    desk.refund(desk.sold(warranted, days=29, rating=5), 12.00, desk.ago(days=3))
    desk.refund(desk.sold(), 15.00, desk.ago(days=2), "paypal")
    silent = desk.sold(warranted, days=29, rating=4)
    desk.refund(silent, 29.90, desk.ago(days=3), "bank_transfer")
    twice = desk.sold()
    for day in (3, 2):
        desk.refund(twice, 29.90, desk.ago(days=day), "customer_service")
    asked = desk.sold(warranted, days=29, rating=3)
    desk.write(asked, "platform", "seller", desk.ago(days=3), "Bonjour, l'acheteur demande l'application de la garantie sur son article.")


def messages(desk: Desk) -> None:
    """What the MSG rules find."""
    wish = desk.sold(ship=False, days=1, status="Confirmée")
    desk.write(wish, "buyer", "seller", desk.ago(hours=9), "Bonjour, je ne veux plus de cet article, pouvez-vous annuler ma commande ?")
    wrong = desk.sold()
    desk.write(
        wrong, "seller", "platform", desk.ago(days=2), f"Bonjour, merci d'annuler l'article {wrong['item_id']} à la demande du client."
    )
    desk.write(wrong, "seller", "platform", desk.ago(days=2), "Bonjour, avez-vous reçu notre réponse ?", article=False)
    desk.unannounced.add(desk.sold()["item_id"])
    late = desk.sold()
    desk.write(late, "buyer", "seller", desk.ago(hours=30), "Bonjour, quelle est la couleur exacte ?")
    grave = desk.sold()
    desk.write(grave, "buyer", "seller", desk.ago(hours=70), "请问包裹什么时候到？")
    happy = desk.sold()
    desk.write(happy, "buyer", "seller", desk.ago(days=2), "Merci beaucoup, bonne journée")
    outside = desk.sold()
    desk.write(outside, "seller", "buyer", desk.ago(days=1), "Écrivez-nous à boutique@exemple.example pour un échange plus rapide.")
    asked = desk.sold()
    desk.write(asked, "platform", "seller", desk.ago(hours=55), "Bonjour, merci de nous transmettre la preuve d'expédition.")
    soon = desk.sold()
    desk.write(soon, "platform", "seller", desk.ago(hours=28), "Bonjour, veuillez nous communiquer la facture d'achat.")


def withdrawals(desk: Desk) -> None:
    """What CAN007 and CAN008 find, and one withdrawal that was reported as it should be."""
    day = desk.ago(days=28)
    gone = {"shipped_at": day + timedelta(hours=10), "tracking_uploaded_at": day + timedelta(hours=11)}
    arrived = {"delivered_at": day + timedelta(days=7), "last_scan_at": day + timedelta(days=7)}
    desk.sold(
        {**gone, **arrived},
        days=28,
        status="Annulée",
        cancelled_by="Acheteur",
        cancel_reason="Rétractation",
        cancelled_at=day + timedelta(days=9),
    )
    early = desk.ago(days=40)
    returned = desk.sold(
        days=40, status="Annulée", cancelled_by="Acheteur", cancel_reason="Rétractation", cancelled_at=early + timedelta(days=12)
    )
    desk.refund(returned, 33.80, early + timedelta(days=15), "customer_service")
    for row in desk.shop.orders:
        if row.get("cancel_reason") == "Rétractation de l'acheteur":
            told = row["cancelled_at"] + timedelta(hours=1)
            desk.write(row, "seller", "platform", told, f"Bonjour, l'acheteur de l'article {row['item_id']} se rétracte.")
    back = desk.ago(days=6)
    desk.shop.sell(
        back, ship=False, status="Annulée", confirmed_at=None, cancelled_by="Acheteur", cancelled_at=back + timedelta(hours=5),
        cancel_reason="Rétractation",
    )  # fmt: skip
