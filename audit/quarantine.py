"""Accepted, refused or counted: what becomes of every row of every file, and the proof that none is lost."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from audit.sieve import Sieved
from audit.tables import Accepted, Ingested, Reading
from schemas.findings import INPUTS, QUARANTINE, RefusedRows, prove
from schemas.reasons import REASONS
from schemas.tables import TABLES
from schemas.text import Message, say_json

if TYPE_CHECKING:
    from audit.ingest.rows import TextRows

IDS = ("purchase_id", "item_id")
DATE_IN_NAME = re.compile(r"(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-3]\d)")


class LedgerError(Exception):
    """Rows read are not rows accounted for: a defect of this program, never of a file."""


@dataclass
class Part:
    """One file's rows with what the two passes said of them, and what became of each row since."""

    rows: TextRows
    sieved: list[Sieved]
    faults: pd.DataFrame = field(init=False)
    duplicates: set[int] = field(default_factory=set)
    layout: str = ""
    likely: Mapping[str, Message] = field(default_factory=dict)
    doubtful: Mapping[str, Message] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.faults = pd.concat([sieved.faults.assign(table=sieved.table.name) for sieved in self.sieved], ignore_index=True)

    @property
    def refused(self) -> set[int]:
        """Rows that any of the tables refuses."""
        return set(self.faults["row"])

    def refuse(self, row: int, table: str, reason: str, **facts: Any) -> None:
        """Refuse a row as a whole."""
        told = json.dumps({"column": "", "value": "", "table": table, **facts}, ensure_ascii=False)
        extra = pd.DataFrame([{"row": row, "column": "", "value": "", "reason": reason, "facts": told, "table": table}])
        self.faults = pd.concat([self.faults, extra], ignore_index=True)


def settle(parts: Sequence[Part], left: Sequence[str], notes: Sequence[Message]) -> Ingested:
    """Copies and contradictions judged over all files, then tables, ledger and quarantine."""
    told = list(notes)
    _replace_mended(parts)
    for name in TABLES:
        told += _judge_copies([part for part in parts if _sieved(part, name)], name)
    tables = {name: _accepted(name, parts) for name in TABLES if any(_sieved(part, name) for part in parts)}
    return Ingested(
        tables=tables,
        inputs=_ledger(parts),
        quarantine=_quarantine(parts),
        refused=tuple(_refused_rows(part) for part in parts if part.refused or part.rows.lost_rows),
        left=tuple(left),
        readings=tuple(_reading(part) for part in parts),
        notes=tuple(told),
    )


def _reading(part: Part) -> Reading:
    rows = part.rows
    meant: dict[str, str] = {}
    places = [(place, f"{sieved.table.name}.{name}") for sieved in part.sieved for name, place in sieved.places.items()]
    for place, column in sorted(places, key=lambda pair: pair[0]):
        meant[rows.header[place]] = ", ".join(filter(None, (meant.get(rows.header[place]), column)))
    unknown = tuple(name for name in rows.header if name and name not in meant and not name.startswith("_"))
    return Reading(
        rows.file, rows.sheet, rows.encoding, rows.delimiter, rows.header_row, meant, unknown, part.layout, part.likely, part.doubtful
    )


def _sieved(part: Part, table: str) -> Sieved | None:
    return next((sieved for sieved in part.sieved if sieved.table.name == table), None)


def _good(part: Part, table: str) -> pd.DataFrame:
    """The rows of a part that still stand, with where they come from."""
    sieved = _sieved(part, table)
    if sieved is None:
        raise KeyError(table)
    frame = sieved.typed
    gone = part.refused | part.duplicates
    standing = frame[~frame.index.isin(list(gone))] if gone else frame
    return standing.assign(source_file=part.rows.place, source_row=standing.index.astype("int64"))


