"""An answer's bytes as UTF-8, whatever they are in and say that they are in; a byte that is no text becomes a mark."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from audit.errors import FileFault
from audit.ingest import encoding
from schemas.text import Message

MARK = "\ufdd0"
"""Stands for a byte that is no text: no character, yet allowed in XML."""

DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
UNUSABLE = re.compile("[\udc80-\udcff\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
CHUNK = 1 << 20

NAMES = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8", "iso-8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "iso-8859-15": "iso-8859-15", "windows-1252": "cp1252", "cp1252": "cp1252", "utf-16": "utf-16",
    "gb18030": "gb18030", "gb2312": "gb18030", "gbk": "gb18030",
}  # fmt: skip
"""Encodings that are read, by the names that answers give them; what says ISO-8859-1 often holds Windows-1252, which has all of it and more."""

EIGHT_BITS = ("cp1252", "iso-8859-15")


class Decoded(NamedTuple):
    """The bytes in UTF-8, the encoding that they were in, and the one that the file claims ("" for none)."""

    data: bytes
    encoding: str
    claimed: str


def decoded(file: str, content: bytes) -> Decoded:
    """The bytes in UTF-8; raises FileFault for an encoding that is not known."""
    found = DECLARED.search(content[:1000])
    claimed = found[1].decode("ascii").lower() if found else ""
    if claimed and claimed not in NAMES:
        raise FileFault(
            file, Message("says that it is in {encoding}, which is not read.", {"encoding": claimed}), "Save it as UTF-8 or ISO-8859-1."
        )
    name = _true_name(content, NAMES.get(claimed, ""))
    return Decoded(_as_utf8(content, name), name, claimed)


def _true_name(content: bytes, claimed: str) -> str:
    """What the bytes are in; UTF-8 and the eight-bit sets are told apart by the bytes, not by the claim."""
    guessed = encoding.guess(content)
    if guessed.startswith("utf-16"):
        return "utf-16" if encoding.mark_length(content) else guessed
    if guessed == "utf-8-sig":
        return guessed
    if claimed in ("", "utf-8"):
        return "utf-8" if guessed == "utf-8" else "cp1252"
    return "utf-8" if claimed in EIGHT_BITS and guessed == "utf-8" and _is_utf8(content) else claimed


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _as_utf8(content: bytes, name: str) -> bytes:
    if name == "utf-8" and _is_utf8(content) and len(content.translate(None, CONTROLS)) == len(content):
        return content
    decoder = codecs.getincrementaldecoder(name)("replace" if name.startswith("utf-16") else "surrogateescape")
    return b"".join(
        UNUSABLE.sub(MARK, decoder.decode(content[place : place + CHUNK], place + CHUNK >= len(content))).encode("utf-8")
        for place in range(0, len(content), CHUNK)
    )
