"""The proofs of the two passes: what stands in a text, and what it was converted to, each judged by a pandera schema."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from audit.ledger.faults import cell_faults
from audit.normalise import Cells
from audit.normalise.identifiers import SPREADSHEET_DAMAGE
from audit.normalise.raw import arrow, raw
from schemas.proving import SchemaErrors, pa
from schemas.table import Column, Kind, Table

IDENTIFIERS = (Kind.IDENTIFIER, Kind.TRACKING)
DAMAGED = ".,+"
"""Signs without any of which no number is one that a spreadsheet has damaged."""

Mask = npt.NDArray[np.bool_]
Shown = Callable[[str, "pd.Index[int]"], "pd.Series[str]"]


class Words(NamedTuple):
    """A file's columns by canonical name, on the index of its rows."""

    held: Mapping[str, Cells]
    index: pd.Index[int]

    def shown(self, name: str, rows: pd.Index[int]) -> pd.Series[str]:
        """The text of some cells; "" for those of a column that the file lacks."""
        return self.held[name].shown(rows) if name in self.held else pd.Series([""] * len(rows), dtype="str")


def text_schema(table: Table, present: Collection[str]) -> pa.DataFrameSchema:
    """The pandera schema of a table's text: what must be filled, and identifiers that a spreadsheet has not damaged."""
    made = {}
    for column in table.columns:
        if column.name in present and (column.kind in IDENTIFIERS or column.filled):
            whole = pa.Check(lambda cells: ~cells.str.fullmatch(SPREADSHEET_DAMAGE), error="damaged-identifier")
            made[column.name] = pa.Column("str", [whole] if column.kind in IDENTIFIERS else [], nullable=not column.filled)
    return pa.DataFrameSchema(made)


def text_pass(words: Words, table: Table) -> list[pd.DataFrame]:
    """The faults of a table's text; only columns and rows that can have one are shown to the schema."""
    suspects = {column.name: _suspect(column, words.held[column.name]) for column in table.columns if column.name in words.held}
    suspects = {name: suspect for name, suspect in suspects.items() if suspect.any()}
    if not suspects:
        return []
    suspect = np.logical_or.reduce(list(suspects.values()))
    text = pd.DataFrame({name: words.held[name].text[suspect] for name in suspects}, index=words.index[suspect])
    return failures(text, text_schema(table, suspects.keys()), table, words.shown)


def _suspect(column: Column, cells: Cells) -> Mask:
    """Which cells of a text are blank where they must not be, or have a sign of a number that a spreadsheet has damaged."""
    suspect = cells.blank if column.filled else np.zeros(len(cells.index), dtype=np.bool_)
    if column.kind not in IDENTIFIERS:
        return suspect
    seen = raw(arrow(cells.text))
    signs = np.logical_or.reduce([seen.within == ord(sign) for sign in DAMAGED])
    return suspect | seen.cells_at(np.flatnonzero(signs) + seen.starts[0]) if signs.any() else suspect


def typed_pass(typed: pd.DataFrame, faults: pd.DataFrame, words: Words, table: Table) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """Prove what was converted of the rows without faults; columns in which something fails are proved again without those rows.

    Only cells that can fail are shown to the schema here; it proves the whole table once all its files are together.
    """
    late: list[pd.DataFrame] = []
    standing = _standing(typed, faults)
    suspects = {name: mask & standing for name, mask in _maybe_wrong(typed, table)}
    names = [name for name, mask in suspects.items() if mask.any()]
    if names:
        left = doubtful = typed.loc[np.logical_or.reduce([suspects[name] for name in names]), names]
        while len(left) and (failed := failures(left, _only(table.typed_schema, names), table, words.shown)):
            late += failed
            names = [str(each["column"].iloc[0]) for each in failed]
            left = doubtful.loc[_standing(doubtful, pd.concat(late)), names]
        standing = _standing(typed, pd.concat([faults, *late])) if late else standing
    return (typed if standing.all() else typed[standing]), late


def _only(schema: pa.DataFrameSchema, names: Collection[str]) -> pa.DataFrameSchema:
    """A schema of some columns alone."""
    return pa.DataFrameSchema({name: schema.columns[name] for name in names})


def _maybe_wrong(typed: pd.DataFrame, table: Table) -> Iterator[tuple[str, Mask]]:
    """By column the rows with a value below its least one, or without one where there must be one."""
    for column in table.columns:
        wrong = np.zeros(len(typed), dtype=np.bool_)
        if column.minimum is not None:
            wrong |= (typed[column.name] < column.minimum).fillna(value=False).to_numpy(dtype=np.bool_)
        if column.filled:
            wrong |= typed[column.name].isna().to_numpy()
        yield column.name, wrong


def prove_typed(typed: pd.DataFrame, table: Table) -> pd.DataFrame:
    """A table's accepted rows as they are; raises SchemaErrors where one is not what the schema says: a defect of this program."""
    columns = list(table.typed_columns)
    table.typed_schema.validate(typed[columns], lazy=True, inplace=True)
    return typed


def _standing(rows: pd.DataFrame, faults: pd.DataFrame) -> Mask:
    """Which rows are without fault."""
    faulty = pd.Index(faults["row"].unique()) if len(faults) else pd.Index([])
    standing: Mask = ~rows.index.isin(faulty)
    return standing


def failures(frame: pd.DataFrame, schema: pa.DataFrameSchema, table: Table, shown: Shown) -> list[pd.DataFrame]:
    """What a schema finds, one table of faults a column."""
    try:
        schema.validate(frame, lazy=True, inplace=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        if cases["index"].isna().any():
            raise AssertionError(f"the schema of {table.name} failed as a whole:\n{cases}") from errors
        cases = cases.drop_duplicates(["index", "column"]).replace({"check": {"not_nullable": "missing"}})
        return [_told(failed, table, str(name), shown) for name, failed in cases.groupby("column", sort=False)]
    return []


def _told(failed: pd.DataFrame, table: Table, name: str, shown: Shown) -> pd.DataFrame:
    rows = pd.Index(failed["index"].astype("int64"))
    return cell_faults(pd.Series(failed["check"].to_numpy(), index=rows), table.by_name[name], shown(name, rows))
