"""Sentences for people: an English template plus its facts, put into words only where somebody reads them.

A template names its facts the way ``str.format`` does, and says after the colon what kind of fact it is::

    "{price:money} from {origin:country}, sent as {mode:word}; limit {limit:money}"

A question mark after the kind marks a fact that may be missing: it shows as a dash.
The template is also the key under which the catalogues hold its translations.
"""

from __future__ import annotations

import json
import string
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

Fact = str | int | float | bool | None | list[str]

UNKNOWN = "?"
NONE = "–"
OPTIONAL = "?"
"""Suffix of a kind whose fact may be missing."""


class Message(NamedTuple):
    """A sentence before it is put into words: its template and the facts that it names."""

    template: str
    facts: Mapping[str, Fact] = {}

    def __str__(self) -> str:
        return say(self.template, self.facts)


def say(template: str, facts: Mapping[str, Fact]) -> str:
    """The sentence in words."""
    return _SENTENCES.vformat(template, (), facts)


def say_json(template: str, facts: str) -> str:
    """The sentence in words, its facts given as the JSON object that tables hold."""
    return say(template, json.loads(facts) if facts else {})


PARCELS = "; parcels: {parcels:words}"
PAST = "; past, the sale can no longer be lost"


def evidence(template: str, facts: str, *, past: bool = False) -> str:
    """A finding's evidence in words: its sentence, the parcels where several are at fault, and whether the sale is safe."""
    known = json.loads(facts) if facts else {}
    parcels = say(PARCELS, known) if known.get("parcels") else ""
    return say(template, known) + parcels + (PAST if past else "")


def placeholders(template: str) -> dict[str, str]:
    """Each fact that a template names, with its kind ("" for plain text)."""
    return {name: (spec or "").removesuffix(OPTIONAL) for _, name, spec, _ in string.Formatter().parse(template) if name}


def _money(cents: Fact) -> str:
    return f"{int(cents) / 100:,.2f} EUR" if isinstance(cents, int | float) else UNKNOWN


def _time(iso: Fact) -> str:
    moment = datetime.fromisoformat(str(iso))
    return f"{moment.day} {moment:%b %Y %H:%M}"


def _day(iso: Fact) -> str:
    moment = datetime.fromisoformat(str(iso))
    return f"{moment.day} {moment:%b %Y}"


def _hours(hours: Fact) -> str:
    return f"{float(str(hours)):g} h"


def _days(days: Fact) -> str:
    count = float(str(days))
    return f"{count:g} day" if count == 1 else f"{count:g} days"


def _share(share: Fact) -> str:
    return f"{float(str(share)):.1%}"


def _word(value: Fact) -> str:
    return str(value).replace("_", " ")


def _words(values: Fact) -> str:
    return ", ".join(values) if isinstance(values, list) else str(values)


KINDS: Mapping[str, Callable[[Fact], str]] = {
    "": str,
    "country": str,
    "day": _day,
    "days": _days,
    "hours": _hours,
    "money": _money,
    "phrases": _words,
    "share": _share,
    "time": _time,
    "word": _word,
    "words": _words,
}


class _Sentences(string.Formatter):
    def get_value(self, key: int | str, args: Sequence[Fact], kwargs: Mapping[str, Fact]) -> Fact:  # noqa: ARG002 - as the base class has it
        return kwargs.get(str(key))

    def format_field(self, value: Fact, format_spec: str) -> str:
        if value is None or value == "":
            return NONE if format_spec.endswith(OPTIONAL) else UNKNOWN
        return KINDS[format_spec.removesuffix(OPTIONAL)](value)


_SENTENCES = _Sentences()
