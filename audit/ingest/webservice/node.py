"""Elements that are kept of an answer, and what is told of it piece by piece."""

from __future__ import annotations

from typing import NamedTuple


class Node:
    """An element that is kept: its local name in small letters, its text, its children."""

    __slots__ = ("children", "name", "parts", "size")

    def __init__(self, name: str) -> None:
        self.name = name
        self.parts: list[str] = []
        self.size = 0
        self.children: list[Node] = []

    @property
    def text(self) -> str:
        """Its text, without line breaks and with single blanks."""
        return " ".join("".join(self.parts).split())

    @property
    def block(self) -> str:
        """Its text with the line breaks within."""
        return "".join(self.parts).strip()

    def all(self, name: str) -> list[Node]:
        """Its children of a name."""
        return [child for child in self.children if child.name == name]

    def first(self, *path: str) -> Node | None:
        """The first element down a path of names."""
        node = self
        for name in path:
            for child in node.children:
                if child.name == name:
                    node = child
                    break
            else:
                return None
        return node

    def get(self, *path: str) -> str:
        """The text down a path of names; "" where there is none."""
        node = self.first(*path)
        return node.text if node else ""


class Piece(NamedTuple):
    """A record of an answer, or None once the answer is over; ``head`` holds what stands outside the records."""

    action: str
    head: Node
    record: Node | None
