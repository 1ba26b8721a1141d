"""The files for machines and for mending: findings.csv, summary.json, the quarantine and the saved tables."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports import csv_file, text_book
from reports.cells import plain
from reports.spoken import spoken
from schemas.findings import Severity
from schemas.history import Lifecycle
from schemas.text import evidence, say_json

if TYPE_CHECKING:
    import pandas as pd

    from schemas.outcome import Outcome

COLUMNS = (
    "finding_id", "rule", "name", "family", "severity", "confidence", "standing", "subject", "purchase_id", "item_id", "sku",
    "brand", "occurred_at", "deadline_at", "exposure_sale_eur", "exposure_fee_eur", "exposure_fine_eur", "evidence", "advice",
    "source_file", "source_row", "state", "first_seen", "nights_open",
)  # fmt: skip
"""Columns of findings.csv; they are public."""


def write_findings_csv(outcome: Outcome, path: Path) -> None:
    """Write findings.csv: UTF-8 with BOM, comma, one line a finding in the report's order."""
    csv_file.write(path, _lines(outcome))


def named(outcome: Outcome) -> pd.DataFrame:
    """The findings with what their rules say of them, and their evidence in words."""
    rules = spoken(outcome).rules.set_index("code")
    findings = outcome.findings
    told = list(zip(findings["evidence"], findings["facts"], findings["past"].astype(object), strict=True))
    said = {each: evidence(each[0], each[1], outcome.language, past=each[2] is True) for each in set(told)}
    return findings.assign(
        name=findings["rule"].map(rules["name"]),
        family=findings["rule"].map(rules["family"]),
        advice=findings["rule"].map(rules["advice"]),
        evidence=[said[each] for each in told],
    )


def _lines(outcome: Outcome) -> pd.DataFrame:
    findings = outcome.findings
    table = named(outcome).assign(
        **{f"exposure_{kind}_eur": _euros(findings[f"exposure_{kind}"]) for kind in ("sale", "fee", "fine")},
        **{name: _local(findings[name], outcome) for name in ("occurred_at", "deadline_at", "first_seen")},
    )
    return table[list(COLUMNS)]


def _euros(cents: pd.Series[int]) -> pd.Series[str]:
    return cents.map(lambda amount: f"{amount // 100}.{amount % 100:02d}", na_action="ignore")


def _local(instants: pd.Series[pd.Timestamp], outcome: Outcome) -> pd.Series[str]:
    return instants.dt.tz_convert(outcome.run.zone).map(lambda moment: moment.isoformat(timespec="seconds"), na_action="ignore")


def write_quarantine(outcome: Outcome, folder: Path) -> None:
    """Write each file's refused rows as CSV and as a workbook with text cells; the folder stands even when it is empty."""
    folder.mkdir()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        written = [
            pool.submit(_write_privately, write, refused.rows, (folder / Path(refused.repair_file).name).with_suffix(suffix))
            for refused in outcome.refused
            for suffix, write in ((".xlsx", text_book.write), (".csv", csv_file.write))
        ]
        for each in written:
            each.result()


def _write_privately(write: Callable[[Path, pd.DataFrame], None], rows: pd.DataFrame, path: Path) -> None:
    write(path, rows)
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
