"""What a run says about itself: its rules, parameters, period, assumptions and warnings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from audit.limits import shown
from schemas.findings import Status
from schemas.outcome import PARAMETERS, RULES
from schemas.shape import prove
from schemas.text import Message

if TYPE_CHECKING:
    from datetime import datetime

    from audit.books.books import Books
    from audit.catalogue import Failure
    from audit.config import Config
    from audit.findings import Verdict
    from audit.rule import Rule
    from audit.tables import Ingested


def rules_table(verdicts: Mapping[str, Verdict], config: Config) -> pd.DataFrame:
    """Every rule with what became of it, then a user's rules that could not be taken in, as schemas.outcome.RULES declares it."""
    rows = [_rule_row(rule, verdicts[rule.code], config) for rule in config.catalogue.rules]
    rows += [_failure_row(failure) for failure in config.catalogue.failures]
    return prove(pd.DataFrame(rows, columns=list(RULES)).astype(dict(RULES)), RULES)


def _rule_row(rule: Rule, verdict: Verdict, config: Config) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.title,
        "family": rule.family,
        "severity": config.severities.get(rule.code, rule.severity).value,
        "confidence": rule.confidence.value,
        "standing": rule.standing.value,
        "status": verdict.status.value,
        "count": verdict.found,
        "not_judged": verdict.not_judged,
        **_reason(verdict.reason),
        "todo": rule.todo,
        "advice": rule.advice,
        "advice_added": rule.advice_added(config.return_postage),
        "habit": rule.habit,
        "source": json.dumps([[clause.document.title, clause.about] for clause in (rule.source, *rule.also)], ensure_ascii=False),
        "parameters": ", ".join(limit.name for limit in rule.limits),
    }


def _reason(reason: Message | None) -> dict[str, str | None]:
    facts = json.dumps(dict(reason.facts), ensure_ascii=False) if reason else None
    return {"reason": reason.template if reason else None, "reason_facts": facts}


def _failure_row(failure: Failure) -> dict[str, Any]:
    """The line of rules that could not be taken in: their file's or entry point's name stands for the code."""
    known = {"code": failure.name, "title": failure.title, "status": Status.FAILED.value, **_reason(failure.reason)}
    return {**dict.fromkeys(RULES, ""), "count": 0, "not_judged": 0, "habit": False, **known}


def parameters_table(books: Books) -> pd.DataFrame:
    """Every parameter with its value and default, as schemas.outcome.PARAMETERS declares it."""
    limits = books.limits
    rows = [
        {
            "name": limit.name,
            "about": limit.about,
            "value": shown(limits[limit]),
            "default": shown(limit.default),
            "unit": limit.unit,
            "standing": limit.standing.value,
            "source": str(limit.source),
            "overridden": limits[limit] != limit.default,
        }
        for limit in books.config.catalogue.limits.values()
    ]
    return prove(pd.DataFrame(rows, columns=list(PARAMETERS)).astype(dict(PARAMETERS)), PARAMETERS)


def period(books: Books) -> tuple[datetime, datetime] | None:
    """First and last order in shop time; None without orders."""
    ordered = books.orders.frame["ordered_at"]
    if not len(ordered):
        return None
    first, last = (moment.tz_convert(books.config.zone).to_pydatetime() for moment in (ordered.min(), ordered.max()))
    return first, last


def assumptions(books: Books) -> tuple[Message, ...]:
    """What the figures take for granted."""
    foreign = books.size.foreign
    told = [
        Message("Each amount is the worst case of its finding; each order's money is counted once."),
        Message("A sale counts as safe once it is rated, closed, cancelled, or both claim windows are over."),
        Message("The month offline that may follow a counterfeit warning is not counted."),
        Message("Times without a zone are read as {zone}.", {"zone": str(books.config.zone)}),
    ]
    if "authorisations" not in books.tables:
        told.append(Message("No file holds authorisations: no brand counts as authorised."))
    if books.config.commission_rate is None:
        told.append(Message("No commission rate is set: fees are blank where the export does not tell the commission."))
    if books.config.default_origin is None:
        told.append(Message("No default origin is set: an origin that no file tells is unknown."))
    if foreign:
        told.append(Message("{count} items are not in EUR: they are not judged against limits in EUR.", {"count": foreign}))
    return tuple(told)


def warnings(ingested: Ingested, as_of_source: str, as_of: datetime) -> tuple[Message, ...]:
    """What a person should know before reading the figures."""
    told: list[Message] = []
    if "orders" not in ingested.tables or not len(ingested.tables["orders"].frame):
        told.append(Message("No order could be audited: the inputs hold no order row that can be read."))
    if as_of_source == "config":
        told.append(Message("Judged as of {as_of:time}, which the settings fix.", {"as_of": as_of.isoformat()}))
    if ingested.left:
        told.append(Message("Left aside, for they are no exports: {files:words}.", {"files": list(ingested.left)}))
    return (*told, *ingested.notes)
