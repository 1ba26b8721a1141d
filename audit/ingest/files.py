"""Files and folders to parts: each file known by its content, every fault collected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from audit.config import FILE_NAME
from audit.errors import AuditError, FaultyInputs, FileFault
from audit.ingest import csvfile, workbook
from audit.ingest.layout import Layout
from audit.ingest.likeness import key
from audit.ingest.mapping import mapped_headers
from audit.ingest.recognise import also_known
from audit.ingest.rows import TextRows
from audit.ingest.understanding import sift, understand
from audit.quarantine import Part, settle
from audit.tables import Ingested
from schemas.text import Message


class NoExportError(Exception):
    """A file holds no table that is known."""


def read_all(
    paths: Sequence[Path], named: Mapping[str, Sequence[Path]], zone: ZoneInfo, as_of: datetime, mappings: Sequence[Layout] = ()
) -> Ingested:
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
            parts += [sieve_rows(rows, table, zone, as_of, mappings, notes) for rows in rows_of(path, name, mappings)]
        except NoExportError:
            if found:
                left.append(name)
            else:
                faults.append(
                    FileFault(
                        name,
                        "no line of its beginning is a header that is known.",
                        "See order-audit map FILE; or name the columns as README lists them.",
                    )
                )
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
    return settle(parts, left, [*notes, *_unused(mappings, parts), *_same_file_notes(parts)])


def _inside(folder: Path) -> Iterator[Path]:
    """The files of a folder that may be exports, in the order of their names."""
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith((".", "~$")) and path.name != FILE_NAME:
            yield path


def _short_names(paths: Sequence[Path]) -> list[str]:
    """Base names, with the folder in front where two files share one."""
    names = [path.name for path in paths]
    return [name if names.count(name) == 1 else f"{path.resolve().parent.name}/{name}" for path, name in zip(paths, names, strict=True)]


def rows_of(path: Path, name: str, mappings: Sequence[Layout] = (), *, any_words: bool = False) -> list[TextRows]:
    """The rows of each sheet of a file; headers of the mappings count as known, on request any words do."""
    mapped = frozenset(key(header) for layout in mappings for header in mapped_headers(layout))
    with also_known(mapped, any_words=any_words):
        return _rows(path, name)


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
        raise NoExportError(name)
    return sheets


def _content(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileFault(str(path), "there is no such file or folder.", "Check the name.") from error
    except OSError as error:
        raise FileFault(name, f"can't be read ({error.strerror}).", "Check that it is a file that you may read.") from error


def sieve_rows(
    rows: TextRows, table: str | None, zone: ZoneInfo, as_of: datetime, mappings: Sequence[Layout] = (), notes: list[Message] | None = None
) -> Part:
    """The two passes over one file's rows; what was decided goes to ``notes``. Raises FileFault for a missing or doubled column."""
    understood = understand(rows, table, mappings)
    if not understood.matches:
        raise NoExportError(rows.place)
    part = sift(understood, zone, as_of)
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
