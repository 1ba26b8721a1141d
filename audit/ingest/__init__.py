"""Files and DataFrames to accepted, typed tables; nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from zoneinfo import ZoneInfo

    import pandas as pd

    from audit.tables import Ingested


def read(
    paths: Sequence[Path],
    *,
    named: Mapping[str, Sequence[Path]] | None = None,
    zone: ZoneInfo,
    as_of: datetime,
    mapping: Sequence[str] = (),
) -> Ingested:
    """Read files and folders; ``named``: files whose table a person has told; ``mapping``: mapping files.

    Raises FaultyInputs that names every file that can't be used.
    """
    from audit.ingest.files import Terms, read_all
    from audit.ingest.mapping import load

    return read_all(paths, named or {}, Terms(zone, as_of, load(mapping)))


def from_frames(frames: Mapping[str, pd.DataFrame], *, zone: ZoneInfo, as_of: datetime, mapping: Sequence[str] = ()) -> Ingested:
    """Read DataFrames by table name as if each were a file: same headers, same two passes, same ledger."""
    from audit.ingest.files import Terms
    from audit.ingest.frames import read_frames
    from audit.ingest.mapping import load

    return read_frames(frames, Terms(zone, as_of, load(mapping)))
