"""What a table's cell holds, before it is written anywhere."""

from __future__ import annotations

from typing import Any

import pandas as pd


def missing(value: Any) -> bool:
    """Whether a cell holds nothing: None, NA, NaT or NaN."""
    return value is None or value is pd.NA or value is pd.NaT or bool(value != value)  # noqa: PLR0124 - NaN is not itself


def plain(value: Any) -> Any:
    """A cell as Python knows it; None where it holds nothing."""
    return None if missing(value) else value
