"""Which table a header belongs to, and which column each of its cells means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from audit.ingest.judging import IDS, Judged, Profiles, judge
from audit.ingest.layout import Layout
from audit.ingest.likeness import SAME, UNDATED, is_said, key, likeness
from audit.ingest.presets import is_preset_header
from audit.ingest.weighing import How, Verdict
from schemas.orders import ORDERS
from schemas.table import ORDER_NUMBER, Table
from schemas.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from audit.ingest.profile import Profile

NEAR = 3
"""Known headers from which a file is taken for a table that lacks something, rather than for no export."""

CERTAIN_LINE = 3
"""Least headers that a line must say for its likeness to make it the header, beside half of its cells."""

LONGEST_HEADER = 60
"""Letters beyond which a cell is no header."""

PAIR = ("orders", "shipments")
"""The two tables that one file may feed."""

ORDERED_ONLY = ("shipping_mode",)
"""Columns that belong to the orders alone where one file feeds orders and shipments."""


class Known(NamedTuple):
    """Headers that count as known beside the schemas' own: those of a mapping, or any words at all."""

    mapped: frozenset[str] = frozenset()
    any_words: bool = False


NO_MORE = Known()
_KNOWN: ContextVar[Known] = ContextVar("headers that count as known", default=NO_MORE)


class Recognised(NamedTuple):
    """A table that a header holds.

    ``columns``: canonical name to header position; ``missing``: required ones that it lacks; ``repeated``: a column and its two headers;
    ``verdicts``: by position, the column that a header may mean, and how sure that is.
    """

    table: Table
    columns: Mapping[str, int]
    missing: tuple[str, ...] = ()
    verdicts: Mapping[int, tuple[str, Verdict]] = {}
    repeated: tuple[str, int, int] | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing that is required is missing."""
        return not self.missing

    @property
    def sure(self) -> frozenset[str]:
        """The columns that a spelling, a mapping or a preset names."""
        return frozenset(name for name, verdict in self.verdicts.values() if verdict.how in (How.SPELLED, How.MAPPED)) & self.columns.keys()


class RepeatedHeaderError(Exception):
    """Two headers of a file mean the same column."""

    def __init__(self, column: str, headers: tuple[str, str]) -> None:
        self.column = column
        self.headers = headers
        super().__init__(f"the headers {headers[0]!r} and {headers[1]!r} both mean {column}")


@contextmanager
def also_known(mapped: frozenset[str], *, any_words: bool = False) -> Iterator[None]:
    """While a file's header line is looked for, headers that a mapping names count as known; on request any words do."""
    token = _KNOWN.set(Known(mapped, any_words))
    try:
        yield
    finally:
        _KNOWN.reset(token)


def header_score(cells: Sequence[str]) -> int:
    """How many cells of a line are known headers of one table, or of a preset or mapping; 0 unless the line looks like a header."""
    keys = [key(cell) for cell in cells if cell.strip()]
    if len(set(keys)) <= 1:
        return 0
    known = _KNOWN.get()
    if is_preset_header(cells) or sum(cell in known.mapped for cell in keys) * 2 > len(known.mapped) > 0:
        return len(keys)
    best = max(sum(cell in table.headers for cell in keys) for table in TABLES.values())
    if known.any_words:
        return max(best, sum(not any(letter.isdigit() for letter in cell) for cell in keys))
    if best == len(keys):
        return best
    like = sum(_is_like(cell) for cell in cells if cell.strip())
    if like >= CERTAIN_LINE and 2 * like >= len(keys):
        return max(best, like)
    return best if best >= min(2, len(keys)) else 0


@lru_cache(maxsize=10_000)
def _is_like(cell: str) -> bool:
    """Whether a cell is a header by its words: no number, no long text, and nothing but what some table's header says."""
    if len(cell) > LONGEST_HEADER or sum(letter.isdigit() for letter in cell) > 1:
        return False
    return any(key(cell) in table.headers for table in TABLES.values()) or is_said(cell)


def recognise(
    header: Sequence[str], named: str | None = None, cells: pd.DataFrame | None = None, layout: Layout | None = None
) -> list[Recognised]:
    """The tables that a header holds whole, orders first; ``named``: the one table that a person said it is.

    ``cells``: the rows, a column a position; without them a header is judged by its words alone. ``layout``: what a mapping or preset says.
    A file may feed orders and shipments. Where none is whole, the nearest one is returned with what it lacks.
    Raises RepeatedHeaderError where two headers mean the same column of a table that the file holds.
    """
    profiles = _profiles(cells, len(header))
    found = [_match(table, header, profiles, layout, likely=False) for table in _candidates(named, layout)]
    if layout is None or not layout.is_preset:
        found = _with_likeness(found, header, profiles, layout)
    chosen = _chosen(found, named, layout)
    for match in chosen:
        if match.repeated:
            name, first, second = match.repeated
            raise RepeatedHeaderError(name, (header[first], header[second]))
    return chosen


