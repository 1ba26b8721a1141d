"""The history of nights in an SQLite file: what each run found, and what people wrote beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from audit.errors import FileFault
from audit.nights.lifecycle import Memory
from schemas.history import ABSENT, NIGHTS, Lifecycle, State
from schemas.notes import NOTES
from schemas.shape import prove
from schemas.text import Message

if TYPE_CHECKING:
    from pathlib import Path

    from schemas.outcome import Outcome

VERSION = 1
"""Of the tables below; a file of a later version is left alone."""

TABLES = """
CREATE TABLE runs (
    number INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL UNIQUE,
    as_of TEXT NOT NULL,
    program_version TEXT NOT NULL,
    exit_code INTEGER NOT NULL,
    stake INTEGER NOT NULL,
    new INTEGER NOT NULL, open INTEGER NOT NULL, back INTEGER NOT NULL,
    gone INTEGER NOT NULL, out_of_view INTEGER NOT NULL, waived INTEGER NOT NULL
);
CREATE TABLE inputs (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    file TEXT NOT NULL, sheet TEXT NOT NULL, held TEXT NOT NULL, sha256 TEXT NOT NULL, rows INTEGER NOT NULL,
    PRIMARY KEY (run, file, sheet)
) WITHOUT ROWID;
CREATE TABLE findings (
    number INTEGER PRIMARY KEY,
    finding_id TEXT NOT NULL UNIQUE,
    rule TEXT NOT NULL, subject TEXT NOT NULL, purchase_id TEXT, item_id TEXT, sku TEXT, brand TEXT
);
CREATE TABLE sightings (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    finding INTEGER NOT NULL REFERENCES findings,
    state TEXT NOT NULL, severity TEXT, occurred_at TEXT, tables TEXT NOT NULL,
    first_seen TEXT NOT NULL, opened_at TEXT NOT NULL, last_seen TEXT NOT NULL, stake INTEGER,
    PRIMARY KEY (run, finding)
) WITHOUT ROWID;
CREATE TABLE notes (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    key TEXT NOT NULL, owner TEXT, state TEXT, note TEXT,
    PRIMARY KEY (run, key)
) WITHOUT ROWID;
CREATE TABLE books (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (run, sha256)
) WITHOUT ROWID;
CREATE INDEX sightings_by_finding ON sightings (finding, run);
"""

LATEST = """
SELECT f.finding_id, f.rule, f.subject, f.purchase_id, f.item_id, f.sku, f.brand, s.occurred_at, s.tables, s.first_seen, s.opened_at,
       s.last_seen, s.state, max(r.as_of || '/' || printf('%012d', r.number)) AS place
FROM sightings s JOIN runs r ON r.number = s.run JOIN findings f ON f.number = s.finding
WHERE r.as_of < :as_of
GROUP BY s.finding
ORDER BY f.finding_id
"""
"""Each finding as it was last seen before an instant; SQLite takes a group's other columns from the row of its greatest."""

RUNS = """
SELECT run_id, as_of, new, open + back AS before, gone, waived, stake, exit_code FROM runs WHERE as_of < :as_of ORDER BY as_of, number
"""
END_OF_TIME = "9999"
TIMES = ("occurred_at", "first_seen", "opened_at", "last_seen")


