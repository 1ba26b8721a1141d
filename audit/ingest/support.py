"""Whether the cells under a header speak for a column, fit it, say nothing, or contradict it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from schemas.choices import FLAG
from schemas.table import Column, Kind, fold
from schemas.text import Message

if TYPE_CHECKING:
    from audit.ingest.profile import Profile

MOST, HALF, FEW = 0.8, 0.5, 0.2
"""Shares of the filled cells."""

FOLLOWING = (
    "confirmed_at", "cancelled_at", "shipped_at", "tracking_uploaded_at", "last_scan_at", "delivered_at", "opened_at", "refunded_at",
)  # fmt: skip
"""Times that come after the order's."""


TELLING = ("order_number", "tracking_number", "carrier", "tracking_url", "ean", "currency")
"""Columns whose cells can speak for themselves, beside those of closed lists."""


class Side(IntEnum):
    """On which side the cells are."""

    AGAINST = -1
    SILENT = 0
    FIT = 1
    FOR = 2


class Support(NamedTuple):
    """On which side the cells of a header are, and why."""

    side: Side
    reason: Message | None = None


SILENT = Support(Side.SILENT)


def support(column: Column, profile: Profile | None, ordered: Profile | None, *, unique: bool = False) -> Support:
    """What the cells say of a column; ``ordered``: the order's dates in the same rows; ``unique``: no two rows share a value."""
    if profile is None or not profile.filled:
        return SILENT
    if column.name in BY_NAME:
        return BY_NAME[column.name](profile)
    if column.kind is Kind.TIME:
        return _time(profile, ordered if column.name in FOLLOWING else None)
    if column.kind is Kind.CHOICE:
        return _choice(profile, column.choices or {})
    if unique and profile.distinct < MOST:
        return Support(Side.AGAINST, Message("its values repeat, where each row's must be its own"))
    return BY_KIND[column.kind](profile)


def is_telling(column: Column) -> bool:
    """Whether cells alone can speak for a column."""
    return column.kind is Kind.CHOICE or column.name in TELLING


def unlike(what: str) -> Support:
    """What speaks against a column, as a template that names no facts."""
    return Support(Side.AGAINST, Message(what))


def _identifier(profile: Profile) -> Support:
    if profile.share("date") >= HALF:
        return unlike("its values are dates")
    if max(profile.share(shape) for shape in ("decimals", "link", "spaced")) >= HALF or profile.share("country") >= MOST:
        return unlike("its values are no numbers or references")
    return Support(Side.FIT, Message("its values look like numbers or references"))


def _order_number(profile: Profile) -> Support:
    if profile.share("pair") >= MOST:
        return Support(Side.FOR, Message("its values are two numbers with a slash between"))
    return unlike("its values are not two numbers with a slash between")


def _tracking(profile: Profile) -> Support:
    if profile.share("s10") >= FEW:
        return Support(Side.FOR, Message("its values are parcel numbers whose check digit holds"))
    if profile.share("parcel") >= HALF:
        return Support(Side.FIT, Message("its values look like parcel numbers"))
    return unlike("its values do not look like parcel numbers")


def shaped(shape: str, what: str, otherwise: str, least: float = MOST) -> Callable[[Profile], Support]:
    """How cells of a shape speak for a column, and others against it, both as templates that name no facts."""

    def judge(profile: Profile) -> Support:
        return Support(Side.FOR, Message(what)) if profile.share(shape) >= least else unlike(otherwise)

    return judge


def _carrier(profile: Profile) -> Support:
    if profile.share("carrier") >= HALF:
        return Support(Side.FOR, Message("its values are carriers' names"))
    return SILENT if profile.share("lettered") >= MOST and profile.share("date") < HALF else unlike("its values are no names")


def _title(profile: Profile) -> Support:
    if profile.share("spaced") >= HALF and profile.share("lettered") >= MOST and not _is_data(profile):
        return Support(Side.FIT, Message("its values are phrases"))
    return unlike("its values are no phrases")


def _is_data(profile: Profile) -> bool:
    return max(profile.share(shape) for shape in ("date", "amount", "link", "e-mail")) >= HALF


def _text(profile: Profile) -> Support:
    if _is_data(profile) or profile.share("lettered") < HALF:
        return unlike("its values are no words")
    return Support(Side.FIT, Message("its values are words"))


def _money(profile: Profile) -> Support:
    if profile.share("amount") < MOST or profile.share("date") >= HALF:
        return unlike("its values are no amounts")
    return Support(
        Side.FIT, Message("its values are amounts with decimals" if profile.share("decimals") >= HALF else "its values are numbers")
    )


def _count(profile: Profile) -> Support:
    whole = profile.share("whole") >= MOST and profile.share("date") < HALF
    return Support(Side.FIT, Message("its values are whole numbers")) if whole else unlike("its values are no whole numbers")


def _few(profile: Profile) -> Support:
    few = profile.share("few") >= MOST
    return Support(Side.FIT, Message("its values are small whole numbers")) if few else unlike("its values are no small whole numbers")


def _time(profile: Profile, ordered: Profile | None) -> Support:
    if profile.share("date") < MOST:
        return unlike("its values are no dates")
    if ordered is None or ordered is profile:
        return Support(Side.FIT, Message("its values are dates"))
    if profile.after(ordered) < MOST:
        return unlike("its dates lie before the order's")
    return Support(Side.FIT, Message("its dates follow the order's"))


def _choice(profile: Profile, choices: Mapping[str, tuple[str, ...]]) -> Support:
    known = _folded(tuple(word for value, spellings in choices.items() for word in (value, *spellings)))
    share = profile.among(known)
    if share >= MOST:
        return Support(Side.FOR, Message("its values are all in the list of the column"))
    return SILENT if share >= HALF else unlike("its values are not in the list of the column")


@cache
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _country(profile: Profile) -> Support:
    if profile.share("country") >= MOST:
        return Support(Side.FIT, Message("its values are countries"))
    return unlike("its values are no countries")


def _flag(profile: Profile) -> Support:
    known = _folded(tuple(word for words in FLAG.values() for word in words))
    fits = profile.among(known) >= MOST
    return Support(Side.FIT, Message("its values say yes or no")) if fits else unlike("its values do not say yes or no")


BY_KIND: Mapping[Kind, Callable[[Profile], Support]] = {
    Kind.IDENTIFIER: _identifier,
    Kind.TRACKING: _tracking,
    Kind.TEXT: _text,
    Kind.MONEY: _money,
    Kind.NUMBER: _money,
    Kind.COUNT: _count,
    Kind.COUNTRY: _country,
    Kind.CURRENCY: shaped("currency", "its values are codes of currencies", "its values are no currencies"),
    Kind.FLAG: _flag,
}
BY_NAME: Mapping[str, Callable[[Profile], Support]] = {
    "order_number": _order_number,
    "carrier": _carrier,
    "title": _title,
    "quantity": _few,
    "tracking_url": shaped("link", "its values are web addresses", "its values are no web addresses"),
    "ean": shaped("barcode", "its values are barcodes whose check digit holds", "its values are no barcodes"),
}
