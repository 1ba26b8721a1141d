"""How often each rule found something of late."""

import pandas as pd

from audit.nights import recurrence
from audit.nights.lifecycle import Memory
from schemas.findings import FINDINGS
from schemas.history import KNOWN, State
from schemas.shape import empty

AS_OF = pd.Timestamp("2026-11-23T05:00Z")
SECOND = pd.Timedelta(seconds=1)
DAYS = pd.Timedelta(days=1)


def rows(columns, *given):
    """Findings of one rule: key, when it occurred, when first seen, state."""
    table = pd.DataFrame(given, columns=["finding_id", "occurred_at", "first_seen", "state"]).assign(rule="CNF002")
    return table.reindex(columns=list(columns)).astype(dict(columns))


def test_each_finding_counts_in_the_thirty_days_in_which_it_occurred():
    """Just within 30 days it is of late, exactly 30 days ago before; exactly 60 days ago neither; a waived one never."""
    findings = rows(
        FINDINGS,
        ("a", AS_OF - 30 * DAYS + SECOND, AS_OF, State.NEW),
        ("b", AS_OF - 30 * DAYS, AS_OF, State.OPEN),
        ("c", AS_OF - 60 * DAYS + SECOND, AS_OF, State.OPEN),
        ("d", AS_OF - 60 * DAYS, AS_OF, State.OPEN),
        ("e", AS_OF, AS_OF, State.WAIVED),
    )
    table = recurrence.table(findings, Memory.blank(), ["CNF001", "CNF002"], AS_OF)

    assert [("CNF001", 0, 0), ("CNF002", 1, 2)] == list(table.itertuples(index=False, name=None))


def test_findings_of_nights_before_count_once():
    """One that is gone counts, one that is there still counts once; without a time of its own the night counts on which it was first seen."""
    findings = rows(FINDINGS, ("a", AS_OF, AS_OF, State.OPEN))
    known = rows(KNOWN, ("a", AS_OF, AS_OF, State.NEW), ("b", pd.NaT, AS_OF - 40 * DAYS, State.GONE), ("c", AS_OF, AS_OF, State.GONE))
    table = recurrence.table(findings, Memory(known, empty({})), ["CNF002"], AS_OF)

    assert [("CNF002", 2, 1)] == list(table.itertuples(index=False, name=None))
