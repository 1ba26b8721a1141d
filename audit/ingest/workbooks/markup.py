"""XML read in steps, by local names; a document type ends the reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from audit.errors import FileFault
from audit.ingest.workbooks.refusals import AGAIN, SAVE_AS_XLSX
from audit.ingest.workbooks.wellformed import NotPlainError
from schemas.text import Message

Attributes = dict[str, str]


class Events:
    """What happens in a document: each element's begin and end by its local name, and the text between."""

    def begin(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text stands there."""


def read(file: str, chunks: Iterable[bytes], events: Events) -> None:
    """Tell the events of a document; raises FileFault where it is no XML, or declares a document type."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: _begin(parser, events, name, attributes)
    parser.CharacterDataHandler = events.text
    parser.StartDoctypeDeclHandler = _refuse_document_type(file)
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        wrong = Message("is a broken workbook: its XML can't be read ({error}).", {"error": str(error)})
        raise FileFault(file, wrong, AGAIN) from error


def prove_around(file: str, head: bytes, tail: bytes, events: Events) -> None:
    """Tell the events of a document whose middle is read otherwise; raises NotPlainError where the rest is no XML."""
    try:
        read(file, (head, tail), events)
    except FileFault as fault:
        raise NotPlainError from fault


def _begin(parser: expat.XMLParserType, events: Events, name: str, attributes: Attributes) -> None:
    """The root tells whether names have a prefix: prefixes and namespaces differ between programs, local names do not."""
    if ":" in name:
        parser.StartElementHandler = lambda name, attributes: events.begin(name.rpartition(":")[2], attributes)
        parser.EndElementHandler = lambda name: events.end(name.rpartition(":")[2])
    else:
        parser.StartElementHandler, parser.EndElementHandler = events.begin, events.end
    events.begin(name.rpartition(":")[2], attributes)


def _refuse_document_type(file: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise FileFault(file, "holds a document type, which no workbook needs.", SAVE_AS_XLSX)

    return refuse
