"""An invented shop of any size: its items, drawn from a seed in chunks, so that ten million fit in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

AS_OF = np.datetime64("2026-11-23T06:00", "m")
"""The instant that the benchmark audits from, in shop time."""

CHUNK = 250_000
"""Items drawn at once."""

DAYS = 90
"""Days of orders before AS_OF; a night of a clock change lies among them."""

HOUR, DAY = 60, 24 * 60
"""In minutes, the unit of all times here: some exports tell no seconds."""

SKUS = 50_000
FIRST_PURCHASE, FIRST_ITEM = 900_000_000, 1_500_000_000

STORIES: Mapping[str, float] = {
    "unsigned": 0.005,  # REG001
    "numberless": 0.004,  # TRK001
    "confirmed_late": 0.006,  # CNF001
    "branded": 0.004,  # BRD001
    "accessory": 0.0005,  # BRD002
    "titled": 0.003,  # BRD003
    "expired": 0.0005,  # BRD005
    "annulled": 0.003,  # CAN001
    "wished": 0.0005,  # CAN002
    "sent_late": 0.002,  # CNF004
    "waiting": 0.001,  # CNF005
    "untracked": 0.001,  # REG004
    "stale": 0.0005,  # TRK004
    "mistyped": 0.0005,  # TRK002
    "authorised": 0.01,  # nothing: its brand has papers
    "compatible": 0.02,  # nothing: the brand is named as what the article goes with
    "own_label": 0.002,  # nothing: yes in place of a number, on a mode that has the platform's labels
    "withdrawn": 0.03,  # nothing: the buyer withdrew in time
}
"""Share of the items that each story is drawn for; about 3 % of the items are found fault with."""

GOODS = (
    ("Lampe de bureau LED pliable", "Maison"), ("Tapis de souris XXL", "Informatique"), ("Support de téléphone pour voiture", "Téléphonie"),
    ("Câble USB-C tressé 2 m", "Téléphonie"), ("Écouteurs sans fil avec boîtier de charge", "Audio"), ("Montre connectée étanche", "Montres"),
    ("Robot de cuisine 1000 W", "Maison"), ("Vidéoprojecteur portable 1080p", "Image"), ("Sac à dos pour ordinateur", "Bagages"),
    ("Clavier mécanique rétroéclairé", "Informatique"), ("Balance de cuisine électronique", "Maison"), ("Écran portable 15,6 pouces", "Image"),
    ("Bracelet de chaneling artisanal", "Bijoux"), ("Pompe pour moteur de tondeuse", "Jardin"), ("Chaise longue de jardin", "Jardin"),
)  # fmt: skip
COLOURS = ("noir", "blanc", "bleu", "rouge", "vert", "gris", "rose", "jaune")
UNAUTHORISED = ("Gucci", "Chanel", "ROLEX", "Hermes", "Ray Ban", "Louis Vuitton", "Adidas", "Disney")
REASONS = ("Rupture de stock", "Erreur de prix", "Stock épuisé")
WITHDRAWALS = ("Rétractation de l'acheteur", "Rétractation", "Changement d'avis")
PLACEHOLDERS = (None, None, "Oui", "n/a", "000000", "-", "无", "XXX", "No tracking number")

AUTHORISATIONS = (
    {"brand": "Nike", "document": "nike-2026.pdf", "valid_from": "2026-01-01", "valid_to": "2027-12-31"},
    {"brand": "Lacoste", "document": "lacoste-2025.pdf", "valid_from": "2025-01-01", "valid_to": "2025-12-31"},
    {"brand": "The North Face", "document": "tnf.pdf", "valid_from": "", "valid_to": ""},
)


class Items(NamedTuple):
    """Some items of the shop and their parcels, as Arrow tables of typed columns: times without zone, money in cents."""

    orders: pa.Table
    shipments: pa.Table


def shop(items: int, seed: int) -> Iterator[Items]:
    """The items of a shop, a chunk at a time."""
    for first in range(0, items, CHUNK):
        yield Chunk(first, min(CHUNK, items - first), seed).items()


class Chunk:
    """One chunk on its way: arrays of as many items."""

    def __init__(self, first: int, count: int, seed: int) -> None:
        self.first, self.count = first, count
        self.random = np.random.default_rng([seed, first])
        drawn = np.searchsorted(np.cumsum(list(STORIES.values())), self.random.random(count))
        self.drawn = drawn
        fresh = self.random.random(count) < 0.8
        fresh[0] = True
        self.purchase = np.cumsum(fresh) - 1
        self.sku = self.random.integers(0, SKUS, count)

    def has(self, *stories: str) -> np.ndarray:
        """Which items one of some stories was drawn for."""
        return np.isin(self.drawn, [list(STORIES).index(story) for story in stories])

    def minutes(self, least: int, most: int) -> np.ndarray:
        """Whole minutes between two bounds, both included."""
        return self.random.integers(least, most + 1, self.count)

    def chosen(self, words: tuple[str | None, ...]) -> pa.Array:
        """One of some words for each item."""
        return pa.array(words, pa.string()).take(pa.array(self.random.integers(0, len(words), self.count)))

    def items(self) -> Items:
        """The orders of this chunk, and the shipments in an order of their own."""
        times, goods = self.times(), self.goods()
        modes = self.modes(goods)
        orders = {**self.ids(), **goods, **times, "shipping_mode": modes}
        orders |= self.cancellation(times)
        sent = pc.is_valid(orders["shipped_at"])
        shipments = pa.table({**self.ids(), "shipping_mode": modes, **times, **self.parcels(modes)}).filter(sent)
        return Items(pa.table(orders), shipments.take(pa.array(self.random.permutation(len(shipments)))))

    def ids(self) -> dict[str, pa.Array]:
        """The two numbers of each item; those of later chunks are higher."""
        item = FIRST_ITEM + self.first + np.arange(self.count)
        return {"purchase_id": _text(FIRST_PURCHASE + self.first + self.purchase), "item_id": _text(item)}

    def goods(self) -> dict[str, pa.Array]:
        """What was sold: sku, title, brand, category and money."""
        return {**self.named(), **self.priced()}

    def named(self) -> dict[str, pa.Array]:
        """Sku, title, brand and category; those of the brand stories replace the plain ones."""
        place = pa.array(self.sku % len(GOODS))
        plain, category = (pa.array(words).take(place) for words in zip(*GOODS, strict=True))
        colour = pa.array(COLOURS).take(pa.array(self.sku // len(GOODS) % len(COLOURS)))
        title = pc.binary_join_element_wise(plain, colour, _text(self.sku % 997), " ")
        brand = self.chosen(("Marque générique", "Marque générique", None, "Sans marque", "Omtex", "Brelu"))
        watched = self.chosen(UNAUTHORISED)
        title = _where(self.has("titled"), pc.binary_join_element_wise(plain, watched, colour, " "), title)
        title = _where(self.has("compatible"), pc.binary_join_element_wise("Coque compatible iPhone 15 Apple", colour, " "), title)
        brand = _where(self.has("titled", "compatible"), self.chosen(("Marque générique", None)), brand)
        for story, name in (("branded", watched), ("accessory", "Samsung"), ("expired", "Lacoste"), ("authorised", "Nike")):
            brand = _where(self.has(story), name, brand)
        category = _where(self.has("accessory"), "Coques et étuis", category)
        return {"sku": pc.binary_join_element_wise("00", _text(self.sku), ""), "title": title, "brand": brand, "category": category}

    def priced(self) -> dict[str, pa.Array]:
        """Money in cents, quantity and origin; what is sold unsigned is dear."""
        price = np.where(self.random.random(self.count) < 0.15, self.minutes(6001, 24_990), self.minutes(490, 6000))
        price = np.where(self.has("unsigned"), self.minutes(6001, 24_990), price)
        price = np.where(self.has("untracked", "numberless", "own_label", "mistyped"), self.minutes(490, 6000), price)
        abroad = (self.random.random(self.count) < 0.85) | self.has("unsigned")
        quantity = np.where(self.random.random(self.count) < 0.9, 1, 2)
        return {
            "unit_price": pa.array(price),
            "quantity": pa.array(quantity),
            "shipping_fee": pa.array(self.random.choice([0, 290, 390, 590], self.count)),
            "commission": pa.array(price * quantity * 12 // 100),
            "ship_from": _where(abroad, "CN", "FR"),
        }

    def modes(self, goods: Mapping[str, pa.Array]) -> pa.Array:
        """The mode that the price demands, ordered and sent alike, but for the stories that break it."""
        price, abroad = goods["unit_price"].to_numpy(), pc.equal(goods["ship_from"], "CN").to_numpy(zero_copy_only=False)
        signed = (price > np.where(abroad, 6000, 20_000)) & ~self.has("unsigned")
        mode = _where(signed, "registered", self.chosen(("tracked", "tracked", "tracked", "colissimo")))
        mode = _where(self.has("numberless", "mistyped"), "tracked", mode)
        return _where(self.has("untracked"), "normal", _where(self.has("own_label"), "colissimo", mode))

    def times(self) -> dict[str, pa.Array]:
        """When each item was ordered, confirmed, shipped, last scanned and delivered; what lies after AS_OF has not happened yet."""
        ordered = AS_OF - self.minutes(HOUR, DAYS * DAY)[self.purchase]
        ordered = np.where(self.has("waiting"), AS_OF - self.minutes(80 * HOUR, 200 * HOUR), ordered)
        ordered = np.where(self.has("stale"), AS_OF - self.minutes(14 * DAY, 28 * DAY), ordered)
        delay = np.where(self.has("confirmed_late"), self.minutes(48 * HOUR, 90 * HOUR), self.minutes(HOUR, 20 * HOUR))
        confirmed = ordered + delay
        shipped = confirmed + np.where(self.has("sent_late"), self.minutes(48 * HOUR, 70 * HOUR), self.minutes(2 * HOUR, 24 * HOUR))
        delivered = shipped + self.minutes(3 * DAY, 9 * DAY)
        scanned = np.where(delivered <= AS_OF, delivered, np.maximum(shipped, AS_OF - self.minutes(HOUR, 2 * DAY)))
        scanned = np.where(self.has("stale"), shipped + self.minutes(HOUR, 2 * DAY), scanned)
        stays = self.has("waiting", "annulled", "wished", "withdrawn")
        return {
            "ordered_at": _times(ordered),
            "confirmed_at": _times(confirmed, ~self.has("annulled", "wished", "withdrawn")),
            "shipped_at": _times(shipped, ~stays),
            "last_scan_at": _times(scanned, ~stays & (shipped <= AS_OF)),
            "delivered_at": _times(delivered, ~stays & ~self.has("stale")),
        }

    def cancellation(self, times: Mapping[str, pa.Array]) -> dict[str, pa.Array]:
        """Status, and who cancelled, when and why."""
        ended = self.has("annulled", "wished", "withdrawn")
        by_seller = self.has("annulled", "wished")
        since = times["ordered_at"].to_numpy(zero_copy_only=False).astype("datetime64[m]") + self.minutes(10, HOUR)
        reason = _where(self.has("wished"), "Demande du client", _where(by_seller, self.chosen(REASONS), self.chosen(WITHDRAWALS)))
        status = pa.array(["to_confirm"]).take(pa.array(np.zeros(self.count, int)))
        for time, word in (("confirmed_at", "confirmed"), ("shipped_at", "shipped"), ("delivered_at", "delivered")):
            status = _where(pc.is_valid(times[time]).to_numpy(zero_copy_only=False), word, status)
        return {
            "status": _where(ended, "cancelled", status),
            "cancelled_at": _times(since, ended),
            "cancelled_by": _only(ended, _where(by_seller, "seller", "buyer")),
            "cancel_reason": _only(ended, reason),
        }

    def parcels(self, modes: pa.Array) -> dict[str, pa.Array]:
        """Carrier and number of each parcel; numbers of the post bear their check digit."""
        colissimo = pc.equal(modes, "colissimo").to_numpy(zero_copy_only=False)
        registered = pc.equal(modes, "registered").to_numpy(zero_copy_only=False)
        serial = (self.first + np.arange(self.count)) * 7919 % 100_000_000
        digits = pc.utf8_lpad(_text(serial), 8, "0")
        post = pc.binary_join_element_wise(_where(registered, "RR", "LX"), digits, _check_digits(serial), "CN", "")
        number = _where(colissimo, pc.binary_join_element_wise("6C000", digits, ""), post)
        number = _where(self.has("mistyped"), "LX12", _where(self.has("own_label"), "Oui", number))
        number = _where(self.has("numberless"), self.chosen(PLACEHOLDERS), number)
        return {
            "carrier": _where(colissimo, "Colissimo", "China Post"),
            "tracking_number": _only(~self.has("untracked"), number),
        }


def _text(numbers: np.ndarray) -> pa.Array:
    return pc.cast(pa.array(numbers), pa.string())


def _times(moments: np.ndarray, told: np.ndarray | None = None) -> pa.Array:
    """Times to the second, missing where they lie ahead or are not told."""
    known = moments <= AS_OF if told is None else (moments <= AS_OF) & told
    return pa.array(moments.astype("datetime64[s]"), mask=~known)


def _where(mask: np.ndarray, value: pa.Array | str, other: pa.Array | str) -> pa.Array:
    """One value where the mask holds, the other elsewhere."""
    return pc.if_else(pa.array(mask), value, other)


def _only(mask: np.ndarray, values: pa.Array) -> pa.Array:
    return pc.if_else(pa.array(mask), values, pa.scalar(None, pa.string()))


def _check_digits(serial: np.ndarray) -> pa.Array:
    """The check digits of UPU standard S10."""
    weights = (8, 6, 4, 2, 3, 5, 9, 7)
    total = sum(serial // 10 ** (7 - place) % 10 * weight for place, weight in enumerate(weights))
    rest = 11 - total % 11
    return _text(np.select([rest == 10, rest == 11], [0, 5], rest))
