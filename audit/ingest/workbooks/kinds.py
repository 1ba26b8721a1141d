"""What a file is by its first bytes; its name is not asked."""

from __future__ import annotations

import re
from enum import StrEnum

HEAD = 4_000
"""Bytes of a file's beginning that are looked at."""


class Kind(StrEnum):
    """What can be told from the first bytes."""

    ZIP = "zip"
    COMPOUND = "compound"
    XML = "xml"
    HTML = "html"
    PDF = "pdf"
    PICTURE = "picture"
    PACKED = "packed"
    PARQUET = "parquet"
    TEXT = "text"


MARKS = (
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"\xd0\xcf\x11\xe0", Kind.COMPOUND),
    (b"%PDF-", Kind.PDF),
    (b"\x89PNG\r\n", Kind.PICTURE),
    (b"\xff\xd8\xff", Kind.PICTURE),
    (b"GIF8", Kind.PICTURE),
    (b"BM", Kind.PICTURE),
    (b"II*\x00", Kind.PICTURE),
    (b"MM\x00*", Kind.PICTURE),
    (b"\x1f\x8b", Kind.PACKED),
    (b"Rar!\x1a\x07", Kind.PACKED),
    (b"7z\xbc\xaf\x27\x1c", Kind.PACKED),
    (b"BZh", Kind.PACKED),
    (b"\xfd7zXZ\x00", Kind.PACKED),
    (b"\x28\xb5\x2f\xfd", Kind.PACKED),
    (b"PAR1", Kind.PARQUET),
    (b"PARE", Kind.PARQUET),
)
BITMAP = re.compile(rb"BM.{4}\x00{4}", re.DOTALL)
WEBP = re.compile(rb"RIFF.{4}WEBP", re.DOTALL)
PARQUET = re.compile(rb"PAR[1E]([^\t\n\r -\xff]|.{0,3}\x00|$)", re.DOTALL)
COMPRESSED_BY_BZIP = re.compile(rb"BZh[1-9]1AY&SY")
HTML = re.compile(
    r"\s*(<\?xml[^>]*>\s*|<!--.*?-->\s*|<!doctype html[^>]*>\s*)*<(!doctype html|html|head|body|table|meta|style|div)\b",
    re.IGNORECASE | re.DOTALL,
)
MARKUP = re.compile(r"\s*<(\?xml|!doctype|!--|[a-z][\w.-]*(:[\w.-]+)?[\s/>])", re.IGNORECASE)


def kind(content: bytes) -> Kind:
    """What a file is."""
    head = content[:HEAD]
    for mark, found in MARKS:
        if head.startswith(mark) and _sure(head, mark):
            return found
    if WEBP.match(head):
        return Kind.PICTURE
    text = _as_text(head)
    if HTML.match(text):
        return Kind.HTML
    return Kind.XML if MARKUP.match(text) else Kind.TEXT


def _sure(head: bytes, mark: bytes) -> bool:
    """Marks of a few letters may be words of a text: they need a second sign."""
    if mark == b"BM":
        return BITMAP.match(head) is not None
    if mark.startswith(b"PAR"):
        return PARQUET.match(head) is not None
    return mark != b"BZh" or COMPRESSED_BY_BZIP.match(head) is not None


def _as_text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
