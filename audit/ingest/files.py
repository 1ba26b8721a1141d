"""Files and folders to parts: each file known by its content, every fault collected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from audit.config import FILE_NAME
from audit.errors import AuditError, FaultyInputs, FileFault
from audit.ingest import csvfile, workbooks
from audit.ingest.recognise import Recognised, RepeatedHeaderError, recognise
from audit.ingest.rows import TextRows
from audit.quarantine import Part, settle
from audit.sieve import sieve
from audit.tables import Ingested
from schemas.table import Table
from schemas.text import Message


class _NoExportError(Exception):
    """A file holds no table that is known."""


def read_all(paths: Sequence[Path], named: Mapping[str, Sequence[Path]], zone: ZoneInfo, as_of: datetime) -> Ingested:
    """Every file of some paths; see ``audit.ingest.read``."""
    wanted: list[tuple[Path, str | None, bool]] = [(path, None, False) for path in paths if not path.is_dir()]
    wanted += [(path, None, True) for folder in paths if folder.is_dir() for path in _inside(folder)]
    wanted += [(path, table, False) for table, files in named.items() for path in files]
    names = _short_names([path for path, _, _ in wanted])
    parts: list[Part] = []
    faults: list[AuditError] = []
    left: list[str] = []
    notes: list[Message] = []
    for (path, table, found), name in zip(wanted, names, strict=True):
        try:
            found_parts, told = _parts(name, _rows(path, name), table, zone, as_of)
            parts += found_parts
            notes += told
        except _NoExportError:
            if found:
                left.append(name)
            else:
                faults.append(
                    FileFault(
                        name,
                        "no line of its beginning is a header that is known.",
                        "Name the columns as README lists them, or the table's file outright, such as --orders FILE.",
                    )
                )
        except workbooks.NoTable as fault:
            if found:
                left.append(name)
            else:
                faults.append(fault)
        except AuditError as fault:
            faults.append(fault)
    if faults:
        raise FaultyInputs(faults)
    if not parts:
        raise FaultyInputs(
            [
                FileFault(
                    ", ".join(map(str, paths)), "no export was found there.", "Put the order and shipment exports there, as CSV or XLSX."
                )
            ]
        )
    return settle(parts, left, [*notes, *_same_file_notes(parts)])


def _inside(folder: Path) -> Iterator[Path]:
    """The files of a folder that may be exports, in the order of their names."""
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith((".", "~$")) and path.name != FILE_NAME:
            yield path


def _short_names(paths: Sequence[Path]) -> list[str]:
    """Base names, with the folder in front where two files share one."""
    names = [path.name for path in paths]
    return [name if names.count(name) == 1 else f"{path.resolve().parent.name}/{name}" for path, name in zip(paths, names, strict=True)]


def _parts(name: str, sheets: Sequence[TextRows], table: str | None, zone: ZoneInfo, as_of: datetime) -> tuple[list[Part], list[Message]]:
    """The parts of one file, and what to know of its reading; of several sheets those that hold no table are left aside."""
    parts: list[Part] = []
    meant = _meant(sheets, table)
    aside = [rows.sheet for rows in sheets if rows not in meant]
    for rows in meant:
        try:
            parts += [part] if (part := sieve_rows(rows, table, zone, as_of)) else []
        except _NoExportError:
            aside.append(rows.sheet)
    if not parts:
        raise _NoExportError(name)
    told = [note for rows in sheets for note in rows.notes]
    return parts, [*told, *([Message(workbooks.LEFT_ASIDE, {"file": name, "sheets": aside})] if aside else [])]


def _meant(sheets: Sequence[TextRows], table: str | None) -> Sequence[TextRows]:
    """The sheets that a person may mean who names a file's table: those that hold it whole, if any does."""
    return (table and [rows for rows in sheets if recognise(rows.header, table)[0].whole]) or sheets


def _rows(path: Path, name: str) -> list[TextRows]:
    content = _content(path, name)
    sheets = workbooks.read(name, content)
    if sheets is None:
        rows = csvfile.read(name, content)
        sheets = [rows] if rows else []
    if not sheets:
        raise _NoExportError(name)
    return sheets


def _content(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileFault(str(path), "there is no such file or folder.", "Check the name.") from error
    except OSError as error:
        raise FileFault(name, f"can't be read ({error.strerror}).", "Check that it is a file that you may read.") from error


def sieve_rows(rows: TextRows, named: str | None, zone: ZoneInfo, as_of: datetime) -> Part | None:
    """The two passes over one file's rows, for each table that it feeds; raises FileFault for a missing or doubled column."""
    try:
        matches = recognise(rows.header, named)
    except RepeatedHeaderError as error:
        raise FileFault(rows.place, f"{error}.", "Rename or delete one of the two columns.") from error
    if not matches:
        raise _NoExportError(rows.place)
    for match in matches:
        if match.missing:
            raise FileFault(rows.place, _lacks(match), _spelled(match.table, match.missing[0]))
    return Part(rows, [sieve(rows, match.table, match.columns, zone=zone, as_of=as_of) for match in matches])


def _lacks(match: Recognised) -> str:
    missing = ", ".join(match.missing)
    return f"looks like {match.table.name}, but lacks the column{'s' if len(match.missing) > 1 else ''} {missing}."


def _spelled(table: Table, name: str) -> str:
    spellings = ", ".join((name, *table.by_name[name].spellings[:4]))
    return f"Add a column {name}; headers that are understood: {spellings}."


def _same_file_notes(parts: Sequence[Part]) -> list[Message]:
    """What a person should know of inputs that hold the very same bytes."""
    seen: dict[str, str] = {}
    told = []
    for part in parts:
        first = seen.setdefault(part.rows.sha256 + part.rows.sheet, part.rows.file)
        if first != part.rows.file:
            told.append(Message("{file} holds the same as {first}", {"file": part.rows.file, "first": first}))
    return told
