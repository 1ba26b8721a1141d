"""What a header speaks of, and how like a column's known spellings that is, whatever its language or abbreviation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from schemas.meanings import CONTEXT, MEANINGS, SETTING_APART, UNDECIDED
from schemas.table import ORDER_NUMBER, Column, Kind, Table, fold
from schemas.vocabulary import NOISE, PERSONAL, PERSONS, WORDS

MARKS = re.compile(r"[（(\[【]\s*(必填|选填|required|optional|obligatoire|facultatif|requis)\s*[)）\]】]|[*＊★☆]", re.IGNORECASE)
CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
SCRIPTS = re.compile(r"[\u3400-\u9fff]+|[^\u3400-\u9fff\s]+")
LONGEST_PHRASE = 3
"""Words of the longest phrase in the vocabulary."""

SHORTEST_STEM, SHORTEST_TYPO = 4, 5
"""Letters from which a word may be the beginning of a known one, or a known one mistyped."""

TYPO = 85
"""Least likeness, of 100, of a mistyped word."""

SAME = 0.95
UNDATED = 0.85
"""Likeness of a header that lacks only the word for a date."""

RESEMBLING = 0.8
"""Most likeness of a header that says more or less than a known one."""

PERSONAL_MARK = "~"


class Meaning(NamedTuple):
    """What a header speaks of: its concepts, the words that said so, and the words that nothing is known of."""

    concepts: frozenset[str]
    words: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def personal(self) -> str:
        """The kind of personal data that the header speaks of, or nothing."""
        marked = sorted(concept.removeprefix(PERSONAL_MARK) for concept in self.concepts if concept.startswith(PERSONAL_MARK))
        if marked:
            return marked[0]
        persons = [person for person in PERSONS if person in self.concepts]
        if self.concepts and self.concepts <= {*PERSONS, "name", "number", "reference", "company", "ship", "to", "delivery"}:
            return "name" if persons or "name" in self.concepts or self.concepts == {"company"} else ""
        return "name" if persons and "name" in self.concepts and "product" not in self.concepts else ""


class Likeness(NamedTuple):
    """How like a column a header is, from 0 to 1; ``apart``: the word that sets them apart."""

    score: float
    apart: str = ""


def bare(header: str) -> str:
    """A header without the marks that templates put around it: stars, (required), （必填）."""
    return MARKS.sub(" ", header).strip()


def key(header: str) -> str:
    """A header as it is compared: without marks, folded."""
    return fold(bare(header))


@cache
def meaning(header: str) -> Meaning:
    """What a header speaks of."""
    found = list(_read(CAMEL.sub(" ", bare(header))))
    words = tuple((word, concept) for word, concepts in found for concept in sorted(concepts))
    return Meaning(
        frozenset(concept for _, concept in words), words, tuple(word for word, concepts in found if not concepts and not word.isdigit())
    )


def likeness(header: str, table: Table, column: str) -> Likeness:
    """How like a column's spellings and meanings a header is."""
    said = meaning(header)
    spoken = said.concepts
    time = column in table.by_name and table.by_name[column].kind is Kind.TIME
    best, apart = 0.0, ""
    for known in meanings(table)[column]:
        if strange := (spoken - known) & SETTING_APART:
            apart = apart or next(word for word, concept in said.words if concept in strange)
        else:
            best = max(best, _compare(spoken, known, len(said.unknown), time=time))
    return Likeness(best, "" if best else apart)


def _compare(spoken: frozenset[str], known: frozenset[str], unknown: int, *, time: bool) -> float:
    if not spoken & known or (known - CONTEXT) - spoken:
        return 0.0
    if spoken in UNDECIDED:
        return RESEMBLING
    if not unknown and spoken == known:
        return SAME
    if not unknown and time and spoken - {"date"} == known - {"date"}:
        return SAME if "date" in spoken else UNDATED
    return min(RESEMBLING, 2 * len(spoken & known) / (len(spoken) + unknown + len(known)))


def is_said(header: str) -> bool:
    """Whether a header says by its words alone what it means to one table at least."""
    said = meaning(header)
    return bool(said.concepts) and not said.unknown and any(said.concepts in known for known in _all_meanings())


@cache
def _all_meanings() -> tuple[frozenset[frozenset[str]], ...]:
    from schemas.tables import TABLES

    return tuple(frozenset(known for sets in meanings(table).values() for known in sets) for table in TABLES.values())


