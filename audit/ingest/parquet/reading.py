"""A Parquet file's columns to rows of text, numbered as in a sheet: the names of the columns are row 1, the first row is row 2."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from audit.ingest.foot import FOOT, foot_reason
from audit.ingest.parquet.opening import open_file, told
from audit.ingest.parquet.shape import BYTES, FLOATING, FRACTIONAL, NESTED, Shape, refuse_nested, shape_of
from audit.ingest.parquet.texts import Texts, texts
from audit.ingest.recognise import header_score
from audit.ingest.rows import Broken, TextRows
from audit.ingest.workbooks.cells import filled
from schemas.text import Message

if TYPE_CHECKING:
    from audit.ingest.workbooks.cells import Mask

HEADER_ROW, FIRST_ROW = 1, 2
"""Row numbers, as if the names of the columns stood above the rows."""

UNREAD = "{file}: columns that hold lists or records are not read: {columns:words}"
NUMBERS = (FLOATING, FRACTIONAL)
FOOT_CELL = rf"^[\s\pZ\pC]*{FOOT}"


class Body(NamedTuple):
    """The rows under a header: the texts of each column."""

    header: tuple[str, ...]
    columns: Sequence[pa.Array]

    def line(self, place: int) -> list[str]:
        """All texts of one row."""
        return [column[place].as_py() for column in self.columns]


def read_rows(file: str, content: bytes) -> list[TextRows]:
    """The rows of a file; see ``audit.ingest.parquet.read``."""
    opened = open_file(file, content)
    with told(file):
        shape = shape_of(opened)
        refuse_nested(file, shape, opened.schema_arrow)
        if not header_score(shape.header):
            return []
        table = opened.read()
    return [as_rows(file, shape, table, sha256=hashlib.sha256(content).hexdigest())]


def as_rows(file: str, shape: Shape, table: pa.Table, *, first_row: int = FIRST_ROW, sha256: str = "") -> TextRows:
    """The rows of a table, or of a part of it that begins with a row number."""
    found = [texts(column, in_utc=place in shape.in_utc) for place, column in enumerate(table.columns)]
    body = Body(shape.header, [column.told for column in found])
    lost, blank = _lost(body, found)
    kept = np.setdiff1d(np.arange(len(table)), np.array(sorted({*lost, *blank}), dtype="int64"))
    index = pd.Index(kept + first_row, dtype="int64")
    unfit = {place: why for place, why in shape.unfit.items() if why is NESTED or filled(body.columns[place]).any()}
    return TextRows(
        file=file,
        sheet="",
        header=shape.header,
        header_row=HEADER_ROW,
        cells=pd.DataFrame({place: _series(column, kept, index) for place, column in enumerate(body.columns)}, index=index),
        broken=tuple(Broken(place + first_row, reason, "\t".join(body.line(place))) for place, reason in sorted(lost.items())),
        blank=len(blank),
        sha256=sha256,
        native={place: pd.Series(True, index=index) for place, why in shape.unfit.items() if why in NUMBERS},
        unfit=unfit | {place: BYTES for place, column in enumerate(found) if column.is_bytes},
        notes=_notes(file, shape),
    )


def _notes(file: str, shape: Shape) -> tuple[Message, ...]:
    unread = [shape.header[place] for place, why in shape.unfit.items() if why is NESTED]
    return (Message(UNREAD, {"file": file, "columns": unread}),) if unread else ()


def _series(column: pa.Array, kept: np.ndarray[tuple[int], np.dtype[np.int64]], index: pd.Index[int]) -> pd.Series[str]:
    return pd.Series(column if len(kept) == len(column) else column.take(pa.array(kept)), index=index, dtype="str")


def _lost(body: Body, found: Sequence[Texts]) -> tuple[dict[int, str], list[int]]:
    """By place: rows that are refused as a whole, with their reason; and rows that hold nothing."""
    count = np.sum([filled(column) for column in body.columns], axis=0)
    lost = {int(place): reason for place in _sparse(body, count) if (reason := foot_reason(body.line(place), len(body.header)))}
    lost |= dict.fromkeys(_repeated(body), "repeated-header")
    for reason, masks in (
        ("nul-byte", [_mask(pc.match_substring(column, "\0")) for column in body.columns]),
        ("undecodable", [column.undecoded for column in found if column.undecoded is not None]),
    ):
        for mask in masks:
            lost |= dict.fromkeys(np.flatnonzero(mask).tolist(), reason)
    return lost, [place for place in np.flatnonzero(count == 0).tolist() if place not in lost]


def _sparse(body: Body, count: Mask) -> list[int]:
    """Places of rows that may be none of the table: mostly blank, with a cell that begins as totals and notes do."""
    rows = np.flatnonzero((count > 0) & (2 * count < len(body.header)))
    footed = np.zeros(len(rows), dtype=bool)
    for column in body.columns if len(rows) else ():
        footed |= _mask(pc.match_substring_regex(column.take(pa.array(rows)), FOOT_CELL, ignore_case=True))
    return [*map(int, rows[footed])]


def _repeated(body: Body) -> list[int]:
    """Places of rows that say what the header says."""
    first = next(place for place, name in enumerate(body.header) if name)
    alike = np.flatnonzero(_mask(pc.equal(pc.utf8_trim_whitespace(body.columns[first]), body.header[first]))).tolist()
    return [place for place in alike if [cell.strip() for cell in body.line(place)] == [*body.header]]


def _mask(answers: pa.Array) -> Mask:
    mask: Mask = answers.to_numpy(zero_copy_only=False).astype(bool)
    return mask
