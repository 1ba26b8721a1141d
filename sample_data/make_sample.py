"""Write the sample shop: invented orders of some weeks in which every rule and every reason to refuse a row occurs.

Run ``python sample_data/make_sample.py`` to write the files again; the seed makes them the same every time.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import aftersales
import xlsxwriter

FOLDER = Path(__file__).parent
AS_OF = datetime(2026, 11, 23, 6, 0)
CAREFUL_ITEMS = 340
RECENT_ITEMS = 40
"""Careful sales of the last 30 days; the others are older."""

RANDOM = random.Random(20261123)

ORDER_HEADERS = {
    "purchase_id": "N° de commande",
    "item_id": "N° d'article",
    "ordered_at": "Date de commande",
    "confirmed_at": "Date de confirmation",
    "status": "Statut",
    "sku": "Référence",
    "title": "Titre",
    "brand": "Marque",
    "category": "Catégorie",
    "unit_price": "Prix unitaire",
    "quantity": "Quantité",
    "shipping_fee": "Frais de port",
    "commission": "Commission",
    "currency": "Devise",
    "shipping_mode": "Mode de livraison",
    "ship_from": "Pays d'expédition",
    "ship_to": "Pays de livraison",
    "is_preorder": "Précommande",
    "release_at": "Date de sortie",
    "cancelled_at": "Date d'annulation",
    "cancelled_by": "Annulé par",
    "cancel_reason": "Motif d'annulation",
    "rating": "Note",
}
SHIPMENT_HEADERS = {
    "purchase_id": "订单号",
    "item_id": "商品号",
    "shipping_mode": "发货方式",
    "carrier": "承运商",
    "tracking_number": "追踪单号",
    "tracking_url": "追踪网址",
    "shipped_at": "发货时间",
    "tracking_uploaded_at": "单号上传时间",
    "last_scan_at": "最后扫描时间",
    "delivered_at": "签收时间",
    "ship_from": "发货国家",
}
LISTING_HEADERS = ("sku", "title", "brand", "category", "condition", "price", "stock", "comment", "ship_from", "ean")
AUTHORISATION_HEADERS = {"brand": "Marque", "document": "Justificatif", "valid_from": "Valable du", "valid_to": "Valable jusqu'au"}

GOODS = (
    ("Lampe de bureau LED pliable", "Maison", 24.90),
    ("Tapis de souris XXL 90 x 40 cm", "Informatique", 12.50),
    ("Support de téléphone pour voiture", "Téléphonie", 15.90),
    ("Câble USB-C tressé 2 m", "Téléphonie", 8.90),
    ("Coque compatible iPhone Apple 15 Pro", "Téléphonie", 11.90),
    ("Écouteurs sans fil avec boîtier de charge", "Audio", 39.90),
    ("Montre connectée étanche", "Montres", 54.90),
    ("Robot de cuisine 1000 W", "Maison", 149.00),
    ("Vidéoprojecteur portable 1080p", "Image", 189.00),
    ("Sac à dos pour ordinateur 15,6 pouces", "Bagages", 32.90),
    ("Clavier mécanique rétroéclairé AZERTY", "Informatique", 45.90),
    ("Balance de cuisine électronique", "Maison", 13.90),
)
PURCHASES = count(943_100_117, 37)
ITEMS = count(1_510_200_403, 53)
NUMBERS = count(10_482_113, 7919)

Row = dict[str, Any]


def s10(service: str, country: str = "CN") -> str:
    """A tracking number of UPU standard S10 with its check digit."""
    digits = f"{next(NUMBERS) % 10**8:08d}"
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11
    return f"{service}{digits}{ {10: 0, 11: 5}.get(rest, rest) }{country}"


def hours(number: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=number)


def sold(ordered: datetime, **cells: Any) -> Row:
    """An order row done right: confirmed after some hours, from China, by a mode that suits its price."""
    title, category, price = RANDOM.choice(GOODS)
    row: Row = {
        "purchase_id": str(next(PURCHASES)),
        "item_id": str(next(ITEMS)),
        "ordered_at": ordered,
        "confirmed_at": ordered + hours(RANDOM.randint(1, 9)),
        "status": "Expédiée",
        "sku": f"00{RANDOM.randint(1000, 9999)}",
        "title": title,
        "brand": "Marque générique",
        "category": category,
        "unit_price": price,
        "quantity": 1,
        "shipping_fee": 3.90,
        "currency": "EUR",
        "shipping_mode": None,
        "ship_from": "Chine",
        "ship_to": "France",
    }
    row.update(cells)
    if row["commission"] is None if "commission" in row else True:
        row["commission"] = round(row["unit_price"] * row["quantity"] * 0.12, 2)
    if row["shipping_mode"] is None:
        row["shipping_mode"] = "Recommandé" if row["unit_price"] > 60 else "Suivi"
    return row


def sent(order: Row, **cells: Any) -> Row:
    """A shipment row done right for an order: dispatched within a day, its number uploaded, scanned, and in time delivered."""
    shipped = order["confirmed_at"] + hours(RANDOM.randint(2, 20))
    delivered = shipped + timedelta(days=RANDOM.randint(5, 9), hours=RANDOM.randint(0, 8))
    registered = order["shipping_mode"] == "Recommandé"
    arrived = delivered < AS_OF
    row: Row = {
        "purchase_id": order["purchase_id"],
        "item_id": order["item_id"],
        "shipping_mode": "挂号" if registered else "追踪",
        "carrier": "China Post",
        "tracking_number": s10("RR" if registered else "LX"),
        "shipped_at": shipped,
        "tracking_uploaded_at": shipped + hours(3),
        "last_scan_at": delivered if arrived else AS_OF - hours(RANDOM.randint(5, 60)),
        "delivered_at": delivered if arrived else None,
        "ship_from": "CN",
    }
    if row["last_scan_at"] < shipped:
        row["last_scan_at"] = shipped + hours(1)
    row.update(cells)
    return row


class Shop:
    """The rows of the sample on their way into files."""

    def __init__(self) -> None:
        self.orders: list[Row] = []
        self.shipments: list[Row] = []

    def sell(self, ordered: datetime, shipment: Row | None = None, *, ship: bool = True, **order: Any) -> Row:
        """An order, with its shipment unless ``ship`` is off; the cells given replace the ones done right."""
        row = sold(ordered, **order)
        self.orders.append(row)
        if ship:
            parcel = sent(row, **(shipment or {}))
            self.shipments.append(parcel)
            if row["status"] == "Expédiée" and parcel["delivered_at"]:
                row["status"] = "Livrée"
        return row


def careful(shop: Shop) -> None:
    """Sales of some weeks, done right; few of them in the last month, which was a bad one."""
    for place in range(CAREFUL_ITEMS):
        days = (3, 30) if place < RECENT_ITEMS else (31, 75)
        ordered = AS_OF - timedelta(minutes=RANDOM.randint(days[0] * 24 * 60, days[1] * 24 * 60))
        row = shop.sell(ordered.replace(second=RANDOM.randint(0, 59)))
        if row["status"] == "Livrée" and RANDOM.random() < 0.4:
            row["rating"] = RANDOM.choice((4, 5, 5))
    for hour in (2, 5, 9, 14, 20):
        shop.sell(AS_OF - hours(hour), ship=False, status="Confirmée", confirmed_at=AS_OF - hours(hour - 1))
        shop.sell(AS_OF - hours(hour + 0.5), ship=False, status="À confirmer", confirmed_at=None)
    for day in (4, 11):
        ordered = AS_OF - timedelta(days=day)
        shop.sell(
            ordered, ship=False, status="Annulée", cancelled_by="Acheteur", cancelled_at=ordered + hours(4), confirmed_at=None,
            cancel_reason="Rétractation de l'acheteur",
        )  # fmt: skip
    shop.sell(
        AS_OF - timedelta(days=9), ship=False, status="Précommande", is_preorder="Oui", release_at=AS_OF + timedelta(days=12),
        confirmed_at=AS_OF - timedelta(days=8, hours=20),
    )  # fmt: skip


def registered_mail(shop: Shop) -> None:
    """What the REG rules find."""
    recent = AS_OF - timedelta(days=6)
    tracked = {"shipping_mode": "追踪", "tracking_number": None}
    for price in (60.01, 94.40, 187.95, 249.00):
        shop.sell(recent, {**tracked, "tracking_number": s10("LX")}, unit_price=price, shipping_mode="Suivi")
    shop.sell(recent, {"tracking_number": s10("LX"), "shipping_mode": "追踪"}, unit_price=60.00, shipping_mode="Suivi")
    shop.sell(AS_OF - hours(30), ship=False, status="Confirmée", unit_price=129.00, shipping_mode="Suivi", confirmed_at=AS_OF - hours(20))
    for price in (89.90, 120.00):
        shop.sell(
            recent,
            {"ship_from": None, "shipping_mode": "追踪", "tracking_number": s10("LX")},
            unit_price=price,
            ship_from=None,
            shipping_mode="Suivi",
        )
    shop.sell(recent, {"shipping_mode": "普通", "tracking_number": None, "carrier": None}, shipping_mode="Normal", unit_price=14.90)
    shop.sell(recent, {"shipping_mode": "普通", "tracking_number": None, "carrier": None}, shipping_mode="Suivi", unit_price=24.90)
    shop.sell(
        recent,
        {"shipping_mode": "Colissimo", "tracking_number": "6C00017422390", "carrier": "Colissimo"},
        shipping_mode="Recommandé",
        unit_price=44.90,
    )
    shop.sell(recent, {"tracking_number": s10("LX")}, unit_price=79.00)
    shop.sell(AS_OF - hours(30), ship=False, status="Confirmée", unit_price=19.90, shipping_mode="Normal", confirmed_at=AS_OF - hours(20))
    shop.sell(
        recent,
        {"shipping_mode": "Chronopost", "tracking_number": "XY123456789JF", "carrier": "Chronopost"},
        unit_price=219.00,
        shipping_mode="Chronopost",
    )


def tracking(shop: Shop) -> None:
    """What the TRK rules find."""
    recent = AS_OF - timedelta(days=8)
    for number in (None, "Oui", "n/a", "000000"):
        shop.sell(recent, {"tracking_number": number, "last_scan_at": None, "delivered_at": None}, unit_price=29.90)
    shop.sell(recent, {"tracking_number": "Oui", "shipping_mode": "Mondial Relay"}, unit_price=29.90, shipping_mode="Mondial Relay")
    shop.sell(recent, {"tracking_number": "RR473124828GB"}, unit_price=24.90)
    shop.sell(recent, {"tracking_number": "LX12"}, unit_price=24.90)
    twice, together = s10("LX"), s10("LX")
    shop.sell(recent - timedelta(days=4), {"tracking_number": twice}, unit_price=18.90)
    shop.sell(recent, {"tracking_number": twice.replace("LX", "LX ")}, unit_price=18.90)
    for minutes in (0, 25):
        shop.sell(recent, {"tracking_number": together, "shipped_at": recent + timedelta(hours=20, minutes=minutes)}, unit_price=9.90)
    stale = AS_OF - timedelta(days=13)
    shop.sell(stale, {"last_scan_at": AS_OF - timedelta(days=9), "delivered_at": None}, unit_price=39.90)
    shop.sell(recent, {"last_scan_at": None, "delivered_at": None}, unit_price=39.90)
    late = shop.sell(recent, {}, unit_price=12.50)
    shop.shipments[-1]["tracking_uploaded_at"] = shop.shipments[-1]["shipped_at"] + hours(40)
    late["sku"] = "00UPLOAD"
    shop.sell(AS_OF - timedelta(days=14), {"delivered_at": None, "last_scan_at": AS_OF - timedelta(days=1)}, unit_price=33.00)
    shop.sell(recent, {"carrier": None}, unit_price=22.00)
    shop.sell(recent, {"carrier": "Autre", "tracking_url": None}, unit_price=22.00)
    stray = sold(recent)
    shop.shipments.append(sent(stray))
    wrong = shop.sell(AS_OF - timedelta(days=5), {}, unit_price=16.00)
    shop.shipments[-1]["delivered_at"] = shop.shipments[-1]["shipped_at"] - timedelta(days=1)
    wrong["status"] = "Livrée"


def confirmation(shop: Shop) -> None:
    """What the CNF rules find."""
    week = AS_OF - timedelta(days=7)
    shop.sell(week, confirmed_at=week + hours(50))
    shop.sell(week - timedelta(days=2), confirmed_at=week - timedelta(days=2) + hours(74))
    shop.sell(AS_OF - hours(59), ship=False, status="À confirmer", confirmed_at=None, unit_price=42.00)
    shop.sell(AS_OF - hours(73), ship=False, status="À confirmer", confirmed_at=None, unit_price=38.50)
    shop.sell(AS_OF - hours(30), ship=False, status="À confirmer", confirmed_at=None)
    late = shop.sell(week, {})
    shop.shipments[-1]["shipped_at"] = late["confirmed_at"] + hours(55)
    shop.shipments[-1]["tracking_uploaded_at"] = late["confirmed_at"] + hours(57)
    advised = shop.sell(week, {}, confirmed_at=week + hours(20))
    shop.shipments[-1]["shipped_at"] = advised["confirmed_at"] + hours(32)
    shop.shipments[-1]["tracking_uploaded_at"] = advised["confirmed_at"] + hours(34)
    shop.sell(AS_OF - hours(80), ship=False, status="Confirmée", confirmed_at=AS_OF - hours(60), unit_price=27.00)
    shop.sell(AS_OF - hours(45), ship=False, status="Confirmée", confirmed_at=AS_OF - hours(40), unit_price=27.00)
    lapse = AS_OF - timedelta(days=12)
    shop.sell(
        lapse, ship=False, status="Annulée", confirmed_at=None, cancelled_by="Plateforme", cancelled_at=lapse + hours(72), unit_price=55.00
    )


def shop_rates(shop: Shop) -> None:
    """What the SHP rules find: a month with too many refusals and cancellations."""
    for day in (5, 9, 13, 17, 21):
        shop.sell(AS_OF - timedelta(days=day), ship=False, status="Refusée", confirmed_at=None)
        cancelled = AS_OF - timedelta(days=day - 1)
        shop.sell(
            AS_OF - timedelta(days=day), ship=False, status="Annulée", cancelled_by="Vendeur", cancelled_at=cancelled, cancel_reason="Stock erroné",
            unit_price=14.90,
        )  # fmt: skip


def brands(shop: Shop) -> None:
    """What the BRD rules find in orders."""
    day = AS_OF - timedelta(days=8)
    shop.sell(day, title="Baskets de course homme", brand="Nike", category="Chaussures", unit_price=59.00)
    shop.sell(day, title="Coque silicone pour Samsung Galaxy S24", brand="Samsung", category="Coques", unit_price=9.90)
    shop.sell(day, title="Bracelet acier Rolex style", brand="Marque générique", category="Montres", unit_price=35.00)
    shop.sell(day, title="Sac bandoulière", brand="Guccci", category="Maroquinerie", unit_price=45.00)
    shop.sell(day, title="Polo coton", brand="Lacoste", category="Vêtements", unit_price=49.00)
    shop.sell(day, title="Veste polaire", brand="The North Face", category="Vêtements", unit_price=58.00)


def cancellation(shop: Shop) -> None:
    """What the CAN rules find."""
    day = AS_OF - timedelta(days=10)

    def cancelled(by: str | None, reason: str | None, **cells: Any) -> None:
        shop.sell(day, ship=False, status="Annulée", cancelled_by=by, cancel_reason=reason, cancelled_at=day + hours(30), **cells)

    cancelled("Vendeur", "Rupture de stock", unit_price=59.90)
    cancelled("Vendeur", "Demande du client, il a changé d'avis", unit_price=49.90)
    cancelled("Acheteur", "Annulation de la commande", unit_price=29.90)
    cancelled(None, None, unit_price=19.90)
    shop.sell(
        day,
        {"shipped_at": day + hours(40), "tracking_uploaded_at": day + hours(41)},
        status="Annulée",
        cancelled_by="Acheteur",
        cancel_reason="Rétractation",
        cancelled_at=day + hours(20),
        unit_price=52.00,
    )
    old = AS_OF - timedelta(days=29)
    shop.sell(
        old,
        {
            "shipped_at": old + hours(20),
            "tracking_uploaded_at": old + hours(21),
            "delivered_at": old + timedelta(days=6),
            "last_scan_at": old + timedelta(days=6),
        },
        status="Annulée",
        cancelled_by="Acheteur",
        cancel_reason="Rétractation",
        cancelled_at=old + timedelta(days=24),
        unit_price=31.00,
    )


LISTINGS = (
    (
        "00LST1",
        "Lampe de bureau LED pliable",
        "Marque générique",
        "Maison",
        "Neuf",
        "24.90",
        "120",
        "Expédition de la Chine, livraison dans 10 jours.",
        "CN",
        "3700123456780",
    ),
    ("00LST2", "Écouteurs sans fil", "Apple", "Audio", "Neuf", "59.00", "8", "Expédition de la Chine, livraison dans 10 jours.", "CN", ""),
    (
        "00LST3",
        "Casquette Adidas brodée",
        "Sans marque",
        "Vêtements",
        "Neuf",
        "12.00",
        "40",
        "Expédition de la Chine, livraison dans 10 jours.",
        "CN",
        "",
    ),
    (
        "00LST4",
        "Coque compatible iPhone Apple",
        "Marque générique",
        "Téléphonie",
        "Neuf",
        "9.90",
        "300",
        "Expédition de la Chine, livraison dans 10 jours.",
        "CN",
        "",
    ),
    ("00LST5", "Polo coton", "Lacoste", "Vêtements", "Neuf", "49.00", "0", "", "FR", ""),
    ("00LSTA", "Guirlande lumineuse", "Marque générique", "Maison", "Neuf", "9.90", "60", "Livraison rapide", "CN", ""),
    ("00LSTB", "Ultrabook 14 pouces 16 Go", "Sans marque", "Ordinateurs portables", "Neuf", "489.00", "4", "Clavier AZERTY", "FR", ""),
    ("00LSTC", "Lecteur de cassettes", "Sans marque", "Audio", "Bon état", "25.00", "1", "", "FR", ""),
    ("00LSTD", "Balance de cuisine", "Marque générique", "Maison", "Neuf", "13.90", "30", "", "FR", "3700123456785"),
    ("00LST6", "Tapis de souris", "Marque générique", "Informatique", "Neuf", "12.50", "beaucoup", "", "CN", ""),
    ("00LST7", "Clavier", "Marque générique", "Informatique", "Neuf", "45.90", "2.5", "", "CN", ""),
    (
        "00LST8",
        "Écran pliant de cinéma",
        "Marque générique",
        "Image",
        "Neuf",
        "1,234",
        "3",
        "Expédition de la Chine, livraison dans 10 jours.",
        "CN",
        "",
    ),
    ("00LST9", "Housse", "Marque générique", "Bagages", "Comme un sou neuf", "15.00", "3", "", "CN", ""),
)
AUTHORISATIONS = (
    ("Lacoste", "lacoste-2026.pdf", "01/01/2026", "31/12/2027"),
    ("The North Face", "tnf-2025.pdf", "01/01/2025", "31/10/2026"),
    ("Oakley", "oakley-2026.pdf", "01/01/2026", "05/12/2026"),
    ("Burberry", "", "01/01/2026", "31/12/2027"),
)


def as_cell(value: Any) -> str:
    """A value as the French export writes it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M:%S}"
    if isinstance(value, float):
        return f"{value:.2f}".replace(".", ",")
    return str(value)


