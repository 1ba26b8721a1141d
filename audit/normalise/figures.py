"""Figures as people and programs write them, in hundredths: groups of digits, decimal signs, minus and currency signs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from audit.normalise import first_reasons, plain
from audit.normalise.currencies import meanings
from audit.normalise.raw import arrow, speechless

GROUP = "[ '’]"
"""What stands between groups of three digits wherever the point or comma is the decimal sign."""

LETTERS = r"[^\d.,'’ \-+()]*"
AROUND = (
    rf"^(?P<minus>[-+]?) ?(?P<before>{LETTERS})\.? ?(?P<inner>[-+]?) ?"
    rf"(?P<figure>\d[\d.,'’ ]*|[.,]\d+|\d+ ?€ ?\d\d) ?(?P<after>{LETTERS})\.? ?(?P<behind>-?)$"
)
BRACKETS = r"[^\d]*\(.*\d.*\)[^\d]*"
MINUS = "[\u2212\u2013\ufe63]"
WHOLE = rf"-?(?:\d+|\d{{1,3}}(?:{GROUP}\d{{3}})+)"
EURO_CENTS = r"-?\d+€\d\d"
"""The euro sign in the decimal sign's place, as on French price tags."""

EITHER = r"-?[1-9]\d{0,2}[.,]\d{3}"
"""One sign before three digits: thousands, or three decimals."""

THIRD = rf"-?(?:\d+|\d{{1,3}}(?:{GROUP}\d{{3}})+|\d{{1,3}}(?:\.\d{{3}})+|\d{{1,3}}(?:,\d{{3}})+)[.,]\d{{3,}}"
LONGEST = 15
"""Digits before the decimal sign that a figure may have: as many as a spreadsheet keeps."""


def _decimals(sign: str, thousands: str) -> str:
    """Figures that leave no doubt of their decimal sign; zeros beyond the cents, four decimals or more, say nothing more."""
    whole = rf"(?:\d*|\d{{1,3}}(?:{GROUP}\d{{3}})+|\d{{1,3}}(?:\{thousands}\d{{3}})+)"
    return rf"-?{whole}\{sign}(?:\d{{1,2}}|\d\d00+)|-?[1-9]\d{{0,2}}(?:\{thousands}\d{{3}}){{2,}}"


COMMA, POINT = _decimals(",", "."), _decimals(".", ",")


class Figures(NamedTuple):
    """Figures once read: in hundredths (missing where unreadable), their decimal sign where they show it, currency mark, and reasons."""

    hundredths: pd.Series[int]
    decimal: pd.Series[str]
    sign: pd.Series[str]
    reasons: pd.Series[str]


def figures(cells: pd.Series[str], decimal: str = "") -> Figures:
    """Figures read each as it shows, and where it does not show it by a decimal sign that was decided."""
    seen = plain.read(arrow(cells))
    found = Figures(
        pd.Series(seen.hundredths, index=cells.index, dtype="Int64"),
        pd.Series(pd.array(seen.decimal, dtype="str"), index=cells.index),
        pd.Series(pd.NA, index=cells.index, dtype="str"),
        first_reasons({}),
    )
    if seen.held.all():
        return found
    left = np.flatnonzero(~seen.held)
    mute = speechless(arrow(cells.iloc[left]))
    found.hundredths.iloc[left[mute]] = pd.NA
    reasons = pd.Series("unreadable-number", index=cells.index[left[mute]], dtype="str")
    if mute.all():
        return found._replace(reasons=reasons)
    careful = _careful(cells.iloc[left[~mute]], decimal)
    for whole, part in zip(found[:3], careful[:3], strict=True):
        whole.iloc[left[~mute]] = part.array
    return found._replace(reasons=pd.concat([careful.reasons, reasons]).sort_index())


