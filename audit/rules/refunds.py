"""REF: refunds go through the platform, up to half as a rebate; under warranty they go beside it and are reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.books.clock import Lateness, beyond, earlier_of, moments, plus
from audit.books.messages import answers
from audit.books.refunds import DIRECT, totals
from audit.books.verdicts import confidence
from audit.limits import BASIS_POINTS, CLAIM_DAYS, WARRANTY_WORDS, WARRANTY_YEARS, Limit
from audit.policy import GUIDE, HELP_NOT_CONFORMING, HOUSE
from audit.rule import Evidence, Hits, rule
from schemas.findings import Confidence, Exposure, Severity, Subject

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.books import Books

REBATE_SHARE = Limit("rebate_share", 0.5, "share", HELP_NOT_CONFORMING.clause("rebate"), "part of an item's price that rebates may reach")
WARRANTY_ANSWER = Limit("warranty_answer", 48, "h", HOUSE.clause("48 h"), "hours to act on a request under warranty")
WARRANTY = GUIDE.clause("two-year warranty")
WARRANTY_LIMITS = (CLAIM_DAYS, WARRANTY_YEARS, WARRANTY_WORDS)


@rule(
    code="REF001",
    name="rebate-over-half",
    title="Rebate over half the price",
    severity=Severity.HIGH,
    source=HELP_NOT_CONFORMING.clause("rebate"),
    also=(GUIDE.clause("rebate of at most half"),),
    exposure=(Exposure.SALE,),
    needs=("orders", "refunds"),
    limits=(REBATE_SHARE,),
    todo="Keep rebates to half",
    advice="A rebate may reach half of the article's price; above that, settle it through customer service.",
    habit=True,
)
def rebate_over_half(books: Books) -> Hits:
    """The rebates on an item add up to more than half of its price.

    Why: the platform caps rebates at half; the rest is lost beyond need.
    Breach: 20.00 and 5.01 EUR on an item of 50.00 EUR.
    Fine: exactly 25.00 EUR; or more through customer service. A price in another currency is not judged.
    """
    refunds, items = books.required_refunds, books.items
    rebates = totals(items, refunds[refunds["channel"] == "platform_rebate"])
    allowed = items["goods_total"] * round(books.limits[REBATE_SHARE] * BASIS_POINTS)
    over = rebates * BASIS_POINTS - allowed
    rows = items.assign(rebates=rebates, half=allowed // BASIS_POINTS)[(over > 0) & items["eur"]]
    return Hits(
        rows=rows,
        evidence=Evidence(
            "rebates {rebates:money} on {price:money}; at most {half:money}", {"rebates": "rebates", "price": "goods_total", "half": "half"}
        ),
        sale=(over + BASIS_POINTS // 2) // BASIS_POINTS,
        occurred=_last(books, "platform_rebate"),
        not_judged=int(((rebates > 0) & ~items["eur"]).sum()),
    )


def _last(books: Books, *channels: str) -> pd.Series[pd.Timestamp]:
    """The time of each item's last refund through some channels, all unless given."""
    refunds = books.required_refunds
    some = refunds[refunds["channel"].isin(channels)] if channels else refunds
    return some.groupby("item")["refunded_at"].max().reindex(books.items.index)


@rule(
    code="REF002",
    name="warranty-refund-on-platform",
    title="Warranty refund on the platform",
    severity=Severity.MEDIUM,
    source=WARRANTY,
    subject=Subject.REFUND,
    needs=("orders", "refunds"),
    limits=WARRANTY_LIMITS,
    todo="Refund warranties directly",
    advice="Under warranty the sale has been paid out: refund by bank transfer or PayPal, and tell customer service.",
    habit=True,
)
def warranty_refund_on_platform(books: Books) -> Hits:
    """A refund under the legal warranty went through the platform as a rebate.

    Why: the guide wants warranty refunds paid directly, and reported.
    Breach: rated, delivered 14 days and one second before, refunded by rebate; or by rebate after a warranty claim.
    Fine: refunded exactly 14 days after delivery; not rated; or while another claim is open.
    """
    refunds = books.required_refunds
    warranty = books.warranty(refunds, moments(refunds, "refunded_at"))
    rebate = refunds["channel"] == "platform_rebate"
    rows = refunds[rebate & warranty.told]
    return Hits(
        rows=rows,
        evidence=Evidence("rebate {amount:money} on {refunded:day}, under warranty", {"amount": "amount", "refunded": "refunded_at"}),
        confidence=confidence(Confidence.CERTAIN, rows, possible=warranty.unsure),
        occurred=rows["refunded_at"],
        not_judged=int((rebate & ~warranty.holds & ~warranty.known).sum()),
    )


@rule(
    code="REF003",
    name="refund-off-platform",
    title="Refund off the platform",
    severity=Severity.HIGH,
    source=GUIDE.clause("refund through the platform"),
    exposure=(Exposure.SALE,),
    subject=Subject.REFUND,
    needs=("orders", "orders.rating", "refunds"),
    limits=WARRANTY_LIMITS,
    todo="Refund through the platform",
    advice="Send customer service the proof of this payment, so that the buyer is not refunded again; next time use the platform.",
    letters=("direct-refund-done",),
)
def refund_off_platform(books: Books) -> Hits:
    """The buyer was refunded directly, and no warranty called for it.

    Why: the platform does not see it, and may refund the buyer once more at the seller's expense.
    Breach: bank transfer, delivered five days before, no warranty.
    Fine: in the state of the warranty; by rebate; or where rating or delivery are not known.
    """
    refunds = books.required_refunds
    warranty = books.warranty(refunds, moments(refunds, "refunded_at"))
    direct = refunds["channel"].isin(DIRECT)
    rows = refunds[direct & warranty.outside]
    return Hits(
        rows=rows,
        evidence=Evidence(
            "{amount:money} by {channel:word} on {refunded:day}", {"amount": "amount", "channel": "channel", "refunded": "refunded_at"}
        ),
        confidence=confidence(Confidence.CERTAIN, rows, possible=warranty.unsure),
        occurred=rows["refunded_at"],
        not_judged=int((direct & ~warranty.holds & ~warranty.known).sum()),
    )


