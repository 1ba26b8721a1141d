"""A workbook whose every cell is text, written straight as XML: a messy night refuses hundreds of thousands of rows."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from reports.cells import MOST_CHARACTERS, safe
from reports.columns import content, edged, found, glued, texts

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 1_048_576
"""Of one sheet, its header among them; further rows stand on further sheets."""

AT_ONCE, GLUED = 20_000, 2_000
"""Rows whose cells are put into XML at once, column by column; and of those how many are glued at once, which takes far more memory."""

WIDTH = 18.7109375
SPEED = 1
"""Of compression: the XML repeats itself, and more pains would double the time."""

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf numFmtId="49" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
"""Style 1 is text: 49 is the built-in format for it."""

OPEN, CLOSE, NOTHING = '<c s="1" t="inlineStr"><is><t>', "</t></is></c>", '<c s="1"/>'
SPACED = OPEN.replace("<t>", '<t xml:space="preserve">')
SPACES, LINE_BREAK = b" \t\n\f\r", ord("\n")
"""Space that a reader would drop unless told to keep it: at either end of a text, and a line break wherever it stands."""

END = '</sheetData><ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors></worksheet>'

ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
TAKEN_FOR_ESCAPES = re.compile("(_x[0-9a-fA-F]{4}_)|(\r)")
"""What a workbook would read as another sign; a carriage return that stands bare would become a line break."""

ODD = "[\r\ufffe\uffff\x00-\x08\x0b\x0c\x0e-\x1f]|_x[0-9a-fA-F]{4}_"
DOUBTFUL = frozenset(range(0x20)) | set(b"_\xef")
"""Bytes without any of which no text is odd; the last begins signs that no file may hold."""

TELLING = bytes({*DOUBTFUL, *b"&<>"})


def write(path: Path, table: pd.DataFrame) -> None:
    """A workbook of one sheet, more where there are too many rows, whose cells are text, so that mending them loses no zero."""
    parts = [table.iloc[first : first + MOST_ROWS - 1] for first in range(0, max(1, len(table)), MOST_ROWS - 1)]
    names = ["rows", *(f"rows {number}" for number in range(2, len(parts) + 1))]
    with zipfile.ZipFile(path, "w") as archive:
        for member, xml in _frame(names).items():
            _member(archive, member, [xml.encode()])
        for number, part in enumerate(parts, start=1):
            _member(archive, f"xl/worksheets/sheet{number}.xml", _sheet(part))


def _member(archive: zipfile.ZipFile, name: str, xml: Iterable[bytes | memoryview]) -> None:
    """A member of a fixed time: the same rows make the same bytes."""
    told = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    told.compress_type = zipfile.ZIP_DEFLATED
    # A member that is described so does not go by the level of its archive, and until Python 3.13 there is no other way to tell it.
    told._compresslevel = SPEED  # type: ignore[attr-defined]  # noqa: SLF001 - as above
    with archive.open(told, "w", force_zip64=True) as file:
        file.write(DECLARATION.encode())
        for piece in xml:
            file.write(piece)


def _frame(names: list[str]) -> dict[str, str]:
    """All but the sheets."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in zip(numbers, names, strict=True))
    links = "".join(f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers)
    types = "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPE}.worksheet+xml"/>' for n in numbers)
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>{types}</Types>'
        ),
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
            f'<Relationship Id="rId{len(names) + 1}" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
        ),
        "xl/styles.xml": STYLES,
    }


def _sheet(table: pd.DataFrame) -> Iterator[bytes | memoryview]:
    begun = (
        f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
        f'state="frozen"/></sheetView></sheetViews><cols><col min="1" max="{max(1, table.shape[1])}" width="{WIDTH}" style="1" '
        f'customWidth="1"/></cols><sheetData><row r="1">{"".join(SPACED + escaped(str(name)) + CLOSE for name in table)}</row>'
    )
    yield begun.encode()
    columns = [texts(table.iloc[:, place]) for place in range(table.shape[1])]
    for first in range(0, len(table), AT_ONCE):
        yield from _rows([cells[first : first + AT_ONCE] for cells in columns], first + 2)
    yield END.encode()


def _rows(columns: Sequence[pa.Array], first: int) -> Iterator[memoryview]:
    """The XML of some rows; the number of the first."""
    count = len(columns[0])
    numbers = pc.cast(pa.array(range(first, first + count)), pa.large_string())
    parts = ['<row r="', numbers, '">', *(part for told in columns for part in _cells(told)), "</row>"]
    for start in range(0, count, GLUED):
        yield content(glued(*(part if isinstance(part, str) else part[start : start + GLUED] for part in parts)))


def _cells(told: pa.Array) -> tuple[pa.Array | str, ...]:
    """The XML of a column's cells, in parts; only those with odd signs are looked at singly."""
    telling = found(told, TELLING)
    odd = _odd(told, telling)
    singly = [escaped(text) for text in told.filter(odd).to_pylist()]
    begun = SPACED if singly or LINE_BREAK in telling or edged(told, SPACES, last=True) else OPEN
    for sign, escape in ESCAPES:
        told = pc.replace_substring(told, sign, escape) if ord(sign) in telling else told
    told = pc.replace_with_mask(told, odd, pa.array(singly, pa.large_string())) if singly else told
    return (pc.fill_null(glued(begun, told, CLOSE), NOTHING),) if told.null_count else (begun, told, CLOSE)


def _odd(told: pa.Array, telling: frozenset[int]) -> pa.Array:
    """Which cells are too long, or have signs that a workbook can't hold as they are."""
    odd = pc.greater(pc.utf8_length(told), MOST_CHARACTERS)
    if telling & DOUBTFUL:
        odd = pc.or_(odd, pc.match_substring_regex(told, ODD))
    return pc.fill_null(odd, False)


def escaped(text: str) -> str:
    """A text as XML holds it."""
    clean = TAKEN_FOR_ESCAPES.sub(lambda found: f"_x005F{found[1]}" if found[1] else "_x000D_", safe(text))
    for sign, escape in ESCAPES:
        clean = clean.replace(sign, escape)
    return clean
