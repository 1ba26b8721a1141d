"""MSG: buyers and customer service are answered in time, in the right words, and on the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit import phrases, wording
from audit.books.clock import Lateness, Moments, beyond, hours, least_elapsed, moments, plus, strictest_elapsed
from audit.books.messages import answers, first_of_each, heard, threads
from audit.books.verdicts import confidence, graded
from audit.limits import (
    ALLOWED_HOSTS,
    CLAIM_DAYS,
    DISPATCH_WITHIN,
    DUE_FROM,
    NUMBERLESS_MODES,
    STALE_AFTER,
    WARRANTY_WORDS,
    WARRANTY_YEARS,
    Limit,
)
from audit.phrases import COURTESIES, POLITE_FORMS, REQUESTS, THANKS, WITHDRAWAL_WISHES
from audit.policy import GUIDE, HOUSE, TERMS
from audit.rule import Evidence, Hits, rule
from schemas.findings import Confidence, Severity, Subject
from schemas.text import VALUE, marked

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.books import Books

ANNOUNCE_BEFORE = Limit("announce_before", 24, "h", HOUSE.clause("a notice in time"), "hours before an event from which a notice counts")
ANNOUNCE_WITHIN = Limit("announce_within", 48, "h", HOUSE.clause("a notice in time"), "hours after dispatch within which to announce it")
INCIDENT_AFTER = Limit("incident_after", 3, "days", HOUSE.clause("a parcel that was never handed over"), "days from dispatch to the notice")
BUYER_ANSWER = Limit("buyer_answer", 24, "h", GUIDE.clause("answer buyers within a day"), "hours to answer a buyer")
BUYER_PATIENCE = Limit("buyer_patience", 48, "h", GUIDE.clause("answer buyers within a day"), "hours after which a missing answer is grave")
SERVICE_ANSWER = Limit("service_answer", 48, "h", GUIDE.clause("answer customer service within 48 h"), "hours to answer customer service")
STATES = (marked("shipped", context=VALUE), marked("not shipped", context=VALUE), marked("dispatch unknown", context=VALUE))
"""Where the article is that a buyer wants to be rid of."""


def _to_buyer(books: Books) -> pd.DataFrame:
    messages = books.required_messages
    return messages[messages["to_buyer"]]


def _silent(books: Books, since: pd.Series[pd.Timestamp], until: pd.Series[pd.Timestamp]) -> pd.Series[bool]:
    """Items whose buyer was sent nothing about the purchase between two instants, and may still be written to."""
    return ~heard(books.items["purchase_id"], since, until, _to_buyer(books)) & ~books.in_mediation(books.items)


def _until_now(books: Books) -> pd.Series[pd.Timestamp]:
    return books.items["ordered_at"].mask(books.items["ordered_at"].notna(), books.as_of)


def _observed(books: Books, events: Moments) -> pd.Series[bool]:
    """Items of which a message to the buyer would be in the files: the event within their dates, none of the purchase refused."""
    return books.observed("messages", events) & books.readable(books.items)


def _instants(at: pd.Series[pd.Timestamp]) -> Moments:
    return Moments(at, at.notna().astype("int32") * 0)


@rule(
    code="MSG001",
    name="annulation-word-to-service",
    title='"Annuler" sent to customer service',
    severity=Severity.HIGH,
    source=GUIDE.clause("words to customer service"),
    subject=Subject.MESSAGE,
    needs=("orders", "messages"),
    todo="Put the wording right",
    advice="If the buyer wants out, write again that it is his rétractation; the word used is booked to the shop, at double commission.",
    letters=("withdrawal-to-service",),
)
def annulation_word_to_service(books: Books) -> Hits:
    """A message to customer service uses a word of the annuler family.

    Why: customer service reads it as the seller's wish to cancel, and books an annulation.
    Breach: "merci d'annuler la commande"; "l'annulation".
    Fine: "merci d'annuler la réclamation"; "commande non annulée"; "bague pour annulaire"; the word in a quoted message.
    """
    messages = books.required_messages
    worded = messages["to_service"] & wording.where(messages["text"], wording.tells_annulation)
    rows = messages[worded]
    rows = rows.assign(words=rows["text"].map(wording.annulation_words))
    return Hits(rows=rows, evidence=Evidence("written: {words:words}", {"words": "words"}), occurred=rows["sent_at"])


@rule(
    code="MSG002",
    name="dispatch-not-announced",
    title="Dispatch not announced",
    severity=Severity.LOW,
    source=GUIDE.clause("tell the buyer of the dispatch"),
    needs=("orders", "shipments", "shipments.shipped_at", "messages"),
    limits=(ANNOUNCE_BEFORE, ANNOUNCE_WITHIN, NUMBERLESS_MODES),
    todo="Announce the dispatch",
    advice="Tell the buyer carrier and number on the day of dispatch: who can follow a parcel does not claim.",
    letters=("dispatch-notice", "dispatch-notice-untracked"),
)
def dispatch_not_announced(books: Books) -> Hits:
    """A parcel left, and the buyer was not told.

    Why: a buyer who can follow the parcel waits.
    Breach: dispatched 48 h and one second ago, nothing sent to the buyer from 24 h before to 48 h after.
    Fine: dispatched exactly 48 h ago; a message exactly 24 h before; a claim in mediation.
    """
    items, limits = books.items, books.limits
    left = moments(items, "dispatched_at")
    late = beyond(left, books.as_of, limits.span(ANNOUNCE_WITHIN))
    silent = _silent(books, left.at - limits.span(ANNOUNCE_BEFORE), left.latest + limits.span(ANNOUNCE_WITHIN))
    seen = _observed(books, left)
    mask = items["live"] & late.late & silent
    rows = items[mask & seen]
    return Hits(
        rows=rows,
        evidence=Evidence("dispatched {left:time}, no message to the buyer", {"left": "dispatched_at"}),
        confidence=confidence(Confidence.CERTAIN, rows, possible=late.unsure),
        occurred=rows["dispatched_at"],
        not_judged=int((mask & ~seen).sum()),
        letter=_dispatch_notice(books).where(~items["delivered"]),
    )


def _dispatch_notice(books: Books) -> pd.Series[str]:
    """The notice for each item: whether it can be followed."""
    numberless = books.all_of(books.sendings["mode_used"].isin(books.limits[NUMBERLESS_MODES]))
    return graded(numberless, "dispatch-notice-untracked", "dispatch-notice").astype(object)


@rule(
    code="MSG003",
    name="delay-not-announced",
    title="Delay not announced",
    severity=Severity.MEDIUM,
    source=GUIDE.clause("tell the buyer of a delay"),
    needs=("orders", "orders.confirmed_at", "messages"),
    after=("CNF004", "CNF005"),
    limits=(DISPATCH_WITHIN, ANNOUNCE_BEFORE),
    todo="Tell the buyer of the delay",
    advice="Tell the buyer why it is late and when it leaves, before they claim.",
    letters=("delay-notice", "late-dispatch-notice"),
)
def delay_not_announced(books: Books) -> Hits:
    """A parcel left late, or has not left in time, and the buyer was not told.

    Why: a delay that is announced is forgiven; one that is found out is claimed.
    Breach: CNF005, or CNF004 against the terms, and nothing sent to the buyer from 24 h before the limit on.
    Fine: a message exactly 24 h before the limit.
    """
    items, limits = books.items, books.limits
    limit = plus(books.dispatch_clock, limits.span(DISPATCH_WITHIN))
    by_terms = beyond(books.dispatch_clock, moments(items, "dispatched_at"), limits.span(DISPATCH_WITHIN)).late
    delayed = (books.has("CNF004") & by_terms) | books.has("CNF005")
    waiting = books.not_shipped
    silent = _silent(books, limit - limits.span(ANNOUNCE_BEFORE), _until_now(books))
    seen = _observed(books, _instants(limit))
    rows = items.assign(limit=limit)[delayed & silent & seen]
    return Hits(
        rows=rows,
        evidence=Evidence("due to leave {limit:time}, no message to the buyer", {"limit": "limit"}),
        occurred=rows["limit"],
        not_judged=int((delayed & silent & ~seen).sum()),
        letter=graded(waiting, "delay-notice", "late-dispatch-notice").astype(object).where(~items["delivered"]),
    )


@rule(
    code="MSG004",
    name="incident-not-announced",
    title="Incident not announced",
    severity=Severity.MEDIUM,
    source=GUIDE.clause("tell the buyer of an incident"),
    needs=("orders", "shipments", "shipments.tracking_number", "shipments.last_scan_at", "messages"),
    after=("TRK004", "TRK005"),
    limits=(INCIDENT_AFTER, STALE_AFTER),
    todo="Tell the buyer of the incident",
    advice="Ask the carrier first to look for the parcel, then tell the buyer that this is done.",
    letters=("incident-notice",),
)
def incident_not_announced(books: Books) -> Hits:
    """A parcel stands still or was never scanned, and the buyer was not told.

    Why: the buyer sees it too, and claims.
    Breach: TRK004, and nothing sent to the buyer since the last scan; or TRK005, and nothing since 3 days after dispatch.
    Fine: a message in the second of the last scan.
    """
    books.require_deliveries()
    items = books.items
    since = _standing_since(books)
    struck = books.has("TRK004") | books.has("TRK005")
    silent = _silent(books, since, _until_now(books))
    seen = _observed(books, _instants(since))
    rows = items.assign(since=since)[struck & silent & seen]
    told = Evidence("no movement since {since:time}, no message to the buyer", {"since": "since"})
    return Hits(rows=rows, evidence=told, occurred=rows["since"], not_judged=int((struck & silent & ~seen).sum()))


def _standing_since(books: Books) -> pd.Series[pd.Timestamp]:
    """From when each item's buyer should have heard of the parcel that stands still; of several, of the last one."""
    sendings, limits = books.sendings, books.limits
    waiting = sendings[sendings["delivered_at"].isna()]
    stale = waiting[beyond(moments(waiting, "last_scan_at"), books.as_of, limits.span(STALE_AFTER)).late]
    lost = waiting[waiting["last_scan_at"].isna()]
    handed = lost["shipped_at"] + limits.span(INCIDENT_AFTER)
    by_scan = stale.groupby("item")["last_scan_at"].max().reindex(books.items.index).where(books.has("TRK004"))
    by_dispatch = handed[handed <= books.as_of].groupby(lost["item"]).max().reindex(books.items.index).where(books.has("TRK005"))
    return by_scan.where(by_dispatch.isna() | (by_scan > by_dispatch), by_dispatch)