@rule(
    code="REF004",
    name="warranty-refund-not-reported",
    title="Warranty refund not reported",
    severity=Severity.MEDIUM,
    source=WARRANTY,
    subject=Subject.REFUND,
    needs=("orders", "refunds", "messages"),
    limits=WARRANTY_LIMITS,
    todo="Report the refund",
    advice="Tell customer service that the refund is done, and attach the proof of payment.",
    letters=("warranty-refund-done",),
)
def warranty_refund_not_reported(books: Books) -> Hits:
    """A warranty refund was paid directly, and customer service was not told.

    Why: as long as it does not know, the case stays open against the shop.
    Breach: under warranty, paid by PayPal, no message to customer service since.
    Fine: a message about that item in the same second or later; or a refund outside the days of the messages.
    """
    refunds, messages = books.required_refunds, books.required_messages
    paid = moments(refunds, "refunded_at")
    warranty = books.warranty(refunds, paid)
    owed = refunds["channel"].isin(DIRECT) & warranty.told
    seen = books.observed("messages", paid, refunds)
    told_since = answers(refunds, paid, messages[messages["to_service"]]).at.notna()
    rows = refunds[owed & seen & ~told_since]
    return Hits(
        rows=rows,
        evidence=Evidence(
            "{amount:money} by {channel:word} on {refunded:day}, not reported",
            {"amount": "amount", "channel": "channel", "refunded": "refunded_at"},
        ),
        confidence=confidence(Confidence.CERTAIN, rows, possible=warranty.unsure),
        occurred=rows["refunded_at"],
        not_judged=int((owed & ~seen & ~told_since).sum()),
    )


@rule(
    code="REF005",
    name="refund-exceeds-price",
    title="Refund exceeds the price",
    severity=Severity.HIGH,
    source=HOUSE.clause("never more than was paid"),
    exposure=(Exposure.SALE,),
    needs=("orders", "orders.shipping_fee", "refunds"),
    todo="Ask the excess back",
    advice="Check for a refund that was paid twice, and ask customer service or the buyer for what is too much.",
    letters=("excess-refund",),
)
def refund_exceeds_price(books: Books) -> Hits:
    """The refunds on an item add up to more than was paid for it.

    Why: it was most likely refunded twice.
    Breach: 53.91 EUR refunded on an item of 50.00 with 3.90 EUR of shipping.
    Fine: exactly 53.90 EUR. Where the shipping fee is not known, or the price is in another currency, it is not judged.
    """
    items = books.items
    total = totals(items, books.required_refunds)
    more, unpriced = total > items["line_total"], items["shipping_fee"].isna()
    rows = items.assign(total=total)[more & ~unpriced & items["eur"]]
    return Hits(
        rows=rows,
        evidence=Evidence("refunded {total:money} of {paid:money}", {"total": "total", "paid": "line_total"}),
        sale=rows["total"] - rows["line_total"],
        occurred=_last(books),
        not_judged=int(((more & unpriced & items["eur"]) | ((total > 0) & ~items["eur"])).sum()),
    )


@rule(
    code="REF006",
    name="warranty-request-open",
    title="Warranty request open",
    severity=Severity.MEDIUM,
    source=WARRANTY,
    also=(HOUSE.clause("48 h"),),
    subject=Subject.MESSAGE,
    needs=("orders", "refunds", "messages"),
    limits=(WARRANTY_ANSWER, WARRANTY_WORDS),
    todo="Act on the warranty",
    advice="Write to the buyer and offer repair, replacement or refund; the claim pages no longer apply.",
    letters=("warranty-answer",),
)
def warranty_request_open(books: Books) -> Hits:
    """The platform invoked the legal warranty, and nothing was done within 48 h.

    Why: under warranty the platform leaves the case to the seller, and counts on him.
    Breach: its message 48 h and one second ago, neither refund nor message to the buyer since; or the first of them came that late.
    Fine: a refund, or a message to the buyer, exactly 48 h after; or a message outside the days of the refunds.
    """
    messages, refunds = books.required_messages, books.required_refunds
    asked = messages[messages["of_service"] & books.invokes_warranty]
    sent, limit = moments(asked, "sent_at"), books.limits.span(WARRANTY_ANSWER)
    written = answers(asked, sent, messages[messages["to_buyer"]])
    paid = answers(asked, sent, refunds.assign(sent_at=refunds["refunded_at"], sent_at_spread=refunds["refunded_at_spread"]))
    first = earlier_of(written, paid)
    open_late, done_late = beyond(sent, books.as_of, limit), beyond(sent, first, limit)
    waiting = first.at.isna()
    late = Lateness((waiting & open_late.late) | done_late.late, (waiting & open_late.unsure) | done_late.unsure)
    seen = asked["purchase_id"].notna() & books.observed("messages", sent, asked) & books.observed("refunds", sent, asked)
    rows = asked[late.late & seen]
    return Hits(
        rows=rows,
        evidence=Evidence("warranty invoked {sent:time}; first answer: {done:time?}", {"sent": "sent_at", "done": first.at}),
        confidence=confidence(Confidence.CERTAIN, rows, possible=late.unsure),
        occurred=rows["sent_at"],
        deadline=plus(sent, limit).where(waiting),
        not_judged=int((late.late & ~seen).sum()),
    )
