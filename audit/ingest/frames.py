"""DataFrames as inputs: their cells become text, and go the way of every file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from audit.errors import ConfigFault, FaultyInputs, FileFault, nearest
from audit.ingest.files import Terms, sieve_rows
from audit.ingest.rows import TextRows
from audit.ingest.workbooks.cells import as_text
from audit.ledger.quarantine import settle
from audit.tables import Ingested
from schemas.tables import TABLES
from schemas.text import Message


def read_frames(frames: Mapping[str, pd.DataFrame], terms: Terms) -> Ingested:
    """DataFrames by table name; row numbers count from 2, as if a header stood above."""
    for name in frames:
        if name not in TABLES:
            raise ConfigFault(Message("unknown table {name}.", {"name": name}), nearest(name, TABLES))
    faults, parts = [], []
    notes: list[Message] = []
    for name, frame in frames.items():
        try:
            parts.append(sieve_rows(as_rows(name, frame), name, terms, notes))
        except FileFault as fault:
            faults.append(fault)
    if faults:
        raise FaultyInputs(faults)
    return settle(parts, (), notes)


def as_rows(name: str, frame: pd.DataFrame) -> TextRows:
    """A DataFrame as rows of text."""
    index = pd.RangeIndex(2, len(frame) + 2)
    cells = pd.DataFrame({place: _text(frame.iloc[:, place], index) for place in range(frame.shape[1])}, index=index)
    native = {place: _native(frame.iloc[:, place], index) for place in range(frame.shape[1])}
    return TextRows(file=name, sheet="", header=tuple(str(column) for column in frame.columns), header_row=1, cells=cells, native=native)


def _text(column: pd.Series[Any], index: pd.RangeIndex) -> pd.Series[str]:
    return pd.Series([_cell(value) for value in column.astype(object)], index=index, dtype="str")


def _cell(value: Any) -> str:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):  # noqa: PLR0124 - NaN
        return ""
    if isinstance(value, pd.Timestamp):
        return value.isoformat(sep=" ") if value.tzinfo else as_text(value.to_pydatetime())
    return as_text(value.item() if hasattr(value, "item") else value)


def _native(column: pd.Series[Any], index: pd.RangeIndex) -> pd.Series[bool]:
    return pd.Series(pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column), index=index)