class Input(NamedTuple):
    """One file and sheet that an earlier run read; ``held``: its tables, comma-separated."""

    as_of: str
    file: str
    sheet: str
    held: str
    sha256: str
    rows: int


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The history, made where there is none; raises FileFault where the file is something else, or of a later version."""
    fresh = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    with _telling(path), closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as connection:
        if fresh:
            path.chmod(0o600)
        _prepare(connection, path)
        yield connection


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        wrong = Message("can't be used as a history ({error}).", {"error": str(error)})
        raise FileFault(str(path), wrong, "Name another file with --history, or move this one away.") from error


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        wrong = Message("was written by a later order-audit (version {version} of its tables).", {"version": version})
        raise FileFault(str(path), wrong, "Use that one, or name another file.")
    if version == 0:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise FileFault(str(path), "is a database, but no history of order-audit.", "Name another file with --history.")
        connection.executescript(f"BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = {VERSION}; COMMIT;")


def recall(connection: sqlite3.Connection, as_of: pd.Timestamp) -> Memory:
    """What the nights before an instant hold."""
    known = pd.read_sql_query(LATEST, connection, params={"as_of": as_of.isoformat()}, dtype="object")
    nights = pd.read_sql_query(RUNS, connection, params={"as_of": as_of.isoformat()}, dtype="object")
    return Memory(_typed(known[list(ABSENT)], ABSENT), _typed(nights, NIGHTS))


def _typed(rows: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    times = [name for name, dtype in columns.items() if dtype.startswith("datetime")]
    rows = rows.assign(**{name: pd.to_datetime(rows[name], utc=True).dt.as_unit("us") for name in times})
    return prove(rows.astype({name: dtype for name, dtype in columns.items() if name not in times}), columns)


def notes_of(connection: sqlite3.Connection, run_id: str) -> pd.DataFrame:
    """The notes that a run's workbook was issued with, as schemas.notes.NOTES declares them; none for an unknown run."""
    query = "SELECT n.key, n.owner, n.state, n.note FROM notes n JOIN runs r ON r.number = n.run WHERE r.run_id = ? ORDER BY n.key"
    return _typed(pd.read_sql_query(query, connection, params=(run_id,), dtype="object"), NOTES)


