"""Customer service: when it is open, how it is reached, and which number it asks for."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from audit.errors import ConfigFault
from audit.limits import LARGEST_ATTACHMENT, MOST_ATTACHMENTS, Limits
from schemas.language import language
from schemas.text import Fact, Message

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

OPEN = (Message("Customer service is open: {now:sentence}."), Message("It closes on {next:sentence}."))
CLOSED = (Message("Customer service is closed: {now:sentence}."), Message("It opens on {next:sentence}."))
ALWAYS = (
    Message("Hours: Monday to Friday 8:00 to 20:00, Saturday and Sunday 8:00 to 19:00, Paris. Chinese is answered."),
    Message("Form: {form}"),
    Message('Its field "{field}" wants the article number, the part after the slash.'),
    Message("Attachments: at most {most} files of {largest} MB; order-audit evidence DIR checks them."),
)
WRITE = Message("{order}: write {article}")
IN_PARIS = Message("{paris:moment} in Paris")
IN_BOTH = Message("{paris:moment} in Paris, {own:hour} {zone}")


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
        remedy = "Give purchase and article with a slash between them, such as 943043563/1510011166."
        raise ConfigFault(Message("{order} is no order number.", {"order": order}), remedy)
    return parts[1]


def as_text(moment: datetime, orders: Sequence[str], config: Config) -> str:
    """What a person reads, in the settings' language; times in Paris, and in the seller's zone where the settings tell it."""
    state, limits, spoken = hours(moment), Limits(config.limits), language(config.lang)
    next_at = state.closes or state.opens
    facts: dict[str, Fact] = {
        "now": _told(state.now, config.seller_zone),
        "next": _told(next_at, config.seller_zone),
        "form": FORM,
        "field": FIELD,
        "most": limits[MOST_ATTACHMENTS],
        "largest": f"{limits[LARGEST_ATTACHMENT]:g}",
    }
    lines = [message._replace(facts=facts) for message in (*(OPEN if state.open else CLOSED), *ALWAYS)]
    lines += [WRITE._replace(facts={"order": order, "article": article(order)}) for order in orders]
    return "\n".join(line.said(spoken) for line in lines)


def _told(moment: datetime, seller_zone: ZoneInfo | None) -> Message:
    paris: dict[str, Fact] = {"paris": moment.isoformat()}
    if seller_zone is None or seller_zone == PARIS:
        return IN_PARIS._replace(facts=paris)
    return IN_BOTH._replace(facts={**paris, "own": moment.astimezone(seller_zone).isoformat(), "zone": str(seller_zone)})


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
