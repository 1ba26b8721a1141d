"""The workbook of all shops: how each stands, what is to be done first in any of them, and which rules they break."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports import style, words
from reports.book import Book, done
from reports.cells import missing
from reports.fields import Field, number, text
from reports.sheets import FOOT_MARGIN, Placed, colour_words, cut, data_bar, headed, place_table
from reports.shop_figures import Overview, overview

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import pandas as pd
    from xlsxwriter.worksheet import Worksheet

    from schemas.language import Language
    from schemas.shops import ShopNight

MOST = 10_000
"""Actions that the workbook shows; each shop's own holds the rest."""

TOP = 3
"""Row, from 0, of the table of shops; the totals stand above it, for below they would be filtered."""

SHOP_FIELDS = (
    text("Shop", 22, bold=True, wraps=True), text("State", 17, align="center"), number("Critical", 10), number("High", 10), number("Medium", 10.5), number("Low", 10),
    number("New", 11, context="how many"), number("Overdue", 10.5), number("Due today", 12), number("At stake, EUR", 12, style.MONEY), number("Sale lost", 11, style.MONEY),
    number("Fees", 10, style.MONEY), number("Fine", 10, style.MONEY), number("Rules not run", 12), number("Rows refused", 10.5),
    number("As of (shop time)", 17, style.MOMENT), number("Ended in", 8, "0"), text("Why there is no audit", 44, wraps=True),
)  # fmt: skip
ACTION_FIELDS = (
    text("When", 10.5, bold=True), number("Due (shop time)", 18.5, style.DEADLINE), text("Shop", 22, wraps=True), text("Severity", 9.5, align="center"),
    text("Order / article", 23), number("At stake, EUR", 10.5, style.MONEY), text("What to do", 32, bold=True, wraps=True), text("Rules", 16, wraps=True),
)  # fmt: skip
RULE_FIELDS = (
    text("Rule", 9, bold=True), text("Name", 38, wraps=True), text("Severity", 10, align="center"), text("Standing", 12, align="center"),
    number("Findings", 9, "0", context="how many"), number("Shops", 10, "0"), number("At stake, EUR", 12, style.MONEY), text("Most findings at", 24, wraps=True),
)  # fmt: skip

COUNTED = ("critical", "high", "medium", "low", "new", "overdue", "today")
MONEY = ("money", "sale", "fee", "fine")
LOOKS: Mapping[str, Mapping[str, Any]] = {
    **{state: dict(zip(("bg_color", "font_color"), style.VERDICT[state], strict=True)) for state in words.BADGES},
    "none": {"bg_color": style.WHITE, "font_color": style.CRITICAL, "bold": True},
}


def save(nights: Iterable[ShopNight], language: Language, path: Path) -> None:
    """Write the three sheets."""
    found = overview(nights, language, MOST)
    book = Book(path, language)
    book.file.set_properties({"title": book.say(words.SHOPS_TITLE), "author": "order-audit", "created": _latest(found.shops)})
    _shops(book, found.shops)
    _actions(book, found)
    _rules(book, found.rules)
    done(book.file.close())


def _latest(shops: pd.DataFrame) -> Any:
    """The latest instant that a shop was judged from: the same tables give the same bytes."""
    known = shops["as_of"].dropna() if "as_of" in shops else []
    return max(moment.replace(tzinfo=None) for moment in known) if len(known) else style.NO_DAY


def _open(book: Book, name: str, sentence: str, fields: Sequence[Field]) -> Worksheet:
    sheet = book.sheet(name)
    for place, field in enumerate(fields):
        done(sheet.set_column(place, place, field.width))
    sheet.set_row(0, 26)
    sheet.set_row(1, 30)
    book.write(sheet, 0, 0, book.named(name), book.format(style.TITLE))
    done(sheet.merge_range(1, 0, 1, len(fields) - 1, "", book.format(style.SENTENCE)))
    book.write(sheet, 1, 0, sentence, book.format(style.SENTENCE))
    sheet.set_footer(book.edge("", book.say(words.PAGE), "&F"), FOOT_MARGIN)
    sheet.fit_to_pages(1, 0)
    return sheet