def latest_run(connection: sqlite3.Connection) -> str:
    """The run that was written last; blank where there is none."""
    row = connection.execute("SELECT run_id FROM runs ORDER BY number DESC LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def books_read(connection: sqlite3.Connection, run_id: str) -> frozenset[str]:
    """Hashes of the workbooks whose notes other runs have read already."""
    query = "SELECT DISTINCT b.sha256 FROM books b JOIN runs r ON r.number = b.run WHERE r.run_id <> ?"
    return frozenset(row[0] for row in connection.execute(query, (run_id,)))


def inputs_before(connection: sqlite3.Connection, as_of: pd.Timestamp, runs: int) -> list[Input]:
    """The inputs of the last runs before an instant, the latest run first."""
    rows = connection.execute(
        "SELECT r.as_of, i.file, i.sheet, i.held, i.sha256, i.rows FROM inputs i JOIN runs r ON r.number = i.run WHERE r.number IN "
        "(SELECT number FROM runs WHERE as_of < ? ORDER BY as_of DESC, number DESC LIMIT ?) ORDER BY r.as_of DESC, i.file, i.sheet",
        (as_of.isoformat(), runs),
    )
    return [Input(*row) for row in rows]


def record(connection: sqlite3.Connection, outcome: Outcome, books: Iterable[str] = ()) -> None:
    """Write a run in one transaction; the same run written again replaces itself. ``books``: hashes of the workbooks it took notes from."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("DELETE FROM runs WHERE run_id = ?", (outcome.run.run_id,))
        number = _record_run(connection, outcome)
        _record_inputs(connection, number, outcome)
        _record_sightings(connection, number, _sightings(outcome))
        _record_notes(connection, number, outcome.notes)
        connection.executemany("INSERT INTO books VALUES (?, ?)", [(number, digest) for digest in sorted(set(books))])
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _record_run(connection: sqlite3.Connection, outcome: Outcome) -> int:
    run, as_of = outcome.run, pd.Timestamp(outcome.run.as_of).tz_convert("UTC").isoformat()
    counts = outcome.lifecycle or Lifecycle()
    values = (run.run_id, as_of, run.version, run.exit_code, outcome.exposure.total, *counts)
    names = ", ".join(("run_id", "as_of", "program_version", "exit_code", "stake", *counts._fields))
    marks = ", ".join("?" * len(values))
    row = connection.execute(f"INSERT INTO runs ({names}) VALUES ({marks})", values)  # noqa: S608 - names of our own
    if row.lastrowid is None:
        raise AssertionError("SQLite gave the run no number")
    return row.lastrowid


def _record_inputs(connection: sqlite3.Connection, number: int, outcome: Outcome) -> None:
    inputs = outcome.inputs[["file", "sheet", "table", "sha256", "rows"]].astype(object)
    inputs = inputs.where(inputs.notna(), "")
    rows = [(number, *values) for values in inputs.itertuples(index=False, name=None)]
    connection.executemany("INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?, ?, ?)", rows)


def _sightings(outcome: Outcome) -> pd.DataFrame:
    """Tonight's findings and the absent ones in one table, times as text."""
    findings = outcome.findings
    here = findings.assign(
        last_seen=pd.Timestamp(outcome.run.as_of).tz_convert("UTC"),
        stake=findings[["counted_sale", "counted_fee", "counted_fine"]].sum(axis=1),
    )
    every = pd.concat([here[[*ABSENT, "severity", "stake"]], outcome.absent], ignore_index=True)
    text = {name: every[name].map(lambda instant: instant.isoformat(), na_action="ignore") for name in TIMES}
    plain = every.assign(**text).astype(object)
    return plain.where(plain.notna(), None)


def _record_sightings(connection: sqlite3.Connection, number: int, rows: pd.DataFrame) -> None:
    named = rows[["finding_id", "rule", "subject", "purchase_id", "item_id", "sku", "brand"]]
    connection.executemany(
        "INSERT INTO findings (finding_id, rule, subject, purchase_id, item_id, sku, brand) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (finding_id) DO NOTHING",
        named.itertuples(index=False, name=None),
    )
    seen = rows[["state", "severity", "occurred_at", "tables", "first_seen", "opened_at", "last_seen", "stake", "finding_id"]]
    connection.executemany(
        "INSERT INTO sightings SELECT ?, number, ?, ?, ?, ?, ?, ?, ?, ? FROM findings WHERE finding_id = ?",
        [(number, *values) for values in seen.itertuples(index=False, name=None)],
    )


def _record_notes(connection: sqlite3.Connection, number: int, notes: pd.DataFrame) -> None:
    plain = notes[list(NOTES)].astype(object).where(notes.notna(), None)
    rows = [(number, *values) for values in plain.itertuples(index=False, name=None)]
    connection.executemany("INSERT INTO notes VALUES (?, ?, ?, ?, ?)", rows)


def nights(connection: sqlite3.Connection) -> pd.DataFrame:
    """Every run, as schemas.history.NIGHTS declares it, the earliest first."""
    return _typed(pd.read_sql_query(RUNS, connection, params={"as_of": END_OF_TIME}, dtype="object"), NIGHTS)


def findings_of(connection: sqlite3.Connection, run_id: str) -> dict[str, dict[str, Any]]:
    """What a run found, by finding_id: rule, subject, state, severity and stake."""
    rows = connection.execute(
        "SELECT f.finding_id, f.rule, f.subject, s.state, s.severity, s.stake FROM sightings s JOIN findings f ON f.number = s.finding "
        "JOIN runs r ON r.number = s.run WHERE r.run_id = ? AND s.state NOT IN (?, ?)",
        (run_id, State.GONE, State.OUT_OF_VIEW),
    )
    return {row[0]: dict(zip(("rule", "subject", "state", "severity", "stake"), row[1:], strict=True)) for row in rows}


def prune(connection: sqlite3.Connection, keep: int) -> int:
    """Forget all but the last so many runs, keeping what is still unsettled known; how many runs went."""
    gone = [row[0] for row in connection.execute("SELECT number FROM runs ORDER BY as_of DESC, number DESC LIMIT -1 OFFSET ?", (keep,))]
    if not gone:
        return 0
    connection.execute("BEGIN IMMEDIATE")
    _forget(connection, gone)
    connection.execute("COMMIT")
    connection.execute("VACUUM")
    return len(gone)


def _forget(connection: sqlite3.Connection, runs: Sequence[int]) -> None:
    connection.executemany("DELETE FROM runs WHERE number = ?", [(number,) for number in runs])
    connection.execute("DELETE FROM findings WHERE number NOT IN (SELECT finding FROM sightings)")
