"""The Dashboard's five tiles: a label, a figure that leads to its rows, and a note."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reports import course, style, words
from reports.book import done
from reports.cells import missing
from reports.page import FINDINGS_END, Links, Page, Tables

if TYPE_CHECKING:
    from schemas.outcome import Outcome
    from schemas.text import Fact

LABEL, FIGURE, NOTE = 4, 5, 6
"""Rows, from 0."""

SPARKLINE = 2
"""Column, from 0, of the nights in small, within the first tile."""

STAKE_OF_NIGHTS = "E"
"""Column of the sheet Run that holds what was at stake each night."""

SIGNED = "+#,##0;−#,##0"
"""An amount with its sign, as Babel writes formats."""


class Tile(NamedTuple):
    """One tile: its first and last column, label, figure, where that leads, note, and the colour of its edge if it is not nil."""

    first: int
    last: int
    label: str
    figure: float
    target: str | None
    note: str
    edge: str


def write_tiles(page: Page, outcome: Outcome, tables: Tables, links: Links) -> None:
    """The five tiles, and the nights in small."""
    tiles = (
        _money(page, outcome), _overdue(page, tables, links), _today(page, tables, links), _findings(page, outcome, tables, links),
        _blind(page, outcome),
    )  # fmt: skip
    for tile in tiles:
        _write(page, tile)
    _sparkline(page, tables, links)


def _money(page: Page, outcome: Outcome) -> Tile:
    blanks = outcome.exposure.blanks
    note = page.say(words.UNKNOWN_SHORT, {"count": blanks}, plural=words.UNKNOWNS_SHORT) if blanks else page.say(words.ALL_KNOWN)
    if course.compared(outcome):
        change = round(course.change(outcome))
        signed = page.book.language.number(change, SIGNED)
        note = page.say(words.CHANGE, {"change": signed}) if change else page.say(words.UNCHANGED)
    return Tile(1, 2, words.TILE_MONEY, outcome.exposure.total / 100, page.book.leading("Orders at risk", "A4"), note, style.NAVY)


def _overdue(page: Page, tables: Tables, links: Links) -> Tile:
    late = tables.lines[tables.lines["bucket"] == "overdue"]
    facts: dict[str, Fact] = {"money": float(tables.when.at["overdue", "money"]), "without": int(late["owner"].isna().sum())}
    note = page.say(words.OVERDUE, facts) if len(late) else page.say(words.TILE_NOTHING)
    return Tile(3, 6, words.TILE_OVERDUE, len(late), _due(page, links, "overdue"), note, style.CRITICAL)


def _today(page: Page, tables: Tables, links: Links) -> Tile:
    today = tables.lines[tables.lines["bucket"] == "today"]
    first = today["due_local"].min() if len(today) else None
    facts: dict[str, Fact] = {"money": float(tables.when.at["today", "money"])}
    if not len(today):
        note = page.say(words.TILE_NOTHING)
    elif first is None or missing(first):
        note = page.say(words.TODAY_UNDATED, facts)
    else:
        note = page.say(words.TODAY, {**facts, "time": page.book.language.clock(first)})
    return Tile(8, 9, words.TILE_TODAY, len(today), _due(page, links, "today"), note, style.HIGH)


def _findings(page: Page, outcome: Outcome, tables: Tables, links: Links) -> Tile:
    """New findings and the course of the others; without a night to compare with, all findings."""
    every = page.book.block("Findings", _whole(links), FINDINGS_END)
    if not course.compared(outcome) or outcome.lifecycle is None:
        note = words.NO_HISTORY if outcome.lifecycle is None else words.TREND_BEGINS
        note = words.TREND_NARROWED_SHORT if outcome.run.narrowed else note
        return Tile(10, 13, words.TILE_ALL, len(tables.told), every, page.say(note), style.NAVY)
    counts = outcome.lifecycle
    note = page.say(words.COURSE, {"gone": counts.gone, "back": counts.back, "open": counts.open})
    return Tile(10, 13, words.TILE_NEW, counts.new, every, note, style.NAVY)


def _whole(links: Links) -> tuple[int, int] | None:
    rows = [rows for (kind, _), rows in links.findings.items() if kind == "severity"]
    return (min(first for first, _ in rows), max(last for _, last in rows)) if rows else None


def _blind(page: Page, outcome: Outcome) -> Tile:
    status = outcome.rules["status"]
    failed = int((status == "failed").sum())
    known: dict[str, Fact] = {"failed": failed, "count": int(outcome.inputs["quarantined"].sum())}
    note = page.say(words.BLIND, known, plural=words.BLIND_MANY)
    edge = style.CRITICAL if failed else style.NAVY
    unseen = int((~status.isin(["found", "clean"])).sum())
    return Tile(14, 16, words.TILE_BLIND, unseen, page.book.leading("Rules", "A3"), note, edge)


def _due(page: Page, links: Links, bucket: str) -> str | None:
    return page.book.block("Actions", links.actions.get(bucket), links.columns["key"])


def _write(page: Page, tile: Tile) -> None:
    edge = tile.edge if tile.figure else style.NAVY
    for column in range(tile.first, tile.last + 1):
        gap = {"right": 5, "right_color": style.WHITE} if column == tile.last else {}
        page.put(LABEL, column, page.say(tile.label) if column == tile.first else None, style.TILE_LABEL, gap, top_color=edge)
        page.put(FIGURE, column, None, {"bg_color": style.TILE}, gap)
        page.put(NOTE, column, tile.note if column == tile.first else None, style.TILE_NOTE, gap)
    plain = {} if tile.target else {"font_color": style.INK, "underline": 0}
    form = page.book.format(style.TILE_FIGURE, num_format=style.TILE_NUMBER, **plain)
    if tile.target:
        page.book.link(page.sheet, FIGURE, tile.first, tile.target, tile.figure, form)
    else:
        page.book.write(page.sheet, FIGURE, tile.first, tile.figure, form)


def _sparkline(page: Page, tables: Tables, links: Links) -> None:
    """Money at stake on the last nights as columns, tonight's in another colour."""
    if len(tables.nights) < 2:  # noqa: PLR2004 - one night is no trend
        return
    last = links.charted.nights.last + 1
    first = max(links.charted.nights.first + 1, last - course.CHARTED + 1)
    cells = page.book.at("Run", f"${STAKE_OF_NIGHTS}${first}:${STAKE_OF_NIGHTS}${last}")
    look = {"type": "column", "series_color": style.KINDS["fee"], "last_point": True, "last_color": style.CRITICAL, "min": 0}
    done(page.sheet.add_sparkline(FIGURE, SPARKLINE, {"range": cells, **look}))
