"""Save the managers' workbook: compute, place, close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import action_sheet, dashboard, figures, more_sheets, page, sheets, style
from reports.book import Book, done, safe

if TYPE_CHECKING:
    from pathlib import Path

    from schemas.outcome import Outcome


def save(outcome: Outcome, path: Path) -> None:
    """Write the nine sheets; the same Outcome gives the same bytes."""
    told = figures.told(outcome)
    active = figures.standing(told)
    tables = page.Tables(active, figures.actions(active, outcome.notes), figures.orders_at_risk(outcome, active))
    book = Book(path)
    _properties(book, outcome)
    front = book.sheet("Dashboard", colour=style.NAVY)
    order_rows = _order_rows(outcome, tables)
    actions = action_sheet.write_actions(book, outcome, tables.lines, order_rows)
    findings = sheets.write_findings(book, outcome, told)
    orders = sheets.write_orders(book, outcome, tables.risk)
    more_sheets.write_brands(book, outcome)
    more_sheets.write_quarantine(book, outcome)
    rules = more_sheets.write_rules(book, outcome, findings)
    more_sheets.write_glossary(book, outcome)
    more_sheets.write_run(book, outcome)
    dashboard.write(book, front, outcome, tables, page.Links(findings, actions, orders, rules))
    done(book.file.close())


def _order_rows(outcome: Outcome, tables: page.Tables) -> dict[str, int]:
    """The row, from 0, at which each order will stand on Orders at risk."""
    shown = tables.risk.head(outcome.run.max_rows)
    return {f"{row.purchase_id}/{row.item_id}": 4 + place for place, row in enumerate(shown.itertuples())}


def _properties(book: Book, outcome: Outcome) -> None:
    run = outcome.run
    book.file.set_size(1920, 1080)
    book.file.set_properties({
        "title": f"Nightly order audit - {safe(run.shop)[:200] or 'shop'}", "subject": run.as_of.isoformat(), "author": "order-audit", "company": safe(run.shop)[:200],
        "comments": f"order-audit {run.version}", "created": run.as_of.replace(tzinfo=None),
    })  # fmt: skip
    for name, value in (
        ("as_of", run.as_of.isoformat()),
        ("language", "en"),
        ("report_version", "1"),
        ("run_id", run.run_id),
        *action_sheet.whereabouts(),
    ):
        book.file.set_custom_property(name, value)
