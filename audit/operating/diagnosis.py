"""What a look at the set-up says: a line for each thing, with what to do about it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from audit.errors import NOTHING, AuditError
from audit.terminal import filled
from schemas.language import ENGLISH, Language
from schemas.text import Fact, Message, plain, say


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
    remedy: Message = NOTHING


def line(verdict: Verdict, about: str, template: str, remedy: Message | str = NOTHING, **facts: Fact) -> Line:
    """A line; ``facts`` are those that the template names. A remedy that names some is a Message."""
    return Line(verdict, about, Message(template, facts), remedy if isinstance(remedy, Message) else Message(remedy))


def fault(about: str, error: AuditError) -> Line:
    """What is wrong, as the run itself would say it."""
    return Line(Verdict.MEND, about, Message("{wrong}", {"wrong": error.wrong}), error.remedy)


def exit_code(lines: Iterable[Line]) -> int:
    """1 where anything needs mending."""
    return int(any(each.verdict is Verdict.MEND for each in lines))


VERDICTS = {Verdict.OK: Message("ok"), Verdict.MEND: Message("mend"), Verdict.NOTE: Message("note")}
ABOUT = {
    "settings": Message("settings"), "input": Message("input"), "output": Message("output"), "space": Message("space"), "lock": Message("lock"),
    "history": Message("history"), "versions": Message("versions"), "alerts": Message("alerts"),
}  # fmt: skip
LINE = "{verdict}{about:sentence}: {told}"
LEAST = 5
"""Columns of a terminal for a verdict."""


def as_text(lines: Iterable[Line], language: Language = ENGLISH) -> str:
    """A line each for a person, with what to do below it."""
    return "\n".join(_told(each, language) for each in lines)


def _told(each: Line, language: Language) -> str:
    verdict = filled(VERDICTS[each.verdict].said(language), LEAST)
    told = say(LINE, {"verdict": verdict, "about": ABOUT[each.about], "told": each.message.said(language)}, language)
    remedy = each.remedy.said(language)
    return told + (f"\n       {remedy}" if remedy else "")


def as_json(lines: Iterable[Line]) -> str:
    """The same for a machine."""
    told = [
        {
            "verdict": each.verdict.value,
            "about": each.about,
            "message": str(each.message),
            "template": each.message.template,
            "facts": plain(each.message.facts),
            "remedy": str(each.remedy),
        }
        for each in lines
    ]
    return json.dumps({"version": 1, "checks": told}, ensure_ascii=False, indent=2)
