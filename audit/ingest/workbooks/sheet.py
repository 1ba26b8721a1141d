"""A sheet's cells to rows of text: its header found, and every row below it kept, refused or counted as blank."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from audit.errors import FileFault
from audit.ingest.csvfile import HEADER_LINES, is_total
from audit.ingest.recognise import header_score
from audit.ingest.rows import Broken, TextRows
from audit.ingest.workbooks.cells import ERROR, filled
from audit.ingest.workbooks.grid import Column, Grid
from audit.ingest.workbooks.notes import HIDDEN_ROWS
from audit.ingest.workbooks.refusals import SAVE_AS_XLSX
from schemas.text import Message

if TYPE_CHECKING:
    import pandas as pd


class Body(NamedTuple):
    """The rows below a header that hold anything: ``top``, the header's place; ``places``, each row's place by its number."""

    header: tuple[str, ...]
    top: int
    header_row: int
    numbers: Sequence[int]
    columns: Sequence[Column]
    beyond: Sequence[int]
    places: Mapping[int, int]

    def texts(self, place: int) -> list[str]:
        """The texts of a row under the header."""
        return [column.texts[place].as_py() for column in self.columns]


def as_rows(file: str, grid: Grid) -> TextRows | None:
    """The rows of a sheet; None where none of its first rows is a header that is known."""
    scores = [header_score(grid.line(place)) for place in range(min(HEADER_LINES, len(grid.numbers)))]
    if not any(scores):
        return None
    top = scores.index(max(scores))
    header = [cell.strip() for cell in grid.line(top)]
    while header and not header[-1]:
        header.pop()
    under = grid.under(top, len(header))
    places = {number: place for place, number in enumerate(under.numbers)}
    return _text_rows(file, grid, Body(tuple(header), top, grid.numbers[top], *under, places))


def _text_rows(file: str, grid: Grid, body: Body) -> TextRows:
    faults = _by_place(file, body, grid)
    lost, blank = _lost(body, faults)
    gone = {*lost, *blank}
    whole = [Broken(body.numbers[place], reason, "\t".join(grid.line(body.top + 1 + place))) for place, reason in sorted(lost.items())]
    frame, native = _frames(body, gone)
    last = max((number for number, place in body.places.items() if place not in blank), default=body.header_row)
    return TextRows(
        file=file,
        sheet=grid.title,
        header=body.header,
        header_row=body.header_row,
        cells=frame,
        broken=(*whole, *(fault for place in sorted(faults.keys() - gone) for fault in faults[place])),
        blank=last - body.header_row - (len(body.numbers) - len(blank)),
        native=native,
        notes=_hidden_rows(file, grid, body, blank),
    )


def _hidden_rows(file: str, grid: Grid, body: Body, blank: set[int]) -> tuple[Message, ...]:
    count = sum(1 for number in grid.hidden if number in body.places and body.places[number] not in blank)
    return (Message(HIDDEN_ROWS, {"file": file, "sheet": grid.title, "count": count}),) if count else ()


def _by_place(file: str, body: Body, grid: Grid) -> dict[int, list[Broken]]:
    """The faults of cells under the header, by the place of their row; a cell has one fault."""
    found: dict[tuple[int, int], Broken] = {}
    for fault in chain(grid.faults, _typed_errors(body), _merged(file, body, grid)):
        if fault.row in body.places and fault.column < len(body.header):
            found.setdefault((fault.row, fault.column), fault)
    by_place: dict[int, list[Broken]] = {}
    for (row, _), fault in sorted(found.items()):
        by_place.setdefault(body.places[row], []).append(fault)
    return by_place


def _typed_errors(body: Body) -> Iterator[Broken]:
    """Texts that read as a spreadsheet's errors: what a program writes that has no better way."""
    import numpy as np
    import pyarrow.compute as pc

    for place, column in enumerate(body.columns):
        for row in np.flatnonzero(pc.starts_with(column.texts, "#").to_numpy(zero_copy_only=False)).tolist():
            if ERROR.fullmatch(told := column.texts[row].as_py()):
                yield Broken(body.numbers[row], "error-cell", told, place)


def _merged(file: str, body: Body, grid: Grid) -> Iterator[Broken]:
    """Merged cells under the header; a title that is merged above it costs nothing. Raises FileFault where ranges lie over one another."""
    left = len(body.numbers) * len(body.header)
    for span in grid.merged:
        first, end = bisect_left(body.numbers, span.top), bisect_right(body.numbers, span.bottom)
        columns = range(span.left, min(span.right + 1, len(body.header)))
        left -= max(0, end - first) * len(columns)
        if left < 0:
            raise FileFault(
                file, Message("holds merged cells that lie over one another, in the sheet {sheet}.", {"sheet": grid.title}), SAVE_AS_XLSX
            )
        for place in range(first, end):
            yield from (Broken(body.numbers[place], "merged-cell", body.columns[column].texts[place].as_py(), column) for column in columns)


def _lost(body: Body, faults: Mapping[int, list[Broken]]) -> tuple[dict[int, str], set[int]]:
    """By place: rows that are refused as a whole, with their reason; and rows that hold nothing."""
    import numpy as np

    count = np.sum([filled(column.texts) for column in body.columns], axis=0)
    sparse = np.flatnonzero(2 * count < len(body.header)).tolist()
    lost = {place: "totals-line" for place in sparse if is_total(body.texts(place))}
    lost |= dict.fromkeys(_repeated(body), "repeated-header")
    lost |= dict.fromkeys(body.beyond, "unsplit-line")
    return lost, {place for place in sparse if count[place] == 0 and place not in faults and place not in lost}


def _repeated(body: Body) -> list[int]:
    """Places of rows that say what the header says."""
    import numpy as np
    import pyarrow.compute as pc

    first = next(place for place, name in enumerate(body.header) if name)
    alike = pc.equal(pc.utf8_trim_whitespace(body.columns[first].texts), body.header[first]).to_numpy(zero_copy_only=False)
    return [place for place in np.flatnonzero(alike).tolist() if [cell.strip() for cell in body.texts(place)] == [*body.header]]


def _frames(body: Body, gone: set[int]) -> tuple[pd.DataFrame, dict[int, pd.Series[bool]]]:
    """The cells of the rows that stay, and by column which of them are numbers."""
    import numpy as np
    import pandas as pd

    kept = np.setdiff1d(np.arange(len(body.numbers)), np.array(sorted(gone), dtype="int64"))
    index = pd.Index(np.array(body.numbers, dtype="int64")[kept])
    texts = [column.texts.take(kept) if gone else column.texts for column in body.columns]
    frame = pd.DataFrame({place: pd.Series(column, index=index, dtype="str") for place, column in enumerate(texts)}, index=index)
    masks = {place: column.are_numbers for place, column in enumerate(body.columns)}
    return frame, {place: pd.Series(mask[kept], index=index) for place, mask in masks.items() if mask is not None}
