"""The sheet Run: what was read, by which program, with which settings, and the figures behind the Dashboard's charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from reports import style, words
from reports.book import Book
from reports.fields import Field, number, text
from reports.sheets import Placed, as_of_facts, headed, open_sheet, place_table
from schemas.findings import Severity
from schemas.text import say_json

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.worksheet import Worksheet

    from schemas.outcome import Outcome
    from schemas.text import Fact

FILE_FIELDS = (
    text("File", 34, wraps=True), text("Table", 24, wraps=True), number("Rows", 12, "0"), number("Accepted", 12, "0"), number("Refused", 12, "0"),
    number("Duplicates", 12, "0"), number("Blank", 10, "0"), text("SHA-256", 66, font_size=8),
)  # fmt: skip
CHANGED_FIELDS = (
    text("Parameter", 34, wraps=True), text("Default", 24, wraps=True), text("Now", 12, wraps=True), text("Unit", 12), text("Whose word", 12),
)  # fmt: skip
ASSUMPTION_FIELDS = (text("Assumption", 34),)
NIGHT_FIELDS = (
    number("Night", 34, style.NIGHT), number("Open before", 24, "0"), number("New", 12, "0", context="how many"), number("Gone", 12, "0", context="how many"), number("At stake, EUR", 12, style.MONEY),
)  # fmt: skip


class Charted(NamedTuple):
    """Rows of the sheet, from 0, that charts of the Dashboard read: the nights, and the actions by deadline under their header."""

    nights: Placed
    due: Placed


def write_run(book: Book, outcome: Outcome, nights: pd.DataFrame, when: pd.DataFrame) -> Charted:
    """Facts, files, changed limits, assumptions, failed rules, nights, and the figures of the deadline chart, one below the other."""
    sheet = open_sheet(book, outcome, "Run", book.say(words.RUN), headed(book, FILE_FIELDS), printed=len(FILE_FIELDS))
    above = _facts(book, sheet, outcome)
    above = _block(book, sheet, ("Files", words.FILES), FILE_FIELDS, _files(outcome), above)
    _ledger(book, sheet, outcome, above.last + 1)
    above = Placed(above.first, above.last + 1)
    above = _block(book, sheet, ("Changed", words.CHANGED), CHANGED_FIELDS, _changed(outcome), above, words.NONE_CHANGED)
    told = [[message.said(book.language)] for message in (*outcome.run.warnings, *outcome.run.assumptions)]
    above = _block(book, sheet, ("Assumptions", words.ASSUMPTIONS), ASSUMPTION_FIELDS, told, above)
    above = _failed(book, sheet, outcome, above)
    rows = [list(row) for row in nights[["day", "before", "new", "gone", "stake"]].itertuples(index=False)]
    placed = _block(book, sheet, ("Nights", words.NIGHTS), NIGHT_FIELDS, rows, above, words.NO_NIGHTS)
    due = _due(book, sheet, when, placed.last + 2)
    sheet.print_area(0, 0, due.last, len(FILE_FIELDS) - 1)
    return Charted(placed, due)


def _facts(book: Book, sheet: Worksheet, outcome: Outcome) -> Placed:
    run = outcome.run
    exit_facts: dict[str, Fact] = {"code": run.exit_code, "meaning": book.say(words.EXITS[run.exit_code])}
    facts = {
        "as_of": book.say(words.AS_OF_SAID[run.as_of_source], as_of_facts(book, outcome)),
        "program": f"order-audit {run.version}",
        "run": run.run_id,
        "settings": run.config_file.replace("\\", "/").rpartition("/")[2] or book.say(words.DEFAULTS),
        "exit": book.say(words.EXIT, exit_facts),
        "unknown": book.language.number(outcome.exposure.blanks),
        "possible": book.language.number(outcome.exposure.possible / 100, "#,##0.00"),
    }
    for offset, (name, value) in enumerate(facts.items(), start=2):
        book.write(sheet, offset, 0, book.say(words.RUN_FACTS[name]), book.format({"font_color": style.MUTED}))
        book.write(sheet, offset, 1, value, book.format({}))
    return Placed(2, 1 + len(facts))


def _files(outcome: Outcome) -> list[list[Any]]:
    return [
        [
            f"{row.file} [{row.sheet}]" if row.sheet else row.file, row.table, row.rows, row.accepted, row.quarantined, row.duplicates, row.blank,
            row.sha256,
        ]
        for row in outcome.inputs.itertuples()
    ]  # fmt: skip


def _ledger(book: Book, sheet: Worksheet, outcome: Outcome, row: int) -> None:
    """The sum of all files, below a table that has no filter."""
    book.write(sheet, row, 0, book.say(words.ALL_FILES), book.format({"bold": True}))
    sums = outcome.inputs[["rows", "accepted", "quarantined", "duplicates", "blank"]].sum()
    for column, value in enumerate(sums, start=2):
        book.write(sheet, row, column, int(value), book.format({"bold": True, "num_format": "0", "align": "right", "indent": 1}))


def _changed(outcome: Outcome) -> list[list[Any]]:
    changed = outcome.parameters[outcome.parameters["overridden"]]
    return [
        [row.name, row.default, row.value, row.unit, outcome.language.text(words.STANDING[row.standing])]
        for row in changed.itertuples(index=False)
    ]


def _failed(book: Book, sheet: Worksheet, outcome: Outcome, above: Placed) -> Placed:
    """The rules that failed, each with its message; nothing where none did."""
    failed = outcome.rules[outcome.rules["status"] == "failed"]
    if not len(failed):
        return above
    book.write(sheet, above.last + 2, 0, book.say(words.FAILED), book.format(style.HEADING))
    for row, rule in enumerate(failed.itertuples(), start=above.last + 3):
        book.write(sheet, row, 0, f"{rule.code}  {rule.title}", book.format({"bold": True}))
        book.write(sheet, row, 1, say_json(rule.reason, rule.reason_facts, book.language), book.format({}))
    return Placed(above.last + 3, above.last + 2 + len(failed))


def _due(book: Book, sheet: Worksheet, when: pd.DataFrame, row: int) -> Placed:
    """The figures of the chart of deadlines: buckets down, severities across."""
    book.write(sheet, row, 0, book.say(words.DUE_FIGURES), book.format(style.HEADING))
    header = row + 1
    for column, severity in enumerate(Severity, start=1):
        book.write(sheet, header, column, book.say(words.SEVERITY[severity]), book.format(style.SMALL_HEADER, align="right"))
        for offset, count in enumerate(when[severity.value], start=header + 1):
            book.write(sheet, offset, column, int(count), book.format(style.LINED, num_format=style.COUNT))
    for offset, bucket in enumerate(when.index, start=header + 1):
        book.write(sheet, offset, 0, book.say(words.WHEN[str(bucket)]), book.format(style.LINED))
    return Placed(header + 1, header + len(when))


def _block(
    book: Book,
    sheet: Worksheet,
    named: tuple[str, str],
    fields: Sequence[Field],
    rows: list[list[Any]],
    above: Placed,
    empty: str = words.NOTHING,
) -> Placed:
    """A table under a heading, below another; ``named``: the table's name and its heading."""
    name, heading = named
    book.write(sheet, above.last + 2, 0, book.say(heading), book.format(style.HEADING))
    return place_table(
        book, sheet, name, headed(book, fields), rows, top=above.last + 3, freeze=0, filters=False, empty=empty, about=heading
    )
