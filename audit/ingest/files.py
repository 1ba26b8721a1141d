"""Files and folders to parts: each file known by its content, every fault collected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from audit import progress
from audit.config import FILE_NAME
from audit.errors import AuditError, FaultyInputs, FileFault
from audit.ingest import csvfile, parquet, piecewise, webservice, workbooks
from audit.ingest.layout import Layout
from audit.ingest.likeness import key
from audit.ingest.mapping import mapped_headers
from audit.ingest.parquet.folders import BESIDE, is_dataset
from audit.ingest.recognise import also_known, recognise
from audit.ingest.rows import TextRows
from audit.ingest.understanding import sift, understand
from audit.ingest.webservice.answer import Answer
from audit.ingest.webservice.together import sieve_together
from audit.ledger.mending import take_back
from audit.ledger.part import Part
from audit.ledger.quarantine import settle
from audit.tables import Ingested
from schemas.text import Message


class NoExportError(Exception):
    """A file holds no table that is known."""


class Wanted(NamedTuple):
    """A file to read: its name for people, the table that a person said it holds, and whether it was only found in a folder."""

    path: Path
    name: str
    table: str | None
    found: bool


class Terms(NamedTuple):
    """On what terms files are read: the shop's zone, the instant that is judged from, and the mappings."""

    zone: ZoneInfo
    as_of: datetime
    mappings: Sequence[Layout] = ()


@dataclass
class Gathered:
    """What the files have given so far: parts, WebService answers, faults, files that are no export, and notes."""

    parts: list[Part] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    faults: list[AuditError] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)


def read_all(paths: Sequence[Path], named: Mapping[str, Sequence[Path]], terms: Terms) -> Ingested:
    """Every file of some paths; see ``audit.ingest.read``."""
    gathered = together([taken(wanted, terms) for wanted in wanted_files(paths, named)], paths, terms)
    return settle(gathered.parts, gathered.left, gathered.notes)


def taken(wanted: Wanted, terms: Terms) -> Gathered:
    """What one file gives, its faults among it."""
    gathered = Gathered()
    try:
        _take(wanted, gathered, terms)
    except (NoExportError, workbooks.NoTable) as fault:
        refuse(wanted, gathered, fault)
    except AuditError as fault:
        gathered.faults.append(fault)
    if wanted.path.is_file():
        progress.reach(wanted.name, wanted.path.stat().st_size)
    return gathered


def refuse(wanted: Wanted, gathered: Gathered, fault: Exception) -> None:
    """Leave aside a file that holds no table, if it was only found in a folder; one that was named is a fault."""
    if wanted.found:
        gathered.left.append(wanted.name)
    else:
        gathered.faults.append(fault if isinstance(fault, AuditError) else _no_export(wanted.name))


def together(files: Sequence[Gathered], paths: Sequence[Path], terms: Terms) -> Gathered:
    """What all files give, answers of the WebService merged; raises FaultyInputs that names every file that can't be used."""
    gathered = Gathered(
        parts=[part for file in files for part in file.parts],
        answers=[answer for file in files for answer in file.answers],
        faults=[fault for file in files for fault in file.faults],
        left=[name for file in files for name in file.left],
        notes=[note for file in files for note in file.notes],
    )
    if gathered.faults:
        raise FaultyInputs(gathered.faults)
    _merge_answers(gathered, terms)
    if not gathered.parts:
        places = ", ".join(map(str, paths))
        raise FaultyInputs(
            [FileFault(places, "no export was found there.", "Put the order and shipment exports there, as CSV, XLSX or Parquet.")]
        )
    gathered.notes += [*_unused(terms.mappings, gathered.parts), *_same_file_notes(gathered.parts)]
    return gathered


def wanted_files(paths: Sequence[Path], named: Mapping[str, Sequence[Path]]) -> list[Wanted]:
    """The files of some paths, with names that tell them apart."""
    files: list[tuple[Path, str | None, bool]] = [(path, None, False) for path in paths if not path.is_dir()]
    files += [(path, None, True) for folder in paths if folder.is_dir() for path in _inside(folder)]
    for table, told in named.items():
        files += [(path, table, False) for path in told if not path.is_dir()]
        files += [(path, table, True) for folder in told if folder.is_dir() for path in _inside(folder)]
    names = _short_names([path for path, _, _ in files])
    return [Wanted(path, name, table, found) for (path, table, found), name in zip(files, names, strict=True)]


