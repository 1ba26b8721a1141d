"""The claims: each with the item that it is about, whether it is open, settled or repeated, and from when its time runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from audit.books.clock import moments
from audit.books.links import with_items
from audit.limits import NUMBERLESS_MODES

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.books import Books

OPEN = ("open", "in_mediation")
UNSOUND = ("damaged", "defective", "not_as_described")
"""Types of claim that tell of a fault in the goods, their packaging or their description."""

FROM_ITEMS = ("sku", "brand", "title", "eur", "line_total", "at_stake")


class Clocks(NamedTuple):
    """Which claims' time runs from receipt, which from confirmation; the files can't tell it of the others.

    ``ordered``: only the mode as ordered tells it, for want of the mode as sent.
    """

    receipt: pd.Series[bool]
    confirmation: pd.Series[bool]
    ordered: pd.Series[bool]


def build(items: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """The claims, one row each, same index.

    Added: ``item`` (label in items), what FROM_ITEMS names of it, ``is_open``, ``stands`` (not withdrawn), ``repeated``
    (an earlier claim on the same item is there, withdrawn ones among them), ``settled`` (a solution was accepted).
    """
    rows = with_items(claims, items, FROM_ITEMS)
    rows["eur"] = rows["eur"].fillna(value=False).astype(bool)
    rows["is_open"] = rows["claim_status"].isin(OPEN)
    rows["stands"] = rows["claim_status"] != "withdrawn"
    rows["settled"] = rows["solution_accepted_at"].notna()
    in_order = rows.sort_values(["opened_at", "claim_id"], kind="stable")
    rows["repeated"] = in_order.groupby(["purchase_id", "item_id"]).cumcount() > 0
    return rows


def clocks(books: Books, claims: pd.DataFrame) -> Clocks:
    """From when each claim's time runs: from receipt if tracked, from confirmation if not received by then or not tracked."""
    opened = moments(claims, "opened_at")
    delivered = books.items["delivered_at"].reindex(claims["item"]).set_axis(claims.index)
    known = _parcels(books).reindex(claims["item"], fill_value=False).set_axis(claims.index)
    arrived = delivered.notna() & (delivered <= opened.latest)
    undated = known["delivered"] & delivered.isna()
    receipt = known["followed"] & arrived
    missed = ~arrived & ~undated & (known["dated"] | (claims["claim_type"] == "not_received"))
    unfollowed = known["unnumbered"] | known["untracked"]
    return Clocks(receipt, ~receipt & (missed | unfollowed), ~known["mode_own"] & (receipt | (~missed & ~known["unnumbered"])))


def _parcels(books: Books) -> pd.DataFrame:
    """What the files tell of each item's parcels, indexed as items are.

    ``followed``: all can be; ``unnumbered``, ``untracked``: one can't, for want of a number or by its mode; ``dated``: the day of
    delivery would be there; ``delivered``; ``mode_own``: all modes as sent are known.
    """
    sendings, here = books.sendings, books.sendings["has_row"]
    told = sendings[["item"]].assign(
        untracked=sendings["mode_used"].isin(books.limits[NUMBERLESS_MODES]),
        unnumbered=here & ~books.numbered & books.holds("shipments", "tracking_number"),
        dated=here & books.holds("shipments", "delivered_at"),
    )
    by_item = told.groupby("item").any()
    own = books.all_of(sendings["mode_own"])
    return by_item.assign(followed=books.followed, delivered=books.items["delivered"], mode_own=own)


def to_take_down(claims: pd.DataFrame, listings: pd.DataFrame | None, generic: tuple[str, ...]) -> pd.Series[object]:
    """For each claim its own sku and those of all listings of its brand, as a sorted list; missing where neither is known.

    ``generic``: what a brand field says where there is no brand; listings have nothing in common by that.
    """
    import pandas as pd

    from audit.brands.folding import key
    from audit.brands.matching import is_generic

    brands = claims["brand"].mask(is_generic(claims["brand"], generic)).map(key, na_action="ignore")
    by_brand = {} if listings is None else listings["sku"].groupby(listings["brand"].map(key, na_action="ignore")).agg(set).to_dict()
    by_brand.pop("", None)
    own = claims["sku"].map(lambda sku: {sku}, na_action="ignore").astype(object)
    alike = [
        sorted((sku if isinstance(sku, set) else set()) | by_brand.get(brand, set())) or None
        for sku, brand in zip(own, brands.astype(object), strict=True)
    ]
    return pd.Series(alike, index=claims.index, dtype=object)
