"""A Parquet file opened: encrypted, broken, swollen and strangely packed ones are refused by name, reason and remedy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet

from audit.errors import FileFault
from schemas.text import Fact, Message

ENCRYPTED = b"PARE"
"""The first bytes of a file whose footer is encrypted too."""

MOST_ROWS = 1_000_000
"""Rows that a file may hold however small it is."""

MOST_ROWS_A_BYTE = 20
"""Rows a byte beyond that: cells that hardly differ take next to no room, but ids do."""

SMALL = 100_000_000
"""Bytes that may be packed as well as they like."""

MOST_RATIO = 1_000
"""Times that columns may grow when they are unpacked; honest ones grow two to a hundred times."""


def open_file(file: str, content: bytes | Path) -> pyarrow.parquet.ParquetFile:
    """The file behind its footer, from its bytes or from where it lies; raises FileFault where it can't be read or would fill the memory."""
    with told(file):
        held = pa.OSFile(str(content)) if isinstance(content, Path) else pa.BufferReader(content)
        if held.read_at(len(ENCRYPTED), 0) == ENCRYPTED:
            raise is_encrypted(file)
        opened = pyarrow.parquet.ParquetFile(held, coerce_int96_timestamp_unit="us", page_checksum_verification=True)
        _weigh(file, opened.metadata, held.size())
    return opened


@contextmanager
def told(file: str) -> Iterator[None]:
    """What keeps a file from being read, in words."""
    try:
        yield
    except NotImplementedError as error:
        wrong = Message("is Parquet of a kind that is not read: {error}.", {"error": _first_line(error)})
        raise FileFault(file, wrong, "Write it packed with snappy or zstd.") from error
    except (pa.ArrowException, OSError) as error:
        if "crypt" in str(error).casefold():
            raise is_encrypted(file) from error
        wrong = Message("is a broken Parquet file: {error}.", {"error": _first_line(error)})
        raise FileFault(file, wrong, "Write or copy it again, and wait until that has ended.") from error


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")


def is_encrypted(file: str) -> FileFault:
    """The fault of a file of which some columns, or all, open with a key alone."""
    return FileFault(file, "is encrypted Parquet, or has encrypted columns.", "Write it without encryption, for this audit's folder alone.")


def _weigh(file: str, metadata: pyarrow.parquet.FileMetaData, size: int) -> None:
    unpacked = sum(metadata.row_group(place).total_byte_size for place in range(metadata.num_row_groups))
    if metadata.num_rows > max(MOST_ROWS, MOST_ROWS_A_BYTE * size) or unpacked > max(SMALL, MOST_RATIO * size):
        facts: dict[str, Fact] = {"rows": metadata.num_rows, "unpacked": unpacked / 1e6, "size": size / 1e6}
        wrong = Message("claims {rows:number} rows and {unpacked:number} MB in {size:tenths} MB.", facts)
        raise FileFault(file, wrong, "Write it again from its source, or as CSV.")
