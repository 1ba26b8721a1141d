"""A shop that does everything right for eight months: how it sells, writes and refunds; careful_stories says what happens in it.

Times are worked out in UTC and written in Paris, so that both nights of the clock change lie within.
"""

import random
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import NamedTuple
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
AS_OF = datetime(2026, 11, 9, 6, 0, tzinfo=PARIS).astimezone(UTC)
SINCE = datetime(2026, 3, 20, 8, 0, tzinfo=PARIS).astimezone(UTC)
SPRING = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
"""The instants at which the clocks change in 2026."""

SPOKEN = {
    "to_confirm": ("À confirmer", "to_confirm", "待确认"),
    "confirmed": ("Confirmée", "confirmed", "已确认"),
    "shipped": ("Expédiée", "shipped", "已发货"),
    "delivered": ("Livrée", "Clôturée", "delivered", "已签收"),
    "refused": ("Refusée", "已拒绝"),
    "cancelled": ("Annulée", "cancelled", "已取消"),
    "claim": ("Réclamation", "客诉"),
    "preorder": ("Précommande", "预售"),
    "tracked": ("Suivi", "tracked", "追踪"),
    "registered": ("Recommandé", "registered", "挂号"),
    "buyer": ("Acheteur", "buyer", "买家"),
    "seller": ("Vendeur", "seller", "卖家"),
    "platform": ("Service client", "platform", "平台"),
    "CN": ("Chine", "CN", "中国"),
    "FR": ("France", "FR", "250"),
}
"""Words as exports of three languages write them."""

GOODS = (
    ("Lampe de bureau LED", "Marque générique"),
    ("Coque compatible iPhone Apple 15 Pro", "Marque générique"),
    ("Coque silicone pour Samsung Galaxy S24", "générique"),
    ("Bague pour annulaire, acier", "Sans marque"),
    ("手机壳 适用 iPhone 15", "无品牌"),
    ("Polo coton", "Lacoste"),
    ("Tapis de souris XXL", ""),
)

QUESTIONS = (
    ("Bonjour, quelle est la couleur exacte ?", "Bonjour, c'est le bleu de la photo."),
    ("请问包裹什么时候到？", "您好，预计三天内送达。"),
    ("Hello, is it compatible with a 15 Pro?", "Hello, yes it is."),
    ("La bague va-t-elle à l'annulaire ?", "Oui, prenez la taille 54."),
)
THANKS = (
    "Merci beaucoup, bonne journée !",
    "谢谢！",
    "Thank you very much",
    "Bonjour, colis reçu, merci",
    "Parfait, merci pour votre réponse",
)

THANKED = (
    "Bonjour, votre réponse est bien enregistrée. Merci de votre patience.",
    "您的回复已登记，请放心。",
    "Le dossier est clos. Veuillez agréer, Madame, Monsieur, nos salutations.",
)
"""What buyers ask and are told, how they thank, and how customer service does."""


class Sale(NamedTuple):
    """What a story needs to know of an item: its order row, its parcel row, and its instants in UTC."""

    row: dict
    parcel: dict
    ordered: datetime
    confirmed: datetime
    shipped: datetime
    delivered: datetime


def hours(number):
    """So many real hours."""
    return timedelta(hours=number)


def days(number):
    """So many times 24 real hours."""
    return timedelta(days=number)


def local(moment):
    """An instant as an export in Paris writes it."""
    return f"{moment.astimezone(PARIS):%Y-%m-%d %H:%M:%S}"


def whole_day(text):
    """A time without its hour."""
    return text[:10]


