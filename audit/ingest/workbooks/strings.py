"""Texts of a workbook: those that its cells share, and how outer spaces and odd characters are written in them."""

from __future__ import annotations

import re
from xml.sax import saxutils

from audit.ingest.workbooks.archive import Archive
from audit.ingest.workbooks.markup import Attributes, Events, read

BLANKS = " \t\r\n"
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
HALVES = range(0xD800, 0xE000)
"""Halves of a pair of UTF-16, which alone are no characters."""

MOST_AT_ONCE = 200_000_000
"""Bytes of shared texts that are taken as a whole."""

PLAIN = re.compile(r"\s*<si>(?:<t( xml:space=\"preserve\")?+>([^<\r]*+)</t>|<t ?/>)</si>")
OTHER_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)")


def unescape(text: str) -> str:
    """Text with the characters that its escapes mean; half of a pair stays as it is written."""
    return ESCAPE.sub(lambda found: found[0] if int(found[1], 16) in HALVES else chr(int(found[1], 16)), text)


def plain_text(text: str) -> str | None:
    """Text of a document with its five entities; None where it holds others."""
    if "&" not in text:
        return text
    return None if OTHER_ENTITY.search(text) else saxutils.unescape(text, {"&quot;": '"', "&apos;": "'"})


def keeps_spaces(attributes: Attributes) -> bool:
    """Whether a text's outer spaces belong to it."""
    return any(value == "preserve" for key, value in attributes.items() if key.endswith("space"))


class _Strings(Events):
    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._text: list[str] | None = None
        self._phonetic = self._kept = False

    def begin(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self._parts = []
        elif name == "t" and not self._phonetic:
            self._text = []
            self._kept = keeps_spaces(attributes)
        elif name == "rPh":
            self._phonetic = True

    def text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, name: str) -> None:
        if name == "t" and self._text is not None:
            whole = "".join(self._text)
            self._parts.append(whole if self._kept else whole.strip(BLANKS))
            self._text = None
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.found.append(unescape("".join(self._parts)))


def shared_strings(archive: Archive, part: str) -> list[str]:
    """Every shared text by its number; of rich text the letters, of Chinese and Japanese text not its reading."""
    if not part:
        return []
    if archive.size(part) <= MOST_AT_ONCE and (plain := _plain(b"".join(archive.chunks(part)))) is not None:
        return plain
    events = _Strings()
    read(archive.file, archive.chunks(part), events)
    return events.found


def _plain(content: bytes) -> list[str] | None:
    """The shared texts where each is nothing but a text; None where any is more."""
    try:
        written = content.decode()
    except UnicodeDecodeError:
        return None
    head, begin, texts = written.partition("<si>")
    texts, end, _ = (begin + texts).rpartition("</sst>")
    if "<!" in head or not end or PLAIN.sub("", texts).strip():
        return None
    found = [plain_text(text if kept else text.strip(BLANKS)) for kept, text in PLAIN.findall(texts)]
    return None if None in found else [unescape(text) if "_x" in text else text for text in found if text is not None]