_MEANINGS: dict[str, dict[str, tuple[frozenset[str], ...]]] = {}


def meanings(table: Table) -> dict[str, tuple[frozenset[str], ...]]:
    """For each column of a table, the sets of concepts that mean it."""
    if table.name not in _MEANINGS:
        columns = (*table.columns, ORDER_NUMBER) if table.numbered else table.columns
        _MEANINGS[table.name] = {column.name: _column_meanings(column) for column in columns}
    return _MEANINGS[table.name]


def _column_meanings(column: Column) -> tuple[frozenset[str], ...]:
    spelled = [meaning(spelling) for spelling in column.spellings]
    told = [frozenset(words.split()) for words in MEANINGS.get(column.name, ())]
    return tuple(dict.fromkeys([*told, *(said.concepts for said in spelled if said.concepts and not said.unknown)]))


@cache
def vocabulary() -> dict[str, frozenset[str]]:
    """Every folded word with the concepts that it speaks of; those of personal data are marked."""
    known: dict[str, frozenset[str]] = {}
    groups = [*WORDS.items(), *((PERSONAL_MARK + kind, words) for kind, words in PERSONAL.items())]
    for concept, words in groups:
        for word in map(fold, words):
            known[word] = known.get(word, frozenset()) | {concept}
    return known


def _read(header: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Each word of a header with what it speaks of; noise is left out."""
    tokens = [part for word in fold(header).split() for part in SCRIPTS.findall(word)]
    place = 0
    while place < len(tokens):
        used, found = _phrase(tokens, place)
        place += used
        yield from found


def _phrase(tokens: list[str], place: int) -> tuple[int, list[tuple[str, frozenset[str]]]]:
    """The longest known phrase that starts at a word, else what the word alone says."""
    for length in range(min(LONGEST_PHRASE, len(tokens) - place), 0, -1):
        phrase = " ".join(tokens[place : place + length])
        if concepts := vocabulary().get(phrase):
            return length, [(phrase, concepts)]
    word = tokens[place]
    if word == "le" and place and place == len(tokens) - 1:
        return 1, [(word, frozenset(("date",)))]  # "livré le": on what day
    if word in NOISE:
        return 1, []
    return 1, _pieces(word) if ord(word[0]) >= 0x3400 else [(word, concepts) for word, concepts in _unknown_word(word)]  # noqa: PLR2004 - Chinese


def _pieces(text: str) -> list[tuple[str, frozenset[str]]]:
    """Chinese has no spaces: the longest known word from each place on."""
    found: list[tuple[str, frozenset[str]]] = []
    while text:
        length = next((size for size in range(len(text), 0, -1) if text[:size] in vocabulary() or text[:size] in NOISE), 0)
        word, text = text[: length or 1], text[length or 1 :]
        if word not in NOISE:
            found.append((word, vocabulary().get(word, frozenset())))
    return found


def _unknown_word(word: str) -> list[tuple[str, frozenset[str]]]:
    """A Latin word that is not in the vocabulary: cut short, glued together, or mistyped."""
    if len(word) >= SHORTEST_STEM and (stem := _stem(word)):
        return [(word, stem)]
    if glued := _glued(word):
        return [(part, vocabulary()[part]) for part in glued]
    return [(word, _mistyped(word) if len(word) >= SHORTEST_TYPO else frozenset())]


def _stem(word: str) -> frozenset[str]:
    """What every known word that begins so speaks of, where they agree."""
    meant = {concepts for known, concepts in vocabulary().items() if known.startswith(word) and " " not in known}
    return meant.pop() if len(meant) == 1 else frozenset()


def _glued(word: str) -> tuple[str, ...]:
    """Two known words written as one, such as ``ordernumber``."""
    for cut in range(len(word) - 2, 2, -1):
        if word[:cut] in vocabulary() and word[cut:] in vocabulary():
            return word[:cut], word[cut:]
    return ()


@cache
def _mistyped(word: str) -> frozenset[str]:
    from rapidfuzz import fuzz, process

    known = [entry for entry in vocabulary() if len(entry) >= SHORTEST_TYPO]
    found = process.extract(word, known, scorer=fuzz.ratio, score_cutoff=TYPO, limit=3)
    meant = {vocabulary()[entry] for entry, _, _ in found}
    return meant.pop() if len(meant) == 1 else frozenset()
