"""The sheet Actions: one line for each thing to do, with its deadline, its French text to paste, and columns to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import TYPE_CHECKING, Any

from reports import notes, style, words
from reports.book import MOST_LINKS, Book, done, number, text
from reports.cells import plain
from reports.sheets import HEADER_ROW, SEVERITY_LOOKS, Placed, colour_words, local, open_sheet, place_table

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    from xlsxwriter.worksheet import Worksheet

    from schemas.outcome import Outcome

ACTION_FIELDS = (
    text("When", 10.5, bold=True), number("Due (Paris)", 18.5, style.DEADLINE), text("Left", 14.5), text("Severity", 9.5, align="center"),
    text("Order / article", 23), number("At stake, EUR", 10.5, style.MONEY), text("What to do", 28, bold=True, wraps=True),
    text("How", 44, wraps=True), text("Owner", 12.5, bg_color=style.FILL_IN), text("State", 11.5, bg_color=style.FILL_IN),
    text("Note", 16, wraps=True, bg_color=style.FILL_IN), text("Article to cite", 14), text("Paste it to", 19), text("French text to paste", 95, wraps=True),
    text("What it says", 46, wraps=True), text("Rules", 16, wraps=True), text("Finding id", 21, font_color=style.MUTED, font_size=8),
)  # fmt: skip


def write_actions(book: Book, outcome: Outcome, lines: pd.DataFrame, risk_rows: Mapping[str, int]) -> Mapping[str, tuple[int, int]]:
    """The Actions sheet; for each deadline bucket the first and last row of its block, from 0."""
    sentence = "One line for each thing to do, most urgent first; today is the day in Paris. Fill in the yellow columns; the French texts further right are ready to paste. Sort by When to come back to this order."
    sheet = open_sheet(book, outcome, "Actions", sentence, ACTION_FIELDS, printed=11, colour=style.CRITICAL)
    rows = [_action(outcome, line) for line in lines.head(outcome.run.max_rows).itertuples()]
    placed = place_table(book, sheet, "Actions", ACTION_FIELDS, rows, freeze=1, printed=11, empty=words.NOTHING_TO_DO)
    for offset, line in enumerate(lines.head(min(outcome.run.max_rows, MOST_LINKS)).itertuples()):
        if line.subject_text in risk_rows:
            book.link(
                sheet,
                placed.first + offset,
                4,
                f"'Orders at risk'!A{risk_rows[line.subject_text] + 1}",
                line.subject_text,
                book.format(ACTION_FIELDS[4].form, font_color=style.LINK, underline=1),
            )
    _action_formats(book, sheet, placed)
    blocks: dict[str, tuple[int, int]] = {}
    for offset, bucket in enumerate(lines["bucket"].head(outcome.run.max_rows)):
        first, _ = blocks.get(bucket, (placed.first + offset, 0))
        blocks[bucket] = (first, placed.first + offset)
    return blocks


def whereabouts() -> list[tuple[str, str]]:
    """The document properties by which reports.notes finds again what people write on this sheet."""
    return [
        (notes.SHEET, "Actions"), (notes.HEADER_ROW, str(HEADER_ROW + 1)), (notes.STATES, notes.BETWEEN.join(words.TODO_STATES.values())),
        *((notes.COLUMN + name, ACTION_FIELDS[place].header) for name, place in (("key", 16), ("owner", 8), ("state", 9), ("note", 10))),
    ]  # fmt: skip


def _action(outcome: Outcome, line: Any) -> list[Any]:
    due = local(outcome, line.deadline_at)
    return [
        words.WHEN[line.bucket], due, _left(outcome, due), words.SEVERITY[line.severity], line.subject_text, line.money or None, line.todo,
        _how(line), plain(line.owner), words.TODO_STATES.get(line.work, line.work), plain(line.note), line.item_id if isinstance(line.item_id, str) else None, line.recipient, line.paste, line.meaning,
        line.codes, line.key,
    ]  # fmt: skip


def _how(line: Any) -> str:
    """The advice; where the text to paste has gaps it says so too."""
    gaps = isinstance(line.paste, str) and words.GAP in line.paste
    return f"{line.advice} {words.FILL_IN}" if gaps else str(line.advice)


def _left(outcome: Outcome, due: datetime | None) -> str | None:
    """How long there is still, or how late it is, in words."""
    if due is None:
        return None
    minutes = int((due.astimezone(UTC) - outcome.run.as_of.astimezone(UTC)).total_seconds() // 60)
    days, rest = divmod(abs(minutes), 24 * 60)
    hours, minute = divmod(rest, 60)
    span = f"{days} d {hours} h" if days else f"{hours} h {minute:02d}"
    return f"{span} late" if minutes < 0 else span


def _action_formats(book: Book, sheet: Worksheet, placed: Placed) -> None:
    first, last = placed.first, placed.last
    stopped = {"type": "formula", "stop_if_true": True}
    missing = book.format({"bg_color": style.MEDIUM})
    done(
        sheet.conditional_format(
            first, 10, last, 10, {**stopped, "criteria": f'=AND($J{first + 1}="Won\'t fix",$K{first + 1}="")', "format": missing}
        )
    )
    over = book.format({"bg_color": style.DONE, "font_color": style.DONE_TEXT, "font_strikeout": True})
    done(
        sheet.conditional_format(
            first, 0, last, 16, {**stopped, "criteria": f'=OR($J{first + 1}="Done",$J{first + 1}="Won\'t fix")', "format": over}
        )
    )
    colour_words(book, sheet, 3, placed, SEVERITY_LOOKS)
    late = book.format({"bold": True, "font_color": style.CRITICAL})
    done(sheet.conditional_format(first, 0, last, 2, {"type": "formula", "criteria": f'=$A{first + 1}="Overdue"', "format": late}))
    done(
        sheet.data_validation(
            first,
            9,
            last,
            9,
            {
                "validate": "list",
                "source": list(words.TODO_STATES.values()),
                "error_title": "State",
                "error_message": "Choose one of the four words.",
            },
        )
    )
