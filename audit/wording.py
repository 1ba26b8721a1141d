"""The words that decide who cancelled: the rétracter family, the annuler family, and how a buyer's wish is put."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemas.table import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

NOT = r"(?<!\bnon )(?<!\bpas )(?<!\bpas d )(?<!\bpas de )(?<!\bsans )(?<!\baucune )(?<!\bno )(?<!\bnot )"
RETRACTION_WORD = re.compile(r"\bretract(?:e|es|ee|ees|er|ez|ons|ent|ation|ations|ant|ait|ais|era|erai|erait|able)?\b")
RETRACTION = re.compile(NOT + RETRACTION_WORD.pattern)
ANNULATION = re.compile(
    NOT + r"\bannul(?:e|es|ee|ees|er|ez|ons|ent|ation|ations|ant|ait|ais|aient|era|erai|eras|erait|erez|erons|eront|able|ables)\b"
)


def tells_retraction(text: str) -> bool:
    """Whether a text says that the buyer withdraws; a negated word does not."""
    return bool(RETRACTION.search(fold(text)))


def names_retraction(text: str) -> bool:
    """Whether a text uses a word of the rétracter family, negated or not."""
    return bool(RETRACTION_WORD.search(fold(text)))


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


ANNULATION_WORD = re.compile(r"\bannul(?!aire|air|e?t\b)[a-z]*\b")
CLAIM_ANNULLED = re.compile(r"\bannul[a-z]* (?:de )?(?:la|sa|cette|ma|votre|leur|une) (?:reclamation|demande de reclamation)\b")


def annulation_words(text: str) -> list[str]:
    """Every word of the annuler family in a text, negated ones too; an annulled claim is none of the sale."""
    return ANNULATION_WORD.findall(CLAIM_ANNULLED.sub(" ", fold(text)))


def is_mere_thanks(text: str, thanks: Iterable[str], courtesies: Iterable[str]) -> bool:
    """Whether a text holds thanks and nothing beside them but courtesies."""
    rest, thanked = f" {fold(text)} ", False
    for phrase in sorted((fold(phrase) for phrase in thanks), key=len, reverse=True):
        shorter = _without(rest, phrase)
        rest, thanked = shorter, thanked or shorter != rest
    for phrase in sorted((fold(phrase) for phrase in courtesies), key=len, reverse=True):
        rest = _without(rest, phrase)
    return thanked and not rest.strip()


def _without(text: str, phrase: str) -> str:
    if not phrase.isascii():
        return text.replace(phrase, " ")
    return re.sub(rf"(?<= ){re.escape(phrase)}(?= )", "", text)
