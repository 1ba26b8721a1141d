"""What has become of each finding since the nights before: new, open, back, waived; gone, or out of view."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from audit.books.view import in_view, tables_about
from schemas.findings import FINDINGS, Status
from schemas.history import ABSENT, NIGHTS, STANDING, Lifecycle, State
from schemas.shape import empty, prove

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from audit.books.books import Books
    from audit.findings import Verdict
    from audit.rule import Rule

VIEW_DAYS = timedelta(days=30)
"""How long a finding stays out of view before it is no longer followed; as long as a buyer may claim what never arrived."""


class Memory(NamedTuple):
    """What the nights before hold: every finding as it was last seen (schemas.history.KNOWN), and each night's figures (NIGHTS)."""

    known: pd.DataFrame
    nights: pd.DataFrame

    @classmethod
    def blank(cls) -> Memory:
        """A history without a night."""
        return cls(empty(ABSENT), empty(NIGHTS))


class Course(NamedTuple):
    """Tonight's findings with what the nights before say of them; those that are absent (schemas.history.ABSENT); the counts, if any are known."""

    findings: pd.DataFrame
    absent: pd.DataFrame
    counts: Lifecycle | None


def follow(findings: pd.DataFrame, memory: Memory, verdicts: Mapping[str, Verdict], rules: Iterable[Rule], books: Books) -> Course:
    """Hold tonight's findings against what the nights before knew; ``findings`` already carry the state waived."""
    before = memory.known.set_index("finding_id").reindex(findings["finding_id"]).set_axis(findings.index)
    again = before["state"] == State.GONE
    state = before["state"].notna().map({True: State.OPEN.value, False: State.NEW.value}).mask(again, State.BACK.value)
    opened = before["opened_at"].mask(again).fillna(books.as_of)
    told = findings.assign(
        state=findings["state"].where(findings["state"] == State.WAIVED, state),
        first_seen=before["first_seen"].fillna(books.as_of),
        opened_at=opened,
        nights_open=_nights(opened, books),
        tables=tables_about(books, findings),
    )
    absent = _absent(memory.known, findings, verdicts, rules, books)
    return Course(prove(told, FINDINGS), absent, _counts(told, absent))


def _nights(opened: pd.Series[pd.Timestamp], books: Books) -> pd.Series[int]:
    """Nights from the first one to tonight, both counted, by the days of the shop."""
    days = opened.dt.tz_convert(books.config.zone).dt.tz_localize(None).dt.normalize()
    tonight = books.as_of.tz_convert(books.config.zone).tz_localize(None).normalize()
    return ((tonight - days).dt.days + 1).astype("Int64")


def _absent(
    known: pd.DataFrame, findings: pd.DataFrame, verdicts: Mapping[str, Verdict], rules: Iterable[Rule], books: Books
) -> pd.DataFrame:
    """The findings that stood when they were last seen and are not there tonight, gone or out of view."""
    unsettled = known["state"].isin([*STANDING, State.OUT_OF_VIEW]) & (known["last_seen"] >= books.as_of - VIEW_DAYS)
    rows = known[unsettled & ~known["finding_id"].isin(findings["finding_id"])]
    gone = pd.Series(data=False, index=rows.index)
    for rule in rules:
        own = rows[rows["rule"] == rule.code]
        if len(own) and verdicts[rule.code].status in (Status.CLEAN, Status.FOUND):
            needs = {need.partition(".")[0] for need in rule.needs}
            gone.loc[own.index] = in_view(books, own, needs)
    state = gone.map({True: State.GONE.value, False: State.OUT_OF_VIEW.value}).astype("str")
    return prove(rows.assign(state=state), ABSENT)


def _counts(findings: pd.DataFrame, absent: pd.DataFrame) -> Lifecycle:
    here, away = findings["state"].value_counts(), absent["state"].value_counts()
    return Lifecycle(
        **{state.value: int(here.get(state.value, 0)) for state in STANDING},
        **{state.value: int(away.get(state.value, 0)) for state in (State.GONE, State.OUT_OF_VIEW)},
    )