def _careful(cells: pd.Series[str], decimal: str) -> Figures:
    """Figures of any shape."""
    tidy = cells.str.normalize("NFKC").str.replace(MINUS, "-", regex=True).str.replace("^'", "", regex=True)
    bare, sign = _bare(tidy)
    either = _matches(bare, EITHER)
    shows = pd.Series("", index=cells.index, dtype="str").mask(_matches(bare, COMMA), ",").mask(_matches(bare, POINT), ".")
    third = (_matches(bare, THIRD) & (shows == "") & ~either) | (either & bare.str.contains(decimal, regex=False) if decimal else False)
    readable = _matches(bare, WHOLE) | _matches(bare, EURO_CENTS) | (shows != "") | (either if decimal else False)
    bare = _plain(bare.where(readable & ~third), shows.mask(either, decimal))
    long = _matches(bare, rf"-?\d{{{LONGEST + 1},}}(?:\..*)?")
    reasons = first_reasons(
        {
            "accounting-brackets": _matches(tidy, BRACKETS),
            "ambiguous-number": either & (decimal == ""),
            "third-decimal": third,
            "too-long-number": long,
            "unreadable-number": bare.isna(),
        }
    )
    hundredths = _hundredths(bare.mask(long))
    return Figures(hundredths.mask(hundredths.index.isin(reasons.index)), shows, sign, reasons)


def _matches(text: pd.Series[str], pattern: str) -> pd.Series[bool]:
    return text.str.fullmatch(pattern).fillna(value=False).astype(bool)


def _parts(text: pd.Series[str], pattern: str) -> dict[str, pd.Series[str]]:
    """The named parts of a pattern, missing where a cell does not have its shape."""
    found = pc.extract_regex(pa.array(text, from_pandas=True), pattern)
    found = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    names = [found.type.field(place).name for place in range(found.type.num_fields)]
    return {name: pd.Series(pd.array(pc.struct_field(found, [name]), dtype="str"), index=text.index) for name in names}


def _bare(text: pd.Series[str]) -> tuple[pd.Series[str], pd.Series[str]]:
    """The figures without currency marks, a minus in front; and the marks. Missing where something else stands there."""
    parts = _parts(text, AROUND)
    marks = {name: parts[name].str.casefold() for name in ("before", "after")}
    within = parts["figure"].str.contains("€", regex=False).fillna(value=False).astype(bool)
    mark = marks["before"].mask(marks["before"] == "", marks["after"]).mask(within, "€")
    one = (marks["before"] == "") | (marks["after"] == "") | (marks["before"] == marks["after"])
    known = (mark == "") | mark.isin(list(meanings()))
    signs = parts["minus"] + parts["inner"] + parts["behind"]
    figure = parts["figure"].str.strip().str.replace(" ?€ ?", "€", regex=True)
    bare = figure.mask(signs.str.contains("-", regex=False).fillna(value=False).astype(bool), "-" + figure)
    return bare.where(one & known & (signs.str.len() <= 1)), mark.where(known & (mark != ""))


def _plain(bare: pd.Series[str], shows: pd.Series[str]) -> pd.Series[str]:
    """Figures with a point as decimal sign and nothing between their digits."""
    grouped = bare.str.replace(GROUP, "", regex=True).str.replace("€", ".", regex=False)
    comma = grouped.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    return grouped.mask(shows == ",", comma).mask(shows == ".", grouped.str.replace(",", "", regex=False))


def _hundredths(plain: pd.Series[str]) -> pd.Series[int]:
    """Whole hundredths, digits only, never through a binary fraction."""
    parts = _parts(plain, r"^(?P<minus>-?)(?P<ones>\d*)\.?(?P<rest>\d{0,2})")
    digits = "0" + parts["ones"] + parts["rest"].str.pad(2, side="right", fillchar="0")
    size = pd.Series(pd.array(pc.cast(pa.array(digits, from_pandas=True), pa.int64()), dtype="Int64"), index=plain.index)
    return size.mask((parts["minus"] == "-").fillna(value=False).astype(bool), -size)
