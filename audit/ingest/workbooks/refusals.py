"""What to say of files that are no tables at all."""

from __future__ import annotations

from audit.errors import FileFault
from audit.ingest.workbooks.kinds import Kind
from schemas.text import Fact, Message

SAVE_AS_XLSX = "Open it in a spreadsheet program and save it as .xlsx or CSV."
AGAIN = "Export or download it again."
DOWNLOAD = "Sign in and download the export again, as CSV or XLSX."
NO_TABLES = {
    Kind.PDF: (Message("is a PDF document, not a table."), Message("Download the export as CSV or XLSX instead of printing it.")),
    Kind.PICTURE: (Message("is a picture, not a table."), Message("Download the export as CSV or XLSX instead of taking a picture of it.")),
    Kind.PACKED: (Message("is a packed file."), Message("Unpack it, and name the files in it.")),
    Kind.HTML: (Message("is a web page or XML, not a table."), Message(DOWNLOAD)),
    Kind.XML: (Message("is a web page or XML, not a table."), Message(DOWNLOAD)),
}


class NoTable(FileFault):
    """A file is of a kind that holds no table: in a folder it is left aside, named outright it is refused."""


def refusal(file: str, kind: Kind) -> FileFault:
    """The fault of a file that is known not to be a table; of a page or a document, in place of which an export was meant."""
    return (FileFault if kind in {Kind.HTML, Kind.XML} else NoTable)(file, *NO_TABLES[kind])


def is_protected(file: str) -> FileFault:
    """The fault of a workbook that opens with a password alone."""
    return FileFault(file, "is protected by a password.", "Open it with its password, remove that, and save it again.")


def is_swollen(file: str, title: str) -> FileFault:
    """The fault of a workbook whose cells would fill the memory."""
    return FileFault(file, Message("holds far more cells or text than its size, in the sheet {sheet}.", {"sheet": title}), SAVE_AS_XLSX)


def is_far(file: str, title: str, *, row: int, column: int) -> FileFault:
    """The fault of a workbook with a cell far away from its table."""
    facts: dict[str, Fact] = {"column": column, "row": row, "sheet": title}
    wrong = Message("holds a cell far away from its table: column {column}, row {row} of the sheet {sheet}.", facts)
    return FileFault(file, wrong, "Delete the rows and columns beyond the table, and save it again.")
