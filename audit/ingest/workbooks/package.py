"""What a workbook's package says of itself: its sheets in order, where their parts are, its calendar."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import NamedTuple

from audit.errors import FileFault
from audit.ingest.workbooks.archive import Archive
from audit.ingest.workbooks.markup import Attributes, Events, read
from audit.ingest.workbooks.refusals import SAVE_AS_XLSX

SHOWN = "visible"


class Relation(NamedTuple):
    """A part that another one names: the last word of its type, and its name in the archive."""

    kind: str
    target: str


class SheetPart(NamedTuple):
    """One worksheet: its title, whether it is shown, and its part."""

    title: str
    shown: bool
    part: str


class Package(NamedTuple):
    """A workbook: worksheets in the order of their tabs; ``strings`` and ``styles`` are "" where there are none."""

    sheets: tuple[SheetPart, ...]
    strings: str
    styles: str
    from_1904: bool


class _Relations(Events):
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.found: dict[str, Relation] = {}

    def begin(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode", "Internal") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            whole = target if target.startswith("/") else posixpath.join("/", self.folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes.get("Id", "")] = Relation(kind, posixpath.normpath(whole).lstrip("/"))


class _Workbook(Events):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        self.from_1904 = False

    def begin(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", SHOWN), relation))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in {"1", "true", "on"}


def relations(archive: Archive, part: str) -> Mapping[str, Relation]:
    """The parts that a part names, by their ids."""
    folder, name = posixpath.split(part)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    events = _Relations(folder)
    if listed in archive:
        read(archive.file, archive.chunks(listed), events)
    return events.found


def main_part(archive: Archive) -> str:
    """The part that a package begins with; "" where it does not say."""
    return next((relation.target for relation in relations(archive, "").values() if relation.kind == "officeDocument"), "")


def describe(archive: Archive, main: str) -> Package:
    """What a workbook holds; chart sheets and the like are left out, for they hold no cells."""
    events = _Workbook()
    read(archive.file, archive.chunks(main), events)
    parts = relations(archive, main)
    sheets = [
        SheetPart(title, state == SHOWN, parts[relation].target)
        for title, state, relation in events.sheets
        if relation in parts and parts[relation].kind == "worksheet"
    ]
    if any(relation not in parts for _, _, relation in events.sheets) or len({sheet.part for sheet in sheets}) < len(sheets):
        raise FileFault(archive.file, "is a broken workbook: a sheet that it lists is missing or listed twice.", SAVE_AS_XLSX)
    named = {relation.kind: relation.target for relation in parts.values() if relation.target in archive}
    return Package(tuple(sheets), named.get("sharedStrings", ""), named.get("styles", ""), events.from_1904)