def _inside(folder: Path) -> Iterator[Path]:
    """The files of a folder that may be exports, in the order of their names; with those of folders that are one Parquet file in parts."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and is_dataset(path):
            yield from _inside(path)
        elif path.is_file() and not path.name.startswith((".", "~$")) and path.name not in (FILE_NAME, *BESIDE):
            yield path


def _short_names(paths: Sequence[Path]) -> list[str]:
    """Base names, with the folder in front where two files share one."""
    names = [path.name for path in paths]
    return [name if names.count(name) == 1 else f"{path.resolve().parent.name}/{name}" for path, name in zip(paths, names, strict=True)]


def _no_export(name: str) -> FileFault:
    remedy = "See order-audit map FILE; or name the columns as README lists them."
    return FileFault(name, "no line of its beginning is a header that is known.", remedy)


def _take(wanted: Wanted, gathered: Gathered, terms: Terms) -> None:
    """Add what one file gives; raises NoExportError or workbooks.NoTable where it holds no table."""
    if _is_answer(wanted.path):
        gathered.answers += _answers(wanted)
        return
    sheets = _sheets(wanted, terms)
    meant = _meant(sheets, wanted.table)
    aside = [rows.sheet for rows in sheets if rows not in meant]
    before = len(gathered.parts)
    gathered.notes += [note for rows in sheets for note in rows.notes]
    for rows in meant:
        try:
            gathered.parts.append(sieve_rows(rows, wanted.table, terms, gathered.notes))
        except NoExportError:
            aside.append(rows.sheet)
    if len(gathered.parts) == before:
        raise NoExportError(wanted.name)
    if aside:
        gathered.notes.append(Message(workbooks.LEFT_ASIDE, {"file": wanted.name, "sheets": aside}))


def _sheets(wanted: Wanted, terms: Terms) -> list[TextRows]:
    """The rows of each sheet of a file; those of a large CSV file piece by piece."""
    with known_headers(terms.mappings):
        rows = piecewise.large(wanted.path, wanted.name)
    return [rows] if rows else rows_of(wanted.path, wanted.name, terms.mappings)


def _meant(sheets: Sequence[TextRows], table: str | None) -> Sequence[TextRows]:
    """The sheets that a person may mean who names a file's table: those that hold it whole, if any does."""
    return (table and [rows for rows in sheets if recognise(rows.header, table)[0].whole]) or sheets


def _is_answer(path: Path) -> bool:
    """Whether a file begins as a WebService answer does; one that can't be read is named where it is read as a whole."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return webservice.is_answer(file.read(webservice.LOOKED_AT))
    except OSError:
        return False


def _answers(wanted: Wanted) -> list[Answer]:
    """The WebService answers in a file; raises where they hold nothing that is read, or not the table that a person said it is."""
    name, table = wanted.name, wanted.table
    answers = webservice.read(name, _content(wanted.path, name))
    if not answers and wanted.found:
        raise NoExportError(name)
    if not answers:
        raise FileFault(name, "is a WebService answer that holds nothing that the audit reads.", "README lists the answers that it reads.")
    if table and not any(table in answer.tables for answer in answers):
        held = ", ".join(f"{answer.action} ({', '.join(answer.tables)})" for answer in answers)
        wrong = Message("answers {held}, which holds no {table}.", {"held": held, "table": table})
        raise FileFault(name, wrong, "Name it without an option: what it holds is known.")
    return answers


def _merge_answers(gathered: Gathered, terms: Terms) -> None:
    """Add the parts of all WebService answers, merged where they tell of the same items."""
    told, notes = webservice.merge(gathered.answers)
    gathered.parts += sieve_together(told, lambda rows, table: sieve_rows(rows, table, terms))
    gathered.notes += notes


def rows_of(path: Path, name: str, mappings: Sequence[Layout] = (), *, any_words: bool = False) -> list[TextRows]:
    """The rows of each sheet of a file; headers of the mappings count as known, on request any words do."""
    content = _content(path, name)
    with known_headers(mappings, any_words=any_words):
        sheets = workbooks.read(name, content)
        if sheets is None:
            rows = csvfile.read(name, content)
            sheets = [rows] if rows else []
    if not sheets:
        raise NoExportError(name)
    return [parquet.with_told(rows, path) for rows in sheets] if content.startswith(parquet.MARK) else sheets


def known_headers(mappings: Sequence[Layout], *, any_words: bool = False) -> AbstractContextManager[None]:
    """While it holds, headers that the mappings name count as known where a file's header line is looked for."""
    return also_known(frozenset(key(header) for layout in mappings for header in mapped_headers(layout)), any_words=any_words)


def _content(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileFault(str(path), "there is no such file or folder.", "Check the name.") from error
    except OSError as error:
        raise FileFault(
            name, Message("can't be read ({error}).", {"error": error.strerror}), "Check that it is a file that you may read."
        ) from error


def sieve_rows(rows: TextRows, table: str | None, terms: Terms, notes: list[Message] | None = None) -> Part:
    """The two passes over one file's rows; what was decided goes to ``notes``. Raises FileFault for a missing or doubled column."""
    rows, returned = take_back(rows)
    understood = understand(rows, table, terms.mappings)
    if rows.pieces and understood.layout and understood.layout.of_the_whole:
        understood = understand(piecewise.whole(rows), table, terms.mappings)
    if not understood.matches:
        raise NoExportError(rows.place)
    part = sift(understood, terms.zone, terms.as_of, returned)
    if notes is not None:
        notes += understood.notes
    return part


def _unused(mappings: Sequence[Layout], parts: Sequence[Part]) -> list[Message]:
    """Mappings that fit none of the files."""
    used = {part.layout for part in parts}
    unused = dict.fromkeys(layout.name for layout in mappings if layout.name not in used)
    return [Message("the mapping {name} fits none of the files", {"name": name}) for name in unused]


def _same_file_notes(parts: Sequence[Part]) -> list[Message]:
    """What a person should know of inputs that hold the very same bytes."""
    seen: dict[str, str] = {}
    told = []
    for part in parts:
        first = seen.setdefault(part.rows.sha256 + part.rows.sheet, part.rows.file)
        if first != part.rows.file:
            told.append(Message("{file} holds the same as {first}", {"file": part.rows.file, "first": first}))
    return told
