"""The Dashboard's five tiles: a label, a figure that leads to its rows, and a note."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reports import figures, style
from reports.page import ACTIONS_END, Links, Page, Tables, block

if TYPE_CHECKING:
    from schemas.outcome import Outcome


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
    """The five tiles."""
    due = figures.by_when(tables.lines) if len(tables.lines) else None
    counts = {name: int(due.at[name, "actions"]) if due is not None else 0 for name in ("overdue", "today")}
    money = {name: float(due.at[name, "money"]) if due is not None else 0.0 for name in ("overdue", "today")}
    failed = int((outcome.rules["status"] == "failed").sum())
    blind = int((~outcome.rules["status"].isin(["found", "clean"])).sum())
    unknown = f"{outcome.exposure.blanks} amounts unknown" if outcome.exposure.blanks else "no amount unknown"
    refused = f"{failed} failed  ·  {int(outcome.inputs['quarantined'].sum())} rows refused"
    for tile in (
        Tile(1, 1, "Money at stake, EUR", outcome.exposure.total / 100, "'Orders at risk'!A4", unknown, style.NAVY),
        Tile(2, 6, "Overdue", counts["overdue"], _due(links, "overdue"), f"{money['overdue']:,.0f} EUR", style.CRITICAL),
        Tile(8, 9, "Due today", counts["today"], _due(links, "today"), f"{money['today']:,.0f} EUR", style.HIGH),
        Tile(10, 13, "Findings", len(tables.told), "'Findings'!A3", "the trend begins with a history", style.NAVY),
        Tile(14, 16, "Rules not run", blind, "'Rules'!A3", refused, style.CRITICAL if failed else style.NAVY),
    ):
        _write(page, tile)


def _due(links: Links, bucket: str) -> str | None:
    return block("Actions", links.actions.get(bucket), ACTIONS_END)


def _write(page: Page, tile: Tile) -> None:
    edge = tile.edge if tile.figure else style.NAVY
    for column in range(tile.first, tile.last + 1):
        page.put(4, column, tile.label if column == tile.first else None, style.TILE_LABEL, top_color=edge)
        page.put(5, column, None, {"bg_color": style.TILE})
        page.put(6, column, tile.note if column == tile.first else None, style.TILE_NOTE)
    plain = {} if tile.target else {"font_color": style.INK, "underline": 0}
    form = page.book.format(style.TILE_FIGURE, num_format=style.WHOLE_MONEY, **plain)
    if tile.target:
        page.book.link(page.sheet, 5, tile.first, tile.target, tile.figure, form)
    else:
        page.book.write(page.sheet, 5, tile.first, tile.figure, form)
