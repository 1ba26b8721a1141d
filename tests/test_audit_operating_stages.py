"""Stages: each is told of once it is done, in words and figures."""

import logging
import sys

import pytest

from audit.operating.stages import peak, stage


def test_a_stage_is_told_with_its_figures(caplog):
    """Name, seconds, processor time and peak memory stand in the facts, none of them below nothing."""
    caplog.set_level(logging.INFO)
    with stage("reading"):
        pass

    [record] = caplog.records
    facts = record.msg.facts
    assert ["peak", "processor", "seconds", "stage"] == sorted(facts)
    assert ("reading", True) == (facts["stage"], 0 <= facts["seconds"] and 0 <= facts["processor"])
    assert record.getMessage().startswith(f"reading: {facts['seconds']} s, ")


def test_a_stage_that_fails_is_not_told(caplog):
    """What broke says so itself."""
    caplog.set_level(logging.INFO)
    with pytest.raises(ValueError, match="broken"), stage("reading"):
        raise ValueError("broken")

    assert [] == caplog.records


def test_peak_memory_is_in_megabytes():
    """A Python process with pandas holds some ten to some thousand megabytes; where the system can't tell, nothing is said."""
    held = peak()

    assert held is None if sys.platform == "win32" else 10 < held < 100_000


def test_every_stage_of_a_run_is_told(tmp_path, caplog):
    """A run tells of reading, judging, writing and the workbook, in that order."""
    from pathlib import Path

    from audit.config import load
    from audit.run import run

    sample = Path(__file__).parent.parent / "sample_data"
    caplog.set_level(logging.INFO)
    run([sample], tmp_path / "out", load(sample / "order-audit.toml"))

    told = [record.msg.facts["stage"] for record in caplog.records if "stage" in getattr(record.msg, "facts", {})]
    assert ["reading", "judging", "writing", "workbook"] == told