class Shop:
    """The rows of the shop on their way into files."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311 - the same shop for the same seed
        self.tables = {name: [] for name in ("orders", "shipments", "claims", "refunds", "messages")}
        self.purchases, self.items, self.numbers, self.ids = (
            count(943_000_117, 37),
            count(1_510_000_403, 53),
            count(10_000_019, 7919),
            count(1),
        )

    def say(self, word):
        """A word in one of its languages."""
        return self.random.choice(SPOKEN.get(word, (word,)))

    def number(self, mode):
        """A parcel's number: of standard S10, with its check digit."""
        digits = f"{next(self.numbers) % 10**8:08d}"
        rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11
        return f"{'RR' if mode == 'registered' else 'LX'}{digits}{ {10: 0, 11: 5}.get(rest, rest) }CN"

    def sell(self, ordered, *, confirm=2.0, ship=12.0, travel=6.0, price=None, origin="CN", mode=None, **cells):
        """An item confirmed, dispatched, announced and delivered so many hours and days after each other; the cells given replace its own."""
        price = f"{self.random.randint(500, 6000) / 100:.2f}" if price is None else price
        limit = 60 if origin in ("CN", "GB") else 200
        mode = mode or ("registered" if float(price) > limit else "tracked")
        title, brand = self.random.choice(GOODS)
        confirmed = ordered + hours(confirm)
        shipped = confirmed + hours(ship)
        delivered = shipped + days(travel)
        row = {
            "purchase_id": str(next(self.purchases)), "item_id": str(next(self.items)), "ordered_at": local(ordered), "confirmed_at": local(confirmed),
            "status": self.say("delivered" if delivered < AS_OF else "shipped"), "sku": f"00{next(self.ids):05d}", "title": title, "brand": brand,
            "category": "Maison", "unit_price": price, "quantity": "1", "shipping_fee": "3.90", "currency": "EUR", "shipping_mode": self.say(mode),
            "ship_from": self.say(origin), "ship_to": "France", "is_preorder": "", "release_at": "", "cancelled_at": "", "cancelled_by": "",
            "cancel_reason": "", "rating": "", **cells,
        }  # fmt: skip
        parcel = self.parcel(row, mode, shipped, delivered, origin)
        self.tables["orders"].append(row)
        sale = Sale(row, parcel, ordered, confirmed, shipped, delivered)
        self.tell(sale, "seller", "buyer", min(shipped + hours(1), AS_OF), self.notice(parcel))
        return sale

    def parcel(self, row, mode, shipped, delivered, origin):
        """A parcel of an item, its number uploaded after three hours."""
        arrived = delivered < AS_OF
        parcel = {
            "purchase_id": row["purchase_id"], "item_id": row["item_id"], "shipping_mode": self.say(mode), "carrier": "China Post",
            "tracking_number": self.number(mode), "tracking_url": "", "shipped_at": local(shipped), "tracking_uploaded_at": local(shipped + hours(3)),
            "last_scan_at": local(delivered if arrived else max(shipped, AS_OF - hours(20))), "delivered_at": local(delivered) if arrived else "",
            "ship_from": self.say(origin),
        }  # fmt: skip
        self.tables["shipments"].append(parcel)
        return parcel

    def notice(self, parcel):
        """What the buyer is told on the day of dispatch."""
        number, order = parcel["tracking_number"], f"{parcel['purchase_id']}/{parcel['item_id']}"
        return self.random.choice(
            (
                f"Bonjour, votre commande {order} est partie sous le numéro {number}. Bonne journée !",
                f"Bonjour, votre colis {number} est en route : https://www.laposte.fr/outils/suivre-vos-envois?code={number}",
                f"Hello, your parcel has left, number {number}.",
                f"您好，您的包裹已发出，单号 {number}。",
            )
        )

    def wait(self, ordered, status="to_confirm", **cells):
        """An item that has no parcel: it waits, or its sale ended before; nothing is announced."""
        sale = self.sell(ordered, **{"status": self.say(status), "confirmed_at": "", **cells})
        self.tables["shipments"].remove(sale.parcel)
        self.tables["messages"].pop()
        return sale

    def tell(self, sale, sender, recipient, when, body, *, article=True):
        """A message about an item, or without ``article`` about its purchase."""
        ids = {"purchase_id": sale.row["purchase_id"], "item_id": sale.row["item_id"] if article else ""}
        parties = {"sender": self.say(sender), "recipient": self.say(recipient)}
        self.tables["messages"].append({"message_id": f"M{next(self.ids)}", **ids, "sent_at": local(when), **parties, "body": body})

    def claim(self, sale, kind, opened, status, **cells):
        """A claim, answered after three hours."""
        ids = {"claim_id": f"R{next(self.ids)}", "purchase_id": sale.row["purchase_id"], "item_id": sale.row["item_id"]}
        own = {"opened_at": local(opened), "claim_type": kind, "claim_status": status, "seller_replied_at": local(opened + hours(3))}
        later = dict.fromkeys(("solution_accepted_at", "platform_request_at", "platform_reply_at", "closed_at"), "")
        self.tables["claims"].append({**ids, **own, **later, "attachments": "", "largest_attachment_mb": "", **cells})

    def refund(self, sale, amount, when, channel):
        """Money paid back."""
        ids = {"refund_id": f"F{next(self.ids)}", "purchase_id": sale.row["purchase_id"], "item_id": sale.row["item_id"]}
        self.tables["refunds"].append({**ids, "refunded_at": local(when), "amount": amount, "channel": channel})


SHELF = {
    "listings": [
        {"sku": sku, "title": title, "brand": brand, "category": category, "condition": condition, "price": "45.00", "stock": stock, "comment": comment,
         "ship_from": origin, "ean": ean}
        for sku, title, brand, category, condition, stock, comment, origin, ean in (
            ("L1", "Lampe de bureau LED", "Marque générique", "Maison", "Neuf", "12", "Expédition de la Chine, livraison dans 10 jours.", "CN", "3700123456780"),
            ("L2", "Guirlande", "无品牌", "Maison", "全新", "5", "EXPEDITION DE LA CHINE - LIVRAISON DANS 10 JOURS !", "中国", ""),
            ("L3", "Coque compatible iPhone Apple", "Marque générique", "Coques", "new", "300", "Expédition de la Chine, livraison dans 10 jours", "CN", ""),
            ("L4", "Ultrabook 14 pouces", "Sans marque", "Ordinateurs portables", "Neuf", "3", "Garantie de 2 ans. Clavier AZERTY.", "FR", ""),
            ("L5", "Smartphone 128 Go", "Sans marque", "Téléphones", "Reconditionné", "2", "Reconditionné, quelques rayures ; garantie 24 mois.", "FR", ""),
            ("L6", "Lecteur de cassettes", "Sans marque", "Audio", "Bon état", "1", "Quelques rayures sur le boîtier.", "FR", ""),
            ("L7", "Polo coton", "Lacoste", "Vêtements", "Neuf", "8", "", "FR", ""),
            ("L8", "Guirlande d'hiver", "Marque générique", "Maison", "Neuf", "0", "", "CN", ""),
        )
    ],
    "authorisations": [
        {"brand": brand, "document": f"{brand}.pdf", "valid_from": "2026-01-01", "valid_to": "2027-12-31"} for brand in ("Lacoste", "Oakley")
    ],
}  # fmt: skip
"""What is on sale, and the papers for it."""
