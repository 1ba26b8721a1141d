"""The platform's WebService answers as input: a reader for each family of answers, and a merger of what they say of one item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audit.ingest.webservice.reading import LOOKED_AT, is_answer, read

if TYPE_CHECKING:
    from audit.ingest.rows import TextRows
    from audit.ingest.webservice.answer import Answer
    from schemas.text import Message

__all__ = ["LOOKED_AT", "is_answer", "merge", "read"]


def merge(answers: Sequence[Answer]) -> tuple[list[tuple[str, TextRows]], list[Message]]:
    """The rows of all answers of a run, each with the table that it feeds, and what a person should know of them."""
    from audit.ingest.webservice import merging, notes, tables

    merged = merging.merge(answers)
    return tables.all_rows(answers, merged), notes.notes(answers, merged)
