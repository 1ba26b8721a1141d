"""One shop's night among many, for the overview of all shops."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from schemas.outcome import Outcome


class ShopNight(NamedTuple):
    """How a shop's run ended: its name and exit code; ``outcome`` is None where no audit was performed, and ``why`` says why.

    ``report``: the path of its workbook, from the overview's folder; blank where there is none.
    """

    name: str
    exit_code: int
    why: str
    report: str
    outcome: Outcome | None
