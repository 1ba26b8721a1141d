"""What a run says on standard error: sentences for a person, or a line of JSON each for a machine; never a cell of a table."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType

import click

from audit.errors import AuditError, FileFault
from schemas.language import ENGLISH, Language
from schemas.text import Fact, Message, plain, say

TEXT, JSON = "text", "json"
FORMS = (TEXT, JSON)
OPTION = "--log-format"

OURS = ("__main__", "audit", "reports", "schemas", "py")
"""First names of the loggers that are heard: other libraries' records may hold addresses or cells. ``py`` is Python's own warnings."""

SPOKEN: ContextVar[Language] = ContextVar("spoken", default=ENGLISH)
"""The language of what is said; see audit.cli.speech for how it is chosen."""

TRY = "{told}\n  try: {remedy}"
LEVELS: Mapping[int, str] = {logging.WARNING: "warning: {told}", logging.ERROR: "error: {told}"}
"""How a sentence for a person is told; others stand as they are."""

NO_AUDIT = Message("no audit was performed")
ENDED = Message("The run ended in {exit_code}: {findings} findings, {stake:money} at stake; the report is in {folder}.")
CRASHED = Message("order-audit broke: {kind} at {places:words}. This is a fault of the program.")

LOGGER = logging.getLogger(__name__)


class Sentences(logging.Formatter):
    """Records as a person reads them."""

    def format(self, record: logging.LogRecord) -> str:
        """The sentence, what to try below it, and a traceback where there is one."""
        told = sentence(record.levelno, said(record), facts_of(record).get("remedy"))
        return f"{told}\n{self.formatException(record.exc_info)}" if record.exc_info else told


class Lines(logging.Formatter):
    """Records as a machine reads them: one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, message and facts; the template where the message has one."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": said(record),
            **({"template": record.msg.template} if isinstance(record.msg, Message) else {}),
            "facts": dict(facts_of(record)),
        }
        return json.dumps(line, ensure_ascii=False)


class StandardError(logging.Handler):
    """Standard error as it is at the moment; only our own records."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        if record.name.split(".")[0] in OURS:
            click.echo(self.format(record), err=True)


def sentence(level: int, told: str, remedy: Fact = None) -> str:
    """What is told as a person reads it, with what to try below it."""
    marked = say(LEVELS[level], {"told": told}, SPOKEN.get()) if level in LEVELS else told
    return say(TRY, {"told": marked, "remedy": remedy}, SPOKEN.get()) if remedy else marked


def said(record: logging.LogRecord) -> str:
    """The message of a record, in the language that is spoken."""
    return record.msg.said(SPOKEN.get()) if isinstance(record.msg, Message) else record.getMessage()


def facts_of(record: logging.LogRecord) -> Mapping[str, Fact]:
    """The facts of a record: its message's, what was given beside it, and where an exception arose."""
    own = plain(record.msg.facts) if isinstance(record.msg, Message) else {}
    beside: Mapping[str, Fact] = getattr(record, "facts", {})
    error = record.exc_info[1] if record.exc_info else None
    return {**own, **beside, **({"kind": type(error).__name__, "places": places(error)} if error else {})}


def places(error: BaseException) -> list[str]:
    """Where an exception passed, the innermost last; its own words are left out, for they may quote a cell."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno} {frame.name}" for frame in frames]


def configure(form: str = TEXT, *, verbose: bool = False) -> None:
    """Say what is to be said from here on in one of FORMS; progress only where ``verbose``."""
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, StandardError)]:
        root.removeHandler(handler)
    handler = StandardError()
    handler.setFormatter(Lines() if form == JSON else Sentences())
    root.addHandler(handler)
    root.setLevel(logging.INFO if verbose else logging.WARNING)
    logging.captureWarnings(form == JSON)
    sys.excepthook = tell_crash if form == JSON else sys.__excepthook__


def foreseen(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The form that a command line asks for, looked up before it is parsed, so that its own faults are told in that form."""
    wanted = asked(OPTION, arguments, environment)
    return wanted if wanted in FORMS else TEXT


def asked(option: str, arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """What a command line, else its environment, gives an option, before it is parsed; blank for nothing."""
    wanted = environment.get(f"ORDER_AUDIT_{option.removeprefix('--').replace('-', '_').upper()}", "")
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if argument == option or argument.startswith(f"{option}="):
            wanted = following if argument == option else argument.partition("=")[2]
    return wanted


def speak(language: Language) -> None:
    """Say what is to be said from here on in a language."""
    SPOKEN.set(language)


def ended(exit_code: int, findings: int, *, stake: int, folder: str) -> Message:
    """How a night ended, in one sentence; ``stake`` in cents."""
    return ENDED._replace(facts={"exit_code": exit_code, "findings": findings, "stake": stake, "folder": folder})


def tell_fault(error: AuditError) -> None:
    """Say that no audit was performed, then everything that is wrong and what to try."""
    LOGGER.critical(NO_AUDIT, extra={"facts": {"exit_code": error.exit_code}})
    for fault in error.faults:
        file = {"file": fault.file} if isinstance(fault, FileFault) else {}
        LOGGER.error(fault.wrong.said(SPOKEN.get()), extra={"facts": {**file, "remedy": fault.remedy.said(SPOKEN.get())}})


def tell_usage(error: click.ClickException) -> None:
    """Say what is wrong with a command line."""
    LOGGER.critical(NO_AUDIT, extra={"facts": {"exit_code": error.exit_code}})
    LOGGER.error(error.format_message())


def tell_crash(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    """Say where the program broke."""
    told = CRASHED._replace(facts={"kind": type(error).__name__, "places": places(error)[-1:]})
    LOGGER.critical(told, exc_info=error)


def as_lines() -> bool:
    """Whether lines of JSON are being written."""
    return any(isinstance(handler.formatter, Lines) for handler in logging.getLogger().handlers)
