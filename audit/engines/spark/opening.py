"""The inputs of a run read on Spark; what stops Spark is told in a sentence."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from audit.engines.spark.session import require_spark, session
from audit.engines.store import private
from audit.errors import AuditError
from audit.ingest.files import Terms
from audit.ingest.mapping import load
from schemas.text import Message

if TYPE_CHECKING:
    from datetime import datetime

    from audit.config import Config
    from audit.engines.spark.shop import SparkShop

STARTED = Message("Spark {version} runs at {master}.")
WRONG_PYTHON = "The Python of Spark's executors lacks what this program needs: {words}"
SAME_PYTHON = "Install requirements.lock there, or name another Python by PYSPARK_PYTHON; docs/scale.md says how."
FAILED = "Spark has failed: {words}"
LOOK_AT_CLUSTER = "See whether its executors have memory and disk enough, and can reach this machine and the inputs."
LOGGER = logging.getLogger(__name__)


@contextmanager
def opened(
    inputs: Sequence[Path], named: Mapping[str, Sequence[Path]], config: Config, as_of: tuple[datetime, str], folder: Path
) -> Iterator[SparkShop]:
    """Read the inputs of a run on Spark; see audit.engines.opened."""
    require_spark()
    from audit.engines.spark.shop import read

    terms = Terms(config.zone, as_of[0], load(config.mapping))
    with private(folder), session(config.master, folder.resolve()) as spark, _told():
        LOGGER.info(STARTED._replace(facts={"version": spark.version, "master": config.master}))
        with read(inputs, named, terms, config, as_of, spark) as shop:
            yield shop


@contextmanager
def _told() -> Iterator[None]:
    """What Spark could not do; a fault of this program in an executor stays what it is."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException, PythonException

    try:
        yield
    except PythonException as error:
        if "ModuleNotFoundError" not in str(error):
            raise
        raise AuditError(Message(WRONG_PYTHON, {"words": _last_line(error)}), SAME_PYTHON) from error
    except (PySparkException, Py4JError) as error:
        raise AuditError(Message(FAILED, {"words": _first_line(error)}), LOOK_AT_CLUSTER) from error


def _last_line(error: Exception) -> str:
    return str(error).strip().splitlines()[-1]


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
