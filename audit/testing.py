"""Builders for tests of rules, ours and a user's: a few rows as text in, findings out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd

from audit import ingest
from audit.books.books import Books
from audit.catalogue import rules_by_code
from audit.config import Config
from audit.findings import Judged
from audit.findings import judge as judge_rules
from audit.rules import RULES

if TYPE_CHECKING:
    from audit.rule import Rule

Row = Mapping[str, str]

AS_OF = "2026-11-23T06:00"
"""The instant that tests judge from unless they say otherwise: a Monday morning in Paris, winter time."""

ORDER: Row = {"purchase_id": "900001", "item_id": "1001", "ordered_at": "2026-11-20 10:00", "unit_price": "50.00"}
"""A row of orders that no rule finds fault with; tests add what they are about."""


def order(**cells: str) -> dict[str, str]:
    """A row of orders: ORDER with these cells."""
    return {**ORDER, **cells}


def shipment(**cells: str) -> dict[str, str]:
    """A row of shipments for the item of ORDER, with these cells."""
    return {"purchase_id": ORDER["purchase_id"], "item_id": ORDER["item_id"], **cells}


def claim(**cells: str) -> dict[str, str]:
    """A row of claims on the item of ORDER: opened an hour before AS_OF, damaged; with these cells."""
    own = {"claim_id": "C1", "opened_at": "2026-11-23 05:00", "claim_type": "damaged", "claim_status": "open"}
    return {"purchase_id": ORDER["purchase_id"], "item_id": ORDER["item_id"], **own, **cells}


def refund(**cells: str) -> dict[str, str]:
    """A row of refunds on the item of ORDER: 10.00 EUR by rebate on the day before AS_OF; with these cells."""
    own = {"refund_id": "R1", "refunded_at": "2026-11-22 12:00", "amount": "10.00", "channel": "platform_rebate"}
    return {"purchase_id": ORDER["purchase_id"], "item_id": ORDER["item_id"], **own, **cells}


def message(sender: str, recipient: str, sent_at: str, body: str, **cells: str) -> dict[str, str]:
    """A row of messages about the item of ORDER; numbered by when it was sent unless a message_id is given."""
    own = {"message_id": f"M{sent_at}{sender}", "sent_at": sent_at, "sender": sender, "recipient": recipient, "body": body}
    return {"purchase_id": ORDER["purchase_id"], "item_id": ORDER["item_id"], **own, **cells}


def books(*, as_of: str = AS_OF, config: Config | None = None, **tables: Sequence[Row]) -> Books:
    """The books over some rows of text, read and proved as files are."""
    config = config or Config()
    moment = _moment(as_of, config.zone)
    frames = {name: pd.DataFrame([dict(row) for row in rows], dtype="str") for name, rows in tables.items()}
    ingested = ingest.from_frames(frames, zone=config.zone, as_of=moment)
    return Books(tables=ingested.tables, config=config, as_of=pd.Timestamp(moment).tz_convert("UTC").as_unit("us"))


def judge(*, as_of: str = AS_OF, config: Config | None = None, rules: Sequence[Rule] = RULES, **tables: Sequence[Row]) -> Judged:
    """What the rules say about some rows of text."""
    return judge_rules(rules, books(as_of=as_of, config=config, **tables))


def findings(code: str, **given: Any) -> list[dict[str, Any]]:
    """The findings of one rule about some rows of text, each as a dict, missing values as None."""
    table = judge(rules=needed(code), **given).findings
    return [
        {name: None if pd.isna(value) else value for name, value in row.items()} for row in table[table["rule"] == code].to_dict("records")
    ]


def needed(code: str) -> list[Rule]:
    """A rule and all those that it looks at."""
    rule = rules_by_code()[code]
    return [*(other for before in rule.after for other in needed(before)), rule]


def codes(**given: Any) -> list[str]:
    """The codes of all findings about some rows of text, in alphabetical order."""
    return sorted(judge(**given).findings["rule"])


def _moment(text: str, zone: ZoneInfo) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
