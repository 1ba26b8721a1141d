"""Workbooks: looked at as a zip first, then every sheet's rows as text."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from audit.errors import FileFault
from audit.ingest.csvfile import HEADER_LINES, is_total
from audit.ingest.recognise import header_score
from audit.ingest.rows import Broken, TextRows

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MOST_MEMBERS = 2_000
MOST_BYTES = 1_500_000_000
MOST_RATIO = 400
"""A workbook of honest cells is packed some ten to thirty times; a bomb thousands of times."""

ERROR = re.compile(r"#(REF!|DIV/0!|VALUE!|NAME\?|N/A|NULL!|NUM!|SPILL!|CALC!)")
MERGED = re.compile(rb'<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
SAVE_AS_XLSX = "Open it in a spreadsheet program and save it as .xlsx or CSV."


def kind(content: bytes) -> str:
    """What a file is by its first bytes: "zip", "ole", "markup" or "text"; its name is not asked."""
    if content.startswith(ZIP):
        return "zip"
    if content.startswith(OLE):
        return "ole"
    return "markup" if re.match(rb"\s*(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml|table)", content[:400], re.IGNORECASE) else "text"


def read(file: str, content: bytes) -> list[TextRows]:
    """The rows of each sheet that has a header that is known; raises FileFault where the workbook can't be opened."""
    members = inspect(file, content)
    digest = hashlib.sha256(content).hexdigest()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of looks that it does not know; they are no data
        values, formulas = _grids(file, content, formulas=members.formulas)
    sheets = []
    for place, (title, grid) in enumerate(values):
        written = formulas[place][1] if formulas else grid
        if (rows := _sheet(file, title, grid, written, members.merged.get(place, []))) is not None:
            sheets.append(TextRows(**{**rows, "sha256": digest}))
    return [_without_sheet_name(sheets[0])] if len(sheets) == 1 else sheets


Grid = list[list[Any]]


def _grids(file: str, content: bytes, *, formulas: bool) -> tuple[list[tuple[str, Grid]], list[tuple[str, Grid]]]:
    """Every sheet's cells by value, and again by formula where there are any."""
    import openpyxl

    try:
        values = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        written = openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets if formulas else []
        return [(sheet.title, list(_grid(sheet))) for sheet in values.worksheets], [(sheet.title, list(_grid(sheet))) for sheet in written]
    except Exception as error:
        raise FileFault(file, f"is a broken workbook ({type(error).__name__}).", SAVE_AS_XLSX) from error


def _without_sheet_name(rows: TextRows) -> TextRows:
    return TextRows(**{**rows.__dict__, "sheet": ""})


class Members:
    """What the zip tells before any reader opens it: whether there are formulas, and each sheet's merged ranges."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        names = sorted(
            (info.filename for info in archive.infolist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", info.filename)),
            key=lambda name: int(re.sub(r"\D", "", name)),
        )
        self.formulas = False
        self.merged: dict[int, list[tuple[str, int, str, int]]] = {}
        for place, name in enumerate(names):
            text = archive.read(name)
            self.formulas |= b"<f>" in text or b"<f " in text
            self.merged[place] = [
                (left.decode(), int(top), right.decode(), int(bottom)) for left, top, right, bottom in MERGED.findall(text)
            ]


def inspect(file: str, content: bytes) -> Members:
    """Look at a workbook as a zip; raises FileFault for a bomb, a climbing or doubled name, a DTD, or no workbook at all."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            names = [info.filename for info in infos]
            if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
                raise FileFault(file, "is a zip archive, but no workbook.", "Unpack it, and name the files in it.")
            if len(names) > MOST_MEMBERS or len(set(names)) < len(names) or any(".." in name or name.startswith("/") for name in names):
                raise FileFault(file, "is built as no spreadsheet program builds a workbook.", SAVE_AS_XLSX)
            size = sum(info.file_size for info in infos)
            packed = max(1, sum(info.compress_size for info in infos))
            if size > MOST_BYTES or size / packed > MOST_RATIO:
                raise FileFault(file, f"would unpack to {size / 1e6:,.0f} MB, {size / packed:,.0f} times its size.", SAVE_AS_XLSX)
            if any(b"<!DOCTYPE" in archive.open(name).read(1000) for name in names if name.endswith(".xml")):
                raise FileFault(file, "holds a document type, which no workbook needs.", SAVE_AS_XLSX)
            return Members(archive)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise FileFault(file, "is a broken workbook: its archive can't be unpacked.", "Export or download it again.") from error


