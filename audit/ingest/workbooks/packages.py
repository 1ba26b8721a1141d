"""Zips that are workbooks of the Office Open XML kind; all others are refused by their names."""

from __future__ import annotations

from collections.abc import Iterator

from audit.errors import FileFault
from audit.ingest.rows import TextRows
from audit.ingest.workbooks import careful, fast
from audit.ingest.workbooks.archive import Archive
from audit.ingest.workbooks.context import Context
from audit.ingest.workbooks.gathering import gather
from audit.ingest.workbooks.grid import Grid
from audit.ingest.workbooks.package import describe, main_part
from audit.ingest.workbooks.refusals import SAVE_AS_XLSX, NoTable


def read_package(file: str, content: bytes) -> list[TextRows]:
    """The rows of each sheet that has a header that is known; raises FileFault where the zip is no workbook that can be read."""
    archive = Archive(file, content)
    main = main_part(archive)
    if main.endswith(".xml") and archive.under(main.rpartition("/")[0] + "/worksheets/"):
        return gather(file, content, sheets(archive, main))
    if main and not main.endswith(".bin"):
        raise NoTable(
            file, "is an Office document, but no workbook with sheets.", "Copy its table into a spreadsheet, and save that as .xlsx."
        )
    raise _other(archive, main)


def sheets(archive: Archive, main: str) -> Iterator[tuple[Grid, bool]]:
    """Each sheet's cells, by the reader that it needs, and whether it is shown."""
    package = describe(archive, main)
    context = Context(archive, package)
    for title, shown, part in package.sheets:
        yield fast.read_sheet(archive, part, title, context) or careful.read_sheet(archive, part, title, context), shown


def _other(archive: Archive, main: str) -> FileFault:
    """The fault of a zip that is no workbook of sheets in XML."""
    if main.endswith(".bin"):
        return FileFault(archive.file, "is a binary workbook (.xlsb).", SAVE_AS_XLSX)
    if "content.xml" in archive:
        return FileFault(archive.file, "is an OpenDocument file (.ods).", SAVE_AS_XLSX)
    if archive.under("index/") or "index.zip" in archive:
        return FileFault(archive.file, "is an Apple Numbers file.", "Export it from Numbers as .xlsx or CSV.")
    return FileFault(archive.file, "is a zip archive, but no workbook.", "Unpack it, and name the files in it.")
