"""What makes a piece of XML sound apart from its tags: letters, entities, attributes, the head of its document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    Octets = np.ndarray[tuple[int], np.dtype[np.uint8]]

OTHER_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)")
OTHER_ENCODING = re.compile(rb"encoding=[\"'](?!utf-8[\"'])", re.IGNORECASE)
CONTROLS = np.isin(np.arange(256), [*range(ord("\t")), 0x0B, 0x0C, *range(0x0E, ord(" "))])
"""Characters that no document may hold."""

ATTRIBUTE = re.compile(rb' ([A-Za-z_][\w:]*+)="[^"]*+"')
ATTRIBUTES = re.compile(rb"(?:" + ATTRIBUTE.pattern + rb")*+ ?")


class NotPlainError(Exception):
    """A sheet holds more than plain cells: it is to be read with care."""


def is_plain_head(head: bytes) -> bool:
    """Whether what stands before a document's rows or texts leaves them as they are written."""
    return b"<!" not in head and not OTHER_ENCODING.search(head)


def are_attributes(written: bytes, *others: bytes) -> bool:
    """Whether a tag may hold these attributes besides others: each of its own name."""
    names = [*others, *ATTRIBUTE.findall(written)]
    return len(set(names)) == len(names) and ATTRIBUTES.fullmatch(written) is not None


def prove_letters(content: bytes, octets: Octets) -> None:
    """Prove that every letter is one that a document may hold, and every entity one of the five."""
    low = octets[octets < ord(" ")]
    if CONTROLS[low].any() or (b"&" in content and OTHER_ENTITY.search(content)):
        raise NotPlainError
    try:
        content.isascii() or content.decode()
    except UnicodeDecodeError as error:
        raise NotPlainError from error
