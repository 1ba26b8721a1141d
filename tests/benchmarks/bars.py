"""The bars that the figures are held to, and the table that README shows: ``python tests/benchmarks/bars.py`` writes it there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
README = HERE.parents[1] / "README.md"
BEGIN, END = "<!-- benchmark: written by tests/benchmarks/bars.py -->", "<!-- end of benchmark -->"
USUAL, LARGE = "1000000", "10000000"
PEERS = {"duckdb": "DuckDB", "polars": "polars"}
GIGABYTE = 1024
"""In megabytes."""


class Bar(NamedTuple):
    """One line: what was measured, the figure, and what it must not exceed."""

    about: str
    figure: float
    most: float
    unit: str

    @property
    def line(self) -> str:
        """The line of the table."""
        kept = "yes" if self.figure <= self.most else "no"
        return f"| {self.about} | {self.figure:.2f} {self.unit} | {self.most:.2f} {self.unit} | {kept} |"


def bars(kept: Mapping[str, Any]) -> Iterator[Bar]:
    """The bars that can be told from some figures."""
    usual, large = (kept["sizes"].get(size, {}) for size in (USUAL, LARGE))
    for peer, name in PEERS.items():
        if peer in usual:
            yield Bar(f"1 million items: against {name}", usual["ours"]["wall"] / usual[peer]["wall"], 1.5, "x")
    if "ours" in usual:
        ours = usual["ours"]
        yield Bar("the same with the workbook, against without", usual["workbook"]["wall"] / ours["wall"], 2, "x")
        yield Bar("10 % bad rows, against 0.1 %", usual["messy"]["wall"] / ours["wall"], 1.5, "x")
        yield Bar("peak memory at 1 million items", ours["peak"] / GIGABYTE, 1, "GiB")
    yield from _in_buckets(usual, large)
    yield Bar("100,000 rows of a workbook read, against calamine alone", _read(kept, "ours") / _read(kept, "calamine"), 1.5, "x")
    yield Bar("start of --help, rules, explain (the slowest)", max(run["wall"] for run in kept["start"].values()), 0.15, "s")


def _in_buckets(usual: Mapping[str, Any], large: Mapping[str, Any]) -> Iterator[Bar]:
    """The bars of inputs larger than memory; processor times, for those of runs in memory and on disk can be compared."""
    if "buckets" in usual:
        against = usual["buckets"]["processor"] / usual["ours"]["processor"]
        yield Bar("processor time of 1 million items in buckets, against in memory", against, 1.25, "x")
    if "buckets" in large:
        yield Bar("peak memory at 10 million items in buckets, with --memory 2GiB", large["buckets"]["peak"] / GIGABYTE, 2, "GiB")
    for name, where in (("buckets", "in buckets"), ("ours", "in memory")):
        if name in usual and "buckets" in large:
            grown = large["buckets"]["processor"] / usual[name]["processor"] / 10
            yield Bar(f"processor time of 10 million items in buckets, against ten times 1 million {where}", grown, 1, "x")


def _read(kept: Mapping[str, Any], reader: str) -> float:
    return float(kept["xlsx"][reader]["stages"][0]["seconds"])


def runs(kept: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the processes measured."""
    names = {
        "ours": "order-audit, the whole catalogue", "duckdb": "DuckDB, five rules by hand", "polars": "polars, five rules by hand",
        "workbook": "order-audit with the workbook", "buckets": "order-audit in buckets on disk", "french": "order-audit, export in French dress", "messy": "order-audit, 10 % bad rows",
    }  # fmt: skip
    for items, figures in kept["sizes"].items():
        for name, run in figures.items():
            yield f"| {int(items):,} | {names[name]} | {run['wall']:.1f} s | {run['processor']:.1f} s | {run['peak'] / GIGABYTE:.2f} GiB |"


def stages(kept: Mapping[str, Any]) -> Iterator[str]:
    """The lines of our stages."""
    for items, figures in kept["sizes"].items():
        for name, where in (("workbook", ""), ("buckets", ", in buckets and without the workbook")):
            for stage in figures.get(name, {}).get("stages", ()):
                measured = f"{stage['seconds']:.1f} s | {stage['processor']:.1f} s | {stage['peak'] / GIGABYTE:.2f} GiB"
                yield f"| {int(items):,} | {stage['stage']}{where} | {measured} |"


def table(kept: Mapping[str, Any]) -> str:
    """What README shows."""
    on, libraries = kept["machine"], kept["machine"]["libraries"]
    versions = ", ".join(f"{name} {libraries[name]}" for name in ("pandas", "pyarrow", "duckdb", "polars"))
    told = f"Medians of {kept['repeats']} runs in turns, on {on['cores']} cores of {on['processor']} with {on['memory_gb']} GB, Python {on['python']}, {versions}."
    return "\n".join(
        [
            told,
            "",
            "| what | measured | at most | kept |",
            "|---|--:|--:|---|",
            *(bar.line for bar in bars(kept)),
            "",
            "| items | run | time | processor | peak memory |",
            "|--:|---|--:|--:|--:|",
            *runs(kept),
            "",
            "| items | stage of order-audit, with the workbook | time | processor | peak memory until then |",
            "|--:|---|--:|--:|--:|",
            *stages(kept),
        ]
    )


shown = table


def written(readme: str, kept: Mapping[str, Any]) -> str:
    """README with the table of some figures between its marks."""
    return re.sub(f"(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})", lambda _: f"\n{table(kept)}\n\n", readme, flags=re.DOTALL)


if __name__ == "__main__":
    results = json.loads((HERE / "results.json").read_text(encoding="utf-8"))
    README.write_text(written(README.read_text(encoding="utf-8"), results), encoding="utf-8")