def order_lines(orders: list[Row]) -> Iterator[bytes]:
    """The orders as a French CSV in cp1252, with the faults that real exports have."""
    header = list(ORDER_HEADERS.values())
    yield line(header)
    for place, row in enumerate(orders):
        yield line([as_cell(row.get(name)) for name in ORDER_HEADERS])
        if place == 180:
            yield line(header)
        if place == 200:
            yield line([""] * len(header))
    yield line([as_cell(orders[3].get(name)) for name in ORDER_HEADERS])
    yield from broken_order_lines()
    yield line(["Total", "", "", "", "", "", "", "", "", "14 211,70", *[""] * 13])
    yield line([f"Exporté le {AS_OF:%d/%m/%Y}", *[""] * (len(header) - 1)])


def broken_order_lines() -> Iterator[bytes]:
    """Order lines that can't be read, one a reason."""
    day = AS_OF - timedelta(days=15)
    faults: tuple[Row, ...] = (
        {"unit_price": ""},
        {"item_id": "3,24685E+08"},
        {"unit_price": "gratuit"},
        {"unit_price": "19,999"},
        {"unit_price": "25,00 $"},
        {"currency": "XX1"},
        {"quantity": "0"},
        {"quantity": "1,234"},
        {"ordered_at": "lundi dernier"},
        {"ordered_at": "08/11/26 10:00"},
        {"ordered_at": "29/03/2026 02:30"},
        {"ordered_at": "08/11/2062 10:00"},
        {"status": "Partie en vacances"},
        {"ship_from": "Atlantide"},
        {"unit_price": "(25,00)"},
        {"unit_price": "1234567890123456"},
        {"ordered_at": "46334"},
        {"ordered_at": "08/11/1926 10:00"},
        {"status": "Expdiée"},
        {"ship_from": "Allemange"},
    )
    for fault in faults:
        yield line([as_cell({**sold(day), **fault}.get(name)) for name in ORDER_HEADERS])
    twin = sold(day)
    for price in (20.0, 21.0):
        yield line([as_cell({**twin, "unit_price": price}.get(name)) for name in ORDER_HEADERS])
    yield line([as_cell(sold(day).get(name)) for name in ORDER_HEADERS] + ["une cellule de trop"])
    yield line([as_cell({**sold(day), "title": "Lampe \x00 LED"}.get(name)) for name in ORDER_HEADERS])
    yield line(
        [as_cell({**twin, "title": "Écran 24@ LED", "cancel_reason": "cadeau ; refusé"}.get(name)) for name in ORDER_HEADERS]
    ).replace(b"@", b'"')
    yield line([as_cell({**sold(day), "title": "Lampe @ LED"}.get(name)) for name in ORDER_HEADERS]).replace(b"@", b"\x81")


