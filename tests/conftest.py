"""What all tests share: the sample's outcome, and no silent skip where everything must be there."""

import os
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parent.parent / "sample_data"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Under CI=true a skip is a failure: a machine that lacks something proves nothing."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped under CI: {item.nodeid}: {call.excinfo.value if call.excinfo else ''}"


@pytest.fixture(scope="session")
def sample():
    """The outcome of auditing the sample with its own settings."""
    from audit import audit
    from audit.config import load

    return audit(SAMPLE, config=load(SAMPLE / "order-audit.toml"))
