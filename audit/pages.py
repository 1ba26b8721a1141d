"""The catalogue and its pages in words, for a terminal and for machines."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from audit.catalogue import OURS
from audit.limits import shown
from audit.terminal import filled, wrapped
from schemas.language import ENGLISH
from schemas.letters import LETTERS, form
from schemas.text import VALUE, say

if TYPE_CHECKING:
    from audit.catalogue import Catalogue
    from audit.limits import Limit
    from audit.policy import Clause
    from audit.rule import Rule
    from schemas.language import Language
    from schemas.letters import Letter

WIDTH = 100
WORD, NAME = 8, 34
"""Columns of a terminal for a severity or standing, and for a rule's name."""

HEAD = "{code} {name}: {title:phrases}"
WEIGHT = "severity {severity:word}, confidence {confidence:word}, standing {standing:word}"
TODO = "What to do: {todo:phrases}. {advice:phrases}"
SOURCE = "Source: {clauses}"
CLAUSE = "{passage} ({standing:word}; {seen:phrases})"
CLAUSE_AT = "{passage} ({standing:word}; {seen:phrases}, {address})"
MONEY, NO_MONEY = "Money: {kinds:words}", "Money: none counted"
NEEDS = "Needs: {needs:words}"
PASTE = {
    "buyer": "Text to paste, to the buyer:",
    "platform": "Text to paste, to customer service:",
    "listing": "Text to paste, into the listing's remark:",
}
MEANING = "It says: {meaning:phrases}"
PARAMETERS = "Parameters, under [limits] in order-audit.toml:"
LIMIT = "{name} = {value} {unit:phrases}: {about:phrases} ({standing:word}: {source})"
LIMIT_BARE = "{name} = {value}: {about:phrases} ({standing:word}: {source})"


def catalogue_lines(catalogue: Catalogue = OURS, language: Language = ENGLISH) -> str:
    """Every rule on a line: code, severity, standing, name, title."""
    return "\n".join(_line(rule, language) for rule in catalogue.rules)


def _line(rule: Rule, language: Language) -> str:
    severity, standing = (filled(language.text(word, VALUE), WORD) for word in (rule.severity, rule.standing))
    return "  ".join((rule.code, severity, standing, filled(rule.name, NAME), language.text(rule.title)))


def page(rule: Rule, language: Language = ENGLISH) -> str:
    """A rule's page."""
    weight = {"severity": rule.severity, "confidence": rule.confidence, "standing": rule.standing}
    clauses = language.clauses([_cited(clause, language) for clause in (rule.source, *rule.also)])
    kinds = [language.text(kind, VALUE) for kind in rule.exposure]
    parts = [
        say(HEAD, {"code": rule.code, "name": rule.name, "title": rule.title}, language),
        "  " + say(WEIGHT, weight, language),
        "",
        textwrap.indent(language.text(rule.page), "  "),
        "",
        *_wrapped(say(TODO, {"todo": rule.todo, "advice": rule.advice}, language)),
        *_wrapped(say(SOURCE, {"clauses": clauses}, language)),
        *_wrapped(say(MONEY if kinds else NO_MONEY, {"kinds": kinds}, language)),
        *_wrapped(say(NEEDS, {"needs": list(rule.needs)}, language)),
    ]
    for name in rule.letters:
        parts += _letter(LETTERS[name], language)
    if rule.limits:
        parts += ["  " + language.text(PARAMETERS), *(line for limit in rule.limits for line in _limit_lines(limit, language))]
    return "\n".join(parts)


def _letter(letter: Letter, language: Language) -> list[str]:
    """A text to paste, its facts named in brackets, and what it says."""
    french = [textwrap.fill(line, WIDTH, initial_indent="    ", subsequent_indent="    ") for line in form(letter).split("\n")]
    return ["  " + language.text(PASTE[letter.to]), *french, *_wrapped(say(MEANING, {"meaning": letter.meaning}, language))]


def _cited(clause: Clause, language: Language) -> str:
    document = clause.document
    facts = {"passage": clause.said(language), "standing": document.standing, "seen": document.seen, "address": document.address}
    return say(CLAUSE_AT if document.address else CLAUSE, facts, language)


def _wrapped(text: str) -> list[str]:
    return wrapped(text, WIDTH, first="  ", rest="    ")


def _limit_lines(limit: Limit[Any], language: Language) -> list[str]:
    facts = {"name": limit.name, "value": shown(limit.default), "unit": limit.unit, "about": limit.about, "standing": limit.standing}
    counted = limit.unit and shown(limit.default)[-1:].isdigit()  # a list of words counts nothing
    text = say(LIMIT if counted else LIMIT_BARE, {**facts, "source": limit.source.said(language)}, language)
    return wrapped(text, WIDTH, first="    ", rest="      ")


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
