"""The Dashboard's fourth block: what keeps happening? The rules that found most in thirty days, and the trend of the nights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import course, style, words
from reports.charts import chart_of_nights
from reports.page import LAST, LEFT, RIGHT, Links, Page, Tables
from reports.sheets import data_bar

if TYPE_CHECKING:
    import pandas as pd

    from schemas.outcome import Outcome
    from schemas.text import Fact

HEADING, HEADER, FIRST = 39, 41, 42
"""Rows, from 0."""


def write(page: Page, outcome: Outcome, tables: Tables, links: Links) -> None:
    """Heading and answer, the rules, and the chart or why there is none."""
    rows = course.frequent(outcome, tables.told)
    page.heading(HEADING, LEFT, LAST, page.say(words.QUESTIONS[3]), _answer(page, tables, rows))
    _rules(page, outcome, rows, links)
    if len(tables.nights) > 1:
        chart_of_nights(page, links.charted.nights, tables.nights)
    else:
        page.put(FIRST, RIGHT, page.say(_no_trend(outcome)), font_color=style.MUTED)


def _answer(page: Page, tables: Tables, rows: pd.DataFrame) -> str:
    told = [page.say(words.NOTHING)] if not len(tables.told) else []
    if len(rows):
        facts: dict[str, Fact] = {"rule": str(rows["title"].iloc[0]), "count": int(rows["times"].iloc[0])}
        told.append(page.say(words.LEADS, facts, plural=words.LEADS_MANY))
    if pace := course.pace(tables.nights):
        told.append(page.say(words.PACE, {name: page.book.language.number(value, "0.0") for name, value in pace._asdict().items()}))
    return page.book.language.sentences(told)


def _rules(page: Page, outcome: Outcome, rows: pd.DataFrame, links: Links) -> None:
    page.header(HEADER, LEFT, (*page.said(words.FREQUENT_HEADER), ""), {4: "left"})
    compared = course.compared(outcome)
    for row, line in enumerate(rows.itertuples(index=False), start=FIRST):
        page.lead(row, LEFT, page.book.leading("Rules", f"A{links.rules[str(line.code)] + 1}"), f"{line.code}  {line.title}")
        page.put(row, LEFT + 1, int(str(line.times)), style.LINED, bold=True, num_format=style.COUNT)
        page.put(row, LEFT + 2, int(str(line.before)) if compared else "–", style.LINED, num_format=style.COUNT, align="right")
        page.put(row, LEFT + 3, float(str(line.money)), style.LINED, num_format=style.WHOLE_MONEY)
        page.put(row, LEFT + 4, page.word(words.STANDING, str(line.standing)), style.LINED, indent=1)
        page.put(row, LEFT + 5, None, style.LINED)
    if len(rows):
        data_bar(page.sheet, (FIRST, LEFT + 1, FIRST + len(rows) - 1, LEFT + 1))


def _no_trend(outcome: Outcome) -> str:
    """Why no chart stands here: a part of the findings, no history, or its first night."""
    if outcome.run.narrowed is not None:
        return words.TREND_NARROWED
    return words.TREND_NEEDS_HISTORY if outcome.lifecycle is None else words.TREND_BEGINS
