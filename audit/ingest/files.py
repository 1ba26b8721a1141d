"""Files and folders to parts: each file known by its content, every fault collected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from audit.config import FILE_NAME
from audit.errors import AuditError, FaultyInputs, FileFault
from audit.ingest import csvfile, webservice, workbook
from audit.ingest.recognise import Recognised, RepeatedHeaderError, recognise
from audit.ingest.rows import TextRows
from audit.ingest.webservice.answer import Answer
from audit.ingest.webservice.together import sieve_together
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
    answers: list[Answer] = []
    for (path, table, found), name in zip(wanted, names, strict=True):
        try:
            if _is_answer(path):
                answers += _answers(path, name, table, found=found)
                continue
            parts += [part for rows in _rows(path, name) if (part := sieve_rows(rows, table, zone, as_of))]
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
        except AuditError as fault:
            faults.append(fault)
    if faults:
        raise FaultyInputs(faults)
    answered, notes = _merged(answers, zone, as_of)
    parts += answered
    if not parts:
        raise FaultyInputs(
            [
                FileFault(
                    ", ".join(map(str, paths)), "no export was found there.", "Put the order and shipment exports there, as CSV or XLSX."
                )
            ]
        )
    return settle(parts, left, [*_same_file_notes(parts), *notes])


def _inside(folder: Path) -> Iterator[Path]:
    """The files of a folder that may be exports, in the order of their names."""
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith((".", "~$")) and path.name != FILE_NAME:
            yield path


def _short_names(paths: Sequence[Path]) -> list[str]:
    """Base names, with the folder in front where two files share one."""
    names = [path.name for path in paths]
    return [name if names.count(name) == 1 else f"{path.resolve().parent.name}/{name}" for path, name in zip(paths, names, strict=True)]


def _is_answer(path: Path) -> bool:
    """Whether a file begins as a WebService answer does; one that can't be read is named where it is read as a whole."""
    try:
        with path.open("rb") as file:
            return webservice.is_answer(file.read(webservice.LOOKED_AT))
    except OSError:
        return False


def _answers(path: Path, name: str, table: str | None, *, found: bool) -> list[Answer]:
    """The WebService answers in a file; raises where they hold nothing that is read, or not the table that a person said it is."""
    answers = webservice.read(name, _content(path, name))
    if not answers and found:
        raise _NoExportError(name)
    if not answers:
        raise FileFault(name, "is a WebService answer that holds nothing that the audit reads.", "README lists the answers that it reads.")
    if table and not any(table in answer.tables for answer in answers):
        held = ", ".join(f"{answer.action} ({', '.join(answer.tables)})" for answer in answers)
        raise FileFault(name, f"answers {held}, which holds no {table}.", "Name it without an option: what it holds is known.")
    return answers


def _merged(answers: Sequence[Answer], zone: ZoneInfo, as_of: datetime) -> tuple[list[Part], list[Message]]:
    """The parts of all WebService answers, merged where they tell of the same items, and what a person should know of them."""
    told, notes = webservice.merge(answers)
    return sieve_together(told, lambda rows, table: sieve_rows(rows, table, zone, as_of)), notes


def _rows(path: Path, name: str) -> list[TextRows]:
    content = _content(path, name)
    kind = workbook.kind(content)
    if kind == "zip":
        sheets = workbook.read(name, content)
    elif kind == "ole":
        raise FileFault(name, "is an old .xls workbook or one protected by a password.", workbook.SAVE_AS_XLSX)
    elif kind == "markup":
        raise FileFault(name, "is a web page or XML, not a table.", "Sign in and download the export again, as CSV or XLSX.")
    else:
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


def sieve_rows(rows: TextRows, named: str | None, zone: ZoneInfo, as_of: datetime) -> Part:
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
