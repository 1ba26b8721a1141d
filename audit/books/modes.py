"""The shipping mode that each parcel used, where it left from, and whether its price demands a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.books.columns import coded, first_told
from audit.books.parcels import spread_out
from audit.limits import EU_COUNTRIES, REGISTERED_ABOVE_EU, REGISTERED_ABOVE_OUTSIDE, SIGNED_MODES

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.holding import Holding

UNPOSTED_MODES = ("pickup", "download")
"""Modes in which nothing is posted."""


def add(sendings: pd.DataFrame, items: pd.DataFrame, books: Holding) -> None:
    """Add mode_ordered, mode_own, mode_used, signed, posted, origin, unit_price, dear and limit_cents to the sendings.

    ``shipping_mode`` and ``ship_from`` of the shipment go into ``mode_used`` and ``origin``.
    """
    limits, price = books.limits, spread_out(sendings, items["unit_price"])
    own, sent_from = sendings.pop("shipping_mode"), sendings.pop("ship_from")
    ordered = spread_out(sendings, coded(items["shipping_mode"]))
    sendings["mode_ordered"] = ordered
    sendings["mode_own"] = own.notna()
    sendings["mode_used"] = first_told(own, ordered)
    sendings["signed"] = sendings["mode_used"].isin(limits[SIGNED_MODES])
    sendings["posted"] = ~sendings["mode_used"].isin(UNPOSTED_MODES)
    sendings["origin"] = _origin(sent_from, spread_out(sendings, coded(items["ship_from"])), books.config.default_origin)
    sendings["unit_price"] = price
    outside = sendings["origin"].notna() & ~sendings["origin"].isin(limits[EU_COUNTRIES])
    inside_limit, outside_limit = limits.cents(REGISTERED_ABOVE_EU), limits.cents(REGISTERED_ABOVE_OUTSIDE)
    sendings["limit_cents"] = outside * (outside_limit - inside_limit) + inside_limit
    sendings["dear"] = (price > sendings["limit_cents"]) & spread_out(sendings, items["eur"])


def _origin(sent_from: pd.Series[str], ordered: pd.Series[str], default: str | None) -> pd.Series[str]:
    origin = first_told(sent_from, ordered)
    if not default:
        return origin
    return origin.cat.set_categories(origin.cat.categories.union([default], sort=False)).fillna(default)
