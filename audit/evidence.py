"""A folder of evidence against what customer service takes: so many files in a sending, none too large."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from audit.errors import FileFault
from audit.limits import LARGEST_ATTACHMENT, MOST_ATTACHMENTS, Limits
from schemas.language import ENGLISH, Language
from schemas.text import Fact, Message

HEAD = Message("Files: {count}. Customer service takes at most {most} in a sending, none above {largest} MB.")
TOO_LARGE = Message("Too large: {name}, {size} MB. Make it smaller, or send a part of it.")
ALL_FIT, OTHERS_FIT = Message("All can go in one sending."), Message("The others can go in one sending.")
SENDINGS, SENDING = Message("Send them in {count} messages:"), Message("Sending {number}: {names:words}")

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
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not _hidden(path.relative_to(folder)))
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


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def as_text(folder: Folder, limits: Limits, language: Language = ENGLISH) -> str:
    """What a person reads."""
    told: dict[str, Fact] = {"count": len(folder.files), "most": limits[MOST_ATTACHMENTS], "largest": f"{limits[LARGEST_ATTACHMENT]:g}"}
    lines = [HEAD._replace(facts=told), *_too_large(folder), *_sendings(folder)]
    return "\n".join(line.said(language) for line in lines)


def _too_large(folder: Folder) -> list[Message]:
    sizes = dict(folder.files)
    return [TOO_LARGE._replace(facts={"name": name, "size": str(Decimal(sizes[name]) / MEGABYTE)}) for name in folder.too_large]


def _sendings(folder: Folder) -> list[Message]:
    """How the files that are not too large are sent."""
    if not folder.sendings:
        return []
    if len(folder.sendings) == 1:
        return [OTHERS_FIT if folder.too_large else ALL_FIT]
    numbered = enumerate(folder.sendings, start=1)
    lines = [SENDING._replace(facts={"number": number, "names": list(names)}) for number, names in numbered]
    return [SENDINGS._replace(facts={"count": len(folder.sendings)}), *lines]
