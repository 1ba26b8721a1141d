"""Which encoding a file's bytes are in: its mark, UTF-8, or a score between GB18030 and the two Western encodings."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice

from audit.ingest.content import PIECE, Content

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
WIDE = ("utf-16-le", "utf-16-be")
MOST_RUNS = 200_000
"""Runs of bytes beyond ASCII that are looked at before an encoding is chosen."""

DAMAGED_SHARE = 0.5
"""Share of the runs beyond ASCII that may be no UTF-8 for the file still to be UTF-8: by chance no other encoding looks like it."""

ZERO_SHARE = 0.3
"""Share of zeros on one side of the pairs of bytes from which a file without a mark is taken for UTF-16."""

HIGH_RUN = re.compile(rb"[\x80-\xff]+")
COMMON_CHINESE = re.compile(rb"(?:[\xa1-\xa3\xb0-\xd7][\xa1-\xfe])+")
"""Punctuation and the 3,755 characters of everyday use; accents of French fall outside it, except between capitals."""

WINDOWS_ONLY = re.compile(rb"[\x80-\x9f]")
LATIN_9_ONLY = re.compile(rb"\xa4|(?<=[A-Za-z])[\xbc\xbd]|[\xbc\xbd](?=[A-Za-z])")
"""The euro sign, and the ligature of "cœur" beside a letter, which would be a fraction in Windows-1252."""

UNDECODED = re.compile("[\ud800-\udfff]")
TWICE_ENCODED = re.compile(rb"(?:\xc3[\x82\x83]|\xc3\xa2\xe2\x82\xac)[\xc2\xc5\xc6\xcb\xe2][\x80-\xbf]+")
"""A Western letter that was UTF-8 and was read as Windows-1252 before it was written: "Ã©", "Â°", "â€™"."""

TWICE_LEADS = (b"\xc3\x83", b"\xc3\x82", b"\xc3\xa2\xe2\x82\xac")
WORD_BYTES = 20
"""Bytes on either side of such a letter within which its word is shown."""


def guess(content: bytes | Content) -> str:
    """The name of the encoding; a byte that it does not know becomes a lone surrogate when read."""
    for sign, name in MARKS:
        if content.startswith(sign):
            return name
    return _unmarked_wide(content) or ("utf-8" if _is_utf8(content) else _damaged_or_legacy(content))


def mark_length(content: bytes | Content) -> int:
    """How many bytes of a file's beginning are its mark."""
    return next((len(sign) for sign, _ in MARKS if content.startswith(sign)), 0)


def decode(content: bytes, encoding: str) -> str:
    """The text of bytes without a mark; bytes that are none become lone surrogates."""
    if encoding not in WIDE:
        return content.decode(encoding.removesuffix("-sig"), errors="surrogateescape")
    odd = len(content) % 2
    text = content[: len(content) - odd].decode(encoding, errors="surrogatepass")
    return text + chr(0xDC00 + content[-1]) if odd else text


def as_utf8(content: bytes, encoding: str) -> bytes:
    """The bytes in UTF-8; what could not be decoded stands there as an encoded surrogate, which no valid text holds."""
    if encoding.startswith("utf-8") and _is_utf8(content):
        return content
    return decode(content, encoding).encode("utf-8", errors="surrogatepass")


def twice_encoded(utf8: bytes) -> str:
    """A word that was encoded twice, or "" where there is none."""
    if not any(lead in utf8 for lead in TWICE_LEADS) or not (found := TWICE_ENCODED.search(utf8)):
        return ""
    before = utf8[max(0, found.start() - WORD_BYTES) : found.start()].decode("utf-8", errors="ignore")
    after = utf8[found.end() : found.end() + WORD_BYTES].decode("utf-8", errors="ignore")
    return re.split(r"\W", before)[-1] + found[0].decode("utf-8") + re.split(r"\W", after)[0]


def _is_utf8(content: bytes | Content) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in _pieces(content):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _unmarked_wide(content: bytes | Content) -> str:
    """UTF-16 without its mark: Western text has a zero in nearly every pair of bytes."""
    head = content[:PIECE]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(head) > 1 and zeros.count(0) > ZERO_SHARE * len(zeros) and head.count(0) == zeros.count(0):
            return name
    return ""


def _damaged_or_legacy(content: bytes | Content) -> str:
    whole = damaged = chinese = western = 0
    for run in _high_runs(content):
        is_whole = _is_utf8(run)
        whole += is_whole
        damaged += not is_whole
        common = bool(COMMON_CHINESE.fullmatch(run))
        chinese += common * (len(run) // 2)
        western += not common
    if whole and damaged <= max(1, DAMAGED_SHARE * (whole + damaged)):
        return "utf-8"
    return "gb18030" if chinese > western else _western(content)


def _high_runs(content: bytes | Content) -> Iterator[bytes]:
    return islice((found[0] for piece in _pieces(content) for found in HIGH_RUN.finditer(piece)), MOST_RUNS)


def _pieces(content: bytes | Content) -> Iterator[bytes]:
    return (content[start : start + PIECE] for start in range(0, len(content), PIECE))


def _western(content: bytes | Content) -> str:
    latin_9 = any(LATIN_9_ONLY.search(piece) for piece in _pieces(content))
    return "iso-8859-15" if latin_9 and not any(WINDOWS_ONLY.search(piece) for piece in _pieces(content)) else "cp1252"
