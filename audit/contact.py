"""Customer service: when it is open, how it is reached, and which number it asks for."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from audit.errors import ConfigFault
from audit.limits import LARGEST_ATTACHMENT, MOST_ATTACHMENTS, Limits
from schemas.text import Fact, say

if TYPE_CHECKING:
    from audit.config import Config

PARIS = ZoneInfo("Europe/Paris")
OPENS = time(8)
CLOSES = {day: time(20) for day in range(5)} | {5: time(19), 6: time(19)}
"""When it closes on each day of the week, Monday first; source: the sellers' after-sales guide."""

FORM = "https://help.fr.shopping.rakuten.net/hc/zh-cn/articles/4409553944082"
FIELD = "Numéro de commande"
PARTS = 2
"""Of an order number: purchase and article."""

OPEN = ("Customer service is open: {now}.", "It closes on {next}.")
CLOSED = ("Customer service is closed: {now}.", "It opens on {next}.")
ALWAYS = (
    "Hours: Monday to Friday 8:00 to 20:00, Saturday and Sunday 8:00 to 19:00, Paris. Chinese is answered.",
    "Form: {form}",
    'Its field "{field}" wants the article number, the part after the slash.',
    "Attachments: at most {most} files of {largest} MB; order-audit evidence DIR checks them.",
)


class Hours(NamedTuple):
    """Whether customer service is open at an instant, until when, or when it opens next; times in Paris."""

    open: bool
    now: datetime
    closes: datetime | None
    opens: datetime


def hours(moment: datetime) -> Hours:
    """The hours as they stand at an aware instant: open from 8:00 up to, and not at, the closing time."""
    now = moment.astimezone(PARIS)
    closes = _at(now, CLOSES[now.weekday()])
    is_open = OPENS <= now.time() < CLOSES[now.weekday()]
    next_day = now if now.time() < OPENS else now + timedelta(days=1)
    return Hours(is_open, now, closes if is_open else None, _at(next_day, OPENS))


def _at(day: datetime, when: time) -> datetime:
    return datetime.combine(day.date(), when, PARIS)


def article(order: str) -> str:
    """The number that customer service asks for: the digits after the slash; raises ConfigFault where there are none."""
    parts = [part.strip() for part in unicodedata.normalize("NFKC", order).split("/")]
    if len(parts) != PARTS or not all(part.isdecimal() for part in parts):
        raise ConfigFault(
            f"{order} is no order number.", "Give purchase and article with a slash between them, such as 943043563/1510011166."
        )
    return parts[1]


def as_text(moment: datetime, orders: Sequence[str], config: Config) -> str:
    """What a person reads; times in Paris, and in the seller's zone where the settings tell it."""
    state, limits = hours(moment), Limits(config.limits)
    next_at = state.closes or state.opens
    facts: dict[str, Fact] = {
        "now": _told(state.now, config.seller_zone),
        "next": _told(next_at, config.seller_zone),
        "form": FORM,
        "field": FIELD,
        "most": limits[MOST_ATTACHMENTS],
        "largest": f"{limits[LARGEST_ATTACHMENT]:g}",
    }
    lines = [say(template, facts) for template in (*(OPEN if state.open else CLOSED), *ALWAYS)]
    return "\n".join([*lines, *(say("{order}: write {article}", {"order": order, "article": article(order)}) for order in orders)])


def _told(moment: datetime, seller_zone: ZoneInfo | None) -> str:
    paris = f"{moment:%A %d %B %Y %H:%M} in Paris"
    own = f", {moment.astimezone(seller_zone):%A %H:%M} {seller_zone}" if seller_zone and seller_zone != PARIS else ""
    return paris + own


def as_data(moment: datetime, orders: Sequence[str]) -> dict[str, Any]:
    """What a machine reads."""
    state = hours(moment)
    return {
        "version": 1,
        "open": state.open,
        "now": state.now.isoformat(),
        "closes": state.closes.isoformat() if state.closes else None,
        "opens": state.opens.isoformat(),
        "form": FORM,
        "field": FIELD,
        "orders": [{"order": order, "article": article(order)} for order in orders],
    }