def write_mended(path: Path) -> None:
    """A quarantine file of an earlier night, whose row was corrected in the export since."""
    row = {**sold(AS_OF - timedelta(days=15)), "_source_row": 12, "_reasons": "unit_price is blank", "_row": "r0123456789abcdef"}
    names = ("_source_row", "_reasons", "_row")
    headers = [*names, *ORDER_HEADERS.values()]
    path.write_bytes(line(headers) + line([as_cell(row.get(name)) for name in (*names, *ORDER_HEADERS)]))


def line(cells: list[str]) -> bytes:
    """One line of the French CSV."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().encode("cp1252")


def write_orders(shop: Shop, path: Path) -> None:
    """Orders, oldest first."""
    path.write_bytes(b"".join(order_lines(sorted(shop.orders, key=lambda row: (row["ordered_at"], row["item_id"])))))


def write_shipments(shop: Shop, path: Path) -> None:
    """Shipments as a workbook with Chinese headers, real dates, and the faults that workbooks have."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss", "strings_to_numbers": False}) as book:
        book.set_properties({"created": AS_OF, "author": "sample"})
        sheet = book.add_worksheet("发货记录")
        sheet.write_row(0, 0, list(SHIPMENT_HEADERS.values()))
        rows = sorted(shop.shipments, key=lambda row: (row["shipped_at"], row["item_id"]))
        for number, row in enumerate(rows, start=1):
            for column, name in enumerate(SHIPMENT_HEADERS):
                if row.get(name) is not None:
                    sheet.write(number, column, row[name])
        write_broken_shipments(sheet, len(rows) + 1)


