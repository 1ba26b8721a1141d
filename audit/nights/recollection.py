"""What a history tells a person: its runs in a list, and what changed between two of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from audit.catalogue import OURS
from audit.errors import ConfigFault
from audit.nights import history
from audit.terminal import cells, filled
from schemas.language import ENGLISH
from schemas.text import VALUE, Fact, Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from schemas.language import Language

LAST = "last"
WORD = 8
"""Columns of a terminal for a severity."""

NO_RUN = Message("The history holds no run yet.")
COLUMNS = (
    (Message("run"), -24), (Message("as of (UTC)"), -16), (Message("new"), 6), (Message("before"), 7), (Message("gone"), 6),
    (Message("waived"), 7), (Message("EUR at stake"), 13), (Message("exit"), 5),
)  # fmt: skip
"""Headings of the list of runs, each with the least columns of a terminal that it takes; below zero where it stands to the left."""

FORGOTTEN = Message("Forgot {count} run; kept the last {keep}.", plural="Forgot {count} runs; kept the last {keep}.")
NOTHING_FORGOTTEN = Message("Nothing to forget: no more than {keep} runs.")
CHANGES = Message("from {earlier} to {later}: {came} came, {went} went, {both} in both")
WORSE = Message("{finding}, was {severity:word}")

Findings = dict[str, dict[str, Any]]
"""What a history holds of findings, by their id."""


class Changes(NamedTuple):
    """Two runs and their findings; which of these came, went, or changed their severity."""

    names: tuple[str, str]
    first: Findings
    second: Findings
    came: list[str]
    went: list[str]
    changed: list[str]


def listed(path: Path, language: Language = ENGLISH) -> str:
    """Every run, the latest first."""
    nights = _nights(path)
    if not len(nights):
        return NO_RUN.said(language)
    headings = [(heading.said(language), size) for heading, size in COLUMNS]
    sizes = [max(abs(size), cells(heading)) * (1 if size > 0 else -1) for heading, size in headings]
    rows = [[heading for heading, _ in headings], *(_cells(row, language) for row in nights.itertuples())]
    return "\n".join(" ".join(_placed(cell, size) for cell, size in zip(row, sizes, strict=True)) for row in rows)


def _nights(path: Path) -> pd.DataFrame:
    with history.opened(path) as memory:
        return history.nights(memory)[::-1]


def _cells(row: Any, language: Language) -> list[str]:
    """A run's line; its day as ``find`` takes it, in every language."""
    counts = [str(count) for count in (row.new, row.before, row.gone, row.waived)]
    when = row.as_of.tz_localize(None).isoformat(sep=" ", timespec="minutes")
    return [row.run_id, when, *counts, language.number(row.stake / 100, "#,##0.00"), str(row.exit_code)]


def _placed(cell: str, size: int) -> str:
    return filled(cell, -size) if size < 0 else " " * (size - cells(cell)) + cell


def listed_for_machines(path: Path) -> str:
    """The same as a document."""
    return json.dumps({"version": 1, "runs": json.loads(_nights(path).to_json(orient="records", date_format="iso"))}, indent=2)


def pruned(path: Path, keep: int) -> Message:
    """Forget all but the last so many runs, and say how many went."""
    with history.opened(path) as memory:
        gone = history.prune(memory, keep)
    return (FORGOTTEN if gone else NOTHING_FORGOTTEN)._replace(facts={"count": gone, "keep": keep})


def compared(path: Path, earlier: str, later: str) -> Changes:
    """What the later run found that the earlier did not, and the other way round."""
    with history.opened(path) as memory:
        nights = history.nights(memory)
        names = find(nights, earlier), find(nights, later)
        first, second = (history.findings_of(memory, name) for name in names)
    changed = sorted(key for key in set(first) & set(second) if first[key]["severity"] != second[key]["severity"])
    return Changes(names, first, second, sorted(set(second) - set(first)), sorted(set(first) - set(second)), changed)


def changes_told(changes: Changes, language: Language = ENGLISH) -> str:
    """The changes for a person."""
    first, second = changes.first, changes.second
    facts: dict[str, Fact] = {"earlier": changes.names[0], "later": changes.names[1], "came": len(changes.came), "went": len(changes.went)}
    return "\n".join([
        CHANGES._replace(facts={**facts, "both": len(first.keys() & second.keys())}).said(language),
        *(f"+ {_told(second[key], language)}" for key in changes.came),
        *(f"- {_told(first[key], language)}" for key in changes.went),
        *(f"~ {_worse(first[key], second[key], language)}" for key in changes.changed),
    ])  # fmt: skip


def _told(row: Mapping[str, Any], language: Language) -> str:
    rule = OURS.by_code.get(row["rule"])
    severity = filled(language.text(row["severity"], VALUE), WORD)
    return f"{row['rule']} {severity} {row['subject']}  {language.text(rule.title) if rule else ''}".rstrip()


def _worse(before: Mapping[str, Any], now: Mapping[str, Any], language: Language) -> str:
    return WORSE._replace(facts={"finding": _told(now, language), "severity": before["severity"]}).said(language)


def changes_for_machines(changes: Changes) -> str:
    """The changes as a document."""
    first, second = changes.first, changes.second
    told = {"came": _rows(changes.came, second), "went": _rows(changes.went, first)}
    worse = [{"finding_id": key, "from": first[key]["severity"], **second[key]} for key in changes.changed]
    return json.dumps({"version": 1, "earlier": changes.names[0], "later": changes.names[1], **told, "changed": worse}, indent=2)


def _rows(keys: Sequence[str], findings: Findings) -> list[dict[str, Any]]:
    return [{"finding_id": key, **findings[key]} for key in keys]


def find(nights: pd.DataFrame, name: str) -> str:
    """The run that a person means: its id or the beginning of it, a day, "last", or -1, -2 counted from the end."""
    ids = list(nights["run_id"])
    if name == LAST or (name.startswith("-") and name[1:].isdigit()):
        place = -1 if name == LAST else int(name)
        if 1 <= -place <= len(ids):
            return str(ids[place])
    meant = [one for one in ids if one == name] or [one for one in ids if one.startswith(name.replace("-", ""))]
    if len(meant) != 1:
        wrong = Message("{name} means several runs: {runs:words}." if meant else "{name} means no run.", {"name": name, "runs": meant})
        raise ConfigFault(wrong, "order-audit history lists the runs.")
    return str(meant[0])
