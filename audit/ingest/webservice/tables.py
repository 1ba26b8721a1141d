"""Answers to rows of text under canonical headers, which go the way of every file's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from audit.ingest.rows import Broken, TextRows
from audit.ingest.webservice import names
from audit.ingest.webservice.answer import Answer, Told
from audit.ingest.webservice.merging import Merged
from audit.ingest.webservice.reading import MAIN
from schemas.table import Kind
from schemas.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "claims": ("claim_id", "purchase_id", "item_id", "opened_at", "claim_type", "claim_status"),
    "messages": ("message_id", "purchase_id", "item_id", "sent_at", "sender", "recipient", "body"),
    "listings": ("sku", "title", "category", "condition", "price", "stock", "comment", "ean"),
    names.SHIPPING: ("purchase_id", "shipping_mode", "tracking_number", "tracking_url"),
    names.TRACKING: ("purchase_id", "item_id", "carrier", "tracking_number", "tracking_url"),
}
"""The columns of each table, of shipments by the answer."""


def all_rows(answers: Sequence[Answer], merged: Merged) -> list[tuple[str, TextRows]]:
    """Each answer's rows with the table that they feed; several for an answer that feeds several."""
    orders = _columns_of_orders(answers)
    found = []
    for answer in answers:
        for table in answer.tables:
            columns = orders if table == "orders" else COLUMNS.get(table) or COLUMNS[answer.action]
            found.append((table, _rows(answer, table, columns, merged)))
    return found


def _columns_of_orders(answers: Sequence[Answer]) -> tuple[str, ...]:
    """The columns that these answers can tell, and those that must be there, in their usual order."""
    told = set(TABLES["orders"].required).union(*(names.COLUMNS.get(answer.action, ()) for answer in answers))
    return tuple(name for name in TABLES["orders"].by_name if name in told)


def _rows(answer: Answer, table: str, columns: tuple[str, ...], merged: Merged) -> TextRows:
    told = sorted(merged.rows.get((answer, table), []), key=lambda row: row.row)
    return TextRows(
        file=answer.file,
        sheet=_sheet(answer, table),
        header=columns,
        header_row=0,
        cells=_frame(told, table, columns),
        broken=tuple(fault for row in told for fault in _faults(row, table, columns)),
        blank=answer.blank[table],
        merged=merged.counts[answer, table],
        sha256=answer.sha256,
        encoding=answer.encoding,
        answer=answer.action,
    )


def _sheet(answer: Answer, table: str) -> str:
    """How a table of a file is told from the others of it, as a workbook's sheets are; "" for the first of a file's only action."""
    parts = (answer.action if answer.mixed else "", table if table != MAIN[answer.action] else "")
    return " ".join(part for part in parts if part)


def _frame(told: Sequence[Told], table: str, columns: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    written = list(zip(*([_written(row, table, name) for name in columns] for row in told), strict=True)) or [()] * len(columns)
    index = pd.Index([row.row for row in told], dtype="int64")
    return pd.DataFrame({place: pd.Series(list(column), index=index, dtype="str") for place, column in enumerate(written)}, index=index)


def _written(row: Told, table: str, name: str) -> str:
    """A cell's text; an amount without its currency where that is the row's, so that another one is seen to contradict it."""
    text = row.cells.get(name, "")
    if TABLES[table].by_name[name].kind is Kind.MONEY:
        return text.removesuffix(f" {row.cells.get('currency', '')}").strip()
    return text


def _faults(row: Told, table: str, columns: tuple[str, ...]) -> list[Broken]:
    """The cells that can't be used."""
    return [
        Broken(row.row, reason, _written(row, table, name), columns.index(name)) for name, reason in row.faults.items() if name in columns
    ]
