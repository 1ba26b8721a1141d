"""The catalogue and its pages in words, for a terminal and for machines."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from audit.catalogue import OURS
from audit.limits import shown
from schemas.letters import LETTERS, form

if TYPE_CHECKING:
    from audit.catalogue import Catalogue
    from audit.rule import Rule
    from schemas.letters import Letter

WIDTH = 100


def catalogue_lines(catalogue: Catalogue = OURS) -> str:
    """Every rule on a line: code, severity, standing, name, title."""
    return "\n".join(f"{rule.code}  {rule.severity:<8}  {rule.standing:<8}  {rule.name:<34}  {rule.title}" for rule in catalogue.rules)


def page(rule: Rule) -> str:
    """A rule's page."""
    why = textwrap.indent(rule.page, "  ")
    parts = [
        f"{rule.code} {rule.name}: {rule.title}",
        f"  severity {rule.severity}, confidence {rule.confidence}, standing {rule.standing}",
        "",
        why,
        "",
        *_wrapped("What to do", f"{rule.todo}. {rule.advice}"),
        *_wrapped("Source", "; ".join(_cited(clause) for clause in (rule.source, *rule.also))),
        *_wrapped("Money", ", ".join(rule.exposure) or "none counted"),
        *_wrapped("Needs", ", ".join(rule.needs)),
    ]
    for name in rule.letters:
        parts += _letter(LETTERS[name])
    if rule.limits:
        parts += ["  Parameters, under [limits] in order-audit.toml:", *(_limit_line(limit) for limit in rule.limits)]
    return "\n".join(parts)


RECIPIENTS = {"buyer": "to the buyer", "platform": "to customer service", "listing": "into the listing's remark"}


def _letter(letter: Letter) -> list[str]:
    """A text to paste, its facts named in brackets, and what it says."""
    french = [textwrap.fill(line, WIDTH, initial_indent="    ", subsequent_indent="    ") for line in form(letter).split("\n")]
    return [f"  Text to paste, {RECIPIENTS[letter.to]}:", *french, *_wrapped("It says", letter.meaning)]


def _cited(clause: Any) -> str:
    document = clause.document
    address = f", {document.address}" if document.address else ""
    return f"{clause} ({document.standing}; {document.seen}{address})"


def _wrapped(label: str, text: str) -> list[str]:
    return textwrap.wrap(
        f"{label}: {text}", WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False, break_long_words=False
    )


def _limit_line(limit: Any) -> str:
    text = f"{limit.name} = {shown(limit.default)} {limit.unit}: {limit.about} ({limit.standing}: {limit.source})"
    return textwrap.fill(text, WIDTH, initial_indent="    ", subsequent_indent="      ", break_on_hyphens=False)


def machine_catalogue(catalogue: Catalogue = OURS) -> dict[str, Any]:
    """The catalogue for machines; its JSON Schema ships as audit/rules.schema.json."""
    failed = [{"name": failure.name, "reason": str(failure.reason)} for failure in catalogue.failures]
    return {"version": 1, "rules": [_machine_rule(rule) for rule in catalogue.rules], "failed": failed}


def _machine_rule(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.title,
        "family": rule.family,
        "severity": rule.severity.value,
        "confidence": rule.confidence.value,
        "standing": rule.standing.value,
        "exposure": [kind.value for kind in rule.exposure],
        "fee_kind": rule.fee_kind,
        "subject": rule.subject.value,
        "needs": list(rule.needs),
        "after": list(rule.after),
        "sources": [_machine_clause(clause) for clause in (rule.source, *rule.also)],
        "limits": [_machine_limit(limit) for limit in rule.limits],
        "letters": [
            {"name": name, "to": LETTERS[name].to, "french": form(LETTERS[name]), "meaning": LETTERS[name].meaning} for name in rule.letters
        ],
        "todo": rule.todo,
        "advice": rule.advice,
        "page": rule.page,
    }


def _machine_clause(clause: Any) -> dict[str, str]:
    document = clause.document
    return {
        "title": document.title,
        "about": clause.about,
        "address": document.address,
        "seen": document.seen,
        "standing": document.standing.value,
    }


def _machine_limit(limit: Any) -> dict[str, Any]:
    default = list(limit.default) if isinstance(limit.default, tuple) else limit.default
    return {
        "name": limit.name,
        "default": default,
        "unit": limit.unit,
        "standing": limit.standing.value,
        "source": str(limit.source),
        "about": limit.about,
    }
