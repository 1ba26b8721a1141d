"""Sentences for people: an English template plus its facts, put into words only where somebody reads them.

A template names its facts the way ``str.format`` does, and says after the colon what kind of fact it is::

    "{price:money} from {origin:country}, sent as {mode:word}; limit {limit:money}"

A question mark after the kind marks a fact that may be missing: it shows as a dash.
The template is also the key under which the catalogues hold its translations.
"""

from __future__ import annotations

import json
import string
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from schemas.language import ENGLISH, Language

Fact: TypeAlias = "str | int | float | bool | list[str] | list[Message] | Message | None"

UNKNOWN = "?"
NONE = "–"
VALUE = "value"
"""Context, in the catalogues, of the words of closed lists."""

OPTIONAL = "?"
"""Suffix of a kind whose fact may be missing."""


class Message(NamedTuple):
    """A sentence before it is put into words: its template and the facts that it names.

    ``plural``: the template where the fact ``count`` is not one; none where the sentence stays the same.
    """

    template: str
    facts: Mapping[str, Fact] = {}
    plural: str = ""

    def __str__(self) -> str:
        return self.said(ENGLISH)

    def said(self, language: Language) -> str:
        """The sentence in words."""
        return say(self.template, self.facts, language, plural=self.plural)


def say(template: str, facts: Mapping[str, Fact], language: Language = ENGLISH, *, plural: str = "") -> str:
    """The sentence in words."""
    words = language.plural(template, plural, int(str(facts["count"]))) if plural else language.text(template)
    return "".join([_said(place, facts, language) for place in _places(words)])


def say_json(template: str, facts: str, language: Language = ENGLISH) -> str:
    """The sentence in words, its facts given as the JSON object that tables hold."""
    return recalled(template, facts).said(language)


def recalled(template: str, facts: str) -> Message:
    """A message of which a table holds the facts as a JSON object."""
    return Message(template, json.loads(facts) if facts else {})


PARCELS = "; parcels: {parcels:words}"
PAST = "; past, the sale can no longer be lost"


def evidence(template: str, facts: str, language: Language = ENGLISH, *, past: bool = False) -> str:
    """A finding's evidence in words: its sentence, the parcels where several are at fault, and whether the sale is safe."""
    known = json.loads(facts) if facts else {}
    parcels = say(PARCELS, known, language) if known.get("parcels") else ""
    return say(template, known, language) + parcels + (language.text(PAST) if past else "")


def marked(message: str, *, context: str = "") -> str:  # noqa: ARG001 - only the collector of the catalogues reads it
    """A message that is put into words elsewhere, marked here so that the catalogues hold it."""
    return message


def plain(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Facts as a machine reads them: a message among them in English."""
    return {name: str(fact) if isinstance(fact, Message) else fact for name, fact in facts.items()}


def placeholders(template: str) -> dict[str, str]:
    """Each fact that a template names, with its kind ("" for plain text)."""
    return {name: (spec or "").removesuffix(OPTIONAL) for _, name, spec, _ in string.Formatter().parse(template) if name}


def _plainly(fact: Fact, language: Language) -> str:
    return fact.said(language) if isinstance(fact, Message) else str(fact)


def _money(cents: Fact, language: Language) -> str:
    return language.money(int(cents)) if isinstance(cents, int | float) else UNKNOWN


def _time(iso: Fact, language: Language) -> str:
    return language.time(datetime.fromisoformat(str(iso)))


def _day(iso: Fact, language: Language) -> str:
    return language.day(datetime.fromisoformat(str(iso)))


def _moment(iso: Fact, language: Language) -> str:
    """A time with the day of its week."""
    return language.moment(datetime.fromisoformat(str(iso)))


def _hour(iso: Fact, language: Language) -> str:
    """The day of the week and the hour."""
    return language.hour(datetime.fromisoformat(str(iso)))


def _hours(hours: Fact, language: Language) -> str:
    return language.text("{hours} h").format(hours=f"{float(str(hours)):g}")


def _days(days: Fact, language: Language) -> str:
    count = float(str(days))
    return language.plural("{days} day", "{days} days", 1 if count == 1 else 2).format(days=f"{count:g}")


def _number(number: Fact, language: Language) -> str:
    """A whole number."""
    return language.number(float(str(number)))


def _tenths(number: Fact, language: Language) -> str:
    """A number to one decimal."""
    return language.number(float(str(number)), "#,##0.0")


def _decimal(number: Fact, language: Language) -> str:
    """A number with the decimals that it has, one at least and three at most."""
    return language.number(float(str(number)), "#,##0.0##")


def _share(share: Fact, language: Language) -> str:
    return language.share(float(str(share)))


def _word(value: Fact, language: Language) -> str:
    """A value of a closed list."""
    return language.text(str(value).replace("_", " "), VALUE)


def _words(values: Fact, language: Language) -> str:
    """Names that mean the same in every language."""
    return language.joined(values) if isinstance(values, list) else str(values)


def _phrases(values: Fact, language: Language) -> str:
    """Messages in a row."""
    return language.joined([language.text(value) for value in values]) if isinstance(values, list) else language.text(str(values))


def _sentence(told: Fact, language: Language) -> str:
    """A message within a message, as it is or as JSON gives it back; a text without translations as it is."""
    return Message(*told).said(language) if isinstance(told, list | tuple) else str(told)


def _sentences(told: Fact, language: Language) -> str:
    """Messages in a row."""
    return language.joined([_sentence(each, language) for each in told]) if isinstance(told, list) else _sentence(told, language)


def _country(code: Fact, language: Language) -> str:
    return language.country(str(code))


KINDS: Mapping[str, Callable[[Fact, Language], str]] = {
    "": _plainly,
    "country": _country,
    "day": _day,
    "days": _days,
    "decimal": _decimal,
    "hour": _hour,
    "hours": _hours,
    "moment": _moment,
    "money": _money,
    "number": _number,
    "sentence": _sentence,
    "sentences": _sentences,
    "phrases": _phrases,
    "share": _share,
    "tenths": _tenths,
    "time": _time,
    "word": _word,
    "words": _words,
}


class _Place(NamedTuple):
    """A piece of a template as it stands, then perhaps a fact: its name (blank for none), kind, and whether it may be missing."""

    literal: str
    name: str
    kind: str
    optional: bool


@lru_cache(maxsize=10_000)  # a template is said once for each finding
def _places(template: str) -> tuple[_Place, ...]:
    parsed = [(literal, name, spec or "", conversion) for literal, name, spec, conversion in string.Formatter().parse(template)]
    if any(conversion or not (name is None or name.isidentifier()) for _, name, _, conversion in parsed):
        raise ValueError(f"{template!r} names a fact otherwise than as {{name}} or {{name:kind}}")
    return tuple(_Place(literal, name or "", spec.removesuffix(OPTIONAL), spec.endswith(OPTIONAL)) for literal, name, spec, _ in parsed)


def _said(place: _Place, facts: Mapping[str, Fact], language: Language) -> str:
    if not place.name:
        return place.literal
    fact = facts.get(place.name)
    if fact is None or fact == "":
        return place.literal + (NONE if place.optional else UNKNOWN)
    return place.literal + KINDS[place.kind](fact, language)
