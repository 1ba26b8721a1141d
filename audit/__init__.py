"""What is done to the tables: ``from audit import audit, Config`` audits paths or DataFrames in a notebook."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audit.config import Config
    from audit.pipeline import audit

__all__ = ["Config", "audit"]
__version__ = "0.1.0"

_HOMES = {"Config": "audit.config", "audit": "audit.pipeline"}


def __getattr__(name: str) -> Any:
    """Import the public names when they are first asked for: pandas takes half a second."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
