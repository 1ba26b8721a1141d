"""What a cell's number format makes of a number: a date, a percentage, an amount of another currency, a number with zeros in front."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from audit.ingest.workbooks.archive import Archive
from audit.ingest.workbooks.markup import Attributes, Events, read


class Shown(StrEnum):
    """How a number of this format is to be understood."""

    PLAIN = "plain"
    DATE = "date"
    ELAPSED = "elapsed"
    PERCENT = "percent"
    CURRENCY = "currency"
    PADDED = "padded"


class Format(NamedTuple):
    """How a number shows; ``detail``: the currency's sign, or how many digits."""

    shown: Shown = Shown.PLAIN
    detail: str = ""


PLAIN = Format()
BUILT_IN = {
    **dict.fromkeys((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)), Format(Shown.DATE)),
    46: Format(Shown.ELAPSED),
    **dict.fromkeys((9, 10), Format(Shown.PERCENT)),
}
"""ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are dates of the Chinese and Japanese programs."""

CURRENCY = re.compile(r"\[\$([^\-\]]+)(?:-[^\]]*)?\]|([$£¥￥元]|USD|GBP|CNY|RMB|CHF)")
EUROS = ("€", "EUR")
LOCALE = re.compile(r"\[\$-[^\]]*\]")
QUOTES = re.compile(r'"([^"]*)"|\\(.)')
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[\$[^\]]*\]')
ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
BRACKETS = re.compile(r"\[[^\]]*\]")
ZEROS = re.compile(r"0{2,}")


def understand(code: str) -> Format:
    """What a format code says; its first section alone, which is that of positive numbers."""
    bare = LITERAL.sub("", code).split(";")[0]
    if ELAPSED.search(bare):
        return Format(Shown.ELAPSED)
    bare = BRACKETS.sub("", bare)
    if bare.casefold() not in {"general", "standard", "@"} and re.search(r"[dmyhsj]", bare, re.IGNORECASE):
        return Format(Shown.DATE)
    if "%" in bare:
        return Format(Shown.PERCENT)
    if sign := CURRENCY.search(QUOTES.sub(r"\1\2", LOCALE.sub("", code)).split(";")[0]):
        mark = (sign[1] or sign[2]).strip()
        return PLAIN if not mark or mark in EUROS else Format(Shown.CURRENCY, mark)
    return Format(Shown.PADDED, str(len(bare))) if ZEROS.fullmatch(code.split(";", maxsplit=1)[0]) else PLAIN


class _Styles(Events):
    def __init__(self) -> None:
        self.codes: dict[str, Format] = {}
        self.cells: list[str] = []
        self._in_cells = False

    def begin(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = understand(attributes.get("formatCode", ""))
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self.cells.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False


def formats(archive: Archive, part: str) -> list[Format]:
    """The format of each cell style, by its number."""
    if not part:
        return []
    events = _Styles()
    read(archive.file, archive.chunks(part), events)
    return [events.codes.get(number) or BUILT_IN.get(int(number) if number.isdecimal() else 0, PLAIN) for number in events.cells]
