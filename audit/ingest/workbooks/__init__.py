"""Workbooks as inputs: looked at before any reader opens them, then every sheet's rows as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.ingest.workbooks.kinds import Kind, kind
from audit.ingest.workbooks.notes import LEFT_ASIDE
from audit.ingest.workbooks.refusals import NoTable, refusal

if TYPE_CHECKING:
    from audit.ingest.rows import TextRows

__all__ = ("LEFT_ASIDE", "NoTable", "read")


def read(file: str, content: bytes) -> list[TextRows] | None:
    """The rows of each sheet that has a header that is known; None where the file is plain text.

    Raises FileFault where the file is something else, or a workbook that can't be used.
    """
    match kind(content):
        case Kind.TEXT:
            return None
        case Kind.PARQUET:
            from audit.ingest import parquet

            return parquet.read(file, content)
        case Kind.ZIP:
            from audit.ingest.workbooks.packages import read_package

            return read_package(file, content)
        case Kind.COMPOUND:
            from audit.ingest.workbooks.legacy import read_compound

            return read_compound(file, content)
        case Kind.HTML:
            from audit.ingest.workbooks.pages import read_page

            return read_page(file, content)
        case Kind.XML:
            from audit.ingest.workbooks.spreadsheetml import read_document

            return read_document(file, content)
        case other:
            raise refusal(file, other)
