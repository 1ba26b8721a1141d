"""The sheet Orders at risk: one line an item, with all that is wrong with it and its money counted once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reports import style, words
from reports.book import Book
from reports.fields import number, text
from reports.sheets import colour_words, cut, data_bar, headed, local, open_sheet, place_table

if TYPE_CHECKING:
    import pandas as pd

    from schemas.outcome import Outcome

ORDER_FIELDS = (
    text("Order / article", 23), text("Product", 31, wraps=True), number("Ordered (Paris)", 17, style.MOMENT), number("Sold for, EUR", 11, style.MONEY),
    number("At stake, EUR", 11, style.MONEY), number("Sale lost", 11, style.MONEY), number("Fees", 10, style.MONEY), number("Fine", 10, style.MONEY),
    text("Worst", 10, align="center"), number("Findings", 9, "0", context="how many"), text("What is wrong", 48, wraps=True), number("Due (Paris)", 18.5, style.DEADLINE),
)  # fmt: skip
TOP = 3
"""Row, from 0, of the table's header; the totals stand above it, for below they would be filtered."""


def write_orders(book: Book, outcome: Outcome, risk: pd.DataFrame) -> Mapping[str, int]:
    """The Orders at risk sheet; the row of each order, from 0."""
    shown = risk.head(outcome.run.max_rows)
    fields = headed(book, ORDER_FIELDS)
    sentence = cut(book, _sentence(book, outcome, risk), len(shown), len(risk), words.ORDERS_CUT)
    sheet = open_sheet(book, outcome, "Orders at risk", sentence, fields, printed=len(fields), bold=len(shown) < len(risk))
    counted = book.say("{count:number} order", {"count": len(risk)}, plural="{count:number} orders")
    book.write(sheet, 2, 0, counted, book.format({"bold": True}))
    for place, name in ((4, "stake"), (5, "sale"), (6, "fee"), (7, "fine")):
        book.write(sheet, 2, place, float(risk[name].sum()), book.format({"bold": True, "num_format": style.MONEY}))
    rows = [_order(outcome, row) for row in shown.itertuples()]
    placed = place_table(book, sheet, "OrdersAtRisk", fields, rows, top=TOP, about=words.ORDERS)
    colour_words(book, sheet, 8, placed, book.looks(words.SEVERITY, style.SEVERITY_LOOKS))
    data_bar(sheet, (placed.first, 4, placed.last, 4))
    return {str(row[0]): placed.first + offset for offset, row in enumerate(rows)}


def _sentence(book: Book, outcome: Outcome, risk: pd.DataFrame) -> str:
    """What a line is, and why the totals fall short of the Dashboard's where they do."""
    total = outcome.exposure.total
    beside = total - round(float(risk["stake"].sum()) * 100)
    told = book.say(words.ORDERS_BESIDE, {"beside": beside, "total": total}) if beside > 0 else ""
    return book.language.sentences([book.say(words.ORDERS), told])


def rows_of(outcome: Outcome, risk: pd.DataFrame) -> dict[str, int]:
    """The row, from 0, at which each order will stand."""
    shown = risk.head(outcome.run.max_rows)
    return {f"{row.purchase_id}/{row.item_id}": TOP + 1 + place for place, row in enumerate(shown.itertuples())}


def _order(outcome: Outcome, row: Any) -> list[Any]:
    return [
        f"{row.purchase_id}/{row.item_id}", row.title, local(outcome, row.ordered_at), row.line_total / 100, row.stake or None, row.sale or None,
        row.fee or None, row.fine or None, outcome.language.text(words.SEVERITY[row.worst]), row.findings, row.wrongs, local(outcome, row.deadline_at),
    ]  # fmt: skip
