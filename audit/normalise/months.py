"""Dates in words, put into figures: names of months and weekdays, and the ways of the three languages to write a clock."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from schemas.table import fold

LANGUAGES = ("en", "fr", "zh")
SHORT: dict[str, int] = {
    "janv": 1, "fev": 2, "fevr": 2, "fevrier": 2, "avr": 4, "juil": 7, "jul": 7, "aou": 8, "aout": 8, "sept": 9, "sep": 9, "dec": 12,
}  # fmt: skip
"""Abbreviations that exports use beside those of the languages' own tables."""

WEEKDAYS = (
    "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    "|mon|tues?|wed|thu(?:rs)?|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim)"
)

PLAINER: tuple[tuple[str, str], ...] = (
    (r"[（(]?(?:星期|礼拜|周)[一二三四五六日天][)）]?", " "),
    (rf"^{WEEKDAYS}\.?,? +(\d{{1,2}}(?:[/.\-]|(?:er|st|nd|rd|th)? +[^\d ]))", r"\1"),
    (rf"^{WEEKDAYS}\.?,? +([^\d ]+ +\d)", r"\1"),
    (r"\s*年\s*", "-"),
    (r"(\d)\s*月\s*", r"\1-"),
    (r"月\s*(\d)", r"月-\1"),
    (r"(\d)\s*[日号]\s*", r"\1 "),
    (r"(?:上午|凌晨|早上)\s*(\d[\d:时点分秒 ]*)", r"\1 am"),
    (r"(?:下午|晚上|中午)\s*(\d[\d:时点分秒 ]*)", r"\1 pm"),
    (r"(\d)\s*[时点]\s*(\d)", r"\1:\2"),
    (r"(\d)\s*[时点]", r"\1:00"),
    (r"(\d)\s*分\s*(\d)", r"\1:\2"),
    (r"[分秒]", ""),
    (r"\b(\d{1,2})(?:er|st|nd|rd|th)\b", r"\1"),
    (r"\b(\d{1,2}) ?h ?(\d{2})\b", r"\1:\2"),
    (r"\b(\d{1,2}) ?h$", r"\1:00"),
    (r",? (?:à|at) (\d)", r" \1"),
    (r"([^\d\s.])\.", r"\1"),
    (r", *", " "),
    (r"\s+", " "),
)
"""What is done, in this order, to a date that is not all figures."""


def plainer(cells: pa.Array) -> pa.Array:
    """Dates with figures wherever words and signs stood, except the names of months."""
    plain = pc.utf8_lower(cells)
    for pattern, replacement in PLAINER:
        plain = pc.replace_substring_regex(plain, pattern, replacement)
    return pc.utf8_trim_whitespace(plain)


@cache
def months() -> Mapping[str, int]:
    """The folded names of the months, long and short, in the three languages."""
    from babel import Locale

    names: dict[str, int] = {
        fold(name): number
        for language in LANGUAGES
        for context in Locale(language).months.values()
        for width in ("wide", "abbreviated")
        for number, name in context[width].items()
    }
    return names | SHORT
