"""A rule: its facts, its page and its function in one place."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from schemas.findings import Confidence, Exposure, Severity, Standing, Subject
from schemas.text import Message

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.books import Books
    from audit.limits import Limit
    from audit.policy import Clause


RETURN_POSTAGE = {
    "buyer": "Return postage is the buyer's, as the shop chose when it joined.",
    "seller": "Return postage is the shop's, as it chose when it joined.",
}
"""What the advice adds where an article may come back; the keys are those of the setting return_postage."""


class NotJudgeable(Exception):
    """A rule can't run on these tables; holds the reason that is shown."""

    def __init__(self, reason: Message) -> None:
        self.reason = reason
        super().__init__(str(reason))


class Evidence(NamedTuple):
    """What a finding rests on: a template of schemas.text, and for each fact it names a column or one value for all.

    Money is in cents, times are UTC instants, hours and days are numbers.
    """

    template: str
    facts: Mapping[str, Any] = {}


@dataclass(frozen=True, kw_only=True)
class Hits:
    """The offending rows of one rule.

    ``rows``: one row a subject, a part of the books' table of that subject with its index.
    ``evidence``: one for all rows. ``subject``: where it is not the rule's own.
    The rest is aligned with ``rows`` by index, or one value for all; None means the rule's own, or none.
    ``occurred``, ``deadline``: UTC instants. ``sale``, ``fee``, ``fine``: cents, missing where unknown.
    ``not_judged``: how many subjects could not be judged for want of a fact.
    ``letter``: name of the text to paste, where the rule has several.
    """

    rows: pd.DataFrame
    evidence: Evidence
    severity: pd.Series[str] | Severity | None = None
    confidence: pd.Series[str] | Confidence | None = None
    standing: pd.Series[str] | Standing | None = None
    occurred: pd.Series[pd.Timestamp] | None = None
    deadline: pd.Series[pd.Timestamp] | None = None
    sale: pd.Series[int] | None = None
    fee: pd.Series[int] | None = None
    fine: pd.Series[int] | None = None
    subject: Subject | None = None
    not_judged: int = 0
    letter: pd.Series[str] | None = None


Judge = Callable[["Books"], Hits]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of the catalogue.

    ``needs``: tables ("orders") and columns ("shipments.tracking_number") without which it is skipped.
    ``after``: rules whose findings this one looks at; they run before it.
    ``limits``: its parameters. ``within``: the key within which it must see all rows.
    ``todo``: what to do in two to five words; ``advice``: how, in one or two sentences.
    ``habit``: nothing can be done on the subject any more, only better next time.
    ``letters``: names of the texts of schemas.letters that go with it.
    ``returns``: the article may come back, so the advice says who pays for that, where the settings tell.
    """

    code: str
    name: str
    title: str
    severity: Severity
    source: Clause
    todo: str
    advice: str
    judge: Judge
    confidence: Confidence = Confidence.CERTAIN
    exposure: tuple[Exposure, ...] = ()
    subject: Subject = Subject.ITEM
    needs: tuple[str, ...] = ("orders",)
    after: tuple[str, ...] = ()
    limits: tuple[Limit[Any], ...] = ()
    within: str = "purchase"
    habit: bool = False
    letters: tuple[str, ...] = ()
    returns: bool = False
    fee_kind: str = ""
    past_counts: bool = False
    also: tuple[Clause, ...] = field(default=())

    @property
    def family(self) -> str:
        """Code of the family."""
        return self.code[:3]

    @property
    def standing(self) -> Standing:
        """Whose word the rule is, where a finding does not say otherwise."""
        return self.source.standing

    def advise(self, return_postage: str) -> str:
        """The advice to a shop whose returns are paid by the buyer, the seller, or it is not known whom."""
        return f"{self.advice} {self.advice_added(return_postage)}".rstrip()

    def advice_added(self, return_postage: str) -> str:
        """The sentence that it adds for such a shop; blank where none."""
        return RETURN_POSTAGE.get(return_postage, "") if self.returns else ""

    @property
    def page(self) -> str:
        """Why, breach and fine: the docstring of its function."""
        return inspect.getdoc(self.judge) or ""


def rule(**facts: Any) -> Callable[[Judge], Rule]:
    """Make a Rule of a function from books to hits; the facts are those of ``Rule``."""

    def decorate(judge: Judge) -> Rule:
        return Rule(judge=judge, **facts)

    return decorate
