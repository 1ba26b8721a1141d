"""Step 1, a plan of a large file: how it is read, decided from its beginning, and the ranges of bytes in which to read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from audit.errors import FileFault
from audit.ingest import parquet, webservice
from audit.ingest.content import Content, content
from audit.ingest.dialect import HEAD_BYTES, decide
from audit.ingest.encoding import WIDE
from audit.ingest.files import NoExportError, Terms, Wanted, known_headers
from audit.ingest.parquet.groups import groups
from audit.ingest.parquet.shape import Shape
from audit.ingest.parts import PART_BYTES
from audit.ingest.pieces import pieces
from audit.ingest.profile import COMPARED
from audit.ingest.reading import Reading
from audit.ingest.rows import TextRows
from audit.ingest.understanding import Understood, sift, understand
from audit.ingest.workbooks.kinds import Kind, kind
from audit.ledger.repair import ADDED
from schemas.text import Message


class Plan(NamedTuple):
    """How one large CSV or Parquet file is read, in parts that know nothing of one another.

    ``understood``: its header, the tables that it feeds, and what a person should know; without rows. ``likely``, ``doubtful``: as of a Part.
    ``ranges``: first byte and byte after the last of each part, every one of whole records. ``shape``: of a Parquet file; its ranges are
    those of its groups of rows.
    """

    path: Path
    reading: Reading
    understood: Understood
    ranges: tuple[tuple[int, int], ...]
    likely: Mapping[str, Message]
    doubtful: Mapping[str, Message]
    shape: Shape | None = None


def is_plain(wanted: Wanted) -> bool:
    """Whether a file is Parquet, or plain text and no quarantine file that is fed in again."""
    try:
        head = content(wanted.path)[:HEAD_BYTES]
    except OSError:
        return False
    if kind(head) is Kind.PARQUET:
        return True
    returned = any(ADDED[-1].encode(name) in head for name in ("utf-8", *WIDE))
    return kind(head) is Kind.TEXT and not webservice.is_answer(head[: webservice.LOOKED_AT]) and not returned


def is_large(wanted: Wanted) -> bool:
    """Whether a file is of more than one part."""
    return wanted.path.stat().st_size > PART_BYTES


def plan(wanted: Wanted, terms: Terms) -> Plan | None:
    """How to read a large file; None where its rows do not stand for themselves, so that it must be read as a whole.

    Raises NoExportError where it holds no table, and FileFault where it can't be used.
    """
    held = content(wanted.path)
    begun = _begun_parquet(wanted, terms) if held.startswith(parquet.MARK) else _begun_text(wanted, held, terms)
    if begun is None:
        raise NoExportError(wanted.name)
    understood = understand(begun.rows, wanted.table, terms.mappings)
    if not understood.matches:
        raise NoExportError(wanted.name)
    if understood.layout and understood.layout.of_the_whole:
        return None
    empty = replace(understood.rows, cells=_without_rows(understood.rows.cells), broken=(), blank=0, native={}, unfit={})
    judged = sift(understood._replace(rows=empty), terms.zone, terms.as_of)
    bare = replace(empty, sha256=held.sha256())
    return Plan(wanted.path, begun.reading, understood._replace(rows=bare), begun.ranges, judged.likely, judged.doubtful, begun.shape)


class _Begun(NamedTuple):
    """What the beginning of a file tells: as many of its rows as a header is judged by, and where its parts lie."""

    rows: TextRows
    reading: Reading
    ranges: tuple[tuple[int, int], ...]
    shape: Shape | None = None


def _begun_text(wanted: Wanted, held: Content, terms: Terms) -> _Begun | None:
    with known_headers(terms.mappings):
        reading = decide(wanted.name, held)
    if reading is None:
        return None
    found = pieces(held, reading, PART_BYTES)
    return _Begun(text_rows(reading, found.head()), reading, found.ranges)


def _begun_parquet(wanted: Wanted, terms: Terms) -> _Begun | None:
    with known_headers(terms.mappings):
        found = groups(wanted.name, wanted.path, COMPARED)
    if found is None:
        return None
    rows = parquet.with_told(found.rows, wanted.path)
    reading = Reading(wanted.name, "", "", "", rows.header_row, header=rows.header)
    return _Begun(rows, reading, found.ranges, found.shape)


def _without_rows(cells: pd.DataFrame) -> pd.DataFrame:
    """The same columns, empty; a part of a table without rows would hold on to all of it."""
    return pd.DataFrame({name: pd.Series(dtype="str") for name in cells.columns}, index=pd.Index([], dtype="int64"))


def text_rows(reading: Reading, cells: pd.DataFrame) -> TextRows:
    """Some rows of a CSV file, under its header."""
    return TextRows(
        file=reading.file,
        sheet="",
        header=reading.header,
        header_row=reading.header_row,
        cells=cells,
        encoding=reading.encoding,
        delimiter=reading.delimiter,
        notes=reading.notes,
        reading=reading,
    )


def read_range(path: Path, start: int, stop: int) -> bytes:
    """Some bytes of a file; raises FileFault where they can't be read any more."""
    try:
        return content(path)[start:stop]
    except OSError as error:
        raise FileFault(
            str(path), Message("can't be read ({error}).", {"error": error.strerror}), "Leave the file alone while it is audited."
        ) from error