@rule(
    code="MSG005",
    name="buyer-unanswered",
    title="Buyer unanswered",
    severity=Severity.MEDIUM,
    source=GUIDE.clause("answer buyers within a day"),
    subject=Subject.MESSAGE,
    needs=("orders", "messages"),
    limits=(BUYER_ANSWER, BUYER_PATIENCE, THANKS, COURTESIES),
    todo="Answer the buyer",
    advice="Answer today: an unanswered question becomes a claim.",
    letters=("answer-to-buyer",),
)
def buyer_unanswered(books: Books) -> Hits:
    """A buyer's message has had no answer for a day.

    Why: an unanswered buyer opens a claim.
    Breach: a buyer's message 24 h and one second ago, and none from the seller since; above 48 h it is high.
    Fine: exactly 24 h ago; mere thanks; a claim in mediation.
    """
    messages, limits = books.required_messages, books.limits
    thanks = wording.where(messages["text"], lambda text: phrases.is_mere_thanks(text, limits))
    asked = messages[messages["of_buyer"] & ~thanks & ~books.in_mediation(messages)]
    sent = moments(asked, "sent_at")
    late, grave = beyond(sent, books.as_of, limits.span(BUYER_ANSWER)), beyond(sent, books.as_of, limits.span(BUYER_PATIENCE))
    waiting = threads(asked[late.late], messages[messages["to_buyer"]])
    rows = waiting[books.readable(waiting)]
    gone = hours(least_elapsed(sent, books.as_of).loc[rows.index])
    return Hits(
        rows=rows,
        evidence=Evidence("written {sent:time}, no answer for {gone:hours}", {"sent": "sent_at", "gone": gone}),
        severity=graded((grave.late & ~grave.unsure).loc[rows.index], Severity.HIGH, Severity.MEDIUM),
        confidence=confidence(Confidence.CERTAIN, rows, possible=late.unsure),
        occurred=rows["sent_at"],
        deadline=plus(sent, limits.span(BUYER_PATIENCE)),
        not_judged=len(waiting) - len(rows) + int((late.late & asked["purchase_id"].isna()).sum()),
    )


