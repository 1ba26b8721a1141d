"""The short result for a person at a terminal."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from reports import words
from reports.figures import subject_words
from reports.spoken import spoken
from schemas.findings import Severity
from schemas.text import marked, say, say_json

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from schemas.outcome import Outcome
    from schemas.text import Fact

SOON = timedelta(hours=24)
MOST = 5

NO_ORDERS = 3
"""Exit code of a run without an order row."""

NO_ORDER = "no order could be audited: the inputs hold no order row"
HEAD = "{shop}, as of {time} {zone}: {items}, {parcels}"
FOUND = "findings: {count:number} ({critical:number} critical, {high:number} high, {medium:number} medium, {low:number} low)"
NONE_FOUND, WAIVED = "findings: none", "{count:number} waived"
LIFECYCLE = (
    "since last night: {new:number} new, {open:number} open, {back:number} back, {gone:number} gone, {out_of_view:number} out of view, "
    "{waived:number} waived"
)
STAKE, NO_STAKE = "at stake: {total:money} = sales {sale:money} + fees {fee:money} + fine {fine:money}", "at stake: nothing"
POSSIBLE = "{possible:money} more if what is only possible is true"
UNKNOWN, UNKNOWNS = "{count} amount unknown", "{count:number} amounts unknown"
OVERDUE, DUE, NOTHING_DUE = "overdue: {count:number}", "due within 24 h: {count:number}", "due within 24 h: nothing"
MORE, MORE_MANY = "  and {count} more, on the sheet Actions", "  and {count:number} more, on the sheet Actions"
FREQUENT, FREQUENT_RULE = "most frequent: {rules:words}", "{code} {title} ({count:number})"
ROWS = (
    "rows read: {rows:number} = accepted {accepted:number} + refused {quarantined:number} + duplicates {duplicates:number} + "
    "blank {blank:number}"
)
SEE_QUARANTINE = "{rows}, see quarantine/"
RAN = "rules: {ran:number} of {rules:number} ran, {blind:number} did not"
WHY = {"failed": marked("failed: {codes:words}: {why}"), "skipped": marked("not run: {codes:words}: {why}")}
REPORT = "report: {report}"


def short_result(outcome: Outcome, report: Path) -> str:
    """At most some 25 lines: what was found, what it may cost, what is due, and where the report is."""
    outcome = spoken(outcome)
    return "\n".join(
        [
            *_verdict(outcome),
            *_lifecycle(outcome),
            _money(outcome),
            *_due(outcome),
            *_frequent(outcome),
            _refused(outcome),
            *_skipped(outcome),
            say(REPORT, {"report": str(report)}, outcome.language),
        ]
    )


def _verdict(outcome: Outcome) -> list[str]:
    run, standing, language = outcome.run, outcome.standing, outcome.language
    counts = standing["severity"].value_counts()
    facts: dict[str, Fact] = {severity.value: int(counts.get(severity, 0)) for severity in Severity}
    found = say(FOUND, {**facts, "count": len(standing)}, language) if len(standing) else language.text(NONE_FOUND)
    waived = len(outcome.findings) - len(standing)
    aside = say(WAIVED, {"count": waived}, language) if waived else ""
    first = [language.text(NO_ORDER)] if run.exit_code == NO_ORDERS else []
    return [*first, _head(outcome), language.clauses([found, aside])]


def _head(outcome: Outcome) -> str:
    """Who was audited, as of when, over how much."""
    run, language = outcome.run, outcome.language
    size = {
        "items": say(words.ITEM, {"count": run.items}, language, plural=words.ITEMS),
        "parcels": say(words.PARCEL, {"count": run.parcels}, language, plural=words.PARCELS),
    }
    when = {"time": language.time(run.as_of), "zone": language.town(str(run.zone))}
    return say(HEAD, {"shop": run.shop or "order-audit", **when, **size}, language)


def _lifecycle(outcome: Outcome) -> list[str]:
    """What has become of the findings since the nights before."""
    return [say(LIFECYCLE, outcome.lifecycle._asdict(), outcome.language)] if outcome.lifecycle else []


def _money(outcome: Outcome) -> str:
    money, language = outcome.exposure, outcome.language
    if not money.total and not money.possible:
        return language.text(NO_STAKE)
    facts: dict[str, Fact] = {"total": money.total, "sale": money.sale, "fee": money.fee, "fine": money.fine + money.fine_fixed}
    possible = say(POSSIBLE, {"possible": money.possible}, language) if money.possible else ""
    unknown = say(UNKNOWN, {"count": money.blanks}, language, plural=UNKNOWNS) if money.blanks else ""
    return language.clauses([say(STAKE, facts, language), possible, unknown])


def _due(outcome: Outcome) -> list[str]:
    """What is overdue, the worst first, and what becomes a breach within SOON, the soonest first: the order of the sheet Actions."""
    findings, now = outcome.standing, outcome.run.as_of.astimezone(UTC)
    ranked = findings.assign(rank=findings["severity"].map({severity.value: severity.rank for severity in Severity}))
    overdue = ranked[ranked["deadline_at"] < now].sort_values(["rank", "deadline_at", "finding_id"])
    soon = ranked[ranked["deadline_at"].between(now, now + SOON)].sort_values(["deadline_at", "rank", "finding_id"])
    late = [say(OVERDUE, {"count": len(overdue)}, outcome.language), *_lines(overdue, outcome)] if len(overdue) else []
    told = say(DUE, {"count": len(soon)}, outcome.language) if len(soon) else outcome.language.text(NOTHING_DUE)
    return [*late, told, *_lines(soon, outcome)]


def _lines(rows: pd.DataFrame, outcome: Outcome) -> list[str]:
    todo = outcome.rules.set_index("code")["todo"]
    lines = [_line(row, str(todo[row.rule]), outcome) for row in rows.head(MOST).itertuples()]
    return [*lines, *([say(MORE, {"count": len(rows) - MOST}, outcome.language, plural=MORE_MANY)] if len(rows) > MOST else [])]


def _line(row: pd.Series, todo: str, outcome: Outcome) -> str:
    deadline = outcome.language.deadline(row.deadline_at.tz_convert(outcome.run.zone))
    of_item = isinstance(row.item_id, str)
    named = f"{row.purchase_id}/{row.item_id}" if of_item else subject_words(row.subject, outcome.language)
    return f"  {deadline}  {row.rule}  {named}  {todo}"


def _frequent(outcome: Outcome) -> list[str]:
    counts = outcome.rules[outcome.rules["count"] > 0].sort_values(["count", "code"], ascending=[False, True]).head(MOST)
    named = counts.rename(columns={"count": "found"}).itertuples()
    told = [say(FREQUENT_RULE, {"code": row.code, "title": row.title, "count": row.found}, outcome.language) for row in named]
    return [say(FREQUENT, {"rules": told}, outcome.language)] if told else []


def _refused(outcome: Outcome) -> str:
    sums = outcome.inputs[["rows", "accepted", "quarantined", "duplicates", "blank"]].sum()
    rows = say(ROWS, {str(name): int(value) for name, value in sums.items()}, outcome.language)
    return say(SEE_QUARANTINE, {"rows": rows}, outcome.language) if sums["quarantined"] else rows


def _skipped(outcome: Outcome) -> list[str]:
    """How many rules did not run, then which and why."""
    language, every = outcome.language, len(outcome.rules)
    ran = int(outcome.rules["status"].isin(["found", "clean"]).sum())
    if ran == every:
        return []
    lines = [say(RAN, {"ran": ran, "rules": every, "blind": every - ran}, language)]
    for status, template in WHY.items():
        rows = outcome.rules[outcome.rules["status"] == status]
        told = rows.assign(
            why=[say_json(reason, facts, language) for reason, facts in zip(rows["reason"], rows["reason_facts"], strict=True)]
        )
        lines += [
            say(template, {"codes": list(group["code"]), "why": str(why)}, language) for why, group in told.groupby("why", sort=False)
        ]
    return lines
