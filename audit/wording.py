"""The words that decide who cancelled: the rétracter family, the annuler family, and how a buyer's wish is put."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemas.table import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

NOT = r"(?<!\bnon )(?<!\bpas )(?<!\bpas d )(?<!\bpas de )(?<!\bsans )(?<!\baucune )(?<!\bno )(?<!\bnot )"
RETRACTION = re.compile(NOT + r"\bretract(?:e|es|ee|ees|er|ez|ons|ent|ation|ations|ant|ait|ais|era|erai|erait|able)?\b")
ANNULATION = re.compile(
    NOT + r"\bannul(?:e|es|ee|ees|er|ez|ons|ent|ation|ations|ant|ait|ais|aient|era|erai|eras|erait|erez|erons|eront|able|ables)\b"
)


def tells_retraction(text: str) -> bool:
    """Whether a text says that the buyer withdraws; a negated word does not."""
    return bool(RETRACTION.search(fold(text)))


def tells_annulation(text: str) -> bool:
    """Whether a text uses a word of the annuler family; "annulaire" is none, "non annulé" does not count."""
    return bool(ANNULATION.search(fold(text)))


def says_any(text: str, phrases: Iterable[str]) -> bool:
    """Whether a text holds one of the phrases as whole words; Chinese phrases need no spaces around them."""
    folded = fold(text)
    return any(_holds(folded, fold(phrase)) for phrase in phrases)


def _holds(text: str, phrase: str) -> bool:
    if not phrase.isascii():
        return phrase in text
    return f" {phrase} " in f" {text} "


def where(texts: pd.Series[str], test: Callable[[str], bool]) -> pd.Series[bool]:
    """Which texts pass a test, each distinct text tested once; a missing one does not."""
    return texts.isin([text for text in texts.dropna().unique() if test(text)])
