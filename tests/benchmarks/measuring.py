"""Whole processes measured: wall time, processor time and peak memory, run in turns so that noise meets all alike."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

KILOBYTE = 1024
MEASURES = ("wall", "processor", "peak")


class Run(NamedTuple):
    """One process: seconds, seconds, megabytes, and what it said of its stages: name, seconds, processor, peak."""

    wall: float
    processor: float
    peak: float
    stages: tuple[Mapping[str, Any], ...] = ()


def measured(command: Sequence[str], log: Path) -> Run:
    """Run a command to its end; what it says goes to a file. Raises where it fails.

    This process must stay small: a child's peak begins with what its parent held when it was made.
    """
    began = time.perf_counter()
    with log.open("wb") as said:
        child = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} ended in {child.returncode}:\n{log.read_text(encoding='utf-8')}")
    unit = KILOBYTE * (KILOBYTE if sys.platform == "darwin" else 1)
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit, tuple(_stages(log)))


def _stages(log: Path) -> list[Mapping[str, Any]]:
    """The stages that a run with --verbose --log-format json has told of."""
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
    return [line["facts"] for line in lines if "stage" in line.get("facts", {})]


def in_turns(commands: Mapping[str, Sequence[str]], repeats: int, log: Path) -> dict[str, list[Run]]:
    """Each command so many times, one after the other in turns."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for turn in range(repeats):
        for name, command in commands.items():
            runs[name].append(measured(command, log))
            print(f"  {turn + 1}/{repeats} {name}: {runs[name][-1].wall:.2f} s, {runs[name][-1].peak:.0f} MB", flush=True)  # noqa: T201 - progress
    return runs


def medians(runs: Sequence[Run]) -> dict[str, Any]:
    """The median of each measure, and of each stage's."""
    middle: dict[str, Any] = {name: round(statistics.median(getattr(run, name) for run in runs), 2) for name in MEASURES}
    if runs[0].stages:
        middle["stages"] = [_middle_stage([run.stages[place] for run in runs]) for place in range(len(runs[0].stages))]
    return middle


def _middle_stage(told: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    numbers = {name: round(statistics.median(stage[name] for stage in told), 2) for name in ("seconds", "processor", "peak")}
    return {"stage": told[0]["stage"], **numbers}
