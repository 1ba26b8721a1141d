"""The catalogue: every rule by code and every limit by name, and which of them a run selects."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from audit.config import nearest
from audit.errors import ConfigFault
from audit.limits import CLAIM_DAYS, CLAIM_DAYS_UNDELIVERED, FIXED_FINE
from audit.rules import RULES

if TYPE_CHECKING:
    from audit.limits import Limit
    from audit.rule import Rule


@cache
def rules_by_code() -> dict[str, Rule]:
    """Every rule by its code, in the order of the catalogue."""
    return {rule.code: rule for rule in RULES}


@cache
def limits_by_name() -> dict[str, Limit[Any]]:
    """Every limit that a rule, the books or the money use, by name, in the order of the catalogue."""
    own = (limit for rule in RULES for limit in rule.limits)
    return {limit.name: limit for limit in (*own, CLAIM_DAYS, CLAIM_DAYS_UNDELIVERED, FIXED_FINE)}


def selected(select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """Codes of the rules to report; raises ConfigFault for a code or prefix that means no rule."""
    wanted, unwanted = expand(select), expand(ignore)
    return frozenset(wanted or rules_by_code()) - unwanted


def expand(codes: Iterable[str]) -> frozenset[str]:
    """The rules that some codes or prefixes mean."""
    return frozenset(code for prefix in codes for code in _meant(prefix.strip().upper()))


def _meant(prefix: str) -> list[str]:
    meant = [code for code in rules_by_code() if prefix and code.startswith(prefix)]
    if not meant:
        raise ConfigFault(f"unknown rule {prefix or '(blank)'}.", nearest(prefix, rules_by_code()))
    return meant


def find(code: str) -> Rule:
    """The rule of a code or name; raises ConfigFault with the nearest valid one."""
    by_name = {rule.name: rule for rule in RULES}
    rule = rules_by_code().get(code.upper()) or by_name.get(code.lower())
    if rule is None:
        raise ConfigFault(f"unknown rule {code}.", nearest(code.upper(), rules_by_code()))
    return rule
