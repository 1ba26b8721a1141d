"""Run the rules over the books; stamp, sort and prove what they find."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from audit import exposure, letters, progress
from audit.books.links import NOWHERE
from audit.foreign import apart, is_foreign, prove_told
from audit.rule import NotJudgeable
from schemas.findings import FINDINGS, Severity, Status, Subject
from schemas.shape import empty, prove
from schemas.text import Message, placeholders

if TYPE_CHECKING:
    from audit.books.books import Books
    from audit.rule import Hits, Rule

KEYS = {Subject.CLAIM: "claim_id", Subject.REFUND: "refund_id", Subject.MESSAGE: "message_id"}
"""Columns that name a subject, where they are not called as it is."""

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


def stamp(rule: Rule, hits: Hits, books: Books) -> pd.DataFrame:
    """One row a hit, with the columns of FINDINGS; proves that no subject is hit twice."""
    rows = hits.rows
    if not len(rows):
        return empty(FINDINGS)
    kind = hits.subject or rule.subject
    subject = subjects(kind, rows)
    ids = [finding_id(rule.code, each) for each in subject]
    if len(set(ids)) < len(ids):
        raise ValueError(f"{rule.code} hits a subject twice")
    severity = books.config.severities.get(rule.code)
    own = [
        name
        for name in ("purchase_id", "item_id", "sku", "brand", "source_file", "source_row")
        if name in rows and kind is not Subject.SHOP
    ]
    labels = item_labels(kind, rows)
    letter = letters.chosen(rule, hits)
    told = {
        "finding_id": ids,
        "rule": rule.code,
        "severity": _words(severity or hits.severity, rule.severity, rows.index),
        "confidence": _words(hits.confidence, rule.confidence, rows.index),
        "standing": _words(hits.standing, rule.standing, rows.index),
        "subject": subject,
        **{name: rows[name] for name in own},
        "occurred_at": _instants(rows.get("ordered_at") if hits.occurred is None else hits.occurred, rows.index),
        "deadline_at": _instants(hits.deadline, rows.index),
        **exposure.price(rule, hits, labels, books),
        "letter": letter,
        "letter_facts": letters.facts(letter, rows, labels, books),
        "evidence": hits.evidence.template,
        "facts": facts(hits, books),
    }
    return pd.DataFrame({name: pd.Series(told.get(name), index=rows.index, dtype=dtype) for name, dtype in FINDINGS.items()})


def _instants(given: pd.Series | None, index: pd.Index) -> pd.Series:
    if given is None:
        return pd.Series(pd.NaT, index=index, dtype=FINDINGS["occurred_at"])
    return given.reindex(index)


def item_labels(kind: Subject, rows: pd.DataFrame) -> pd.Series[int]:
    """The label in items of the item that each row is about, NOWHERE where there is none."""
    if kind is Subject.ITEM:
        return rows.index.to_series()
    return rows["item"] if "item" in rows else pd.Series(NOWHERE, index=rows.index)


def subjects(kind: Subject, rows: pd.DataFrame) -> pd.Series:
    """What each row is about, as kind and key: it depends on neither row order nor file name."""
    if kind is Subject.SHOP:
        return pd.Series("shop", index=rows.index)
    if kind is Subject.ITEM:
        key = rows["purchase_id"] + "/" + rows["item_id"]
    elif kind is Subject.SHIPMENT:
        key = _numbered(rows["purchase_id"] + "/" + rows["item_id"].fillna("") + "/" + rows["tracking_number"].fillna(""))
    elif kind is Subject.LISTING:
        key = rows["sku"]
    else:
        key = _numbered(rows[KEYS.get(kind, kind.value)])
    return kind.value + ":" + key.astype("str")


def _numbered(keys: pd.Series) -> pd.Series:
    """Keys that stand more than once, told apart by a number."""
    place = keys.groupby(keys).cumcount()
    return keys.where(place == 0, keys + "#" + (place + 1).astype("str"))


def finding_id(code: str, subject: str) -> str:
    """The same on every run for the same rule and subject."""
    return f"{code}-{hashlib.sha256(f'{code}|{subject}'.encode()).hexdigest()[:12]}"


def _words(given: Any, default: str, index: pd.Index) -> pd.Series:
    if isinstance(given, pd.Series):
        return given.reindex(index).fillna(str(default))
    return pd.Series(str(given or default), index=index)


def facts(hits: Hits, books: Books) -> list[str]:
    """The facts of each hit's evidence as a JSON object."""
    kinds = placeholders(hits.evidence.template)
    columns = {name: _fact(value, kinds.get(name, ""), hits.rows, books) for name, value in hits.evidence.facts.items()}
    if "parcels" in hits.rows and hits.rows["parcels"].notna().any():
        columns["parcels"] = [value if isinstance(value, list) else None for value in hits.rows["parcels"]]
    names = sorted(columns)
    return [
        json.dumps({name: value for name, value in zip(names, row, strict=True) if value is not None}, ensure_ascii=False)
        for row in zip(*(columns[name] for name in names), strict=True)
    ] or ["{}"] * len(hits.rows)


def _fact(value: Any, kind: str, rows: pd.DataFrame, books: Books) -> list[Any]:
    column = rows[value] if isinstance(value, str) and value in rows else value
    if not isinstance(column, pd.Series):
        return [column] * len(rows)
    column = column.reindex(rows.index)
    if kind in ("time", "day"):
        local = column.dt.tz_convert(books.config.zone)
        return [None if moment is pd.NaT else moment.isoformat() for moment in local]
    if kind in ("words", "phrases"):
        return [value if isinstance(value, list) else None for value in column]
    if column.dtype == object:
        return [_plain(value) for value in column]
    return list(column.astype(object).where(column.notna(), None))


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT or value != value:  # noqa: PLR0124 - NaN is not itself
        return None
    return value.item() if hasattr(value, "item") else value


def in_report_order(findings: pd.DataFrame) -> pd.DataFrame:
    """Sorted by severity, then deadline, then exposure, then finding_id."""
    money = findings[["exposure_sale", "exposure_fee", "exposure_fine"]].fillna(0).sum(axis=1)
    ranks = {severity.value: severity.rank for severity in Severity}
    keyed = findings.assign(_rank=findings["severity"].map(ranks), _money=-money)
    ordered = keyed.sort_values(["_rank", "deadline_at", "_money", "finding_id"], na_position="last", kind="stable")
    return ordered.drop(columns=["_rank", "_money"]).reset_index(drop=True)
