"""The CSV gate: the structure of every line is judged before anything may shift or swallow a row."""

from __future__ import annotations

import hashlib

import pandas as pd

from audit.ingest.dialect import HEADER_LINES, decide
from audit.ingest.foot import is_total
from audit.ingest.parts import Part, cuts, split_part
from audit.ingest.reading import Reading
from audit.ingest.rows import TextRows

__all__ = ["HEADER_LINES", "is_total", "read"]


def read(file: str, content: bytes) -> TextRows | None:
    """The rows of a CSV file; None where no line of its beginning is a header that is known."""
    reading = decide(file, content)
    if reading is None:
        return None
    parts: list[Part] = []
    for piece in cuts(content, reading):
        parts.append(split_part(piece, reading, parts[-1].next_row if parts else reading.header_row + 1))
    return TextRows(
        file=file,
        sheet="",
        header=reading.header,
        header_row=reading.header_row,
        cells=_together(parts, reading),
        broken=tuple(fault for part in parts for fault in part.broken),
        blank=sum(part.blank for part in parts),
        sha256=hashlib.sha256(content).hexdigest(),
        encoding=reading.encoding,
        delimiter=reading.delimiter,
        notes=reading.notes,
        reading=reading,
    )


def _together(parts: list[Part], reading: Reading) -> pd.DataFrame:
    frames = [part.cells for part in parts] or [split_part(b"", reading, 0).cells]
    return pd.concat(frames) if len(frames) > 1 else frames[0]
