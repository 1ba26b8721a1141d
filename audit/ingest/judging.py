"""One table and a header: every cell of the header judged, the spelled ones first, then the like ones by the best matching overall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from audit.ingest.likeness import SAME, key, likeness
from audit.ingest.matching import best_matching
from audit.ingest.support import MOST, Side, support
from audit.ingest.weighing import NOTHING, How, Verdict, weigh
from schemas.table import ORDER_NUMBER, Kind, Table
from schemas.text import Message

if TYPE_CHECKING:
    from audit.ingest.profile import Profile

ENOUGH = 2
"""Headers that a table must know for the cells alone to propose further ones."""

CLOSE = 0.1
"""Difference of likeness below which two columns are equally likely."""

Profiles = Sequence["Profile"]
IDS = ("purchase_id", "item_id")


class Judged(NamedTuple):
    """What a table makes of a header: ``columns``, canonical name to position, of those used; a verdict and a column for each position."""

    columns: Mapping[str, int]
    verdicts: Mapping[int, tuple[str, Verdict]]
    repeated: tuple[str, int, int] | None = None


def judge(
    header: Sequence[str], table: Table, profiles: Profiles, ordered: Profile | None, fixed: Mapping[str, int], *, likely: bool = True
) -> Judged:
    """Judge each cell of a header for one table; ``fixed``: what a mapping or preset has said; ``likely``: whether likeness is asked."""
    verdicts: dict[int, tuple[str, Verdict]] = {place: (name, Verdict(How.MAPPED, 1.0)) for name, place in fixed.items()}
    columns = dict(fixed)
    repeated = None
    for place, name in _spelled(header, table, set(fixed.values())).items():
        if doubt := _doubt(table, name, header[place], profiles[place] if profiles else None):
            verdicts[place] = (name, Verdict(How.DOUBTFUL, 1.0, (doubt,)))
        elif columns.setdefault(name, place) == place:
            verdicts[place] = (name, Verdict(How.SPELLED, 1.0))
        elif name not in fixed:
            repeated = repeated or (name, columns[name], place)
    used = set(columns.values())
    free = [place for place, cell in enumerate(header) if cell.strip(" _") == cell.strip() != "" and place not in used]
    found = _likely(header, table, free, columns, profiles, ordered) if likely else {}
    verdicts |= {place: pair for place, pair in found.items() if pair[1].how is How.CERTAIN or place not in verdicts}
    columns |= {name: place for place, (name, verdict) in found.items() if verdict.how is How.CERTAIN}
    return Judged(columns, verdicts, repeated)


def _spelled(header: Sequence[str], table: Table, taken: set[int]) -> dict[int, str]:
    known = table.headers
    return {place: known[key(cell)] for place, cell in enumerate(header) if cell.strip() and place not in taken and key(cell) in known}


def _doubt(table: Table, name: str, header: str, profile: Profile | None) -> Message | None:
    """Why the cells under a header that is spelled as a column can't be that column's; its canonical name is never doubted."""
    if profile is None or not profile.filled or header.strip().casefold() == name:
        return None
    column = ORDER_NUMBER if name == ORDER_NUMBER.name else table.by_name[name]
    if column.kind is Kind.IDENTIFIER and profile.share("date") >= MOST:
        return Message("spelled as {column}, but its values are dates", {"column": name})
    if column.kind is Kind.CHOICE and support(column, profile, None).side is Side.AGAINST:
        others = [other.name for other in table.columns if other.kind is Kind.CHOICE and support(other, profile, None).side is Side.FOR]
        if others:
            return Message("spelled as {column}, but its values are those of {other}", {"column": name, "other": others[0]})
    return None


def _likely(
    header: Sequence[str], table: Table, free: Sequence[int], columns: Mapping[str, int], profiles: Profiles, ordered: Profile | None
) -> dict[int, tuple[str, Verdict]]:
    """The headers that are not spelled, by the best matching; one that competes for a column, or could be two, is doubtful."""
    names = [name for name in (*table.by_name, *((ORDER_NUMBER.name,) if table.numbered else ())) if not _is_taken(name, columns)]
    said = sum(any(likeness(header[place], table, name).score >= SAME for name in names) for place in free)
    by_cells = len(columns) + said >= ENOUGH and bool(profiles)
    every = {
        (place, name): verdict
        for place in free
        for name in names
        if (verdict := weigh(header[place], table, name, profiles[place] if profiles else None, ordered, by_cells=by_cells)) is not NOTHING
    }
    paired = best_matching({pair: verdict.weight for pair, verdict in every.items()})
    found = {place: (name, _sure(place, name, every, paired, header)) for place, name in paired.items()}
    for place, name in {
        place: name for (place, name), verdict in every.items() if place not in found and verdict.how is How.CERTAIN
    }.items():
        found[place] = (name, every[place, name].doubted(_competes(name, _rivals(place, name, every, paired), header)))
    return found


def _is_taken(name: str, columns: Mapping[str, int]) -> bool:
    """A column that has its header, or ids that come by another way."""
    if name in columns:
        return True
    if name == ORDER_NUMBER.name:
        return all(part in columns for part in IDS)
    return name in IDS and ORDER_NUMBER.name in columns


def _sure(place: int, name: str, every: Mapping[tuple[int, str], Verdict], paired: Mapping[int, str], header: Sequence[str]) -> Verdict:
    verdict = every[place, name]
    if verdict.how is not How.CERTAIN:
        return verdict
    if rivals := _rivals(place, name, every, paired):
        return verdict.doubted(_competes(name, rivals, header))
    taken = set(paired.values())
    other = next(
        (
            column
            for (at, column), rival in every.items()
            if at == place and column not in taken and rival.how is How.CERTAIN and rival.score > verdict.score - CLOSE
        ),
        None,
    )
    return verdict.doubted(Message("may be {other} as well", {"other": other})) if other else verdict


def _rivals(place: int, name: str, every: Mapping[tuple[int, str], Verdict], paired: Mapping[int, str]) -> list[int]:
    """Other headers that are as certain of a column, and have not found another one."""
    return [
        at
        for (at, column), verdict in every.items()
        if column == name and at != place and verdict.how is How.CERTAIN and not _is_settled(at, name, every, paired)
    ]


def _is_settled(at: int, name: str, every: Mapping[tuple[int, str], Verdict], paired: Mapping[int, str]) -> bool:
    found = paired.get(at)
    return found is not None and found != name and every[at, found].how is How.CERTAIN


def _competes(name: str, rivals: Sequence[int], header: Sequence[str]) -> Message:
    return Message("competes with {headers:words} for {column}", {"headers": [header[rival] for rival in rivals], "column": name})
