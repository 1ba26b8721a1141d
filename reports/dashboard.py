"""The Dashboard: the answer first, then figures, each beside its chart and linked to its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import block_cost, block_course, block_due, block_state, figures, style, words
from reports.action_sheet import time_left
from reports.book import Book, done
from reports.cells import missing, safe
from reports.fields import lines_of
from reports.page import LAST, LEFT, WIDTHS, Links, Page, Tables
from reports.sheets import FOOT_MARGIN, as_of_facts
from reports.tiles import write_tiles
from schemas.text import say_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.worksheet import Worksheet

    from schemas.outcome import Outcome
    from schemas.text import Fact

BAND = (28, 18, 40, 6, 18, 32, 18, 6)
"""Heights of the first rows, in points: title, as-of, badge, gap, tiles, gap."""

ROW, ANSWER, GAP = 15.5, 18, 7
"""Heights, in points, of a row of a block, of the sentence that answers, and of a gap."""

HEADINGS = (8, 28, 39)
GAPS = (27, 38, 48)
FOOT = 49
"""Rows, from 0, of the blocks' headings, of the gaps between them, and of the footer."""

BETWEEN = "  ·  "
"""Stands between the facts of a line."""

VERDICT_LINE, VERDICT_WIDTH = 16.0, 1.15
"""Height of a line of the verdict, in points, and how much wider its letters are than those of tables."""

NO_ORDERS = 3
"""Exit code of a run without an order row."""


def write(book: Book, sheet: Worksheet, outcome: Outcome, tables: Tables, links: Links) -> None:
    """Write the whole page."""
    page = Page(book, sheet)
    _set_up(page, outcome)
    _band(page, outcome, tables)
    write_tiles(page, outcome, tables, links)
    block_state.write(page, outcome, tables, links)
    block_cost.write(page, outcome, tables, links)
    block_due.write(page, tables, links)
    block_course.write(page, outcome, tables, links)
    _foot(page, outcome)


def _set_up(page: Page, outcome: Outcome) -> None:
    sheet = page.sheet
    for column, width in enumerate(WIDTHS):
        done(sheet.set_column(column, column, width))
    heights = dict(enumerate(BAND)) | dict.fromkeys(range(len(BAND), FOOT + 1), ROW)
    heights |= dict.fromkeys(HEADINGS, ANSWER) | dict.fromkeys(GAPS, GAP)
    for row, height in heights.items():
        sheet.set_row(row, height)
    sheet.set_zoom(80)
    sheet.set_margins(0.24, 0.24, 0.3, 0.4)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    sheet.print_area(0, 0, FOOT, LAST)
    sheet.set_footer(page.book.edge(f"order-audit {outcome.run.version}", page.say(words.PAGE), "&F"), FOOT_MARGIN)
    sheet.activate()
    sheet.set_selection(2, LEFT, 2, LEFT)


def _band(page: Page, outcome: Outcome, tables: Tables) -> None:
    run = outcome.run
    page.put(0, LEFT, page.say(words.TITLE, {"shop": safe(run.shop) or page.say(words.NO_NAME)}), style.TITLE)
    page.put(0, LAST, f"order-audit {run.version}", align="right", font_size=9, font_color=style.MUTED)
    _second_line(page, outcome)
    kind = figures.verdict(outcome, tables.told, tables.lines)
    fill, ink = style.VERDICT[kind]
    badge = {"bg_color": fill, "font_color": ink, "align": "center", "valign": "vcenter"}
    page.put(2, LEFT, page.word(words.BADGES, kind), badge, bold=True, font_size=14)
    form = page.book.format({"bold": True, "font_size": 11, "bg_color": style.TILE, "text_wrap": True, "valign": "vcenter", "indent": 1})
    done(page.sheet.merge_range(2, 2, 2, LAST, "", form))
    told = _verdict(page, outcome, tables)
    page.book.write(page.sheet, 2, 2, told, form)
    page.sheet.set_row(2, max(BAND[2], VERDICT_LINE * lines_of(told, sum(WIDTHS[2:]) / VERDICT_WIDTH) + 4))


