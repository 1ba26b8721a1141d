"""The exports of tonight by patterns such as ``exports/orders_*.csv``: of each pattern the newest file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from audit.errors import FaultyInputs, FileFault
from audit.ledger.copies import DATE_IN_NAME


def newest(patterns: Iterable[str]) -> tuple[Path, ...]:
    """The newest file of each pattern, by the date in its name, else by its name; raises FaultyInputs where a pattern meets none.

    When a file was written says nothing of when it was exported: a copy is younger than its original.
    """
    found: list[Path] = []
    faults = []
    for pattern in patterns:
        place = Path(pattern)
        files = [path for path in Path(place.anchor or ".").glob(str(place.relative_to(place.anchor))) if not path.name.startswith(".")]
        if files:
            found.append(max(files, key=_age))
        else:
            faults.append(FileFault(pattern, "no file fits this pattern.", "Correct it in the settings, or see why there is no export."))
    if faults:
        raise FaultyInputs(faults)
    return tuple(dict.fromkeys(found))


def _age(path: Path) -> tuple[str, str]:
    dated = DATE_IN_NAME.search(path.name)
    return "-".join(dated.groups()) if dated else "", path.name
