"""A Spark session of our own: quiet, in UTC, with all of its temporary files in one private folder, and gone at the end."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.engines.spark.shipping import pack
from audit.errors import AuditError
from schemas.text import Fact, Message

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LEAST_JAVA = 17
"""Of Spark 4."""

LOCAL = re.compile(r"local(\[.*\])?")
HERE = "127.0.0.1"
SETTINGS: Mapping[str, str] = {
    "spark.app.name": "order-audit",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
JAVA_OPTIONS = '-XX:-UsePerfData -Duser.timezone=UTC -Djava.io.tmpdir="{scratch}"'
"""Without UsePerfData Java leaves nothing in the machine's temporary folder."""

SPARING = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""On one machine Java only passes bytes on to Python: it then takes less than half the processor's time."""

ON_ONE_MACHINE: Mapping[str, str] = {"spark.driver.host": HERE, "spark.driver.bindAddress": HERE}
"""Nobody else need reach a session that runs on this machine alone."""

WORKER_PYTHON = "PYSPARK_PYTHON"
STARTED_ALREADY = "PYSPARK_GATEWAY_PORT"
"""Environment names by which PySpark is told which Python executors run, and that spark-submit has started Java."""

LOG = "spark.log"
ENDS_WITHIN = 30
"""Seconds that Spark's process may take to end."""

NO_PYSPARK = "--engine spark needs PySpark, which is not installed."
INSTALL_PYSPARK = "Install requirements-spark.lock after requirements.lock, or order-audit[spark]."
NO_JAVA = "--engine spark needs Java {least} or later, and finds none."
OLD_JAVA = "--engine spark needs Java {least} or later, and finds Java {version}."
INSTALL_JAVA = "Install a Java runtime (on Debian: apt-get install default-jre-headless), or set JAVA_HOME."
NOT_STARTED = "Spark can't be started with --master {master}: {words}"
CHECK_MASTER = "Check the master's address, and that this machine and the cluster can reach one another."
YOUNG_PANDAS = "PySpark does not yet fully support pandas"
"""How PySpark warns of pandas 3; what may go wrong there, its own pandas API, is not used here."""


@contextmanager
def session(master: str, scratch: Path) -> Iterator[SparkSession]:
    """The session that is active already, as in a cluster's notebook; else one of our own, stopped at the end however that comes.

    ``scratch``: a private folder for its files. Raises AuditError where Spark can't be had.
    """
    require_spark()
    from pyspark.sql import SparkSession

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", YOUNG_PANDAS, FutureWarning)
        active = SparkSession.getActiveSession()
        with nullcontext(active) if active is not None else _started(master, scratch) as held:
            if not _is_here(held.sparkContext.master):
                _ship(held, scratch)
            yield held


def require_spark() -> None:
    """Raise AuditError where PySpark or Java is missing or too old."""
    if find_spec("pyspark") is None:
        raise AuditError(NO_PYSPARK, INSTALL_PYSPARK)
    if STARTED_ALREADY not in os.environ:
        version = _java_version()
        if version is None or version < LEAST_JAVA:
            facts: dict[str, Fact] = {"least": LEAST_JAVA, "version": version}
            raise AuditError(Message(NO_JAVA, facts) if version is None else Message(OLD_JAVA, facts), INSTALL_JAVA)


def _java_version() -> int | None:
    """The major version of the Java that Spark would start; None without one."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home, "bin")) if home else None)
    if java is None:
        return None
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr  # noqa: S603 - the Java that Spark starts
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(found[1]) if found else None


@contextmanager
def _started(master: str, scratch: Path) -> Iterator[SparkSession]:
    """A session in a Java process of its own, whose words go to a log in ``scratch``."""
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    settings = SparkConf(loadDefaults=False).setAll(list(_settings(master, scratch).items()))
    with ExitStack() as stack:
        log = stack.enter_context((scratch / LOG).open("wb"))
        stack.enter_context(_named_python())
        try:
            gateway = launch_gateway(settings, {"stdout": log, "stderr": log})
            stack.callback(_end, gateway)
            started = SparkSession(SparkContext(gateway=gateway, conf=settings))
        except (PySparkException, Py4JError, OSError, ValueError) as error:
            raise AuditError(Message(NOT_STARTED, {"master": master, "words": _last_words(scratch / LOG)}), CHECK_MASTER) from error
        stack.callback(started.stop)
        yield started


@contextmanager
def _named_python() -> Iterator[None]:
    """Have executors run the Python that runs this, unless their Python is named."""
    named = WORKER_PYTHON in os.environ
    os.environ.setdefault(WORKER_PYTHON, sys.executable)
    try:
        yield
    finally:
        if not named:
            del os.environ[WORKER_PYTHON]


def _settings(master: str, scratch: Path) -> dict[str, str]:
    """What this session must be like; a cluster's own settings say the rest."""
    here = _is_here(master)
    options = JAVA_OPTIONS.format(scratch=scratch)
    everywhere = {
        **SETTINGS,
        "spark.master": master,
        "spark.sql.warehouse.dir": str(scratch / "warehouse"),
        "spark.driver.extraJavaOptions": f"{options} {SPARING}" if here else options,
    }
    return {**everywhere, **ON_ONE_MACHINE, "spark.local.dir": str(scratch)} if here else everywhere


def _is_here(master: str) -> bool:
    """Whether executors are this machine's own threads, with the packages that are installed here."""
    return LOCAL.fullmatch(master) is not None


def _ship(session_: SparkSession, scratch: Path) -> None:
    """Send this program to the executors; here it stays the one that is installed."""
    before = list(sys.path)
    session_.sparkContext.addPyFile(str(pack(scratch)))
    sys.path[:] = before


def _end(gateway: Any) -> None:
    """End the Java process, so that nothing holds the scratch folder and a later session starts afresh."""
    from pyspark import SparkContext

    SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001 - PySpark keeps the one that it has, also when that has ended
    gateway.shutdown()
    if gateway.proc is not None:
        gateway.proc.stdin.close()
        gateway.proc.wait(ENDS_WITHIN)


def _last_words(log: Path) -> str:
    """The last line of a log that tells of an error, else the last one."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() or ["it said nothing."]
    return next((line.strip() for line in reversed(lines) if "Exception" in line or "Error" in line), lines[-1])
