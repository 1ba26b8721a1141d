"""XML read piece by piece with a hardened parser, so that no file can name another one or fill the memory."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from audit.errors import FileFault
from audit.ingest.webservice.collector import Collector, TooMuchError
from audit.ingest.webservice.node import Piece
from schemas.text import Fact, Message

MOST_BYTES = 300_000_000
MOST_DOCUMENTS = 10_000
MOST_NAMES = 10_000
"""Different names of elements and attributes; the parser remembers each."""

MOST_IN_ONE_PIECE = 4_000_000
"""Bytes without a tag or text that is whole, such as one comment or attribute."""

CHUNK = 1 << 16
BEFORE = re.compile(rb"(?:\xef\xbb\xbf|\s)*")
CALL_AGAIN = "Call the WebService again, and save its answer as it comes."


def _codes(*messages: str) -> frozenset[int]:
    return frozenset(expat.errors.codes[message] for message in messages)


CUT_SHORT = _codes(expat.errors.XML_ERROR_NO_ELEMENTS, expat.errors.XML_ERROR_UNCLOSED_TOKEN, expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION)
ANOTHER = _codes(expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT, expat.errors.XML_ERROR_MISPLACED_XML_PI)
"""Errors that only say that another document follows."""


def pieces(file: str, data: bytes) -> Iterator[Piece]:
    """Every record of every answer in a file's UTF-8, however many answers follow one another.

    Raises FileFault where it can't be read, with the line if there is one.
    """
    if len(data) > MOST_BYTES:
        wrong = Message("holds {size:number} MB, more than any answer.", {"size": len(data) / 1e6})
        raise FileFault(file, wrong, "Save each page of the answer in a file of its own.")
    place, end = 0, _end(data)
    for _ in range(MOST_DOCUMENTS):
        place = yield from _document(file, data, place, end)
        if place >= end:
            return
    raise FileFault(file, Message("holds more than {most:number} answers.", {"most": MOST_DOCUMENTS}), "Save them in several files.")


def _end(data: bytes) -> int:
    """Where the text ends, without blank lines at its foot."""
    return next((place for place in range(len(data), 0, -1) if not data[place - 1 : place].isspace()), 0)


def _document(file: str, data: bytes, place: int, end: int) -> Generator[Piece, None, int]:
    """The pieces of the document that begins at a place; gives the place of the next one."""
    before = BEFORE.match(data, place)
    place = before.end() if before else place
    collector = Collector()
    parser: Any = XMLParser(target=collector, encoding="utf-8", forbid_dtd=True)  # its expat parser is not in the type stubs
    try:
        for start in range(place, end, CHUNK):
            parser.feed(data[start : min(start + CHUNK, end)])
            _watch(parser.parser, collector, start - place)
            yield from collector.drain()
        parser.close()
    except ParseError as error:
        if error.code in ANOTHER and collector.over:
            yield from collector.drain()
            return place + int(parser.parser.ErrorByteIndex)
        raise _unreadable(file, error, data[:place].count(b"\n")) from error
    except DefusedXmlException as error:
        raise _hostile(file, error) from error
    except TooMuchError as error:
        raise FileFault(file, Message("{how}, as no answer has.", {"how": error.how}), CALL_AGAIN) from error
    yield from collector.drain()
    return end


def _watch(parser: Any, collector: Collector, fed: int) -> None:
    """Refuse a document of which one piece alone, such as a comment, goes on and on, or whose names never end."""
    if len(parser.intern) > MOST_NAMES:
        raise TooMuchError(Message("has more than {most:number} different names of elements", {"most": MOST_NAMES}))
    if collector.events:
        collector.events, collector.heard = 0, fed
    elif fed - collector.heard > MOST_IN_ONE_PIECE:
        raise TooMuchError(Message("has a tag or comment of more than {most:number} MB", {"most": MOST_IN_ONE_PIECE / 1e6}))


def _unreadable(file: str, error: ParseError, lines_before: int) -> FileFault:
    line = error.position[0] + lines_before
    if error.code in CUT_SHORT:
        return FileFault(file, Message("is cut short: it ends in line {line}, before its XML is complete.", {"line": line}), CALL_AGAIN)
    told: dict[str, Fact] = {"line": line, "error": expat.ErrorString(error.code)}
    return FileFault(file, Message("is no well-formed XML in line {line}: {error}.", told), CALL_AGAIN)


def _hostile(file: str, error: DefusedXmlException) -> FileFault:
    name = getattr(error, "name", None) or Message("without a name")
    wrong = Message("declares a document type ({name}), which may stand for endless text or other files.", {"name": name})
    return FileFault(file, wrong, CALL_AGAIN)
