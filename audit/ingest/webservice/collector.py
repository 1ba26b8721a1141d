"""What the parser tells as it reads: records and heads are kept, the rest is passed over, and nothing may grow without end."""

from __future__ import annotations

from audit.ingest.webservice import names
from audit.ingest.webservice.node import Node, Piece
from schemas.text import Message

DEEPEST = 64
"""Elements within one another; answers use about ten."""

LONGEST = 1_000_000
"""Characters of one text that is kept."""

MOST_KEPT = 200_000
"""Elements kept of one record, and of all that stands outside the records."""


class TooMuchError(Exception):
    """A file that no honest answer looks like; says how."""

    def __init__(self, how: Message) -> None:
        self.how = how
        super().__init__(str(how))


class Collector:
    """The parser's target.

    ``done``: pieces that are whole and not yet fetched. ``over``: whether the outermost element has ended.
    ``events``: what was told since the count was last put to 0, ``heard``: after how many bytes that was.
    """

    def __init__(self) -> None:
        self.done: list[Piece] = []
        self.events = self.heard = 0
        self.over = False
        self._depth = self._passed_over = self._record_depth = 0
        self._counts = {True: 0, False: 0}
        self._action = ""
        self._open: list[Node | None] = []
        self._kept: list[Node] = []

    def start(self, tag: str, _attributes: object) -> None:
        """An element begins."""
        self.events += 1
        self._depth += 1
        if self._depth > DEEPEST:
            raise TooMuchError(Message("has elements within elements more than {most} deep", {"most": DEEPEST}))
        if self._passed_over:
            self._passed_over += 1
        elif (node := self._wanted(tag.rpartition("}")[2].lower())) is None and self._record_depth:
            self._passed_over = 1
        else:
            self._open.append(node)
            if node is not None:
                self._keep(node)

    def _wanted(self, name: str) -> Node | None:
        """The element if it is to be kept; outside of records the elements around others are looked through."""
        if not self._kept:
            self._action = self._action_of(name)
            return Node(name) if self._action else None
        if self._record_depth:
            return Node(name) if name in names.KEPT[self._action] else None
        return Node(name) if name in names.HEAD or name == names.RECORDS.get(self._action) else None

    def _action_of(self, name: str) -> str:
        action = names.ROOTS.get(name, "")
        if action == names.TRACKING:
            return action if self._depth == 1 else ""
        return action or (name.removesuffix(names.OTHER_ROOT) if name.endswith(names.OTHER_ROOT) else "")

    def _keep(self, node: Node) -> None:
        if self._kept and not self._record_depth and node.name == names.RECORDS.get(self._action):
            self._record_depth = len(self._kept) + 1
            self._counts[True] = 0
        elif self._kept:
            self._kept[-1].children.append(node)
        self._kept.append(node)
        within = self._record_depth > 0
        self._counts[within] += 1
        if self._counts[within] > MOST_KEPT:
            raise TooMuchError(Message("has more than {most:number} elements in one record", {"most": MOST_KEPT}))

    def data(self, text: str) -> None:
        """Some text of the innermost element."""
        self.events += 1
        if self._passed_over or not self._open or (node := self._open[-1]) is None:
            return
        node.size += len(text)
        if node.size > LONGEST:
            raise TooMuchError(
                Message("has a text of more than {most:number} characters in <{name}>", {"most": LONGEST, "name": node.name})
            )
        node.parts.append(text)

    def end(self, _tag: str) -> None:
        """An element ends."""
        self.events += 1
        self._depth -= 1
        self.over = not self._depth
        if self._passed_over:
            self._passed_over -= 1
        elif (node := self._open.pop()) is not None:
            self._finish(node)

    def _finish(self, node: Node) -> None:
        head = self._kept[0]
        if self._record_depth == len(self._kept):
            self._record_depth = 0
            self.done.append(Piece(self._action, head, node))
        self._kept.pop()
        if not self._kept:
            self.done.append(Piece(self._action, node, None))

    def close(self) -> None:
        """Nothing is left to tell."""

    def drain(self) -> list[Piece]:
        """The pieces that are whole by now."""
        done, self.done = self.done, []
        return done
