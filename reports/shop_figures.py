"""Many shops' outcomes to the tables of their overview: pure pandas, no layout."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from reports import course, figures
from reports.spoken import spoken
from schemas.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas.language import Language
    from schemas.outcome import Outcome
    from schemas.shops import ShopNight

STATES = ("none", "bad", "mid", "good")
"""How a shop stands, the worst first: not audited, else as the badge of its Dashboard says."""

ACTION_COLUMNS = [
    "bucket",
    "due_local",
    "shop",
    "severity",
    "subject_text",
    "money",
    "todo",
    "codes",
    "when",
    "first",
    "rank",
    "deadline_at",
]


class Overview(NamedTuple):
    """A row a shop (worst first), a row a thing to do (most urgent first), a row a broken rule (most findings first); how many actions there are."""

    shops: pd.DataFrame
    actions: pd.DataFrame
    rules: pd.DataFrame
    every_action: int


def overview(nights: Iterable[ShopNight], language: Language, most: int) -> Overview:
    """The tables of some shops in a language, one shop's outcome in memory at a time; ``most``: actions to keep."""
    shops, actions, rules, every = [], [], [], 0
    for night in (_speaking(night, language) for night in nights):
        lines = None if night.outcome is None else _lines(night.outcome)
        shops.append(_shop(night, lines))
        if night.outcome is not None and lines is not None:
            every += len(lines)
            actions.append(lines.assign(shop=night.name).reindex(columns=ACTION_COLUMNS).head(most))
            rules.append(_rules(night.outcome).assign(shop=night.name))
    return Overview(_worst_first(pd.DataFrame(shops)), _most_urgent(actions, most), _by_rule(rules), every)


def _speaking(night: ShopNight, language: Language) -> ShopNight:
    """A shop's night in the language of the overview, whatever the shop's own report speaks."""
    if night.outcome is None:
        return night
    return night._replace(outcome=spoken(replace(night.outcome, run=replace(night.outcome.run, lang=language.code))))


def _lines(outcome: Outcome) -> pd.DataFrame:
    return figures.actions(figures.standing(figures.told(outcome)), outcome.notes, outcome.language)


def _shop(night: ShopNight, lines: pd.DataFrame | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "shop": night.name,
        "report": night.report,
        "exit_code": night.exit_code,
        "state": "none",
        "money": 0.0,
        "why": night.why,
    }
    if night.outcome is None or lines is None:
        return row
    return {**row, **_counts(night.outcome, lines), **_money(night.outcome)}


def _counts(outcome: Outcome, lines: pd.DataFrame) -> dict[str, Any]:
    active = figures.standing(figures.told(outcome))
    severities, buckets = active["severity"].value_counts(), lines["bucket"].value_counts()
    return {
        "state": figures.verdict(outcome, active, lines),
        "as_of": outcome.run.as_of,
        **{severity.value: int(severities.get(severity.value, 0)) for severity in Severity},
        "new": outcome.lifecycle.new if outcome.lifecycle is not None and course.compared(outcome) else None,
        **{bucket: int(buckets.get(bucket, 0)) for bucket in ("overdue", "today")},
        "blind": int((~outcome.rules["status"].isin(["found", "clean"])).sum()),
        "refused": int(outcome.inputs["quarantined"].sum()),
    }


def _money(outcome: Outcome) -> dict[str, float]:
    money = outcome.exposure
    return {"money": money.total / 100, "sale": money.sale / 100, "fee": money.fee / 100, "fine": (money.fine + money.fine_fixed) / 100}


def _worst_first(shops: pd.DataFrame) -> pd.DataFrame:
    placed = shops.assign(place=shops["state"].map(STATES.index))
    return placed.sort_values(["place", "money", "shop"], ascending=[True, False, True], kind="stable", ignore_index=True)


def _most_urgent(actions: list[pd.DataFrame], most: int) -> pd.DataFrame:
    if not actions:
        return pd.DataFrame(columns=ACTION_COLUMNS)
    every = pd.concat([lines for lines in actions if len(lines)] or actions[:1], ignore_index=True)
    when = pd.Categorical(every["bucket"], figures.BUCKETS, ordered=True)
    ordered = every.assign(when=when).sort_values(
        ["when", "first", "deadline_at", "rank", "money", "shop"], ascending=[True, True, True, True, False, True], kind="stable"
    )
    return ordered.head(most).reset_index(drop=True)


def _rules(outcome: Outcome) -> pd.DataFrame:
    """A row a rule that has found something that nobody waived: its findings and euros."""
    active = figures.standing(figures.told(outcome))
    by_rule = active.groupby("rule")
    found = pd.DataFrame({"found": by_rule.size(), "money": by_rule["money"].sum()})
    return outcome.rules.set_index("code")[["title", "severity", "standing"]].join(found, how="inner").rename_axis("code").reset_index()


def _by_rule(rules: list[pd.DataFrame]) -> pd.DataFrame:
    """Over all shops: findings, how many shops, euros, and the shop with the most findings."""
    columns = ["code", "title", "severity", "standing", "found", "money", "shop"]
    every = pd.concat([table for table in rules if len(table)] or [pd.DataFrame(columns=columns)], ignore_index=True)
    most = every.sort_values(["found", "shop"], ascending=[False, True], kind="stable").drop_duplicates("code").set_index("code")
    by_rule = every.groupby("code", sort=False)
    summed = pd.DataFrame({"found": by_rule["found"].sum(), "shops": by_rule.size(), "money": by_rule["money"].sum()})
    joined = most[["title", "severity", "standing", "shop"]].join(summed).reset_index()
    return joined.sort_values(["found", "code"], ascending=[False, True], kind="stable", ignore_index=True)
