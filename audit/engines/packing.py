"""Frames as Arrow tables and back: a column that says the same in every row is kept as one value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc

if TYPE_CHECKING:
    import pandas as pd

ALIKE = b"alike"
"""Key of a schema's metadata under which the values of such columns stand; in the table itself they have no type."""


def packed(frame: pd.DataFrame) -> pa.Table:
    """A frame as a table; its index goes."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    alike = [name for name in table.column_names if _is_alike(table[name])] if len(table) else []
    if not alike:
        return table
    values = pa.table({name: table[name].slice(0, 1) for name in alike})
    for name in alike:
        table = table.set_column(table.column_names.index(name), name, pa.nulls(len(table)))
    return table.replace_schema_metadata({**table.schema.metadata, ALIKE: streamed(values)})


def _is_alike(column: pa.ChunkedArray) -> bool:
    if column.null_count:
        return bool(column.null_count == len(column))
    first = column[0]
    return bool(column[len(column) - 1] == first and pc.all(pc.equal(column, first)).as_py())


def streamed(table: pa.Table, compression: str | None = None) -> bytes:
    """A table as bytes."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression=compression)) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return] # Arrow is not typed


def table_of(stream: bytes) -> pa.Table:
    """The table of some bytes."""
    with pa.ipc.open_stream(stream) as reader:
        return reader.read_all()


def unpacked(tables: Sequence[pa.Table]) -> pd.DataFrame:
    """Tables one below the other as a frame, with the types that it had."""
    frame: pd.DataFrame = pa.concat_tables([_whole(table) for table in tables]).combine_chunks().to_pandas()
    return frame


def _whole(table: pa.Table) -> pa.Table:
    told = table.schema.metadata or {}
    if ALIKE not in told:
        return table
    values = table_of(told[ALIKE])
    for place, name in enumerate(table.column_names):
        if name in values.column_names:
            table = table.set_column(place, name, pa.repeat(values[name][0], len(table)))
    return table.replace_schema_metadata({key: value for key, value in told.items() if key != ALIKE})


def column_of(table: pa.Table, name: str) -> pa.ChunkedArray:
    """One column of a packed table."""
    return _whole(table.select([name]))[name] if pa.types.is_null(table.schema.field(name).type) else table[name]
