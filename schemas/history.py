"""What a history of nights remembers: the course of each finding, and the figures of each run."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """What has become of a finding since the nights before."""

    NEW = "new"  # never seen before
    OPEN = "open"  # seen before, and still there
    BACK = "back"  # had gone, and is there again
    WAIVED = "waived"  # there, and somebody has decided to live with it
    GONE = "gone"  # no longer there, though its rule ran and its rows were read
    OUT_OF_VIEW = "out_of_view"  # not there, and nobody can say whether it has gone


STANDING = (State.NEW, State.OPEN, State.BACK, State.WAIVED)
"""States of findings that tonight's report holds."""


class Lifecycle(NamedTuple):
    """How many findings are in each state tonight; those absent count while they are followed, see audit.nights.lifecycle."""

    new: int = 0
    open: int = 0
    back: int = 0
    gone: int = 0
    out_of_view: int = 0
    waived: int = 0


ABSENT: Mapping[str, str] = {
    "finding_id": "str",
    "rule": "str",
    "subject": "str",
    "purchase_id": "str",
    "item_id": "str",
    "sku": "str",
    "brand": "str",
    "occurred_at": "datetime64[us, UTC]",
    "tables": "str",
    "first_seen": "datetime64[us, UTC]",
    "opened_at": "datetime64[us, UTC]",
    "last_seen": "datetime64[us, UTC]",
    "state": "str",  # gone or out_of_view
}
"""Columns of the findings of nights before that tonight does not hold; one row a finding."""

KNOWN: Mapping[str, str] = ABSENT
"""Columns of all findings of nights before, each as it was last seen: ``state`` is any of State.

``tables``: the tables that held rows about its subject, comma-separated. ``opened_at``: when its present course began: first seen, or back.
"""

RECURRING: Mapping[str, str] = {
    "rule": "str",
    "times": "Int64",  # that occurred in the last 30 days
    "before": "Int64",  # that occurred in the 30 days before those; of the nights that the history remembers
}
"""Columns of how often each rule found something of late; one row a rule, waived findings aside."""

NIGHTS: Mapping[str, str] = {
    "run_id": "str",
    "as_of": "datetime64[us, UTC]",
    "new": "Int64",
    "before": "Int64",  # open or back: there from before
    "gone": "Int64",
    "waived": "Int64",
    "stake": "Int64",  # cents
    "exit_code": "Int64",
}
"""Columns of the figures of each night; one row a run, the earliest first."""
