"""What the columns of a Parquet file hold, judged by their types alone: plain cells, and those that some kinds of column can't take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from audit.errors import FileFault
from audit.ingest.judging import IDS
from audit.ingest.likeness import key
from audit.ingest.rows import Unfit
from schemas.table import ORDER_NUMBER, Kind, Table
from schemas.tables import TABLES
from schemas.text import Message

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

SPARK = b"org.apache.spark.version"
"""Stands in the metadata of files that Spark wrote; its INT96 times are UTC."""

IDENTIFIERS = frozenset((Kind.IDENTIFIER, Kind.TRACKING))
TIMES = frozenset((Kind.TIME,))
AS_TEXT = (
    "Write it as text where the file is made; in pandas: column.astype('Int64').astype('string'), in Spark: cast to bigint, then to string."
)
AS_TIMESTAMP = "Write it as a timestamp."
AS_FLAT = "Write one row an item, each column plain: explode lists, and give the fields of records columns of their own."

FLOATING = Unfit(IDENTIFIERS | TIMES, "holds floating-point numbers, which keep neither leading zeros nor all digits", AS_TEXT)
FRACTIONAL = Unfit(IDENTIFIERS | TIMES, "holds decimals with places after the point, which no identifier has", AS_TEXT)
WHOLE = Unfit(TIMES, "holds plain numbers, which are no times", AS_TIMESTAMP)
OPEN_TIME = Unfit(
    TIMES, "holds INT96 times, which do not say whether they are UTC", "Write them as TIMESTAMP_MICROS; Spark's own are known by its mark."
)
NESTED = Unfit(frozenset(Kind), "holds lists or records", AS_FLAT)
BYTES = Unfit(frozenset(Kind), "holds bytes that are not marked as text", "Write it as text.")


class Shape(NamedTuple):
    """The columns of a file: ``header``, their names; ``unfit``: by place, what their type keeps them from being; ``in_utc``: places of INT96 times that are UTC."""

    header: tuple[str, ...]
    unfit: dict[int, Unfit]
    in_utc: frozenset[int]


def shape_of(file: ParquetFile) -> Shape:
    """The shape of an open file."""
    schema = file.schema_arrow
    physical = [file.schema.column(place) for place in range(len(file.schema))]
    ancient = {column.path for column in physical if column.physical_type == "INT96"}
    by_spark = SPARK in (file.metadata.metadata or {})
    found = {place: _unfit(field, open_time=field.name in ancient and not by_spark) for place, field in enumerate(schema)}
    in_utc = frozenset(place for place, field in enumerate(schema) if by_spark and field.name in ancient)
    return Shape(
        tuple(field.name.strip() for field in schema),
        {place: unfit for place, unfit in found.items() if unfit},
        in_utc,
    )


def _unfit(field: pa.Field, *, open_time: bool) -> Unfit | None:
    type_ = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    if pa.types.is_nested(type_):
        return NESTED
    if pa.types.is_floating(type_):
        return FLOATING
    if pa.types.is_decimal(type_):
        return FRACTIONAL if type_.scale > 0 else WHOLE
    if pa.types.is_integer(type_):
        return WHOLE
    return OPEN_TIME if open_time else None


def refuse_nested(file: str, shape: Shape, schema: pa.Schema) -> None:
    """Raise FileFault where a table is whole only with what stands within lists or records."""
    plain = [name for place, name in enumerate(shape.header) if shape.unfit.get(place) is not NESTED]
    outer = {table.name: _meant(table, plain) for table in TABLES.values()}
    if any(_whole(table, outer[table.name]) for table in TABLES.values()):
        return
    fields = list(_fields(schema, shape))
    for table in TABLES.values():
        lacking = {*table.required, *table.distinctive} - outer[table.name]
        within = {path: found for path, name in fields if (found := _meant(table, [name]) & lacking)}
        if _whole(table, outer[table.name].union(*within.values())):
            raise FileFault(file, Message("holds columns within lists or records: {columns:words}.", {"columns": list(within)}), AS_FLAT)


def _whole(table: Table, names: set[str]) -> bool:
    return names.issuperset(table.required) and not names.isdisjoint(table.distinctive)


def _meant(table: Table, header: Sequence[str]) -> set[str]:
    """The columns of a table that headers spell; the two ids where they stand together."""
    names = {table.headers[key(cell)] for cell in header if key(cell) in table.headers}
    return names | set(IDS if ORDER_NUMBER.name in names else ())


def _fields(schema: pa.Schema, shape: Shape) -> Iterator[tuple[str, str]]:
    """Each plain field within a nested column: its path, and its own name."""
    for place, field in enumerate(schema):
        if shape.unfit.get(place) is NESTED:
            yield from _within(field, field.name)


def _within(field: pa.Field, path: str) -> Iterator[tuple[str, str]]:
    type_ = field.type
    if pa.types.is_struct(type_):
        for inner in type_:
            yield from _within(inner, f"{path}.{inner.name}")
    elif pa.types.is_map(type_):
        yield from _within(type_.item_field, path)
    elif pa.types.is_nested(type_) and type_.num_fields:
        yield from _within(type_.field(0), path)
    else:
        yield path, path.rsplit(".", 1)[-1]
