"""CNF: sales are confirmed within 48 h and dispatched within 48 h of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.books.clock import beyond, hours, least_elapsed, moments, plus, strictest_elapsed
from audit.books.verdicts import confidence, graded
from audit.limits import CONFIRM_LAPSE, CONFIRM_WITHIN, DISPATCH_WITHIN, DUE_FROM
from audit.policy import GUIDE, SELLER_TERMS
from audit.rule import Evidence, Hits, rule
from schemas.findings import Confidence, Exposure, Severity, Standing
from schemas.text import VALUE, marked

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.books import Books
    from audit.books.clock import Moments

STARTS = (marked("confirmation", context=VALUE), marked("the order", context=VALUE))
"""From when the time to dispatch runs: by the terms, and by the guide."""

LAPSE = SELLER_TERMS.clause("article 3.2.2")
GUIDE_48 = GUIDE.clause("confirm and ship within 48 h")


def _unconfirmed(books: Books) -> pd.Series[bool]:
    items = books.items
    return (items["status"] == "to_confirm") & items["live"] & items["confirmed_at"].isna()


def _confirmed_waiting(books: Books) -> pd.Series[bool]:
    return books.not_shipped & books.items["live"] & books.items["confirmed_at"].notna()


def _gone(books: Books, start: Moments, rows: pd.DataFrame) -> pd.Series[int]:
    """Whole hours on a clock, for the evidence."""
    return hours(least_elapsed(start, books.as_of).loc[rows.index])


def _due(books: Books, start: Moments, limit_late: pd.Series[bool]) -> pd.Series[bool]:
    """On the clock for DUE_FROM or longer, and not late."""
    return (strictest_elapsed(start, books.as_of) >= books.limits.span(DUE_FROM)) & ~limit_late


@rule(
    code="CNF001",
    name="confirmed-late",
    title="Confirmed late",
    severity=Severity.MEDIUM,
    source=GUIDE_48,
    also=(LAPSE,),
    needs=("orders", "orders.confirmed_at"),
    limits=(CONFIRM_WITHIN, CONFIRM_LAPSE),
    todo="Confirm within 48 h",
    advice="Give one person the morning and evening check of new sales, week-ends included.",
    habit=True,
)
def confirmed_late(books: Books) -> Hits:
    """A sale was confirmed more than 48 h after the order.

    Why: the guide asks for 48 h, and at 72 h the platform cancels.
    Breach: confirmed 48 h and one second after the order; above 72 h it is high and official.
    Fine: confirmed exactly 48 h after; a pre-order confirmed within 48 h of its release.
    """
    items, start = books.items, books.clock_start
    confirmed = moments(items, "confirmed_at")
    lateness = beyond(start, confirmed, books.limits.span(CONFIRM_WITHIN))
    lapse = beyond(start, confirmed, books.limits.span(CONFIRM_LAPSE))
    rows = items[lateness.late]
    beyond_lapse = (lapse.late & ~lapse.unsure).loc[rows.index]
    taken = hours(least_elapsed(start, confirmed).loc[rows.index])
    return Hits(
        rows=rows,
        evidence=Evidence("confirmed {taken:hours} after the order", {"taken": taken}),
        severity=graded(beyond_lapse, Severity.HIGH, Severity.MEDIUM),
        standing=graded(beyond_lapse, Standing.OFFICIAL, Standing.GUIDE),
        confidence=confidence(Confidence.CERTAIN, rows, possible=lateness.unsure),
        occurred=rows["confirmed_at"],
        not_judged=int((start.at.isna() & items["confirmed_at"].notna()).sum()),
    )


@rule(
    code="CNF002",
    name="confirmation-overdue",
    title="Confirmation overdue",
    severity=Severity.HIGH,
    source=GUIDE_48,
    also=(LAPSE,),
    exposure=(Exposure.SALE,),
    limits=(CONFIRM_WITHIN, CONFIRM_LAPSE),
    todo="Confirm the sale",
    advice="Confirm or decline the sale now. At 72 h the platform cancels it, and two such sales put the shop on vacation.",
)
def confirmation_overdue(books: Books) -> Hits:
    """A sale waits for confirmation for more than 48 h.

    Why: at 72 h the platform cancels the sale by itself.
    Breach: 48 h and one second after the order, still to confirm; above 72 h it is critical and official.
    Fine: exactly 48 h after the order (then CNF003 warns).
    """
    items, start = books.items, books.clock_start
    lateness = beyond(start, books.as_of, books.limits.span(CONFIRM_WITHIN))
    lapse = beyond(start, books.as_of, books.limits.span(CONFIRM_LAPSE))
    rows = items[_unconfirmed(books) & lateness.late]
    lapsed = (lapse.late & ~lapse.unsure).loc[rows.index]
    return Hits(
        rows=rows,
        evidence=Evidence(
            "ordered {ordered:time}, not confirmed for {gone:hours}", {"ordered": "ordered_at", "gone": _gone(books, start, rows)}
        ),
        severity=graded(lapsed, Severity.CRITICAL, Severity.HIGH),
        standing=graded(lapsed, Standing.OFFICIAL, Standing.GUIDE),
        confidence=confidence(Confidence.CERTAIN, rows, possible=lateness.unsure),
        deadline=plus(start, books.limits.span(CONFIRM_LAPSE)),
        sale=rows["at_stake"].where(lapsed, 0),
        not_judged=int((_unconfirmed(books) & start.at.isna()).sum()),
    )


@rule(
    code="CNF003",
    name="confirmation-due",
    title="Confirmation due",
    severity=Severity.LOW,
    source=GUIDE_48,
    limits=(CONFIRM_WITHIN, DUE_FROM),
    todo="Confirm the sale",
    advice="Confirm the sale before the deadline.",
)
def confirmation_due(books: Books) -> Hits:
    """A sale waits for confirmation and its 48 h run out within a day.

    Why: confirming in time costs nothing.
    Breach: exactly 24 h, or exactly 48 h, after the order, still to confirm.
    Fine: one second less than 24 h after the order.
    """
    items, start = books.items, books.clock_start
    late = beyond(start, books.as_of, books.limits.span(CONFIRM_WITHIN)).late
    rows = items[_unconfirmed(books) & _due(books, start, late)]
    return Hits(
        rows=rows,
        evidence=Evidence(
            "ordered {ordered:time}, not confirmed for {gone:hours}", {"ordered": "ordered_at", "gone": _gone(books, start, rows)}
        ),
        deadline=plus(start, books.limits.span(CONFIRM_WITHIN)),
    )


@rule(
    code="CNF004",
    name="dispatched-late",
    title="Dispatched late",
    severity=Severity.MEDIUM,
    source=SELLER_TERMS.clause("article 3.2.2"),
    also=(GUIDE_48,),
    needs=("orders", "shipments", "shipments.shipped_at"),
    after=("CNF001",),
    limits=(DISPATCH_WITHIN,),
    todo="Ship within 48 h",
    advice="Hand parcels over within 48 h of confirming, and confirm only what is ready to go.",
    habit=True,
)
def dispatched_late(books: Books) -> Hits:
    """A parcel left more than 48 h after its confirmation, or else after its order.

    Why: the platform gives 48 h from confirmation; the guide gives 48 h from the order for both.
    Breach: dispatched 48 h and one second after confirmation (official), or after the order (guide, low).
    Fine: exactly 48 h; the second is not raised where CNF001 already is.
    """
    items, limit = books.items, books.limits.span(DISPATCH_WITHIN)
    left = moments(items, "dispatched_at")
    official, guide = beyond(books.dispatch_clock, left, limit), beyond(books.clock_start, left, limit)
    advised = guide.late & ~official.late & ~books.has("CNF001")
    rows = items[official.late | advised]
    by_terms = official.late.loc[rows.index]
    span = least_elapsed(books.dispatch_clock, left).where(official.late, least_elapsed(books.clock_start, left))
    return Hits(
        rows=rows,
        evidence=Evidence(
            "dispatched {taken:hours} after {start:word}",
            {"taken": hours(span.loc[rows.index]), "start": graded(by_terms, *STARTS)},
        ),
        severity=graded(by_terms, Severity.MEDIUM, Severity.LOW),
        standing=graded(by_terms, Standing.OFFICIAL, Standing.GUIDE),
        confidence=confidence(Confidence.CERTAIN, rows, possible=official.unsure.where(official.late, guide.unsure)),
        occurred=rows["dispatched_at"],
    )


@rule(
    code="CNF005",
    name="dispatch-overdue",
    title="Dispatch overdue",
    severity=Severity.HIGH,
    source=SELLER_TERMS.clause("article 3.2.2"),
    needs=("orders", "orders.confirmed_at"),
    limits=(DISPATCH_WITHIN,),
    todo="Ship the parcel",
    advice="Ship today and tell the buyer; each day makes a claim likelier.",
    letters=("delay-notice",),
)
def dispatch_overdue(books: Books) -> Hits:
    """A confirmed sale has not left more than 48 h after its confirmation.

    Why: the platform gives 48 h from confirmation.
    Breach: confirmed 48 h and one second before as-of, not shipped.
    Fine: confirmed exactly 48 h before (then CNF006 warns); or shipped.
    """
    clock = books.dispatch_clock
    lateness = beyond(clock, books.as_of, books.limits.span(DISPATCH_WITHIN))
    rows = books.items[_confirmed_waiting(books) & lateness.late]
    return Hits(
        rows=rows,
        evidence=Evidence(
            "confirmed {confirmed:time}, not shipped for {gone:hours}", {"confirmed": "confirmed_at", "gone": _gone(books, clock, rows)}
        ),
        confidence=confidence(Confidence.CERTAIN, rows, possible=lateness.unsure),
        deadline=plus(clock, books.limits.span(DISPATCH_WITHIN)),
        not_judged=books.unobserved_waiting,
    )


@rule(
    code="CNF006",
    name="dispatch-due",
    title="Dispatch due",
    severity=Severity.LOW,
    source=SELLER_TERMS.clause("article 3.2.2"),
    needs=("orders", "orders.confirmed_at"),
    limits=(DISPATCH_WITHIN, DUE_FROM),
    todo="Ship the parcel",
    advice="Hand the parcel over before the deadline.",
)
def dispatch_due(books: Books) -> Hits:
    """A confirmed sale has not left, and its 48 h run out within a day.

    Why: the platform gives 48 h from confirmation.
    Breach: confirmed exactly 24 h, or exactly 48 h, before as-of, not shipped.
    Fine: confirmed one second less than 24 h before.
    """
    clock = books.dispatch_clock
    late = beyond(clock, books.as_of, books.limits.span(DISPATCH_WITHIN)).late
    rows = books.items[_confirmed_waiting(books) & _due(books, clock, late)]
    return Hits(
        rows=rows,
        evidence=Evidence(
            "confirmed {confirmed:time}, not shipped for {gone:hours}", {"confirmed": "confirmed_at", "gone": _gone(books, clock, rows)}
        ),
        deadline=plus(clock, books.limits.span(DISPATCH_WITHIN)),
        not_judged=books.unobserved_waiting,
    )


@rule(
    code="CNF007",
    name="lapsed-unconfirmed",
    title="Lapsed unconfirmed",
    severity=Severity.HIGH,
    source=SELLER_TERMS.clause("articles 3.2.2 and 4.3"),
    exposure=(Exposure.FEE,),
    fee_kind="lapse",
    needs=("orders", "orders.confirmed_at", "orders.cancelled_by"),
    todo="Never let a sale lapse",
    advice="Decline what can't be sold instead of letting it lapse: the commission is due all the same, and two lapses close the shop.",
    habit=True,
)
def lapsed_unconfirmed(books: Books) -> Hits:
    """The platform cancelled a sale that nobody confirmed.

    Why: the commission is due although nothing was sold.
    Breach: cancelled by the platform, never confirmed.
    Fine: cancelled by the platform after confirmation; or cancelled by the buyer.
    """
    items = books.items
    rows = items[items["cancelled"] & (items["cancelled_by"] == "platform") & items["confirmed_at"].isna()]
    told = Evidence("ordered {ordered:time}, cancelled by the platform unconfirmed", {"ordered": "ordered_at"})
    return Hits(rows=rows, evidence=told, fee=books.commission.loc[rows.index], occurred=rows["cancelled_at"])
