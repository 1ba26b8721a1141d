"""Columns of plain cells: their texts, which of them are numbers, and formulas without a value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from audit.ingest.rows import Broken
from audit.ingest.workbooks.context import Context
from audit.ingest.workbooks.grid import Column
from audit.ingest.workbooks.plain import Batch
from audit.ingest.workbooks.strings import without_entities
from audit.ingest.workbooks.texts import texts_of
from audit.ingest.workbooks.ways import NUMBERS, WORKED_OUT, Kind, Way, ways_of
from audit.ingest.workbooks.wellformed import NotPlainError

if TYPE_CHECKING:
    import pyarrow as pa

    from audit.ingest.workbooks.cells import Mask
    from audit.ingest.workbooks.ways import Codes, Kinds


BLANK = Way(Kind.INLINE)
"""How cells that hold nothing are understood, whatever their attributes say."""


class Told(NamedTuple):
    """Columns of some rows, and their formulas that have no value."""

    columns: list[Column]
    faults: list[Broken]


def as_columns(batch: Batch, width: int, context: Context) -> Told:
    """The cells of some rows by columns; raises NotPlainError where a value is none of its kind."""
    import pyarrow.compute as pc

    cells = batch.cells
    ways, codes = ways_of(cells, context)
    kinds = np.array([way.kind for way in ways], dtype="int8")[codes]
    blank = pc.equal(pc.binary_length(cells.values), 0).to_numpy(zero_copy_only=False)
    if cells.columns.max(initial=-1) >= width or (kinds[blank] == Kind.ERROR).any():
        raise NotPlainError
    texts = _texts(cells.values, [*ways, BLANK], np.where(blank, len(ways), codes), context)
    return Told(_columns(batch, width, texts, np.isin(kinds, NUMBERS) & ~blank), _without_value(batch, kinds))


def _texts(values: pa.Array, ways: Sequence[Way], codes: Codes, context: Context) -> pa.Array:
    """The texts of cells in their order, worked out for each way at once."""
    import pyarrow as pa

    own = [np.flatnonzero(codes == code) for code in range(len(ways))]
    parts = [texts_of(values.take(pa.array(places)), way, context) for way, places in zip(ways, own, strict=True) if len(places)]
    order = np.empty(len(codes), dtype="int64")
    order[np.concatenate(own)] = np.arange(len(codes))
    return pa.concat_arrays(parts).take(pa.array(order)) if parts else pa.array([], pa.large_string())


def _columns(batch: Batch, width: int, texts: pa.Array, numbers: Mask) -> list[Column]:
    """Texts and marks of cells put where they stand; other places are blank."""
    import pyarrow as pa

    texts, numbers = pa.concat_arrays([texts, pa.array([""], pa.large_string())]), np.append(numbers, False)
    slots = np.full((width, len(batch.numbers)), len(texts) - 1)
    slots[batch.cells.columns, batch.cells.rows] = np.arange(len(texts) - 1)
    return [Column(texts.take(pa.array(places)), numbers[places] if numbers[places].any() else None) for places in slots]


def _without_value(batch: Batch, kinds: Kinds) -> list[Broken]:
    """The formulas that should have a value and have none."""
    import pyarrow as pa

    cells = batch.cells
    lacking = np.isin(kinds[cells.lacking], WORKED_OUT)
    places = cells.lacking[lacking]
    formulas = without_entities(cells.formulas.filter(pa.array(lacking))).to_pylist()
    rows, columns = batch.numbers[cells.rows[places]].tolist(), cells.columns[places].tolist()
    return [Broken(row, "no-value", f"={formula}", column) for row, formula, column in zip(rows, formulas, columns, strict=True)]
