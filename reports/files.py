"""The files for machines and for mending: findings.csv, summary.json, the quarantine and the saved tables."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports import text_book
from reports.cells import plain, written
from reports.spoken import spoken
from schemas.findings import Severity
from schemas.history import Lifecycle
from schemas.inert import inert
from schemas.text import evidence, say_json

if TYPE_CHECKING:
    import pandas as pd

    from schemas.outcome import Outcome, RefusedRows

COLUMNS = (
    "finding_id", "rule", "name", "family", "severity", "confidence", "standing", "subject", "purchase_id", "item_id", "sku",
    "brand", "occurred_at", "deadline_at", "exposure_sale_eur", "exposure_fee_eur", "exposure_fine_eur", "evidence", "advice",
    "source_file", "source_row", "state", "first_seen", "nights_open",
)  # fmt: skip
"""Columns of findings.csv; they are public."""

LINES = 50_000
"""Findings that are put into words at once: memory need not hold the words of all."""


def write_findings_csv(outcome: Outcome, path: Path) -> None:
    """Write findings.csv: UTF-8 with BOM, comma, one line a finding in the report's order."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for start in range(0, len(outcome.findings), LINES):
            writer.writerows(_lines(replace(outcome, findings=outcome.findings.iloc[start : start + LINES])))


def named(outcome: Outcome) -> pd.DataFrame:
    """The findings with what their rules say of them, and their evidence in words."""
    rules = spoken(outcome).rules.set_index("code")
    findings = outcome.findings
    told = [
        evidence(template, facts, outcome.language, past=past is True)
        for template, facts, past in zip(findings["evidence"], findings["facts"], findings["past"].astype(object), strict=True)
    ]
    return findings.assign(
        name=findings["rule"].map(rules["name"]),
        family=findings["rule"].map(rules["family"]),
        advice=findings["rule"].map(rules["advice"]),
        evidence=told,
    )


def _lines(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    findings = outcome.findings
    table = named(outcome).assign(
        **{f"exposure_{kind}_eur": _euros(findings[f"exposure_{kind}"]) for kind in ("sale", "fee", "fine")},
        **{name: _local(findings[name], outcome) for name in ("occurred_at", "deadline_at", "first_seen")},
    )
    return zip(*(written(table[name]) for name in COLUMNS), strict=True)


def _euros(cents: pd.Series[int]) -> pd.Series[str]:
    return cents.map(lambda amount: f"{amount // 100}.{amount % 100:02d}", na_action="ignore")


def _local(instants: pd.Series[pd.Timestamp], outcome: Outcome) -> pd.Series[str]:
    return instants.dt.tz_convert(outcome.run.zone).map(lambda moment: moment.isoformat(timespec="seconds"), na_action="ignore")


def write_quarantine(outcome: Outcome, folder: Path) -> None:
    """Write each file's refused rows as CSV and as a workbook with text cells; the folder stands even when it is empty."""
    folder.mkdir()
    for refused in outcome.refused:
        path = folder / Path(refused.repair_file).name
        _refused_csv(refused, path)
        _refused_workbook(refused, path.with_suffix(".xlsx"))


def _refused_csv(refused: RefusedRows, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([inert(name) for name in refused.rows])
        writer.writerows(zip(*(written(refused.rows.iloc[:, place]) for place in range(refused.rows.shape[1])), strict=True))
    path.chmod(0o600)


def _refused_workbook(refused: RefusedRows, path: Path) -> None:
    text_book.write(path, refused.rows)
    path.chmod(0o600)


def sha256(path: Path) -> str:
    """The hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def summary(outcome: Outcome, hashes: Mapping[str, str]) -> dict[str, Any]:
    """What summary.json holds; ``hashes``: each output's file name and sha256. Its schema is reports/summary.schema.json."""
    run, money = outcome.run, outcome.exposure
    amounts = {name: getattr(money, name) / 100 for name in ("sale", "fee", "fine", "fine_fixed", "total", "possible")}
    return {
        "version": 1,
        "run_id": run.run_id,
        "as_of": run.as_of.isoformat(),
        "program_version": run.version,
        "inputs": _records(outcome.inputs),
        "rules": [_rule(row) for row in _records(outcome.rules)],
        "findings": {
            "total": len(outcome.standing),
            "by_severity": _counts(outcome.standing["severity"], [severity.value for severity in Severity]),
            "by_family": _counts(outcome.standing["rule"].str[:3], [family for family in dict.fromkeys(outcome.rules["family"]) if family]),
        },
        "exposure_eur": {**amounts, "blanks": money.blanks},
        "lifecycle": outcome.lifecycle._asdict() if outcome.lifecycle else dict.fromkeys(Lifecycle._fields),
        "parameters": [
            {"name": row["name"], "value": row["value"], "default": row["default"], "unit": row["unit"]}
            for row in _records(outcome.parameters[outcome.parameters["overridden"]])
        ],
        "outputs": [{"file": file, "sha256": digest} for file, digest in sorted(hashes.items())],
        "exit_code": run.exit_code,
    }


def _rule(row: dict[str, Any]) -> dict[str, Any]:
    reason = say_json(row["reason"], row["reason_facts"]) if row["reason"] else ""
    return {**{name: row[name] for name in ("code", "status", "count", "not_judged")}, "reason": reason}


def _counts(words: pd.Series[str], known: list[str]) -> dict[str, int]:
    counts = words.value_counts()
    return {word: int(counts.get(word, 0)) for word in known}


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): plain(value) for name, value in row.items()} for row in table.astype(object).to_dict("records")]
