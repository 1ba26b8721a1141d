"""Brand fields that are no brand of the watchlist, but look like one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from audit.books.columns import renamed
from audit.brands.folding import MARKS, key

if TYPE_CHECKING:
    import pandas as pd

    from audit.brands.watchlist import Watchlist

TWINS = {
    "a": "АаΑα", "b": "ВвΒβ", "c": "СсϹϲ", "d": "ԁ", "e": "ЕеΕε", "h": "НнΗҺһ", "i": "ІіΙιӀӏı", "j": "ЈјͿϳ", "k": "КкΚκ",
    "m": "МмΜ", "n": "ΝηПп", "o": "ОоΟο", "p": "РрΡρ", "q": "ԛ", "r": "Гг", "s": "Ѕѕ", "t": "ТтΤτ", "u": "υ", "v": "νѵ",
    "w": "ԝω", "x": "ХхΧχ", "y": "УуΥγҮү", "z": "Ζ",
}  # fmt: skip
"""Latin letters and the Cyrillic and Greek ones that look the same, capital or small."""

_LATIN_FOR = str.maketrans({twin: letter for letter, twins in TWINS.items() for twin in twins})
_SAME_SHAPE = str.maketrans("01i", "oll")
_BATCH = 20_000


def shape(name: str) -> str:
    """A name's key with signs that look alike made one: 0 and o; 1, l and i; Cyrillic, Greek and Latin twins.

    >>> shape("0аk1ey") == shape("Oakley")
    True
    """
    bare = MARKS.sub("", unicodedata.normalize("NFD", name))
    return key(bare.translate(_LATIN_FOR)).translate(_SAME_SHAPE)


def lookalike(names: pd.Series[str], watchlist: Watchlist, *, shortest: int, apart: Iterable[str] = ()) -> pd.Series[str]:
    """The watchlist brand that each brand field looks like without being any; missing where there is none.

    ``shortest``: fewest letters of a brand that others are likened to. ``apart``: names that are brands of their own.
    """
    own = {key(name) for name in apart} | {""} | watchlist.by_key.keys()
    strangers = [name for name in names.dropna().unique() if key(name) not in own]
    models = {key(spelling): brand.name for brand in watchlist for spelling in brand.distinct if len(key(spelling)) >= shortest}
    return renamed(names, {**_one_edit_off(strangers, models), **_same_shape(strangers, models)}.get)


def _same_shape(strangers: list[str], models: dict[str, str]) -> dict[str, str]:
    shapes = {shape(model): brand for model, brand in models.items()}
    return {name: shapes[shape(name)] for name in strangers if shape(name) in shapes}


def _one_edit_off(strangers: list[str], models: dict[str, str]) -> dict[str, str]:
    """Names that become a model by one letter put in, left out or changed."""
    found: dict[str, str] = {}
    for start in range(0, len(strangers), _BATCH):
        batch = strangers[start : start + _BATCH]
        found |= _nearest(batch, list(models), list(models.values()))
    return found


def _nearest(names: list[str], models: list[str], brands: list[str]) -> dict[str, str]:
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    if not names or not models:
        return {}
    edits = cdist([key(name) for name in names], models, scorer=Levenshtein.distance, score_cutoff=1, dtype="uint8")
    first = edits.argmin(axis=1)
    return {name: brands[column] for name, column, row in zip(names, first, edits, strict=True) if row[column] <= 1}
