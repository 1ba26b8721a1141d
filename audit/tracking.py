"""Tracking numbers: how they are written, which are mere placeholders, and the check digit of UPU standard S10."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.books.columns import matching, placed, signs
from schemas.table import fold

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy as np
    import numpy.typing as npt
    import pandas as pd

SEPARATORS = r"[,;/\r\n]+"
S10_SHAPE = "^[A-Z]{2}[0-9]{9}[A-Z]{2}$"
S10_LENGTH = 13
S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


PLAIN = "^[0-9A-Z]*[1-9][0-9A-Z]*$"
"""What is bare as it stands, and no placeholder: nearly all that real files hold."""


def is_plain(cells: pd.Series[str]) -> pd.Series[bool]:
    """Which cells are bare numbers as they stand, and no placeholders."""
    return matching(cells, PLAIN)


def bare(numbers: pd.Series[str]) -> pd.Series[str]:
    """Numbers in capitals, without spaces and hyphens: what makes two numbers the same."""
    plain = is_plain(numbers)
    told = numbers[~plain].str.upper().str.replace(r"[\s\-]+", "", regex=True)
    return numbers.where(plain, told.reindex(numbers.index)) if len(told) else numbers


def is_placeholder(cells: pd.Series[str], words: Collection[str]) -> pd.Series[bool]:
    """Which cells hold no number but a word for none, or only zeros, x's or marks."""
    odd = cells[~is_plain(cells)]
    filler = bare(odd).str.fullmatch(r"0+|X+|[_.?*#/\\]*").fillna(value=False).astype(bool)
    wordless = odd.str.contains(r"[1-9]", regex=True).fillna(value=True)
    known = {fold(word) for word in words}
    meant = [cell for cell in odd[~wordless].unique() if fold(cell) in known]
    return (filler | odd.isin(meant)).reindex(cells.index, fill_value=False)


def s10_holds(numbers: pd.Series[str]) -> pd.Series[bool]:
    """Which bare numbers have the shape of S10 and its check digit."""
    shaped, sound = _s10(numbers)
    return placed(sound, shaped, numbers.index)


def s10_fails(numbers: pd.Series[str]) -> pd.Series[bool]:
    """Which bare numbers have the shape of S10, but not its check digit."""
    shaped, sound = _s10(numbers)
    return placed(~sound, shaped, numbers.index)


def _s10(numbers: pd.Series[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """The places of the bare numbers of S10's shape, two letters, nine digits, the two letters of a country; whether their check digits are right.

    Chronopost's own numbers look alike, but for letters such as JF that are no country.
    """
    import numpy as np

    from audit.normalise.countries import country_codes

    places = matching(numbers, S10_SHAPE).to_numpy().nonzero()[0]
    letters = signs(numbers.iloc[places], S10_LENGTH)
    codes = np.frombuffer("".join(country_codes()).encode(), dtype="uint16")
    known = np.isin(np.ascontiguousarray(letters[:, -2:]).view("uint16")[:, 0], codes)
    digits = letters[known, 2:11] - ord("0")
    rest = 11 - digits[:, :-1].astype("int64") @ S10_WEIGHTS % 11
    return places[known], np.select([rest == 10, rest == 11], [0, 5], rest) == digits[:, -1]  # noqa: PLR2004 - as S10 has it
