"""Quarantine files fed in again: each mended row takes the place of the one that was refused, and of no other."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from audit.ingest.dialect import DELIMITERS
from audit.ingest.foot import is_total
from audit.ingest.rows import Broken, TextRows
from audit.ledger.faults import cell_faults
from audit.ledger.part import Part, Returned
from audit.ledger.repair import ADDED, LINE
from audit.normalise.text import clean, plain_identifiers
from schemas.inert import restore
from schemas.table import Kind
from schemas.text import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.ledger.sieve import Sieved

SOURCE_ROW, _, HASH = ADDED
REPLACED = "{count} rows of {file} are replaced by mended ones from {mended}."
ALONE = "{file} is a quarantine file without its original: its {count} rows stand for themselves."
COPIED = "{file} holds {count} rows that another quarantine file holds mended; they are left out."
UNKNOWN = "\N{REPLACEMENT CHARACTER}"


class Place(NamedTuple):
    """A row of a file."""

    part: Part
    row: int


def take_back(rows: TextRows) -> tuple[TextRows, Returned | None]:
    """A quarantine file as the file that it came from, and what it says of its rows; any other file as it is."""
    if HASH not in rows.header:
        return rows, None
    cells = rows.cells.map(restore) if rows.delimiter else rows.cells
    added = {name: cells[place].str.strip() for place, name in enumerate(rows.header) if name in (*ADDED, LINE)}
    returned = Returned(_by_row(added[HASH]), _by_row(added[SOURCE_ROW]) if SOURCE_ROW in added else {})
    own = [place for place, name in enumerate(rows.header) if name not in (*ADDED, LINE)]
    places = {old: new for new, old in enumerate(own)}
    bare = replace(
        rows,
        header=tuple(rows.header[place] for place in own),
        cells=cells[own].rename(columns=places),
        broken=tuple(each._replace(column=places.get(each.column, -1)) for each in rows.broken if each.column < 0 or each.column in places),
        native={places[place]: mask for place, mask in rows.native.items() if place in places},
        unfit={places[place]: why for place, why in rows.unfit.items() if place in places},
    )
    return _split_lines(bare, added[LINE]) if LINE in added else bare, returned


def _by_row(cells: pd.Series[str]) -> dict[int, str]:
    return {int(row): value for row, value in cells.items() if value}


def _split_lines(rows: TextRows, lines: pd.Series[str]) -> TextRows:
    """Rows that hold a line and nothing else, split where they can be; a person may also have filled in the columns."""
    bare = (rows.cells.apply(lambda column: column.str.strip()) == "").all(axis=1)
    cells, broken = rows.cells.copy(), list(rows.broken)
    for row, line in lines[bare & (lines != "")].items():
        found = _split(line, rows.header)
        if isinstance(found, str):
            broken.append(Broken(int(str(row)), found, line))
            cells = cells.drop(index=row)
        else:
            cells.loc[row] = found
    return replace(rows, cells=cells, broken=tuple(broken), native={place: mask[cells.index] for place, mask in rows.native.items()})


def _split(line: str, header: Sequence[str]) -> list[str] | str:
    """The cells of a line by the one delimiter that gives as many as there are headers, or why there are none."""
    if UNKNOWN in line:
        return "undecodable"
    fitting = [cells for delimiter in DELIMITERS if len(cells := _parse(line, delimiter)) == len(header)]
    if len(fitting) != 1:
        return "unsplit-line"
    if is_total(fitting[0]):
        return "totals-line"
    return "repeated-header" if [cell.strip() for cell in fitting[0]] == list(header) else fitting[0]


def _parse(line: str, delimiter: str) -> list[str]:
    try:
        records = list(csv.reader(line.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error:
        return []
    return records[0] if len(records) == 1 else []


def replace_mended(parts: Sequence[Part]) -> list[Message]:
    """Let each mended row replace the row that it came from; refuse one whose row is not there any more."""
    mended, originals = ([part for part in parts if (part.returned is not None) == back] for back in (True, False))
    if not mended:
        return []
    found = _origins(originals, set(_by_hash(mended)))
    for part in mended:
        _read_as_its_origin(part, originals, found)
    told = _leave_copies(mended)
    for each, places in _by_hash(mended).items():
        _replace(places, found.get(each, []))
    return told + [note for part in mended for note in _tell(part, found)]


def _read_as_its_origin(part: Part, originals: Sequence[Part], found: Mapping[str, list[Place]]) -> None:
    """Find the original of a quarantine file, and read its amounts and dates as those of the original are written."""
    named = [other for other in originals if other.repair_file == part.repair_file]
    held = [place.part for each in _by_hash([part]) for place in found.get(each, ())]
    part.origin = next(iter([*named, *held]), None)
    if part.origin is not None:
        part.read_as({sieved.table.name: sieved.decisions for sieved in part.origin.sieved})


def _by_hash(parts: Iterable[Part]) -> dict[str, list[Place]]:
    """The rows of quarantine files by the row that each mends."""
    found: dict[str, list[Place]] = {}
    for part in parts:
        for row, each in (part.returned.hashes if part.returned else {}).items():
            if row not in part.replaced:
                found.setdefault(each, []).append(Place(part, row))
    return found


def _leave_copies(mended: Sequence[Part]) -> list[Message]:
    """Of several quarantine files that hold the same row, the one in which most of it is mended counts."""
    left: Counter[str] = Counter()
    for places in _by_hash(mended).values():
        files = list(dict.fromkeys(place.part for place in places))
        if len(files) > 1:
            good = Counter(place.part for place in places if place.row not in place.part.refused)
            best = max(files, key=lambda part: good[part])
            for part in (part for part in files if part is not best):
                left[part.rows.place] += _leave(part, best, places)
    return [Message(COPIED, {"file": file, "count": count}) for file, count in left.items() if count]


def _leave(part: Part, best: Part, places: Sequence[Place]) -> int:
    """Count one file's rows as copies of those in another; where both are mended, and not alike, refuse them all."""
    theirs = {_typed(place): place.row for place in places if place.part is best and place.row not in best.refused}
    own = [place.row for place in places if place.part is part]
    unlike = [row for row in own if row not in part.refused and _typed(Place(part, row)) not in theirs]
    part.replace([row for row in own if row not in unlike])
    for mine, others, rows in ((part, best, unlike), (best, part, theirs.values() if unlike else ())):
        for row in rows:
            mine.refuse(row, mine.sieved[0].table.name, "contradicting-copy", other=others.rows.place)
    return len(own) - len(unlike)


