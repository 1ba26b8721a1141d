"""A short message about some of a run's findings: how many, what they may cost, the most urgent ones, where the report lies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from reports import figures
from reports.spoken import spoken
from schemas.digest import Digest
from schemas.findings import Severity
from schemas.text import Fact, Message

if TYPE_CHECKING:
    from pathlib import Path

    from schemas.outcome import Outcome

MOST = 5
"""Lines of things to do: what a telephone shows without scrolling."""

TITLE = Message("{shop}: {count} new finding, {stake:money} at stake", plural="{shop}: {count} new findings, {stake:money} at stake")
COUNTS = Message("New or back: {critical} critical, {high} high, {medium} medium, {low} low.")
MONEY = Message("At stake with them: {stake:money}; with all that the report holds: {total:money}.")
URGENT = Message("Most urgent:")
DATED = Message("- by {deadline:time}: {todo} ({codes}, {subject})")
UNDATED = Message("- {todo} ({codes}, {subject})")
MORE = Message("... and {count} more thing to do.", plural="... and {count} more things to do.")
PLACE = Message("Report: {report}")


def write(outcome: Outcome, findings: pd.DataFrame, report: Path) -> Digest:
    """The message about some of the findings."""
    outcome = spoken(outcome)
    money = ["counted_sale", "counted_fee", "counted_fine"]
    stake = int(findings[money].sum().sum())
    title = _say(TITLE, outcome, shop=outcome.run.shop or "order-audit", count=len(findings), stake=stake)
    told = [
        _counts(outcome, findings),
        _say(MONEY, outcome, stake=stake, total=outcome.exposure.total),
        "",
        *_urgent(outcome, findings),
        "",
    ]
    return Digest(title, "\n".join([*told, _say(PLACE, outcome, report=str(report.resolve()))]))


def _say(message: Message, outcome: Outcome, **facts: Fact) -> str:
    return message._replace(facts=facts).said(outcome.language)


def _counts(outcome: Outcome, findings: pd.DataFrame) -> str:
    counts = findings["severity"].value_counts()
    return _say(COUNTS, outcome, **{severity.value: int(counts.get(severity.value, 0)) for severity in Severity})


def _urgent(outcome: Outcome, findings: pd.DataFrame) -> list[str]:
    """The first lines of what the sheet Actions would hold of these findings."""
    lines = figures.actions(figures.told(replace(outcome, findings=findings.reset_index(drop=True))), outcome.notes, outcome.language)
    rest = [_say(MORE, outcome, count=len(lines) - MOST)] if len(lines) > MOST else []
    return [_say(URGENT, outcome), *(_line(line, outcome) for line in lines.head(MOST).itertuples()), *rest]


def _line(line: Any, outcome: Outcome) -> str:
    facts = {"todo": line.todo, "codes": line.codes, "subject": line.subject_text}
    if pd.isna(line.deadline_at):
        return _say(UNDATED, outcome, **facts)
    return _say(DATED, outcome, deadline=line.deadline_at.tz_convert(outcome.run.zone).isoformat(), **facts)
