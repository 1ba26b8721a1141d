"""Closed lists, countries and currencies, in the words of three languages; each distinct cell is looked up once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from audit.normalise import Cells, Read
from audit.normalise.identifiers import reasons
from schemas.choices import FLAG
from schemas.table import fold

ALPHA_2 = 2
"""Letters of a country's code."""

CURRENCY_SIGNS = {
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "欧元": "EUR",
    "$": "USD",
    "£": "GBP",
    "元": "CNY",
    "人民币": "CNY",
    "rmb": "CNY",
}
COUNTRY_NAMES = {
    "FR": ("france métropolitaine", "france métro", "france metro", "metropolitan france"),
    "CN": ("chine", "prc", "mainland china", "中国大陆", "中国内地"),
    "HK": ("hong kong", "hong-kong", "香港"),
    "MO": ("macao", "macau", "澳门"),
    "TW": ("taiwan", "台湾"),
    "GB": ("uk", "royaume uni", "great britain", "england", "grande bretagne", "angleterre", "英国"),
    "US": ("usa", "etats unis", "united states of america", "美国"),
    "NL": ("pays bas", "holland", "hollande"),
    "RE": ("réunion", "la réunion"),
    "CZ": ("république tchèque", "czech republic"),
    "KR": ("corée du sud", "south korea", "韩国"),
}  # fmt: skip


def read_choice(cells: Cells, choices: Mapping[str, tuple[str, ...]]) -> Read:
    """Values of a closed list by any of their spellings; ``unknown-choice`` for others."""
    return _looked_up(cells, _spelled(tuple((value, spellings) for value, spellings in choices.items())), "unknown-choice")


def read_flag(cells: Cells) -> Read:
    """True or false; ``unknown-choice`` for others."""
    read = read_choice(cells, FLAG)
    return Read(read.values.map({"true": True, "false": False}).astype("boolean"), read.reasons)


def read_country(cells: Cells) -> Read:
    """Countries as ISO 3166-1 alpha-2; FX is France."""
    return _looked_up(cells, countries(), "unknown-country")


def read_currency(cells: Cells) -> Read:
    """Currencies as ISO 4217."""
    return _looked_up(cells, currencies(), "unknown-currency")


def _looked_up(cells: Cells, known: Mapping[str, str], reason: str) -> Read:
    meaning = {cell: known.get(fold(cell)) or known.get(cell.strip().casefold()) for cell in cells.text.dropna().unique()}
    values = cells.text.map(meaning).astype("str")
    return Read(values, reasons(cells.text, {reason: cells.text.notna() & values.isna()}))


@cache
def _spelled(choices: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, str]:
    return {fold(spelling): value for value, spellings in choices for spelling in (value, *spellings)}


@cache
def countries() -> Mapping[str, str]:
    """Every folded code and name of a country, in English, French and Chinese, with its alpha-2 code."""
    from babel.core import get_global

    known: dict[str, str] = {}
    for language in ("en", "fr", "zh"):
        known |= {fold(name): code for code, name in _territories(language).items()}
    codes = country_codes()
    aliases = get_global("territory_aliases").items()
    known |= {str(alias).casefold(): meant[0] for alias, meant in aliases if len(meant) == 1 and meant[0] in codes}
    known |= {code.casefold(): code for code in codes} | {"fx": "FR"}
    return known | {fold(name): code for code, names in COUNTRY_NAMES.items() for name in names}


@cache
def country_codes() -> frozenset[str]:
    """Every alpha-2 code."""
    return frozenset(_territories("en"))


def _territories(language: str) -> Mapping[str, str]:
    """Names of countries in a language by alpha-2 code."""
    from babel import Locale

    named = ((str(code), str(name)) for code, name in Locale(language).territories.items())
    return {code: name for code, name in named if len(code) == ALPHA_2 and code.isalpha()}


@cache
def currencies() -> Mapping[str, str]:
    """Every folded code, and the signs and names met in exports, with the ISO code."""
    from babel.core import get_global

    return {code.casefold(): code for code in get_global("all_currencies")} | CURRENCY_SIGNS
