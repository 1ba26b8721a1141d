"""Rows in memory: those of one bucket on an executor, and those that stay with the driver."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from audit.engines.keys import spread

if TYPE_CHECKING:
    from audit.engines.store import Among


class Memory:
    """Rows by name and bucket; see audit.engines.store.Rows."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, int], list[tuple[str, pd.DataFrame]]] = {}

    def put(self, name: str, bucket: int, frame: pd.DataFrame, stream: str = "") -> None:
        """Add rows."""
        self._held.setdefault((name, bucket), []).append((stream, frame))

    def spread(self, name: str, frame: pd.DataFrame, key: str, count: int, stream: str = "") -> None:
        """Add rows, each to the one of so many buckets in which its key is."""
        for bucket, rows in spread(frame, key, count):
            self.put(name, bucket, rows, stream)

    def get(self, name: str, bucket: int, among: Among | None = None) -> pd.DataFrame | None:
        """All rows of a bucket, or those that hold one of some values in one of some columns; None where none was put."""
        held = [frame for _, frame in self._held.get((name, bucket), ())]
        if not held:
            return None
        whole = pd.concat(held, ignore_index=True)
        return whole if among is None else whole[np.logical_or.reduce([whole[column].isin(values) for column, values in among.items()])]

    def take(self, name: str, bucket: int) -> pd.DataFrame | None:
        """All rows of a bucket, and forget them."""
        held = self.get(name, bucket)
        self._held.pop((name, bucket), None)
        return held

    def drop(self, stream: str) -> None:
        """Forget what was put under a stream."""
        self._held = {place: [each for each in held if each[0] != stream] for place, held in self._held.items()}

    def rename(self, old: str, new: str, bucket: int | None = None) -> None:
        """Put rows under another name, in place of those that are there; all of them unless a bucket is named."""
        meant = [place for place in self._held if bucket in (None, place[1])]
        moved = {(new, place[1]): self._held[place] for place in meant if place[0] == old}
        gone = {place for place in meant if place[0] in (old, new)}
        self._held = {place: held for place, held in self._held.items() if place not in gone} | moved
