"""The kinds of values that settings take: each reads one, or says what it takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from audit.config.settings import FORMATS
from audit.errors import UnfitError
from schemas.text import Message


def text(value: Any) -> str:
    """A text."""
    if not isinstance(value, str):
        raise UnfitError("text in quotes")
    return value


def texts(value: Any) -> tuple[str, ...]:
    """Several texts."""
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise UnfitError("a list of texts in quotes")
    return tuple(value)


def share(value: Any) -> float:
    """A share of one."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise UnfitError("a share from 0 to 1")
    return float(value)


def count(value: Any) -> int:
    """A whole number from 1."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise UnfitError("a whole number from 1")
    return value


def flag(value: Any) -> bool:
    """Whether or not."""
    if not isinstance(value, bool):
        raise UnfitError("true or false")
    return value


def hours(value: Any) -> float:
    """Some hours."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise UnfitError("a number of hours above 0")
    return float(value)


def path(value: Any) -> Path:
    """A file."""
    return Path(text(value))


def zone(value: Any) -> ZoneInfo:
    """A time zone."""
    try:
        return ZoneInfo(text(value))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UnfitError('a time zone such as "Europe/Paris"') from error


def one_of(*words: str) -> Callable[[Any], str]:
    """A reader of one of some words."""

    def read(value: Any) -> str:
        if value not in words:
            raise UnfitError(Message("one of {words:words}", {"words": list(words)}))
        return str(value)

    return read


def origin(value: Any) -> str:
    """A country by its two letters."""
    letters = text(value).upper()
    if not re.fullmatch("[A-Z]{2}", letters):
        raise UnfitError('the two letters of a country, such as "CN"')
    return letters


def formats(value: Any) -> tuple[str, ...]:
    """Formats of outputs."""
    names = texts(value)
    if unknown := [name for name in names if name not in FORMATS]:
        raise UnfitError(Message("some of {known:words}, not {unknown}", {"known": list(FORMATS), "unknown": unknown[0]}))
    return names


def moment(value: Any) -> str:
    """A time, as ISO 8601 writes it."""
    return value.isoformat() if isinstance(value, datetime) else parse_moment(text(value))


def parse_moment(text: str) -> str:
    """The text, if it is an ISO 8601 time or date; raises UnfitError otherwise."""
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise UnfitError("a time such as 2026-11-23T06:00") from error
    return text


def like(default: Any, value: Any) -> Any:
    """The value, if it is of the kind of a limit's default; raises UnfitError otherwise."""
    if isinstance(default, tuple):
        return texts(value)
    if isinstance(default, dict):
        if not isinstance(value, dict) or not all(isinstance(entry, int) and not isinstance(entry, bool) for entry in value.values()):
            raise UnfitError("whole numbers by name")
        return dict(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise UnfitError("a number from 0")
    return float(value) if isinstance(default, float) else value
