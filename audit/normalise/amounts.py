"""Amounts and counts: exact, by one convention for a whole column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.normalise import Cells, Context, ContradictionError, Read
from audit.normalise.identifiers import reasons

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

SIGNS: Mapping[str, str] = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "CNY", "￥": "CNY", "元": "CNY"}
CODES = ("EUR", "USD", "GBP", "CNY", "RMB", "CHF")
NUMBER = r"-?\d+"
COMMA_DECIMAL = r"-?\d+,(\d{1,2}|\d{4,})|-?\d{1,3}(\.\d{3})+,\d+|-?\d{1,3}(\.\d{3}){2,}"
POINT_DECIMAL = r"-?\d+\.(\d{1,2}|\d{4,})|-?\d{1,3}(,\d{3})+\.\d+|-?\d{1,3}(,\d{3}){2,}"
EITHER = r"-?\d{1,3}[.,]\d{3}"
LONG_COMMA, LONG_POINT = r"-?\d{4,},\d{3}", r"-?\d{4,}\.\d{3}"
GROUPED_POINT, GROUPED_COMMA = r"-?\d{1,3}(,\d{3})*(\.\d+)?", r"-?\d{1,3}(\.\d{3})*(,\d+)?"
SHOWN_ROWS = 5


def read_money(cells: Cells, context: Context) -> Read:
    """Whole cents as Int64; raises ContradictionError where the column uses both decimal signs."""
    bare, sign = _without_currency(cells.text)
    plain, masks = _plain(bare, cells.native, context.decimal)
    contradicts = (
        sign.notna() & context.currency.notna() & (sign != context.currency) if context.currency is not None else sign.notna() & False
    )
    masks = {"currency-contradiction": contradicts.astype(bool), **masks}
    return _exact(plain, masks, cells.text)


def read_number(cells: Cells, context: Context) -> Read:
    """Decimal numbers with at most two decimals, as Float64."""
    read = _exact(*_plain(_without_spaces(cells.text), cells.native, context.decimal), cells.text)
    return Read((read.values / 100).astype("Float64"), read.reasons)


def read_count(cells: Cells, context: Context) -> Read:
    """Whole numbers as Int64; ``not-whole`` for others."""
    read = _exact(*_plain(_without_spaces(cells.text), cells.native, context.decimal), cells.text)
    broken = (read.values % 100 != 0).fillna(value=False).astype(bool) | (read.reasons == "third-decimal")
    return Read((read.values // 100).mask(broken), read.reasons.mask(broken, "not-whole"))


def _without_spaces(text: pd.Series[str]) -> pd.Series[str]:
    return text.str.replace(r"[\s'’]", "", regex=True).str.replace("\u2212", "-")


def _without_currency(text: pd.Series[str]) -> tuple[pd.Series[str], pd.Series[str]]:
    """The amounts without their currency signs, and the currency that each sign means."""
    bare = _without_spaces(text)
    marked = bare.str.contains(r"[^0-9.,\-]", regex=True).fillna(value=False).astype(bool)
    sign = text.where(text.isna())
    for word, code in {**SIGNS, **{code: code for code in CODES}}.items():
        holds = marked & bare.str.contains(word, regex=False).fillna(value=False).astype(bool)
        sign = sign.mask(holds, "CNY" if code == "RMB" else code)
        bare = bare.mask(holds, bare.str.replace(word, "", regex=False))
    return bare, sign


def _plain(bare: pd.Series[str], native: pd.Series[bool], sign: str = "") -> tuple[pd.Series[str], dict[str, pd.Series[bool]]]:
    """The amounts with a point as decimal sign and no thousands sign, and the cells that can't be told; ``sign``: the decimal sign, if told."""
    written = bare.where(~native)
    comma, point = _matches(written, COMMA_DECIMAL + "|" + LONG_COMMA), _matches(written, POINT_DECIMAL + "|" + LONG_POINT)
    if comma.any() and point.any():
        rows = tuple(sorted([*bare.index[comma][:SHOWN_ROWS], *bare.index[point][:SHOWN_ROWS]]))
        raise ContradictionError("uses both the comma and the point as decimal sign", "Write all amounts of the column in one way.", rows)
    if (told := comma if sign == "." else point if sign == "," else None) is not None and told.any():
        rows = tuple(bare.index[told][:SHOWN_ROWS])
        raise ContradictionError(f"has another decimal sign than {sign!r}, which the mapping says", "Correct decimal in the mapping.", rows)
    either = _matches(written, EITHER)
    if not sign and not comma.any() and not point.any():
        return written.where(native == False, bare).where(~either), {"ambiguous-number": either}  # noqa: E712 - a mask
    shape, thousands, decimal = (GROUPED_COMMA, ".", ",") if comma.any() or sign == "," else (GROUPED_POINT, ",", ".")
    fits = _matches(written, shape) | _matches(written, r"-?\d+([.,]\d+)?") & ~_matches(written, rf"-?\d+\{thousands}\d+")
    plain = written.where(fits).str.replace(thousands, "", regex=False).str.replace(decimal, ".", regex=False)
    return plain.mask(native, bare), {}


def _matches(text: pd.Series[str], pattern: str) -> pd.Series[bool]:
    return text.str.fullmatch(pattern).fillna(value=False).astype(bool)


def _exact(plain: pd.Series[str], masks: Mapping[str, pd.Series[bool]], text: pd.Series[str]) -> Read:
    """Each amount in cents, or why it has none."""
    third = _matches(plain, r"-?\d{1,15}\.\d{3,}")
    good = _matches(plain, r"-?\d{1,15}(\.\d{1,2})?")
    values = _cents(plain[good]).reindex(plain.index)
    unread = text.notna() & ~good
    found = reasons(text, {**masks, "third-decimal": third, "unreadable-number": unread})
    return Read(values.mask(found.notna()), found)


def _cents(plain: pd.Series[str]) -> pd.Series[int]:
    """Whole cents of amounts with at most two decimals: digits only, never through a binary fraction."""
    padded = plain.where(plain.str.contains(".", regex=False), plain + ".").str.replace(r"(\.\d)$", r"\g<1>0", regex=True)
    padded = padded.where(~padded.str.endswith("."), padded + "00")
    return padded.str.replace(".", "", regex=False).astype("int64").astype("Int64")
