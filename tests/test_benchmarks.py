"""The benchmark: its peers find what we find, and README shows the figures on file. Nothing is timed here."""

import importlib.util
import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from audit import audit

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "tests" / "benchmarks"
ITEMS = 2_000
AS_OF = datetime.fromisoformat("2026-11-23T06:00")


@pytest.fixture
def benchmark(monkeypatch):
    """Modules of the benchmark by name, which import one another as scripts do."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    loaded = []

    def load(name):
        spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        loaded.append(name)
        return module

    yield load
    for name in [name for name, module in sys.modules.items() if str(getattr(module, "__file__", "")).startswith(str(BENCHMARKS))]:
        del sys.modules[name]


def exported(folder, *options):
    """A small shop's exports."""
    subprocess.run([sys.executable, BENCHMARKS / "exports.py", folder, "--items", str(ITEMS), *options], check=True)
    return folder


def audited(folder):
    """What we find in a folder of exports: rule, purchase and item."""
    found = audit(folder, as_of=AS_OF).findings
    return {tuple(row) for row in found[["rule", "purchase_id", "item_id"]].itertuples(index=False)}


@pytest.mark.parametrize("bad", ["0.001", "0.1"])
@pytest.mark.parametrize("peer", ["duckdb", "polars"])
def test_the_peers_find_what_we_find(benchmark, tmp_path, peer, bad):
    """In a clean and in a messy export each peer's findings of the shared rules are ours."""
    trials = benchmark("trials")
    folder = exported(tmp_path / "exports", "--bad", bad)
    subprocess.run([sys.executable, BENCHMARKS / f"peer_{peer}.py", folder, tmp_path / "found.csv"], check=True)
    ours = {row for row in audited(folder) if row[0] in trials.SHARED}

    assert set(trials.SHARED) == {rule for rule, _, _ in ours}
    assert ours == trials.findings(tmp_path / "found.csv")


def test_the_dress_changes_no_finding(tmp_path):
    """French headers, semicolons, decimal commas, days first and French words say the same as the canonical export."""
    canonical, french = (exported(tmp_path / dress, "--dress", dress) for dress in ("canonical", "french"))

    assert audited(canonical) == audited(french)


def test_a_difference_fails_the_benchmark(benchmark, tmp_path):
    """Findings that differ in one item end the benchmark."""
    trials = benchmark("trials")
    for name, item in (("ours", "1"), ("peer", "2")):
        (tmp_path / f"{name}.csv").write_text(f"rule,purchase_id,item_id\nREG001,9,{item}\nREG002,9,{name}\n", encoding="utf-8")

    trials.agree(tmp_path / "ours.csv", [tmp_path / "ours.csv"])
    with pytest.raises(SystemExit, match=r"peer\.csv and .* differ"):
        trials.agree(tmp_path / "ours.csv", [tmp_path / "peer.csv"])


def test_a_run_in_buckets_must_write_what_one_in_memory_writes(benchmark, tmp_path):
    """A rule that no peer has, or an amount, ends the benchmark too."""
    trials = benchmark("trials")
    for name, amount in (("ours", "5.00"), ("french", "5.01"), ("buckets", "5.01")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "findings.csv").write_text(f"rule,purchase_id,item_id,amount\nREG001,9,1,{amount}\n", encoding="utf-8")
    found = {name: tmp_path / name / "findings.csv" for name in ("ours", "french", "buckets")}

    trials.alike(found["ours"], [found["french"]], [])
    with pytest.raises(SystemExit, match=r"buckets.* and .*ours.* differ"):
        trials.alike(found["ours"], [found["buckets"]], [])


@pytest.mark.parametrize(
    ("items", "peers", "runs", "memory"),
    [
        (1_000_000, True, ["ours", "buckets", "messy", "french", "workbook", "duckdb", "polars"], "1000MiB"),
        (1_000_001, True, ["buckets", "duckdb", "polars"], "2GiB"),
        (10_000_000, False, ["buckets"], "2GiB"),
    ],
)
def test_beyond_a_million_items_only_buckets_are_measured(benchmark, monkeypatch, tmp_path, items, peers, runs, memory):
    """In memory up to there; in buckets at each size, within a memory that is told; the peers can be left out."""
    trials = benchmark("trials")
    monkeypatch.setattr(trials, "DATA", tmp_path)
    monkeypatch.setattr(trials, "export", lambda *_given, **_more: tmp_path)
    commands = {name: command for trial in trials.trials(items, peers=peers).values() for name, command in trial.commands.items()}

    assert runs == list(commands)
    assert ["--engine", "buckets", "--memory", memory] == [
        word for word in commands["buckets"] if word in ("--engine", "buckets", "--memory", memory)
    ]
    assert all("--memory" not in command for name, command in commands.items() if name != "buckets")


def test_growth_compares_like_with_like(benchmark):
    """Processor time in buckets with that in buckets, and beside it with that in memory; a size that was not measured says nothing."""
    bars = benchmark("bars")
    run = {"wall": 1, "peak": 2048}
    kept = json.loads((BENCHMARKS / "results.json").read_text(encoding="utf-8"))
    usual = {**kept["sizes"]["1000000"], "ours": {**run, "processor": 16}, "buckets": {**run, "processor": 20}}
    sizes = {"1000000": usual, "10000000": {"buckets": {**run, "processor": 180}}}
    told = {bar.about: (round(bar.figure, 3), bar.most) for bar in bars.bars({**kept, "sizes": sizes})}

    assert (1.25, 1.25) == told["processor time of 1 million items in buckets, against in memory"]
    assert (0.9, 1) == told["processor time of 10 million items in buckets, against ten times 1 million in buckets"]
    assert (1.125, 1) == told["processor time of 10 million items in buckets, against ten times 1 million in memory"]
    assert (2, 2) == told["peak memory at 10 million items in buckets, with --memory 2GiB"]

    del sizes["10000000"], usual["buckets"]

    assert not [bar.about for bar in bars.bars({**kept, "sizes": sizes}) if "buckets" in bar.about]


def test_the_workbook_holds_the_same_orders(benchmark, tmp_path):
    """The orders as a workbook give the findings of the same orders as CSV."""
    exports = benchmark("exports")
    exports.write_workbook(tmp_path / "book" / "orders.xlsx", ITEMS)
    exports.write(tmp_path / "text", ITEMS, bad=0)
    for name in ("shipments.csv", "authorisations.csv"):
        (tmp_path / "text" / name).unlink()

    assert audited(tmp_path / "text") == audited(tmp_path / "book")


def test_the_readme_shows_the_figures_on_file(benchmark):
    """README's tables of speed are those of the results."""
    bars = benchmark("bars")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    kept = json.loads((BENCHMARKS / "results.json").read_text(encoding="utf-8"))

    assert bars.BEGIN in readme
    assert readme == bars.written(readme, kept)
    assert readme != bars.written(readme, {**kept, "repeats": kept["repeats"] + 1})
