"""What a table's cell holds, before it is written anywhere."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from reports.columns import edged, found, texts
from schemas.inert import inert

MOST_CHARACTERS = 32_767
CUT = " [...]"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs that no file for people may hold."""

ODD = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|(?:^|[;,\t\r\n])[=+\\-@\t\r＝＋－＠']"
"""What makes a text one that is not written as it stands."""

TELLING, STARTING = bytes(range(0x20)) + b";,\xef", b"=+-@'"
"""Bytes without any of which no text is odd: within it, where the last begins what is beyond ASCII; and at its start."""


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


def written(column: pd.Series) -> pa.Array:
    """A column as a CSV file holds it: blank where it holds nothing, and inert; only odd texts are looked at singly."""
    if not isinstance(column.dtype, pd.StringDtype):
        places, values = column.astype(object).factorize()
        return pa.array([*map(_written, map(str, values)), ""], pa.large_string()).take(pa.array(places % (len(values) + 1)))
    cells = pc.fill_null(texts(column), "")
    if not found(cells, TELLING) and not edged(cells, STARTING):
        return cells
    odd = pc.match_substring_regex(cells, ODD)
    return pc.replace_with_mask(cells, odd, pa.array([_written(text) for text in cells.filter(odd).to_pylist()], pa.large_string()))


def _written(text: str) -> str:
    return inert(CONTROL.sub("\ufffd", text))
