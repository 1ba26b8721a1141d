"""The catalogue of one run: our rules and a user's own, every limit by name, and which of the rules a run selects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from audit.errors import ConfigFault, nearest, unknown_rule
from audit.limits import CLAIM_DAYS, CLAIM_DAYS_UNDELIVERED, FIXED_FINE
from audit.rules import RULES
from schemas.findings import FAMILIES

if TYPE_CHECKING:
    from audit.limits import Limit
    from audit.rule import Rule
    from schemas.text import Message

OWN_FAMILIES = frozenset(family.code for family in FAMILIES)
"""Families whose rules are the program's; a user's rules have families of their own."""


class Failure(NamedTuple):
    """Rules of a user that could not be taken in: the name of their file, entry point or rule; what that is; and why."""

    name: str
    title: str
    reason: Message


@dataclass(frozen=True)
class Catalogue:
    """The rules of one run, in the order in which they are run and shown.

    ``failures``: a user's rules that are not among them. ``files``: where those were looked for; None where nobody has looked.
    """

    rules: tuple[Rule, ...] = RULES
    failures: tuple[Failure, ...] = ()
    files: tuple[str, ...] | None = None

    @cached_property
    def by_code(self) -> dict[str, Rule]:
        """Every rule by its code."""
        return {rule.code: rule for rule in self.rules}

    @cached_property
    def by_name(self) -> dict[str, Rule]:
        """Every rule by its name."""
        return {rule.name: rule for rule in self.rules}

    @cached_property
    def limits(self) -> dict[str, Limit[Any]]:
        """Every limit that a rule, the books or the money use, by name."""
        own = (limit for rule in self.rules for limit in rule.limits)
        return {limit.name: limit for limit in (*own, CLAIM_DAYS, CLAIM_DAYS_UNDELIVERED, FIXED_FINE)}

    @property
    def added(self) -> tuple[str, ...]:
        """What a user's own rules add to ours: their codes, and the names of those that failed."""
        return (*(rule.code for rule in self.rules if rule.family not in OWN_FAMILIES), *(failure.name for failure in self.failures))

    def selected(self, select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
        """Codes of the rules to report; raises ConfigFault for a code or prefix that means no rule."""
        wanted = tuple(select)
        return (self.expand(wanted) if wanted else frozenset(self.by_code)) - self.expand(ignore)

    def expand(self, codes: Iterable[str]) -> frozenset[str]:
        """The rules that some codes or prefixes mean."""
        return frozenset(code for prefix in codes for code in self._meant(prefix.strip().upper()))

    def _meant(self, prefix: str) -> list[str]:
        meant = [code for code in self.by_code if prefix and code.startswith(prefix)]
        if not meant and not self.lost(prefix):
            raise ConfigFault(unknown_rule(prefix), nearest(prefix, self.by_code))
        return meant

    def lost(self, name: str) -> bool:
        """Whether an unknown code or limit may be one of the rules that failed, which must not stop the others."""
        return bool(self.failures) and bool(name) and name[:3].upper() not in OWN_FAMILIES

    def find(self, code: str) -> Rule:
        """The rule of a code or name; raises ConfigFault with the nearest valid one."""
        rule = self.by_code.get(code.upper()) or self.by_name.get(code.lower())
        if rule is None:
            raise ConfigFault(unknown_rule(code), nearest(code.upper(), self.by_code))
        return rule


OURS = Catalogue()
"""The rules that come with the program."""
