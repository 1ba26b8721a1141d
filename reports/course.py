"""The nights behind tonight: what is new since the last run, the trend, and what keeps happening."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from schemas.history import State

if TYPE_CHECKING:
    from schemas.outcome import Outcome

LISTED, CHARTED, WEEK = 30, 14, 7
"""Nights that the sheet Run lists, that the charts show, and that an average spans."""


class Pace(NamedTuple):
    """New findings a night, over the last week and over the week before."""

    lately: float
    before: float


def compared(outcome: Outcome) -> bool:
    """Whether there is a night to compare with: a history that remembers one, and a report on all findings."""
    return outcome.lifecycle is not None and len(outcome.nights) > 0 and outcome.run.narrowed is None


def change(outcome: Outcome) -> float:
    """By how many euros more is at stake than on the last run."""
    return (outcome.exposure.total - int(outcome.nights["stake"].iloc[-1])) / 100


def nights(outcome: Outcome) -> pd.DataFrame:
    """Each night by its last run, tonight last: day (shop time), before, new, gone, and euros at stake; none without a history."""
    if outcome.lifecycle is None or outcome.run.narrowed is not None:
        return pd.DataFrame(columns=["day", "before", "new", "gone", "stake"])
    course, run = outcome.lifecycle, outcome.run
    tonight = {"before": course.open + course.back, "new": course.new, "gone": course.gone, "stake": outcome.exposure.total}
    days = pd.DatetimeIndex([*outcome.nights["as_of"], pd.Timestamp(run.as_of)], tz="UTC").tz_convert(run.zone).tz_localize(None)
    rows = [*outcome.nights[list(tonight)].astype("int64").to_dict("records"), tonight]
    table = pd.DataFrame(rows).assign(day=days.normalize(), stake=lambda rows: rows["stake"] / 100)
    return table.drop_duplicates("day", keep="last").tail(LISTED).reset_index(drop=True)


def pace(table: pd.DataFrame) -> Pace | None:
    """How many are new a night; None before there are two whole weeks."""
    if len(table) <= 2 * WEEK:  # on its first night a history finds everything new
        return None
    new = table["new"].tail(2 * WEEK)
    return Pace(float(new.tail(WEEK).mean()), float(new.head(WEEK).mean()))


def new_by_severity(table: pd.DataFrame) -> pd.Series:
    """How many findings of each severity are new."""
    return table.loc[table["state"] == State.NEW, "severity"].value_counts()


def frequent(outcome: Outcome, table: pd.DataFrame, most: int = 6) -> pd.DataFrame:
    """The rules that found most in thirty days: times, before, title, standing, and the euros that they count tonight."""
    money = table.groupby("rule")["money"].sum()
    rows = outcome.recurring[outcome.recurring["times"] > 0].merge(outcome.rules, left_on="rule", right_on="code")
    ordered = rows.sort_values(["times", "code"], ascending=[False, True], kind="stable", ignore_index=True).head(most)
    return ordered.assign(money=ordered["code"].map(money).fillna(0.0).astype("float64"))
