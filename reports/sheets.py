"""The data sheets: a title, a sentence, one real Excel table; placing computes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reports import style, words
from reports.book import Book, Field, done, height, number, safe, text
from reports.cells import missing

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    from xlsxwriter.worksheet import Worksheet

    from schemas.outcome import Outcome

SHEETS = ("Dashboard", "Actions", "Findings", "Orders at risk", "Brands", "Quarantine", "Rules", "Glossary", "Run")
HEADER_CHARACTERS = 60
"""Characters of the shop's name that a page header shows; Excel allows 255 for the whole."""

HEADER_ROW = 2
"""Row, from 0, of the table's header on most sheets."""


class Placed:
    """Where a table stands: its first and last data row, from 0."""

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last


def open_sheet(
    book: Book, outcome: Outcome, name: str, sentence: str, fields: Sequence[Field], *, printed: int, colour: str | None = None
) -> Worksheet:
    """A data sheet with its title, its sentence, its columns and its print set-up."""
    sheet = book.sheet(name, colour=colour)
    for place, field in enumerate(fields):
        done(sheet.set_column(place, place, field.width))
    sheet.set_row(0, 26)
    sheet.set_row(1, 30)
    book.write(sheet, 0, 0, name, book.format(style.TITLE))
    book.link(sheet, 0, printed - 1, "'Dashboard'!A1", "← Dashboard", book.format(style.BACK))
    done(sheet.merge_range(1, 0, 1, printed - 1, "", book.format(style.SENTENCE)))
    book.write(sheet, 1, 0, sentence, book.format(style.SENTENCE))
    shop = safe(outcome.run.shop or "order-audit")[:HEADER_CHARACTERS].replace("&", "&&")
    sheet.set_header(f"&L&8 {shop}&C&8 {name}&R&8 {outcome.run.as_of:%Y-%m-%d %H:%M} {outcome.run.zone}")
    sheet.set_footer(f"&L&8 order-audit {outcome.run.version}&C&8 Page &P of &N&R&8 &F")
    sheet.fit_to_pages(1, 0)
    return sheet


def place_table(
    book: Book,
    sheet: Worksheet,
    name: str,
    fields: Sequence[Field],
    rows: Sequence[Sequence[Any]],
    *,
    top: int = HEADER_ROW,
    freeze: int = 1,
    printed: int = 0,
    empty: str = words.NOTHING,
    filters: bool = True,
) -> Placed:
    """A real Excel table under its header; without rows, one that says so."""
    shown = list(rows) or [[empty if place == 1 or len(fields) == 1 else None for place in range(len(fields))]]
    sheet.set_row(top, 34)
    for offset, row in enumerate(shown, start=top + 1):
        sheet.set_row(offset, height(row, fields))
        for place, (field, value) in enumerate(zip(fields, row, strict=True)):
            book.write(sheet, offset, place, value, book.format(field.form))
    last = top + len(shown)
    header_formats = [
        book.format(style.HEADER, align=field.form.get("align", "left"), indent=field.form.get("indent", 0)) for field in fields
    ]
    columns = [{"header": field.header, "header_format": form} for field, form in zip(fields, header_formats, strict=True)]
    done(sheet.add_table(top, 0, last, len(fields) - 1, {"name": name, "columns": columns, "style": None, "autofilter": filters}))
    for place, field in enumerate(fields):
        done(sheet.write_string(top, place, field.header, header_formats[place]))
    if freeze:
        sheet.freeze_panes(top + 1, freeze)
        sheet.repeat_rows(top)
        sheet.print_area(0, 0, last, (printed or len(fields)) - 1)
    return Placed(top + 1, last)


