"""The sheet Actions: one line for each thing to do, with its deadline, its French text to paste, and columns to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import TYPE_CHECKING, Any

from reports import figures, notes, style, words
from reports.book import MOST_LINKS, Book, done
from reports.cells import missing, plain
from reports.fields import Field, number, text
from reports.page import letter
from reports.sheets import Placed, colour_words, cut, local, open_sheet, place_table
from schemas.text import say

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    from xlsxwriter.worksheet import Worksheet

    from schemas.outcome import Outcome

HEADER_ROW = 3
"""Row, from 0, of the table's header; links to each group stand above it."""

GAP = " à compléter]"
"""What a gap in a text to paste ends in; those are French in every report."""

OFF_PAPER = 3
"""Lines that the texts to the right of what is printed may make a row high; they are pasted whole all the same."""

ACTION_FIELDS: Mapping[str, Field] = {
    "when": text("When", 10.5, bold=True), "due": number("Due (Paris)", 18.5, style.DEADLINE), "due_there": number("Due ({town})", 18.5, style.DEADLINE),
    "left": text("Left at {time}", 17), "severity": text("Severity", 9.5, align="center"), "order": text("Order / article", 23),
    "money": number("At stake, EUR", 10.5, style.MONEY), "todo": text("What to do", 28, bold=True, wraps=True), "how": text("How", 44, wraps=True),
    "owner": text("Owner", 12.5, **style.TO_FILL_IN), "state": text("State", 11.5, context="to-do", **style.TO_FILL_IN), "note": text("Note", 16, wraps=True, **style.TO_FILL_IN),
    "article": text("Article to cite", 14), "recipient": text("Paste it to", 19), "paste": text("French text to paste", 95, wraps=True, most=OFF_PAPER),
    "meaning": text("What it says", 46, wraps=True, most=OFF_PAPER), "rules": text("Rules", 16, wraps=True, most=OFF_PAPER), "key": text("Finding id", 21, font_color=style.MUTED, font_size=8),
}  # fmt: skip
"""The columns; ``due_there`` only where the seller is in another zone than the shop."""


def fields_of(outcome: Outcome) -> dict[str, Field]:
    """The columns of a run's sheet, with the town and the hour that their headers name."""
    run, language = outcome.run, outcome.language
    away = run.seller_zone is not None and run.seller_zone != run.zone
    facts = {"town": language.town(str(run.seller_zone or run.zone)), "time": language.clock(run.as_of)}
    return {name: field.said(language, facts) for name, field in ACTION_FIELDS.items() if away or name != "due_there"}


def columns_of(outcome: Outcome) -> dict[str, str]:
    """The letter of each column of a run's sheet."""
    return {name: letter(place) for place, name in enumerate(fields_of(outcome))}


def write_actions(book: Book, outcome: Outcome, lines: pd.DataFrame, risk_rows: Mapping[str, int]) -> Mapping[str, tuple[int, int]]:
    """The Actions sheet; for each deadline bucket the first and last row of its block, from 0."""
    fields = fields_of(outcome)
    shown = lines.head(outcome.run.max_rows)
    printed = list(fields).index("note") + 1
    sheet = open_sheet(
        book, outcome, "Actions", cut(book, book.say(words.ACTIONS), len(shown), len(lines), words.ACTIONS_CUT), list(fields.values()),
        printed=printed, colour=style.CRITICAL, bold=len(shown) < len(lines),
    )  # fmt: skip
    rows = [_action(outcome, line, fields) for line in figures.lettered(shown, book.language).itertuples()]
    placed = place_table(
        book, sheet, "Actions", list(fields.values()), rows, top=HEADER_ROW, printed=printed, empty=words.NOTHING_TO_DO, about=words.ACTIONS
    )
    _link_orders(book, sheet, shown, placed, risk_rows, list(fields).index("order"))
    blocks = _blocks(shown, placed.first)
    _jumps(book, sheet, blocks, letter(len(fields) - 1))
    _action_formats(book, sheet, placed, columns_of(outcome), list(fields))
    return blocks


def whereabouts(outcome: Outcome) -> list[tuple[str, str]]:
    """The document properties by which reports.notes finds again what people write on this sheet."""
    fields = fields_of(outcome)
    states = [outcome.language.text(word) for word in words.TODO_STATES.values()]
    return [
        (notes.SHEET, words.SHEETS.said("Actions", outcome.language)), (notes.HEADER_ROW, str(HEADER_ROW + 1)), (notes.STATES, notes.BETWEEN.join(states)),
        *((notes.COLUMN + name, fields[name].header) for name in ("key", "owner", "state", "note")),
    ]  # fmt: skip


def _blocks(shown: pd.DataFrame, first_row: int) -> dict[str, tuple[int, int]]:
    blocks: dict[str, tuple[int, int]] = {}
    for offset, bucket in enumerate(shown["bucket"], start=first_row):
        blocks[bucket] = (blocks.get(bucket, (offset, 0))[0], offset)
    return blocks


def _jumps(book: Book, sheet: Worksheet, blocks: Mapping[str, tuple[int, int]], end: str) -> None:
    """Links in the row above the table, one to each group."""
    sheet.set_row(HEADER_ROW - 1, 16)
    look = book.format({"font_color": style.LINK, "underline": 1, "bold": True, "font_size": 9})
    for column, (bucket, rows) in enumerate(blocks.items()):
        target = book.block("Actions", rows, end) or ""
        told = book.say(words.JUMP, {"group": book.say(words.WHEN[bucket]), "count": rows[1] - rows[0] + 1})
        book.link(sheet, HEADER_ROW - 1, column, target, told, look)