def _typed(place: Place) -> str:
    return "|".join(repr(each.typed.loc[place.row].to_list()) for each in place.part.sieved if place.row in each.typed.index)


def _origins(originals: Sequence[Part], wanted: set[str]) -> dict[str, list[Place]]:
    """The rows of the originals that mended ones may replace: refused ones first; readable ones only where those do not tell all."""
    found: dict[str, list[Place]] = {}
    for rows_of in (lambda part: sorted(part.refused), lambda part: part.readable()):
        for part in originals if wanted - found.keys() else ():
            for row, each in part.hashes(rows_of(part)).items():
                if each in wanted:
                    found.setdefault(each, []).append(Place(part, int(row)))
    return found


def _replace(mended: Sequence[Place], originals: Sequence[Place]) -> None:
    """As many refused rows of each original as there are mended ones; readable ones all, for they are copies of one another."""
    for part in dict.fromkeys(place.part for place in originals):
        rows = [place.row for place in originals if place.part is part]
        refused = [row for row in rows if row in part.refused]
        readable = [row for row in rows if row not in part.refused]
        for place in mended if readable else ():
            place.part.chosen.add(place.row)
        for place, row in zip(mended, refused, strict=False):
            _refuse_lost_zeros(place, Place(part, row))
        part.replace([*refused[: len(mended)], *readable])


def _refuse_lost_zeros(mended: Place, original: Place) -> None:
    """A number whose only change is that its leading zeros are gone went through a spreadsheet, not through a person."""
    if original.row in original.part.lines or mended.row in mended.part.lines:
        return
    for sieved in mended.part.sieved:
        for name, (before, after) in _identifiers(sieved, mended, original):
            if before != after and before.startswith("0") and before.lstrip("0") == after:
                reasons = pd.Series("damaged-identifier", index=[mended.row])
                mended.part.add_faults(cell_faults(reasons, sieved.table.by_name[name], pd.Series([after])), sieved.table.name)


def _identifiers(sieved: Sieved, mended: Place, original: Place) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each identifier of a row before and after it was mended."""
    before = original.part.sieved_for(sieved.table.name)
    for name in sieved.places.keys() & (before.places.keys() if before else set()):
        column = sieved.table.by_name.get(name)
        if before and column and column.kind in (Kind.IDENTIFIER, Kind.TRACKING):
            yield name, (_cell(original, before.places[name]), _cell(mended, sieved.places[name]))


def _cell(place: Place, column: int) -> str:
    cell = plain_identifiers(clean(place.part.rows.received([place.row])[column]))
    return str(cell.fillna("").iloc[0])


def _tell(part: Part, found: Mapping[str, list[Place]]) -> list[Message]:
    """What became of one quarantine file; rows whose original is gone are refused, where the original file is there."""
    hashes = {row: each for row, each in (part.returned.hashes if part.returned else {}).items() if row not in part.replaced}
    stale = [row for row, each in hashes.items() if each not in found]
    if part.origin is None:
        return [Message(ALONE, {"file": part.rows.place, "count": len(hashes)})] if hashes else []
    part.repair_file = part.origin.repair_file
    for row in stale:
        part.refuse(row, part.sieved[0].table.name, "replaces-nothing")
    counts = Counter(place.part.rows.place for each in set(hashes.values()) for place in found.get(each, ()))
    return [Message(REPLACED, {"count": count, "file": file, "mended": part.rows.place}) for file, count in sorted(counts.items())]
