"""pandera, without Spark's pandas, which it imports wherever PySpark is installed: that takes long, warns, and ties Spark to this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ("SchemaErrors", "pa")

LOOKED_FOR = "pyspark.pandas"
SET_FOR_IT = ("SPARK_LOCAL_IP", "PYARROW_IGNORE_TIMEZONE")
"""Environment names that pandera sets before it looks; the first would keep a cluster's executors from reaching this machine."""


@contextmanager
def _hidden() -> Iterator[None]:
    """As if Spark's pandas were not installed, unless it is in use already; the environment stays as it was."""
    before = {name: os.environ.get(name) for name in SET_FOR_IT}
    unused = LOOKED_FOR not in sys.modules
    if unused:
        sys.modules[LOOKED_FOR] = None  # type: ignore[assignment] # how Python is told that there is no such module
    try:
        yield
    finally:
        if unused:
            del sys.modules[LOOKED_FOR]
        for name in [name for name, value in before.items() if value is None]:
            os.environ.pop(name, None)


with _hidden():
    import pandera.pandas as pa
    from pandera.errors import SchemaErrors
