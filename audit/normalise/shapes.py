"""The shapes of dates, and the figures that stand in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from audit.normalise.months import months
from schemas.table import fold

ZONE = r"(?: ?(?P<zone>Z|z|UTC|utc|GMT|gmt|[+-]\d{2}(?::?\d{2})?))?"
CLOCK = (
    r"(?:(?:[Tt]| ?- ?| )(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    rf"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?{ZONE})?"
)
YEAR_FIRST = rf"^(?P<year>\d{{4}})[/.\-](?P<month>\d{{1,2}})[/.\-](?P<day>\d{{1,2}}){CLOCK}$"
COMPACT = r"^(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:[Tt]?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>[Zz])?)?$"
DAY_FIRST = rf"^(?P<day>\d{{1,2}})[/.\-](?P<month>\d{{1,2}})[/.\-](?P<year>\d{{4}}){CLOCK}$"
MONTH_FIRST = DAY_FIRST.replace("<day>", "<_>").replace("<month>", "<day>").replace("<_>", "<month>")
NAME = r"(?P<word>[^\d\s/.\-:]+)"
WORDS = (
    rf"^(?P<day>\d{{1,2}})[ /\-]*{NAME}[ /\-]*(?P<year>\d{{4}}){CLOCK}$",
    rf"^{NAME}[ /\-]*(?P<day>\d{{1,2}})[ /\-]+(?P<year>\d{{4}}){CLOCK}$",
    rf"^(?P<year>\d{{4}})[ /\-]*{NAME}[ /\-]*(?P<day>\d{{1,2}}){CLOCK}$",
)
SHORT_YEAR = rf"^(?:\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]\d{{2}}|(?:\d{{1,2}}[ /\-]*)?[^\d\s/.\-:]+[ /\-]*\d{{1,2}}(?:[ /\-]+\d{{2}})?){CLOCK}$"
FIELDS = ("year", "month", "day", "hour", "minute", "second", "micro", "offset")
"""The figures of a date: whole numbers, the zone in seconds east of UTC."""

NOON, DAY_END = 12, 24
DAY_SECONDS = DAY_END * 3600
YEARS = 10_000
"""Years that four figures can tell."""

MICRO_DIGITS = 6
MOST_OFFSET = 14 * 3600
"""Seconds from UTC of the farthest zone."""

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Figures(NamedTuple):
    """Which cells have a shape, the figures of those, and which of those have a clock and a zone."""

    held: Mask
    numbers: Mapping[str, Numbers]
    clocked: Mask
    zoned: Mask


def figures(cells: pa.Array, pattern: str) -> Figures:
    """The figures of the cells that have a shape."""
    # a match alone is several times faster than its parts, and most columns have one shape
    matching = pc.fill_null(pc.match_substring_regex(cells, pattern), fill_value=False)
    held = matching.to_numpy(zero_copy_only=False)
    parts = pc.extract_regex(cells if held.all() else cells.filter(matching), pattern)
    names = {parts.type.field(place).name for place in range(parts.type.num_fields)}
    numbers = {name: _numbers(parts.field(name)) for name in ("year", "day", "hour", "minute", "second") if name in names}
    numbers["month"] = _numbers(parts.field("month")) if "month" in names else _month_numbers(parts.field("word"))
    numbers = {name: numbers.get(name, np.zeros(len(parts), dtype="int64")) for name in FIELDS}
    if "fraction" in names:
        numbers["micro"] = _numbers(pc.utf8_slice_codeunits(pc.utf8_rpad(parts.field("fraction"), MICRO_DIGITS, "0"), 0, MICRO_DIGITS))
    if "half" in names:
        numbers["hour"] = _by_half(numbers["hour"], parts.field("half"))
    numbers["offset"] = _offsets(parts.field("zone"))
    return Figures(held, numbers, _filled(parts.field("hour")), _filled(parts.field("zone")))


def _filled(texts: pa.Array) -> Mask:
    filled: Mask = pc.not_equal(texts, "").to_numpy(zero_copy_only=False)
    return filled


def _numbers(texts: pa.Array) -> Numbers:
    digits: Numbers = pc.cast(pc.if_else(pc.equal(texts, ""), "0", texts), pa.int64()).to_numpy()
    return digits


def _by_word(words: pa.Array, mean: Sequence[int]) -> Numbers:
    return np.asarray(mean, dtype="int64")[words.indices.to_numpy()] if len(words) else np.zeros(0, dtype="int64")


def _month_numbers(words: pa.Array) -> Numbers:
    """The month that each word names; 0 for none."""
    coded = words.dictionary_encode()
    return _by_word(coded, [months().get(fold(word), 0) for word in coded.dictionary.to_pylist()])


def _offsets(zones: pa.Array) -> Numbers:
    coded = zones.dictionary_encode()
    return _by_word(coded, [_offset(zone) for zone in coded.dictionary.to_pylist()])


def _offset(zone: str) -> int:
    """Seconds east of UTC."""
    digits = zone.strip("+-").replace(":", "")
    if not digits.isdigit():
        return 0
    size = int(digits[:2]) * 3600 + int(digits[2:] or 0) * 60
    return -size if zone.startswith("-") else size


def _by_half(hours: Numbers, halves: pa.Array) -> Numbers:
    """Hours of the half day as hours of the day; -1 where there is no such hour."""
    half = pc.utf8_lower(halves)
    after, marked = (mask.to_numpy(zero_copy_only=False) for mask in (pc.equal(half, "p"), pc.not_equal(half, "")))
    told = np.where((hours >= 1) & (hours <= NOON), hours % NOON + NOON * after, -1)
    # 18:05 PM is written by programs that add the half of the day to a clock of 24 hours
    return np.where(marked, np.where(after & (hours > NOON) & (hours < DAY_END), hours, told), hours)


def moments(numbers: Mapping[str, Numbers]) -> npt.NDArray[np.datetime64]:
    """Figures as local times; not a time where no calendar or clock has them. 24:00 is the next day's 0:00."""
    year, month, day = (numbers[name] for name in FIELDS[:3])
    starts, lengths = _calendar()
    fits = (year > 0) & (month >= 1) & (month <= NOON)
    place = np.where(fits, year * NOON + month, 0)
    fits &= (day >= 1) & (day <= lengths[place])
    seconds = numbers["hour"] * 3600 + numbers["minute"] * 60 + numbers["second"]
    fits &= (numbers["hour"] >= 0) & (numbers["minute"] < 60) & (numbers["second"] < 60)  # noqa: PLR2004 - minutes and seconds
    fits &= (seconds < DAY_SECONDS) | ((seconds == DAY_SECONDS) & (numbers["micro"] == 0))
    fits &= np.abs(numbers["offset"]) <= MOST_OFFSET
    local = ((starts[place] + day - 1) * DAY_SECONDS + seconds) * 1_000_000 + numbers["micro"]
    return np.where(fits, local.view("datetime64[us]"), np.datetime64("NaT"))


@cache
def _calendar() -> tuple[Numbers, Numbers]:
    """By year and month of four figures, the day since 1970 on which a month starts, and its length."""
    months_ = np.datetime64("0000-01", "M") + np.arange(-1, YEARS * NOON + 1)
    starts = months_.astype("datetime64[D]").astype("int64")
    return starts[:-1], np.diff(starts)
