"""The Dashboard's native charts, each with its figures in cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import style, words
from reports.book import done
from reports.page import LAST, RIGHT, Page
from schemas.findings import Severity

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.chart import Chart


def chart_of_families(page: Page, last: int, largest: str) -> None:
    """Money at stake by family and kind, beside its figures."""
    chart = page.book.file.add_chart({"type": "bar", "subtype": "stacked"})
    for column, kind in enumerate(words.KIND, start=RIGHT + 1):
        done(chart.add_series({
            "name": ["Dashboard", 10, column], "categories": ["Dashboard", 11, RIGHT, last, RIGHT], "values": ["Dashboard", 11, column, last, column],
            "fill": {"color": style.KINDS[kind]}, "border": style.OUTLINE, "gap": 40,
        }))  # fmt: skip
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    _place(
        page,
        chart,
        9,
        13,
        (390, 220),
        "Money at stake by family and kind, EUR",
        f"Stacked bars: money at stake by rule family, split in sale lost, fees and fine. Largest: {largest}. Figures in the table to its left.",
    )


def _place(page: Page, chart: Chart, row: int, column: int, size: tuple[int, int], title: str, description: str) -> None:
    chart.set_title({"name": title, "name_font": style.CHART_TITLE, "overlay": False})
    chart.set_y_axis({"reverse": True, "num_font": style.CHART_FONT, "line": {"none": True}, "major_tick_mark": "none", "interval_unit": 1})
    chart.set_legend({"position": "bottom", "font": style.CHART_FONT})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_size({"width": size[0], "height": size[1]})
    done(page.sheet.insert_chart(row, column, chart, {"object_position": 1, "description": description, "x_offset": 4, "y_offset": 2}))


def chart_of_deadlines(page: Page, when: pd.DataFrame) -> None:
    """The chart reads figures that stand to the right of the page's print area."""
    base = LAST + 2
    for column, severity in enumerate(Severity, start=base + 1):
        page.put(30, column, words.SEVERITY[severity], font_size=8, font_color=style.MUTED)
        for row, count in enumerate(when[severity.value], start=31):
            page.put(row, column, int(count), font_size=8, font_color=style.MUTED, num_format=style.COUNT)
    for row, bucket in enumerate(when.index, start=31):
        page.put(row, base, words.WHEN[str(bucket)], font_size=8, font_color=style.MUTED)
    chart = page.book.file.add_chart({"type": "bar", "subtype": "stacked"})
    for column, severity in enumerate(Severity, start=base + 1):
        fill, ink = style.SEVERITY[words.SEVERITY[severity]]
        done(chart.add_series({
            "name": ["Dashboard", 30, column], "categories": ["Dashboard", 31, base, 35, base], "values": ["Dashboard", 31, column, 35, column],
            "fill": {"color": fill}, "border": style.OUTLINE, "gap": 40,
            "data_labels": {"value": True, "num_format": "0;;;", "font": {**style.CHART_FONT, "color": ink}},
        }))  # fmt: skip
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    _place(
        page,
        chart,
        29,
        RIGHT,
        (385, 160),
        "Actions by deadline and severity",
        "Stacked bars: number of actions overdue, today, tomorrow, later and undated, split by severity. Figures in the table to its left.",
    )
