"""What the platform knows of one item: its state, its log, the claim about it and what was written about it."""

from __future__ import annotations

import hashlib
import re

from audit.ingest.webservice import itemlog, names
from audit.ingest.webservice.answer import Answer, sortable
from audit.ingest.webservice.node import Node
from audit.ingest.webservice.sales import rating, status

SHIPPED = "_shipped"
"""A cell beside the columns: whether the platform has the item as shipped, 1 or 0."""


def read_item(item: Node, head: Node, answer: Answer) -> None:
    """One item: a row of orders to be merged with its sale, its claim, its messages."""
    _add_order(item, answer)
    for claim in item.all("claim"):
        _add_claim(item, claim, answer)
    for letter in item.children:
        if letter.name in ("mail", "message"):
            _add_message(item, letter, head.get("request", "user"), answer)


def _add_order(item: Node, answer: Answer) -> None:
    logs = item.all("itemlog")
    for log in logs:
        answer.choose(log, "itemlogcode", names.LOG_CODES)
    meaning = status(item, answer)
    ended = itemlog.cancellation(logs) if meaning == "cancelled" else itemlog.Cancellation()
    answer.add(
        "orders",
        {
            "item_id": item.get("itemid"),
            "ordered_at": item.get("date") or itemlog.ordered_at(logs),
            "confirmed_at": itemlog.confirmed_at(logs),
            "status": meaning,
            "cancelled_at": ended.at,
            "cancelled_by": ended.by,
            "cancel_reason": ended.reason,
            "rating": rating(item, answer),
            SHIPPED: answer.choose(item, "shipped", {"0": "0", "1": "1"}),
        },
    )


def _add_claim(item: Node, claim: Node, answer: Answer) -> None:
    """A claim; the platform gives it no number, so the item and the moment name it."""
    opened = claim.get("creationdate")
    moment = re.sub(r"\D", "", sortable(opened))
    answer.add(
        "claims",
        {
            "claim_id": f"{item.get('itemid')}-{moment}" if moment else "",
            "item_id": item.get("itemid"),
            "opened_at": opened,
            "claim_type": answer.choose(claim, "type", {}, otherwise="other", table="claims", column="claim_type"),
            "claim_status": _claim_status(claim, answer),
        },
    )


def _claim_status(claim: Node, answer: Answer) -> str:
    """Open while buyer and seller seek an agreement, in mediation once customer service has it."""
    amicable = answer.choose(claim, "amicable", names.FLAGS)
    running = "in_mediation" if amicable == "false" else "open"
    return answer.choose(claim, "state", {names.CLAIM_NEW: running}, otherwise=running, table="claims", column="claim_status") or running


def _add_message(item: Node, letter: Node, user: str, answer: Answer) -> None:
    """A letter, without anybody's login: mails go between seller and platform, messages between seller and buyer."""
    other = "platform" if letter.name == "mail" else "buyer"
    sender, recipient = ("seller", other) if _sent_by_seller(letter, user) else (other, "seller")
    body = "\n".join(text for text in (letter.get("object"), _block(letter.first("content"))) if text)
    at = letter.get("senddate")
    told = "\x1f".join((item.get("itemid"), at, sender, body))
    answer.add(
        "messages",
        {
            "message_id": letter.get("mailid") or hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16],
            "item_id": item.get("itemid"),
            "sent_at": at,
            "sender": sender,
            "recipient": recipient,
            "body": body,
        },
    )


def _block(content: Node | None) -> str:
    return content.block if content else ""


def _sent_by_seller(letter: Node, user: str) -> bool:
    """Whether the seller wrote it: by the login that asked, else by the letter's state."""
    sender, recipient = (letter.get(name).casefold() for name in ("sender", "recipient"))
    if user and user.casefold() in (sender, recipient):
        return sender == user.casefold()
    return letter.get("status").upper() == names.SENT
