"""What all tests share: the sample's outcome, a service to be called, and no silent skip where everything must be there."""

import http.server
import os
import sys
import threading
from pathlib import Path
from typing import NamedTuple

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


@pytest.fixture(scope="session")
def catalogues():
    """The module that collects the messages and keeps the catalogues."""
    sys.path.insert(0, str(Path(__file__).parent))
    try:
        import catalogues
    finally:
        sys.path.pop(0)
    return catalogues


class Call(NamedTuple):
    """A call of a service: its path and what was said."""

    path: str
    said: str


class Service(http.server.ThreadingHTTPServer):
    """Answers every call with its status, and keeps it."""

    status = 200

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.calls = []
        self.place = f"127.0.0.1:{self.server_port}"


class Answer(http.server.BaseHTTPRequestHandler):
    """One call."""

    def do_POST(self):
        """Keep what is said, and answer."""
        said = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.server.calls.append(Call(self.path, said))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *words):
        """Nothing on standard error."""


@pytest.fixture
def service():
    """A service on this machine, for as long as the test takes."""
    server = Service()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
