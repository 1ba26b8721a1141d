"""The workbooks that lie in an output folder: what people wrote in them since they were issued."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple, Protocol

from audit.ingest.workbooks.archive import Archive
from audit.nights import history, notes
from schemas.notes import NOTES
from schemas.shape import empty
from schemas.text import Message

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pandas as pd

OPEN_ELSEWHERE = "~$"
"""How the name of the file begins that Excel lays beside a workbook that somebody has open."""


class Written(Protocol):
    """What a workbook holds."""

    @property
    def run_id(self) -> str:
        """The run that it is of."""

    @property
    def lines(self) -> pd.DataFrame:
        """Its lines, as schemas.notes.NOTES declares them."""


class Shelf(NamedTuple):
    """The notes that stand, the hashes of the workbooks that they are from, the unreadable workbooks, and what to say of it all."""

    notes: pd.DataFrame
    hashes: tuple[str, ...]
    unreadable: tuple[Path, ...]
    warnings: tuple[Message, ...]


def look(out: Path, own: str, read: Callable[[Path], Written | None], memory: sqlite3.Connection | None, tonight: str) -> Shelf:
    """Bring together the notes of an output folder's workbooks before the run ``tonight``.

    ``own``: the name of the run's own workbook. ``read``: reads one, None where it is none of ours. One whose notes an earlier
    run has read already is passed over.
    """
    last = history.latest_run(memory) if memory else ""
    known = history.books_read(memory, tonight) if memory else frozenset[str]()
    books, hashes, unreadable, told = [], [], [], []
    for path, content in _workbooks(out):
        if (digest := hashlib.sha256(content).hexdigest()) in known:
            continue
        try:
            Archive(path.name, content)  # raises for a bomb, before the reader meets it
            written = read(path)
        except Exception as error:  # noqa: BLE001 - whatever people or programs have made of the file must not stop the audit
            unreadable.append(path)
            told.append(
                Message("{file} can't be read; what was typed there is not carried on ({error}).", {"file": path.name, "error": str(error)})
            )
            continue
        if written is not None:
            hashes.append(digest)
            issued = history.notes_of(memory, written.run_id) if memory else empty(NOTES)
            books.append(notes.Book(path.name, path.name == own and last in ("", written.run_id), written.lines, issued))
    gathered = notes.gather(books, history.notes_of(memory, last) if memory else empty(NOTES))
    return Shelf(gathered.notes, tuple(hashes), tuple(unreadable), (*told, *gathered.warnings))


def _workbooks(out: Path) -> Iterator[tuple[Path, bytes]]:
    """The workbooks of a folder, in the order of their names."""
    for path in sorted(out.glob("*.xlsx")):
        if not path.name.startswith(OPEN_ELSEWHERE) and path.is_file():
            yield path, path.read_bytes()
