"""Accepted, refused or counted: what becomes of every row of every file, and the proof that none is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

import pandas as pd

from audit.ledger.copies import judge_copies
from audit.ledger.joining import joined
from audit.ledger.mending import replace_mended
from audit.ledger.part import Part
from audit.ledger.passes import prove_typed
from audit.ledger.repair import name_repair_files, quarantine, refused_rows
from audit.tables import Accepted, Ingested, Reading
from schemas.outcome import INPUTS
from schemas.shape import prove
from schemas.tables import TABLES

if TYPE_CHECKING:
    from audit.ledger.sieve import Sieved
    from schemas.text import Message

IDS = ("purchase_id", "item_id")


class LedgerError(Exception):
    """Rows read are not rows accounted for: a defect of this program, never of a file."""


def settle(parts: Sequence[Part], left: Sequence[str], notes: Sequence[Message]) -> Ingested:
    """Copies and contradictions judged over all files, then tables, ledger and quarantine."""
    told = begin(parts, notes)
    for name in TABLES:
        told += judge_copies([part for part in parts if part.sieved_for(name)], name)
    tables = {name: _accepted(name, parts) for name in TABLES if any(part.sieved_for(name) for part in parts)}
    return ingested(parts, tables, _ledger(parts), left, told)


def begin(parts: Sequence[Part], notes: Sequence[Message]) -> list[Message]:
    """Name each file's quarantine file and let mended rows replace those that they mend; what a person should know until then."""
    told = [*notes, *(note for part in parts for sieved in part.sieved for note in sieved.notes)]
    name_repair_files(parts)
    return told + replace_mended(parts)


def ingested(
    parts: Sequence[Part], tables: Mapping[str, Accepted], inputs: pd.DataFrame, left: Sequence[str], told: Sequence[Message]
) -> Ingested:
    """All that was read, with the quarantine of every part."""
    return Ingested(
        tables=tables,
        inputs=inputs,
        quarantine=quarantine(parts),
        refused=refused_rows(parts),
        left=tuple(left),
        readings=tuple(_reading(part) for part in parts),
        notes=tuple(told),
    )


def _reading(part: Part) -> Reading:
    rows = part.rows
    meant: dict[str, str] = {}
    places = [(place, f"{sieved.table.name}.{name}") for sieved in part.sieved for name, place in sieved.places.items()]
    for place, column in sorted(places, key=lambda pair: pair[0]):
        meant[rows.header[place]] = ", ".join(filter(None, (meant.get(rows.header[place]), column)))
    unknown = tuple(name for name in rows.header if name and name not in meant and not name.startswith("_"))
    decided = {
        rows.header[sieved.places[name]]: decision
        for sieved in part.sieved
        for name, decision in sieved.decisions.items()
        if name in sieved.places
    }
    known = rows.reading or Reading(rows.file, rows.sheet, rows.encoding, rows.delimiter, rows.header_row)
    known = known._replace(layout=part.layout, likely=part.likely, doubtful=part.doubtful)
    return known._replace(columns=meant, unknown=unknown, decisions=decided, answer=rows.answer)


def _accepted(name: str, parts: Sequence[Part]) -> Accepted:
    fed = [(part, sieved) for part in parts if (sieved := part.sieved_for(name))]
    frames = [part.good(name) for part, _ in fed]
    frame = joined(frames, pd.RangeIndex(sum(map(len, frames)))) if len(frames) > 1 else frames[0].reset_index(drop=True)
    present = frozenset[str]().union(*(sieved.present for _, sieved in fed))
    ids = pd.concat([_names(part, sieved) for part, sieved in fed], ignore_index=True)
    prove_typed(frame, TABLES[name])
    return Accepted(frame, present, ids.reindex(columns=list(dict.fromkeys([*IDS, *ids.columns]))).astype("str"))


def _names(part: Part, sieved: Sieved) -> pd.DataFrame:
    """What names the refused rows: as it stands in those that can't be read, as it was read in the others."""
    refused = list(part.refused)
    unread, read = (each[each.index.isin(refused)] for each in (sieved.ids, sieved.typed[list(sieved.ids.columns)]))
    return pd.concat([unread, read]).sort_index()


def _ledger(parts: Sequence[Part]) -> pd.DataFrame:
    return ledger([_counted(part) for part in parts])


def ledger(lines: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """The lines of all files, as schemas.outcome.INPUTS declares them."""
    return prove(pd.DataFrame(lines, columns=list(INPUTS)).astype(dict(INPUTS)), INPUTS)


def _counted(part: Part) -> dict[str, Any]:
    """The sum of one file: every row counted once, each part of the sum by itself."""
    total = part.rows.filled + len(part.lines) + part.rows.blank + part.rows.merged
    accepted = len(reduce(pd.Index.union, [part.standing(each.table.name) for each in part.sieved]))
    everywhere = set.intersection(*part.copies.values())
    return ledger_line(part, total, accepted, len((everywhere | part.replaced) - part.refused))


def ledger_line(part: Part, total: int, accepted: int, copies: int) -> dict[str, Any]:
    """The line of one file; ``copies``: rows that are not accepted because another stands for them, merged ones aside."""
    rows, refused, duplicates = part.rows, len(part.refused), copies + part.rows.merged
    if total != accepted + refused + duplicates + rows.blank:
        raise LedgerError(f"{rows.place}: {total} rows read, {accepted} + {refused} + {duplicates} + {rows.blank} accounted for")
    return {
        "file": rows.file,
        "sheet": rows.sheet,
        "table": ", ".join(sieved.table.name for sieved in part.sieved),
        "sha256": rows.sha256,
        "rows": total,
        "accepted": accepted,
        "quarantined": refused,
        "duplicates": duplicates,
        "blank": rows.blank,
    }