def row_hash(cells: Sequence[str]) -> str:
    """A hash of a row as received, by which its mended copy replaces it."""
    return hashlib.sha256("\x1f".join(cells).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _replace_mended(parts: Sequence[Part]) -> None:
    """A refused row whose mended copy was fed in beside it counts as a copy of that."""
    mended = {value for part in parts for place, cell in enumerate(part.rows.header) if cell == "_row" for value in part.rows.cells[place]}
    if not mended:
        return
    for part in (part for part in parts if "_row" not in part.rows.header):
        replaced = {row for row in part.refused if row in part.rows.cells.index and row_hash(list(part.rows.cells.loc[row])) in mended}
        part.faults = part.faults[~part.faults["row"].isin(replaced)]
        part.duplicates |= replaced


def _judge_copies(parts: Sequence[Part], name: str) -> list[Message]:
    """Exact copies are kept once; of contradicting ones the newer export wins, else all are refused."""
    frames = [_good(part, name).assign(_part=place) for place, part in enumerate(parts)]
    if not frames:
        return []
    every = pd.concat(frames, ignore_index=True)
    columns = list(TABLES[name].typed_columns)
    again = every.duplicated(columns)
    for place, row in every.loc[again, ["_part", "source_row"]].itertuples(index=False):
        parts[place].duplicates.add(int(row))
    key = list(TABLES[name].key)
    if not key:
        return []
    once = every[~again]
    return _judge_contradictions(once[once.duplicated(key, keep=False)], parts, name, key)


def _judge_contradictions(copies: pd.DataFrame, parts: Sequence[Part], name: str, key: list[str]) -> list[Message]:
    older: dict[str, int] = {}
    for _, group in copies.groupby(key, sort=True):
        newest = max(_age(parts[place], name) for place in group["_part"])
        fresh = [_age(parts[place], name) == newest for place in group["_part"]]
        if sum(fresh) == 1:
            for place, row in group.loc[[not new for new in fresh], ["_part", "source_row"]].itertuples(index=False):
                parts[place].duplicates.add(int(row))
                older[parts[place].rows.place] = older.get(parts[place].rows.place, 0) + 1
        else:
            _refuse_all(group, parts, name)
    return [
        Message("{count} rows of {file} are replaced by newer ones from a later export", {"count": count, "file": file})
        for file, count in sorted(older.items())
    ]


def _refuse_all(group: pd.DataFrame, parts: Sequence[Part], name: str) -> None:
    places = [f"{file}, row {row}" for file, row in group[["source_file", "source_row"]].itertuples(index=False)]
    for own, (place, row) in zip(places, group[["_part", "source_row"]].itertuples(index=False), strict=True):
        others = "; ".join(other for other in places if other != own)
        parts[place].refuse(int(row), name, "contradicting-copy", other=others)


def _age(part: Part, table: str) -> str:
    """What tells which export is newer: the date in its name, else the latest date inside; never its timestamp on disk."""
    if found := DATE_IN_NAME.search(part.rows.file):
        return "-".join(found.groups())
    sieved = _sieved(part, table)
    times = [sieved.typed[name].max() for name in TABLES[table].times] if sieved else []
    return max((moment.isoformat() for moment in times if not pd.isna(moment)), default="")


def _accepted(name: str, parts: Sequence[Part]) -> Accepted:
    fed = [part for part in parts if _sieved(part, name)]
    frame = pd.concat([_good(part, name) for part in fed], ignore_index=True)
    frame["source_file"] = frame["source_file"].astype("str")
    present = frozenset[str]().union(*(sieved.present for part in fed if (sieved := _sieved(part, name))))
    return Accepted(frame, present, _quarantined_ids(fed, name))


def _quarantined_ids(parts: Sequence[Part], name: str) -> pd.DataFrame:
    found = [sieved.ids[sieved.ids.index.isin(list(part.refused))] for part in parts if (sieved := _sieved(part, name))]
    ids = pd.concat(found, ignore_index=True) if found else pd.DataFrame()
    return ids.reindex(columns=list(dict.fromkeys([*IDS, *ids.columns]))).astype("str")


def _ledger(parts: Sequence[Part]) -> pd.DataFrame:
    lines = [_ledger_line(part) for part in parts]
    return prove(pd.DataFrame(lines, columns=list(INPUTS)).astype(dict(INPUTS)), INPUTS)


def _ledger_line(part: Part) -> dict[str, Any]:
    rows = part.rows
    total = len(rows.cells) + rows.lost_rows + rows.blank
    refused = len(part.refused) + rows.lost_rows
    duplicates = len(part.duplicates - part.refused)
    kept = {row for sieved in part.sieved for row in sieved.typed.index} - part.refused - part.duplicates
    if total != len(kept) + refused + duplicates + rows.blank:
        raise LedgerError(f"{rows.place}: {total} rows read, {len(kept)} + {refused} + {duplicates} + {rows.blank} accounted for")
    return {
        "file": rows.file,
        "sheet": rows.sheet,
        "table": ", ".join(sieved.table.name for sieved in part.sieved),
        "sha256": rows.sha256,
        "rows": total,
        "accepted": len(kept),
        "quarantined": refused,
        "duplicates": duplicates,
        "blank": rows.blank,
    }


def _repair_file(rows: TextRows) -> str:
    return f"quarantine/{rows.file}{f'.{rows.sheet}' if rows.sheet else ''}.csv".replace("/", "_").replace("quarantine_", "quarantine/", 1)


def _quarantine(parts: Sequence[Part]) -> pd.DataFrame:
    lines = [line for part in parts for line in _quarantine_lines(part)]
    table = pd.DataFrame(lines, columns=list(QUARANTINE)).astype(dict(QUARANTINE))
    return prove(table.sort_values(["file", "sheet", "row"], kind="stable", ignore_index=True), QUARANTINE)


def _quarantine_lines(part: Part) -> list[dict[str, Any]]:
    rows, headers = part.rows, _headers(part)
    place = {"file": rows.file, "sheet": rows.sheet, "repair_file": _repair_file(rows)}
    whole = [
        {**place, "table": part.sieved[0].table.name, "row": broken.row, "column": "", "value": broken.line[:200], "reason": broken.reason,
         "facts": json.dumps({"column": "", "value": broken.line[:200], "expected": len(rows.header)}, ensure_ascii=False)}
        for broken in rows.broken if broken.column < 0
    ]  # fmt: skip
    cells = part.faults.drop_duplicates(["row", "column", "reason"])
    return whole + [{**place, **fault, "column": headers.get(fault["column"], fault["column"])} for fault in cells.to_dict("records")]


def _headers(part: Part) -> dict[str, str]:
    """The header as received of each canonical column."""
    return {name: part.rows.header[place] for sieved in part.sieved for name, place in sieved.places.items()}


def _refused_rows(part: Part) -> RefusedRows:
    rows = part.rows
    lines = {broken.row: broken.line for broken in rows.broken if broken.column < 0}
    reasons = _reasons_by_row(part)
    numbers = sorted({*part.refused, *lines})
    width = len(rows.header)
    table = pd.DataFrame(
        [[str(row), reasons.get(row, ""), *_as_received(rows, row, width), lines.get(row, "")] for row in numbers],
        columns=["_source_row", "_reasons", "_row", *_unique(rows.header), "_line"],
        dtype="str",
    )
    return RefusedRows(rows.file, rows.sheet, _repair_file(rows), table if lines else table.drop(columns="_line"))


def _as_received(rows: TextRows, row: int, width: int) -> list[str]:
    if row not in rows.cells.index:
        return [""] * (width + 1)
    cells = list(rows.cells.loc[row])
    return [row_hash(cells), *cells]


def _reasons_by_row(part: Part) -> dict[int, str]:
    told: dict[int, list[str]] = {}
    for line in _quarantine_lines(part):
        told.setdefault(line["row"], []).append(say_json(REASONS[line["reason"]].wrong, line["facts"]))
    return {row: " | ".join(dict.fromkeys(sentences)) for row, sentences in told.items()}


def _unique(header: Sequence[str]) -> list[str]:
    """Headers told apart where two are the same or blank."""
    seen: dict[str, int] = {}
    names = []
    for name in header:
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names
