"""Names and titles folded, so that case, accents and width hide no brand; and how a name is told from a part of a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

PLAIN = {
    **{wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)},
    0x3000: ord(" "),
    **dict.fromkeys(map(ord, "’‘ʼ´`′"), ord("'")),
    ord("ŉ"): ord("n"),
    ord("ẚ"): ord("a"),
}
"""Full-width signs, curly apostrophes, and letters that would fold to two signs, with the plain ones that they stand for."""

LATIN = (
    "0-9a-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02b8\u02e0-\u02e4\u1d00-\u1dbf\u1e00-\u1eff\u2071\u207f\u2090-\u209c"
    "\u212a\u212b\u2132\u214e\u2160-\u2188\u2c60-\u2c7f\ua722-\ua7ff\uab30-\uab69\ufb00-\ufb06"
    "\U00010780-\U000107ba\U0001df00-\U0001df2a"
)
"""Digits and letters of the Latin script, as the inside of a character class."""

IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u1100-\u11ff\uf900-\ufaff"
"""Letters of scripts that leave no space between words, as the inside of a character class."""

BEGINNINGS = {"latin": f"(?<![{LATIN}])", "ideograph": f"(?=[{IDEOGRAPHS}])", "other": r"(?<!\w)"}
ENDS = {"latin": f"(?![{LATIN}])", "ideograph": "", "other": r"(?!\w)"}

JOINT = r"[\s'.&_·\-]{0,3}"
"""What may stand between the words of one name: 'Ray-Ban', 'Ray Ban' and 'RayBan' are the same."""

PLURAL = "(?:s|x|es)?"

_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile(f"[{LATIN}]")
_IDEOGRAPH = re.compile(f"[{IDEOGRAPHS}]")
_UNUSUAL = re.compile("[" + re.escape("".join(map(chr, PLAIN))) + "]")
MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]")
"""Accents and other marks, once they stand apart from their letters."""


def fold(text: str) -> str:
    """A text without what people vary: case, accents, width.

    >>> fold("Ｐokémon’s")
    "pokemon's"
    """
    if text.isascii():
        return text.lower()
    plain = text.translate(PLAIN) if _UNUSUAL.search(text) else text
    return unicodedata.normalize("NFC", MARKS.sub("", unicodedata.normalize("NFD", plain.casefold())))


def key(text: str) -> str:
    """A name's folded letters and digits alone, by which two spellings are the same.

    >>> key("Ray-Ban®"), key("LEVI’S")
    ('rayban', 'levis')
    """
    return "".join(_WORD.findall(fold(text)))


def edges(words: list[str]) -> tuple[str, str]:
    """Patterns of the places where a name of these words may begin and end: letters of another script are a boundary."""
    return BEGINNINGS[script(words[0][0])], ENDS[script(words[-1][-1])]


def script(sign: str) -> str:
    """What a folded letter belongs to, as far as it matters for where words end: latin, ideograph or other."""
    return "latin" if _LATIN.match(sign) else "ideograph" if _IDEOGRAPH.match(sign) else "other"


def whole(texts: Iterable[str], joint: str = JOINT, plural: str = "") -> str:
    """Pattern that finds any of some names or phrases as whole words in a folded text, the longest first."""
    bodies: dict[tuple[str, str], list[str]] = {}
    for text in sorted(filter(key, texts), key=lambda text: -len(key(text))):
        words = _WORD.findall(fold(text))
        ending = plural if _LATIN.match(words[-1][-1]) else ""
        bodies.setdefault(edges(words), []).append(joint.join(map(re.escape, words)) + ending)
    # Names with the same edges share them: looking for an edge before each name would cost more than the names.
    return any_of(start + any_of(group) + end for (start, end), group in bodies.items())


def any_of(patterns: Iterable[str]) -> str:
    """Pattern of the first that matches; one that matches nothing where there are none."""
    return "(?:" + ("|".join(patterns) or r"(?!)") + ")"


@cache
def phrases(texts: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of some phrases, in the singular or plural, as whole words in a folded text."""
    return re.compile(whole(texts, rf"{PLURAL}[\s'\-]+", PLURAL))
