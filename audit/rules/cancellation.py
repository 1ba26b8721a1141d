"""CAN: a buyer's rétractation must not be booked as the seller's annulation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit import wording
from audit.books.clock import before, beyond, either, moments
from audit.books.messages import pairs
from audit.books.refunds import first_refund
from audit.books.verdicts import confidence
from audit.limits import Limit
from audit.policy import GUIDE, HELP_RETRACTION, HOUSE, TERMS
from audit.rule import Evidence, Hits, rule
from schemas.findings import Confidence, Exposure, Severity
from schemas.text import VALUE, marked

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.books import Books

NOBODY = marked("nobody named", context=VALUE)
"""Stands for the party that no file tells."""

ANNULATION_COMMISSIONS = Limit(
    "annulation_commissions", 2, "commissions", GUIDE.clause("double commission on an annulation"), "commissions charged for an annulation"
)
RETRACTION_DAYS = Limit("retraction_days", 14, "days", TERMS.clause("article 8.6.1"), "days from delivery in which the buyer may withdraw")
REFUND_DAYS = Limit("refund_days", 14, "days", TERMS.clause("article 8.6.4"), "days from a withdrawal in which to refund")
ALONE_WITHIN = Limit(
    "alone_within", 1, "h", HELP_RETRACTION.clause("before dispatch"), "hours from the order in which the buyer can withdraw alone"
)
WISH_WORDS = Limit(
    "wish_words",
    (
        "changement d'avis", "changé d'avis", "change d'avis", "a la demande du client", "à la demande de l'acheteur",
        "demande du client", "demande de l'acheteur", "demande client", "demande acheteur", "le client ne veut plus",
        "l'acheteur ne veut plus", "client ne veut plus", "n'en veut plus", "ne souhaite plus", "souhait du client",
        "souhait de l'acheteur", "changed mind", "changed his mind", "changed her mind", "changed their mind", "buyer request",
        "buyer's request", "buyer requested", "requested by buyer", "requested by the buyer", "customer request",
        "customer requested", "customer's request", "no longer wanted", "does not want it", "buyer withdrew",
        "买家要求", "买家取消", "买家不想要", "买家申请取消", "买家改变主意", "买家反悔", "客户要求", "客户取消", "客户不想要",
        "客人要求", "不想要", "不要了",
    ),
    "words",
    HOUSE.clause("how a buyer's wish is put"),
    "wordings that say that the buyer wanted out",
)  # fmt: skip


def _cancelled_by(books: Books, whom: str) -> pd.Series[bool]:
    return books.items["cancelled"] & (books.items["cancelled_by"] == whom)


def _wished(books: Books) -> pd.Series[bool]:
    """Items whose reason says that the buyer wanted out."""
    wishes = books.limits[WISH_WORDS]
    return wording.where(books.items["cancel_reason"], lambda text: wording.tells_retraction(text) or wording.says_any(text, wishes))


def _fees(books: Books, rows: pd.DataFrame) -> pd.Series[int]:
    return books.commission.loc[rows.index] * books.limits[ANNULATION_COMMISSIONS]


def _hits(books: Books, mask: pd.Series[bool]) -> Hits:
    rows = books.items[mask]
    reason = rows["cancel_reason"].fillna("-")
    told = Evidence('cancelled by {who:word}, reason "{reason}"', {"who": rows["cancelled_by"].fillna(NOBODY), "reason": reason})
    return Hits(rows=rows, evidence=told, fee=_fees(books, rows), occurred=rows["cancelled_at"])


@rule(
    code="CAN001",
    name="seller-annulation",
    title="Cancelled by the seller",
    severity=Severity.HIGH,
    source=GUIDE.clause("rétractation and annulation"),
    exposure=(Exposure.FEE,),
    fee_kind="annulation",
    needs=("orders", "orders.cancelled_by"),
    limits=(ANNULATION_COMMISSIONS, WISH_WORDS),
    todo="Never cancel: ask for a retraction",
    advice="An annulation costs double commission and counts against the shop; decline before confirming, and let the buyer withdraw.",
    habit=True,
)
def seller_annulation(books: Books) -> Hits:
    """The seller cancelled the sale.

    Why: an annulation costs double commission and counts in the cancellation rate.
    Breach: cancelled by the seller, reason "rupture de stock".
    Fine: cancelled by the buyer; or by the seller at the buyer's wish, which CAN002 finds instead.
    """
    return _hits(books, _cancelled_by(books, "seller") & ~_wished(books))


@rule(
    code="CAN002",
    name="retraction-booked-as-annulation",
    title="Retraction booked as cancellation",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    source=GUIDE.clause("rétractation and annulation"),
    exposure=(Exposure.FEE,),
    fee_kind="annulation",
    needs=("orders", "orders.cancelled_by", "orders.cancel_reason"),
    limits=(ANNULATION_COMMISSIONS, WISH_WORDS),
    todo="Contest with customer service",
    advice="Write to customer service that the wish was the buyer's, point to the exchange of messages, and ask for a rétractation.",
    letters=("contest-booking",),
)
def retraction_booked_as_annulation(books: Books) -> Hits:
    """The buyer wanted out, and it was booked as the seller's annulation.

    Why: a rétractation costs the seller nothing; an annulation costs double commission.
    Breach: cancelled by the seller, reason "rétractation" or "买家取消".
    Fine: cancelled by the seller, reason "买家地址错误", a wrong address.
    """
    return _hits(books, _cancelled_by(books, "seller") & _wished(books))


@rule(
    code="CAN003",
    name="annulation-wording",
    title="Cancellation wording on a retraction",
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    source=GUIDE.clause("rétractation and annulation"),
    exposure=(Exposure.FEE,),
    fee_kind="annulation",
    needs=("orders", "orders.cancelled_by", "orders.cancel_reason"),
    limits=(ANNULATION_COMMISSIONS, WISH_WORDS),
    todo="Register the buyer's wish",
    advice="Ask customer service to register the buyer's wish as a rétractation, before it is booked to the shop.",
    letters=("withdrawal-to-service",),
)
def annulation_wording(books: Books) -> Hits:
    """The buyer cancelled, and the reason speaks of an annulation.

    Why: worded so, it risks being booked to the seller.
    Breach: cancelled by the buyer, reason "annulation de la commande".
    Fine: reason "rétractation", "annulation à la demande du client", or "non annulé".
    """
    worded = wording.where(books.items["cancel_reason"], wording.tells_annulation)
    return _hits(books, _cancelled_by(books, "buyer") & worded & ~_wished(books))


@rule(
    code="CAN004",
    name="cancellation-unattributed",
    title="Cancellation without author",
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    source=HOUSE.clause("every cancellation has its author"),
    exposure=(Exposure.FEE,),
    fee_kind="annulation",
    needs=("orders", "orders.cancelled_by"),
    limits=(ANNULATION_COMMISSIONS,),
    todo="Find out who cancelled",
    advice="Look the order up and see who cancelled; if it was the buyer, make sure that it is booked as a rétractation.",
)
def cancellation_unattributed(books: Books) -> Hits:
    """An item was cancelled, and nobody says by whom.

    Why: if it is booked to the seller it costs double commission.
    Breach: status cancelled, author blank.
    Fine: status cancelled, author buyer.
    """
    return _hits(books, books.items["cancelled"] & books.items["cancelled_by"].isna())


@rule(
    code="CAN005",
    name="shipped-after-cancellation",
    title="Shipped after cancellation",
    severity=Severity.HIGH,
    source=HOUSE.clause("nothing leaves once cancelled"),
    exposure=(Exposure.SALE,),
    past_counts=True,
    needs=("orders", "orders.cancelled_at", "shipments", "shipments.shipped_at"),
    todo="Call the parcel back",
    advice="Ask the carrier to return the parcel: the sale is cancelled and will not be paid.",
)
def shipped_after_cancellation(books: Books) -> Hits:
    """A parcel left after its sale was cancelled.

    Why: the goods are gone and nobody pays for them.
    Breach: dispatched one second after the cancellation.
    Fine: dispatched at the very second; or on the same day where either has no time.
    """
    items = books.items
    left, cancelled = moments(items, "dispatched_at"), moments(items, "cancelled_at")
    after = before(cancelled, left, books.config.zone)
    rows = items[after.late]
    told = Evidence("cancelled {cancelled:time}, dispatched {left:time}", {"cancelled": "cancelled_at", "left": "dispatched_at"})
    sure = confidence(Confidence.CERTAIN, rows, possible=after.unsure)
    return Hits(rows=rows, evidence=told, confidence=sure, occurred=rows["dispatched_at"])


@rule(
    code="CAN006",
    name="retraction-out-of-time",
    title="Retraction out of time",
    severity=Severity.LOW,
    source=TERMS.clause("article 8.6.1"),
    needs=("orders", "orders.cancelled_at", "orders.cancelled_by"),
    limits=(RETRACTION_DAYS,),
    todo="Contest the late retraction",
    advice="The buyer's 14 days were over: tell customer service the date of delivery.",
    letters=("late-retraction",),
    returns=True,
)
def retraction_out_of_time(books: Books) -> Hits:
    """The buyer withdrew more than 14 days after delivery.

    Why: the right to withdraw ends 14 days after receipt.
    Breach: cancelled by the buyer 14 days and one second after delivery.
    Fine: exactly 14 days after.
    """
    items = books.items
    late = beyond(moments(items, "delivered_at"), moments(items, "cancelled_at"), books.limits.span(RETRACTION_DAYS))
    rows = items[_cancelled_by(books, "buyer") & late.late]
    told = Evidence("delivered {delivered:time}, withdrawn {cancelled:time}", {"delivered": "delivered_at", "cancelled": "cancelled_at"})
    sure = confidence(Confidence.CERTAIN, rows, possible=late.unsure)
    return Hits(rows=rows, evidence=told, confidence=sure, occurred=rows["cancelled_at"])


@rule(
    code="CAN007",
    name="retraction-refund-overdue",
    title="Retraction refund overdue",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    source=TERMS.clause("article 8.6.4"),
    exposure=(Exposure.SALE,),
    past_counts=True,
    needs=("orders", "orders.cancelled_at", "orders.cancelled_by", "shipments", "refunds"),
    limits=(REFUND_DAYS,),
    todo="Refund the buyer",
    advice="Refund price and standard shipping through the platform; the terms give 14 days, or until the return is proven.",
    returns=True,
)
def retraction_refund_overdue(books: Books) -> Hits:
    """A buyer withdrew after dispatch, and was not refunded within 14 days.

    Why: the terms give 14 days from the withdrawal.
    Breach: withdrawn 14 days and one second ago, no refund since and not all paid back before; or refunded that late.
    Fine: refunded exactly 14 days after; withdrawn before dispatch; or outside the days of the refunds.
    """
    items, limit = books.items, books.limits.span(REFUND_DAYS)
    withdrawn = moments(items, "cancelled_at")
    sent_before = before(either(moments(items, "dispatched_at"), moments(items, "delivered_at")), withdrawn, books.config.zone)
    owed = _cancelled_by(books, "buyer") & sent_before.late
    paid = first_refund(items, books.required_refunds, withdrawn)
    now, paid_late = beyond(withdrawn, books.as_of, limit), beyond(withdrawn, paid, limit)
    late = (paid.at.isna() & now.late & (items["at_stake"] > 0)) | paid_late.late
    seen = books.observed("refunds", withdrawn)
    rows = items[owed & late & seen]
    told = Evidence("withdrawn {cancelled:time}; refund: {paid:time?}", {"cancelled": "cancelled_at", "paid": paid.at})
    unsure = now.unsure.where(paid.at.isna(), paid_late.unsure) | sent_before.unsure
    sure = confidence(Confidence.LIKELY, rows, possible=unsure)
    return Hits(
        rows=rows,
        evidence=told,
        confidence=sure,
        occurred=rows["cancelled_at"],
        deadline=(withdrawn.at + limit).where(paid.at.isna()),
        not_judged=int((owed & late & ~seen).sum()),
    )


@rule(
    code="CAN008",
    name="retraction-not-reported",
    title="Retraction not reported",
    severity=Severity.LOW,
    source=GUIDE.clause("report the buyer's wish"),
    also=(HELP_RETRACTION.clause("before dispatch"),),
    needs=("orders", "orders.cancelled_at", "orders.cancelled_by", "messages"),
    limits=(ALONE_WITHIN,),
    todo="Report the buyer's wish",
    advice="Tell customer service that the buyer withdrew, so that it is booked as a rétractation.",
    letters=("withdrawal-to-service",),
)
def retraction_not_reported(books: Books) -> Hits:
    """A buyer withdrew before dispatch, and customer service was not told.

    Why: after the first hour the buyer can't do it alone, and an unexplained end is booked to the seller.
    Breach: withdrawn one hour and one second after ordering, no message to customer service about that item.
    Fine: withdrawn exactly one hour after; a message about the item, or about its whole purchase; outside the days of the messages.
    """
    items, messages = books.items, books.required_messages
    ordered, withdrawn = moments(items, "ordered_at"), moments(items, "cancelled_at")
    alone = beyond(ordered, withdrawn, books.limits.span(ALONE_WITHIN))
    kept = ~before(moments(items, "dispatched_at"), withdrawn, books.config.zone).late & ~(items["shipped"] & items["dispatched_at"].isna())
    about = pairs(items, messages[messages["to_service"]])
    silent = ~items.index.to_series().isin(about["subject"])
    seen = books.observed("messages", withdrawn)
    mask = _cancelled_by(books, "buyer") & alone.late & kept & silent
    rows = items[mask & seen]
    told = Evidence(
        "ordered {ordered:time}, withdrawn {cancelled:time}, not reported", {"ordered": "ordered_at", "cancelled": "cancelled_at"}
    )
    sure = confidence(Confidence.CERTAIN, rows, possible=alone.unsure)
    return Hits(rows=rows, evidence=told, confidence=sure, occurred=rows["cancelled_at"], not_judged=int((mask & ~seen).sum()))
