"""Web pages that hold one table: what old back offices save as .xls."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from audit.errors import FileFault
from audit.ingest import encoding
from audit.ingest.rows import TextRows
from audit.ingest.workbooks.gathering import gather
from audit.ingest.workbooks.kinds import HEAD, Kind
from audit.ingest.workbooks.refusals import DOWNLOAD, refusal
from audit.ingest.workbooks.sheet import as_rows
from audit.ingest.workbooks.tables import Written
from schemas.text import Message

MOST_BYTES = 60_000_000
"""Bytes of a page; a table of 60,000 orders takes as many."""

CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w.:-]{1,40})", re.IGNORECASE)
SPACES = re.compile(r"[ \t\r\n]+")
UNSEEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
UNREAD = {"script", "style", "title"}
CELLS = {"td", "th"}
CELL_END = {*CELLS, "tr", "table", "thead", "tbody", "tfoot"}


def read_page(file: str, content: bytes) -> list[TextRows]:
    """The rows of the one table of a page; raises FileFault where it holds none, several, or one within another."""
    if len(content) > MOST_BYTES:
        raise FileFault(file, Message("is a web page of {size:number} MB.", {"size": len(content) / 1e6}), DOWNLOAD)
    page = _Page()
    page.feed(_decoded(content))
    page.close()
    grids = [table.grid() for table in page.tables]
    known = [grid for grid in grids if as_rows(file, grid) is not None]
    if page.nested or len(known) != 1:
        raise FileFault(file, "is a web page with several tables.", DOWNLOAD) if known else refusal(file, Kind.HTML)
    return gather(file, content, [(known[0], True)])


def _decoded(content: bytes) -> str:
    """A page's text by its mark, by what it says of itself, else as any text."""
    marked = content.startswith(tuple(mark for mark, _ in encoding.MARKS))
    said = CHARSET.search(content[:HEAD])
    if said and not marked:
        try:
            return content.decode(said[1].decode(), "replace")
        except LookupError:
            pass  # a charset that nobody knows says nothing
    return encoding.decode(content, encoding.guess(content))


class _Page(HTMLParser):
    """The tables of a page; end tags may be left out, as they often are."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Written] = []
        self.nested = False
        self._open = 0
        self._unread = False
        self._text: list[str] | None = None
        self._covers = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A cell, row or table begins."""
        said = dict(attrs)
        if tag in CELL_END:
            self._end_cell()
        if tag == "table":
            self._open += 1
            self.nested |= self._open > 1
            self.tables.append(Written(""))
        elif tag == "tr" and self.tables:
            self.tables[-1].begin_row(hidden=UNSEEN.search(said.get("style") or "") is not None)
        elif tag in CELLS and self._open:
            self._text = []
            self._covers = (_count(said.get("colspan")), _count(said.get("rowspan")))
        elif tag == "br" and self._text is not None:
            self._text.append("\n")
        self._unread = tag in UNREAD

    def handle_endtag(self, tag: str) -> None:
        """A cell, row or table ends."""
        if tag in CELL_END:
            self._end_cell()
        if tag == "table":
            self._open = max(0, self._open - 1)
        self._unread = False

    def handle_data(self, data: str) -> None:
        """Text stands there."""
        if self._text is not None and not self._unread:
            self._text.append(SPACES.sub(" ", data))

    def _end_cell(self) -> None:
        if self._text is not None and self.tables:
            across, down = self._covers
            self.tables[-1].add("".join(self._text).strip(" "), across=across, down=down)
        self._text = None


def _count(said: str | None) -> int:
    return int(said) if said and re.fullmatch(r"[1-9]\d{0,3}", said) else 1
