"""The Dashboard's native charts, each with its figures in cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from reports import course, style, words
from reports.book import done
from reports.page import RIGHT, Page
from schemas.findings import Severity

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

LEAST_LABELLED = 0.06
"""Share of the longest bar below which a part has no room for its figure; the table beside it has it."""

MONEY, DUE, TREND = Spot(9, 13, 385, 235), Spot(29, RIGHT, 296, 172), Spot(41, RIGHT, 800, 150)


def chart_of_families(page: Page, last: int, largest: str) -> None:
    """Money at stake by family and kind, beside its figures."""
    chart, front = page.book.file.add_chart({"type": "bar", "subtype": "stacked"}), page.book.named("Dashboard")
    for column, kind in enumerate(words.KIND, start=RIGHT + 1):
        done(chart.add_series({
            "name": [front, 10, column], "categories": [front, 11, RIGHT, last, RIGHT], "values": [front, 11, column, last, column],
            "fill": {"color": style.KINDS[kind]}, "border": style.OUTLINE, "gap": FEW_GAP if last - 11 < FEW else GAP,
        }))  # fmt: skip
    _lie_down(page, chart)
    _place(page, chart, MONEY, page.say(words.CHART_MONEY), page.say(words.ABOUT_MONEY, {"family": largest}))


def chart_of_deadlines(page: Page, figures: Placed, when: pd.DataFrame) -> None:
    """Actions by deadline and severity; ``figures``: their rows on the sheet Run; ``when``: what these hold."""
    first, last, run = figures.first, figures.last, page.book.named("Run")
    least = when["actions"].max() * LEAST_LABELLED
    chart = page.book.file.add_chart({"type": "bar", "subtype": "stacked"})
    for column, severity in enumerate(Severity, start=1):
        fill, ink = style.SEVERITY[severity]
        labels = [{"delete": bool(count < least)} for count in when[severity.value]]
        done(chart.add_series({
            "name": [run, first - 1, column], "categories": [run, first, 0, last, 0], "values": [run, first, column, last, column],
            "fill": {"color": fill}, "border": style.OUTLINE, "gap": GAP,
            "data_labels": {"value": True, "num_format": "0;;;", "custom": labels, "font": _font(page, style.CHART_FONT, color=ink)},
        }))  # fmt: skip
    _lie_down(page, chart)
    _place(page, chart, DUE, page.say(words.CHART_DUE), page.say(words.ABOUT_DUE))


def chart_of_nights(page: Page, figures: Placed, nights: pd.DataFrame) -> None:
    """Findings on each of the last nights; ``figures``: the rows of the table Nights."""
    first, last, run = max(figures.first, figures.last - course.CHARTED + 1), figures.last, page.book.named("Run")
    chart = page.book.file.add_chart({"type": "column", "subtype": "stacked"})
    for column, colour in zip((1, 2), style.NIGHTS, strict=True):
        done(chart.add_series({
            "name": [run, figures.first - 1, column], "categories": [run, first, 0, last, 0], "values": [run, first, column, last, column],
            "fill": {"color": colour}, "border": style.OUTLINE, "gap": GAP,
        }))  # fmt: skip
    font = _font(page, style.CHART_FONT)
    chart.set_x_axis({"num_font": font, "num_format": page.book.local(style.CHART_NIGHT), "text_axis": True, "major_tick_mark": "none"})
    grid = {"visible": True, "line": {"color": style.LINE, "width": 0.5}}
    chart.set_y_axis({"num_font": font, "num_format": "0", "major_gridlines": grid, "line": {"none": True}, "min": 0})
    chart.set_legend({"position": "right", "font": font})
    tonight = nights.iloc[-1]
    about = page.say(words.ABOUT_TREND, {"before": int(tonight["before"]), "new": int(tonight["new"])})
    _place(page, chart, TREND, page.say(words.CHART_TREND), about)


def _lie_down(page: Page, chart: Chart) -> None:
    """Axes and legend of bars that lie: categories from the top, every label shown, no axis of values."""
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    font = _font(page, style.CHART_FONT)
    chart.set_y_axis({"reverse": True, "num_font": font, "line": {"none": True}, "major_tick_mark": "none", "interval_unit": 1})
    chart.set_legend({"position": "bottom", "font": font})


def _font(page: Page, look: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """The letters of a chart's text, in the book's font."""
    return {"name": page.book.font, **look, **more}


def _place(page: Page, chart: Chart, spot: Spot, title: str, description: str) -> None:
    chart.set_title({"name": title, "name_font": _font(page, style.CHART_TITLE), "overlay": False})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_size({"width": spot.width, "height": spot.height})
    where = {"object_position": 1, "description": description, "x_offset": 4, "y_offset": 2}
    done(page.sheet.insert_chart(spot.row, spot.column, chart, where))
