"""The watchlist: brands at risk of counterfeit, how each is spelled, and what of a shop's own is added or left out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING

from audit.brands.folding import key, whole
from audit.errors import ConfigFault
from schemas.text import Message

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

SHORT = 3
"""Letters up to which a name may be part of anything: in a title it counts only beside its context."""

LISTS = ("aliases", "ambiguous", "context", "own_goods")
FIELDS = ("brand", *LISTS, "category", "source")

Addition = str | Mapping[str, str | Sequence[str]]
"""A brand of the shop's own: its name, "name: words of its context", or its fields by the names of the watchlist's columns."""


@dataclass(frozen=True, kw_only=True)
class Brand:
    """One brand of the watchlist.

    ``aliases``: other spellings that mean this brand anywhere. ``ambiguous``: spellings, perhaps the name itself, that mean
    it in a title only beside a word of ``context``; in a brand field they mean it always. ``own_goods``: words for
    accessories that the brand itself makes, so that they don't show that a thing is an accessory *to* it.
    """

    name: str
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    category: str = ""
    context: tuple[str, ...] = ()
    own_goods: tuple[str, ...] = ()
    source: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way in which the brand is written."""
        return tuple(dict.fromkeys((self.name, *self.aliases, *self.ambiguous)))

    @property
    def distinct(self) -> tuple[str, ...]:
        """The spellings that mean this brand anywhere."""
        doubtful = {key(spelling) for spelling in self.ambiguous}
        return tuple(spelling for spelling in self.spellings if key(spelling) not in doubtful)


@dataclass(frozen=True)
class Watchlist:
    """The brands watched, each once."""

    brands: tuple[Brand, ...]

    @classmethod
    def load(cls, add: Iterable[Addition] = (), remove: Iterable[str] = (), file: Path | None = None) -> Watchlist:
        """The project's watchlist, or the one in ``file``, with brands added (an added one wins over its namesake) and removed.

        Raises ConfigFault for a removed name that is not on it, and for a short name without context.
        """
        text = file.read_text("utf-8-sig") if file else resources.files("audit.brands").joinpath("watchlist.csv").read_text("utf-8")
        named = {key(brand.name): brand for brand in read(text)}
        for name in remove:
            if named.pop(key(name), None) is None:
                wrong = Message("The brand '{name}' is not on the watchlist.", {"name": name})
                raise ConfigFault(wrong, "Remove brands by the name that the list gives them.")
        named |= {key(brand.name): brand for brand in map(made, add)}
        return cls(tuple(named.values()))

    def __iter__(self) -> Iterator[Brand]:
        return iter(self.brands)

    @cached_property
    def by_key(self) -> Mapping[str, Brand]:
        """Each brand under every spelling's key; a name wins over another brand's alias."""
        aliases = {key(spelling): brand for brand in self.brands for spelling in brand.spellings}
        return aliases | {key(brand.name): brand for brand in self.brands}

    @cached_property
    def doubtful_keys(self) -> frozenset[str]:
        """Keys of the ambiguous spellings."""
        return frozenset(key(spelling) for brand in self.brands for spelling in brand.ambiguous)

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """Every spelling of every brand, each once."""
        return tuple({key(spelling): spelling for brand in self.brands for spelling in brand.spellings}.values())

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds any brand as whole words in a folded title."""
        return re.compile(whole(self.spellings))

    def brand_of(self, names: pd.Series[str]) -> pd.Series[str]:
        """The brand that each brand field means, missing where it means none of these; aligned with the names."""
        from audit.books.columns import renamed

        return renamed(names, lambda name: brand.name if (brand := self.by_key.get(key(name))) else None)


def read(text: str) -> tuple[Brand, ...]:
    """The brands of a watchlist as CSV text; several words in one cell are parted by a vertical bar."""
    return tuple(made({name: row.get(name) or "" for name in FIELDS}) for row in csv.DictReader(io.StringIO(text)))


def made(addition: Addition) -> Brand:
    """A brand from its name or its fields; a short name is ambiguous by itself, and its category serves as context."""
    fields = _short_form(addition) if isinstance(addition, str) else addition
    name, category = str(fields.get("brand", "")).strip(), str(fields.get("category", ""))
    lists = {field: _words(fields.get(field, ())) for field in LISTS}
    short = tuple(spelling for spelling in (name, *lists["aliases"]) if len(key(spelling)) <= SHORT and spelling.isascii())
    lists["ambiguous"] = tuple(dict.fromkeys((*lists["ambiguous"], *short)))
    if not key(name) or not set(fields) <= set(FIELDS):
        wrong = Message("A brand can't be read: {brand}.", {"brand": repr(addition)})
        raise ConfigFault(wrong, Message("Give its name, or a table of {fields:words}.", {"fields": list(FIELDS)}))
    if lists["ambiguous"] and not lists["context"]:
        lists["context"] = _words(category)
    if lists["ambiguous"] and not lists["context"]:
        wrong = Message("The brand '{name}' could be part of anything in a title.", {"name": name})
        raise ConfigFault(wrong, "Give it a context: words for its goods.")
    return Brand(name=name, category=category, source=str(fields.get("source", "")), **lists)


def _short_form(text: str) -> dict[str, str]:
    """The fields of 'Boss' or of 'Boss: parfum|chemise'; a context says that the name is ambiguous."""
    name, _, context = text.partition(":")
    return {"brand": name, "context": context, "ambiguous": name} if context.strip() else {"brand": name}


def _words(value: str | Sequence[str]) -> tuple[str, ...]:
    parts = value.split("|") if isinstance(value, str) else value
    return tuple(part.strip() for part in parts if key(part))
