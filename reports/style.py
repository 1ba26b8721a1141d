"""The only file with colours, fonts and number formats."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

NAVY, WHITE, INK, MUTED, LINK = "#1F3A5F", "#FFFFFF", "#1B2733", "#55616D", "#1A4F8B"
LINE, TILE, FILL_IN, BAR, BAR_EDGE = "#C5CFD9", "#EEF3F8", "#FFF8DC", "#C9DAEA", "#8FAFCB"
CRITICAL, HIGH, MEDIUM, LOW, GOOD, GUIDE, OK = "#7B1E3A", "#C24A17", "#EDB24A", "#DDE6EE", "#1E6B45", "#DCE7F2", "#DDEFE4"
DONE, DONE_TEXT = "#F2F4F6", "#5B6670"
NIGHTS = ("#A9BCCE", "#1F4E79")
KINDS = {"sale": "#1F4E79", "fee": "#6AA5CC", "fine": "#D3E3F0"}

FONTS = {"en": "Arial", "fr": "Arial", "zh": "Microsoft YaHei"}
LINES = {"en": 13.2, "fr": 13.2, "zh": 14.6}
"""Height of a line of text in each language's font at 10 points, in points."""

BOLD = 1.08
"""How much wider bold letters are."""

MONEY = "#,##0.00_ "
WHOLE_MONEY = '#,##0;-#,##0;"–"'
COUNT = '#,##0;-#,##0;"–"'
SHARE, ROOM = "0.0%", "0_ _ "
MORE, LESS = '"> "', '"< "'
DAY, MOMENT = 14, 22
NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed time makes the same bytes
CHART_NIGHT = "d mmm"
TILE_NUMBER = "#,##0;-#,##0;0"
NIGHT = "[$-809]ddd d mmm yyyy"
DEADLINE = "[$-809]ddd d mmm hh:mm"
LOCAL: Mapping[str, Mapping[str | int, str]] = {
    "en": {},
    "fr": {NIGHT: "[$-40C]ddd d mmm yyyy", DEADLINE: "[$-40C]ddd d mmm hh:mm", CHART_NIGHT: "[$-40C]d mmm"},
    "zh": {
        NIGHT: '[$-804]yyyy"年"m"月"d"日" "周"aaa', DEADLINE: '[$-804]m"月"d"日" "周"aaa hh:mm', CHART_NIGHT: 'm"/"d',
    },
}  # fmt: skip
"""Formats with words in them, as each language has them; the prefix keeps them so whatever the reader's system speaks."""

WIDE = {"zh": {DEADLINE: 20.0}}
"""Widths of columns of such formats where a language needs more, in characters."""

SEVERITY: Mapping[str, tuple[str, str]] = {
    "critical": (CRITICAL, WHITE),
    "high": (HIGH, WHITE),
    "medium": (MEDIUM, INK),
    "low": (LOW, INK),
}
SEVERITY_LOOKS = {severity: {"bg_color": fill, "font_color": ink, "bold": True} for severity, (fill, ink) in SEVERITY.items()}
STANDING: Mapping[str, Mapping[str, Any]] = {
    "official": {"bg_color": NAVY, "font_color": WHITE, "bold": True},
    "guide": {"bg_color": GUIDE, "font_color": INK},
    "house": {"font_color": MUTED, "italic": True},
}
STATUS: Mapping[str, Mapping[str, Any]] = {
    "found": {"bold": True},
    "skipped": {"italic": True, "font_color": MUTED},
    "failed": {"bg_color": CRITICAL, "font_color": WHITE, "bold": True},
}
RATE_STATES = {"breach": (CRITICAL, WHITE), "close": (MEDIUM, INK), "fine": (OK, GOOD), "few": (TILE, MUTED), "none": (WHITE, MUTED)}
VERDICT = {"bad": (CRITICAL, WHITE), "mid": (MEDIUM, INK), "good": (GOOD, WHITE)}

TITLE = {"bold": True, "font_size": 16, "font_color": NAVY, "valign": "vcenter"}
SENTENCE = {"font_color": MUTED, "text_wrap": True, "valign": "top"}
HEADING = {"bold": True, "font_size": 12, "font_color": NAVY, "bottom": 2, "bottom_color": NAVY}
HEADER = {"bold": True, "font_color": WHITE, "bg_color": NAVY, "text_wrap": True, "valign": "top"}
SMALL_HEADER = {"bold": True, "font_size": 9, "font_color": NAVY, "bottom": 1, "bottom_color": NAVY}
LINED = {"valign": "vcenter", "bottom": 1, "bottom_color": LINE}
CELL = {"valign": "top", "bottom": 1, "bottom_color": LINE}
WRAPPED = {**CELL, "text_wrap": True}
TO_FILL_IN: Mapping[str, Any] = {"bg_color": FILL_IN, "left": 1, "left_color": LINE, "right": 1, "right_color": LINE}
BACK = {"font_color": LINK, "underline": 1, "align": "right"}
TILE_LABEL = {"font_size": 9, "font_color": MUTED, "bg_color": TILE, "top": 5, "indent": 1}
TILE_FIGURE = {"font_size": 20, "bold": True, "font_color": LINK, "bg_color": TILE, "align": "left", "indent": 1, "underline": 1}
TILE_NOTE = {"font_size": 9, "font_color": MUTED, "bg_color": TILE, "indent": 1}
SMALL = {"font_size": 8, "font_color": MUTED, "text_wrap": True, "valign": "top"}
"""Formats by what they are for, in XlsxWriter's words."""

CHART_FONT: Mapping[str, Any] = {"size": 8, "color": INK}
CHART_TITLE: Mapping[str, Any] = {"size": 9, "bold": True, "color": NAVY}
OUTLINE = {"color": NAVY, "width": 0.5}


def counted(words: str) -> str:
    """The number format that puts a figure where words say {count}."""
    return '"' + words.replace("{count}", '"0"').replace('""', "") + '"_ _ '
