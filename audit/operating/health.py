"""Calls to a health address: a service that raises the alarm when a night fails, or never ran at all."""

from __future__ import annotations

import http.client
import logging
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import SplitResult, urlsplit, urlunsplit

from audit import __version__
from schemas.text import Message

LOGGER = logging.getLogger(__name__)

SOCKET_PATIENCE = 3.0
"""Seconds that one step of a call may take."""

PATIENCE = 4.0
"""Seconds after which a call is left to itself: looking up a name and an answer in drops know no limit of their own."""

AUDITED = (0, 10)
"""Exit codes of a night that went well: what was found is the report's business."""

BROKEN = 1
"""What Python ends in where something of ours breaks."""

NO_ANSWER = Message("no answer in time")
UNREACHABLE = Message("The health address could not be called ({reason}): its service may raise a false alarm.")
NO_ADDRESS = Message("it is no address that begins with http:// or https://")


def address(url: str, ending: str = "") -> str | None:
    """The address with an ending to its path; None where it is no address of the web."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return urlunsplit(_ended(parts, ending)) if usable else None


def _ended(parts: SplitResult, ending: str) -> SplitResult:
    return parts._replace(path=parts.path.rstrip("/") + ending) if ending else parts


def call(url: str, ending: str = "", said: str = "") -> Message | None:
    """Call the address; what kept it from being called, or None. Never raises, and never waits longer than PATIENCE."""
    target = address(url, ending)
    if target is None:
        return UNREACHABLE._replace(facts={"reason": NO_ADDRESS})
    reasons: list[Message | str | None] = []
    caller = threading.Thread(target=lambda: reasons.append(_reason(target, said)), daemon=True)
    caller.start()
    caller.join(PATIENCE)
    reason = reasons[0] if reasons else NO_ANSWER
    return None if reason is None else UNREACHABLE._replace(facts={"reason": reason})


def _reason(target: str, said: str) -> Message | str | None:
    """Why a call failed, without a word that might hold the address, for it is a key; None where it did not fail."""
    try:
        request = urllib.request.Request(  # noqa: S310 - of the web: see address
            target, said.encode(), {"User-Agent": f"order-audit/{__version__}", "Content-Type": "text/plain"}
        )
        with urllib.request.urlopen(request, timeout=SOCKET_PATIENCE):  # noqa: S310 - as above
            return None
    except urllib.error.HTTPError as error:
        error.close()
        return f"HTTP {error.code}"
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _cause(error)


def _cause(error: Exception) -> Message | str:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return NO_ANSWER
    return (cause.strerror if isinstance(cause, OSError) else None) or type(cause).__name__


class Pulse:
    """The calls of one run; ``url`` is None where no service listens."""

    def __init__(self, url: str | None, *, quiet: bool) -> None:
        self.url = url
        self.quiet = quiet
        self.warnings: list[Message] = []

    def begin(self, url: str | None) -> None:
        """Tell that the run begins; the settings have the last word on the address."""
        self.url = url
        self._call("/start")

    def end(self, code: int) -> None:
        """Tell how the run ended; then say what calls failed, unless the night is to be silent."""
        self._call("" if code in AUDITED else "/fail", f"exit code {code}\n")
        for warning in self.warnings if code or not self.quiet else ():
            LOGGER.warning(warning)

    def _call(self, ending: str, said: str = "") -> None:
        failed = call(self.url, ending, said) if self.url else None
        if failed and failed not in self.warnings:
            self.warnings.append(failed)


@contextmanager
def told(url: str | None, *, quiet: bool) -> Iterator[Pulse]:
    """Tell the health address how what is done inside ends, whatever way it ends."""
    pulse = Pulse(url, quiet=quiet)
    try:
        yield pulse
    except BaseException as error:
        pulse.end(exit_code(error))
        raise
    pulse.end(0)


def exit_code(error: BaseException) -> int:
    """What the process ends in."""
    code = error.code if isinstance(error, SystemExit) else getattr(error, "exit_code", BROKEN)
    return code if isinstance(code, int) else int(code is not None)
