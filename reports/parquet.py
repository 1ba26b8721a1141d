"""The files for data platforms: findings and reasons of refused rows as Parquet, with types that stay."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet

from reports.cells import missing
from reports.files import COLUMNS, named
from schemas.reasons import REASONS
from schemas.text import say_json

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from schemas.outcome import Outcome

TEXT, WHOLE, MOMENT = pa.string(), pa.int64(), pa.timestamp("us", "UTC")
EUROS = pa.decimal128(18, 2)
OTHER_THAN_TEXT = {
    **dict.fromkeys(("occurred_at", "deadline_at", "first_seen"), MOMENT),
    **{f"exposure_{kind}_eur": EUROS for kind in ("sale", "fee", "fine")},
    **dict.fromkeys(("source_row", "nights_open"), WHOLE),
}
ALWAYS = ("finding_id", "rule", "name", "family", "severity", "confidence", "standing", "subject", "evidence", "advice")
"""Columns that no finding leaves blank."""

FINDINGS = pa.schema([pa.field(name, OTHER_THAN_TEXT.get(name, TEXT), nullable=name not in ALWAYS) for name in COLUMNS])
"""Columns of findings.parquet: those of findings.csv."""

REFUSED = pa.schema(
    [
        pa.field("file", TEXT, nullable=False),
        pa.field("sheet", TEXT),
        pa.field("table", TEXT, nullable=False),
        pa.field("source_row", WHOLE, nullable=False),
        pa.field("column", TEXT),
        pa.field("value", TEXT),
        pa.field("reason", TEXT, nullable=False),
        pa.field("explanation", TEXT, nullable=False),
        pa.field("remedy", TEXT, nullable=False),
        pa.field("repair_file", TEXT, nullable=False),
    ]
)
"""Columns of quarantine/refused.parquet: one row a reason; the rows as received stand in their repair file."""


def write_findings(outcome: Outcome, path: Path) -> None:
    """Write the findings in the report's order: times as instants, euros as exact decimals, nothing as null."""
    table = named(outcome)
    for kind in ("sale", "fee", "fine"):
        table[f"exposure_{kind}_eur"] = [_euros(cents) for cents in outcome.findings[f"exposure_{kind}"]]
    _write(table, FINDINGS, path)


def _euros(cents: Any) -> Decimal | None:
    return None if missing(cents) else Decimal(int(cents)) / 100


def write_refused(outcome: Outcome, path: Path) -> None:
    """Write why each row was refused: the reason by code and in words, and what to do; for its owner only."""
    table = outcome.quarantine.rename(columns={"row": "source_row"})
    for name, sentence in (("explanation", "wrong"), ("remedy", "remedy")):
        pairs = zip(table["reason"], table["facts"], strict=True)
        table[name] = [say_json(getattr(REASONS[reason], sentence), facts, outcome.language) for reason, facts in pairs]
    _write(table, REFUSED, path)
    path.chmod(0o600)


def _write(table: pd.DataFrame, schema: pa.Schema, path: Path) -> None:
    columns = [_array(table[field.name], field) for field in schema]
    pa.parquet.write_table(pa.table(columns, schema=schema), path)


def _array(column: pd.Series[Any], field: pa.Field) -> pa.Array:
    """A column as the schema has it; blank texts are nothing where there may be nothing."""
    cells = [None if missing(cell) or (cell == "" and field.nullable) else cell for cell in column.astype(object)]
    return pa.array(cells, field.type)
