"""Items and their parcels joined once: one row a parcel of an item, and one for each item that has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from audit.books.blank import blank
from audit.books.clock import Moments
from audit.books.columns import among, coded, held, marked
from audit.books.links import NOWHERE
from audit.normalise.distinct import missing
from audit.tables import SOURCE
from schemas.shipments import SHIPMENTS
from schemas.table import SPREAD

if TYPE_CHECKING:
    from audit.tables import Accepted

SENT_BY = ("shipped_at", "last_scan_at", "delivered_at")
"""Times that show that a parcel has left."""

UNTOLD = (*SOURCE, "purchase_id", "item_id")
"""Columns of shipments that sendings do without: their item's own say more."""

REPEATING = ("shipping_mode", "carrier", "ship_from")
"""Columns of shipments whose cells are mostly alike: sendings hold them as categories."""


def pair(items: pd.DataFrame, shipments: pd.DataFrame, of_shipments: pd.Series[int]) -> pd.DataFrame:
    """Which shipment rows serve which items: columns ``item`` and ``shipment``, both labels; shape (pairs, 2).

    ``of_shipments``: the item that each row names. A row without an item serves every live item of its purchase that has no row of its own.
    """
    own = pd.DataFrame({"item": of_shipments, "shipment": shipments.index})[of_shipments.to_numpy() != NOWHERE]
    unnamed = shipments.loc[shipments["item_id"].isna(), ["purchase_id"]].reset_index(names="shipment")
    if not len(unnamed):
        return own.sort_values("item", kind="stable", ignore_index=True)
    waiting = items.loc[items["live"] & ~marked(own["item"], items.index), ["purchase_id"]].reset_index(names="item")
    shared = waiting.merge(unnamed, on="purchase_id")
    return pd.concat([own, shared[["item", "shipment"]]]).sort_values(["item", "shipment"], ignore_index=True)


def sendings(items: pd.DataFrame, shipments: Accepted | None, of_shipments: pd.Series[int]) -> pd.DataFrame:
    """One row a parcel of an item, and one without parcel for each item that has none.

    Columns: ``item`` (label in items), ``shipment`` (label in shipments, -1 for none), ``has_row``, then
    those of shipments but for UNTOLD; REPEATING ones as categories.
    """
    frame = blank(SHIPMENTS) if shipments is None else shipments.frame
    pairs = pair(items, frame, of_shipments)
    alone = items.index[~marked(pairs["item"], items.index)]
    none = pd.DataFrame({"item": alone, "shipment": NOWHERE})
    every = pd.concat([pairs, none]).sort_values("item", kind="stable", ignore_index=True)
    present = frozenset() if shipments is None else shipments.present
    told = {
        name: _taken(
            coded(frame[name]) if name in REPEATING else frame[name], every["shipment"], known=name.removesuffix(SPREAD) in present
        )
        for name in frame
        if name not in UNTOLD
    }
    return pd.DataFrame({**every, "has_row": every["shipment"] >= 0, **told}, copy=False)


def _taken(column: pd.Series, labels: pd.Series[int], *, known: bool) -> pd.Series:
    """A column of shipments in the order of some labels, missing (a spread 0) where they are NOWHERE, or where no file tells it."""
    if str(column.name).endswith(SPREAD):
        spread = np.append(column.to_numpy(), np.int32(0))[labels] if known else np.zeros(len(labels), dtype="int32")
        return pd.Series(spread, index=labels.index)
    if not known:
        return missing(labels.index, column.dtype)
    return pd.Series(column.array.take(labels.to_numpy(), allow_fill=True), index=labels.index)


def has_left(parcels: pd.DataFrame) -> pd.Series[bool]:
    """Which parcels show by a time of their own that they have left."""
    shipped, scanned, delivered = (parcels[name].notna() for name in SENT_BY)
    return shipped | scanned | delivered


def spread_out(sendings: pd.DataFrame, column: pd.Series) -> pd.Series:
    """A column aligned with items, spread over their sendings."""
    if len(column) == len(sendings):  # each item has one sending, in the same order
        return column.set_axis(sendings.index)
    return pd.Series(column.array.take(sendings["item"].to_numpy()), index=sendings.index)


def any_of(sendings: pd.DataFrame, mask: pd.Series[bool], items: pd.Index) -> pd.Series[bool]:
    """Which items have a sending that a mask holds."""
    return marked(sendings["item"].to_numpy()[mask.to_numpy()], items)


def extreme(sendings: pd.DataFrame, column: str, items: pd.Index, *, last: bool) -> Moments:
    """The earliest or latest of a time over each item's parcels, with its spread; indexed as items are."""
    times = sendings[["item", column, column + SPREAD]]
    if len(times) > len(items):
        several = times["item"].duplicated(keep=False) & times[column].notna()
        ordered = times[several].sort_values(["item", column], kind="stable")
        chosen = ordered.drop_duplicates("item", keep="last" if last else "first")
        rest = times[~several & ~among_labels(times["item"], chosen["item"], items)].drop_duplicates("item")
        times = pd.concat([rest, chosen]).sort_values("item", kind="stable")
    return Moments(times[column].set_axis(items), times[column + SPREAD].set_axis(items))


def among_labels(labels: pd.Series[int], known: pd.Series[int], items: pd.Index) -> pd.Series[bool]:
    """Which labels of items stand among some others."""
    return pd.Series(marked(known, items).to_numpy()[labels.to_numpy()], index=labels.index)


def orphans(items: pd.DataFrame, shipments: pd.DataFrame, of_shipments: pd.Series[int]) -> pd.Series[bool]:
    """Which shipment rows belong to no item of the orders: their item, or where none is named their purchase, is not there."""
    lost = of_shipments == NOWHERE
    unnamed = lost & shipments["item_id"].isna()
    known = among(shipments.loc[unnamed, "purchase_id"], items["purchase_id"])
    return lost & ~held(known, lost.index)
