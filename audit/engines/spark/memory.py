"""Rows in memory: those of one bucket on an executor, and those that stay with the driver."""

from __future__ import annotations

import pandas as pd


class Memory:
    """Rows by name and bucket; see audit.engines.store.Rows."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, int], list[tuple[str, pd.DataFrame]]] = {}

    def put(self, name: str, bucket: int, frame: pd.DataFrame, stream: str = "") -> None:
        """Add rows."""
        self._held.setdefault((name, bucket), []).append((stream, frame))

    def get(self, name: str, bucket: int) -> pd.DataFrame | None:
        """All rows of a bucket; None where none was put."""
        held = [frame for _, frame in self._held.get((name, bucket), ())]
        return pd.concat(held, ignore_index=True) if held else None

    def take(self, name: str, bucket: int) -> pd.DataFrame | None:
        """The same, and forget them."""
        held = self.get(name, bucket)
        self._held.pop((name, bucket), None)
        return held

    def drop(self, stream: str) -> None:
        """Forget what was put under a stream."""
        self._held = {place: [each for each in held if each[0] != stream] for place, held in self._held.items()}

    def rename(self, old: str, new: str) -> None:
        """Put rows under another name, in place of those that are there."""
        moved = {(new, bucket): held for (name, bucket), held in self._held.items() if name == old}
        self._held = {place: held for place, held in self._held.items() if place[0] not in (old, new)} | moved
