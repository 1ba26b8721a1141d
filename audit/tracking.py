"""Tracking numbers: how they are written, which are mere placeholders, and the check digit of UPU standard S10."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.table import fold

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

SEPARATORS = r"[,;/\r\n]+"
S10_SHAPE = r"[A-Z]{2}\d{9}[A-Z]{2}"
S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def bare(numbers: pd.Series[str]) -> pd.Series[str]:
    """Numbers in capitals, without spaces and hyphens: what makes two numbers the same."""
    return numbers.str.upper().str.replace(r"[\s\-]+", "", regex=True)


def is_placeholder(cells: pd.Series[str], words: Collection[str]) -> pd.Series[bool]:
    """Which cells hold no number but a word for none, or only zeros, x's or marks."""
    filler = bare(cells).str.fullmatch(r"0+|X+|[_.?*#/\\]*").fillna(value=False)
    wordless = cells.str.contains(r"[1-9]", regex=True).fillna(value=True)
    known = {fold(word) for word in words}
    meant = {cell for cell in cells[~wordless].unique() if fold(cell) in known}
    return filler | cells.isin(list(meant))


def is_s10_shaped(numbers: pd.Series[str]) -> pd.Series[bool]:
    """Which bare numbers have the shape of S10: two letters, nine digits, the two letters of a country.

    Chronopost's own numbers look alike, but for letters such as JF that are no country.
    """
    from audit.normalise.countries import country_codes

    shaped = numbers.str.fullmatch(S10_SHAPE).fillna(value=False).astype(bool)
    return shaped & numbers.str[-2:].isin(country_codes())


def s10_holds(numbers: pd.Series[str]) -> pd.Series[bool]:
    """Which bare numbers have the shape of S10 and its check digit."""
    shaped = numbers[is_s10_shaped(numbers)]
    total = sum(shaped.str[2 + place].astype("int64") * weight for place, weight in enumerate(S10_WEIGHTS))
    rest = 11 - (total - total // 11 * 11) if len(shaped) else shaped.str.len()
    wanted = rest.replace({10: 0, 11: 5})
    right = wanted == shaped.str[10].astype("int64")
    return right.reindex(numbers.index, fill_value=False).astype(bool)
