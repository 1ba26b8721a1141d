"""What can stop an audit.

    AuditError                what a person can mend; exit code 1
    ├── FileFault             a file can't be used as a whole: no header, a missing column, a broken workbook
    ├── FaultyInputs          several of those at once, each with its own sentence
    ├── ConfigFault           a setting is unknown or can't be used; exit code 2
    └── Locked                another run holds the output folder; exit code 4

Each carries whole sentences: what is wrong, then what to try.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence


class AuditError(Exception):
    """Something that a person can mend: a sentence that says what is wrong and one that says what to try."""

    exit_code = 1

    def __init__(self, wrong: str, remedy: str = "") -> None:
        self.wrong = wrong
        self.remedy = remedy
        super().__init__(f"{wrong} {remedy}".strip())


class FileFault(AuditError):
    """One file can't be used; names the file, and the column or rows where there are any."""

    def __init__(self, file: str, wrong: str, remedy: str = "") -> None:
        self.file = file
        super().__init__(f"{file}: {wrong}", remedy)


class FaultyInputs(AuditError):
    """Some inputs can't be used; holds every fault, so that all can be mended at once."""

    def __init__(self, faults: Sequence[AuditError]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in faults))


class ConfigFault(AuditError):
    """A setting, option or code is unknown or can't be used."""

    exit_code = 2


class Locked(AuditError):
    """Another run holds the output folder."""

    exit_code = 4


def nearest(name: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest valid name, or all of them."""
    names = list(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return f"Did you mean {close[0]}?" if close else "Known are: " + ", ".join(names) + "."
