"""What a table's cell holds, before it is written anywhere."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.inert import inert

MOST_CHARACTERS = 32_767
CUT = " [...]"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs that no file for people may hold."""

ODD = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|(?:^|[;,\t\r\n])[=+\\-@\t\r＝＋－＠']"
"""What makes a text one that is not written as it stands."""


def missing(value: Any) -> bool:
    """Whether a cell holds nothing: None, NA, NaT or NaN."""
    return value is None or value is pd.NA or value is pd.NaT or bool(value != value)  # noqa: PLR0124 - NaN is not itself


def plain(value: Any) -> Any:
    """A cell as Python knows it; None where it holds nothing."""
    return None if missing(value) else value


def figure(value: Any) -> Any:
    """An amount as a cell shows it: blank where it is unknown or nil."""
    return None if missing(value) or not value else value


def safe(text: str) -> str:
    """A text that Excel can hold: no control characters or lone surrogates, cut with a mark where it is too long."""
    clean = CONTROL.sub("\ufffd", text)
    return clean if len(clean) <= MOST_CHARACTERS else clean[: MOST_CHARACTERS - len(CUT)] + CUT


def written(column: pd.Series) -> list[str]:
    """A column as a CSV file holds it: blank where it holds nothing, and inert; only odd texts are looked at singly."""
    if not isinstance(column.dtype, pd.StringDtype):
        places, values = column.astype(object).factorize()
        words = [*map(_written, map(str, values)), ""]
        return [words[place] for place in places]
    texts = pa.array(column, type=pa.large_string(), from_pandas=True)
    cells: list[str] = pc.fill_null(texts, "").to_pylist()
    for place in pc.indices_nonzero(pc.fill_null(pc.match_substring_regex(texts, ODD), False)).to_pylist():
        cells[place] = _written(cells[place])
    return cells


def _written(text: str) -> str:
    return inert(CONTROL.sub("\ufffd", text))
