"""Read and validate only: what would be refused, and which rules could run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from audit import ingest, pipeline
from audit.books.books import Books
from audit.findings import missing_need
from audit.plugins import equipped
from schemas.reasons import REASONS
from schemas.text import say_json

if TYPE_CHECKING:
    from audit.config import Config
    from audit.normalise import Decision
    from audit.tables import Ingested

DELIMITERS = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "bars"}
DECIMALS = {",": "decimal comma", ".": "decimal point"}
ORDERS = {
    "day first": "dates, day before month",
    "month first": "dates, month before day",
    "serial": "dates, a spreadsheet's count of days",
    "unix": "dates, seconds since 1970",
}

SHOWN_READING = ("file", "sheet", "encoding", "delimiter", "header_row", "answer", "layout")
"""What check says of how a file was read, beside its columns."""

SHOWN = 5
"""Refused cells shown for each reason."""


class Checked(NamedTuple):
    """What was read, and for each rule why it could not run ("" where it could)."""

    ingested: Ingested
    rules: Mapping[str, str]
    exit_code: int


def check(
    inputs: Sequence[Path], config: Config, *, as_of: datetime | None = None, named: Mapping[str, Sequence[Path]] | None = None
) -> Checked:
    """Read and validate files; raises audit.errors.AuditError where one can't be used."""
    config = equipped(config)
    moment, _ = pipeline.instant(as_of, config)
    ingested = ingest.read(inputs, named=named, zone=config.zone, as_of=moment, mapping=config.mapping)
    books = Books(tables=ingested.tables, config=config, as_of=pd.Timestamp(moment).tz_convert("UTC").as_unit("us"))
    reasons = {rule.code: str(missing_need(rule, books) or "") for rule in config.catalogue.rules}
    reasons |= {failure.name: str(failure.reason) for failure in config.catalogue.failures}
    sums = ingested.inputs[["rows", "quarantined"]].sum()
    refused = sums["quarantined"] > config.max_quarantine * sums["rows"]
    return Checked(ingested, reasons, 11 if refused else 0)


def as_text(checked: Checked) -> str:
    """What a person reads."""
    return "\n".join([*_ledger(checked.ingested), *_readings(checked.ingested), *_refused(checked.ingested), *_rules(checked.rules)])


def _ledger(ingested: Ingested) -> list[str]:
    lines = []
    for row in ingested.inputs.itertuples():
        place = f"{row.file}[{row.sheet}]" if isinstance(row.sheet, str) and row.sheet else row.file
        counts = f"{row.rows} rows = {row.accepted} accepted + {row.quarantined} refused + {row.duplicates} duplicates + {row.blank} blank"
        lines.append(f"{place}: {row.table}; {counts}")
    notes = [f"note: {note}" for note in ingested.notes]
    return [*lines, *notes, *(f"left aside: {name}" for name in ingested.left)]


def _readings(ingested: Ingested) -> list[str]:
    """How each file was understood, and the columns that were not."""
    lines = []
    for reading in ingested.readings:
        if reading.answer:
            place = f"{reading.file}[{reading.sheet}]" if reading.sheet else reading.file
            lines.append(f"{place}: {reading.encoding}, taken for the answer to {reading.answer}, {len(reading.columns)} columns told")
            continue
        dialect = f"{reading.encoding}, {DELIMITERS.get(reading.delimiter, reading.delimiter)}, " if reading.encoding else ""
        by = f" by {reading.layout}" if reading.layout else ""
        lines.append(f"{reading.file}: {dialect}header in row {reading.header_row}, {len(reading.columns)} columns understood{by}")
        lines += [f"  {header}: taken for {told}" for header, told in reading.likely.items()]
        lines += [f"  {header}: may be {told}; not used, see order-audit map" for header, told in reading.doubtful.items()]
        lines += [f"{reading.file}: {', '.join(headers)}: {how}" for how, headers in _decided(reading.decisions).items()]
        if reading.unknown:
            lines.append(f"{reading.file}: not understood and left out: {', '.join(reading.unknown)}")
    return lines


def _decided(decisions: Mapping[str, Decision]) -> dict[str, list[str]]:
    """How columns are written, in words, and the headers of which it was decided."""
    found: dict[str, list[str]] = {}
    for header, decision in decisions.items():
        found.setdefault(DECIMALS.get(decision.decimal) or ORDERS[decision.order], []).append(header)
    return found


def _refused(ingested: Ingested) -> list[str]:
    lines = []
    for code, rows in ingested.quarantine.groupby("reason", sort=True):
        lines.append(f"refused, {code}: {len(rows)}; {say_json(REASONS[str(code)].remedy, rows['facts'].iloc[0])}")
        lines += [f"  {row.file}, row {row.row}: {say_json(REASONS[str(code)].wrong, row.facts)}" for row in rows.head(SHOWN).itertuples()]
        if len(rows) > SHOWN:
            lines.append(f"  and {len(rows) - SHOWN} more")
    return lines


def _rules(rules: Mapping[str, str]) -> list[str]:
    able = [code for code, reason in rules.items() if not reason]
    return [f"{len(able)} of {len(rules)} rules can run", *(f"  {code} can't: {reason}" for code, reason in rules.items() if reason)]


def as_json(checked: Checked) -> str:
    """What a machine reads; its JSON Schema ships as audit/check.schema.json."""
    ingested = checked.ingested
    document = {
        "version": 1,
        "inputs": _records(ingested.inputs),
        "readings": [
            {name: getattr(reading, name) for name in SHOWN_READING}
            | {"columns": dict(reading.columns), "unknown": list(reading.unknown)}
            | {"decisions": {header: decision._asdict() for header, decision in reading.decisions.items()}}
            | {"likely": {header: str(told) for header, told in reading.likely.items()}}
            | {"doubtful": {header: str(told) for header, told in reading.doubtful.items()}}
            for reading in ingested.readings
        ],
        "quarantine": _records(ingested.quarantine),
        "notes": [str(note) for note in ingested.notes],
        "left": list(ingested.left),
        "rules": [{"code": code, "can_run": not reason, "reason": reason} for code, reason in checked.rules.items()],
        "exit_code": checked.exit_code,
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(table.to_json(orient="records", force_ascii=False))
    return loaded
