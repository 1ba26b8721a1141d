"""Countries by code and by name in English, French and Chinese; each distinct cell is looked up once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from audit.normalise import Cells, Read
from audit.normalise.words import looked_up
from schemas.table import fold

ALPHA_2 = 2
"""Letters of a country's code."""

NAMES: Mapping[str, tuple[str, ...]] = {
    "FR": ("france métropolitaine", "france métro", "metropolitan france", "france continentale", "fr métropole", "fx", "法国本土", "法"),
    "CN": ("chine", "chine populaire", "china mainland", "prc", "mainland china", "rpc", "中国大陆", "中国内地", "大陆", "内地"),
    "HK": ("hong kong", "hong-kong", "hongkong", "hk sar", "香港", "中国香港"),
    "MO": ("macao", "macau", "澳门", "中国澳门"),
    "TW": ("taiwan", "taïwan", "台湾", "中国台湾"),
    "GB": ("uk", "royaume uni", "great britain", "england", "grande bretagne", "angleterre", "écosse", "scotland", "pays de galles", "英国"),
    "US": ("usa", "u s a", "etats unis", "etats unis d'amérique", "united states of america", "états-unis", "美国"),
    "NL": ("pays bas", "holland", "hollande", "the netherlands", "荷兰"),
    "RE": ("réunion", "la réunion", "île de la réunion", "留尼汪"),
    "CZ": ("république tchèque", "rép tchèque", "tchéquie", "czech republic", "czechia"),
    "KR": ("corée", "corée du sud", "south korea", "korea", "republic of korea", "韩国"),
    "RU": ("russie", "russian federation", "fédération de russie"),
    "VN": ("vietnam", "viet nam", "viêt nam"),
    "DE": ("allemagne", "deutschland", "rfa"),
    "ES": ("espagne", "españa", "espana"),
    "IT": ("italie", "italia"),
    "BE": ("belgique", "belgië", "belgie"),
    "CH": ("suisse", "schweiz"),
    "PF": ("polynésie", "tahiti"),
    "MC": ("monaco", "principauté de monaco"),
    "IE": ("irlande", "république d'irlande", "eire"),
    "AE": ("émirats arabes unis", "emirats", "uae"),
}  # fmt: skip
"""Names that exports use beside the usual ones of each language."""


def read(cells: Cells) -> Read:
    """Countries as ISO 3166-1 alpha-2; FX is France."""
    return looked_up(cells, known(), "country")


@cache
def known() -> Mapping[str, str]:
    """Every folded code (two and three letters, digits) and name of a country with its alpha-2 code."""
    from babel.core import get_global

    names: dict[str, str] = {}
    for language in ("en", "fr", "zh"):
        names |= {fold(name): code for code, name in _territories(language).items()}
    codes = country_codes()
    aliases = get_global("territory_aliases").items()
    names |= {str(alias).casefold(): meant[0] for alias, meant in aliases if len(meant) == 1 and meant[0] in codes}
    names |= {str(int(number)): code for number, code in names.items() if number.isascii() and number.isdigit()}
    names |= {code.casefold(): code for code in codes}
    return names | {fold(name): code for code, others in NAMES.items() for name in others}


@cache
def country_codes() -> frozenset[str]:
    """Every alpha-2 code."""
    return frozenset(_territories("en"))


def _territories(language: str) -> Mapping[str, str]:
    """Names of countries in a language by alpha-2 code."""
    from babel import Locale

    named = ((str(code), str(name)) for code, name in Locale(language).territories.items())
    return {code: name for code, name in named if len(code) == ALPHA_2 and code.isalpha()}
