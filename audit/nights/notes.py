"""What people wrote beside the actions of earlier workbooks, brought together: the latest word counts, contradictions are said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from schemas.notes import NOTES, WONT_FIX, WRITTEN
from schemas.shape import empty, prove
from schemas.text import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

Line = tuple[str | None, ...]


class Book(NamedTuple):
    """One workbook: the file, whether it is the last run's own, its lines as they are, and the notes that it was issued with."""

    file: str
    own: bool
    lines: pd.DataFrame
    issued: pd.DataFrame


class Edit(NamedTuple):
    """A field that somebody changed in a workbook."""

    value: str | None
    file: str


class Gathered(NamedTuple):
    """The notes as they stand now (schemas.notes.NOTES), and what a person should know of them."""

    notes: pd.DataFrame
    warnings: tuple[Message, ...]


def gather(books: Sequence[Book], current: pd.DataFrame) -> Gathered:
    """Apply what was changed in each workbook to the notes that stand; the last run's own has the last word."""
    lines = _lines(current)
    edits: dict[tuple[str, str], Edit] = {}
    told: list[Message] = []
    for book in sorted(books, key=lambda book: (not book.own, book.file)):
        for place, value in _changes(book):
            earlier = edits.setdefault(place, Edit(value, book.file))
            if earlier.value != value:
                told.append(_conflict(place, earlier, Edit(value, book.file)))
    for (key, field), edit in edits.items():
        line = dict(zip(WRITTEN, lines.get(key, (None,) * len(WRITTEN)), strict=True))
        lines[key] = tuple({**line, field: edit.value}[name] for name in WRITTEN)
    return Gathered(_table(lines), (*told, *_unexplained(lines)))


def _lines(notes: pd.DataFrame) -> dict[str, Line]:
    plain = notes.astype(object).where(notes.notna(), None)
    return {row[0]: row[1:] for row in plain[list(NOTES)].itertuples(index=False, name=None)}


def _changes(book: Book) -> Iterator[tuple[tuple[str, str], str | None]]:
    """Each field that differs from what the workbook was issued with."""
    issued, found = _lines(book.issued), _lines(book.lines)
    for key in sorted(found):
        before, after = (dict(zip(WRITTEN, lines.get(key, (None,) * len(WRITTEN)), strict=True)) for lines in (issued, found))
        yield from (((key, field), after[field]) for field in WRITTEN if after[field] != before[field])


def _conflict(place: tuple[str, str], kept: Edit, other: Edit) -> Message:
    key, field = place
    return Message(
        'Two workbooks say different things of {key}, {field:word}: "{kept:?}" in {file}, which is kept, and "{other:?}" in {other_file}.',
        {"key": key, "field": field, "kept": kept.value, "file": kept.file, "other": other.value, "other_file": other.file},
    )


def _unexplained(lines: Mapping[str, Line]) -> Iterator[Message]:
    """Lines that somebody will not mend, and did not say why."""
    for key, line in sorted(lines.items()):
        written = dict(zip(WRITTEN, line, strict=True))
        if written["state"] == WONT_FIX and not written["note"]:
            yield Message("{key} is not to be mended, and the note does not say why.", {"key": key})


def _table(lines: Mapping[str, Line]) -> pd.DataFrame:
    rows = [(key, *line) for key, line in sorted(lines.items()) if any(line)]
    return prove(pd.DataFrame(rows, columns=list(NOTES)).astype(dict(NOTES)), NOTES) if rows else empty(NOTES)