@rule(
    code="MSG006",
    name="article-number-missing",
    title="Article number missing",
    severity=Severity.LOW,
    source=GUIDE.clause("customer service asks for the article number"),
    subject=Subject.MESSAGE,
    needs=("orders", "messages"),
    todo="Cite the article number",
    advice="Write the number after the slash into every message to customer service; without it nobody finds the sale.",
    letters=("article-number",),
)
def article_number_missing(books: Books) -> Hits:
    """A message to customer service does not say which article it is about.

    Why: customer service looks sales up by the number after the slash.
    Breach: no article, and no article number in the words; the number of the purchase alone.
    Fine: the article number in the words.
    """
    messages = books.required_messages
    rows = messages[messages["to_service"] & ~messages["names_item"]]
    return Hits(rows=rows, evidence=Evidence("sent {sent:time} without an article number", {"sent": "sent_at"}), occurred=rows["sent_at"])


@rule(
    code="MSG007",
    name="contact-details-sent",
    title="Contact details sent",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    source=TERMS.clause("article 10.1"),
    subject=Subject.MESSAGE,
    needs=("orders", "messages"),
    limits=(ALLOWED_HOSTS, CLAIM_DAYS, WARRANTY_YEARS, WARRANTY_WORDS),
    todo="Stay on the platform",
    advice="Write to buyers on the platform alone, without addresses, numbers or links of the shop's own; the terms forbid them.",
    habit=True,
)
def contact_details_sent(books: Books) -> Hits:
    """A message to the buyer holds an e-mail address, a telephone number, a web link or an IBAN.

    Why: the terms forbid details by which to deal beside the platform.
    Breach: "Écrivez-moi à boutique@example.com"; "06 12 34 56 78"; "www.example.com".
    Fine: the number of an order or parcel; the carrier's or the platform's link; a message under warranty, or that may be.
    """
    messages = books.required_messages
    rows = messages.assign(kinds=books.contacts_sent)
    rows = rows[rows["kinds"].notna()]
    warranty = books.warranty_of_messages(rows)
    unsure = int((~warranty.holds & ~warranty.known).sum())
    rows = rows[~warranty.holds & warranty.known]
    return Hits(rows=rows, evidence=Evidence("holds {kinds:phrases}", {"kinds": "kinds"}), occurred=rows["sent_at"], not_judged=unsure)


