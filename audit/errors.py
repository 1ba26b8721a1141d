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

from schemas.language import ENGLISH, Language
from schemas.text import Message

NOTHING = Message("")


class AuditError(Exception):
    """Something that a person can mend: a sentence that says what is wrong and one that says what to try.

    Each is a Message, or the template of one that names no facts.
    """

    exit_code = 1

    def __init__(self, wrong: Message | str, remedy: Message | str = NOTHING) -> None:
        self.wrong = _message(wrong)
        self.remedy = _message(remedy)
        self.faults: tuple[AuditError, ...] = (self,)
        super().__init__(wrong, remedy)

    def __str__(self) -> str:
        return self.said(ENGLISH)

    def said(self, language: Language) -> str:
        """Everything that is wrong and what to try, a line a fault."""
        return "\n".join(f"{fault.wrong.said(language)} {fault.remedy.said(language)}".strip() for fault in self.faults)


class FileFault(AuditError):
    """One file can't be used; names the file, and the column or rows where there are any."""

    def __init__(self, file: str, wrong: Message | str, remedy: Message | str = NOTHING) -> None:
        super().__init__(located(file, _message(wrong)), remedy)
        self.file = file
        self.args = (file, wrong, remedy)


class FaultyInputs(AuditError):
    """Some inputs can't be used; holds every fault, so that all can be mended at once."""

    def __init__(self, faults: Sequence[AuditError]) -> None:
        super().__init__(faults[0].wrong, faults[0].remedy)
        self.faults = tuple(faults)
        self.args = (self.faults,)


class ConfigFault(AuditError):
    """A setting, option or code is unknown or can't be used."""

    exit_code = 2


class Locked(AuditError):
    """Another run holds the output folder."""

    exit_code = 4


class UnfitError(TypeError):
    """A value is not what a setting or option takes; holds the words for what it takes, such as "a share from 0 to 1"."""

    def __init__(self, wanted: Message | str) -> None:
        self.wanted = _message(wanted)
        super().__init__(str(self.wanted))


def _message(text: Message | str) -> Message:
    return text if isinstance(text, Message) else Message(text)


def located(place: Message | str, wrong: Message) -> Message:
    """What is wrong, with the place where it is: a file, or a line of one."""
    return Message("{place:sentence}: {wrong:sentence}", {"place": place, "wrong": wrong})


def line_of(path: str, line: int | None) -> Message | str:
    """A place in a file, as far as it is known."""
    return Message("{path}, line {line}", {"path": path, "line": line}) if line else path


def unknown_rule(code: str) -> Message:
    """What is wrong with a code or prefix that means no rule."""
    return Message("unknown rule {code}.", {"code": code}) if code else Message("unknown rule (blank).")


def nearest(name: str, known: Iterable[str]) -> Message:
    """A sentence that offers the nearest valid name, or all of them."""
    names = list(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return Message("Did you mean {name}?", {"name": close[0]}) if close else Message("Known are: {names:words}.", {"names": names})
