"""What both peers know: the closed lists, words and brands of the five rules, as the catalogue has them."""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

WATCHLIST = Path(__file__).parents[2] / "audit" / "brands" / "watchlist.csv"

STATUSES = ("to_confirm", "confirmed", "shipped", "delivered", "closed", "claim", "cancelled", "refused", "preorder")
MODES = (
    "normal", "tracked", "registered", "express", "colissimo", "chronopost", "mondial_relay", "shop2shop", "pickup", "download", "other",
)  # fmt: skip
SIGNED = ("registered", "chronopost", "mondial_relay")
NUMBERLESS = ("normal", "pickup", "download")
OWN_LABELS = ("colissimo", "chronopost", "mondial_relay", "shop2shop")
UNPOSTED = ("pickup", "download")
SENT_STATUSES = ("shipped", "delivered", "closed")
PARTIES = ("buyer", "seller", "platform")
EU = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "FX", "GF", "GP", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MF", "MQ", "MT", "NL", "PL", "PT", "RE", "RO", "SE", "SI", "SK", "YT",
)  # fmt: skip
DEAR_EU, DEAR_OUTSIDE = 200, 60
"""Prices in EUR above which a signed mode is due."""

PLACEHOLDERS = (
    "oui", "yes", "non", "no", "n/a", "na", "none", "null", "nan", "nil", "no tracking number", "no tracking", "not available", "aucun",
    "aucune", "néant", "pas de suivi", "sans suivi", "non suivi", "pas de numéro", "en attente", "à venir", "pending", "tbd", "tba",
    "unknown", "inconnu", "test", "无", "没有", "暂无", "无单号", "无跟踪", "无追踪", "待上传", "待补", "是", "否",
)  # fmt: skip
AFFIRMATIVES = ("oui", "yes", "是")
FILLER = r"^(0+|x+|[_.?*#/\\-]*)$"
"""Zeros, x's or marks in place of a number, in small letters without spaces."""

DAMAGED = r"^[0-9]+[.,][0-9]+e\+?[0-9]+$"
"""An identifier that a spreadsheet has turned into a number, in small letters."""

NUMBER = r"^[\x00-\x{036f}\x{2000}-\x{206f}\x{3000}-\x{303f}\x{4e00}-\x{9fff}\x{ff00}-\x{ffef}]*$"
"""Signs of a tracking number: neither Cyrillic nor Greek letters."""

WISHES = (
    "retract", "changement d'avis", "change d'avis", "demande du client", "demande de l'acheteur", "demande client", "ne souhaite plus",
    "changed mind", "buyer request", "buyer requested", "customer request", "买家要求", "买家取消", "买家不想要", "客户要求", "不想要",
)  # fmt: skip
"""Folded words of a reason that say that the buyer wanted out."""

ACCESSORIES = (
    "accessoire", "accessory", "accessories", "coque", "etui", "housse", "cable", "chargeur", "charger", "bracelet", "strap", "case",
    "cover", "protection", "protecteur", "protector", "verre trempe", "adaptateur", "adapter", "support", "dragonne",
)  # fmt: skip
COMPATIBLE = r"(?:pour|for|fits|compatible|compatible avec|compatible with)"
BETWEEN = r"(?:[ ,/']|\b(?:iphone|ipad|galaxy|watch|pro|max|plus|mini|ultra|avec|et|ou|les?|la|l|[a-z]*[0-9][a-z0-9]*)\b)*"
"""What may stand between such wording and the brand, in this shop's titles."""

CHANGE = "2026-10-25 0{hour}:00:00"
"""The night within the shop's days in which its clocks go back: from two to three each time exists twice."""

CONFIRM_WITHIN = 48
"""In hours."""

HEADER = ("rule", "purchase_id", "item_id", "evidence")


def fold(text: str) -> str:
    """Without case and accents."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def key(text: str) -> str:
    """Folded letters and digits alone."""
    return re.sub(r"[\W_]+", "", fold(text))


def brands() -> dict[str, str]:
    """Every spelling of the watchlist, by its key, with the brand that it means."""
    with WATCHLIST.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    spelt = {spelling: row["brand"] for row in rows for field in ("aliases", "ambiguous", "brand") for spelling in row[field].split("|")}
    return {key(spelling): brand for spelling, brand in spelt.items() if key(spelling)}


def named_in_titles() -> str:
    """Pattern of the Latin spellings that mean their brand anywhere, over folded titles; RE2 and Rust read it alike."""
    with WATCHLIST.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    spelt = {
        fold(spelling) for row in rows for spelling in (row["brand"], *row["aliases"].split("|")) if spelling and fold(spelling).isascii()
    }
    doubtful = {fold(spelling) for row in rows for spelling in row["ambiguous"].split("|")}
    words = [[re.escape(word) for word in re.findall(r"\w+", spelling)] for spelling in sorted(spelt - doubtful, key=len, reverse=True)]
    return "(?:" + "|".join(r"[\s'.&_-]{0,3}".join(each) for each in words) + ")"
