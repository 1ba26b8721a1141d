"""Parquet files as inputs: their columns by name, their typed cells as exact text, every row kept, refused or counted as blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from audit.ingest.rows import TextRows

__all__ = ("MARK", "read", "with_told")

MARK = b"PAR1"
"""The first bytes of every file that is read."""


def read(file: str, content: bytes) -> list[TextRows]:
    """The rows of a Parquet file; none where its column names are not known. Raises FileFault where it can't be used."""
    from audit.ingest.parquet.reading import read_rows

    return read_rows(file, content)


def with_told(rows: TextRows, path: Path) -> TextRows:
    """The rows with what the names of the folders above the file say of them."""
    from audit.ingest.parquet import folders

    return folders.with_told(rows, path)
