"""One file to the answers that it holds; each is known by its outermost element, whatever its namespace."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping

from audit.errors import FileFault
from audit.ingest.webservice import charset, inventory, iteminfos, markup, names, sales, shipping
from audit.ingest.webservice.answer import Answer
from audit.ingest.webservice.node import Node, Piece
from schemas.text import Message

READERS: Mapping[str, Callable[[Node, Node, Answer], None]] = {
    names.NEW: sales.read_sale,
    names.CURRENT: sales.read_sale,
    names.INFOS: iteminfos.read_item,
    names.BILLING: sales.read_billed,
    names.SHIPPING: shipping.read_shipping,
    names.TRACKING: shipping.read_tracking,
    names.EXPORT: inventory.read_advert,
}
ENDS: Mapping[str, Callable[[Node, Answer], None]] = {names.ACCEPT: sales.end_accepted, names.CANCEL: sales.end_cancelled}
MAIN: Mapping[str, str] = {
    **dict.fromkeys((names.NEW, names.CURRENT, names.INFOS, names.BILLING, names.ACCEPT, names.CANCEL), "orders"),
    names.SHIPPING: "shipments",
    names.TRACKING: "shipments",
    names.EXPORT: "listings",
}
"""The table that each answer feeds first."""

MOST_RECORDS = 1_000_000
LOOKED_AT = 2_000
"""Bytes by which a file is known."""

WEB_PAGE = re.compile(rb"<(!doctype\s+html|html)\b", re.IGNORECASE)
BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml\b|!DOCTYPE\b|(?:[\w.-]+:)?(?:\w*result|errorresponse|items)\b)", re.IGNORECASE)
QUOTA = "quota"


def is_answer(content: bytes) -> bool:
    """Whether a file is XML that may be an answer, by its first bytes; a web page is none."""
    begins = content[:LOOKED_AT]
    if begins.startswith((b"\xff\xfe", b"\xfe\xff")):
        begins = begins[: LOOKED_AT - LOOKED_AT % 2].decode("utf-16", "replace").encode("utf-8")
    return BEGINNING.match(begins) is not None and not WEB_PAGE.search(begins)


def read(file: str, content: bytes) -> list[Answer]:
    """The answers in a file, one for each action; none where it holds nothing that the audit reads.

    Raises FileFault where the file can't be read, is no answer, or is the platform's refusal to give one.
    """
    decoded = charset.decoded(file, content)
    answers: dict[str, Answer] = {}
    known = records = 0
    for piece in markup.pieces(file, decoded.data):
        known += 1
        records += piece.record is not None
        if records > MOST_RECORDS:
            raise FileFault(
                file,
                Message("holds more than {most:number} records.", {"most": MOST_RECORDS}),
                "Save each page of the answer in a file of its own.",
            )
        if piece.record is None:
            _refuse_error(file, piece)
        if piece.action in MAIN:
            _take(piece, answers.setdefault(piece.action, Answer(file, piece.action, decoded.encoding)))
    if not known:
        raise FileFault(file, "is a web page or XML, not a table.", "Sign in and download the export again, as CSV or XLSX.")
    for answer in answers.values():
        answer.mixed = len(answers) > 1
        answer.sha256 = hashlib.sha256(content).hexdigest()
        answer.claimed_encoding = decoded.claimed
    return list(answers.values())


def _take(piece: Piece, answer: Answer) -> None:
    if piece.record is not None:
        READERS[piece.action](piece.record, piece.head, answer)
        return
    answer.tables.setdefault(MAIN[piece.action], [])
    answer.asked.update(filter(None, [piece.head.get("request", "nexttoken")]))
    answer.following.update(filter(None, [piece.head.get("response", "nexttoken") or piece.head.get("nexttoken")]))
    if piece.action in ENDS:
        ENDS[piece.action](piece.head, answer)


def _refuse_error(file: str, piece: Piece) -> None:
    """Raise what the platform said in place of an answer."""
    error = piece.head.first("error") or piece.head.first("response", "error")
    if error is None and piece.action != names.ERROR:
        return
    error = error or piece.head
    details = [detail.text for detail in (error.first("details") or error).all("detail")]
    told = ": ".join(text for text in (error.get("code"), error.get("message"), "; ".join(details)[:300]) if text)
    remedy = Message(
        "Wait an hour, then call the WebService again." if QUOTA in told.casefold() else "Mend that, then call the WebService again."
    )
    wrong = Message("is no answer but the platform's error: {told}.", {"told": told.removesuffix(".") or Message("without a word")})
    raise FileFault(file, wrong, remedy)
