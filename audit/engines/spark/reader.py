"""The reader of plain files whose parts are read on executors: it asks for all of them at once, then goes on file by file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from audit.engines.plan import Plan
from audit.engines.portion import Portion
from audit.engines.reading import Reader
from audit.engines.spark.portions import Reading, Task, Unreachable, in_tasks, planned, read
from audit.engines.spark.rows import told as told_by
from audit.errors import FileFault
from audit.ingest.piecewise import first_rows
from schemas.text import Message

if TYPE_CHECKING:
    from audit.engines.spark.store import Lines
    from audit.ingest.files import Wanted
    from audit.ingest.piecewise import Told

SAME_PLACE = "Put it where every machine of the cluster finds it under the same path."


@dataclass
class SparkReader(Reader):
    """Files on their way: ``lines`` takes their good rows; ``plans``, ``found``: what executors told of each file and its parts."""

    lines: Lines = field(kw_only=True)
    plans: dict[str, Plan | Unreachable | None] = field(default_factory=dict, init=False)
    found: dict[str, list[Portion]] = field(default_factory=dict, init=False)

    def prepare(self, files: Sequence[Wanted]) -> None:
        """Have every plain file planned, then every part of them read."""
        if not files:
            return
        found = [wanted._replace(path=wanted.path.absolute()) for wanted in files]  # executors work in folders of their own
        asked = in_tasks(self.lines.session, found, partial(planned, self.terms))
        self.plans = {files[line.place].name: told_by(line.payload) for line in asked.collect()}
        self._read_all([Task(each, place) for each in self.plans.values() if isinstance(each, Plan) for place in range(len(each.ranges))])

    def is_large(self, wanted: Wanted) -> bool:
        """Every file goes to the executors, whatever its size."""
        return wanted.name in self.plans

    def plan(self, wanted: Wanted) -> Plan | None:
        """How executors read a file; one that they can't read is looked at here, where its faults are told."""
        found = self.plans[wanted.name]
        if isinstance(found, Unreachable):
            wrong = Message("can't be read on an executor ({error}).", {"error": found.why})
            raise FileFault(wanted.name, wrong, SAME_PLACE)
        return found or super().plan(wanted)

    def portions(self, planned: Plan, told: Told | None) -> list[Portion]:
        """What the parts of a file gave; they are read again where all of them decided something."""
        if told is not None:
            self._read_all([Task(planned, place, told) for place in range(len(planned.ranges))])
        return self.found.get(planned.reading.file, [])

    def _read_all(self, tasks: Sequence[Task]) -> None:
        if not tasks:
            return
        how = Reading(self.terms, self.wanted, self.lines.count)
        answers = self.lines.add(in_tasks(self.lines.session, tasks, partial(read, how)))
        for stream in dict.fromkeys(task.plan.reading.file for task in tasks):
            told = [told_by(line.payload) for line in answers if line.stream == stream]
            self.found[stream] = [] if None in told else self._numbered(stream, told)

    def _numbered(self, stream: str, parts: Sequence[Portion]) -> list[Portion]:
        """The parts of a file; where each begins is told to those who keep its rows."""
        plan = next(each for each in self.plans.values() if isinstance(each, Plan) and each.reading.file == stream)
        starts = first_rows(plan.understood.rows, [each.piece for each in parts])
        self.lines.first_rows |= {(stream, place): start for place, start in enumerate(starts)}
        return list(parts)