def nearly(header: Sequence[str], cells: pd.DataFrame, chosen: Sequence[Recognised]) -> list[Recognised]:
    """Of orders and shipments the one that a file would feed too, if headers that are not certain were what they may be."""
    names = {match.table.name for match in chosen}
    if not names or not names <= set(PAIR) or len(names) == len(PAIR):
        return []
    other = _match(TABLES[next(name for name in PAIR if name not in names)], header, _profiles(cells, len(header)), None, likely=True)
    doubtful = {name for name, verdict in other.verdicts.values() if verdict.how is How.DOUBTFUL}
    return [other] if other.missing and set(other.missing) <= doubtful and len(other.columns) >= NEAR else []


def every_match(header: Sequence[str], cells: pd.DataFrame | None = None) -> list[Recognised]:
    """What each table would make of a header, whole or not."""
    profiles = _profiles(cells, len(header))
    return [_match(table, header, profiles, None, likely=True) for table in TABLES.values()]


def _with_likeness(found: list[Recognised], header: Sequence[str], profiles: Profiles, layout: Layout | None) -> list[Recognised]:
    """The tables that may yet win, with what likeness adds; nothing is asked of it where every header of a whole table is spelled."""
    whole = [match for match in found if match.whole and _distinct(match)]
    headers = {place for place, cell in enumerate(header) if cell.strip()}
    if any(headers <= match.verdicts.keys() for match in whole):
        return found
    names = {match.table.name for match in whole or found}
    names |= set(PAIR) if names & set(PAIR) else set()
    return [_match(match.table, header, profiles, layout, likely=True) for match in found if match.table.name in names]


def _candidates(named: str | None, layout: Layout | None) -> list[Table]:
    if named:
        return [TABLES[named]]
    return [TABLES[name] for name in layout.tables] if layout else list(TABLES.values())


def _chosen(found: list[Recognised], named: str | None, layout: Layout | None) -> list[Recognised]:
    if named or (layout and not layout.is_preset):
        return found
    whole = [match for match in found if match.whole and _distinct(match)]
    if layout:
        return whole if found[0] in whole else found[:1]
    spelled = [match for match in whole if match.sure >= set(match.columns) & set(match.table.required) and _distinct(match)]
    if whole:
        return _apart(whole, spelled or whole)
    near = [match for match in found if len(match.columns) >= NEAR and _distinct(match)]
    return sorted(near, key=lambda match: (len(match.missing), -len(match.columns)))[:1]


def _match(table: Table, header: Sequence[str], profiles: Profiles, layout: Layout | None, *, likely: bool) -> Recognised:
    filled = [bool(profile.filled) for profile in profiles] if layout and profiles else [True] * len(header)
    fixed = layout.places(table, header, filled) if layout else {}
    shown = [cell if layout is None or key(cell) not in layout.headers else "" for cell in header]
    judged = judge(shown, table, profiles, _ordered(header, profiles), fixed, likely=likely)
    return Recognised(table, judged.columns, _missing(table, judged, layout), judged.verdicts, judged.repeated)


def _missing(table: Table, judged: Judged, layout: Layout | None) -> tuple[str, ...]:
    there = set(judged.columns) | (layout.made(table) if layout else set())
    if ORDER_NUMBER.name in there:
        there.update(IDS)
    return tuple(name for name in table.required if name not in there)


def _profiles(cells: pd.DataFrame | None, width: int) -> Profiles:
    if cells is None:
        return ()
    from audit.ingest.profile import Profile

    return [Profile(cells[place]) for place in range(width)]


def _ordered(header: Sequence[str], profiles: Profiles) -> Profile | None:
    """The dates of the orders, against which other dates are held: of the header that says so most plainly."""
    likely = [(likeness(cell, ORDERS, "ordered_at").score, place) for place, cell in enumerate(header) if cell.strip()]
    spelled = [place for place, cell in enumerate(header) if ORDERS.headers.get(key(cell)) == "ordered_at"]
    best = spelled or [place for score, place in likely if score >= SAME] or [place for score, place in likely if score >= UNDATED]
    dated = [profiles[place] for place in best if profiles and profiles[place].days]
    return dated[0] if dated else None


def _distinct(match: Recognised) -> bool:
    return any(name in match.columns for name in match.table.distinctive)


def _apart(whole: list[Recognised], told: list[Recognised]) -> list[Recognised]:
    """The most telling table first; a second one only where a file may feed both orders and shipments."""
    best = max(told, key=lambda match: (len(match.columns), match.table.name == "orders"))
    pair = {match.table.name: match for match in whole if match.table.name in PAIR}
    if len(pair) < 2 or (best.table.name not in pair and "orders" not in {match.table.name for match in told}):  # noqa: PLR2004 - both
        return [best]
    orders, shipments = pair["orders"], pair["shipments"]
    shared = set(orders.columns.values())
    own = {
        name: place
        for name, place in shipments.columns.items()
        if name in (*IDS, ORDER_NUMBER.name, "ship_from") or place not in shared or name not in ORDERED_ONLY
    }
    return [orders, shipments._replace(columns=own)]
