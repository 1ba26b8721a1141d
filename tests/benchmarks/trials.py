"""What is measured: exports made once, and the commands that are run on them in turns."""

from __future__ import annotations

import csv
import hashlib
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
DATA = HERE / "data"
OURS = str(Path(sys.executable).with_name("order-audit"))
AS_OF = "2026-11-23T06:00"
MESSY = 0.1
"""Share of bad rows in the messy export."""

USUAL = 1_000_000
"""Items up to which runs in memory are measured too."""

PEERS = ("duckdb", "polars")
SAME = ("ours", "buckets", "french")
"""Runs that must find the same."""

WORKBOOK_ITEMS = 100_000
SHARED = ("REG001", "TRK001", "CNF001", "BRD001", "BRD003", "CAN001")
"""Rules that the peers have too; what they find must be what we find."""

Commands = Mapping[str, Sequence[str]]


class Trial(NamedTuple):
    """Commands to run in turns, and what must hold of what they have written."""

    commands: Commands
    check: Callable[[], None] | None = None


def trials(items: int, *, peers: bool = True) -> dict[str, Trial]:
    """What is measured at a size, on request without the peers."""
    (DATA / "out").mkdir(parents=True, exist_ok=True)
    commands = ours(items)
    others = {name: DATA / "out" / f"{name}.csv" for name in (PEERS if peers else ())}
    scripts = {name: [sys.executable, str(HERE / f"peer_{name}.py"), str(export(items)), str(path)] for name, path in others.items()}
    first, *copies = (DATA / "out" / name / "findings.csv" for name in commands if name in SAME)
    return {"all": Trial({**commands, **scripts}, lambda: alike(first, copies, list(others.values())))}


def ours(items: int) -> Commands:
    """Our runs at a size: in memory, in other dresses and in buckets; beyond the usual size in buckets alone."""
    out = DATA / "out"
    bounded = {"buckets": audit(export(items), out / "buckets", more=("--engine", "buckets", "--memory", memory(items)))}
    if items > USUAL:
        return bounded
    return {
        "ours": audit(export(items), out / "ours"),
        **bounded,
        "messy": audit(export(items, bad=MESSY), out / "messy"),
        "french": audit(export(items, "french"), out / "french"),
        "workbook": audit(export(items), out / "workbook", "xlsx"),
    }


def memory(items: int) -> str:
    """What a run in buckets may take: less than it would take in memory."""
    return "2GiB" if items > USUAL else "1000MiB"


def reading() -> Trial:
    """A workbook read by us and by calamine alone."""
    path = export(WORKBOOK_ITEMS, "workbook") / "orders.xlsx"
    return Trial({name: [sys.executable, str(HERE / "reading_xlsx.py"), name, str(path)] for name in ("ours", "calamine")})


def start() -> Trial:
    """The commands that must answer at once."""
    return Trial({"help": [OURS, "--help"], "rules": [OURS, "rules"], "explain": [OURS, "explain", "REG001"]})


def audit(folder: Path, out: Path, formats: str = "csv", more: Sequence[str] = ()) -> list[str]:
    """Our command on a folder of exports, telling of its stages; a messy night is no failure here."""
    given = ["--as-of", AS_OF, "--formats", formats, "--fail-on", "never", "--max-quarantine", "1"]
    return [OURS, "run", str(folder), "--out", str(out), *given, *more, "--verbose", "--log-format", "json"]


def export(items: int, dress: str = "canonical", bad: float | None = None) -> Path:
    """The folder of an export, written unless these very scripts have written it before.

    Another process writes it, so that this one stays small.
    """
    folder = DATA / "-".join(filter(None, (dress, str(items), "messy" if bad else "")))
    scripts = b"".join((HERE / name).read_bytes() for name in ("shop.py", "exports.py"))
    made, mark = folder / ".made-by", hashlib.sha256(scripts).hexdigest()
    if not made.exists() or made.read_text() != mark:
        share = ["--bad", str(bad)] if bad else []
        subprocess.run([sys.executable, HERE / "exports.py", folder, "--items", str(items), "--dress", dress, *share], check=True)
        made.write_text(mark)
    return folder


def alike(first: Path, copies: Sequence[Path], peers: Sequence[Path]) -> None:
    """Raise unless our runs have found the same, those on the same files to the byte, and the peers' shared rules too."""
    for path in copies:
        if path.parent.name == "buckets" and path.read_bytes() != first.read_bytes():
            raise SystemExit(f"{path} and {first} differ")
    agree(first, [*copies, *peers])


def agree(ours: Path, others: Sequence[Path]) -> None:
    """Raise unless all have found the same: rule, purchase and item."""
    found = findings(ours)
    for path in others:
        if wrong := sorted(found ^ findings(path))[:5]:
            raise SystemExit(f"{path.name} and {ours} differ, such as in {wrong}")


def findings(path: Path) -> set[tuple[str, str, str]]:
    """Rule, purchase and item of each finding of the shared rules."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["rule"], row["purchase_id"], row["item_id"]) for row in csv.DictReader(file)]
    return {row for row in rows if row[0] in SHARED}
