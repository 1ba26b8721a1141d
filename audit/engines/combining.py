"""Step 5, the buckets together: rules that look beyond a purchase, all findings in one, and the facts of the whole shop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from audit.books.books import Books
from audit.books.whole import Whole, all_origins, all_rates, all_sizes
from audit.engines.judging import Bucket, Scope, scopes
from audit.findings import Judged, Verdict, failed_before, in_order, in_report, run_rules
from schemas.findings import FINDINGS, Status
from schemas.shape import empty

if TYPE_CHECKING:
    from audit.rule import Rule
    from audit.tables import Accepted

Tables = Mapping[str, "Accepted"]


def combine(
    buckets: Sequence[Bucket],
    shop: Books,
    fetch: Callable[[frozenset[str]], Tables],
    everything: Callable[[], Tables],
    sharing: frozenset[str] | None = None,
    waiting: Callable[[], pd.DataFrame] | None = None,
) -> Judged:
    """What all rules find in the whole shop, as the report shows it.

    ``shop``: of each table no more than a few rows, but the listings and authorisations whole, with the facts of ``whole_of``.
    ``fetch``: all tables' rows of some purchases. ``everything``: all rows of all tables; asked for only by a user's own rules.
    ``sharing``: the purchases that share a tracking number, unless the buckets' own numbers are to tell. ``waiting``: brings the findings
    of buckets that were put elsewhere.
    """
    rules = shop.config.catalogue.rules
    by_scope = _by_scope(rules, shop)
    found = [Judged(bucket.findings, bucket.verdicts) for bucket in buckets]
    if by_scope[Scope.NUMBER]:
        tables = fetch(shared(bucket.numbers for bucket in buckets) if sharing is None else sharing)
        found.append(run_rules(by_scope[Scope.NUMBER], replace(shop, tables=tables, found={})))
    claims = [bucket.claims for bucket in buckets if bucket.claims is not None]
    joined = shop.whole._replace(claims=pd.concat(claims, ignore_index=True) if claims else None)
    found.append(run_rules(by_scope[Scope.ARTICLE], replace(shop, whole=joined, found={})))
    found.append(run_rules(by_scope[Scope.SHOP], replace(shop, found={})))
    if by_scope[Scope.EVERYTHING]:
        found.append(
            _of_everything(
                by_scope[Scope.EVERYTHING],
                rules,
                replace(shop, tables=everything(), whole=Whole(understood=shop.whole.understood), found={}),
            )
        )
    if waiting is not None:
        found.append(Judged(waiting(), {}))
    merged = merge(found, rules)
    found.clear()  # memory holds all findings once from here on
    return in_report(merged, rules)


def _by_scope(rules: Iterable[Rule], shop: Books) -> dict[Scope, list[Rule]]:
    every = list(rules)
    scope = scopes(every, shop.origins)
    return {one: [rule for rule in every if scope[rule.code] is one] for one in Scope}


def _of_everything(wanted: Sequence[Rule], rules: Sequence[Rule], books: Books) -> Judged:
    """What a user's own rules find in all tables at once, after those of ours that they look at."""
    judged = run_rules(rules, books)
    codes = [rule.code for rule in wanted]
    return Judged(judged.findings[judged.findings["rule"].isin(codes)], {code: judged.verdicts[code] for code in codes})


def shared(numbers: Iterable[pd.DataFrame]) -> frozenset[str]:
    """The purchases that share a tracking number with another one; or seem to, where two numbers have one hash."""
    held = pd.concat(list(numbers), ignore_index=True)
    suspects = held[held.duplicated("number", keep=False)].drop_duplicates()
    return frozenset(suspects.loc[suspects.duplicated("number", keep=False), "purchase_id"])


def merge(found: Sequence[Judged], rules: Sequence[Rule]) -> Judged:
    """What was found in several places together; a rule that failed in one of them has failed, and those that look at it did not run."""
    verdicts: dict[str, Verdict] = {}
    for rule in in_order(list(rules)):
        reason = failed_before(rule, verdicts)
        told = [judged.verdicts[rule.code] for judged in found if rule.code in judged.verdicts]
        verdicts[rule.code] = Verdict(Status.SKIPPED, reason=reason) if reason else _one(told)
    stand = [code for code, verdict in verdicts.items() if verdict.status is Status.FOUND]
    tables = (judged.findings for judged in found)
    filled = [table if (held := table["rule"].isin(stand)).all() else table[held] for table in tables if len(table)]
    return Judged(pd.concat(filled, ignore_index=True) if filled else empty(FINDINGS), verdicts)


def _one(told: Sequence[Verdict]) -> Verdict:
    """One verdict of several: a failure before all, then what was found; skipped only where it ran nowhere."""
    for verdict in told:
        if verdict.status is Status.FAILED:
            return verdict
    ran = [verdict for verdict in told if verdict.status is not Status.SKIPPED]
    if not ran:
        return told[0]
    count = sum(verdict.found for verdict in ran)
    return Verdict(Status.FOUND if count else Status.CLEAN, count, sum(verdict.not_judged for verdict in ran))


def whole_of(buckets: Sequence[Bucket], known: Whole) -> Whole:
    """The facts of the whole shop once every bucket is judged; ``known``: what was known before."""
    met = pd.concat([bucket.met for bucket in buckets])
    return known._replace(
        size=all_sizes(bucket.size for bucket in buckets),
        rates=all_rates(bucket.rates for bucket in buckets),
        origins=all_origins(bucket.origins for bucket in buckets),
        met=met.groupby(level="brand").sum(),
    )