def _second_line(page: Page, outcome: Outcome) -> None:
    """As of when and over what; on a report on a part, first and in bold, on which."""
    run = outcome.run
    told = BETWEEN.join([*([run.narrowed.said(page.book.language)] if run.narrowed else []), *_scope(page, outcome)])
    look = {"bold": True, "font_color": style.CRITICAL} if run.narrowed else {"font_color": style.MUTED}
    page.put(1, LEFT, told, look, font_size=9)


def _scope(page: Page, outcome: Outcome) -> list[str]:
    run, language = outcome.run, outcome.language
    facts: dict[str, Fact] = {**as_of_facts(page.book, outcome)}
    away = run.seller_zone if run.seller_zone != run.zone else None
    if away:
        facts |= {"there": language.deadline(run.as_of.astimezone(away)), "seller_zone": language.town(str(away))}
    period = {"first": language.day_of_year(run.period[0]), "last": language.day(run.period[1])} if run.period else {}
    return [
        page.say(words.AS_OF_THERE if away else words.AS_OF, facts),
        page.say(words.PERIOD if period else words.NO_PERIOD, period),
        page.say(words.SIZE, _size(page, outcome)),
        *([page.say(words.GRADE, {"grade": run.grade})] if run.grade else []),
    ]


def _size(page: Page, outcome: Outcome) -> dict[str, str]:
    """How many items and parcels were examined."""
    return {
        "items": page.say(words.ITEM, {"count": outcome.run.items}, plural=words.ITEMS),
        "parcels": page.say(words.PARCEL, {"count": outcome.run.parcels}, plural=words.PARCELS),
    }


def _verdict(page: Page, outcome: Outcome, tables: Tables) -> str:
    """What makes the inputs doubtful comes first, for then the findings tell of another night."""
    doubt = outcome.run.doubts[0].said(page.book.language) if outcome.run.doubts else ""
    if outcome.run.exit_code == NO_ORDERS:
        told = [page.say(words.NO_ORDER), doubt, _looked_at(page, outcome)]
        return page.book.language.sentences(told)
    if not len(tables.told):
        return "\n".join(filter(None, [doubt, _looked_at(page, outcome)]))
    counts, due = tables.told["severity"].value_counts(), tables.when["actions"]
    facts: dict[str, Fact] = {name: int(counts.get(name, 0)) for name in ("critical", "high")}
    facts |= {name: int(due[name]) for name in ("overdue", "today")} | {"money": outcome.exposure.total / 100}
    return "\n".join(filter(None, [doubt, page.say(words.VERDICT, facts), _first(page, outcome, tables)]))


def _looked_at(page: Page, outcome: Outcome) -> str:
    """What was examined, how many rules did not run, and the commonest reason."""
    blind = outcome.rules[~outcome.rules["status"].isin(["found", "clean"])]
    ran = len(outcome.rules) - len(blind)
    rules = page.say(words.RULE, {"count": ran}, plural=words.RULES_MANY)
    looked = page.say(words.LOOKED_AT, {**_size(page, outcome), "rules": rules, "blind": len(blind)})
    if not len(blind):
        return looked
    reasons = blind.groupby(["reason", "reason_facts"], sort=False).size()
    template, known = reasons.idxmax()
    whole = words.LOOKED_AT_REASON if len(reasons) == 1 else words.LOOKED_AT_REASONS
    return page.book.language.sentences([looked, page.say(whole, {"reason": say_json(template, known, page.book.language)})])


def _first(page: Page, outcome: Outcome, tables: Tables) -> str:
    """The first thing to do: what, on which order, how late, and the money."""
    line = tables.lines.iloc[0]
    facts: dict[str, Fact] = {"todo": line["todo"], "subject": line["subject_text"], "money": float(line["money"])}
    late = line["bucket"] == "overdue" and not missing(line["deadline_at"])
    if late:
        facts |= {"left": time_left(outcome, line["deadline_at"])}
    return page.say(words.FIRST[late, bool(facts["money"])], facts)


def _foot(page: Page, outcome: Outcome) -> None:
    blanks = outcome.exposure.blanks
    known: Mapping[str, Fact] = {"count": blanks}
    unknown = page.say(words.UNKNOWN, known, plural=words.UNKNOWNS) if blanks else page.say(words.ALL_KNOWN)
    page.put(FOOT, LEFT, page.say(words.FOOT, {"unknown": unknown}), font_size=8, font_color=style.MUTED)
