"""Rows of tables on their way through Spark: whole frames as Arrow bytes, each with its table's name and its bucket."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pandas as pd

from audit.engines import packing

SCHEMA = "name string, bucket long, stream string, place long, payload binary"
"""A frame or an answer: under which name and in which bucket it goes, which part of which file it is of, and its bytes."""

COLUMNS = ("name", "bucket", "stream", "place", "payload")
ANSWER = "answer"
"""The name of what is told to the driver, in place of a table's."""

CODEC = "lz4"
FirstRows = dict[tuple[str, int], int]
"""By file and part the number of its first row."""


class Piece(NamedTuple):
    """One line of SCHEMA."""

    name: str
    bucket: int
    stream: str
    place: int
    payload: bytes


def packed(frame: pd.DataFrame) -> bytes:
    """A frame as bytes; its index goes."""
    return packing.streamed(packing.packed(frame), CODEC)


def unpacked(payload: bytes) -> pd.DataFrame:
    """The frame of some bytes, with the types that it had."""
    return packing.unpacked([packing.table_of(payload)])


def answer(told: Any, *, stream: str = "", place: int = 0) -> Piece:
    """What is told to the driver."""
    return Piece(ANSWER, 0, stream, place, pickle.dumps(told))


def told(payload: bytes) -> Any:
    """What was told."""
    return pickle.loads(payload)  # noqa: S301 - what this run has written


def as_lines(pieces: Iterable[Piece]) -> pd.DataFrame:
    """Pieces as Spark takes them."""
    return pd.DataFrame(list(pieces), columns=list(COLUMNS))


def by_name(lines: pd.DataFrame, first_rows: FirstRows) -> Iterator[tuple[str, pd.DataFrame]]:
    """The tables of some lines, the rows of each file in their order and under their numbers in it; ``first_rows``: of parts that were read from 0."""
    for name, own in lines.sort_values(["stream", "place"], kind="stable").groupby("name"):
        frames = [_moved(unpacked(bytes(line.payload)), first_rows.get((line.stream, line.place), 0)) for line in own.itertuples()]
        yield str(name), pd.concat(frames, ignore_index=True)


def _moved(frame: pd.DataFrame, by: int) -> pd.DataFrame:
    return frame.assign(source_row=frame["source_row"] + by) if by else frame
