"""The words that decide who cancelled: the rétracter family, the annuler family, and how a buyer's wish is put."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemas.table import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

CLAUSE_ENDS = re.compile(r"[.!?;,:\n。！？；，：]+")
CLAUSE = " | "
"""What stands between the clauses of a folded text, so that no word reaches into the next one."""

RETRACT = r"retract(?!il|ib|eur|able)[a-z]*"
"""Without what is only retractable, such as a pen."""

ANNUL = r"ann?ul(?!aire|air\b|ar|e?ts?\b|us\b)[a-z]*"
"""With one n too, as it is often written; a ring finger (annulaire) or a ringlet (annulet) is none."""

BETWEEN = r"(?: (?:d|de|l|la|le|les|une|ete|encore|to|be|been|demande|veux|voulu|souhaite))*"
NEGATED = re.compile(
    rf"\b(?:non|pas|sans|aucune?|ni|jamais|no|not|never){BETWEEN} (?:{RETRACT}|{ANNUL})\b(?<!ez)"
    rf"|\bne (?:[a-z]+ ){{1,2}}plus{BETWEEN} (?:{RETRACT}|{ANNUL})"
    rf"|\bn[e ](?: ?(?:l|la|le|les|vous|me|m))? ?(?:{RETRACT}|{ANNUL}) (?:pas|plus)\b"
)
"""Words of the two families that say no; an order in -ez is never negated by what stands before it."""

OF_THE_CLAIM = (
    r"(?: (?:de|d|l|la|le|les|des|du|sa|ses|cette|ce|ma|mes|mon|son|votre|vos|leur|leurs|une|un|the|my|this|a|demande|dossier|ouverture))*"
)
CLAIMS = r"(?:reclamations?|litiges?|claims?|disputes?)"
CLAIM_ENDED = re.compile(
    rf"\b(?:{ANNUL}|cancel[a-z]*){OF_THE_CLAIM} {CLAIMS}\b"
    rf"|\b{CLAIMS}(?: (?:a|ont|est|sont|soit|sera|etre|ete|bien|deja|is|was|has|been|be))* (?:{ANNUL}|cancel[a-z]*)\b"
)
"""What is said of ending a claim; it is not said of the sale."""

RETRACTION_WORD = re.compile(rf"\b{RETRACT}\b")
ANNULATION_WORD = re.compile(rf"\b{ANNUL}\b")
SIGNED = re.compile(r"\b(cordialement|salutations|regards)(?: [a-z]+){1,3}$")
"""A closing and the name after it."""


def tells_retraction(text: str) -> bool:
    """Whether a text says that the buyer withdraws; a negated word does not."""
    return bool(RETRACTION_WORD.search(NEGATED.sub(" ", _clauses(text))))


def names_retraction(text: str) -> bool:
    """Whether a text uses a word of the rétracter family, negated or not."""
    return bool(RETRACTION_WORD.search(fold(text)))


def tells_annulation(text: str) -> bool:
    """Whether a text uses a word of the annuler family about the sale."""
    return bool(annulation_words(text))


def annulation_words(text: str) -> list[str]:
    """Every word of the annuler family in a text, folded; "annulaire" is none, nor are "non annulé" and an annulled claim."""
    return ANNULATION_WORD.findall(NEGATED.sub(" ", of_the_sale(text)))


def of_the_sale(text: str) -> str:
    """A text folded clause by clause, without what it says of ending a claim."""
    return CLAIM_ENDED.sub(" ", _clauses(text))


def _clauses(text: str) -> str:
    return CLAUSE.join(fold(clause) for clause in CLAUSE_ENDS.split(text))


def says_any(text: str, phrases: Iterable[str]) -> bool:
    """Whether a text holds one of the phrases as whole words; Chinese phrases need no spaces around them."""
    folded = fold(text)
    return any(_holds(folded, fold(phrase)) for phrase in phrases)


def without(text: str, phrases: Iterable[str]) -> str:
    """A text folded, with those phrases taken out as whole words, the longest first."""
    rest = f" {fold(text)} "
    for phrase in sorted((fold(phrase) for phrase in phrases), key=len, reverse=True):
        rest = _without(rest, phrase)
    return rest.strip()


def _holds(text: str, phrase: str) -> bool:
    if not phrase.isascii():
        return phrase in text
    return f" {phrase} " in f" {text} "


def _without(text: str, phrase: str) -> str:
    if not phrase.isascii():
        return text.replace(phrase, " ")
    return re.sub(rf"(?<= ){re.escape(phrase)}(?= )", "", text)


def where(texts: pd.Series[str], test: Callable[[str], bool]) -> pd.Series[bool]:
    """Which texts pass a test, each distinct text tested once; a missing one does not."""
    return texts.isin([text for text in texts.dropna().unique() if test(text)])


def is_mere_thanks(text: str, thanks: Iterable[str], courtesies: Iterable[str]) -> bool:
    """Whether a text holds thanks and nothing beside them but courtesies and a name after the closing; a question never does."""
    if re.search("[?？]", text):
        return False
    words = SIGNED.sub(r"\1", fold(text))
    rest = without(words, thanks)
    return rest != words and not without(rest, courtesies)
