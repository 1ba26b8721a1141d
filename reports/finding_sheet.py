"""The sheet Findings: one line a finding, worst first, waived ones grey at the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reports import figures, style, words
from reports.book import Book, done
from reports.cells import figure
from reports.fields import number, text
from reports.sheets import Placed, colour_words, cut, headed, local, open_sheet, place_table
from schemas.history import State

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.worksheet import Worksheet

    from schemas.outcome import Outcome

FINDING_FIELDS = (
    text("Severity", 9.5, align="center"), text("Standing", 12, align="center"), text("Rule", 8.5, bold=True), text("Name", 27, wraps=True), text("Order / article", 23),
    number("At stake, EUR", 10.5, style.MONEY), text("Kind", 12, wraps=True), number("Due (Paris)", 18.5, style.DEADLINE), text("Evidence", 42, wraps=True),
    text("Advice", 46, wraps=True, context="what to do"), text("Confidence", 11), text("Since last run", 12), number("Nights open", 8, "0"), number("Occurred (Paris)", 17, style.MOMENT),
    text("SKU", 13), text("Brand", 14), text("File", 26), number("Row", 7, "0"), text("Finding id", 21, font_color=style.MUTED, font_size=8),
)  # fmt: skip
SINCE = 11
"""Column, from 0, of what has become of a finding since the last run."""


def write_findings(book: Book, outcome: Outcome, table: pd.DataFrame) -> Mapping[tuple[str, str], tuple[int, int]]:
    """The Findings sheet; the block of rows of each severity ("severity", word) and of each rule ("rule", code), waived ones aside."""
    table = table.assign(waived=table["state"].eq(State.WAIVED).fillna(value=False))
    shown = table.sort_values(["waived", "rank", "money"], ascending=[True, True, False], kind="stable").head(outcome.run.max_rows)
    ordered = shown.sort_values(
        ["waived", "rank", "place", "money", "finding_id"], ascending=[True, True, True, False, True], kind="stable"
    )
    fields = headed(book, FINDING_FIELDS)
    sentence = book.say(words.FINDINGS_WAIVED if table["waived"].any() else words.FINDINGS)
    sentence = cut(book, sentence, len(shown), len(table), words.FINDINGS_CUT)
    sheet = open_sheet(book, outcome, "Findings", sentence, fields, printed=10, bold=len(shown) < len(table))
    rows = [_finding(outcome, row) for row in figures.worded(ordered, book.language).itertuples()]
    placed = place_table(book, sheet, "Findings", fields, rows, freeze=5, printed=10, about=words.FINDINGS)
    _colour(book, sheet, placed)
    return _blocks(ordered[~ordered["waived"]], placed.first)


def _finding(outcome: Outcome, row: Any) -> list[Any]:
    said = outcome.language.text
    return [
        said(words.SEVERITY[row.severity]), said(words.STANDING[row.standing]), row.rule, row.title, _about(outcome, row),
        figure(row.stake), row.kind or None, local(outcome, row.deadline_at), row.said, row.advice,
        said(words.CONFIDENCE[row.confidence]), said(words.STATES.get(row.state, "")), row.nights_open, local(outcome, row.occurred_at), row.sku, row.brand, row.source_file,
        row.source_row, row.finding_id,
    ]  # fmt: skip


def _about(outcome: Outcome, row: Any) -> str:
    """The order that a finding is about, or the name of what else it is about; the shop has none."""
    name = row.subject.partition(":")[2]
    return str(row.order) if isinstance(row.order, str) else name or figures.subject_words(row.subject, outcome.language)


def _colour(book: Book, sheet: Worksheet, placed: Placed) -> None:
    waived = book.format({"font_color": style.DONE_TEXT, "bg_color": style.DONE, "italic": True})
    condition = f'=$L{placed.first + 1}="{book.language.text(words.STATES[State.WAIVED])}"'
    rule = {"type": "formula", "criteria": condition, "format": waived, "stop_if_true": True}
    done(sheet.conditional_format(placed.first, 0, placed.last, len(FINDING_FIELDS) - 1, rule))
    colour_words(book, sheet, 0, placed, book.looks(words.SEVERITY, style.SEVERITY_LOOKS))
    colour_words(book, sheet, 1, placed, book.looks(words.STANDING, style.STANDING))
    colour_words(book, sheet, SINCE, placed, book.looks(words.STATES, {State.NEW: {"bold": True, "font_color": style.NAVY}}))


def _blocks(ordered: pd.DataFrame, first_row: int) -> dict[tuple[str, str], tuple[int, int]]:
    """Where each severity and each rule stands; a rule with findings of several severities has several blocks: its worst is kept."""
    blocks: dict[tuple[str, str], tuple[int, int]] = {}
    for offset, row in enumerate(ordered.itertuples(), start=first_row):
        for key in (("severity", str(row.severity)), ("rule", str(row.rule))):
            first, last = blocks.get(key, (offset, offset - 1))
            if last == offset - 1:
                blocks[key] = (first, offset)
    return blocks
