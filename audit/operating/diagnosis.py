"""What a look at the set-up says: a line for each thing, with what to do about it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from audit.errors import AuditError
from schemas.text import Fact, Message


class Verdict(StrEnum):
    """What is to be done about a line."""

    OK = "ok"
    MEND = "mend"
    NOTE = "note"


class Line(NamedTuple):
    """One thing that was looked at; ``remedy``: what to do, blank where there is nothing."""

    verdict: Verdict
    about: str
    message: Message
    remedy: str = ""


def line(verdict: Verdict, about: str, template: str, remedy: str = "", **facts: Fact) -> Line:
    """A line; ``facts`` are those that the template names."""
    return Line(verdict, about, Message(template, facts), remedy)


def fault(about: str, error: AuditError) -> Line:
    """What is wrong, as the run itself would say it."""
    return line(Verdict.MEND, about, "{wrong}", error.remedy, wrong=error.wrong)


def exit_code(lines: Iterable[Line]) -> int:
    """1 where anything needs mending."""
    return int(any(each.verdict is Verdict.MEND for each in lines))


def as_text(lines: Iterable[Line]) -> str:
    """A line each for a person, with what to do below it."""
    return "\n".join(
        f"{each.verdict:<5}{each.about}: {each.message}" + (f"\n       {each.remedy}" if each.remedy else "") for each in lines
    )


def as_json(lines: Iterable[Line]) -> str:
    """The same for a machine."""
    told = [
        {
            "verdict": each.verdict.value,
            "about": each.about,
            "message": str(each.message),
            "template": each.message.template,
            "facts": dict(each.message.facts),
            "remedy": each.remedy,
        }
        for each in lines
    ]
    return json.dumps({"version": 1, "checks": told}, ensure_ascii=False, indent=2)
