"""CLM: claims are answered in time, defended with proof, and closed once they are settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.books.claims import OPEN, UNSOUND, clocks, to_take_down
from audit.books.clock import Lateness, Moments, before, beyond, hours, least_elapsed, moments, plus, strictest_elapsed
from audit.books.verdicts import confidence, graded
from audit.brands.terms import COUNTERFEIT_SHARE, GENERIC_BRANDS
from audit.limits import (
    AMICABLE_WORKING_DAYS,
    CLAIM_DAYS,
    CLAIM_DAYS_UNDELIVERED,
    LARGEST_ATTACHMENT,
    MOST_ATTACHMENTS,
    NUMBERLESS_MODES,
    SIGNED_MODES,
    STALE_AFTER,
    TRACKED_MODES,
    Limit,
)
from audit.policy import GUIDE, HELP_NOT_CONFORMING, HOUSE, TERMS
from audit.rule import Evidence, Hits, NotJudgeable, rule
from schemas.findings import Confidence, Exposure, Severity, Subject
from schemas.text import Message

if TYPE_CHECKING:
    from datetime import timedelta

    import pandas as pd

    from audit.books.books import Books

SETTLE_WITHIN = Limit(
    "settle_within", 72, "h", GUIDE.clause("3 days to settle a claim"), "hours from its opening in which to settle a claim"
)
SETTLE_WARNING = Limit("settle_warning", 24, "h", HOUSE.clause("early warning"), "hours before that limit at which it is pointed out")
REPLY_WITHIN = Limit("reply_within", 48, "h", GUIDE.clause("answer customer service within 48 h"), "hours to answer customer service")
ANSWER_WITHIN = Limit("answer_within", 24, "h", HOUSE.clause("answer claims within a day"), "hours to answer a claim")
SKU_CLAIMS = Limit("sku_claims", 3, "claims", HOUSE.clause("3 in 90 days"), "claims on one article that call for a check")
SKU_CLAIM_DAYS = Limit("sku_claim_days", 90, "days", HOUSE.clause("3 in 90 days"), "days over which they are counted")

CHARGED_GRADES = ("B", "C", "D")
"""Grades of a shop to which the commission of a lost claim is charged."""

NEVER_AMICABLE = ("counterfeit", "warranty")
"""Types of claim without a time to settle it between buyer and seller."""

OPENED = Evidence("{type:word} claim opened {opened:time}", {"type": "claim_type", "opened": "opened_at"})
TO_BUYER = ("solutions", "incident-notice", "transit-notice", "delivered-notice")
DEFENCES = ("defence", "defence-delivered", "documents")


def _amicable(books: Books) -> pd.DataFrame:
    """Claims that buyer and seller may still settle between them."""
    claims = books.required_claims
    settling = (claims["claim_status"] == "open") & ~claims["settled"] & ~claims["repeated"] & ~claims["claim_type"].isin(NEVER_AMICABLE)
    return claims[settling]


def _unsaid_solution(books: Books) -> bool:
    """Whether no file could tell that a solution was accepted."""
    return not books.holds("claims", "solution_accepted_at")


def _answer_to_buyer(books: Books, rows: pd.DataFrame) -> pd.Series[str]:
    """The text for the buyer: solutions; where nothing arrived, how the parcel moves, or that the carrier says it has arrived."""
    parcels = books.items[["delivered"]].assign(moving=books.moving).reindex(rows["item"], fill_value=False).set_axis(rows.index)
    parcel = graded(parcels["moving"], "transit-notice", "incident-notice").mask(parcels["delivered"], "delivered-notice")
    by_type = rows["claim_type"].map({"warranty": "warranty-answer", "counterfeit": ""}).astype(object).fillna("solutions")
    letter = by_type.mask(rows["claim_type"] == "not_received", parcel)
    return letter.mask(letter == "", None)


def _answer_to_service(books: Books, rows: pd.DataFrame) -> pd.Series[str]:
    """The text for customer service: the defence where nothing arrived, else the documents."""
    delivered = books.items["delivered_at"].notna().reindex(rows["item"], fill_value=False).set_axis(rows.index)
    defence = graded(delivered, "defence-delivered", "defence")
    return defence.where(rows["claim_type"] == "not_received", "documents")


def _commission(books: Books, rows: pd.DataFrame) -> pd.Series[int]:
    """The commission charged on a lost claim: none to grade A, unknown without a grade."""
    fee = books.commission.reindex(rows["item"]).set_axis(rows.index)
    if books.config.grade is None:
        return fee.where(fee.isna())
    return fee if books.config.grade in CHARGED_GRADES else (fee * 0).fillna(0)


@rule(
    code="CLM001",
    name="claim-window-passed",
    title="Claim window passed",
    severity=Severity.HIGH,
    source=TERMS.clause("article 8.2"),
    also=(GUIDE.clause("3 days to settle a claim"),),
    exposure=(Exposure.SALE,),
    subject=Subject.CLAIM,
    needs=("orders", "claims"),
    limits=(AMICABLE_WORKING_DAYS,),
    todo="Offer the buyer a solution",
    advice="Offer a rebate, an exchange, or return and refund at once: customer service may now decide alone. Where nothing arrived, ask the carrier first.",
    letters=TO_BUYER,
    returns=True,
)
def claim_window_passed(books: Books) -> Hits:
    """A claim is still open after the three working days in which buyer and seller can settle it.

    Why: from then on customer service may refund the buyer at the seller's expense.
    Breach: opened on a Monday, still open one second after the Thursday's 24:00 in Paris.
    Fine: at that very instant; a solution accepted; a counterfeit, warranty or repeated claim, which has no such time.
    """
    rows = _amicable(books)
    ends = books.amicable_end
    rows = rows[ends.latest.loc[rows.index] < books.as_of]
    base = Confidence.LIKELY if _unsaid_solution(books) else Confidence.CERTAIN
    return Hits(
        rows=rows, evidence=OPENED, confidence=base, occurred=rows["opened_at"], deadline=ends.at, letter=_answer_to_buyer(books, rows)
    )


@rule(
    code="CLM002",
    name="claim-window-closing",
    title="Claim window closing",
    severity=Severity.MEDIUM,
    source=GUIDE.clause("3 days to settle a claim"),
    exposure=(Exposure.SALE,),
    subject=Subject.CLAIM,
    needs=("orders", "claims"),
    limits=(AMICABLE_WORKING_DAYS, SETTLE_WITHIN, SETTLE_WARNING),
    todo="Agree a solution",
    advice="Agree a solution with the buyer before the time runs out: rebate, exchange, or return and refund. Where nothing arrived, ask the carrier first.",
    letters=TO_BUYER,
    returns=True,
)
def claim_window_closing(books: Books) -> Hits:
    """The time to settle a claim with the buyer runs out.

    Why: the guide gives 3 days, the terms three working days; after that customer service decides.
    Breach: opened exactly 48 h ago; or longer ago, and the third working day is not over.
    Fine: opened one second less than 48 h ago; or past the third working day, which CLM001 finds.
    """
    rows = _amicable(books)
    ends = books.amicable_end
    warned = books.limits.span(SETTLE_WITHIN) - books.limits.span(SETTLE_WARNING)
    closing = strictest_elapsed(moments(rows, "opened_at"), books.as_of) >= warned
    rows = rows[closing & (ends.latest.loc[rows.index] >= books.as_of)]
    base = Confidence.LIKELY if _unsaid_solution(books) else Confidence.CERTAIN
    return Hits(
        rows=rows, evidence=OPENED, confidence=base, occurred=rows["opened_at"], deadline=ends.at, letter=_answer_to_buyer(books, rows)
    )


@rule(
    code="CLM003",
    name="platform-reply-overdue",
    title="Answer to customer service overdue",
    severity=Severity.CRITICAL,
    source=GUIDE.clause("answer customer service within 48 h"),
    exposure=(Exposure.SALE,),
    subject=Subject.CLAIM,
    needs=("orders", "claims", "claims.platform_request_at", "claims.platform_reply_at"),
    limits=(REPLY_WITHIN,),
    todo="Answer customer service",
    advice="Send what was asked for now, and cite the article number; a late answer may still be read.",
    letters=DEFENCES,
)
def platform_reply_overdue(books: Books) -> Hits:
    """Customer service asked about a claim, and had no answer within 48 h.

    Why: without an answer the claim is lost.
    Breach: asked 48 h and one second ago, no answer since; or answered that late. Critical while the claim is open, low once it is closed.
    Fine: answered exactly 48 h after; or closed within 48 h of the request.
    """
    claims, limit = books.required_claims, books.limits.span(REPLY_WITHIN)
    asked, replied = moments(claims, "platform_request_at"), _reply(books, claims)
    silent = _still_silent(books, claims, limit)
    waiting = claims["is_open"] & replied.at.isna()
    answered_late = beyond(asked, replied, limit)
    late = claims["stands"] & (silent.late | answered_late.late)
    rows = claims[late]
    unsure = silent.unsure | answered_late.unsure
    told = Evidence(
        "asked {asked:time}; answer: {replied:time?}",
        {"asked": "platform_request_at", "replied": replied.at},
    )
    return Hits(
        rows=rows,
        evidence=told,
        severity=graded(rows["is_open"], Severity.CRITICAL, Severity.LOW),
        confidence=confidence(Confidence.CERTAIN, rows, possible=unsure),
        occurred=rows["platform_request_at"],
        deadline=plus(asked, limit).where(waiting),
        letter=_answer_to_service(books, rows).where(waiting.loc[rows.index]),
    )


def _reply(books: Books, claims: pd.DataFrame) -> Moments:
    """When each request of customer service was answered; what was sent before the request answers an earlier one."""
    replied = moments(claims, "platform_reply_at")
    earlier = before(replied, moments(claims, "platform_request_at"), books.config.zone)
    return replied.where(~earlier.late | earlier.unsure)


def _still_silent(books: Books, claims: pd.DataFrame, limit: timedelta) -> Lateness:
    """Which claims had no answer when the time was over; a closed one is judged at its closing."""
    asked = moments(claims, "platform_request_at")
    now, closed = beyond(asked, books.as_of, limit), beyond(asked, moments(claims, "closed_at"), limit)
    silent, over = _reply(books, claims).at.isna(), claims["closed_at"].notna() & ~claims["is_open"]
    return Lateness(silent & closed.late.where(over, now.late), silent & closed.unsure.where(over, now.unsure))


@rule(
    code="CLM004",
    name="platform-reply-due",
    title="Answer to customer service due",
    severity=Severity.HIGH,
    source=GUIDE.clause("answer customer service within 48 h"),
    exposure=(Exposure.SALE,),
    subject=Subject.CLAIM,
    needs=("orders", "claims", "claims.platform_request_at", "claims.platform_reply_at"),
    limits=(REPLY_WITHIN,),
    todo="Answer customer service",
    advice="Send what was asked for before the deadline, and cite the article number.",
    letters=DEFENCES,
)
def platform_reply_due(books: Books) -> Hits:
    """Customer service asked about an open claim and waits for an answer.

    Why: after 48 h without an answer the claim is lost.
    Breach: asked just now, or exactly 48 h ago, no answer since.
    Fine: answered; closed; or asked more than 48 h ago, which CLM003 finds.
    """
    claims, limit = books.required_claims, books.limits.span(REPLY_WITHIN)
    asked = moments(claims, "platform_request_at")
    waiting = claims["is_open"] & _reply(books, claims).at.isna() & (asked.at <= books.as_of)
    rows = claims[waiting & ~beyond(asked, books.as_of, limit).late]
    return Hits(
        rows=rows,
        evidence=Evidence("asked {asked:time}, no answer", {"asked": "platform_request_at"}),
        occurred=rows["platform_request_at"],
        deadline=plus(asked, limit),
        letter=_answer_to_service(books, rows),
    )


@rule(
    code="CLM005",
    name="non-receipt-undefended",
    title="Non-receipt claim without defence",
    severity=Severity.CRITICAL,
    source=GUIDE.clause("how a claim of non-receipt is defended"),
    exposure=(Exposure.SALE, Exposure.FEE),
    fee_kind="claim",
    subject=Subject.CLAIM,
    needs=("orders", "claims", "shipments"),
    limits=(STALE_AFTER, SIGNED_MODES),
    todo="Complete the evidence",
    advice="Get carrier, number, date of dispatch and proof of delivery from the carrier today, and send them to customer service.",
    letters=("defence", "defence-delivered"),
)
def non_receipt_undefended(books: Books) -> Hits:
    """A buyer says that nothing arrived, and the files hold no defence.

    Why: without a shipment, a number, a recent scan and the mode that the price demands the sale is lost.
    Breach: open claim of non-receipt, last scan 7 days and one second ago, not delivered; or number missing; or no shipment; or 200.01 EUR
    sent by a mode without signature.
    Fine: sent by the right mode, with a valid number, scanned exactly 7 days ago; or delivered. What is fetched or downloaded is not judged.
    """
    claims = books.required_claims
    rows = claims[claims["is_open"] & (claims["claim_type"] == "not_received")].join(books.defence_gaps, on="item")
    seen = _shipment_known(books).reindex(rows["item"], fill_value=False).set_axis(rows.index)
    hit = rows[seen & rows["missing"].notna()]
    return Hits(
        rows=hit,
        evidence=Evidence("claimed {opened:time}; missing: {missing:phrases}", {"opened": "opened_at", "missing": "missing"}),
        confidence=hit["confidence"],
        occurred=hit["opened_at"],
        fee=_commission(books, hit),
        letter=_answer_to_service(books, hit),
        not_judged=int((~seen).sum()),
    )


def _shipment_known(books: Books) -> pd.Series[bool]:
    """Which items were to be posted, and their shipments are in the files, or would be."""
    told = books.sendings.groupby("item")[["has_row", "posted"]].any()
    return (told["has_row"] | books.observed_shipments) & told["posted"] & ~books.refused_in("shipments")


@rule(
    code="CLM006",
    name="counterfeit-claim",
    title="Counterfeit claim",
    severity=Severity.CRITICAL,
    source=GUIDE.clause("counterfeit claims"),
    exposure=(Exposure.SALE, Exposure.FINE),
    subject=Subject.CLAIM,
    needs=("orders", "claims"),
    limits=(COUNTERFEIT_SHARE, GENERIC_BRANDS),
    todo="Take the listings down",
    advice="Take down every listing named here today, then send purchase invoices and the brand's consent to customer service.",
    letters=("counterfeit-answer",),
)
def counterfeit_claim(books: Books) -> Hits:
    """A buyer says that the article is a counterfeit: the platform steps in at once.

    Why: there is no time to settle it, and it may cost the fine and close the shop.
    Breach: a counterfeit claim that is open, in mediation or lost; named are the article's own listing and all of its brand.
    Fine: a counterfeit claim that is won, closed or withdrawn.
    """
    claims = books.required_claims
    rows = claims[(claims["claim_type"] == "counterfeit") & claims["claim_status"].isin([*OPEN, "lost"])]
    listings = to_take_down(rows, books.listings, books.limits[GENERIC_BRANDS])
    return Hits(
        rows=rows,
        evidence=Evidence("{status:word}; listings to take down: {listings:words?}", {"status": "claim_status", "listings": listings}),
        occurred=rows["opened_at"],
        fine=books.limits.part(COUNTERFEIT_SHARE, rows["line_total"]),
    )


@rule(
    code="CLM007",
    name="lost-claim-commission",
    title="Commission on a lost claim",
    severity=Severity.LOW,
    source=GUIDE.clause("commission on lost claims by grade"),
    exposure=(Exposure.FEE,),
    fee_kind="claim",
    subject=Subject.CLAIM,
    needs=("orders", "claims"),
    todo="Raise the shop's grade",
    advice="Only grade A is spared the commission on lost claims: fewer claims, quick confirmation and tracked parcels raise the grade.",
    habit=True,
)
def lost_claim_commission(books: Books) -> Hits:
    """A claim is lost, and the shop's grade makes it pay the commission all the same.

    Why: shops of grade B, C or D are charged the commission of a lost claim.
    Breach: grade B, claim lost.
    Fine: grade A; or the claim won or withdrawn.
    """
    if books.config.grade is None:
        raise NotJudgeable(Message("the settings do not tell the shop's grade"))
    claims = books.required_claims
    rows = claims[(claims["claim_status"] == "lost") & (books.config.grade in CHARGED_GRADES)]
    told = Evidence("{type:word} claim lost, grade {grade}", {"type": "claim_type", "grade": books.config.grade})
    return Hits(rows=rows, evidence=told, occurred=rows["closed_at"].fillna(rows["opened_at"]), fee=_commission(books, rows))


@rule(
    code="CLM008",
    name="claim-out-of-time",
    title="Claim out of time",
    severity=Severity.LOW,
    source=TERMS.clause("article 8.1.3"),
    subject=Subject.CLAIM,
    needs=("orders", "claims"),
    limits=(CLAIM_DAYS, CLAIM_DAYS_UNDELIVERED, TRACKED_MODES, NUMBERLESS_MODES),
    todo="Contest the late claim",
    advice="Tell customer service the dates: the time to claim was over.",
    letters=("late-claim",),
)
def claim_out_of_time(books: Books) -> Hits:
    """A claim was opened after the time in which the buyer may claim.

    Why: the terms give 14 days from receipt, or 30 from confirmation where the parcel did not arrive or could not be followed.
    Breach: tracked, and opened 14 days and one second after delivery; or not delivered or not tracked, and 30 days and one second after
    confirmation.
    Fine: exactly 14 or 30 days after; a warranty claim. Where no file tells whether it could be followed or when it arrived, it is not judged.
    """
    claims = books.required_claims
    claims = claims[claims["stands"] & (claims["claim_type"] != "warranty")]
    items = books.items.reindex(claims["item"]).set_axis(claims.index)
    opened, delivered, confirmed = moments(claims, "opened_at"), moments(items, "delivered_at"), moments(items, "confirmed_at")
    runs = clocks(books, claims)
    by_receipt = beyond(delivered, opened, books.limits.span(CLAIM_DAYS))
    by_confirmation = beyond(confirmed, opened, books.limits.span(CLAIM_DAYS_UNDELIVERED))
    rows = claims[by_receipt.late.where(runs.receipt, by_confirmation.late & runs.confirmation)]
    unsure = by_receipt.unsure.where(runs.receipt, by_confirmation.unsure)
    return Hits(
        rows=rows,
        evidence=Evidence(
            "opened {opened:time}; delivered {delivered:time?}, confirmed {confirmed:time?}",
            {"opened": "opened_at", "delivered": delivered.at, "confirmed": confirmed.at},
        ),
        confidence=confidence(Confidence.CERTAIN, rows, likely=runs.ordered, possible=unsure),
        occurred=rows["opened_at"],
        not_judged=int((~runs.receipt & ~(runs.confirmation & confirmed.at.notna())).sum()),
    )


@rule(
    code="CLM009",
    name="evidence-over-limits",
    title="Evidence over the limits",
    severity=Severity.MEDIUM,
    source=GUIDE.clause("evidence for customer service"),
    subject=Subject.CLAIM,
    needs=("orders", "claims"),
    limits=(MOST_ATTACHMENTS, LARGEST_ATTACHMENT),
    todo="Send the evidence again",
    advice="Send at most 10 files at a time, none above 50 MB; order-audit evidence checks a folder and splits it.",
    letters=("evidence-again",),
)
def evidence_over_limits(books: Books) -> Hits:
    """Evidence was sent in more or larger files than customer service takes.

    Why: what is over the limits does not arrive.
    Breach: 11 files; or one of 50.1 MB.
    Fine: 10 files of 50 MB each.
    """
    if not any(books.holds("claims", column) for column in ("attachments", "largest_attachment_mb")):
        columns = ["attachments", "largest_attachment_mb"]
        raise NotJudgeable(Message("no file of {table:word} has a column {columns:words}", {"table": "claims", "columns": columns}))
    claims, limits = books.required_claims, books.limits
    over = (claims["attachments"] > limits[MOST_ATTACHMENTS]) | (claims["largest_attachment_mb"] > limits[LARGEST_ATTACHMENT])
    rows = claims[claims["stands"] & over.fillna(value=False).astype(bool)]
    told = Evidence("{files:?} files, the largest of {size:decimal?} MB", {"files": "attachments", "size": "largest_attachment_mb"})
    return Hits(rows=rows, evidence=told, occurred=rows["opened_at"])


@rule(
    code="CLM010",
    name="claim-repeated",
    title="Claim repeated",
    severity=Severity.HIGH,
    source=HELP_NOT_CONFORMING.clause("no amicable phase"),
    exposure=(Exposure.SALE,),
    subject=Subject.CLAIM,
    needs=("orders", "claims"),
    todo="Write to customer service",
    advice="There is no time to settle a second claim: send customer service the story of the first and its proofs at once.",
    letters=("claim-again",),
)
def claim_repeated(books: Books) -> Hits:
    """A second claim was opened on the same item.

    Why: a repeated claim has no amicable phase: customer service decides at once.
    Breach: a second claim on an item, also after a withdrawn one.
    Fine: the first claim on it; or a second that is withdrawn.
    """
    claims = books.required_claims
    rows = claims[claims["repeated"] & claims["stands"]]
    return Hits(rows=rows, evidence=OPENED, occurred=rows["opened_at"])


@rule(
    code="CLM011",
    name="claim-unanswered",
    title="Claim unanswered",
    severity=Severity.HIGH,
    source=GUIDE.clause("answer every claim"),
    also=(HOUSE.clause("answer claims within a day"),),
    exposure=(Exposure.SALE,),
    subject=Subject.CLAIM,
    needs=("orders", "claims", "claims.seller_replied_at"),
    limits=(ANSWER_WITHIN,),
    todo="Answer the claim",
    advice="Answer the buyer on the claim's page today, with a solution or with proof. Where nothing arrived, ask the carrier first.",
    letters=(*TO_BUYER, "warranty-answer"),
    returns=True,
)
def claim_unanswered(books: Books) -> Hits:
    """A claim is open, and the seller has not answered for a day.

    Why: the time to settle it runs, and silence loses it.
    Breach: opened 24 h and one second ago, no answer.
    Fine: opened exactly 24 h ago; answered; or already with customer service.
    """
    claims = books.required_claims
    opened = moments(claims, "opened_at")
    late = beyond(opened, books.as_of, books.limits.span(ANSWER_WITHIN))
    rows = claims[(claims["claim_status"] == "open") & claims["seller_replied_at"].isna() & late.late]
    gone = hours(least_elapsed(opened, books.as_of).loc[rows.index])
    return Hits(
        rows=rows,
        evidence=Evidence("{type:word} claim without an answer for {gone:hours}", {"type": "claim_type", "gone": gone}),
        confidence=confidence(Confidence.CERTAIN, rows, possible=late.unsure),
        occurred=rows["opened_at"],
        letter=_answer_to_buyer(books, rows),
    )


@rule(
    code="CLM012",
    name="claim-to-withdraw",
    title="Settled claim still open",
    severity=Severity.LOW,
    source=GUIDE.clause("withdrawn claims leave the score"),
    subject=Subject.CLAIM,
    needs=("orders", "claims", "claims.solution_accepted_at"),
    todo="Ask the buyer to withdraw",
    advice="Ask the buyer to tell customer service that the claim is withdrawn: a withdrawn claim does not count in the shop's score.",
    letters=("withdraw-claim",),
)
def claim_to_withdraw(books: Books) -> Hits:
    """A claim is settled, and still open.

    Why: it counts in the score until the buyer withdraws it.
    Breach: open, solution accepted.
    Fine: open without a solution; or withdrawn.
    """
    claims = books.required_claims
    rows = claims[claims["is_open"] & claims["settled"]]
    told = Evidence("solution accepted {accepted:time}, still open", {"accepted": "solution_accepted_at"})
    return Hits(rows=rows, evidence=told, occurred=rows["solution_accepted_at"])


@rule(
    code="CLM013",
    name="sku-claimed-repeatedly",
    title="Article claimed repeatedly",
    severity=Severity.MEDIUM,
    source=GUIDE.clause("learn from claims"),
    also=(HOUSE.clause("3 in 90 days"),),
    subject=Subject.LISTING,
    needs=("orders", "orders.sku", "claims"),
    limits=(SKU_CLAIMS, SKU_CLAIM_DAYS),
    todo="Check the article",
    advice="Check packaging, pictures and description of this article, or take it off sale.",
    within="sku",
)
def sku_claimed_repeatedly(books: Books) -> Hits:
    """One article draws claim after claim.

    Why: the fault lies in the article, its packaging or its description, and the next buyer will claim too.
    Breach: three claims (damaged, defective, not as described) on one sku in the last 90 days.
    Fine: two; or three of which one is withdrawn, of another type, or older.
    """
    claims = books.required_claims
    age = strictest_elapsed(moments(claims, "opened_at"), books.as_of)
    recent = (age <= books.limits.span(SKU_CLAIM_DAYS)) & (claims["opened_at"] <= books.as_of)
    counted = claims[claims["stands"] & claims["claim_type"].isin(UNSOUND) & claims["sku"].notna() & recent]
    by_sku = counted.groupby("sku")["claim_id"].agg(sorted)
    rows = counted.sort_values(["opened_at", "claim_id"], kind="stable").drop_duplicates("sku", keep="last")
    rows = rows.assign(claims=rows["sku"].map(by_sku))
    rows = rows[rows["claims"].str.len() >= books.limits[SKU_CLAIMS]]
    told = Evidence("{count} claims: {claims:words}", {"count": rows["claims"].str.len(), "claims": "claims"})
    return Hits(rows=rows.assign(purchase_id=None, item_id=None), evidence=told, occurred=rows["opened_at"])
