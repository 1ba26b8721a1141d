"""The short result for a person at a terminal."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from schemas.findings import Severity
from schemas.text import say_json

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from schemas.outcome import Outcome

SOON = timedelta(hours=24)
MOST = 5


def short_result(outcome: Outcome, out: Path) -> str:
    """At most some 25 lines: what was found, what it may cost, what is due, and where the report is."""
    return "\n".join(
        [
            *_verdict(outcome),
            *_lifecycle(outcome),
            *_money(outcome),
            *_due(outcome),
            *_frequent(outcome),
            *_refused(outcome),
            *_skipped(outcome),
            f"report: {out / 'risk_report.xlsx'}",
        ]
    )


def euros(cents: int) -> str:
    """An amount for a sentence."""
    return f"{cents / 100:,.2f} EUR"


def _verdict(outcome: Outcome) -> list[str]:
    run, standing = outcome.run, outcome.standing
    counts = standing["severity"].value_counts()
    head = f"{run.shop or 'order-audit'}, as of {run.as_of:%Y-%m-%d %H:%M} {run.zone}: {run.items} items, {run.parcels} parcels"
    told = ", ".join(f"{counts.get(severity, 0)} {severity}" for severity in Severity)
    first = ["no order could be audited: the inputs hold no order row"] if run.exit_code == 3 else []  # noqa: PLR2004 - the contract's table
    waived = len(outcome.findings) - len(standing)
    aside = f"; {waived} waived" if waived else ""
    return [*first, head, (f"findings: {len(standing)} ({told})" if len(standing) else "findings: none") + aside]


def _lifecycle(outcome: Outcome) -> list[str]:
    """What has become of the findings since the nights before."""
    if outcome.lifecycle is None:
        return []
    told = ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in outcome.lifecycle._asdict().items())
    return [f"since last night: {told}"]


def _money(outcome: Outcome) -> list[str]:
    money = outcome.exposure
    if not money.total and not money.possible:
        return ["at stake: nothing"]
    fine = money.fine + money.fine_fixed
    blanks = f"; {money.blanks} amounts unknown" if money.blanks else ""
    possible = f"; {euros(money.possible)} more if what is only possible is true" if money.possible else ""
    return [f"at stake: {euros(money.total)} = sales {euros(money.sale)} + fees {euros(money.fee)} + fine {euros(fine)}{possible}{blanks}"]


def _due(outcome: Outcome) -> list[str]:
    """What is overdue, the worst first, and what becomes a breach within SOON, the soonest first: the order of the sheet Actions."""
    findings, now = outcome.standing, outcome.run.as_of.astimezone(UTC)
    ranked = findings.assign(rank=findings["severity"].map({severity.value: severity.rank for severity in Severity}))
    overdue = ranked[ranked["deadline_at"] < now].sort_values(["rank", "deadline_at", "finding_id"])
    soon = ranked[ranked["deadline_at"].between(now, now + SOON)].sort_values(["deadline_at", "rank", "finding_id"])
    late = _block("overdue", overdue, outcome) if len(overdue) else []
    return [*late, *(_block("due within 24 h", soon, outcome) if len(soon) else ["due within 24 h: nothing"])]


def _block(name: str, rows: pd.DataFrame, outcome: Outcome) -> list[str]:
    todo = outcome.rules.set_index("code")["todo"]
    lines = [_due_line(row, str(todo[row.rule]), outcome) for row in rows.head(MOST).itertuples()]
    more = [f"  and {len(rows) - MOST} more, on the sheet Actions"] if len(rows) > MOST else []
    return [f"{name}: {len(rows)}", *lines, *more]


def _due_line(row: pd.Series, todo: str, outcome: Outcome) -> str:
    deadline = row.deadline_at.tz_convert(outcome.run.zone)
    kind, _, key = row.subject.partition(":")
    named = f"{row.purchase_id}/{row.item_id}" if isinstance(row.item_id, str) else f"{kind} {key}"
    return f"  {deadline:%a %d %b %H:%M}  {row.rule}  {named}  {todo}"


def _frequent(outcome: Outcome) -> list[str]:
    counts = outcome.rules[outcome.rules["count"] > 0].sort_values(["count", "code"], ascending=[False, True]).head(MOST)
    told = ", ".join(f"{row.code} {row.title} ({row.count_})" for row in counts.rename(columns={"count": "count_"}).itertuples())
    return [f"most frequent: {told}"] if told else []


def _refused(outcome: Outcome) -> list[str]:
    sums = outcome.inputs[["rows", "accepted", "quarantined", "duplicates", "blank"]].sum()
    told = f"rows: {sums['rows']} read = {sums['accepted']} accepted + {sums['quarantined']} refused + {sums['duplicates']} duplicates + {sums['blank']} blank"
    return [told + (", see quarantine/" if sums["quarantined"] else "")]


def _skipped(outcome: Outcome) -> list[str]:
    """How many rules did not run, then which and why."""
    ran = int(outcome.rules["status"].isin(["found", "clean"]).sum())
    if ran == len(outcome.rules):
        return []
    lines = [f"rules: {ran} of {len(outcome.rules)} ran, {len(outcome.rules) - ran} did not"]
    for status, words in (("failed", "failed"), ("skipped", "not run")):
        rows = outcome.rules[outcome.rules["status"] == status]
        told = rows.assign(why=[say_json(reason, facts) for reason, facts in zip(rows["reason"], rows["reason_facts"], strict=True)])
        lines += [f"{words}: {', '.join(group['code'])}: {why}" for why, group in told.groupby("why", sort=False)]
    return lines
