"""What people write beside the actions: owner, state and note of each line."""

from __future__ import annotations

from collections.abc import Mapping

NOTES: Mapping[str, str] = {
    "key": "str",  # the line's finding_id, or H- and the rule's code for a habit
    "owner": "str",
    "state": "str",  # one of TODO_STATES, or what somebody typed instead
    "note": "str",
}
"""Columns of the table of notes; one row a line on which somebody wrote; blank fields are missing."""

TODO, DOING, DONE, WONT_FIX = "todo", "doing", "done", "wont_fix"
TODO_STATES = (TODO, DOING, DONE, WONT_FIX)
"""States of a line, the first where nobody has said another."""

WRITTEN = ("owner", "state", "note")
"""The columns that people fill in."""
