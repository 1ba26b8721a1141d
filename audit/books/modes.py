"""The shipping mode that each parcel used, where it left from, and whether its price demands a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.books.parcels import spread_out
from audit.limits import EU_COUNTRIES, REGISTERED_ABOVE_EU, REGISTERED_ABOVE_OUTSIDE, SIGNED_MODES

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.books import Books

UNPOSTED_MODES = ("pickup", "download")
"""Modes in which nothing is posted."""


def add(sendings: pd.DataFrame, items: pd.DataFrame, books: Books) -> None:
    """Add mode_ordered, mode_own, mode_used, signed, posted, origin, unit_price, dear and limit_cents to the sendings."""
    of_item = {name: spread_out(sendings, items[name]) for name in ("shipping_mode", "ship_from", "unit_price", "eur")}
    limits = books.limits
    sendings["mode_ordered"] = of_item["shipping_mode"]
    sendings["mode_own"] = sendings["shipping_mode"].notna()
    sendings["mode_used"] = sendings["shipping_mode"].fillna(of_item["shipping_mode"])
    sendings["signed"] = sendings["mode_used"].isin(limits[SIGNED_MODES])
    sendings["posted"] = ~sendings["mode_used"].isin(UNPOSTED_MODES)
    sendings["origin"] = _origin(sendings, of_item["ship_from"], books.config.default_origin)
    sendings["unit_price"] = of_item["unit_price"]
    outside = sendings["origin"].notna() & ~sendings["origin"].isin(limits[EU_COUNTRIES])
    inside_limit, outside_limit = limits.cents(REGISTERED_ABOVE_EU), limits.cents(REGISTERED_ABOVE_OUTSIDE)
    sendings["limit_cents"] = outside * (outside_limit - inside_limit) + inside_limit
    sendings["dear"] = (of_item["unit_price"] > sendings["limit_cents"]) & of_item["eur"]


def _origin(sendings: pd.DataFrame, ordered: pd.Series[str], default: str | None) -> pd.Series[str]:
    origin = sendings["ship_from"].fillna(ordered)
    return origin.fillna(default) if default else origin