def write_broken_shipments(sheet: Any, start: int) -> None:
    """Shipment rows that can't be read, one a reason; the last two share a merged cell."""
    names = list(SHIPMENT_HEADERS)
    day = AS_OF - timedelta(days=15)
    for offset in range(5):
        row = sent(sold(day))
        for column, name in enumerate(names):
            if row.get(name) is not None:
                sheet.write(start + offset, column, row[name])
    number, shipped = names.index("tracking_number"), names.index("shipped_at")
    sheet.write_string(start, number, "LХ104821134CN")  # the second letter is Cyrillic
    sheet.write_formula(start + 1, shipped, "=1/0", None, "#DIV/0!")
    sheet.write_formula(start + 2, shipped, "=NOW()", None, "")
    sheet.merge_range(start + 3, number, start + 4, number, "LX104821134CN")


def write_listings(path: Path) -> None:
    """Listings as a comma-separated UTF-8 file with canonical headers."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(LISTING_HEADERS)
        writer.writerows(LISTINGS)


def write_authorisations(path: Path) -> None:
    """Authorisations as a tab-separated file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(AUTHORISATION_HEADERS.values())
        writer.writerows(AUTHORISATIONS)


def write_claims(desk: aftersales.Desk, path: Path) -> None:
    """Claims as a French CSV; the last one is of a kind that nobody knows."""
    odd = {**desk.claims[0], "claim_id": "R50999", "claim_type": "Mauvaise humeur"}
    rows = [line([as_cell(row.get(name)) for name in aftersales.CLAIM_HEADERS]) for row in (*desk.claims, odd)]
    path.write_bytes(b"".join([line(list(aftersales.CLAIM_HEADERS.values())), *rows]))


