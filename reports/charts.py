"""The Dashboard's native charts, each with its figures in cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reports import course, style, words
from reports.book import done
from reports.page import RIGHT, Page
from schemas.findings import Severity
from schemas.text import say

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.chart import Chart

    from reports.sheets import Placed


class Spot(NamedTuple):
    """Where a chart stands: its first row and column, from 0, and its size in pixels."""

    row: int
    column: int
    width: int
    height: int


GAP, FEW, FEW_GAP = 40, 3, 200
"""Between bars, in percent of their thickness; where there are few, so that they do not grow fat."""

MONEY, DUE, TREND = Spot(9, 13, 385, 235), Spot(29, RIGHT, 296, 172), Spot(41, RIGHT, 800, 165)


def chart_of_families(page: Page, last: int, largest: str) -> None:
    """Money at stake by family and kind, beside its figures."""
    chart = page.book.file.add_chart({"type": "bar", "subtype": "stacked"})
    for column, kind in enumerate(words.KIND, start=RIGHT + 1):
        done(chart.add_series({
            "name": ["Dashboard", 10, column], "categories": ["Dashboard", 11, RIGHT, last, RIGHT], "values": ["Dashboard", 11, column, last, column],
            "fill": {"color": style.KINDS[kind]}, "border": style.OUTLINE, "gap": FEW_GAP if last - 11 < FEW else GAP,
        }))  # fmt: skip
    _lie_down(chart)
    _place(page, chart, MONEY, words.CHART_MONEY, say(words.ABOUT_MONEY, {"family": largest}))


def chart_of_deadlines(page: Page, figures: Placed) -> None:
    """Actions by deadline and severity; ``figures``: their rows on the sheet Run."""
    first, last = figures.first, figures.last
    chart = page.book.file.add_chart({"type": "bar", "subtype": "stacked"})
    for column, severity in enumerate(Severity, start=1):
        fill, ink = style.SEVERITY[words.SEVERITY[severity]]
        done(chart.add_series({
            "name": ["Run", first - 1, column], "categories": ["Run", first, 0, last, 0], "values": ["Run", first, column, last, column],
            "fill": {"color": fill}, "border": style.OUTLINE, "gap": GAP,
            "data_labels": {"value": True, "num_format": "0;;;", "font": {**style.CHART_FONT, "color": ink}},
        }))  # fmt: skip
    _lie_down(chart)
    _place(page, chart, DUE, words.CHART_DUE, words.ABOUT_DUE)


def chart_of_nights(page: Page, figures: Placed, nights: pd.DataFrame) -> None:
    """Findings on each of the last nights; ``figures``: the rows of the table Nights."""
    first, last = max(figures.first, figures.last - course.CHARTED + 1), figures.last
    chart = page.book.file.add_chart({"type": "column", "subtype": "stacked"})
    for column, colour in zip((1, 2), style.NIGHTS, strict=True):
        done(chart.add_series({
            "name": ["Run", figures.first - 1, column], "categories": ["Run", first, 0, last, 0], "values": ["Run", first, column, last, column],
            "fill": {"color": colour}, "border": style.OUTLINE, "gap": GAP,
        }))  # fmt: skip
    chart.set_x_axis({"num_font": style.CHART_FONT, "num_format": style.CHART_NIGHT, "text_axis": True, "major_tick_mark": "none"})
    grid = {"visible": True, "line": {"color": style.LINE, "width": 0.5}}
    chart.set_y_axis({"num_font": style.CHART_FONT, "num_format": "0", "major_gridlines": grid, "line": {"none": True}, "min": 0})
    chart.set_legend({"position": "right", "font": style.CHART_FONT})
    tonight = nights.iloc[-1]
    about = say(words.ABOUT_TREND, {"before": int(tonight["before"]), "new": int(tonight["new"])})
    _place(page, chart, TREND, words.CHART_TREND, about)


def _lie_down(chart: Chart) -> None:
    """Axes and legend of bars that lie: categories from the top, every label shown, no axis of values."""
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_y_axis({"reverse": True, "num_font": style.CHART_FONT, "line": {"none": True}, "major_tick_mark": "none", "interval_unit": 1})
    chart.set_legend({"position": "bottom", "font": style.CHART_FONT})


def _place(page: Page, chart: Chart, spot: Spot, title: str, description: str) -> None:
    chart.set_title({"name": title, "name_font": style.CHART_TITLE, "overlay": False})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_size({"width": spot.width, "height": spot.height})
    where = {"object_position": 1, "description": description, "x_offset": 4, "y_offset": 2}
    done(page.sheet.insert_chart(spot.row, spot.column, chart, where))
