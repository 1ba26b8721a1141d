"""The layouts of real sources, kept as data files, each known by the headers that only it has."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from audit.ingest.layout import Layout
from audit.ingest.likeness import key


@cache
def presets() -> tuple[Layout, ...]:
    """Every preset, the one with the longest signature first."""
    folder = files("schemas") / "presets"
    found = [_layout(tomllib.loads(path.read_text(encoding="utf-8"))) for path in folder.iterdir() if path.name.endswith(".toml")]
    return tuple(sorted(found, key=lambda layout: (-len(layout.signature), layout.name)))


def preset_for(header: Sequence[str]) -> Layout | None:
    """The preset whose every signature header stands in a header, in one of its variants."""
    there = {key(cell) for cell in header}
    return next((layout for layout in presets() if _is_signed(layout, there)), None)


def is_preset_header(cells: Sequence[str]) -> bool:
    """Whether a line is the header of a source that a preset knows."""
    return preset_for(cells) is not None


def _is_signed(layout: Layout, there: set[str]) -> bool:
    return all(any(key(variant) in there for variant in variants) for variants in layout.signature)


def _layout(document: Mapping[str, Any]) -> Layout:
    plain: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in document.items()
        if name not in ("columns", "joined", "signature")
    }
    return Layout(
        **plain,
        signature=tuple(_variants(entry) for entry in document["signature"]),
        columns={name: _variants(value) for name, value in document["columns"].items()},
        joined={name: tuple(value) for name, value in document.get("joined", {}).items()},
        is_preset=True,
    )


def _variants(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
