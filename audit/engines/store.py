"""Where rows wait for their bucket."""

from __future__ import annotations

from typing import Protocol

import pandas as pd


class Store(Protocol):
    """Rows by table and bucket, in the order in which they were put there."""

    def put(self, name: str, bucket: int, frame: pd.DataFrame, stream: str = "") -> None:
        """Add rows to a table's bucket; ``stream``: what may be dropped together."""

    def get(self, name: str, bucket: int) -> pd.DataFrame | None:
        """All rows of a table's bucket; None where none was put."""

    def drop(self, stream: str) -> None:
        """Forget what was put under a stream."""

    def remove(self, name: str) -> None:
        """Forget a table."""


class Memory:
    """Rows kept in memory."""

    def __init__(self) -> None:
        self._held: dict[str, dict[int, list[tuple[str, pd.DataFrame]]]] = {}

    def put(self, name: str, bucket: int, frame: pd.DataFrame, stream: str = "") -> None:
        """Add rows to a table's bucket."""
        self._held.setdefault(name, {}).setdefault(bucket, []).append((stream, frame))

    def get(self, name: str, bucket: int) -> pd.DataFrame | None:
        """All rows of a table's bucket."""
        held = [frame for _, frame in self._held.get(name, {}).get(bucket, ())]
        return pd.concat(held, ignore_index=True) if held else None

    def drop(self, stream: str) -> None:
        """Forget what was put under a stream."""
        for buckets in self._held.values():
            for bucket, held in buckets.items():
                buckets[bucket] = [entry for entry in held if entry[0] != stream]

    def remove(self, name: str) -> None:
        """Forget a table."""
        self._held.pop(name, None)
