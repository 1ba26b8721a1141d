"""The Dashboard's first block: are we all right? Findings by severity and standing, and the shop's rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import course, figures, style, words
from reports.page import FINDINGS_END, LEFT, Links, Page, Tables
from reports.sheets import data_bar
from schemas.findings import Severity, Standing

if TYPE_CHECKING:
    from schemas.outcome import Outcome
    from schemas.text import Fact

HEADING, HEADER, FIRST, TOTAL = 8, 10, 11, 15
RATES = 17
"""Rows, from 0: heading, header, first severity, total; header of the rates."""

TOTAL_COLUMN, NEW_COLUMN = 5, 6


def write(page: Page, outcome: Outcome, tables: Tables, links: Links) -> None:
    """Heading and answer, severities, rates."""
    page.heading(HEADING, LEFT, NEW_COLUMN, page.say(words.QUESTIONS[0]), _answer(page, outcome, tables))
    _severities(page, outcome, tables, links)
    _rates(page, outcome, links)


def _answer(page: Page, outcome: Outcome, tables: Tables) -> str:
    found, items = len(tables.risk), outcome.run.items
    facts: dict[str, Fact] = {"count": found, "items": items, "share": found / items if items else 0.0}
    carry = page.say(words.CARRY, facts, plural=words.CARRY_MANY) if found else page.say(words.CARRY_NONE)
    return page.book.language.sentences([carry, _trouble(page, outcome)])


def _trouble(page: Page, outcome: Outcome) -> str:
    """The rates in breach, or else those that are close to their limits."""
    names = outcome.rates.groupby("state")["name"].agg(list)
    facts: dict[str, dict[str, Fact]] = {
        str(state): {"rate": page.word(words.RATES, rates[0]).lower(), "count": len(rates)} for state, rates in names.items()
    }
    if "breach" in facts:
        return page.say(words.BREACH, facts["breach"], plural=words.BREACHES)
    return page.say(words.CLOSE, facts["close"], plural=words.CLOSE_ALL) if "close" in facts else ""


def _severities(page: Page, outcome: Outcome, tables: Tables, links: Links) -> None:
    severity_word, total = page.said(words.SEVERITY_HEADER)
    new_word = words.HOW_MANY.said("new", page.book.language)
    page.header(HEADER, LEFT, (severity_word, *page.said(list(words.STANDING.values())), total, new_word))
    table, new = figures.severities(tables.told), course.new_by_severity(tables.told)
    compared = course.compared(outcome)
    for row, severity in enumerate(Severity, start=FIRST):
        counts, word = table.loc[severity.value], page.word(words.SEVERITY, severity)
        fill, ink = style.SEVERITY[severity] if counts["total"] else (style.TILE, style.MUTED)
        page.put(row, LEFT, word, style.LINED, bold=True, bg_color=fill, font_color=ink, indent=1)
        for column, standing in enumerate(Standing, start=LEFT + 1):
            page.put(row, column, int(counts[standing.value]), style.LINED, num_format=style.COUNT)
        target = page.book.block("Findings", links.findings.get(("severity", severity.value)), FINDINGS_END)
        page.lead(row, TOTAL_COLUMN, target, int(counts["total"]), num_format=style.COUNT, bold=True)
        page.put(row, NEW_COLUMN, int(new.get(severity.value, 0)) if compared else "–", style.LINED, num_format=style.COUNT, align="right")
    for column, value in enumerate([total, *table.sum().to_list(), int(new.sum()) if compared else "–"], start=LEFT):
        page.put(TOTAL, column, value, bold=True, num_format=style.COUNT, align="left" if column == LEFT else "right")
    data_bar(page.sheet, (FIRST, TOTAL_COLUMN, TOTAL - 1, TOTAL_COLUMN))


def _rates(page: Page, outcome: Outcome, links: Links) -> None:
    """The shop's rates over thirty days, worked out from its orders, against the platform's limits."""
    page.header(RATES, LEFT, page.said(words.RATES_HEADER), {5: "center"})
    unknown, room = page.say(words.NO_FIGURE), style.counted(page.book.language.text(words.ROOM_LEFT))
    for row, rate in enumerate(outcome.rates.itertuples(), start=RATES + 1):
        target = page.book.block("Findings", links.findings.get(("rule", str(rate.rule))), FINDINGS_END)
        page.lead(row, LEFT, target, page.word(words.RATES, str(rate.name)))
        for column, (value, form) in enumerate(figures.rate_cells(rate), start=LEFT + 1):
            shown = unknown if value is None else value
            page.put(row, column, shown, style.LINED, num_format=room if form == style.ROOM else form, align="right")
        fill, ink = style.RATE_STATES[str(rate.state)]
        look = {"bg_color": fill, "font_color": ink, "align": "center"}
        page.put(row, LEFT + 5, page.word(words.RATE_STATES, str(rate.state)), style.LINED, look, bold=True)
    left_out = int(outcome.rates["left_out"].sum())
    told = page.say(words.LEFT_OUT, {"count": left_out}) if left_out else ""
    page.put(RATES + 1 + len(outcome.rates), LEFT, told, font_size=8, font_color=style.MUTED)