def colour_words(book: Book, sheet: Worksheet, column: int, placed: Placed, looks: Mapping[str, Mapping[str, Any]]) -> None:
    """Colour cells by the word they hold, so that the colours survive sorting."""
    for word, look in looks.items():
        form = book.format({**look, "align": "center"})
        done(
            sheet.conditional_format(
                placed.first, column, placed.last, column, {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": form}
            )
        )


SEVERITY_LOOKS = {word: {"bg_color": fill, "font_color": ink, "bold": True} for word, (fill, ink) in style.SEVERITY.items()}


def local(outcome: Outcome, instant: pd.Timestamp) -> datetime | None:
    """An instant in shop time, as a cell holds it; None where there is none."""
    if missing(instant):
        return None
    moment: datetime = instant.tz_convert(outcome.run.zone).to_pydatetime()
    return moment.replace(microsecond=0)


def column_width_date() -> float:
    """Wide enough for the longest date in bold."""
    return 18.5


FINDING_FIELDS = (
    text("Severity", 9.5, align="center"), text("Standing", 12, align="center"), text("Rule", 8.5, bold=True), text("Name", 27, wraps=True), text("Order / article", 23),
    number("At stake, EUR", 10.5, style.MONEY), text("Kind", 12, wraps=True), number("Due (Paris)", 18.5, style.DEADLINE), text("Evidence", 42, wraps=True),
    text("Advice", 46, wraps=True), text("Confidence", 11), text("Since last run", 12), number("Nights open", 8), number("Occurred (Paris)", 17, style.MOMENT),
    text("SKU", 13), text("Brand", 14), text("File", 26), number("Row", 7, "0"), text("Finding id", 21, font_color=style.MUTED, font_size=8),
)  # fmt: skip


def write_findings(book: Book, outcome: Outcome, table: pd.DataFrame) -> Mapping[tuple[str, str], tuple[int, int]]:
    """The Findings sheet, worst first; the block of rows of each severity ("severity", word) and of each rule ("rule", code)."""
    shown = _costliest(table, outcome.run.max_rows)
    ordered = shown.sort_values(["rank", "place", "money", "finding_id"], ascending=[True, True, False, True], kind="stable")
    sentence = "One line for each finding, sorted by severity, rule and money. Amounts here can overlap; the sheet Orders at risk counts each order once."
    if len(shown) < len(table):
        sentence = f"{len(shown):,} of {len(table):,} findings are shown, the worst and costliest; all are in findings.csv. " + sentence
    sheet = open_sheet(book, outcome, "Findings", sentence, FINDING_FIELDS, printed=10)
    rows = [_finding(outcome, row) for row in ordered.itertuples()]
    placed = place_table(book, sheet, "Findings", FINDING_FIELDS, rows, freeze=5, printed=10)
    colour_words(book, sheet, 0, placed, SEVERITY_LOOKS)
    colour_words(book, sheet, 1, placed, style.STANDING)
    blocks: dict[tuple[str, str], tuple[int, int]] = {}
    for offset, row in enumerate(ordered.itertuples(), start=placed.first):
        for key in (("severity", row.severity), ("rule", row.rule)):
            first, last = blocks.get(key, (offset, offset - 1))
            if last == offset - 1:  # a rule with findings of several severities has several blocks: its first, the worst, is kept
                blocks[key] = (first, offset)
    return blocks


def _costliest(table: pd.DataFrame, most: int) -> pd.DataFrame:
    return table.sort_values(["rank", "money"], ascending=[True, False], kind="stable").head(most)


def _finding(outcome: Outcome, row: Any) -> list[Any]:
    return [
        words.SEVERITY[row.severity], words.STANDING[row.standing], row.rule, row.title, row.order if isinstance(row.order, str) else row.subject.partition(":")[2] or row.subject,
        row.stake, row.kind or None, local(outcome, row.deadline_at), row.said, row.advice,
        words.CONFIDENCE[row.confidence], row.state, row.nights_open, local(outcome, row.occurred_at), row.sku, row.brand, row.source_file,
        row.source_row, row.finding_id,
    ]  # fmt: skip


ORDER_FIELDS = (
    text("Order / article", 23), text("Product", 31, wraps=True), number("Ordered (Paris)", 17, style.MOMENT), number("Sold for, EUR", 11, style.MONEY),
    number("At stake, EUR", 11, style.MONEY), number("Sale lost", 11, style.MONEY), number("Fees", 10, style.MONEY), number("Fine", 10, style.MONEY),
    text("Worst", 10, align="center"), number("Findings", 9, "0"), text("What is wrong", 48, wraps=True), number("Due (Paris)", 18.5, style.DEADLINE),
)  # fmt: skip


def write_orders(book: Book, outcome: Outcome, risk: pd.DataFrame) -> Mapping[str, int]:
    """The Orders at risk sheet; the row of each order, from 0."""
    sentence = "One line for each order and article, with all that is wrong with it and its money counted once; costliest first."
    if len(risk) > outcome.run.max_rows:
        sentence = (
            f"{outcome.run.max_rows:,} of {len(risk):,} orders are shown, the costliest; all findings are in findings.csv. " + sentence
        )
    sheet = open_sheet(book, outcome, "Orders at risk", sentence, ORDER_FIELDS, printed=len(ORDER_FIELDS))
    book.write(sheet, 2, 0, f"{len(risk):,} orders", book.format({"bold": True}))
    for place, name in ((4, "stake"), (5, "sale"), (6, "fee"), (7, "fine")):
        book.write(sheet, 2, place, float(risk[name].sum()), book.format({"bold": True, "num_format": style.MONEY}))
    shown = risk.head(outcome.run.max_rows)
    rows = [
        [
            f"{row.purchase_id}/{row.item_id}", row.title, local(outcome, row.ordered_at), row.line_total / 100, row.stake or None, row.sale or None,
            row.fee or None, row.fine or None, words.SEVERITY[row.worst], row.findings, row.wrongs, local(outcome, row.deadline_at),
        ]
        for row in shown.itertuples()
    ]  # fmt: skip
    placed = place_table(book, sheet, "OrdersAtRisk", ORDER_FIELDS, rows, top=3)
    colour_words(book, sheet, 8, placed, SEVERITY_LOOKS)
    bar = {
        "type": "data_bar",
        "bar_color": style.BAR,
        "bar_border_color": style.BAR_EDGE,
        "bar_solid": True,
        "min_type": "num",
        "min_value": 0,
    }
    done(sheet.conditional_format(placed.first, 4, placed.last, 4, bar))
    return {str(row[0]): placed.first + offset for offset, row in enumerate(rows)}
