"""Brands named in titles, and whether each is named as what the article goes with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from audit.brands import terms
from audit.brands.folding import LATIN, any_of, fold, key, phrases, script, whole

if TYPE_CHECKING:
    import pandas as pd

    from audit.brands.watchlist import Watchlist
    from audit.limits import Limits

MODEL_NUMBER = rf"(?=[{LATIN}\-]*\d)[{LATIN}][{LATIN}\-]*\+?(?![{LATIN}])"
BETWEEN = r"[\s,/、']"
"""Signs that may stand between compatibility wording and a brand; the apostrophe of an elided article too."""

ACCENTED = range(0xC0, 0x180)
ODD = (
    r"[\x{00df}\x{0149}\x{0180}-\x{036f}\x{1100}-\x{11ff}\x{1ab0}-\x{1aff}\x{1dc0}-\x{1eff}\x{20d0}-\x{20ff}\x{f900}-\x{fb06}"
    r"\x{fe00}-\x{fe2f}\x{ff10}-\x{ff19}\x{ff21}-\x{ff3a}\x{ff41}-\x{ff5a}]"
)
"""Signs that fold in ways which the quick search can't spell out: a title with one is always read closely."""


class Wording(NamedTuple):
    """Words of titles: those that say what an article goes with, and those that may stand between them and a brand."""

    compatible: tuple[str, ...] = terms.COMPATIBILITY_WORDS.default
    linking: tuple[str, ...] = terms.LINKING_WORDS.default
    models: tuple[str, ...] = terms.MODEL_WORDS.default

    @classmethod
    def within(cls, limits: Limits) -> Wording:
        """The words in force."""
        return cls(limits[terms.COMPATIBILITY_WORDS], limits[terms.LINKING_WORDS], limits[terms.MODEL_WORDS])


class Naming(NamedTuple):
    """One place of a title that names a brand; ``position`` counts in the folded title."""

    brand: str
    position: int
    compatible: bool


class Reader(NamedTuple):
    """What is needed to read one title."""

    watchlist: Watchlist
    wording: re.Pattern[str]
    bridge: re.Pattern[str]

    @classmethod
    def of(cls, watchlist: Watchlist, wording: Wording) -> Reader:
        """The patterns of a watchlist and some wording."""
        words = (*wording.linking, *wording.models)
        steps = any_of([whole((*watchlist.spellings, *words)), MODEL_NUMBER])
        return cls(watchlist, phrases(wording.compatible), re.compile(f"(?:{BETWEEN}|(?>{steps}))*+"))

    def read(self, title: str, context: str = "") -> list[Naming]:
        """Every naming of a brand in a title; ``context`` is what else may show that an ambiguous name means its brand."""
        text = fold(title)
        places = [(place.start(), key(place.group())) for place in self.watchlist.pattern.finditer(text)]
        meant = [(start, self.watchlist.by_key[name].name) for start, name in places if self._means(name, text, context)]
        return [Naming(brand, start, self._compatible(text, start)) for start, brand in meant]

    def _means(self, name: str, *around: str) -> bool:
        if name not in self.watchlist.doubtful_keys:
            return True
        context = phrases(self.watchlist.by_key[name].context)
        return any(context.search(fold(text)) for text in around)

    def _compatible(self, text: str, start: int) -> bool:
        """Whether wording stands directly before a place; what the nearest can't reach, no earlier one can."""
        ends = [place.end() for place in self.wording.finditer(text, 0, start)]
        return bool(ends) and self.bridge.fullmatch(text, ends[-1], start) is not None


def in_title(
    titles: pd.Series[str],
    watchlist: Watchlist,
    *,
    wording: Wording | None = None,
    contexts: pd.Series[str] | None = None,
    mask: pd.Series[bool] | None = None,
) -> pd.DataFrame:
    """Every naming of a brand in reading order: ``row`` (label of the title), ``brand``, ``position``, ``compatible``.

    ``contexts``: categories, aligned with the titles; they too may show what an ambiguous name means. ``mask``: the titles to read, all unless given.
    """
    import pandas as pd

    reader = Reader.of(watchlist, wording or Wording())
    telling = candidates(titles, watchlist)
    likely = titles[telling if mask is None else telling & mask]
    around = likely.map(lambda _: "") if contexts is None else contexts[likely.index].fillna("")
    # Python reads each distinct title once; RE2 has left out those, nearly all, that name nothing.
    pairs = list(zip(likely, around, strict=True))
    readings = {pair: reader.read(*pair) for pair in dict.fromkeys(pairs)}
    found = [(row, *naming) for row, pair in zip(likely.index, pairs, strict=True) for naming in readings[pair]]
    columns = {"row": titles.index.dtype, "brand": "str", "position": "int64", "compatible": "bool"}
    return pd.DataFrame(found, columns=list(columns)).astype(columns)


def candidates(titles: pd.Series[str], watchlist: Watchlist) -> pd.Series[bool]:
    """Titles that may name a brand, found by RE2: none that does is left out, some that don't are let in."""
    import pandas as pd

    from audit.books.columns import repeating

    if not watchlist.brands:
        return pd.Series(data=False, index=titles.index)
    return repeating(titles, loose(watchlist.spellings))


def loose(spellings: Iterable[str]) -> str:
    """RE2 pattern that finds names in titles as written, in any accents; those of two scripts also as a part of words."""
    split = [re.findall(r"[^\W_]+", fold(spelling)) for spelling in spellings]
    latin = [words for words in split if script(words[0][0]) == script(words[-1][-1]) == "latin"]
    others = [words for words in split if words not in latin]
    outside = "[^0-9A-Za-z]"
    bounded = [f"(?:^|{outside}){any_of(map(_loosely, latin))}(?:{outside}|$)"] if latin else []
    return "|".join((*bounded, *map(_loosely, others), ODD))


def _loosely(words: list[str]) -> str:
    return "(?s:.{0,3})".join("".join(map(_written, word)) for word in words)


def _written(sign: str) -> str:
    if sign.isascii():
        return f"[{sign}{_accented().get(sign, '')}]"
    return sign if script(sign) == "ideograph" else r"(?:[^\x00-\x7f]+|\w)"


@cache
def _accented() -> dict[str, str]:
    """For each plain letter, its accented forms."""
    forms: dict[str, str] = {}
    for form in map(chr, ACCENTED):
        forms[fold(form)] = forms.get(fold(form), "") + form
    return forms


def is_generic(names: pd.Series[str], words: tuple[str, ...] = terms.GENERIC_BRANDS.default) -> pd.Series[bool]:
    """Which brand fields say that the article has no brand; a blank one says nothing."""
    generic = {key(word) for word in words}
    return names.isin([name for name in names.dropna().unique() if key(name) in generic])
