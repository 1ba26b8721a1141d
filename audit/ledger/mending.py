"""Quarantine files fed in again: each mended row takes the place of the one that was refused, and of no other."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from audit.ingest.dialect import DELIMITERS
from audit.ingest.foot import is_total
from audit.ingest.rows import Broken, TextRows
from audit.ledger.likeness import Likeness, likenesses
from audit.ledger.part import Part, Returned
from audit.ledger.repair import ADDED, LINE
from audit.ledger.zeros import refuse_lost_zeros
from schemas.inert import MARK, restore
from schemas.text import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

SOURCE_ROW, _, HASH = ADDED
REPLACED = "{count} rows of {file} are replaced by mended ones from {mended}."
ALONE = "{file} is a quarantine file without its original: its {count} rows stand for themselves."
COPIED = "{file} holds {count} rows that another quarantine file holds mended; they are left out."
UNKNOWN = "\N{REPLACEMENT CHARACTER}"


Held = tuple[Part, list[int]]
"""A file and some of its rows."""


class Place(NamedTuple):
    """A row of a file."""

    part: Part
    row: int


def take_back(rows: TextRows) -> tuple[TextRows, Returned | None]:
    """A quarantine file as the file that it came from, and what it says of its rows; any other file as it is."""
    if HASH not in rows.header:
        return rows, None
    cells = rows.cells.apply(_restored) if rows.delimiter else rows.cells
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


def _restored(cells: pd.Series[str]) -> pd.Series[str]:
    """A column as it was before it was made inert; a cell without an apostrophe is so already."""
    marked = cells.str.contains(MARK, regex=False)
    return cells.mask(marked, cells[marked].map(restore)) if marked.any() else cells


def _by_row(cells: pd.Series[str]) -> dict[int, str]:
    return {int(row): value for row, value in cells.items() if value}


def _split_lines(rows: TextRows, lines: pd.Series[str]) -> TextRows:
    """Rows that hold a line and nothing else, split where they can be; a person may also have filled in the columns."""
    bare = (rows.cells.apply(lambda column: column.str.strip()) == "").all(axis=1)
    found = {int(str(row)): _split(line, rows.header) for row, line in lines[bare & (lines != "")].items()}
    broken = [Broken(row, reason, lines[row]) for row, reason in found.items() if isinstance(reason, str)]
    cells = rows.cells.drop(index=[each.row for each in broken])
    if split := {row: each for row, each in found.items() if not isinstance(each, str)}:
        cells.loc[[*split]] = [*split.values()]
    native = {place: mask[cells.index] for place, mask in rows.native.items()}
    return replace(rows, cells=cells, broken=(*rows.broken, *broken), native=native)


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
    _replace(_by_hash(mended), found, originals)
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


def _by_part(places: Iterable[Place]) -> dict[Part, list[int]]:
    found: dict[Part, list[int]] = {}
    for part, row in places:
        found.setdefault(part, []).append(row)
    return found


def _leave_copies(mended: Sequence[Part]) -> list[Message]:
    """Of several quarantine files that hold the same row, the one in which most of it is mended counts."""
    copied = [rows for places in _by_hash(mended).values() if len(rows := _by_part(places)) > 1]
    read = likenesses(list(dict.fromkeys(part for rows in copied for part in rows)))
    left: dict[Part, list[int]] = {}
    for rows in copied:
        good = {part: sum(row not in part.refused for row in own) for part, own in rows.items()}
        best = max(rows, key=lambda part: good[part])
        for part in (part for part in rows if part is not best):
            left.setdefault(part, []).extend(_copies((part, rows[part]), (best, rows[best]), read))
    counts: Counter[str] = Counter()
    for part, copies in left.items():
        part.replace(copies)
        counts[part.rows.place] += len(copies)
    return [Message(COPIED, {"file": file, "count": count}) for file, count in counts.items() if count]


def _copies(own: Held, best: Held, read: Mapping[Part, Mapping[int, Likeness]]) -> list[int]:
    """One file's rows that are copies of those in another; where both are mended, and not alike, they are all refused instead."""
    (part, rows), (other, others) = own, best
    theirs = {read[other][row]: row for row in others if row not in other.refused}
    unlike = dict.fromkeys(row for row in rows if row not in part.refused and read[part][row] not in theirs)
    for mine, its, refused in ((part, other, unlike), (other, part, theirs.values() if unlike else ())):
        for row in refused:
            mine.refuse(row, mine.sieved[0].table.name, "contradicting-copy", other=its.rows.place)
    return [row for row in rows if row not in unlike]


def _origins(originals: Sequence[Part], wanted: set[str]) -> dict[str, list[Place]]:
    """The rows of the originals that mended ones may replace: refused ones first; readable ones only where those do not tell all."""
    found: dict[str, list[Place]] = {}
    for rows_of in (lambda part: sorted(part.refused), lambda part: part.readable()):
        for part in originals if wanted - found.keys() else ():
            for row, each in part.hashes(rows_of(part)).items():
                if each in wanted:
                    found.setdefault(each, []).append(Place(part, int(row)))
    return found


def _replace(mended: Mapping[str, Sequence[Place]], found: Mapping[str, Sequence[Place]], originals: Sequence[Part]) -> None:
    """As many refused rows of each original as there are mended ones; readable ones all, for they are copies of one another."""
    gone: dict[Part, list[int]] = {part: [] for part in originals}
    pairs: dict[Part, dict[Part, list[tuple[int, int]]]] = {part: {} for part in originals}
    for each, places in mended.items():
        for part, rows in _by_part(found.get(each, ())).items():
            refused = [row for row in rows if row in part.refused]
            readable = [row for row in rows if row not in part.refused]
            for place in places if readable else ():
                place.part.chosen.add(place.row)
            for place, row in zip(places, refused, strict=False):
                pairs[part].setdefault(place.part, []).append((place.row, row))
            gone[part] += [*refused[: len(places)], *readable]
    for original, replaced in gone.items():
        for part, rows_of in pairs[original].items():
            refuse_lost_zeros(part, original, rows_of)
        original.replace(replaced)


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
