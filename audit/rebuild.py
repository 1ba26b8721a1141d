"""A saved run to its Outcome, whole or narrowed, without auditing again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from audit import exposure
from audit.errors import ConfigFault, nearest, unknown_rule
from audit.rules import RULES
from schemas.history import Lifecycle
from schemas.outcome import Exposures
from schemas.text import Message

if TYPE_CHECKING:
    import pandas as pd

    from schemas.outcome import Outcome

NARROWED = {
    (True, False): Message("Only findings of severity {severities:words} are shown and counted."),
    (False, True): Message("Only findings of {rules:words} are shown and counted."),
    (True, True): Message("Only findings of severity {severities:words} and of {rules:words} are shown and counted."),
}
"""What a narrowed report says of itself, by whether severities and rules were named."""


def narrow(outcome: Outcome, severities: Sequence[str], select: Sequence[str]) -> Outcome:
    """The outcome of some severities and of some rules (codes or prefixes) alone, its money counted anew over them; all where none is named."""
    if not severities and not select:
        return outcome
    codes = _meant(select, list(outcome.rules["code"]))
    findings = outcome.findings[outcome.findings["rule"].isin(codes)]
    if severities:
        findings = findings[findings["severity"].isin(severities)]
    findings = exposure.count_once(findings.reset_index(drop=True), RULES)
    told = NARROWED[bool(severities), bool(select)]._replace(facts={"severities": list(severities), "rules": list(select)})
    of_codes = outcome.absent["rule"].isin(codes)
    return replace(
        outcome,
        run=replace(outcome.run, narrowed=told),
        findings=findings,
        rules=outcome.rules[outcome.rules["code"].isin(codes)].reset_index(drop=True),
        brands=outcome.brands[_named(outcome.brands["rules"], set(findings["rule"]))].reset_index(drop=True),
        absent=outcome.absent[of_codes].reset_index(drop=True),
        recurring=outcome.recurring[outcome.recurring["rule"].isin(set(findings["rule"]))].reset_index(drop=True),
        lifecycle=outcome.lifecycle and Lifecycle(),
        exposure=_exposure(outcome, findings),
    )


def _meant(select: Sequence[str], known: Sequence[str]) -> frozenset[str]:
    """The rules of a saved run that some codes or prefixes mean, all where none is named; raises ConfigFault for one that means none."""
    wanted = [prefix.strip().upper() for prefix in select]
    for prefix in wanted:
        if not prefix or not any(code.startswith(prefix) for code in known):
            raise ConfigFault(unknown_rule(prefix), nearest(prefix, known))
    return frozenset(code for code in known if not wanted or code.startswith(tuple(wanted)))


def _named(cells: pd.Series[str], codes: set[str]) -> pd.Series[bool]:
    """The rows that name one of some rules."""
    return cells.fillna("").str.split(", ").map(lambda names: bool(codes & set(names))).astype(bool)


def _exposure(outcome: Outcome, findings: pd.DataFrame) -> Exposures:
    """The money at stake over some of a run's findings; the fixed fine is the run's."""
    return exposure.over(findings, RULES, outcome.exposure.fine_fixed)
