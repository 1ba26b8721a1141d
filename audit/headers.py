"""How each header of a file is understood: what it is taken for, how sure that is, what its cells show, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from audit.errors import FileFault
from audit.ingest.files import NoExportError, rows_of
from audit.ingest.layout import Layout
from audit.ingest.likeness import meaning
from audit.ingest.mapping import load
from audit.ingest.profile import Profile
from audit.ingest.recognise import Recognised, every_match
from audit.ingest.rows import TextRows
from audit.ingest.understanding import Understood, understand
from audit.ingest.weighing import How, Verdict, apart
from schemas.text import Message

if TYPE_CHECKING:
    from audit.config import Config

SHOWN_VALUES = 3
PERSONAL = Message("personal data, is not read")


class Header(NamedTuple):
    """One header: the columns that it is, or may be, taken for, how it came to that, why, and some of its cells; ``hidden``: it has cells that are not shown."""

    position: int
    header: str
    columns: tuple[str, ...]
    how: How
    reasons: tuple[Message, ...]
    values: tuple[str, ...]
    hidden: bool = False


class Look(NamedTuple):
    """How the headers of one sheet are understood; ``whole``: whether it can be audited as it is."""

    rows: TextRows
    matches: tuple[Recognised, ...]
    layout: Layout | None
    headers: tuple[Header, ...]
    whole: bool


def look(path: Path, config: Config) -> list[Look]:
    """Look at each sheet of a file; raises audit.errors.AuditError where it holds no table at all."""
    mappings = load(config.mapping)
    try:
        sheets = rows_of(path, path.name, mappings)
    except NoExportError:
        sheets = _any_rows(path)
    return [_look(understand(rows, None, mappings)) for rows in sheets]


def _any_rows(path: Path) -> list[TextRows]:
    try:
        return rows_of(path, path.name, any_words=True)
    except NoExportError as error:
        raise FileFault(str(path), "no line of its beginning looks like a header.", "Write the headers above the columns.") from error


def _look(understood: Understood) -> Look:
    matches = (*understood.matches, *understood.near) or _nearest(understood.rows)
    whole = bool(understood.matches) and all(match.whole for match in matches)
    headers = tuple(_header(understood, matches, place) for place in range(len(understood.rows.header)))
    return Look(understood.rows, matches, understood.layout, headers, whole)


def _nearest(rows: TextRows) -> tuple[Recognised, ...]:
    """The table of which a header says most, where it says too little to be taken for one."""
    found = every_match(rows.header, rows.cells)
    return (max(found, key=lambda match: (len(match.columns), len(match.verdicts), match.table.name == "orders")),)


def _header(understood: Understood, matches: Sequence[Recognised], place: int) -> Header:
    rows, profile = understood.rows, Profile(understood.rows.cells[place])
    if joined := _joined(understood, place):
        return Header(place, rows.header[place], joined, How.MAPPED, (), _values(profile))
    used = [(match, match.verdicts[place][1]) for match in matches if place in match.columns.values() and place in match.verdicts]
    if used:
        names = tuple(_shown(match, name, matches) for match, _ in used for name, at in match.columns.items() if at == place)
        verdict = min((verdict for _, verdict in used), key=lambda verdict: list(How).index(verdict.how))
        return Header(place, rows.header[place], tuple(dict.fromkeys(names)), verdict.how, verdict.reasons, _values(profile))
    if meaning(rows.header[place]).personal or profile.personal:
        return Header(place, rows.header[place], (), How.NONE, (PERSONAL,), (), hidden=bool(profile.filled))
    return _unused(rows, matches, place, profile)


def _joined(understood: Understood, place: int) -> tuple[str, ...]:
    """The columns that a header is a part of."""
    layout, header = understood.layout, understood.rows.header
    tables = [match.table for match in understood.matches] if layout else []
    found = [name for table in tables if layout for name, places in layout.parts(table, header).items() if place in places]
    return tuple(dict.fromkeys(found))


def _unused(rows: TextRows, matches: Sequence[Recognised], place: int, profile: Profile) -> Header:
    found: list[tuple[str, Verdict]] = [
        (_shown(match, name, matches), verdict)
        for match in matches
        for at, (name, verdict) in match.verdicts.items()
        if at == place and name not in match.columns
    ]
    best = max(found, key=lambda pair: pair[1].score, default=None)
    if best:
        return Header(place, rows.header[place], best[:1], How.DOUBTFUL, best[1].reasons, _values(profile))
    why = apart(rows.header[place])
    return Header(place, rows.header[place], (), How.NONE, (why,) if why else (), _harmless(profile), hidden=bool(profile.filled))


def _shown(match: Recognised, name: str, matches: Sequence[Recognised]) -> str:
    """A column's name, with its table's where another table of the file has one of that name that it does not use."""
    others = [other for other in matches if other is not match and name in other.table.by_name]
    return name if all(other.columns.get(name) == match.columns.get(name) for other in others) else f"{match.table.name}.{name}"


def _values(profile: Profile) -> tuple[str, ...]:
    return tuple(dict.fromkeys(profile.filled))[:SHOWN_VALUES]


def _harmless(profile: Profile) -> tuple[str, ...]:
    """Values of a header that nothing is known of: words may be somebody's name, and are not shown."""
    return tuple(value for value in _values(profile) if not any(letter.isalpha() for letter in value) or profile.share("date") == 1)
