"""What executors need of this program: its packages in a zip, and the settings without the addresses and places that are nobody else's business."""

from __future__ import annotations

import importlib
import pickle
import zipfile
from dataclasses import fields
from functools import lru_cache
from pathlib import Path

from audit.config import Config
from audit.plugins import equipped

PACKAGES = ("audit", "schemas")
"""Those that executors run; the report is written where the run was started."""

KEPT_BACK = ("catalogue", "health_url", "notify", "history", "waivers", "file")
ZIP = "order_audit.zip"


def pack(folder: Path) -> Path:
    """A zip of the installed packages, from which Python imports them."""
    path = folder / ZIP
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in PACKAGES:
            for root in map(Path, importlib.import_module(name).__path__):
                for file in sorted(root.rglob("*")):
                    if file.is_file() and "__pycache__" not in file.parts:
                        archive.write(file, Path(name) / file.relative_to(root))
    return path


def shipped(config: Config) -> bytes:
    """The settings as bytes; rules go by their files, for functions are found again where they are installed."""
    told = {field.name: getattr(config, field.name) for field in fields(config) if field.name not in KEPT_BACK}
    return pickle.dumps(told | {"rules": tuple(str(Path(file).absolute()) for file in config.rules)})


@lru_cache(maxsize=1)
def unpacked(settings: bytes) -> Config:
    """The settings on an executor, with the user's own rules, taken in once a process."""
    return equipped(Config(**pickle.loads(settings)))  # noqa: S301 - what this run has sent
