"""The sheets behind the findings: quarantine, rules and glossary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reports import style, words
from reports.book import Book
from reports.fields import number, text
from reports.glossary import GLOSSARY, Term
from reports.page import FINDINGS_END
from reports.sheets import colour_words, cut, headed, open_sheet, place_table
from schemas.findings import FAMILIES
from schemas.history import State
from schemas.reasons import REASONS
from schemas.text import say_json

if TYPE_CHECKING:
    import pandas as pd

    from schemas.language import Language
    from schemas.outcome import Outcome

QUARANTINE_FIELDS = (
    text("File", 26, wraps=True), number("Row", 8, "0"), text("Column", 20, wraps=True), text("What stands there", 28, wraps=True),
    text("Why it was refused", 46, wraps=True), text("Type instead", 44, wraps=True), text("File to repair", 40, wraps=True),
)  # fmt: skip


def write_quarantine(book: Book, outcome: Outcome) -> None:
    """One line for each reason why a row was refused."""
    sums = outcome.inputs[["rows", "accepted", "quarantined", "duplicates", "blank"]].sum()
    shown = outcome.quarantine.head(outcome.run.max_rows)
    fields = headed(book, QUARANTINE_FIELDS)
    sentence = book.say(words.QUARANTINE, {str(name): int(value) for name, value in sums.items()})
    sentence = cut(book, sentence, len(shown), len(outcome.quarantine), words.QUARANTINE_CUT)
    sheet = open_sheet(book, outcome, "Quarantine", sentence, fields, printed=len(fields), bold=len(shown) < len(outcome.quarantine))
    rows = [_refusal(row, book.language) for row in shown.itertuples()]
    place_table(book, sheet, "Quarantine", fields, rows, freeze=2, empty=words.NONE_REFUSED, about=words.QUARANTINE_ABOUT)


def _refusal(row: Any, language: Language) -> list[Any]:
    reason = REASONS[row.reason]
    return [
        f"{row.file} [{row.sheet}]" if row.sheet else row.file, row.row, row.column, row.value,
        say_json(reason.wrong, row.facts, language), say_json(reason.remedy, row.facts, language), row.repair_file,
    ]  # fmt: skip


RULE_FIELDS = (
    text("Rule", 9, bold=True), text("Family", 18, wraps=True), text("Name", 36, wraps=True), text("State", 10), number("Findings", 9, "0", context="how many"),
    number("At stake, EUR", 10.5, style.MONEY), text("Why not run", 26, wraps=True), number("Not judged", 8, "0"), text("Severity", 10, align="center"), text("Standing", 12, align="center"), text("Limits", 38, wraps=True),
    text("Source", 34, wraps=True),
)  # fmt: skip
RULE_SEVERITY = 8
"""Column, from 0, of a rule's severity."""


def write_rules(book: Book, outcome: Outcome, told: pd.DataFrame, blocks: Mapping[tuple[str, str], tuple[int, int]]) -> Mapping[str, int]:
    """Every rule and what it did; the row of each, from 0. ``told``: the findings that count."""
    fields = headed(book, RULE_FIELDS)
    sheet = open_sheet(book, outcome, "Rules", book.say(words.RULES), fields, printed=len(fields))
    limits = {row.name: _limit(row) for row in outcome.parameters.itertuples(index=False)}
    titles = {family.code: book.language.text(family.title) for family in FAMILIES}
    counts, money = told["rule"].value_counts(), told.groupby("rule")["money"].sum()
    waived = set(outcome.findings["rule"]) - set(told["rule"])
    rules = outcome.rules.rename(columns={"count": "found"}).assign(
        found=outcome.rules["code"].map(counts).fillna(0).astype("int64"), money=outcome.rules["code"].map(money).fillna(0.0),
        shown=outcome.rules["status"].mask(outcome.rules["code"].isin(waived), State.WAIVED),
    )  # fmt: skip
    rows = [_rule(row, limits, titles, book.language) for row in rules.itertuples()]
    placed = place_table(book, sheet, "Rules", fields, rows, about=words.RULES)
    colour_words(book, sheet, 3, placed, book.looks(words.STATUS, style.STATUS))
    colour_words(book, sheet, RULE_SEVERITY, placed, book.looks(words.SEVERITY, style.SEVERITY_LOOKS))
    colour_words(book, sheet, RULE_SEVERITY + 1, placed, book.looks(words.STANDING, style.STANDING))
    look = book.format(RULE_FIELDS[4].form, font_color=style.LINK, underline=1)
    for offset, row in enumerate(rules.itertuples(), start=placed.first):
        if target := book.block("Findings", blocks.get(("rule", str(row.code))), FINDINGS_END):
            book.link(sheet, offset, 4, target, int(str(row.found)), look)
    return {str(code): offset for offset, code in enumerate(rules["code"], start=placed.first)}


def _limit(row: Any) -> str:
    value = row.value if len(row.value) <= 60 else row.value[:60] + "..."  # noqa: PLR2004 - what a cell shows of a long list
    unit = f" {row.unit}" if row.value[-1:].isdigit() else ""  # a list of words counts nothing
    return f"{row.name} = {value}{unit}{' *' if row.overridden else ''}"


def _rule(row: Any, limits: Mapping[str, str], titles: Mapping[str, str], language: Language) -> list[Any]:
    names = [name for name in (row.parameters or "").split(", ") if name in limits] if isinstance(row.parameters, str) else []
    reason = say_json(row.reason, row.reason_facts, language) if isinstance(row.reason, str) else None
    return [
        row.code, titles.get(row.family, row.family), row.title, language.text(words.STATUS[row.shown]), row.found or None, row.money or None, reason,
        row.not_judged or None, language.text(words.SEVERITY.get(row.severity, "")), language.text(words.STANDING.get(row.standing, "")),
        "\n".join(limits[name] for name in names) or None, row.source,
    ]  # fmt: skip


GLOSSARY_FIELDS = (text("French", 26, bold=True, wraps=True), text("Meaning", 46, wraps=True), text("Mind", 56, wraps=True))
CHINESE = text("中文", 32, wraps=True)
"""Only beside the English: a Chinese report has these words for its meanings, and a French one needs none."""


def write_glossary(book: Book, outcome: Outcome) -> None:
    """The platform's words."""
    french, meaning, mind = headed(book, GLOSSARY_FIELDS)
    fields = [french, meaning, CHINESE, mind] if book.language.code == "en" else [french, meaning, mind]
    sheet = open_sheet(book, outcome, "Glossary", book.say(words.GLOSSARY_TRAPS), fields, printed=len(fields))
    rows = [_term(term, book.language) for term in GLOSSARY]
    place_table(book, sheet, "Glossary", fields, rows, about=words.GLOSSARY_ABOUT)


def _term(term: Term, language: Language) -> list[Any]:
    mind = language.text(term.mind)
    if language.code == "zh":
        return [term.french, term.chinese, mind]
    return [term.french, language.text(term.meaning), *([term.chinese] if language.code == "en" else []), mind]
