"""Who says what of one item, and whom to believe: the written order of names.BETTER and names.HOMES, the newer answer first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from audit.ingest.webservice import names
from audit.ingest.webservice.answer import Answer, Told


class Source(NamedTuple):
    """One answer's row about an item."""

    answer: Answer
    told: Told

    @property
    def rank(self) -> int:
        """Its place among the answers: sales first."""
        return names.HOMES[self.answer.action]


def grouped(answers: Sequence[Answer], table: str, key: str) -> Iterable[list[Source]]:
    """The sources of each item or claim; a row without its number stands alone."""
    found: dict[object, list[Source]] = {}
    for answer in answers:
        for told in answer.tables.get(table, ()):
            found.setdefault(told.cells.get(key) or (answer, told.row), []).append(Source(answer, told))
    return found.values()


def newest(sources: Sequence[Source]) -> list[Source]:
    """The sources of the newest answer; several where they are of one age."""
    if len(sources) == 1:
        return list(sources)
    ages = [age(source.answer, sources) for source in sources]
    return [source for source, known in zip(sources, ages, strict=True) if known == max(ages)]


def age(answer: Answer, rivals: Sequence[Source]) -> tuple[str, bool, str]:
    """What tells which answer is newer.

    The date in the files' names where all have one; then a current sale before a new one, for none goes back; then the latest date inside.
    """
    dated = all(rival.answer.dated for rival in rivals)
    return (answer.dated if dated else "", answer.action == names.CURRENT, answer.latest)


def homes(sources: Sequence[Source]) -> list[Source]:
    """Whose rows stay: those of the best action's newest answer."""
    best = min(source.rank for source in sources)
    return newest([source for source in sources if source.rank == best])


def by_belief(column: str, home: Source, others: Sequence[Source]) -> list[Source]:
    """Who is believed about a column, best first; the row's own answer before others of its kind, then the newer one."""
    better = names.BETTER.get(column, ())
    latest_first = sorted(others, key=lambda source: age(source.answer, others), reverse=True)
    return sorted([home, *latest_first], key=lambda source: (_place(better, source), source.rank))


def _place(better: Sequence[str], source: Source) -> int:
    action = source.answer.action
    return better.index(action) if action in better else len(better)
