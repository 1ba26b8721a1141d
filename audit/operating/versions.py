"""Python and the libraries against the least versions that the package names for itself."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from typing import NamedTuple

DISTRIBUTION = "order-audit"
REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(\[[\w,-]+\])?>=(?P<least>[\d.]+)$")
"""How the package writes what it needs; extras carry a condition, and are left out."""


class Need(NamedTuple):
    """What is needed, from which version on, and the version found; None where there is none."""

    name: str
    least: str
    found: str | None

    @property
    def met(self) -> bool:
        """Whether it is there, and recent enough."""
        return self.found is not None and _numbers(self.found) >= _numbers(self.least)


def needs() -> Iterator[Need]:
    """Python first, then each library."""
    yield Need("Python", metadata(DISTRIBUTION)["Requires-Python"].removeprefix(">="), platform.python_version())
    for entry in requires(DISTRIBUTION) or ():
        if needed := REQUIREMENT.match(entry):
            yield Need(needed["name"], needed["least"], _found(needed["name"]))


def _found(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _numbers(text: str) -> tuple[int, ...]:
    """The numbers of a version, what comes after them and zeros at their end left out: 3.0 is 3, and 3.0rc1 too."""
    numbers = [int(part) for part in re.sub(r"[^\d.].*", "", text).split(".") if part]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