def _link_orders(book: Book, sheet: Worksheet, shown: pd.DataFrame, placed: Placed, risk_rows: Mapping[str, int], column: int) -> None:
    look = book.format(ACTION_FIELDS["order"].form, font_color=style.LINK, underline=1)
    for row, subject in enumerate(shown["subject_text"].head(MOST_LINKS), start=placed.first):
        if subject in risk_rows:
            book.link(sheet, row, column, book.leading("Orders at risk", f"A{risk_rows[subject] + 1}"), subject, look)


def _action(outcome: Outcome, line: Any, fields: Mapping[str, Field]) -> list[Any]:
    due, said = local(outcome, line.deadline_at), outcome.language.text
    values = {
        "when": said(words.WHEN[line.bucket]), "due": due, "due_there": _there(outcome, line.deadline_at), "left": None if due is None else time_left(outcome, line.deadline_at),
        "severity": said(words.SEVERITY[line.severity]), "order": line.subject_text, "money": line.money or None, "todo": line.todo, "how": _how(outcome, line),
        "owner": plain(line.owner), "state": said(words.TODO_STATES[line.work]) if line.work in words.TODO_STATES else line.work, "note": plain(line.note),
        "article": line.item_id if isinstance(line.item_id, str) else None, "recipient": line.recipient, "paste": line.paste, "meaning": line.meaning,
        "rules": line.codes, "key": line.key,
    }  # fmt: skip
    return [values[name] for name in fields]


def _there(outcome: Outcome, instant: pd.Timestamp) -> datetime | None:
    """An instant in the seller's zone, as a cell holds it."""
    zone = outcome.run.seller_zone
    if zone is None or missing(instant):
        return None
    moment: datetime = instant.tz_convert(zone).to_pydatetime()
    return moment.replace(microsecond=0)


def _how(outcome: Outcome, line: Any) -> str:
    """The advice; where the text to paste has gaps it says so too."""
    gaps = isinstance(line.paste, str) and GAP in line.paste
    return outcome.language.sentences([str(line.advice), outcome.language.text(words.FILL_IN) if gaps else ""])


def time_left(outcome: Outcome, instant: pd.Timestamp) -> str:
    """How long there is still, or how late it is, in words."""
    minutes = int((instant.floor("s") - outcome.run.as_of.astimezone(UTC)).total_seconds() // 60)
    days, rest = divmod(abs(minutes), 24 * 60)
    hours, minute = divmod(rest, 60)
    facts: dict[str, str | int | float | bool | list[str] | None] = {"days": days, "hours": hours, "minutes": f"{minute:02d}"}
    return say((words.LATE if minutes < 0 else words.LEFT)[0 if days else 1], facts, outcome.language)


def _action_formats(book: Book, sheet: Worksheet, placed: Placed, at: Mapping[str, str], names: Sequence[str]) -> None:
    """Colours by value, so that they survive sorting; the first that holds wins, and the first two end the matter."""
    row, end = placed.first + 1, names[-1]
    wont, done_word = (book.say(words.TODO_STATES[state]).replace('"', '""') for state in ("wont_fix", "done"))
    over = {"bg_color": style.DONE, "font_color": style.DONE_TEXT, "font_strikeout": True}
    missing_reason = f'=AND(${at["state"]}{row}="{wont}",${at["note"]}{row}="")'
    finished = f'=OR(${at["state"]}{row}="{done_word}",${at["state"]}{row}="{wont}")'
    colour = _Colouring(book, sheet, placed, names)
    colour.cells(("note", "note"), missing_reason, {"bg_color": style.MEDIUM}, stop=True)
    colour.cells(("when", end), finished, over, stop=True)
    colour_words(book, sheet, names.index("severity"), placed, book.looks(words.SEVERITY, style.SEVERITY_LOOKS))
    colour.cells(
        ("when", "left"), f'=$A{row}="{book.say(words.WHEN["overdue"])}"', {"bold": True, "font_color": style.CRITICAL}, stop=False
    )
    edge = {"top": 1, "top_color": style.NAVY, "bottom": 1, "bottom_color": style.LINE}
    boxed = {**edge, "left": 1, "left_color": style.LINE, "right": 1, "right_color": style.LINE}
    for first, last, look in (("when", "how", edge), ("owner", "note", boxed), ("article", end, edge)):
        colour.cells((first, last), f"=AND($A{row}<>$A{row - 1},ROW()>{row})", look, stop=False)
    _drop_down(book, sheet, placed, names.index("state"))


class _Colouring:
    """Conditional formats over columns of the table, named by their first and last."""

    def __init__(self, book: Book, sheet: Worksheet, placed: Placed, names: Sequence[str]) -> None:
        self.book, self.sheet, self.placed, self.names = book, sheet, placed, names

    def cells(self, span: tuple[str, str], condition: str, look: Mapping[str, Any], *, stop: bool) -> None:
        """Colour the cells of a span whose line meets a condition."""
        first, last = (self.names.index(name) for name in span)
        rule = {"type": "formula", "criteria": condition, "format": self.book.format(look), "stop_if_true": stop}
        done(self.sheet.conditional_format(self.placed.first, first, self.placed.last, last, rule))


def _drop_down(book: Book, sheet: Worksheet, placed: Placed, column: int) -> None:
    """The four states; anything else is refused."""
    options = {
        "validate": "list",
        "source": [book.say(word) for word in words.TODO_STATES.values()],
        "error_title": book.language.text("State", context="to-do"),
        "error_message": book.say(words.FOUR_STATES),
    }
    done(sheet.data_validation(placed.first, column, placed.last, column, options))