def _grid(sheet: Any) -> Iterator[list[Any]]:
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True):
        yield list(row)


def _sheet(
    file: str, title: str, grid: list[list[Any]], written: list[list[Any]], merged: list[tuple[str, int, str, int]]
) -> dict[str, Any] | None:
    """The parts of TextRows for one sheet, or None where it has no header that is known."""
    scores = [header_score([as_text(cell) for cell in row]) for row in grid[:HEADER_LINES]]
    if not any(scores):
        return None
    top = scores.index(max(scores))
    header = tuple(as_text(cell).strip() for cell in grid[top])
    while header and not header[-1]:
        header = header[:-1]
    return _rows(file, title, header, top, grid, written, _merged_cells(merged))


def _rows(
    file: str, title: str, header: tuple[str, ...], top: int, grid: list[list[Any]], written: list[list[Any]], merged: set[tuple[int, int]]
) -> dict[str, Any]:
    import pandas as pd

    width = len(header)
    cells: dict[int, list[str]] = {}
    native: dict[int, list[bool]] = {}
    broken: list[Broken] = []
    blank = 0
    for number, row in enumerate(grid[top + 1 :], start=top + 2):
        padded = [*row[:width], *[None] * (width - len(row))]
        texts = [as_text(cell) for cell in padded]
        faults = _cell_faults(number, padded, written[number - 1], merged, width)
        if any(as_text(cell) for cell in row[width:]):
            broken.append(Broken(number, "unsplit-line", "\t".join(as_text(cell) for cell in row)))
        elif not any(text.strip() for text in texts) and not faults:
            blank += 1
        elif tuple(text.strip() for text in texts) == header:
            broken.append(Broken(number, "repeated-header", "\t".join(texts)))
        elif is_total(texts):
            broken.append(Broken(number, "totals-line", "\t".join(texts)))
        else:
            cells[number], native[number] = texts, [isinstance(cell, int | float) and not isinstance(cell, bool) for cell in padded]
            broken += faults
    frame = pd.DataFrame.from_dict(cells, orient="index", columns=range(width), dtype="str")
    numbers = pd.DataFrame.from_dict(native, orient="index", columns=range(width), dtype="bool")
    return {
        "file": file,
        "sheet": title,
        "header": header,
        "header_row": top + 1,
        "cells": frame,
        "broken": tuple(broken),
        "blank": blank,
        "native": {place: numbers[place] for place in range(width)},
    }


def _cell_faults(number: int, row: list[Any], written: list[Any], merged: set[tuple[int, int]], width: int) -> list[Broken]:
    faults = []
    for place in range(width):
        formula = written[place] if place < len(written) else None
        if isinstance(row[place], str) and ERROR.fullmatch(row[place]):
            faults.append(Broken(number, "error-cell", row[place], place))
        elif row[place] in (None, "") and isinstance(formula, str) and formula.startswith("="):
            faults.append(Broken(number, "no-value", formula, place))
        elif (number, place) in merged:
            faults.append(Broken(number, "merged-cell", as_text(row[place]), place))
    return faults


def _merged_cells(ranges: list[tuple[str, int, str, int]]) -> set[tuple[int, int]]:
    """Row and column position of every cell of the merged ranges."""
    from openpyxl.utils import column_index_from_string as position

    return {
        (row, column - 1)
        for left, top, right, bottom in ranges
        for row in range(top, min(bottom, top + 100_000) + 1)
        for column in range(position(left), position(right) + 1)
    }


def as_text(cell: Any) -> str:
    """A cell as text: numbers at the 15 digits that a spreadsheet keeps, times as ISO 8601, a midnight as a day."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(cell, ".15g")  # noqa: PLR2004 - 15 digits
    if isinstance(cell, datetime):
        moment = (cell + timedelta(microseconds=500_000)).replace(microsecond=0) if cell.microsecond else cell
        return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
