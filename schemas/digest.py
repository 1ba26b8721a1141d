"""A short message about a night, ready to be sent."""

from __future__ import annotations

from typing import NamedTuple


class Digest(NamedTuple):
    """A message: its title, and its lines."""

    title: str
    body: str
