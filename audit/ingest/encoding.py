"""Which encoding a file's bytes are in: its mark, strict UTF-8, or a score between GB18030 and Windows-1252."""

from __future__ import annotations

import re

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
DAMAGED_SHARE = 0.05
"""Share of a file's lines beyond ASCII that may be damaged for it still to be UTF-8."""

HIGH_RUN = re.compile(rb"[\x80-\xff]+")
UTF8_LETTER = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")


def guess(content: bytes) -> str:
    """The name of the encoding; a byte that it does not know becomes a lone surrogate when read."""
    for mark, name in MARKS:
        if content.startswith(mark):
            return name
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8" if _is_damaged_utf8(content) else _legacy(content)
    return "utf-8"


def decode(content: bytes, encoding: str) -> str:
    """The text; bytes that are none become lone surrogates."""
    return content.decode(encoding, errors="surrogateescape" if encoding != "utf-16" else "replace")


def _is_damaged_utf8(content: bytes) -> bool:
    lines = [line for line in content.splitlines() if not line.isascii()]
    damaged = sum(1 for line in lines if not _is_utf8(line))
    whole = sum(1 for line in lines if UTF8_LETTER.search(line) and _is_utf8(line))
    return whole > 0 and damaged <= max(1, DAMAGED_SHARE * len(lines))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _legacy(content: bytes) -> str:
    """Chinese text comes in pairs of high bytes, French accents stand alone."""
    runs = HIGH_RUN.findall(content)
    paired = sum(1 for run in runs if len(run) % 2 == 0)
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return "gb18030" if paired > 2 * (len(runs) - paired) else "cp1252"
    return "gb18030" if paired > len(runs) - paired else "cp1252"
