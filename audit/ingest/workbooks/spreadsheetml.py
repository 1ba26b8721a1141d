"""Workbooks that are one XML document (SpreadsheetML 2003), mostly saved as .xls."""

from __future__ import annotations

from typing import Any

from audit.ingest.rows import Broken, TextRows
from audit.ingest.workbooks.careful import FAR_COLUMNS, LEAST_SLOTS, MOST_ROWS, NUMBER, index, iso, shown
from audit.ingest.workbooks.gathering import gather
from audit.ingest.workbooks.grid import Merged, Rows
from audit.ingest.workbooks.kinds import HEAD, Kind
from audit.ingest.workbooks.markup import Attributes, Events, read
from audit.ingest.workbooks.refusals import is_far, is_swollen, refusal
from audit.ingest.workbooks.styles import PLAIN, Format, Shown, understand

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
NAMED_FORMATS = {
    "Percent": Format(Shown.PERCENT),
    **dict.fromkeys(("General", "General Number", "Standard", "Fixed", "Scientific", "Currency", "Euro Currency", "Yes/No", "@"), PLAIN),
}


def is_workbook(content: bytes) -> bool:
    """Whether an XML document is a workbook."""
    return NAMESPACE.encode() in content[:HEAD].replace(b"\x00", b"")


def read_document(file: str, content: bytes) -> list[TextRows]:
    """The rows of each sheet that has a header that is known; raises FileFault where the document is no workbook."""
    if not is_workbook(content):
        raise refusal(file, Kind.XML)
    events = _Workbook(file, max(len(content), LEAST_SLOTS))
    read(file, [content], events)
    return gather(file, content, [(sheet.grid(), sheet.shown) for sheet in events.sheets])


class _Sheet:
    """One sheet as it is read."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.shown = True
        self.row = 0
        self.cells: dict[int, list[Any]] = {}
        self.faults: list[Broken] = []
        self.merged: list[Merged] = []
        self.hidden: set[int] = set()

    def grid(self) -> Rows:
        """The cells of the rows that hold any."""
        numbers = sorted(self.cells)
        return Rows(
            self.title,
            numbers,
            [self.cells[number] for number in numbers],
            tuple(self.faults),
            tuple(self.merged),
            frozenset(self.hidden),
        )


class _Workbook(Events):
    """Sheets, rows, cells and their data as they come."""

    def __init__(self, file: str, slots: int) -> None:
        self.file = file
        self.slots = slots
        self.sheets: list[_Sheet] = []
        self.formats: dict[str, Format] = {}
        self.style = self.cell_style = ""
        self.column = 0
        self.kind = ""
        self.formula = False
        self.sink: list[str] | None = None

    def begin(self, name: str, attributes: Attributes) -> None:
        """An element begins; here prefixes differ even within a document."""
        said = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        match name.rpartition(":")[2]:
            case "Cell" if self.sheets:
                self._begin_cell(said)
            case "Data" | "Visible":
                self.kind, self.sink = said.get("Type", "String"), []
            case "Row" if self.sheets:
                sheet = self.sheets[-1]
                sheet.row, self.column = index(said.get("Index"), sheet.row + 1), 0
                if said.get("Hidden") == "1":
                    sheet.hidden.add(sheet.row)
            case "Worksheet":
                self.sheets.append(_Sheet(said.get("Name", "")))
            case "Style":
                self.style = said.get("ID", "")
            case "NumberFormat":
                code = said.get("Format", "")
                self.formats[self.style] = NAMED_FORMATS.get(code) or understand(code)

    def text(self, text: str) -> None:
        """Text stands there."""
        if self.sink is not None:
            self.sink.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        match name.rpartition(":")[2]:
            case "Data" if self.sink is not None and self.sheets:
                self._keep("".join(self.sink))
                self.sink = None
            case "Visible" if self.sink is not None and self.sheets:
                self.sheets[-1].shown = not "".join(self.sink).startswith("Sheet")
                self.sink = None
            case "Cell" if self.formula and self.sheets:
                self._put("", "no-value")

    def _begin_cell(self, said: Attributes) -> None:
        sheet = self.sheets[-1]
        self.column = index(said.get("Index"), self.column + 1)
        self.cell_style, self.formula = said.get("StyleID", ""), "Formula" in said
        across, down = index(said.get("MergeAcross"), 0), index(said.get("MergeDown"), 0)
        if across or down:
            sheet.merged.append(Merged(sheet.row, self.column - 1, sheet.row + down, self.column - 1 + across))
            self.column += across

    def _keep(self, raw: str) -> None:
        self.formula = False
        if self.kind == "Error":
            self._put(raw, "error-cell")
        elif self.kind == "Number" and NUMBER.fullmatch(raw):
            self._put(shown(float(raw), self.formats.get(self.cell_style, PLAIN), from_1904=False), "")
        elif self.kind == "DateTime":
            self._put(iso(raw), "")
        else:
            self._put(raw != "0" if self.kind == "Boolean" else raw, "")

    def _put(self, value: Any, fault: str) -> None:
        sheet, place = self.sheets[-1], self.column - 1
        if place > FAR_COLUMNS or sheet.row > MOST_ROWS:
            raise is_far(self.file, sheet.title, row=sheet.row, column=self.column)
        row = sheet.cells.setdefault(sheet.row, [])
        self.slots -= max(0, place + 1 - len(row))
        if self.slots < 0:
            raise is_swollen(self.file, sheet.title)
        row += [""] * (place + 1 - len(row))
        row[place] = value
        if fault:
            sheet.faults.append(Broken(sheet.row, fault, str(value), place))
