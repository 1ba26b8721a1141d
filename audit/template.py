"""The commented order-audit.toml that ``order-audit init`` writes: every setting at its default."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from audit.catalogue import OURS
from audit.config import FILE_NAME, Config
from audit.config.keys import KEYS, SETTINGS
from audit.errors import ConfigFault
from audit.terminal import wrapped
from schemas.language import ENGLISH
from schemas.text import Message, say

if TYPE_CHECKING:
    from pathlib import Path

    from audit.limits import Limit
    from schemas.language import Language

INTRODUCTION = "Settings of order-audit. A line that starts with # is a comment; take the # away to set the value after it."
LIMIT = "{about:phrases}; {unit:phrases}; {standing:word}: {source}"
LIMIT_BARE = "{about:phrases}; no unit; {standing:word}: {source}"
WIDTH = 110
EXAMPLES = {
    "mapping": ["commandes.csv.mapping.toml"],
    "rules": ["my_rules.py"],
    "files": ["exports/orders_*.csv", "exports/shipments_*.xlsx"],
    "history": "order-audit.db",
    "waivers": "waivers.csv",
    "shop": "My shop",
    "grade": "B",
    "commission_rate": 0.12,
    "default_origin": "CN",
    "seller_zone": "Asia/Shanghai",
    "as_of": "2026-11-23T06:00",
    "memory": "2GiB",
    "health_url": "https://health.example/ping/night",
    "notify": ["mailtos://user:password@mail.example?to=shop@mail.example"],
}
"""What stands after the # where a setting has no default."""


def write(folder: Path, language: Language = ENGLISH) -> Path:
    """Write the file into a folder; raises ConfigFault where one already stands there."""
    path = folder / FILE_NAME
    if path.exists():
        raise ConfigFault(Message("{file} already exists.", {"file": str(path)}), "Edit it, or move it away first.")
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(text(language), encoding="utf-8")
    return path


def text(language: Language = ENGLISH) -> str:
    """The whole file, its comments in a language."""
    lines = [*_comment(language.text(INTRODUCTION)), ""]
    for table, settings in SETTINGS.items():
        lines += [f"[{table}]"]
        for setting in settings:
            default = getattr(Config(), setting.name)
            value = EXAMPLES.get(setting.name, default)
            lines += [*_comment(language.text(setting.about)), f"# {KEYS.get(setting.name, setting.name)} = {_toml(value)}"]
        lines += [""]
    lines += ["[limits]", *(line for limit in OURS.limits.values() for line in _limit(limit, language)), "", "[severity]"]
    lines += [f'# {rule.code} = "{rule.severity}"' for rule in OURS.rules]
    return "\n".join(lines) + "\n"


def _limit(limit: Limit[Any], language: Language) -> list[str]:
    facts = {"about": limit.about, "unit": limit.unit, "standing": limit.standing, "source": limit.source.said(language)}
    return [*_comment(say(LIMIT if limit.unit else LIMIT_BARE, facts, language)), f"# {limit.name} = {_toml(limit.default)}"]


def _comment(words: str) -> list[str]:
    return wrapped(words, WIDTH, first="# ", rest="# ")


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {entry}" for name, entry in value.items()) + " }"
    if isinstance(value, tuple | list | bool):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int | float):
        return str(value)
    return json.dumps(str(value), ensure_ascii=False)