def write_refunds(desk: aftersales.Desk, path: Path) -> None:
    """Refunds as a comma-separated file with canonical headers."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, aftersales.REFUND_HEADERS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(desk.refunds)


def write_messages(desk: aftersales.Desk, path: Path) -> None:
    """Messages as a GB18030 file with Chinese headers, oldest first."""
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(aftersales.MESSAGE_HEADERS.values())
        for row in sorted(desk.messages, key=lambda row: (row["sent_at"], row["message_id"])):
            told = {**row, "sent_at": f"{row['sent_at']:%Y-%m-%d %H:%M:%S}"}
            writer.writerow([aftersales.PARTIES.get(told[name], told[name]) for name in aftersales.MESSAGE_HEADERS])


def main(folder: Path = FOLDER) -> None:
    """Write every file of the sample."""
    shop = Shop()
    for part in (careful, registered_mail, tracking, confirmation, brands, cancellation, shop_rates):
        part(shop)
    desk = aftersales.Desk(shop, AS_OF)
    for told in (aftersales.claims, aftersales.refunds, aftersales.messages, aftersales.withdrawals):
        told(desk)
    desk.announce()
    write_orders(shop, folder / "commandes_2026-11-23.csv")
    write_mended(folder / "commandes_2026-11-23.csv.csv")
    write_shipments(shop, folder / "shipments_2026-11-23.xlsx")
    write_claims(desk, folder / "reclamations_2026-11-23.csv")
    write_refunds(desk, folder / "refunds_2026-11-23.csv")
    write_messages(desk, folder / "messages_2026-11-23.csv")
    write_listings(folder / "listings.csv")
    write_authorisations(folder / "authorisations.csv")


if __name__ == "__main__":
    main()
