"""Folders of Parquet files as Spark and pandas write them: files beside the data are left, and values in the folders' names are cells."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from urllib.parse import unquote

import pandas as pd

from audit.ingest.rows import TextRows

SUFFIX = ".parquet"
BESIDE = ("_SUCCESS", "_metadata", "_common_metadata")
"""What such folders hold beside their data."""

NOTHING = "__HIVE_DEFAULT_PARTITION__"
"""How a folder is named whose rows have no value."""


def is_dataset(folder: Path) -> bool:
    """Whether a folder is one file written in parts, or a part of one: ``orders.parquet`` and ``ordered_on=2026-11-23``."""
    return folder.name.endswith(SUFFIX) or "=" in folder.name


def with_told(rows: TextRows, path: Path) -> TextRows:
    """The rows with a column for each value that stands in the names of the folders above the file, as ``ordered_on=2026-11-23``."""
    above = takewhile(is_dataset, path.absolute().parents)
    pairs = [unquote(folder.name).split("=", 1) for folder in reversed(list(above)) if "=" in folder.name]
    told = {name: "" if value == NOTHING else value for name, value in pairs if name not in rows.header}
    if not told:
        return rows
    width = len(rows.header)
    added = {width + place: pd.Series(value, index=rows.cells.index, dtype="str") for place, value in enumerate(told.values())}
    cells = pd.concat([rows.cells, pd.DataFrame(added, index=rows.cells.index)], axis=1)
    return replace(rows, header=(*rows.header, *told), cells=cells)
