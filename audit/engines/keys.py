"""Step 3, rows to buckets: by a hash of what they must be seen together with, the same on every machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from audit.ledger.hashing import row_hashes

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

PURCHASE = "purchase_id"
BY_PURCHASE = ("orders", "shipments")
"""Tables whose copies and contradictions show within a purchase."""

BY_OWN_KEY = {"claims": "claim_id", "refunds": "refund_id", "messages": "message_id"}
"""Tables whose copies and contradictions show within a key of their own; what is accepted goes on by purchase."""

OF_ALL = ("listings", "authorisations")
"""Tables that every bucket may look at: they are kept whole."""

SHORT = 1 << 16
"""Buckets that two bytes number: such numbers are sorted in one go."""


class Places(NamedTuple):
    """Rows by bucket: ``order`` of them, and where in it those of each bucket begin and end."""

    order: npt.NDArray[np.intp]
    ranges: Sequence[tuple[int, int, int]]


def hashes(keys: pd.Series[str]) -> npt.NDArray[np.uint64]:
    """A hash of each key; a missing one counts as blank."""
    return row_hashes(keys.to_frame())


def buckets_of(keys: pd.Series[Any], count: int) -> npt.NDArray[np.int64]:
    """The bucket of each key, 0 for a missing one; keys that are numbers are hashes already."""
    hashed = hashes(keys) if keys.dtype == "str" else keys.to_numpy()
    return np.where(keys.notna().to_numpy(), hashed % np.uint64(count), 0).astype(np.int64)


def places(keys: pd.Series[Any], count: int) -> Places:
    """Where the rows of some keys go, those of each bucket in their order."""
    buckets = buckets_of(keys, count)
    order = np.argsort(buckets.astype(np.uint16) if count <= SHORT else buckets, kind="stable")
    ends = np.cumsum(np.bincount(buckets, minlength=count)).tolist()
    starts = [0, *ends[:-1]]
    return Places(order, [(bucket, start, end) for bucket, (start, end) in enumerate(zip(starts, ends, strict=True)) if end > start])


def spread(frame: pd.DataFrame, key: str, count: int) -> Iterator[tuple[int, pd.DataFrame]]:
    """The rows of a table by bucket, in their order."""
    if count == 1 or not len(frame):
        yield 0, frame
        return
    found = places(frame[key], count)
    for bucket, start, end in found.ranges:
        yield bucket, frame.iloc[found.order[start:end]]


def ledger_key(table: str) -> str:
    """The column by which the copies of a row of a table are found; all rows of one key must meet."""
    return BY_OWN_KEY.get(table, PURCHASE)


def home(table: str, frame: pd.DataFrame, count: int) -> Iterator[tuple[int, pd.DataFrame]]:
    """The rows of a table by the bucket in which its ledger is kept; tables that every bucket may look at stay whole."""
    return iter([(0, frame)]) if table in OF_ALL else spread(frame, ledger_key(table), count)