def _shops(book: Book, shops: pd.DataFrame) -> None:
    counts = shops["state"].value_counts()
    facts = {"shops": len(shops), **{state: int(counts.get(state, 0)) for state in words.SHOP_STATES}, "money": float(shops["money"].sum())}
    fields = headed(book, SHOP_FIELDS)
    sheet = _open(book, "Shops", book.language.sentences([book.say(words.SHOPS_VERDICT, facts), book.say(words.SHOPS)]), fields)
    placed = place_table(book, sheet, "Shops", fields, [_shop(book, row) for _, row in shops.iterrows()], top=TOP, about=words.SHOPS)
    bold = book.format({"bold": True, "num_format": style.MONEY})
    book.write(sheet, TOP - 1, 0, book.say(words.TOTAL), book.format({"bold": True}))
    for place, name in enumerate(("money", "sale", "fee", "fine"), start=9):
        if name in shops:
            book.write(sheet, TOP - 1, place, float(shops[name].sum()), bold)
    colour_words(book, sheet, 1, placed, book.looks(words.SHOP_STATES, LOOKS))
    data_bar(sheet, (placed.first, 9, placed.last, 9))
    _link(book, sheet, shops, placed)


def _shop(book: Book, row: pd.Series) -> list[Any]:
    known = {name: None if missing(value) else value for name, value in row.items()}
    as_of = known.get("as_of")
    return [
        known["shop"], book.say(words.SHOP_STATES[str(known["state"])]), *(known.get(name) for name in COUNTED), *(known.get(name) or None for name in MONEY),
        known.get("blind"), known.get("refused"), as_of and as_of.replace(tzinfo=None), known["exit_code"], known["why"] or None,
    ]  # fmt: skip


def _link(book: Book, sheet: Worksheet, shops: pd.DataFrame, placed: Placed) -> None:
    """Each shop's name leads to its own workbook, which lies beside this one."""
    look = book.format(SHOP_FIELDS[0].form, font_color=style.LINK, underline=1)
    for row, (name, report) in enumerate(zip(shops["shop"], shops["report"], strict=True), start=placed.first):
        if report:
            done(sheet.write_url(row, 0, f"external:{report}", look, name))


def _actions(book: Book, found: Overview) -> None:
    shown = found.actions
    fields = headed(book, ACTION_FIELDS)
    sentence = cut(book, book.say(words.SHOPS_ACTIONS), len(shown), found.every_action, words.ACTIONS_CUT)
    sheet = _open(book, "Actions", sentence, fields)
    rows = [
        [
            book.say(words.WHEN[row.bucket]),
            _local(row.due_local),
            row.shop,
            book.say(words.SEVERITY[row.severity]),
            row.subject_text,
            row.money or None,
            row.todo,
            row.codes,
        ]
        for row in shown.itertuples()
    ]
    placed = place_table(book, sheet, "Actions", fields, rows, empty=words.NOTHING_TO_DO, about=words.SHOPS_ACTIONS)
    colour_words(book, sheet, 3, placed, book.looks(words.SEVERITY, style.SEVERITY_LOOKS))


def _local(moment: Any) -> Any:
    return None if missing(moment) else moment.tz_localize(None).floor("s").to_pydatetime()


def _rules(book: Book, rules: pd.DataFrame) -> None:
    fields = headed(book, RULE_FIELDS)
    sheet = _open(book, "Rules", book.say(words.SHOPS_RULES), fields)
    rows = [
        [
            row.code,
            row.title,
            book.say(words.SEVERITY.get(row.severity, "")),
            book.say(words.STANDING.get(row.standing, "")),
            row.found,
            row.shops,
            row.money or None,
            row.shop,
        ]
        for row in rules.itertuples()
    ]
    placed = place_table(book, sheet, "Rules", fields, rows, about=words.SHOPS_RULES)
    colour_words(book, sheet, 2, placed, book.looks(words.SEVERITY, style.SEVERITY_LOOKS))
    colour_words(book, sheet, 3, placed, book.looks(words.STANDING, style.STANDING))
