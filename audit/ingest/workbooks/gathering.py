"""Sheets to rows of text: those with a header that is known, and what to know of the others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from audit.ingest.rows import TextRows
from audit.ingest.workbooks.grid import Grid
from audit.ingest.workbooks.notes import HIDDEN_SHEET, LEFT_ASIDE
from audit.ingest.workbooks.sheet import as_rows
from schemas.text import Message


def gather(file: str, content: bytes, grids: Iterable[tuple[Grid, bool]]) -> list[TextRows]:
    """The rows of every sheet with a header, each given with whether it is shown; one alone goes without its sheet's name."""
    found: list[TextRows] = []
    aside: list[str] = []
    for grid, shown in grids:
        rows = as_rows(file, grid)
        if rows is not None:
            hidden = () if shown else (Message(HIDDEN_SHEET, {"file": file, "sheet": grid.title}),)
            found.append(replace(rows, notes=(*hidden, *rows.notes)))
        elif grid.numbers:
            aside.append(grid.title)
    if found and aside:
        found[0] = replace(found[0], notes=(*found[0].notes, Message(LEFT_ASIDE, {"file": file, "sheets": aside})))
    digest = hashlib.sha256(content).hexdigest()
    return [replace(rows, sheet=rows.sheet if len(found) > 1 else "", sha256=digest) for rows in found]
