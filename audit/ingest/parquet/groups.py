"""A large Parquet file by its groups of rows: each read by itself, its rows under the numbers that they have in the whole."""

from __future__ import annotations

from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

from audit.ingest.parquet.folders import with_told
from audit.ingest.parquet.opening import open_file, told
from audit.ingest.parquet.reading import FIRST_ROW, as_rows
from audit.ingest.parquet.shape import Shape, refuse_nested, shape_of
from audit.ingest.recognise import header_score
from audit.ingest.rows import TextRows


class Groups(NamedTuple):
    """How a file is read group by group: its shape, the places of each group's rows in the whole, and the first rows."""

    shape: Shape
    ranges: tuple[tuple[int, int], ...]
    rows: TextRows


def groups(file: str, path: Path, least: int) -> Groups | None:
    """The groups of a file, with at least so many of its first rows; None where its column names are not known.

    Raises FileFault where the file can't be used.
    """
    opened = open_file(file, path)
    with told(file):
        shape = shape_of(opened)
        refuse_nested(file, shape, opened.schema_arrow)
        if not header_score(shape.header):
            return None
        ends = [*accumulate((opened.metadata.row_group(place).num_rows for place in range(opened.num_row_groups)), initial=0)]
        needed = [place for place, start in enumerate(ends[:-1]) if start < least]
        rows = as_rows(file, shape, opened.read_row_groups(needed))
    return Groups(shape, tuple(pairwise(ends)), rows)


def read_group(file: str, path: Path, shape: Shape, *, place: int, first_row: int = FIRST_ROW) -> tuple[TextRows, int]:
    """The rows of one group under numbers from ``first_row``, and the number of the row after them."""
    with told(file):
        table = open_file(file, path).read_row_group(place)
    return with_told(as_rows(file, shape, table, first_row=first_row), path), first_row + len(table)
