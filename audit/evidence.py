"""A folder of evidence against what customer service takes: so many files in a sending, none too large."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from audit.errors import FileFault
from audit.limits import LARGEST_ATTACHMENT, MOST_ATTACHMENTS, Limits

MEGABYTE = 1_000_000
"""The smaller of the two that go by that name: what passes here passes either way."""


class Folder(NamedTuple):
    """The files of a folder with their sizes in bytes, which of them are too large, and how the others are sent."""

    files: tuple[tuple[str, int], ...]
    too_large: tuple[str, ...]
    sendings: tuple[tuple[str, ...], ...]

    @property
    def fits(self) -> bool:
        """Whether everything can go in one sending."""
        return not self.too_large and len(self.sendings) <= 1


def look(folder: Path, limits: Limits) -> Folder:
    """What is in a folder and those within it, hidden files aside; raises FileFault where it is no folder or holds nothing."""
    if not folder.is_dir():
        raise FileFault(str(folder), "is no folder.", "Name the folder that holds the evidence.")
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    if not paths:
        raise FileFault(str(folder), "holds no file.", "Put the pictures, invoices and proofs into it.")
    files = tuple((path.relative_to(folder).as_posix(), path.stat().st_size) for path in paths)
    largest, most = limits[LARGEST_ATTACHMENT] * MEGABYTE, limits[MOST_ATTACHMENTS]
    small = [name for name, size in files if size <= largest]
    return Folder(
        files,
        tuple(name for name, size in files if size > largest),
        tuple(tuple(small[start : start + most]) for start in range(0, len(small), most)),
    )


def as_text(folder: Folder, limits: Limits) -> str:
    """What a person reads."""
    most, largest = limits[MOST_ATTACHMENTS], limits[LARGEST_ATTACHMENT]
    head = f"{len(folder.files)} files; customer service takes at most {most} in a sending, none above {largest:g} MB"
    large = [
        f"too large: {name}, {dict(folder.files)[name] / MEGABYTE:.1f} MB; make it smaller, or send a part" for name in folder.too_large
    ]
    if len(folder.sendings) <= 1:
        return "\n".join([head, *large, *([] if large else ["all can go in one sending"])])
    split = [f"sending {number}: {', '.join(names)}" for number, names in enumerate(folder.sendings, start=1)]
    return "\n".join([head, *large, f"send them in {len(split)} messages:", *split])