@rule(
    code="MSG008",
    name="withdrawal-wish-open",
    title="Wish to withdraw unanswered",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    source=GUIDE.clause("rétractation and annulation"),
    subject=Subject.MESSAGE,
    needs=("orders", "messages"),
    limits=(WITHDRAWAL_WISHES,),
    todo="Tell the buyer how to withdraw",
    advice="Before dispatch the buyer asks customer service; after receipt he chooses Vous rétracter in his account, within 14 days. Never cancel for him.",
    letters=("withdraw-before-dispatch", "withdraw-after-receipt", "withdraw-either-way"),
    returns=True,
)
def withdrawal_wish_open(books: Books) -> Hits:
    """A buyer wants out, and was not told how to withdraw.

    Why: if the sale ends any other way, it is booked to the seller at double commission.
    Breach: "je veux annuler ma commande", "我想退货"; the item live, and no answer with a word of the rétracter family.
    Fine: answered with "rétractation"; the item withdrawn by the buyer; "commande non annulée"; "annuler ma réclamation".
    """
    messages = books.required_messages
    wants = wording.where(messages["text"], lambda text: phrases.wants_out(text, books.limits))
    helpful = messages["to_buyer"] & wording.where(messages["text"], wording.names_retraction)
    asked = messages[messages["of_buyer"] & wants]
    about = books.items_about(asked)
    waiting = threads(asked[about["live"] & ~about["withdrawn"]], messages[helpful])
    rows = waiting[books.readable(waiting)]
    state = about.loc[rows.index]
    return Hits(
        rows=rows,
        evidence=Evidence("written {sent:time}; {state:word}", {"sent": "sent_at", "state": _where_it_is(state, *STATES)}),
        occurred=rows["sent_at"],
        letter=_where_it_is(state, "withdraw-after-receipt", "withdraw-before-dispatch", "withdraw-either-way"),
        not_judged=len(waiting) - len(rows) + int((~about["known"]).sum()),
    )


