"""Texts of a workbook: those that its cells share, and how outer spaces and odd characters are written in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.sax import saxutils

from audit.ingest.workbooks.archive import Archive
from audit.ingest.workbooks.markup import Attributes, Events, prove_around, read
from audit.ingest.workbooks.scanning import tags_of
from audit.ingest.workbooks.tags import STRINGS, Tag
from audit.ingest.workbooks.wellformed import NotPlainError, is_plain_head

if TYPE_CHECKING:
    import pyarrow as pa

BLANKS = " \t\r\n"
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
HALVES = range(0xD800, 0xE000)
"""Halves of a pair of UTF-16, which alone are no characters."""

MOST_AT_ONCE = 200_000_000
"""Bytes of shared texts that are taken as a whole."""


def unescape(text: str) -> str:
    """Text with the characters that its escapes mean; half of a pair stays as it is written."""
    return ESCAPE.sub(lambda found: found[0] if int(found[1], 16) in HALVES else chr(int(found[1], 16)), text)


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


def shared_strings(archive: Archive, part: str) -> pa.Array:
    """Every shared text by its number; of rich text the letters, of Chinese and Japanese text not its reading."""
    import pyarrow as pa

    if not part:
        return pa.array([], pa.large_string())
    if archive.size(part) <= MOST_AT_ONCE:
        try:
            return _plain(archive.file, b"".join(archive.chunks(part)))
        except NotPlainError:
            pass
    events = _Strings()
    read(archive.file, archive.chunks(part), events)
    return pa.array(events.found, pa.large_string())


class _Around(Events):
    """What stands around the shared texts: none of them."""

    def begin(self, name: str, attributes: Attributes) -> None:  # noqa: ARG002 - as events are told
        if name != "sst":
            raise NotPlainError


def _plain(file: str, content: bytes) -> pa.Array:
    """The shared texts where each is nothing but a text; raises NotPlainError where any is more."""
    import pyarrow as pa
    import pyarrow.compute as pc

    head, begin, rest = content.partition(b"<si>")
    inside, end, tail = rest.rpartition(b"</sst>")
    if not is_plain_head(head) or b"\r" in inside:
        raise NotPlainError
    prove_around(file, head, end + tail, _Around())
    tags = tags_of(begin + inside, STRINGS)
    held = tags.among(Tag.TEXT, Tag.TEXT_KEPT, Tag.TEXT_ALONE)
    texts = tags.texts(tags.ends[held], tags.begins[held + 1]).cast(pa.large_string())
    kept = pa.array(tags.kinds[held] == Tag.TEXT_KEPT)
    return text_of(pc.if_else(kept, texts, pc.ascii_trim(texts, BLANKS)))


def text_of(written: pa.Array) -> pa.Array:
    """Texts of cells by what is written of them."""
    return _mended(without_entities(written), "_x", unescape)


def without_entities(texts: pa.Array) -> pa.Array:
    """Texts of a document whose entities are the five."""
    return _mended(texts, "&", lambda text: saxutils.unescape(text, {"&quot;": '"', "&apos;": "'"}))


def _mended(texts: pa.Array, mark: str, mend: Callable[[str], str]) -> pa.Array:
    """Texts, changed where they hold a mark."""
    import pyarrow as pa
    import pyarrow.compute as pc

    marked = pc.match_substring(texts, mark)
    mended = [mend(text) for text in texts.filter(marked).to_pylist()]
    return pc.replace_with_mask(texts, marked, pa.array(mended, pa.large_string())) if mended else texts
