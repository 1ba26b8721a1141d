"""MSG: buyers and customer service are answered in time, in the right words, and on the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit import wording
from audit.books.clock import Lateness, Moments, beyond, hours, least_elapsed, moments, plus, strictest_elapsed
from audit.books.messages import answers, heard, threads
from audit.books.verdicts import confidence, graded
from audit.limits import ALLOWED_HOSTS, DISPATCH_WITHIN, DUE_FROM, Limit
from audit.policy import GUIDE, HOUSE, TERMS
from audit.rule import Evidence, Hits, rule
from schemas.findings import Confidence, Severity, Subject

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.books import Books

ANNOUNCE_BEFORE = Limit("announce_before", 24, "h", HOUSE.clause("a notice in time"), "hours before an event from which a notice counts")
ANNOUNCE_WITHIN = Limit("announce_within", 48, "h", HOUSE.clause("a notice in time"), "hours after dispatch within which to announce it")
INCIDENT_AFTER = Limit("incident_after", 3, "days", HOUSE.clause("a parcel that was never handed over"), "days from dispatch to the notice")
BUYER_ANSWER = Limit("buyer_answer", 24, "h", GUIDE.clause("answer buyers within a day"), "hours to answer a buyer")
BUYER_PATIENCE = Limit("buyer_patience", 48, "h", GUIDE.clause("answer buyers within a day"), "hours after which a missing answer is grave")
SERVICE_ANSWER = Limit("service_answer", 48, "h", GUIDE.clause("answer customer service within 48 h"), "hours to answer customer service")
THANKS: Limit[tuple[str, ...]] = Limit(
    "thanks_words",
    ("merci", "merci beaucoup", "merci bien", "remerciements", "je vous remercie", "thanks", "thank you", "thx", "谢谢", "谢谢您", "多谢", "感谢"),
    "words",
    HOUSE.clause("mere thanks need no answer"),
    "words of thanks",
)  # fmt: skip
COURTESIES: Limit[tuple[str, ...]] = Limit(
    "courtesy_words",
    (
        "bonjour", "bonsoir", "madame", "monsieur", "cordialement", "bien cordialement", "bonne journée", "bonne soirée", "bon week end", "à vous",
        "ok", "parfait", "super", "très bien", "bien", "d'accord", "bien reçu", "c'est noté", "colis reçu", "tout", "pour tout", "beaucoup",
        "pour votre réponse", "pour votre retour", "de votre réponse", "pour l'information", "pour votre aide", "et", "hello", "hi", "great", "perfect",
        "received", "very much", "so much", "a lot", "regards", "best regards", "for your help", "for your answer", "您", "你好", "您好", "好的", "收到", "了",
    ),
    "words",
    HOUSE.clause("mere thanks need no answer"),
    "courtesies that may stand beside thanks",
)  # fmt: skip
WITHDRAWAL_WISHES: Limit[tuple[str, ...]] = Limit(
    "withdrawal_wishes",
    (
        "je veux retourner", "je souhaite retourner", "je voudrais retourner", "retourner l'article", "retourner le produit", "retourner le colis",
        "retourner ma commande", "faire un retour", "demande de retour", "retour du produit", "retour de l'article", "vous le renvoyer", "le retourner",
        "la retourner", "je ne veux plus", "n'en veux plus", "je ne souhaite plus", "changé d'avis", "renoncer à ma commande", "renoncer à la commande",
        "cancel my order", "cancel the order", "cancel this order", "want to cancel", "like to cancel", "please cancel", "return the item", "return it",
        "want to return", "like to return", "changed my mind", "no longer want", "取消订单", "想取消", "要取消", "退货", "不想要", "不要了",
    ),
    "words",
    HOUSE.clause("how a buyer's wish is put"),
    "wordings by which a buyer asks to cancel or return, beside the rétracter and annuler families",
)  # fmt: skip
REQUESTS: Limit[tuple[str, ...]] = Limit(
    "request_words",
    (
        "merci de", "nous vous prions", "nous vous remercions de", "veuillez", "pouvez vous", "pourriez vous", "nous vous demandons", "nous vous invitons à",
        "vous devez", "dans un délai de", "sous 48", "dans les 48", "nous transmettre", "nous fournir", "nous communiquer", "nous faire parvenir",
        "en attente de votre réponse", "dans l'attente de votre réponse", "please", "could you", "can you", "you must", "within 48", "请", "需要您", "麻烦",
    ),
    "words",
    HOUSE.clause("how customer service asks"),
    "words by which customer service asks for something",
)  # fmt: skip


def _says(texts: pd.Series[str], phrases: tuple[str, ...]) -> pd.Series[bool]:
    return wording.where(texts, lambda text: wording.says_any(text, phrases))


def _to_buyer(books: Books) -> pd.DataFrame:
    messages = books.required_messages
    return messages[messages["to_buyer"]]


def _silent(books: Books, since: pd.Series[pd.Timestamp], until: pd.Series[pd.Timestamp]) -> pd.Series[bool]:
    """Items whose buyer was sent nothing about the purchase between two instants, and may still be written to."""
    return ~heard(books.items["purchase_id"], since, until, _to_buyer(books)) & ~books.in_mediation(books.items)


def _instants(at: pd.Series[pd.Timestamp]) -> Moments:
    return Moments(at, at.notna().astype("int32") * 0)


@rule(
    code="MSG001",
    name="annulation-word-to-service",
    title='"Annuler" written to customer service',
    severity=Severity.HIGH,
    source=GUIDE.clause("words to customer service"),
    subject=Subject.MESSAGE,
    needs=("orders", "messages"),
    todo="Put the wording right",
    advice="Write again that it is the buyer's rétractation; the other word is booked to the shop, at double commission.",
    letters=("withdrawal-to-service",),
)
def annulation_word_to_service(books: Books) -> Hits:
    """A message to customer service uses a word of the annuler family.

    Why: customer service reads it as the seller's wish to cancel, and books an annulation.
    Breach: "merci d'annuler la commande"; "l'annulation".
    Fine: "merci d'annuler la réclamation"; "bague pour annulaire"; the word in a quoted message.
    """
    messages = books.required_messages
    told = messages["text"].map({text: wording.annulation_words(text) for text in messages.loc[messages["to_service"], "text"].unique()})
    rows = messages.assign(words=told)[messages["to_service"] & (told.astype(object).str.len() > 0)]
    return Hits(rows=rows, evidence=Evidence("written: {words:words}", {"words": "words"}), occurred=rows["sent_at"])


@rule(
    code="MSG002",
    name="dispatch-not-announced",
    title="Dispatch not announced",
    severity=Severity.LOW,
    source=GUIDE.clause("tell the buyer of the dispatch"),
    needs=("orders", "shipments", "shipments.shipped_at", "messages"),
    limits=(ANNOUNCE_BEFORE, ANNOUNCE_WITHIN),
    todo="Announce the dispatch",
    advice="Tell the buyer carrier and number on the day of dispatch: who can follow a parcel does not claim.",
    letters=("dispatch-notice",),
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
    seen = books.observed("messages", left)
    mask = items["live"] & late.late & silent
    rows = items[mask & seen]
    told = Evidence("dispatched {left:time}, no message to the buyer", {"left": "dispatched_at"})
    return Hits(rows=rows, evidence=told, occurred=rows["dispatched_at"], not_judged=int((mask & ~seen).sum()))


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
    letters=("delay-notice",),
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
    silent = _silent(books, limit - limits.span(ANNOUNCE_BEFORE), items["ordered_at"].mask(items["ordered_at"].notna(), books.as_of))
    seen = books.observed("messages", _instants(limit))
    rows = items.assign(limit=limit)[delayed & silent & seen]
    told = Evidence("due to leave {limit:time}, no message to the buyer", {"limit": "limit"})
    return Hits(rows=rows, evidence=told, occurred=rows["limit"], not_judged=int((delayed & silent & ~seen).sum()))


@rule(
    code="MSG004",
    name="incident-not-announced",
    title="Incident not announced",
    severity=Severity.MEDIUM,
    source=GUIDE.clause("tell the buyer of an incident"),
    needs=("orders", "shipments", "messages"),
    after=("TRK004", "TRK005"),
    limits=(INCIDENT_AFTER,),
    todo="Tell the buyer of the incident",
    advice="Tell the buyer that the carrier has been asked to look for the parcel.",
    letters=("incident-notice",),
)
def incident_not_announced(books: Books) -> Hits:
    """A parcel stands still or was never scanned, and the buyer was not told.

    Why: the buyer sees it too, and claims.
    Breach: TRK004, and nothing sent to the buyer since the last scan; or TRK005, and nothing since 3 days after dispatch.
    Fine: a message in the second of the last scan.
    """
    items = books.items
    scanned = books.sendings.groupby("item")["last_scan_at"].min().reindex(items.index)
    handed = items["dispatched_at"] + books.limits.span(INCIDENT_AFTER)
    since = scanned.where(books.has("TRK004"), handed)
    struck = books.has("TRK004") | books.has("TRK005")
    silent = _silent(books, since, items["ordered_at"].mask(items["ordered_at"].notna(), books.as_of))
    seen = books.observed("messages", _instants(since))
    rows = items.assign(since=since)[struck & silent & seen]
    told = Evidence("no movement since {since:time}, no message to the buyer", {"since": "since"})
    return Hits(rows=rows, evidence=told, occurred=rows["since"], not_judged=int((struck & silent & ~seen).sum()))


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
)
def buyer_unanswered(books: Books) -> Hits:
    """A buyer's message has had no answer for a day.

    Why: an unanswered buyer opens a claim.
    Breach: a buyer's message 24 h and one second ago, and none from the seller since; above 48 h it is high.
    Fine: exactly 24 h ago; mere thanks; a claim in mediation.
    """
    messages, limits = books.required_messages, books.limits
    thanks = wording.where(messages["text"], lambda text: wording.is_mere_thanks(text, limits[THANKS], limits[COURTESIES]))
    asked = threads(messages[messages["of_buyer"] & ~thanks], messages[messages["to_buyer"]])
    sent = moments(asked, "sent_at")
    late, grave = beyond(sent, books.as_of, limits.span(BUYER_ANSWER)), beyond(sent, books.as_of, limits.span(BUYER_PATIENCE))
    rows = asked[late.late & ~books.in_mediation(asked)]
    gone = hours(least_elapsed(sent, books.as_of).loc[rows.index])
    return Hits(
        rows=rows,
        evidence=Evidence("written {sent:time}, no answer for {gone:hours}", {"sent": "sent_at", "gone": gone}),
        severity=graded((grave.late & ~grave.unsure).loc[rows.index], Severity.HIGH, Severity.MEDIUM),
        confidence=confidence(Confidence.CERTAIN, rows, possible=late.unsure),
        occurred=rows["sent_at"],
        deadline=plus(sent, limits.span(BUYER_PATIENCE)),
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
    limits=(ALLOWED_HOSTS,),
    todo="Stay on the platform",
    advice="Write to buyers on the platform alone, without addresses, numbers or links of the shop's own; the terms forbid them.",
    habit=True,
)
def contact_details_sent(books: Books) -> Hits:
    """A message to the buyer holds an e-mail address, a telephone number, a web link or an IBAN.

    Why: the terms forbid details by which to deal beside the platform.
    Breach: "Écrivez-moi à boutique@example.com"; "06 12 34 56 78"; "www.example.com".
    Fine: the order's or parcel's own number; the carrier's or the platform's link; a message under warranty.
    """
    messages = books.required_messages
    rows = messages.assign(kinds=books.contacts_sent)
    rows = rows[rows["kinds"].notna()]
    rows = rows[~books.warranty(rows, moments(rows, "sent_at")).holds]
    return Hits(rows=rows, evidence=Evidence("holds {kinds:phrases}", {"kinds": "kinds"}), occurred=rows["sent_at"])


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
    letters=("withdraw-before-dispatch", "withdraw-after-receipt"),
)
def withdrawal_wish_open(books: Books) -> Hits:
    """A buyer wants out, and was not told how to withdraw.

    Why: if the sale ends any other way, it is booked to the seller at double commission.
    Breach: "je veux annuler ma commande", "我想退货"; the item live, and no answer with a word of the rétracter family.
    Fine: answered with "rétractation"; the item withdrawn by the buyer; "commande non annulée".
    """
    messages, wishes = books.required_messages, books.limits[WITHDRAWAL_WISHES]
    wants = wording.where(
        messages["text"],
        lambda text: wording.tells_annulation(text) or wording.tells_retraction(text) or wording.says_any(text, wishes),
    )
    helpful = messages["to_buyer"] & wording.where(messages["text"], wording.names_retraction)
    asked = threads(messages[messages["of_buyer"] & wants], messages[helpful])
    about = books.items_about(asked)
    rows = asked[about["live"]]
    return Hits(
        rows=rows,
        evidence=Evidence(
            "written {sent:time}; {state:phrases}",
            {"sent": "sent_at", "state": about["shipped"].map({True: ["shipped"], False: ["not shipped"]})},
        ),
        occurred=rows["sent_at"],
        letter=graded(about["shipped"], "withdraw-after-receipt", "withdraw-before-dispatch"),
        not_judged=int((~about["known"]).sum()),
    )


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
    limits=(SERVICE_ANSWER, DUE_FROM, REQUESTS),
    todo="Answer customer service",
    advice="Send what was asked for, and cite the article number.",
    letters=("documents",),
)
def platform_unanswered(books: Books) -> Hits:
    """Customer service asked for something, and had no answer within 48 h.

    Why: what is not answered is decided against the seller.
    Breach: asked 48 h and one second ago (from exactly 24 h on it is medium, with the deadline); answered later than that it is low.
    Fine: answered exactly 48 h after; a message that asks for nothing; already found by CLM003 or CLM004.
    """
    messages, limit = books.required_messages, books.limits.span(SERVICE_ANSWER)
    asked = messages[messages["of_service"] & _says(messages["text"], books.limits[REQUESTS])]
    known = books.items_claimed_by("CLM003", "CLM004").reindex(asked["item"], fill_value=False).set_axis(asked.index)
    asked = asked[~known]
    sent = moments(asked, "sent_at")
    answered = answers(asked, sent, messages[messages["to_service"]])
    now, done_late = beyond(sent, books.as_of, limit), beyond(sent, answered, limit)
    waiting = answered.at.isna()
    due = waiting & (strictest_elapsed(sent, books.as_of) >= books.limits.span(DUE_FROM))
    late = Lateness((waiting & now.late) | done_late.late, (waiting & now.unsure) | done_late.unsure)
    rows = asked[late.late | due]
    severity = graded(now.late, Severity.HIGH, Severity.MEDIUM).where(waiting, Severity.LOW.value)
    return Hits(
        rows=rows,
        evidence=Evidence("asked {sent:time}, answered {done:time?}", {"sent": "sent_at", "done": answered.at}),
        severity=severity,
        confidence=confidence(Confidence.LIKELY, rows, possible=late.unsure),
        occurred=rows["sent_at"],
        deadline=plus(sent, limit).where(waiting),
    )
