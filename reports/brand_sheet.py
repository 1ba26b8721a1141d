"""The sheet Brands: watchlist brands met, the counterfeit fine worked out, and the authorisations on file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from reports import style, words
from reports.book import Book
from reports.cells import missing
from reports.fields import number, text
from reports.sheets import cut, headed, local, open_sheet, place_table

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from schemas.outcome import Outcome

BRAND_FIELDS = (
    text("Brand", 22, bold=True), number("Orders", 12, "0"), number("Listings", 11, "0"), text("Rules", 22, wraps=True), text("Authorisation", 16),
    number("Valid to", 14, style.DAY), number("Days left", 10, "0"), number("Sales, EUR", 12, style.MONEY), number("Stock, EUR", 12, style.MONEY),
    number("20 % fine, EUR", 14, style.MONEY), text("What to do", 30, wraps=True),
)  # fmt: skip
AUTHORISATION_FIELDS = (
    text("Brand", 22, bold=True), text("Document", 12, wraps=True), number("From", 11, style.DAY), number("To", 22, style.DAY),
    text("State", 16), number("Days left", 14, "0"),
)  # fmt: skip
FINE = 9
"""Column, from 0, of the fine."""


def write_brands(book: Book, outcome: Outcome, told: pd.DataFrame) -> None:
    """Watchlist brands, the dearest fine first; the fine in four lines; every authorisation."""
    shown = outcome.brands.head(outcome.run.max_rows)
    fields = headed(book, BRAND_FIELDS)
    sentence = cut(book, book.say(words.BRANDS), len(shown), len(outcome.brands), words.BRANDS_CUT)
    sheet = open_sheet(book, outcome, "Brands", sentence, fields, printed=len(fields))
    todo = outcome.rules.set_index("code")["todo"]
    rows = [_brand(outcome, row, todo) for row in shown.itertuples()]
    placed = place_table(book, sheet, "Brands", fields, rows, about=words.BRANDS)
    row = _fine_lines(book, sheet, outcome, told, placed.last + 2)
    papers = [_paper(outcome, row) for row in outcome.authorisations.head(outcome.run.max_rows).itertuples()]
    book.write(sheet, row, 0, book.say(words.AUTHORISATIONS), book.format(style.HEADING))
    placed = place_table(
        book, sheet, "Authorisations", headed(book, AUTHORISATION_FIELDS), papers, top=row + 1, freeze=0, filters=False,
        empty=words.NO_AUTHORISATION, about=words.AUTHORISATIONS,
    )  # fmt: skip
    sheet.print_area(0, 0, placed.last, len(fields) - 1)


def _brand(outcome: Outcome, row: Any, todo: pd.Series[str]) -> list[Any]:
    return [
        row.brand, row.orders, row.listings, row.rules, _authorised(outcome, row.authorised), local(outcome, row.valid_to),
        _days_left(outcome, row.valid_to), row.sales / 100 or None, row.stock / 100 or None, row.fine / 100 or None, todo.get(row.rules.partition(",")[0]),
    ]  # fmt: skip


def _paper(outcome: Outcome, row: Any) -> list[Any]:
    days = _days_left(outcome, row.valid_to)
    return [row.brand, row.document, local(outcome, row.valid_from), local(outcome, row.valid_to), _authorised(outcome, row.state), days]


def _authorised(outcome: Outcome, state: str) -> str:
    """What has become of a brand's authorisation, in words."""
    return outcome.language.text(words.AUTHORISED[state])


def _days_left(outcome: Outcome, end: pd.Timestamp) -> int | None:
    """Whole days to the end of a paper; None where it has none, nil once it is over."""
    return None if missing(end) else max(0, (end - pd.Timestamp(outcome.run.as_of)).days)


def _fine_lines(book: Book, sheet: Worksheet, outcome: Outcome, told: pd.DataFrame, row: int) -> int:
    """The counterfeit fine that the total counts, worked out; the row after it."""
    of_items = told["item_id"].notna()
    sales, stock = (float(told.loc[rows, "counted_fine"].sum()) / 100 for rows in (of_items, ~of_items))
    fixed = outcome.exposure.fine_fixed / 100
    amounts = (fixed, sales, stock, fixed + sales + stock)
    for offset, (label, amount) in enumerate(zip(words.FINE_LINES, amounts, strict=True), start=row):
        last = label == words.FINE_LINES[-1]
        book.write(sheet, offset, 0, book.say(label), book.format({"bold": last}))
        book.write(sheet, offset, FINE, amount, book.format({"bold": last, "num_format": style.MONEY, "align": "right", "indent": 1}))
    return row + len(amounts) + 1
