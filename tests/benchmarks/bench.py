"""The benchmark: ``python tests/benchmarks/bench.py`` measures us and our peers and keeps the figures beside this file.

``--items`` names the sizes, ``--repeats`` how often each is run, ``--without-peers`` leaves those out, which may need more memory
than there is; ``--keep FILE`` says where the figures go.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from importlib import metadata
from pathlib import Path
from typing import Any

from bars import shown
from measuring import in_turns, medians
from trials import DATA, Trial, reading, start, trials

RESULTS = Path(__file__).with_name("results.json")
LIBRARIES = ("pandas", "pandera", "pyarrow", "numpy", "duckdb", "polars", "python-calamine", "xlsxwriter")
GIGABYTE = 1024**3
STARTS = 11
"""How often the short commands are run: they take a tenth of a second."""


def machine() -> dict[str, Any]:
    """What the figures were measured on; nothing that names the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": _model(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": round(memory / GIGABYTE),
        "system": platform.system(),
        "python": platform.python_version(),
        "libraries": {name: metadata.version(name) for name in LIBRARIES},
    }


def _model() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()


def figures(trial: Trial, repeats: int) -> dict[str, Any]:
    """The medians of a trial's commands."""
    runs = in_turns(trial.commands, repeats, DATA / "said")
    if trial.check:
        trial.check()
    return {name: medians(each) for name, each in runs.items()}


def measure(sizes: list[int], repeats: int, *, peers: bool = True) -> dict[str, Any]:
    """Everything, at each of the sizes."""
    DATA.mkdir(exist_ok=True)
    kept: dict[str, Any] = {"machine": machine(), "repeats": repeats, "sizes": {}}
    for items in sizes:
        print(f"{items} items", flush=True)  # noqa: T201 - progress
        found = (figures(trial, repeats) for trial in trials(items, peers=peers).values())
        kept["sizes"][str(items)] = {name: value for each in found for name, value in each.items()}
    kept["xlsx"] = figures(reading(), repeats)
    kept["start"] = figures(start(), STARTS)
    return kept


def main() -> None:
    """Measure, keep and show."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--without-peers", action="store_true")
    parser.add_argument("--keep", type=Path, default=RESULTS)
    given = parser.parse_args()
    kept = measure(given.items, given.repeats, peers=not given.without_peers)
    given.keep.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(shown(kept))  # noqa: T201 - its answer


if __name__ == "__main__":
    main()
