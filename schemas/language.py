"""Languages: each with its catalogue, and how it writes amounts, times and lists."""

from __future__ import annotations

import gettext
import re
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

CODES = ("en", "fr", "zh")
LOCALES = {"en": "en_GB", "fr": "fr_FR", "zh": "zh_Hans_CN"}
"""The locale whose habits each language follows."""

DOMAIN = "order_audit"
FOLDER = Path(__file__).with_name("locale")
"""Holds the catalogues: <language>/LC_MESSAGES/order_audit.po, and the same compiled."""

MONEY = {"en": "{amount} EUR", "fr": "{amount}\u00a0€", "zh": "{amount} 欧元"}
TIME = {"en": "d MMM y HH:mm", "fr": "d MMM y HH:mm", "zh": "y年M月d日 HH:mm"}
MOMENT = {"en": "EEEE dd MMMM y HH:mm", "fr": "EEEE d MMMM y HH:mm", "zh": "y年M月d日EEEE HH:mm"}
HOUR = "EEEE HH:mm"
DAY = {"en": "d MMM y", "fr": "d MMM y", "zh": "y年M月d日"}
DEADLINE = {"en": "EEE dd MMM HH:mm", "fr": "EEE dd MMM HH:mm", "zh": "M月d日 EEE HH:mm"}
DAY_OF_YEAR = {"en": "d MMM", "fr": "d MMM", "zh": "M月d日"}
FIRST_OF_MONTH = re.compile(r"\bd MMM")
"""Where a pattern gives the day without a nought before it: French says of the first day, and of it alone, the "1er"."""
SEPARATOR = {"en": ", ", "fr": ", ", "zh": "、"}
CLAUSES = {"en": "; ", "fr": "\u00a0; ", "zh": "；"}
GROUPED = ("#,##0", "#,##0.00")
"""Patterns of whole numbers and amounts: thousands apart, a half rounded to the even digit."""

SENTENCES = {"en": " ", "fr": " ", "zh": ""}
"""What stands between names in a row, between clauses of a sentence, and between sentences."""


class Language:
    """One language of the report. Its messages are keyed by their English; what has no translation stays English."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.catalogue = gettext.NullTranslations() if code == "en" else gettext.translation(DOMAIN, FOLDER, [code])

    def text(self, message: str, context: str = "") -> str:
        """A message in this language; ``context`` tells apart English words that mean several things."""
        if not message:
            return ""
        return self.catalogue.pgettext(context, message) if context else self.catalogue.gettext(message)

    def plural(self, one: str, many: str, count: int) -> str:
        """The form of a message that goes with a count."""
        return self.catalogue.ngettext(one, many, count)

    @property
    def locale(self) -> Locale:
        """What Babel knows of the language."""
        return _locale(self.code)

    def number(self, value: float, pattern: str = "#,##0") -> str:
        """A number with this language's separators."""
        return _number(value, pattern, self.code)

    def money(self, cents: int) -> str:
        """An amount in euros, to the cent."""
        return MONEY[self.code].format(amount=self.number(cents / 100, "#,##0.00"))

    def time(self, moment: datetime) -> str:
        """A time to the minute, in the zone that it is in."""
        return self._dated(moment, TIME[self.code])

    def moment(self, moment: datetime) -> str:
        """A time with the day of its week."""
        return self._dated(moment, MOMENT[self.code])

    def hour(self, moment: datetime) -> str:
        """The day of the week and the hour of a time that is told elsewhere."""
        return self._dated(moment, HOUR)

    def day(self, moment: datetime) -> str:
        """The day of a time."""
        return self._dated(moment, DAY[self.code])

    def deadline(self, moment: datetime) -> str:
        """A time near by, with its day of the week and without its year."""
        return self._dated(moment, DEADLINE[self.code])

    def day_of_year(self, moment: datetime) -> str:
        """The day of a time, without its year."""
        return self._dated(moment, DAY_OF_YEAR[self.code])

    def clock(self, moment: datetime) -> str:
        """The hour and minute of a time."""
        return self._dated(moment, "HH:mm")

    def town(self, zone: str) -> str:
        """The town that a zone is named for."""
        from babel.dates import get_timezone, get_timezone_location

        return str(get_timezone_location(get_timezone(zone), locale=self.locale, return_city=True))

    def _dated(self, moment: datetime, pattern: str) -> str:
        from babel.dates import format_datetime

        told = FIRST_OF_MONTH.sub("d'er' MMM", pattern) if self.code == "fr" and moment.day == 1 else pattern
        return str(format_datetime(moment.replace(tzinfo=None), told, locale=self.locale))

    def share(self, share: float) -> str:
        """A share of one, in percent to one decimal."""
        from babel.numbers import format_percent

        return str(format_percent(share, "#,##0.0\u00a0%" if self.code == "fr" else "#,##0.0%", self.locale))

    def country(self, code: str) -> str:
        """The name of a country by its two letters; the letters where it has none."""
        return str(self.locale.territories.get("FR" if code == "FX" else code, code))

    def joined(self, names: list[str]) -> str:
        """Names in a row."""
        return SEPARATOR[self.code].join(names)

    def clauses(self, told: list[str]) -> str:
        """Clauses as one sentence; blank ones are left out."""
        return CLAUSES[self.code].join(filter(None, told))

    def sentences(self, told: list[str]) -> str:
        """Sentences one after the other; blank ones are left out."""
        return SENTENCES[self.code].join(filter(None, told))


@lru_cache(maxsize=100_000)  # the same amounts stand in many sentences
def _number(value: float, pattern: str, code: str) -> str:
    if pattern not in GROUPED:
        from babel.numbers import format_decimal

        return str(format_decimal(value, pattern, _locale(code)))
    # Babel reads its pattern again for each number; these two are in nearly every sentence.
    symbols = _locale(code).number_symbols["latn"]
    signs = str.maketrans({",": symbols["group"], ".": symbols["decimal"], "-": symbols["minusSign"]})
    return f"{value:,.{len(pattern.partition('.')[2])}f}".translate(signs)


@cache
def _locale(code: str) -> Locale:
    from babel import Locale

    return Locale.parse(LOCALES[code])


@cache
def language(code: str) -> Language:
    """The language of a code of CODES."""
    return Language(code)


ENGLISH = language("en")
