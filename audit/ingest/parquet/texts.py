"""Typed columns as text that says exactly what they hold."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit.ingest.workbooks.cells import as_text

if TYPE_CHECKING:
    from audit.ingest.workbooks.cells import Mask

TEXT = pa.large_string()
EXACT_SINGLE = 131_072
"""Beyond it single-precision numbers lie further apart than cents: none says which cent it was."""


class Texts(NamedTuple):
    """A column's texts, "" for null; which rows hold bytes that are no text, if any; and whether it holds bytes as such."""

    told: pa.Array
    undecoded: Mask | None = None
    is_bytes: bool = False


def texts(column: pa.ChunkedArray, *, in_utc: bool = False) -> Texts:
    """A column as text; ``in_utc``: its times are UTC though their type does not say so."""
    if isinstance(column.type, pa.BaseExtensionType):
        column = pa.chunked_array([chunk.storage for chunk in column.chunks], column.type.storage_type)
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if _is_binary(column.type) or _is_text(column.type):
        return _decoded(column)
    return Texts(_whole(_writer(column.type, in_utc=in_utc)(column)))


def _whole(told: Any) -> pa.Array:
    return pc.fill_null(told.combine_chunks() if isinstance(told, pa.ChunkedArray) else told, "")


def _decoded(column: pa.ChunkedArray) -> Texts:
    """Texts as they stand, and which of them are no UTF-8; bytes as text only where all of them are."""
    try:
        told = column.cast(pa.large_binary()).cast(TEXT)
    except pa.ArrowInvalid:
        if _is_binary(column.type):
            return Texts(_whole(pa.nulls(len(column), TEXT)), is_bytes=True)
        held = column.cast(pa.large_binary()).to_pylist()
        marked = [(value or b"").decode("utf-8", "replace") for value in held]
        undecoded = np.array([text.encode() != (value or b"") for text, value in zip(marked, held, strict=True)])
        return Texts(pa.array(marked, TEXT), undecoded)
    return Texts(_whole(told))


def _is_binary(kind: pa.DataType) -> bool:
    return any(
        check(kind) for check in (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary, pa.types.is_binary_view)
    )


def _is_text(kind: pa.DataType) -> bool:
    return any(check(kind) for check in (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view))


def _writer(kind: pa.DataType, *, in_utc: bool) -> Callable[[pa.ChunkedArray], Any]:
    """How columns of a type are written."""
    if pa.types.is_null(kind) or pa.types.is_nested(kind):
        return lambda column: pa.nulls(len(column), TEXT)
    if pa.types.is_timestamp(kind):
        return _instants if kind.tz or in_utc else _local_times
    if pa.types.is_floating(kind):
        return lambda column: _distinct(column, _single if kind.bit_width < 64 else as_text)  # noqa: PLR2004 - bits of a double
    if pa.types.is_decimal(kind):
        return lambda column: _distinct(column, _decimal)
    if pa.types.is_boolean(kind) or pa.types.is_integer(kind) or pa.types.is_date(kind):
        return lambda column: column.cast(TEXT)
    return lambda column: _distinct(column, str)


def _distinct(column: pa.ChunkedArray, write: Callable[[Any], str]) -> pa.ChunkedArray:
    """Each different value put into words once; not-a-number is nothing."""
    coded = column.combine_chunks().dictionary_encode()
    values = [value.as_py() for value in coded.dictionary]
    words = pa.array([None if value != value else write(value) for value in values], TEXT)  # noqa: PLR0124 - not-a-number
    return words.take(coded.indices)


def _decimal(value: Decimal) -> str:
    """All that a decimal says: no exponent, and no more zeros behind the point than cents have."""
    whole, _, places = format(value, "f").partition(".")
    places = places.rstrip("0").ljust(2, "0") if places else ""
    return f"{whole}.{places}" if places.strip("0") or places == "00" else whole


def _single(value: float) -> str:
    """The shortest number that a single-precision one stands for, as far as its cents are certain; all of its digits beyond."""
    if abs(value) >= EXACT_SINGLE:
        return format(Decimal(value), "f")
    return np.format_float_positional(np.float32(value), trim="-")


def _instants(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Times of a zone, in UTC."""
    bare = column.cast(pa.timestamp(column.type.unit, "UTC")).cast(pa.timestamp(column.type.unit))
    return pc.binary_join_element_wise(_shortened(bare), pa.scalar("Z", TEXT), pa.scalar("", TEXT))


def _local_times(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Times without a zone; a midnight is a day, as in workbooks and DataFrames."""
    return pc.replace_substring_regex(_shortened(column), " 00:00:00$", "")


def _shortened(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Times as ISO 8601, without a fraction of a second that is nothing."""
    return pc.replace_substring_regex(column.cast(TEXT), r"(:\d\d)(?:\.0+)?$|(\.\d*?)0+$", r"\1\2")
