"""Save the managers' workbook: compute, place, close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import (
    action_sheet,
    brand_sheet,
    course,
    dashboard,
    figures,
    finding_sheet,
    more_sheets,
    order_sheet,
    page,
    run_sheet,
    style,
    words,
)
from reports.book import Book, done
from reports.cells import safe
from reports.sheets import as_of_facts
from reports.spoken import spoken

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from schemas.outcome import Outcome

SHOP_CHARACTERS = 200
"""Characters of the shop's name that the document's properties hold; Excel allows 255 for each."""


def save(outcome: Outcome, path: Path) -> None:
    """Write the nine sheets; the same Outcome gives the same bytes."""
    outcome = spoken(outcome)
    told = figures.told(outcome)
    active = figures.standing(told)
    lines = figures.actions(active, outcome.notes, outcome.language)
    risk = figures.orders_at_risk(outcome, active)
    tables = page.Tables(active, lines, risk, course.nights(outcome), figures.due(outcome, active, lines))
    book = Book(path, outcome.language)
    _properties(book, outcome)
    front = book.sheet("Dashboard", colour=style.NAVY)
    dashboard.write(book, front, outcome, tables, _data_sheets(book, outcome, tables, told))
    done(book.file.close())


def _data_sheets(book: Book, outcome: Outcome, tables: page.Tables, told: pd.DataFrame) -> page.Links:
    """The eight sheets behind the Dashboard, in order; where their rows stand."""
    actions = action_sheet.write_actions(book, outcome, tables.lines, order_sheet.rows_of(outcome, tables.risk))
    findings = finding_sheet.write_findings(book, outcome, told)
    orders = order_sheet.write_orders(book, outcome, tables.risk)
    brand_sheet.write_brands(book, outcome, tables.told)
    more_sheets.write_quarantine(book, outcome)
    rules = more_sheets.write_rules(book, outcome, tables.told, findings)
    more_sheets.write_glossary(book, outcome)
    charted = run_sheet.write_run(book, outcome, tables.nights, tables.when)
    return page.Links(findings, actions, orders, rules, charted, action_sheet.columns_of(outcome))


def _properties(book: Book, outcome: Outcome) -> None:
    run, shop = outcome.run, safe(outcome.run.shop)[:SHOP_CHARACTERS]
    book.file.set_size(1920, 1080)
    book.file.set_properties({
        "title": book.say(words.BOOK_TITLE if shop else words.BOOK_TITLE_PLAIN, {"shop": shop}),
        "subject": book.say(words.AS_OF, as_of_facts(book, outcome)), "author": "order-audit", "company": shop,
        "comments": f"order-audit {run.version}", "created": run.as_of.replace(tzinfo=None),
    })  # fmt: skip
    for name, value in (
        ("as_of", run.as_of.isoformat()),
        ("language", book.language.code),
        ("report_version", "1"),
        ("run_id", run.run_id),
        *action_sheet.whereabouts(outcome),
    ):
        book.file.set_custom_property(name, value)
