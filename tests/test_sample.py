"""The sample shop: every rule and every reason occurs, and its findings are the golden ones."""

import importlib.util
import json
import os
from pathlib import Path

import pytest

from audit.rules import RULES
from reports.files import write_findings_csv
from schemas.reasons import REASONS

SAMPLE = Path(__file__).parent.parent / "sample_data"
GOLDEN = Path(__file__).parent / "golden" / "sample_findings.csv"
FILES = [
    "authorisations.csv",
    "commandes_2026-11-23.csv",
    "commandes_2026-11-23.csv.csv",
    "listings.csv",
    "messages_2026-11-23.csv",
    "reclamations_2026-11-23.csv",
    "refunds_2026-11-23.csv",
    "shipments_2026-11-23.xlsx",
]
MOST_BYTES = 200_000
"""What all files of the sample may take together."""


def test_the_sample_gives_the_golden_findings(sample, tmp_path):
    """findings.csv of the sample is the one on file; UPDATE_GOLDEN=1 writes it anew, to be read before it is committed."""
    write_findings_csv(sample, tmp_path / "findings.csv")
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_bytes((tmp_path / "findings.csv").read_bytes())

    assert GOLDEN.read_bytes().decode("utf-8-sig").splitlines() == (tmp_path / "findings.csv").read_bytes().decode("utf-8-sig").splitlines()


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_every_rule_fires_in_the_sample(sample, code):
    """A rule that finds nothing in the sample is shown to nobody."""
    assert (sample.findings["rule"] == code).any()


@pytest.mark.parametrize("reason", list(REASONS))
def test_every_reason_to_refuse_occurs_in_the_sample(sample, reason):
    """A reason that never occurs is not tried."""
    assert (sample.quarantine["reason"] == reason).any()


def test_the_sample_files_are_what_the_script_writes(tmp_path, monkeypatch):
    """The script is the sample's source: run again, it writes the same bytes, and few of them."""
    monkeypatch.syspath_prepend(SAMPLE)
    spec = importlib.util.spec_from_file_location("make_sample", SAMPLE / "make_sample.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(tmp_path)

    written = sorted(path.name for path in tmp_path.iterdir())
    assert FILES == written
    assert [] == [name for name in written if (SAMPLE / name).read_bytes() != (tmp_path / name).read_bytes()]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < MOST_BYTES


def test_the_ledger_of_the_sample_adds_up(sample):
    """Every row is accepted, refused, a duplicate or blank."""
    inputs = sample.inputs

    assert (inputs["rows"] == inputs["accepted"] + inputs["quarantined"] + inputs["duplicates"] + inputs["blank"]).all()


def test_no_amount_counts_twice(sample):
    """The totals are the sums of what each item loses at most, its claims and refunds among it: worked out here from the findings alone."""
    sure = sample.findings[sample.findings["confidence"] != "possible"]
    item = (sure["purchase_id"] + "/" + sure["item_id"]).fillna(sure["subject"])
    sale = sure.groupby(item)["exposure_sale"].max().sum()
    fine = sure.groupby(item)["exposure_fine"].max().sum()

    assert (sale, fine, 10_000) == (sample.exposure.sale, sample.exposure.fine, sample.exposure.fine_fixed)


def test_evidence_names_only_facts_that_are_there(sample):
    """No finding of the sample says '?'."""
    from schemas.text import evidence

    told = [evidence(row.evidence, row.facts) for row in sample.findings.itertuples()]
    assert [] == [
        (row, json.loads(facts)) for row, facts in zip(told, sample.findings["facts"], strict=True) if row.startswith("?") or " ? " in row
    ]
