"""What is given back to be mended: a file for each input, its refused rows as received, and why each was refused."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from audit.ledger.part import Part
from audit.normalise.alike import alike
from audit.normalise.raw import arrow, series
from schemas.outcome import QUARANTINE, RefusedRows
from schemas.reasons import REASONS
from schemas.shape import prove
from schemas.text import Message, recalled

if TYPE_CHECKING:
    from schemas.language import Language

FOLDER = "quarantine/"
REASONS_TOLD = "_reasons"
ADDED = ("_source_row", REASONS_TOLD, "_row")
LINE = "_line"
SUFFIXES = (".csv", ".xlsx")
UNSAFE = re.compile('[\\x00-\\x1f\\x7f<>:"/\\\\|?*\ud800-\udfff]')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever follows the point."""

NEXT = pa.scalar(", ", pa.large_string())
"""Stands between the messages of a row, as in any JSON array."""

LONGEST = 180
"""Bytes of a name before its suffix; file systems allow 255 in all."""


def name_repair_files(parts: Sequence[Part]) -> None:
    """Give each file and sheet a quarantine file of its own name; a quarantine file fed in again goes on under the name it has."""
    taken: set[str] = set()
    for part in (part for part in parts if part.returned is None):
        part.repair_file = _path(_distinct(safe_name(_full_name(part)), taken))
    for part in (part for part in parts if part.returned is not None):
        part.repair_file = _path(stem(part))


def _path(name: str) -> str:
    return f"{FOLDER}{name}.csv"


def _full_name(part: Part) -> str:
    return f"{part.rows.file}.{part.rows.sheet}" if part.rows.sheet else part.rows.file


def stem(part: Part) -> str:
    """A quarantine file's name without folder and suffix: the same for its two forms."""
    name = part.rows.file.rsplit("/", 1)[-1]
    return safe_name(next((name.removesuffix(suffix) for suffix in SUFFIXES if name.endswith(suffix)), name))


def safe_name(name: str) -> str:
    """A name that every system takes for a visible file in one folder."""
    plain = UNSAFE.sub("_", unicodedata.normalize("NFC", name))
    if plain.startswith((".", "~$", " ")) or not plain.strip() or RESERVED.fullmatch(plain):
        plain = f"_{plain}"
    if len(plain.encode()) <= LONGEST:
        return plain
    return f"{plain.encode()[: LONGEST - 9].decode(errors='ignore')}~{hashlib.sha256(plain.encode()).hexdigest()[:8]}"


def _distinct(name: str, taken: set[str]) -> str:
    """The name, numbered where another one differs from it in case alone or not at all."""
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        found = f"{name} ({number})"
    taken.add(found.casefold())
    return found


def quarantine(parts: Sequence[Part]) -> pd.DataFrame:
    """Every reason of every refused row, as schemas.findings.QUARANTINE declares it."""
    lines = [told for part in parts if len(told := _lines(part))] or [pd.DataFrame(columns=list(QUARANTINE))]
    table = pd.concat(lines, ignore_index=True)[list(QUARANTINE)].astype(dict(QUARANTINE))
    return prove(table.sort_values(["file", "sheet", "row"], kind="stable", ignore_index=True), QUARANTINE)


def _lines(part: Part) -> pd.DataFrame:
    """The faults of one file, each once, under the headers of the file."""
    headers = {name: part.rows.header[at] for sieved in part.sieved for name, at in sieved.places.items()}
    faults = part.faults.drop_duplicates(["row", "column", "reason"])
    named = alike([faults["column"]])
    columns = named.spread_out([headers.get(column, column) for column in faults["column"].iloc[named.firsts]]).array
    return faults.assign(file=part.rows.file, sheet=part.rows.sheet, repair_file=part.repair_file, column=columns)


def refused_rows(parts: Sequence[Part]) -> tuple[RefusedRows, ...]:
    """The refused rows of each quarantine file: of the file that it is named for, and of mended rows that are still refused.

    Their reasons are messages as JSON, which ``in_words`` says; a category, for many are the same, and long.
    """
    files: dict[str, list[Part]] = {}
    for part in parts:
        if part.refused:
            files.setdefault(part.repair_file, []).append(part)
    return tuple(_refused_rows(path, fed) for path, fed in files.items())


def _refused_rows(path: str, parts: Sequence[Part]) -> RefusedRows:
    named = parts[0].origin or parts[0]
    table = pd.concat([_table(part) for part in parts], ignore_index=True).fillna("").astype("str")
    if LINE in table:
        table = table[[*(name for name in table if name != LINE), LINE]]
    return RefusedRows(named.rows.file, named.rows.sheet, path, table.astype({REASONS_TOLD: "category"}))


def _table(part: Part) -> pd.DataFrame:
    """The refused rows of one file, columns as received after the added ones."""
    told = _reasons_by_row(part)
    numbers = told.index.tolist()
    given = part.returned.source_rows if part.returned else {}
    hashes = part.hashes_shown(numbers)
    shown = ([given.get(row) or str(row) for row in numbers], told, [hashes[row] for row in numbers])
    added = pd.DataFrame(dict(zip(ADDED, shown, strict=True)), index=told.index)
    cells = part.rows.received(numbers).reindex(numbers).fillna("")
    cells.columns = pd.Index(_unique([*ADDED, LINE, *part.rows.header])[len(ADDED) + 1 :])
    table = pd.concat([added, cells], axis=1)
    return table.assign(**{LINE: [part.lines.get(row, "") for row in numbers]}) if part.lines.keys() & set(numbers) else table


def _reasons_by_row(part: Part) -> pd.Series[str]:
    """The messages of each refused row, as a JSON array; what is said of many rows alike is made once."""
    lines = _lines(part).sort_values("row", kind="stable", ignore_index=True)
    distinct = alike([lines["reason"], lines["facts"]])
    few = lines.iloc[distinct.firsts]
    told = distinct.spread_out([_message(reason, facts) for reason, facts in zip(few["reason"], few["facts"], strict=True)])
    rows, firsts = np.unique(lines["row"].to_numpy(dtype="int64"), return_index=True)
    each = pa.LargeListArray.from_arrays(pa.array([*firsts, len(lines)], pa.int64()), arrow(told))
    return "[" + series(pc.binary_join(each, NEXT), pd.Index(rows)) + "]"


def _message(reason: str, facts: str) -> str:
    return json.dumps(recalled(REASONS[reason].wrong, facts), ensure_ascii=False)


def in_words(refused: Sequence[RefusedRows], language: Language) -> tuple[RefusedRows, ...]:
    """Refused rows with their reasons in a language; a quarantine file that is fed in again is not asked for them."""
    return tuple(file._replace(rows=_in_words(file.rows, language)) for file in refused)


def _in_words(rows: pd.DataFrame, language: Language) -> pd.DataFrame:
    told = rows[REASONS_TOLD].cat
    said = pd.array([_said(reasons, language) for reasons in told.categories], dtype="str")
    return rows.assign(**{REASONS_TOLD: said.take(told.codes.to_numpy())})


def _said(told: str, language: Language) -> str:
    messages = [Message(*message) for message in json.loads(told or "[]")]
    return " | ".join(dict.fromkeys(message.said(language) for message in messages))


def _unique(header: Iterable[str]) -> list[str]:
    """Headers told apart where two are the same or blank."""
    seen: dict[str, int] = {}
    names = []
    for name in header:
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names
