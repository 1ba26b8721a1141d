"""What the cells of a column look like, whatever its header says."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from audit.normalise import countries, currencies
from audit.tracking import S10_SHAPE, S10_WEIGHTS
from schemas.table import fold
from schemas.vocabulary import CARRIERS

if TYPE_CHECKING:
    import pandas as pd

LOOKED_AT = 300
"""Filled cells of a column whose shapes are looked at."""

COMPARED = 5_000
"""Cells of a column that are compared with one another, and with the order's date."""

DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:\D.*)?|(\d{4})[/.\-年](\d{1,2})[/.\-月](\d{1,2})(?:\D.*)?")
OTHER_DAY = re.compile(r"(\d{1,2}[ .-])?[A-Za-zéû]{3,9}[ .-]{1,2}\d{1,2}([ ,.-]{1,2}\d{2,4})?.*|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2}( .*)?")
AMOUNT = re.compile(r"[-+]?\s?[€$£¥￥]?\s?\d[\d\s.,'’\u00a0\u202f]*\s?([€$£¥￥元]|EUR|USD|GBP|CNY)?", re.IGNORECASE)
DECIMALS = re.compile(r".*\d[.,]\d{1,2}\D*")
WHOLE = re.compile(r"\d+")
NUMBER_PAIR = re.compile(r"\d{4,}\s*/\s*\d{4,}")
PARCEL = re.compile(r"(?=(?:.*\d){6})[A-Z0-9]{8,35}", re.IGNORECASE)
LINK = re.compile(r"https?://\S+", re.IGNORECASE)
E_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
CARRIER = re.compile("|".join(re.escape(name) + (r"\b" if name.isascii() else "") for name in CARRIERS))
TELEPHONE = re.compile(r"(\+|00)\d[\d .()-]{7,}|0[1-9]([ .-]?\d{2}){4}")


def is_s10(text: str) -> bool:
    """Whether a text is a number of UPU standard S10 with the right check digit."""
    bare = re.sub(r"[\s-]", "", text.upper())
    if not re.fullmatch(S10_SHAPE, bare):
        return False
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(bare[2:10], S10_WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest) == int(bare[10])


def is_barcode(text: str) -> bool:
    """Whether a text is a barcode of 8, 12, 13 or 14 digits with the right check digit."""
    from stdnum import ean

    return bool(WHOLE.fullmatch(text)) and ean.is_valid(text)


def is_carrier(text: str) -> bool:
    """Whether a text begins with a carrier's name."""
    return bool(CARRIER.match(fold(text)))


def is_country(text: str) -> bool:
    """Whether a text is a country's name or letters."""
    return not text.isdigit() and (fold(text) in countries.known() or text.casefold() in countries.known())


def day_of(text: str) -> date | None:
    """The day that a text names, the day before the month; None where it names none so."""
    if not (found := DAY.fullmatch(text)):
        return None
    day, month, year, *other = found.groups()
    try:
        return date(int(year), int(month), int(day)) if year else date(*map(int, other))
    except ValueError:
        return date(int(year), int(day), int(month)) if year and int(day) <= 12 < int(month) <= 31 else None  # noqa: PLR2004 - months and days


def is_date(text: str) -> bool:
    """Whether a text is a date in one of the ways that exports write them."""
    return day_of(text) is not None or bool(OTHER_DAY.fullmatch(text))


SHAPES: Mapping[str, Callable[[str], bool]] = {
    "date": is_date,
    "amount": lambda text: bool(AMOUNT.fullmatch(text)),
    "decimals": lambda text: bool(AMOUNT.fullmatch(text) and DECIMALS.fullmatch(text)),
    "whole": lambda text: bool(WHOLE.fullmatch(text)),
    "few": lambda text: bool(WHOLE.fullmatch(text)) and int(text[:9]) < 1_000,  # noqa: PLR2004 - pieces of an order
    "pair": lambda text: bool(NUMBER_PAIR.fullmatch(text)),
    "parcel": lambda text: bool(PARCEL.fullmatch(re.sub(r"[\s-]", "", text))) and not is_date(text),
    "s10": is_s10,
    "barcode": is_barcode,
    "carrier": is_carrier,
    "country": is_country,
    "currency": lambda text: text.casefold() in currencies.meanings(),
    "link": lambda text: bool(LINK.fullmatch(text)),
    "e-mail": lambda text: bool(E_MAIL.search(text)),
    "telephone": lambda text: bool(TELEPHONE.fullmatch(text)),
    "spaced": lambda text: " " in text,
    "lettered": lambda text: any(letter.isalpha() for letter in text),
}
"""What one cell can look like."""


class Profile:
    """The filled cells of a column, and what share of them has each shape."""

    def __init__(self, cells: pd.Series[str]) -> None:
        self.received = cells

    @cached_property
    def cells(self) -> pd.Series[str]:
        """The cells that are compared."""
        return self.received.head(COMPARED).str.strip()

    @cached_property
    def filled(self) -> Sequence[str]:
        """Some filled cells."""
        kept = self.cells[self.cells != ""].head(LOOKED_AT)
        return [str(cell) for cell in kept]

    @cached_property
    def folded(self) -> Sequence[str]:
        """The same cells, folded."""
        return [fold(cell) for cell in self.filled]

    def among(self, words: Collection[str]) -> float:
        """The share of the filled cells that are one of some folded words."""
        return sum(cell in words for cell in self.folded) / len(self.folded) if self.folded else 0.0

    @cached_property
    def _shares(self) -> dict[str, float]:
        return {}

    def share(self, shape: str) -> float:
        """The share of the filled cells that have a shape; 0 where all are blank."""
        if shape not in self._shares:
            self._shares[shape] = self.of(SHAPES[shape])
        return self._shares[shape]

    def of(self, holds: Callable[[str], bool]) -> float:
        """The share of the filled cells for which something holds."""
        return sum(map(holds, self.filled)) / len(self.filled) if self.filled else 0.0

    @cached_property
    def distinct(self) -> float:
        """The share of the filled cells that are the first of their kind."""
        filled = self.cells[self.cells != ""]
        return filled.nunique() / len(filled) if len(filled) else 0.0

    @cached_property
    def days(self) -> Mapping[int, date]:
        """The day that each cell names, by row."""
        return {int(row): day for row, cell in self.cells.items() if (day := day_of(str(cell)))}

    def after(self, other: Profile) -> float:
        """The share of the rows that name a day in both columns where this one's is not the earlier."""
        both = self.days.keys() & other.days.keys()
        return sum(self.days[row] >= other.days[row] for row in both) / len(both) if both else 1.0

    @property
    def personal(self) -> str:
        """The kind of personal data that the cells look like, or nothing."""
        return next((kind for kind in ("e-mail", "telephone") if self.share(kind) >= 0.5), "")  # noqa: PLR2004 - most cells
