"""What was sent to whom, in the history of nights: so that each finding is told once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3

    import pandas as pd

TABLE = """
CREATE TABLE IF NOT EXISTS notices (
    address TEXT NOT NULL,
    finding INTEGER NOT NULL REFERENCES findings ON DELETE CASCADE,
    opened_at TEXT NOT NULL, sent INTEGER NOT NULL,
    PRIMARY KEY (address, finding, opened_at)
) WITHOUT ROWID;
"""
"""``address``: a hash, for an address is a key to something. ``opened_at``: a finding that is back opens anew. ``sent``: 0 where it failed."""


class Course(NamedTuple):
    """A finding in one of its courses: from when it is first seen, or back, until it is gone."""

    finding_id: str
    opened_at: str


def courses(findings: pd.DataFrame) -> list[Course]:
    """The course of each finding, in their order."""
    opened = findings["opened_at"].map(lambda instant: instant.isoformat())
    return [Course(*course) for course in zip(findings["finding_id"], opened, strict=True)]


def known(connection: sqlite3.Connection, address: str) -> dict[Course, bool]:
    """What an address was to be sent, and whether it was."""
    connection.execute(TABLE)
    rows = connection.execute(
        "SELECT f.finding_id, n.opened_at, n.sent FROM notices n JOIN findings f ON f.number = n.finding WHERE n.address = ?",
        (key(address),),
    )
    return {Course(finding, opened): bool(sent) for finding, opened, sent in rows}


def remember(connection: sqlite3.Connection, address: str, told: Iterable[Course], *, sent: bool) -> None:
    """Keep in one transaction that an address was sent some courses, or that it failed."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.executemany(
            "INSERT OR REPLACE INTO notices SELECT ?, number, ?, ? FROM findings WHERE finding_id = ?",
            [(key(address), course.opened_at, int(sent), course.finding_id) for course in told],
        )
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def key(address: str) -> str:
    """What stands for an address in the history."""
    return hashlib.sha256(address.encode()).hexdigest()
