"""Identifiers: text that keeps every zero, and never a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.normalise import Cells, Read

if TYPE_CHECKING:
    import pandas as pd

LONGEST_NUMBER = 15
"""Digits that a spreadsheet keeps of a number; of a longer one the last are lost."""

LOOKALIKE_LETTERS = "[\u0370-\u03ff\u0400-\u04ff]"


def read(cells: Cells) -> Read:
    """Identifiers as text, in plain width; ``damaged-identifier`` where a spreadsheet cut a number short."""
    text = cells.text.str.normalize("NFKC").str.strip()
    too_long = cells.native & (text.str.len() > LONGEST_NUMBER)
    return Read(text, reasons(text, {"damaged-identifier": too_long.fillna(value=False).astype(bool)}))


def read_tracking(cells: Cells) -> Read:
    """Tracking numbers; ``foreign-letters`` where Cyrillic or Greek letters pass for Latin ones."""
    first = read(cells)
    foreign = first.values.str.contains(LOOKALIKE_LETTERS, regex=True).fillna(value=False).astype(bool)
    return Read(first.values, first.reasons.mask(foreign, "foreign-letters"))


def read_text(cells: Cells) -> Read:
    """Free text as it stands."""
    return Read(cells.text, reasons(cells.text, {}))


def reasons(like: pd.Series[str], masks: dict[str, pd.Series[bool]]) -> pd.Series[str]:
    """For each cell the first reason whose mask holds; missing for the others."""
    found = like.astype(object).mask(like.notna() | like.isna(), None)
    for reason, mask in masks.items():
        found = found.mask(mask & found.isna(), reason)
    return found
