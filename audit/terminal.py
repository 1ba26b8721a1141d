"""Text fitted to a terminal, where a Chinese character takes the place of two letters."""

from __future__ import annotations

import re
import textwrap
import unicodedata

WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
CLOSING = "，。；：！？、）》」』”’,.;:!?)"
"""Signs that may not begin a line."""

CHUNK = re.compile(rf"\s+|[{WIDE}“‘][{CLOSING}]*|[^\s{WIDE}“‘]+[{CLOSING}]*")
"""What a line is made of: spaces, a wide character, or a run of narrow ones, each with the signs that close it."""


def cells(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 0 if unicodedata.combining(letter) else 1 for letter in text)


def filled(text: str, size: int) -> str:
    """A text filled with spaces up to a number of columns."""
    return text + " " * (size - cells(text))


def fitted(text: str, size: int) -> str:
    """A text on one line, cut or filled to a number of columns."""
    plain = " ".join(text.split())
    if cells(plain) > size:
        while plain and cells(plain) > size - 1:
            plain = plain[:-1]
        plain += "…"
    return filled(plain, size)


def wrapped(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """A text in lines of at most so many columns; words, and names with hyphens, stay whole. ``first`` and ``rest`` stand before the lines."""
    if cells(text) == len(text):
        return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, break_long_words=False)
    lines = [first]
    for chunk in CHUNK.findall(" ".join(text.split())):
        if cells(lines[-1] + chunk) > width and lines[-1].strip():
            lines.append(rest)
        lines[-1] += chunk if lines[-1].strip() else chunk.lstrip()
    return [line.rstrip() for line in lines if line.strip()]
