"""What a user's rule must be like to join the catalogue; ours are held to it by their tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from audit.catalogue import OWN_FAMILIES, Catalogue
from audit.limits import Limit
from audit.policy import Clause
from schemas.findings import Confidence, Exposure, Severity, Subject
from schemas.letters import LETTERS
from schemas.tables import TABLES
from schemas.text import Message

if TYPE_CHECKING:
    from audit.rule import Rule

CODE = re.compile("[A-Z]{3}[0-9]{3}")
NAME = re.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*")
PARAMETER = re.compile("[a-z][a-z0-9_]*")
PAGE = ("Why:", "Breach:", "Fine:")

KINDS: Mapping[str, type] = {
    "code": str,
    "name": str,
    "title": str,
    "severity": Severity,
    "confidence": Confidence,
    "source": Clause,
    "subject": Subject,
    "todo": str,
    "advice": str,
    "fee_kind": str,
    "within": str,
    "habit": bool,
    "returns": bool,
    "past_counts": bool,
}
"""What each fact of a rule must be."""

SEVERAL: Mapping[str, type] = {"exposure": Exposure, "needs": str, "after": str, "limits": Limit, "letters": str, "also": Clause}
"""What each must be a tuple of."""


def objection(rule: Rule, before: Sequence[Rule]) -> Message | None:
    """Why a rule can't join those that stand before it; None where it can."""
    known = Catalogue(tuple(before))
    for check in (_kinds, _words):
        if found := next(check(rule), None):
            return found
    return next(_collisions(rule, known), None) or next(_references(rule, known), None) or next(_parameters(rule, known), None)


def _kinds(rule: Rule) -> Iterator[Message]:
    """Facts that are of another kind than they must be."""
    for fact, kind in KINDS.items():
        value = getattr(rule, fact)
        if not isinstance(value, kind):
            yield _takes(fact, value, kind.__name__)
        elif value == "" and fact != "fee_kind":
            yield Message("its {fact} is blank", {"fact": fact})
    for fact, kind in SEVERAL.items():
        values = getattr(rule, fact)
        if not isinstance(values, tuple) or not all(isinstance(value, kind) for value in values):
            yield _takes(fact, values, f"tuple of {kind.__name__}")


def _takes(fact: str, value: Any, kind: str) -> Message:
    return Message("its {fact} is {value}; it takes a {kind}", {"fact": fact, "value": repr(value), "kind": kind})


def _words(rule: Rule) -> Iterator[Message]:
    """Codes, names and pages that are not written as they must be."""
    if not CODE.fullmatch(rule.code):
        yield Message("its code {code} is not three capital letters and three digits", {"code": rule.code})
    if not NAME.fullmatch(rule.name):
        yield Message("its name {name} is not small letters, digits and hyphens", {"name": rule.name})
    places = [rule.page.find(word) for word in PAGE]
    if places[0] < 1 or places != sorted(places):
        yield Message("its page lacks a first sentence, then {words:words} in that order", {"words": list(PAGE)})


def _collisions(rule: Rule, known: Catalogue) -> Iterator[Message]:
    """What another rule has already."""
    if other := known.by_code.get(rule.code):
        yield Message("its code {code} is that of the rule {name}", {"code": rule.code, "name": other.name})
    if rule.family in OWN_FAMILIES:
        yield Message("its code {code} is of a family of the program; take three other letters", {"code": rule.code})
    if other := known.by_name.get(rule.name):
        yield Message("its name {name} is that of the rule {code}", {"name": rule.name, "code": other.code})


def _references(rule: Rule, known: Catalogue) -> Iterator[Message]:
    """Rules, texts, tables and columns that it names, and that there are not."""
    for code in rule.after:
        if code not in known.by_code:
            yield Message("it looks at {code}, which no rule before it is", {"code": code})
    for name in rule.letters:
        if name not in LETTERS:
            yield Message("it names the text {name}, which there is not", {"name": name})
    for need in rule.needs:
        table, _, column = need.partition(".")
        if table not in TABLES or (column and column not in {each.name for each in TABLES[table].columns}):
            yield Message("it needs {need}, which is no table or column", {"need": need})


def _parameters(rule: Rule, known: Catalogue) -> Iterator[Message]:
    """Parameters that can't be set, or not told apart."""
    for limit in rule.limits:
        if not PARAMETER.fullmatch(limit.name):
            yield Message("its parameter {name} is not small letters, digits and underscores", {"name": limit.name})
        if isinstance(limit.default, bool) or not isinstance(limit.default, int | float | tuple | dict):
            yield _takes(f"parameter {limit.name}", limit.default, "number, tuple or dict")
        if known.limits.get(limit.name, limit) != limit:
            yield Message("its parameter {name} is that of another rule, and differs from it", {"name": limit.name})
