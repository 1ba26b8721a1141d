"""Read and validate only: what would be refused, and which rules could run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from audit import ingest, pipeline
from audit.books.books import Books
from audit.findings import missing_need
from audit.plugins import equipped
from schemas.language import ENGLISH
from schemas.reasons import REASONS
from schemas.text import Fact, Message, recalled

if TYPE_CHECKING:
    from audit.config import Config
    from audit.normalise import Decision
    from audit.tables import Ingested, Reading
    from schemas.language import Language

DELIMITERS = {";": Message("semicolons"), ",": Message("commas"), "\t": Message("tabs"), "|": Message("bars")}
HOW = {
    ",": Message("decimal comma"),
    ".": Message("decimal point"),
    "day first": Message("dates, day before month"),
    "month first": Message("dates, month before day"),
    "serial": Message("dates, a spreadsheet's count of days"),
    "unix": Message("dates, seconds since 1970"),
}
"""How the cells of a column are written: by their decimal sign, or by the order of their dates."""

LEDGER = "{place}: {table}; {rows} rows = {accepted} accepted + {quarantined} refused + {duplicates} duplicates + {blank} blank"
NOTE, LEFT = "note: {note:sentence}", "left aside: {file}"
ANSWER = "{place}: {encoding}, taken for the answer to {answer}, {count} columns told"
READ = {
    (False, False): Message("{file}: header in row {row}, {count} columns understood"),
    (False, True): Message("{file}: header in row {row}, {count} columns understood by {layout}"),
    (True, False): Message("{file}: {encoding}, {delimiter}, header in row {row}, {count} columns understood"),
    (True, True): Message("{file}: {encoding}, {delimiter}, header in row {row}, {count} columns understood by {layout}"),
}
"""How a file was read, by whether it is text and whether a layout told what its headers mean."""

LIKELY, DOUBTFUL = "  {header}: taken for {column:sentence}", "  {header}: may be {column:sentence}; not used, see order-audit map"
DECIDED, UNKNOWN = "{file}: {headers:words}: {how:sentence}", "{file}: not understood and left out: {headers:words}"
REFUSED, REFUSED_ROW, MORE = "refused, {code}: {count}; {remedy:sentence}", "  {file}, row {row}: {wrong:sentence}", "  and {count} more"
ABLE, UNABLE = "{able} of {count} rules can run", "  {code} can't: {reason:sentence}"

SHOWN_READING = ("file", "sheet", "encoding", "delimiter", "header_row", "answer", "layout")
"""What check says of how a file was read, beside its columns."""

SHOWN = 5
"""Refused cells shown for each reason."""


class Checked(NamedTuple):
    """What was read, and for each rule why it could not run (None where it could)."""

    ingested: Ingested
    rules: Mapping[str, Message | None]
    exit_code: int


def check(
    inputs: Sequence[Path], config: Config, *, as_of: datetime | None = None, named: Mapping[str, Sequence[Path]] | None = None
) -> Checked:
    """Read and validate files; raises audit.errors.AuditError where one can't be used."""
    config = equipped(config)
    moment, _ = pipeline.instant(as_of, config)
    ingested = ingest.read(inputs, named=named, zone=config.zone, as_of=moment, mapping=config.mapping)
    books = Books(tables=ingested.tables, config=config, as_of=pd.Timestamp(moment).tz_convert("UTC").as_unit("us"))
    reasons: dict[str, Message | None] = {rule.code: missing_need(rule, books) for rule in config.catalogue.rules}
    reasons |= {failure.name: failure.reason for failure in config.catalogue.failures}
    sums = ingested.inputs[["rows", "quarantined"]].sum()
    refused = sums["quarantined"] > config.max_quarantine * sums["rows"]
    return Checked(ingested, reasons, 11 if refused else 0)


def as_text(checked: Checked, language: Language = ENGLISH) -> str:
    """What a person reads."""
    ingested = checked.ingested
    told = (*_ledger(ingested), *_readings(ingested.readings), *_refused(ingested.quarantine), *_rules(checked.rules))
    return "\n".join(message.said(language) for message in told)


def _ledger(ingested: Ingested) -> Iterator[Message]:
    for row in ingested.inputs.to_dict("records"):
        yield Message(LEDGER, {**row, "place": _place(row["file"], row["sheet"])})
    yield from (Message(NOTE, {"note": note}) for note in ingested.notes)
    yield from (Message(LEFT, {"file": name}) for name in ingested.left)


def _place(file: str, sheet: Any) -> str:
    return f"{file}[{sheet}]" if isinstance(sheet, str) and sheet else file


def _readings(readings: Iterable[Reading]) -> Iterator[Message]:
    """How each file was understood, and the columns that were not."""
    for reading in readings:
        facts: dict[str, Fact] = {"file": reading.file, "encoding": reading.encoding, "count": len(reading.columns)}
        if reading.answer:
            yield Message(ANSWER, {**facts, "place": _place(reading.file, reading.sheet), "answer": reading.answer})
            continue
        facts |= {"delimiter": DELIMITERS.get(reading.delimiter, reading.delimiter), "row": reading.header_row, "layout": reading.layout}
        yield READ[bool(reading.encoding), bool(reading.layout)]._replace(facts=facts)
        yield from (Message(LIKELY, {"header": header, "column": told}) for header, told in reading.likely.items())
        yield from (Message(DOUBTFUL, {"header": header, "column": told}) for header, told in reading.doubtful.items())
        for how, headers in _decided(reading.decisions).items():
            yield Message(DECIDED, {"file": reading.file, "headers": headers, "how": HOW[how]})
        if reading.unknown:
            yield Message(UNKNOWN, {"file": reading.file, "headers": list(reading.unknown)})


def _decided(decisions: Mapping[str, Decision]) -> dict[str, list[str]]:
    """How columns are written, as a key of HOW, and the headers of which it was decided."""
    found: dict[str, list[str]] = {}
    for header, decision in decisions.items():
        found.setdefault(decision.decimal or decision.order, []).append(header)
    return found


def _refused(quarantine: pd.DataFrame) -> Iterator[Message]:
    for code, rows in quarantine.groupby("reason", sort=True):
        reason = REASONS[str(code)]
        remedy = recalled(reason.remedy, rows["facts"].iloc[0])
        yield Message(REFUSED, {"code": str(code), "count": len(rows), "remedy": remedy})
        for row in rows.head(SHOWN).itertuples():
            yield Message(REFUSED_ROW, {"file": row.file, "row": row.row, "wrong": recalled(reason.wrong, row.facts)})
        if len(rows) > SHOWN:
            yield Message(MORE, {"count": len(rows) - SHOWN})


def _rules(rules: Mapping[str, Message | None]) -> Iterator[Message]:
    yield Message(ABLE, {"able": sum(reason is None for reason in rules.values()), "count": len(rules)})
    yield from (Message(UNABLE, {"code": code, "reason": reason}) for code, reason in rules.items() if reason)


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
        "rules": [{"code": code, "can_run": reason is None, "reason": str(reason or "")} for code, reason in checked.rules.items()],
        "exit_code": checked.exit_code,
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(table.to_json(orient="records", force_ascii=False))
    return loaded
