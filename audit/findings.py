"""Run the rules over the books; sort and prove what they find."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from audit import exposure, progress
from audit.foreign import apart, is_foreign, prove_told
from audit.rule import NotJudgeable
from audit.stamping import stamp
from schemas.findings import FINDINGS, Severity, Status
from schemas.shape import empty, prove
from schemas.text import Message

if TYPE_CHECKING:
    from audit.books.books import Books
    from audit.rule import Hits, Rule

BROKEN = Message("rule {code} failed")
LOGGER = logging.getLogger(__name__)


class Verdict(NamedTuple):
    """What became of one rule: its status, the reason where it did not run, and how many subjects it could not judge."""

    status: Status
    found: int = 0
    not_judged: int = 0
    reason: Message | None = None


class Judged(NamedTuple):
    """The findings of a run, as schemas.findings.FINDINGS declares them, and each rule's verdict by code."""

    findings: pd.DataFrame
    verdicts: Mapping[str, Verdict]


def judge(rules: Iterable[Rule], books: Books) -> Judged:
    """Run every rule, each after those that it looks at; a rule that fails fails alone."""
    rules = list(rules)
    return in_report(run_rules(rules, books), rules)


def in_report(found: Judged, rules: Sequence[Rule]) -> Judged:
    """What rules have found, as the report shows it: money counted once, sorted and proved; verdicts in the rules' order."""
    table = exposure.count_once(found.findings, rules)
    return Judged(prove(in_report_order(table), FINDINGS), {rule.code: found.verdicts[rule.code] for rule in rules})


def run_rules(rules: Iterable[Rule], books: Books) -> Judged:
    """What each rule finds, as it comes."""
    verdicts: dict[str, Verdict] = {}
    found: list[pd.DataFrame] = []
    for rule in in_order(list(rules)):
        verdicts[rule.code], rows = _run(rule, books, verdicts)
        if rows is not None and len(rows):
            found.append(rows)
        progress.step()
    return Judged(pd.concat([empty(FINDINGS), *found], ignore_index=True) if found else empty(FINDINGS), verdicts)


def in_order(rules: list[Rule]) -> list[Rule]:
    """The rules, each after the ones that it looks at, otherwise as they stand."""
    placed: dict[str, Rule] = {}
    by_code = {rule.code: rule for rule in rules}

    def place(rule: Rule) -> None:
        for code in rule.after:
            if code not in placed and code in by_code:
                place(by_code[code])
        placed.setdefault(rule.code, rule)

    for rule in rules:
        place(rule)
    return list(placed.values())


def _run(rule: Rule, books: Books, verdicts: Mapping[str, Verdict]) -> tuple[Verdict, pd.DataFrame | None]:
    if reason := missing_need(rule, books) or failed_before(rule, verdicts):
        return Verdict(Status.SKIPPED, reason=reason), None
    try:
        hits, rows = _asked(rule, books)
    except NotJudgeable as error:
        return Verdict(Status.SKIPPED, reason=error.reason), None
    except (Exception, SystemExit) as error:
        LOGGER.exception(BROKEN._replace(facts={"code": rule.code}))
        told = " ".join(f"{type(error).__name__}: {error}".split())
        return Verdict(Status.FAILED, reason=Message("{error}", {"error": told})), None
    books.found[rule.code] = hits.rows.index
    return Verdict(Status.FOUND if len(rows) else Status.CLEAN, len(rows), hits.not_judged), rows


def _asked(rule: Rule, books: Books) -> tuple[Hits, pd.DataFrame]:
    """What a rule hits, and its findings; a user's own has tables of its own and is proved beyond what the types can."""
    foreign = is_foreign(rule)
    hits = rule.judge(apart(books) if foreign else books)
    rows = stamp(rule, hits, books)
    if foreign:
        prove_told(hits, rows)
    return hits, rows


def missing_need(rule: Rule, books: Books) -> Message | None:
    """Why a rule can't run on these tables: the first table or column that no input holds."""
    for need in rule.needs:
        table, _, column = need.partition(".")
        if table not in books.tables:
            return Message("no file holds {table:word}", {"table": table})
        if column and not books.holds(table, column):
            return Message("no file of {table:word} has the column {column}", {"table": table, "column": column})
    return None


def failed_before(rule: Rule, verdicts: Mapping[str, Verdict]) -> Message | None:
    """Why a rule can't run after these: one that it looks at has failed."""
    failed = [code for code in rule.after if code in verdicts and verdicts[code].status is Status.FAILED]
    return Message("it looks at {code}, which failed", {"code": failed[0]}) if failed else None


def in_report_order(findings: pd.DataFrame) -> pd.DataFrame:
    """Sorted by severity, then deadline, then exposure, then finding_id."""
    money = findings[["exposure_sale", "exposure_fee", "exposure_fine"]].fillna(0).sum(axis=1)
    ranks = {severity.value: severity.rank for severity in Severity}
    keyed = findings.assign(_rank=findings["severity"].map(ranks), _money=-money)
    ordered = keyed.sort_values(["_rank", "deadline_at", "_money", "finding_id"], na_position="last", kind="stable")
    return ordered.drop(columns=["_rank", "_money"]).reset_index(drop=True)
