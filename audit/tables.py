"""The tables that an audit judges: accepted rows, what their files held, and the ledger of every row read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

    from schemas.findings import RefusedRows
    from schemas.text import Message

SOURCE = ("source_file", "source_row")
"""Columns that each accepted row carries beside its table's own: file[sheet] and the row that a person sees there."""


class Accepted(NamedTuple):
    """The accepted rows of one table.

    ``frame``: the typed columns of its ``schemas.table.Table``, then SOURCE; a RangeIndex.
    ``present``: canonical columns that at least one of its files has; the others are all missing.
    ``quarantined``: columns purchase_id and item_id (or sku, or brand) of the refused rows, as far as they can be read.
    """

    frame: pd.DataFrame
    present: frozenset[str]
    quarantined: pd.DataFrame


class Reading(NamedTuple):
    """How one file and sheet was understood.

    ``columns``, each header with the column that it means; ``unknown``, the others. ``layout``: the mapping or preset it was read by.
    ``likely``: headers that were taken for what they resemble, and why; ``doubtful``: those that may mean something, and were not used.
    """

    file: str
    sheet: str
    encoding: str
    delimiter: str
    header_row: int
    columns: Mapping[str, str]
    unknown: tuple[str, ...]
    layout: str = ""
    likely: Mapping[str, Message] = {}
    doubtful: Mapping[str, Message] = {}


@dataclass(frozen=True, kw_only=True)
class Ingested:
    """All that was read.

    ``tables``: by table name; a table that no input holds is not there.
    ``inputs``, ``quarantine``: as schemas.findings.INPUTS and QUARANTINE declare them.
    ``left``: files of a folder that are no export. ``readings``: how each file was understood. ``notes``: what was decided that a person should know.
    """

    tables: Mapping[str, Accepted]
    inputs: pd.DataFrame
    quarantine: pd.DataFrame
    refused: tuple[RefusedRows, ...] = ()
    left: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    notes: tuple[Message, ...] = ()
