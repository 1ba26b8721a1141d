"""Read back what people wrote beside the actions of a workbook."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from schemas.notes import NOTES, TODO, TODO_STATES
from schemas.shape import prove

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SHEET, HEADER_ROW, RUN, STATES = "actions_sheet", "actions_header_row", "run_id", "actions_states"
COLUMN = "actions_column_"
"""Names of the document properties by which a workbook says where its notes stand; COLUMN goes before a name of NOTES."""

BETWEEN = "|"
"""Stands between the words of the states in their property."""


class Written(NamedTuple):
    """Every line of one workbook (schemas.notes.NOTES, blank where nobody wrote), and the run that it is of."""

    run_id: str
    lines: pd.DataFrame


def read(path: Path) -> Written | None:
    """The notes of a workbook; None where it is none of ours. Raises whatever its reader raises where it is broken."""
    import openpyxl

    book: Any = openpyxl.load_workbook(path, read_only=True, data_only=True)  # its document properties have no types
    try:
        properties = {prop.name: str(prop.value) for prop in book.custom_doc_props.props}
        if SHEET not in properties or properties[SHEET] not in book.sheetnames:
            return None
        rows = list(_rows(book[properties[SHEET]], properties))
    finally:
        book.close()
    lines = pd.DataFrame(rows, columns=list(NOTES)).drop_duplicates("key").reset_index(drop=True)
    return Written(properties.get(RUN, ""), prove(lines.astype(dict(NOTES)), NOTES))


def _rows(sheet: Any, properties: Mapping[str, str]) -> Iterator[list[str | None]]:
    """Each line, also one on which nobody wrote; columns are found by their headers, wherever somebody has moved them."""
    lines = sheet.iter_rows(values_only=True)
    header = next(islice(lines, int(properties[HEADER_ROW]) - 1, None), ())
    places = [header.index(properties[COLUMN + name]) for name in NOTES]
    states = dict(zip(properties[STATES].split(BETWEEN), TODO_STATES, strict=True))
    for line in lines:
        key, owner, state, note = (_text(line[place]) if place < len(line) else None for place in places)
        state = states.get(state or "", state)
        if key:
            yield [key, owner, None if state == TODO else state, note]


def _text(cell: Any) -> str | None:
    return str(cell).strip() or None if cell is not None else None