def _where_it_is(about: pd.DataFrame, shipped: str, kept: str, unknown: str) -> pd.Series[str]:
    """One word for messages whose item has left, one where it has not, one where the files don't tell."""
    return graded(about["shipped"], shipped, unknown).where(~about["kept"], kept)


@rule(
    code="MSG009",
    name="platform-unanswered",
    title="Customer service unanswered",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    source=GUIDE.clause("answer customer service within 48 h"),
    subject=Subject.MESSAGE,
    needs=("orders", "messages"),
    after=("CLM003", "CLM004"),
    limits=(SERVICE_ANSWER, DUE_FROM, REQUESTS, POLITE_FORMS),
    todo="Answer customer service",
    advice="Send what was asked for, and cite the article number.",
    letters=("documents",),
)
def platform_unanswered(books: Books) -> Hits:
    """Customer service asked for something, and had no answer within 48 h.

    Why: what is not answered is decided against the seller.
    Breach: asked 48 h and one second ago (from exactly 24 h on it is medium, with the deadline); answered later than that it is low.
    Fine: answered exactly 48 h after; a message that asks for nothing; a reminder; already found by CLM003 or CLM004.
    """
    messages, limit = books.required_messages, books.limits.span(SERVICE_ANSWER)
    asks = wording.where(messages["text"], lambda text: phrases.asks(text, books.limits))
    asked = messages[messages["of_service"] & asks]
    asked = asked[~books.claimed_by(asked, "CLM003", "CLM004")]
    sent = moments(asked, "sent_at")
    answered = answers(asked, sent, messages[messages["to_service"]])
    waiting = answered.at.isna()
    now, done_late = beyond(sent, books.as_of, limit), beyond(sent, answered, limit)
    due = waiting & (strictest_elapsed(sent, books.as_of) >= books.limits.span(DUE_FROM))
    late = Lateness((waiting & now.late) | done_late.late, (waiting & now.unsure) | done_late.unsure)
    found = asked[late.late | due]
    rows = first_of_each(found[books.readable(found)], waiting)
    return Hits(
        rows=rows,
        evidence=Evidence("asked {sent:time}; answer: {done:time?}", {"sent": "sent_at", "done": answered.at}),
        severity=graded(now.late, Severity.HIGH, Severity.MEDIUM).where(waiting, Severity.LOW.value),
        confidence=confidence(Confidence.LIKELY, rows, possible=late.unsure),
        occurred=rows["sent_at"],
        deadline=plus(sent, limit).where(waiting),
        not_judged=int((~books.readable(found)).sum()),
        letter=waiting.map({True: "documents", False: None}),
    )
