"""The language that a command speaks: the command line's, else the environment's, else the settings', else English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from audit.config import FILE_NAME
from audit.errors import AuditError
from audit.operating import logs
from schemas.language import CODES, ENGLISH, Language, language
from schemas.text import Message

SETTING = re.compile(rf"""^\s*lang\s*=\s*["']({"|".join(CODES)})["']""", re.MULTILINE)
"""The line of the settings, found even where others of them can't be read."""


def foreseen(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language that a command line asks for, looked up before it is parsed, so that its own faults are told in that language."""
    code = logs.asked("--lang", arguments, environment)
    if code in CODES:
        return language(code)
    return of_settings(Path(logs.asked("--config", arguments, environment) or FILE_NAME))


def of_settings(path: Path) -> Language:
    """The language that a file of settings names; English where it names none or can't be read."""
    try:
        found = SETTING.search(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return ENGLISH
    return language(found[1]) if found else ENGLISH


def speak(lang: str | None, settings: Path | None = None) -> Language:
    """The language of an option, else of the settings, else of those in the working folder; spoken from here on."""
    chosen = language(lang) if lang else of_settings(settings or Path(FILE_NAME))
    logs.speak(chosen)
    return chosen


def spoken() -> Language:
    """The language that is spoken."""
    return logs.SPOKEN.get()


def tell(message: Message | str, *, error: bool = False) -> None:
    """Say a sentence, or the template of one that names no facts."""
    click.echo(said(message), err=error)


def said(message: Message | str) -> str:
    """A sentence, or the template of one that names no facts, in the language that is spoken."""
    return (message if isinstance(message, Message) else Message(message)).said(spoken())


def misuse(message: Message | str) -> click.UsageError:
    """Wrong usage, told in the language that is spoken."""
    return click.UsageError(said(message))


@contextmanager
def as_usage() -> Iterator[None]:
    """Faults of an argument, told as wrong usage."""
    try:
        yield
    except AuditError as error:
        raise click.UsageError(error.said(spoken())) from error
