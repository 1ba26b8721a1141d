"""Step 3, rows to buckets: by a hash of what they must be seen together with, the same on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt

PURCHASE = "purchase_id"
BY_PURCHASE = ("orders", "shipments")
"""Tables whose copies and contradictions show within a purchase."""

BY_OWN_KEY = {"claims": "claim_id", "refunds": "refund_id", "messages": "message_id"}
"""Tables whose copies and contradictions show within a key of their own; what is accepted goes on by purchase."""

OF_ALL = ("listings", "authorisations")
"""Tables that every bucket may look at: they are kept whole."""


def hashes(keys: pd.Series[str]) -> npt.NDArray[np.uint64]:
    """A hash of each key; a missing one counts as blank."""
    hashed: npt.NDArray[np.uint64] = pd.util.hash_array(keys.fillna("").to_numpy(dtype=object), categorize=False)
    return hashed


def buckets_of(keys: pd.Series[str], count: int) -> npt.NDArray[np.int64]:
    """The bucket of each key, 0 for a missing one."""
    return np.where(keys.notna().to_numpy(), hashes(keys) % np.uint64(count), 0).astype(np.int64)


def spread(frame: pd.DataFrame, key: str, count: int) -> Iterator[tuple[int, pd.DataFrame]]:
    """The rows of a table by bucket, in their order."""
    if count == 1 or not len(frame):
        yield 0, frame
        return
    places = buckets_of(frame[key], count)
    order = np.argsort(places, kind="stable")
    ends = np.searchsorted(places[order], np.arange(count), side="right")
    start = 0
    for bucket, end in enumerate(ends.tolist()):
        if end > start:
            yield bucket, frame.iloc[order[start:end]]
        start = end


def ledger_key(table: str) -> str:
    """The column by which the copies of a row of a table are found; all rows of one key must meet."""
    return BY_OWN_KEY.get(table, PURCHASE)


def home(table: str, frame: pd.DataFrame, count: int) -> Iterator[tuple[int, pd.DataFrame]]:
    """The rows of a table by the bucket in which its ledger is kept; tables that every bucket may look at stay whole."""
    return iter([(0, frame)]) if table in OF_ALL else spread(frame, ledger_key(table), count)
