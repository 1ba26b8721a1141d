"""The data sheets: a title, a sentence, one real Excel table; placing computes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reports import style, words
from reports.book import Book, done
from reports.cells import missing, safe

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    from xlsxwriter.worksheet import Worksheet

    from reports.fields import Field
    from schemas.outcome import Outcome


HEADER_CHARACTERS = 60
"""Characters of the shop's name that a page header shows; Excel allows 255 for the whole."""

FOOT_MARGIN = {"margin": 0.2}
"""From the edge of the paper to the footer, in inches: room for the tallest letters above it."""

HEADER_ROW = 2
"""Row, from 0, of the table's header on most sheets."""


class Placed:
    """Where a table stands: its first and last data row, from 0."""

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last


def headed(book: Book, fields: Sequence[Field]) -> list[Field]:
    """Columns in the book's language."""
    return [field.said(book.language, {}) for field in fields]


def open_sheet(
    book: Book,
    outcome: Outcome,
    name: str,
    sentence: str,
    fields: Sequence[Field],
    *,
    printed: int,
    colour: str | None = None,
    bold: bool = False,
) -> Worksheet:
    """A data sheet with its title, its sentence, its columns and its print set-up."""
    sheet = book.sheet(name, colour=colour)
    for place, field in enumerate(fields):
        done(sheet.set_column(place, place, field.width))
    sheet.set_row(0, 26)
    sheet.set_row(1, 30)
    book.write(sheet, 0, 0, book.named(name), book.format(style.TITLE))
    book.link(sheet, 0, printed - 1, book.leading("Dashboard", "A1"), book.say(words.BACK), book.format(style.BACK))
    done(sheet.merge_range(1, 0, 1, printed - 1, "", book.format(style.SENTENCE)))
    book.write(sheet, 1, 0, sentence, book.format(style.SENTENCE, **({"bold": True, "font_color": style.INK} if bold else {})))
    _print_edges(book, sheet, outcome, book.named(name))
    sheet.fit_to_pages(1, 0)
    return sheet


def _print_edges(book: Book, sheet: Worksheet, outcome: Outcome, name: str) -> None:
    """What stands above and below each printed page."""
    run = outcome.run
    shop = safe(run.shop or "order-audit")[:HEADER_CHARACTERS].replace("&", "&&")
    sheet.set_header(book.edge(shop, name, book.say(words.AS_OF, as_of_facts(book, outcome))))
    sheet.set_footer(book.edge(f"order-audit {run.version}", book.say(words.PAGE), "&F"), FOOT_MARGIN)


def as_of_facts(book: Book, outcome: Outcome) -> dict[str, str]:
    """The time that a run judges from, and the town whose time it is."""
    run = outcome.run
    return {"time": book.language.time(run.as_of), "zone": book.language.town(str(run.zone))}


def cut(book: Book, sentence: str, shown: int, every: int, told: str) -> str:
    """The sentence of a sheet; where its list is cut, first the sentence ``told`` that says so."""
    first = book.say(told, {"shown": shown, "count": every}) if shown < every else ""
    return book.language.sentences([first, sentence])


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
    about: str = "",
) -> Placed:
    """A real Excel table under its header; without rows, one that says so. ``about``: its alternative text."""
    shown = list(rows) or [[book.say(empty) if place == 1 or len(fields) == 1 else None for place in range(len(fields))]]
    sheet.set_row(top, max(34, book.header_height(fields)))
    for offset, row in enumerate(shown, start=top + 1):
        sheet.set_row(offset, book.height(row, fields))
        for place, (field, value) in enumerate(zip(fields, row, strict=True)):
            book.write(sheet, offset, place, value, book.format(field.form))
    last = top + len(shown)
    header_formats = [
        book.format(style.HEADER, align=field.form.get("align", "left"), indent=field.form.get("indent", 0)) for field in fields
    ]
    columns = [{"header": field.header, "header_format": form} for field, form in zip(fields, header_formats, strict=True)]
    told = {"title": name, "description": book.say(about) or name}
    done(sheet.add_table(top, 0, last, len(fields) - 1, {"name": name, "columns": columns, "style": None, "autofilter": filters, **told}))
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


def data_bar(sheet: Worksheet, cells: tuple[int, int, int, int]) -> None:
    """A bar behind the figures of some cells, from nil: first row, first column, last row, last column."""
    bar = {"type": "data_bar", "bar_color": style.BAR, "bar_border_color": style.BAR_EDGE, "bar_solid": True}
    done(sheet.conditional_format(*cells, {**bar, "min_type": "num", "min_value": 0}))


def local(outcome: Outcome, instant: pd.Timestamp) -> datetime | None:
    """An instant in shop time, as a cell holds it; None where there is none."""
    if missing(instant):
        return None
    moment: datetime = instant.tz_convert(outcome.run.zone).to_pydatetime()
    return moment.replace(microsecond=0)
