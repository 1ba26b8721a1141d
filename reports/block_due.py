"""The Dashboard's third block: who must do what, by when? Actions by deadline with live counters, and the first on the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import style, words
from reports.book import done
from reports.cells import missing
from reports.charts import chart_of_deadlines
from reports.page import LAST, LEFT, Links, Page, Tables
from schemas.notes import DONE

if TYPE_CHECKING:
    import pandas as pd

    from schemas.text import Fact

HEADING, HEADER, FIRST = 28, 30, 31
TOTAL = FIRST + len(words.WHEN)
"""Rows, from 0: heading, header, first bucket, total."""

NO_OWNER, IS_DONE = 5, 6
"""Columns of the live counters."""

LIST_FIRST, LIST_ORDER, LIST_DUE, LISTED = 11, 14, 16, 7
"""Columns of the first actions on the list: what, order, due; and how many are shown."""

OWNERS_NAMED = 3


def write(page: Page, tables: Tables, links: Links) -> None:
    """Heading and answer, the table, its chart and the list; on a quiet night dashes alone."""
    page.heading(HEADING, LEFT, LAST, page.say(words.QUESTIONS[2]), _answer(page, tables.lines))
    when, grave, euros, ownerless = page.said(words.DUE_HEADER)
    actions, over = (words.HOW_MANY.said(name, page.book.language) for name in ("actions", "done"))
    page.header(HEADER, LEFT, (when, actions, grave, euros, ownerless, over))
    _by_when(page, tables, links)
    if len(tables.lines):
        chart_of_deadlines(page, links.charted.due, tables.when)
        _first_actions(page, tables.lines, links)


def _answer(page: Page, lines: pd.DataFrame) -> str:
    """How many actions, who has most of them, how many nobody has, and the first limit today."""
    if not len(lines):
        return page.say(words.NOTHING_TO_DO)
    owners = lines["owner"].value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable")
    facts: dict[str, Fact] = {"count": len(lines), "without": int(lines["owner"].isna().sum())}
    if len(owners):
        facts["owners"] = [
            page.say(words.OWNER, {"owner": str(owner), "count": int(count)}) for owner, count in owners.head(OWNERS_NAMED).items()
        ]
    many = page.say(words.OWNERLESS, facts, plural=words.OWNERLESS_MANY)
    told = page.say(words.OWNED, facts, plural=words.OWNED_MANY) if len(owners) else many
    first = lines.loc[lines["bucket"] == "today", "due_local"].min()
    limit = "" if missing(first) else page.say(words.FIRST_LIMIT, {"time": page.book.language.clock(first)})
    return page.book.language.sentences([told, limit])


def _by_when(page: Page, tables: Tables, links: Links) -> None:
    figures = ("actions", "grave", "money")
    for row, (bucket, line) in enumerate(tables.when.iterrows(), start=FIRST):
        target = page.book.block("Actions", links.actions.get(str(bucket)), links.columns["key"])
        page.lead(row, LEFT, target, page.word(words.WHEN, str(bucket)))
        for column, name in enumerate(figures, start=LEFT + 1):
            page.put(row, column, float(line[name]), style.LINED, num_format=style.WHOLE_MONEY, bold=name == "actions")
        _counters(page, row, str(bucket), tables, links)
    total = [page.say(words.TOTAL), *(float(tables.when[name].sum()) for name in figures)]
    for column, value in enumerate(total, start=LEFT):
        page.put(TOTAL, column, value, bold=True, num_format=style.WHOLE_MONEY)
    for column in (NO_OWNER, IS_DONE):
        _total_counter(page, column, tables)


def _shown(tables: Tables, links: Links) -> pd.DataFrame:
    """The lines that stand on the sheet Actions, which the counters count."""
    rows = sum(last - first + 1 for first, last in links.actions.values())
    return tables.lines.head(rows)


def _counters(page: Page, row: int, bucket: str, tables: Tables, links: Links) -> None:
    """How many of a bucket have no owner and how many are done: formulas, so that the page moves as people work."""
    shown = _shown(tables, links)
    form = page.book.format({**style.LINED, "num_format": style.COUNT})
    if not len(shown):
        page.put(row, NO_OWNER, 0, style.LINED, num_format=style.COUNT)
        page.put(row, IS_DONE, 0, style.LINED, num_format=style.COUNT)
        return
    of_bucket = shown[shown["bucket"] == bucket]
    first = min(rows[0] for rows in links.actions.values()) + 1
    when, owner, state = (
        page.book.at("Actions", f"${at}${first}:${at}${first + len(shown) - 1}")
        for at in map(links.columns.get, ("when", "owner", "state"))
    )
    counts = {
        NO_OWNER: (owner, "", of_bucket["owner"].isna()),
        IS_DONE: (state, page.word(words.TODO_STATES, DONE), of_bucket["work"] == DONE),
    }
    for column, (cells, word, holds) in counts.items():
        formula = f'=COUNTIFS({when},B{row + 1},{cells},"{word}")'
        done(page.sheet.write_formula(row, column, formula, form, int(holds.sum())))


def _total_counter(page: Page, column: int, tables: Tables) -> None:
    form = page.book.format({"bold": True, "num_format": style.COUNT})
    lines, at = tables.lines, "BCDEFG"[column - 1]
    if not len(lines):
        page.put(TOTAL, column, 0, bold=True, num_format=style.COUNT)
        return
    value = int((lines["owner"].isna() if column == NO_OWNER else lines["work"] == DONE).sum())
    done(page.sheet.write_formula(TOTAL, column, f"=SUM({at}{FIRST + 1}:{at}{TOTAL})", form, value))


def _first_actions(page: Page, lines: pd.DataFrame, links: Links) -> None:
    names = dict(zip((LIST_FIRST, LIST_ORDER, LIST_DUE), page.said(words.LIST_HEADER), strict=True))
    for column in range(LIST_FIRST, LAST + 1):
        page.put(HEADER, column, names.get(column), style.SMALL_HEADER)
    top = min(rows[0] for rows in links.actions.values()) + 1
    for place, line in enumerate(lines.head(LISTED).itertuples()):
        row = FIRST + place
        for column in range(LIST_FIRST, LAST + 1):
            page.put(row, column, None, style.LINED)
        page.lead(row, LIST_FIRST, page.book.leading("Actions", f"A{top + place}"), line.todo)
        page.put(row, LIST_ORDER, line.subject_text, style.LINED)
        late = {"bold": True, "font_color": style.CRITICAL} if line.bucket == "overdue" else {}
        due = page.word(words.WHEN, str(line.bucket)) if missing(line.due_local) else page.book.language.deadline(line.due_local)
        page.put(row, LIST_DUE, due, style.LINED, late)
