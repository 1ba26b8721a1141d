"""Messages to mail or chat about what is new tonight: one short message an address, each finding once."""

from __future__ import annotations

import importlib
import logging
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING

from audit.operating import notices
from schemas.history import State
from schemas.text import Message

if TYPE_CHECKING:
    import pandas as pd

    from schemas.digest import Digest
    from schemas.outcome import Outcome

LOGGER = logging.getLogger(__name__)

PATIENCE = 30.0
"""Seconds after which an address is given up: a mail server may take its time, a morning may not."""

LIBRARY = "apprise"
INSTALL = 'pip install "order-audit[notify]"'

MISSING = Message("Nothing was sent to notify: its library is not installed. Install it: {command}.", {"command": INSTALL})
NOT_SENT = Message("Address {number} of notify ({scheme}) could not be reached ({reason}); what it missed is sent with the next run.")
FORGOTTEN = Message("What was sent could not be remembered ({error}): the next run may send it again.")

UNKNOWN_ADDRESS = Message("it is no address that the library knows")
REFUSED = Message("the service refused it or gave no answer")
TOO_SLOW = Message("it took too long")
NO_ADDRESS = Message("no address")


def tell(memory: sqlite3.Connection | None, outcome: Outcome, addresses: Sequence[str], write: Callable[[pd.DataFrame], Digest]) -> Outcome:
    """Send each address what is new to it, and remember that; whatever fails is a warning of the outcome.

    ``write``: the message about some of the outcome's findings.
    """
    if memory is None or not addresses:
        return outcome
    try:
        warnings = tuple(_warnings(memory, outcome, addresses, write))
    except sqlite3.Error as error:
        warnings = (FORGOTTEN._replace(facts={"error": str(error)}),)
    return replace(outcome, run=replace(outcome.run, warnings=(*outcome.run.warnings, *warnings)))


def _warnings(
    memory: sqlite3.Connection, outcome: Outcome, addresses: Sequence[str], write: Callable[[pd.DataFrame], Digest]
) -> Iterator[Message]:
    library = load()
    if library is None:
        yield MISSING
        return
    for number, address in enumerate(dict.fromkeys(addresses), start=1):
        fresh = untold(outcome.findings, notices.known(memory, address))
        if not len(fresh):
            continue
        reason = send(library, address, write(fresh))
        notices.remember(memory, address, notices.courses(fresh), sent=reason is None)
        if reason:
            yield NOT_SENT._replace(facts={"number": number, "scheme": scheme(address), "reason": reason})


def untold(findings: pd.DataFrame, known: dict[notices.Course, bool]) -> pd.DataFrame:
    """The findings that an address has yet to learn of: new or back and never sent, or open since a message that failed."""
    seen = [known.get(course) for course in notices.courses(findings)]
    wanted = [
        (sent is None and now in (State.NEW, State.BACK)) or (sent is False and now != State.WAIVED)
        for now, sent in zip(findings["state"], seen, strict=True)
    ]
    return findings[wanted]


def load() -> ModuleType | None:
    """The library that knows the services; None where the extra is not installed."""
    try:
        return importlib.import_module(LIBRARY)
    except ImportError:
        return None


def understood(library: ModuleType, address: str) -> bool:
    """Whether the library knows how to send to an address; nothing is sent."""
    return bool(library.Apprise().add(address))


def send(library: ModuleType, address: str, digest: Digest) -> Message | str | None:
    """Send a message; why it failed, without a word that might hold the address, or None. Never raises, never waits beyond PATIENCE."""
    outcomes: list[Message | str | None] = []
    sender = threading.Thread(target=lambda: outcomes.append(_failure(library, address, digest)), daemon=True)
    sender.start()
    sender.join(PATIENCE)
    return outcomes[0] if outcomes else TOO_SLOW


def _failure(library: ModuleType, address: str, digest: Digest) -> Message | str | None:
    try:
        messenger = library.Apprise()
        if not messenger.add(address):
            return UNKNOWN_ADDRESS
        sent = messenger.notify(title=digest.title, body=digest.body, notify_type="warning", body_format="text")
    except Exception as error:  # noqa: BLE001 - a hundred services' plugins, and none may cost the night its report
        return type(error).__name__
    return None if sent else REFUSED


def scheme(address: str) -> Message | str:
    """What may be shown of an address: the service alone."""
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://", address)
    return found[1].lower() if found else NO_ADDRESS
