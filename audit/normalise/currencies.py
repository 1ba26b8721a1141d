"""Currency signs and words, and the ISO codes that each may stand for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

SIGNS: Mapping[str, tuple[str, ...]] = {
    "€": ("EUR",), "euro": ("EUR",), "euros": ("EUR",), "欧元": ("EUR",), "欧": ("EUR",),
    "$": ("USD", "AUD", "CAD", "HKD", "MXN", "NZD", "SGD", "TWD"), "us$": ("USD",), "$us": ("USD",), "hk$": ("HKD",),
    "dollar": ("USD",), "dollars": ("USD",), "美元": ("USD",), "港元": ("HKD",), "港币": ("HKD",),
    "£": ("GBP",), "livre": ("GBP",), "livres": ("GBP",), "英镑": ("GBP",),
    "¥": ("CNY", "JPY"), "元": ("CNY",), "人民币": ("CNY",), "rmb": ("CNY",), "yuan": ("CNY",), "yuans": ("CNY",), "日元": ("JPY",),
    "fr": ("CHF",), "sfr": ("CHF",), "zł": ("PLN",),
}  # fmt: skip
"""Signs and words as they stand beside amounts, case folded; several codes where the sign does not tell them apart."""


@cache
def meanings() -> Mapping[str, tuple[str, ...]]:
    """Every code, sign and word for a currency, case folded, with the codes that it may stand for."""
    from babel.core import get_global

    return {code.casefold(): (code,) for code in get_global("all_currencies")} | dict(SIGNS)
