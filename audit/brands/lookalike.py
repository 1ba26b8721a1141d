"""Brand fields that are no brand of the watchlist, but look like one."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from audit.brands import terms
from audit.brands.folding import PLAIN, key
from audit.brands.matching import is_generic

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from audit.brands.watchlist import Watchlist

CYRILLIC = str.maketrans("АаВвЕеЗзІіЈјКкМмНнОоРрСсТтУуХхЅѕҺһԁԛԜԝҮү", "aabbee33iijjkkmmhhooppccttyyxxsshhdqwwyy")
GREEK = str.maketrans("ΑαΒβΕεΖΗηΙιΚκΜΝνΟοΡρΤτΥυΧχΓγϹϲͿϳω", "aabbeezhniikkmnvoopkttyuxxryccjjw".replace("opk", "opp"))
SIGNS = str.maketrans("0Oo1lIi|!ıɩ5$", "ooolllllllls"[:11] + "ss")
TWINS = CYRILLIC | GREEK
