"""REG: dear parcels need a signature, and no parcel should leave below the mode that was ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit import tracking
from audit.books.clock import either, plus
from audit.books.verdicts import confidence, graded
from audit.limits import (
    DISPATCH_WITHIN,
    EU_COUNTRIES,
    REGISTERED_ABOVE_EU,
    REGISTERED_ABOVE_OUTSIDE,
    SIGNED_MODES,
    TRACKED_MODES,
    Limit,
)
from audit.policy import GUIDE, HELP_NOT_RECEIVED, HOUSE, POSTAL_UNION
from audit.rule import Evidence, Hits, rule
from schemas.findings import Confidence, Exposure, Severity, Standing, Subject

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.books import Books

PRICE_LIMITS = (REGISTERED_ABOVE_EU, REGISTERED_ABOVE_OUTSIDE, EU_COUNTRIES, SIGNED_MODES)

MODES_BELOW_REGISTERED = Limit(
    "modes_below_registered",
    ("tracked", "colissimo", "shop2shop", "express"),
    "modes",
    HELP_NOT_RECEIVED.clause("the mode ordered or a superior one"),
    "followed modes that are less than registered mail",
)
PROVING_LETTERS = Limit(
    "proving_letters",
    ("R", "V", "E"),
    "letters",
    POSTAL_UNION.clause("service indicators"),
    "first letters of an S10 number that stand for registered, insured and express mail",
)

SENT_AS = Evidence(
    "{price:money} from {origin:country}, sent as {mode:word}; a signed mode is due above {limit:money}",
    {"price": "unit_price", "origin": "origin", "mode": "mode_used", "limit": "limit_cents"},
)


def _live(books: Books) -> pd.Series[bool]:
    """Live sendings that are posted: what is picked up or downloaded never travels."""
    return books.of_item("live") & books.sendings["posted"]


def _sent(books: Books) -> pd.Series[bool]:
    return _live(books) & books.sendings["left"]


def _waiting(books: Books) -> pd.Series[bool]:
    """Live sendings of items that are known not to have left."""
    return _live(books) & books.of_items(books.not_shipped)


def _unsigned(books: Books) -> pd.Series[bool]:
    return books.sendings["mode_used"].notna() & ~books.sendings["signed"]


def _likely(base: Confidence, rows: pd.DataFrame) -> pd.Series[str]:
    """Likely where the mode is only the one ordered."""
    return confidence(base, rows, likely=~rows["mode_own"].astype(bool))


@rule(
    code="REG001",
    name="registered-mail-missing",
    title="Registered mail missing",
    severity=Severity.HIGH,
    source=HELP_NOT_RECEIVED.clause("registered mail above 200 EUR"),
    also=(GUIDE.clause("registered mail above 60 EUR from outside the EU"),),
    exposure=(Exposure.SALE,),
    limits=PRICE_LIMITS,
    todo="Get the proof of delivery",
    advice="Ask the carrier for a signed proof of delivery now and keep it until the buyer can no longer claim.",
)
def registered_mail_missing(books: Books) -> Hits:
    """A dear item left without a signed mode.

    Why: without a signature the seller cannot prove delivery, and a non-receipt claim is lost.
    Breach: 200.01 EUR from France, or 60.01 EUR from China, sent as tracked.
    Fine: exactly 200.00 EUR from France, exactly 60.00 EUR from China; or sent as registered.
    """
    mask = _sent(books) & books.sendings["dear"] & _unsigned(books)
    rows = books.items_of(mask)
    official = rows["unit_price"] > books.limits.cents(REGISTERED_ABOVE_EU)
    return Hits(
        rows=rows,
        evidence=SENT_AS,
        standing=graded(official, Standing.OFFICIAL, Standing.GUIDE),
        confidence=_likely(Confidence.CERTAIN, rows),
        occurred=rows["shipped_at"],
        not_judged=books.unknown_mode(_sent(books) & books.sendings["dear"]),
    )


@rule(
    code="REG002",
    name="registered-mail-due",
    title="Registered mail needed at dispatch",
    severity=Severity.MEDIUM,
    source=GUIDE.clause("registered mail by price and origin"),
    exposure=(Exposure.SALE,),
    limits=(*PRICE_LIMITS, DISPATCH_WITHIN),
    todo="Ship as registered",
    advice="Send this parcel by registered mail or another mode that is signed for on delivery.",
)
def registered_mail_due(books: Books) -> Hits:
    """A dear item that has not left yet is to go by an unsigned mode.

    Why: there is still time to choose a mode that proves delivery.
    Breach: 60.01 EUR from China, ordered as tracked, not shipped.
    Fine: 60.00 EUR; or already shipped (then REG001 judges it).
    """
    rows = books.items_of(_waiting(books) & books.sendings["dear"] & _unsigned(books))
    clock = either(books.dispatch_clock, books.clock_start)
    return Hits(
        rows=rows,
        evidence=Evidence(
            "{price:money} from {origin:country}, to be sent as {mode:word}; a signed mode is due above {limit:money}", SENT_AS.facts
        ),
        confidence=_likely(Confidence.CERTAIN, rows),
        deadline=plus(clock, books.limits.span(DISPATCH_WITHIN)),
        not_judged=books.unknown_mode(_waiting(books) & books.sendings["dear"]),
    )


@rule(
    code="REG003",
    name="origin-unknown",
    title="Origin unknown, 60 to 200 EUR",
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    source=GUIDE.clause("registered mail by price and origin"),
    limits=PRICE_LIMITS,
    todo="Enter the origin country",
    advice="Set default_origin in order-audit.toml, or add the country of dispatch to the export; the limit depends on it.",
    within="shop",
)
def origin_unknown(books: Books) -> Hits:
    """An item would need a signed mode if it came from outside the EU, and nobody says where it came from.

    Why: the limit is 60 EUR from outside the EU and 200 EUR from inside.
    Breach: 60.01 EUR, origin unknown, sent as tracked.
    Fine: 60.00 EUR; or 200.01 EUR, which REG001 judges from any origin; or a signed mode.
    """
    origins = books.origins
    if origins.items and not origins.anywhere:
        shop = books.items.head(1).assign(count=origins.items)
        told = Evidence("no item has a country of dispatch; {count} items of 60 to 200 EUR went or go unsigned", {"count": "count"})
        first = shop["ordered_at"].mask(shop["ordered_at"].notna(), origins.first)
        return Hits(rows=shop, evidence=told, occurred=first, subject=Subject.SHOP)
    rows = books.items_of(books.undecided_origins)
    told = Evidence("{price:money}, country of dispatch unknown, mode {mode:word}", {"price": "unit_price", "mode": "mode_used"})
    return Hits(rows=rows, evidence=told)


@rule(
    code="REG004",
    name="untracked-mode",
    title="Sent in normal mode, untracked",
    severity=Severity.MEDIUM,
    source=GUIDE.clause("never the normal mode"),
    exposure=(Exposure.SALE,),
    after=("REG001", "REG005"),
    todo="Keep the proof of posting",
    advice="Keep the proof of posting: the buyer has 30 days to claim instead of 14. Offer a tracked mode for the next orders.",
)
def untracked_mode(books: Books) -> Hits:
    """An item left by the normal mode, which nobody can follow.

    Why: the platform allows it, but gives the buyer 30 days from confirmation to claim instead of 14 from delivery.
    Breach: sent as normal.
    Fine: sent as tracked; or already found by REG001 or REG005.
    """
    mask = _sent(books) & (books.sendings["mode_used"] == "normal")
    rows = books.without(books.items_of(mask), "REG001", "REG005")
    return Hits(
        rows=rows,
        evidence=Evidence("{price:money}, sent as normal, without tracking", {"price": "unit_price"}),
        confidence=_likely(Confidence.CERTAIN, rows),
        occurred=rows["shipped_at"],
    )


@rule(
    code="REG005",
    name="mode-downgraded",
    title="Mode below the one ordered",
    severity=Severity.HIGH,
    source=HELP_NOT_RECEIVED.clause("the mode ordered or a superior one"),
    exposure=(Exposure.SALE,),
    needs=("orders", "orders.shipping_mode", "shipments", "shipments.shipping_mode"),
    after=("REG001",),
    limits=(TRACKED_MODES, MODES_BELOW_REGISTERED),
    todo="Tell the buyer, keep proof",
    advice="The buyer paid for a better mode: tell them, keep the proof of delivery, and refund the difference if they ask.",
    letters=("mode-notice",),
)
def mode_downgraded(books: Books) -> Hits:
    """A parcel went by a lesser mode than the buyer ordered.

    Why: the mode ordered, or a superior one, is part of the sale.
    Breach: ordered as tracked, sent as normal; ordered as registered, sent as Colissimo.
    Fine: ordered as tracked, sent as registered; ordered as registered, sent as Chronopost.
    """
    used, ordered = books.sendings["mode_used"], books.sendings["mode_ordered"]
    untracked = (used == "normal") & ordered.isin(books.limits[TRACKED_MODES])
    unsigned = used.isin(books.limits[MODES_BELOW_REGISTERED]) & (ordered == "registered")
    rows = books.without(books.items_of(_sent(books) & books.sendings["mode_own"] & (untracked | unsigned)), "REG001")
    return Hits(
        rows=rows,
        evidence=Evidence("ordered as {ordered:word}, sent as {used:word}", {"ordered": "mode_ordered", "used": "mode_used"}),
        occurred=rows["shipped_at"],
    )


@rule(
    code="REG006",
    name="registered-mail-not-proven",
    title="Registered mail not proven",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    source=POSTAL_UNION.clause("service indicators"),
    exposure=(Exposure.SALE,),
    needs=("orders", "shipments", "shipments.tracking_number"),
    limits=(PROVING_LETTERS,),
    todo="Check the registered number",
    advice="Ask the carrier whether this number is registered mail; if it is not, correct the mode or get a proof of delivery.",
)
def registered_mail_not_proven(books: Books) -> Hits:
    """A parcel declared as registered has a number that stands for another service.

    Why: the first letter of an international number names the service, and only R, V and E are signed for.
    Breach: registered, number LX123456785FR.
    Fine: registered, number RR123456785FR; or a number of another shape.
    """
    registered = books.sendings.index[_live(books) & (books.sendings["mode_used"] == "registered")]
    numbers = books.numbers[books.numbers["sending"].isin(registered)]
    other = tracking.s10_holds(numbers["number"]) & ~numbers["number"].str[0].isin(books.limits[PROVING_LETTERS])
    rows = books.items_of_numbers(numbers[other])
    told = Evidence("sent as registered under {number}, a number of another service", {"number": "number"})
    return Hits(rows=rows, evidence=told, occurred=rows["shipped_at"])


@rule(
    code="REG007",
    name="tracked-mode-due",
    title="Tracked mode needed at dispatch",
    severity=Severity.LOW,
    source=GUIDE.clause("never the normal mode"),
    needs=("orders", "orders.shipping_mode"),
    after=("REG002",),
    limits=(DISPATCH_WITHIN,),
    todo="Ship with tracking",
    advice="Send this parcel by a tracked mode; a superior mode than the one ordered is always allowed.",
)
def tracked_mode_due(books: Books) -> Hits:
    """An item that has not left yet was ordered by the normal mode.

    Why: a superior mode is allowed, and with tracking the buyer has 14 days to claim instead of 30.
    Breach: ordered as normal, not shipped.
    Fine: ordered as tracked; or already found by REG002.
    """
    rows = books.without(books.items_of(_waiting(books) & (books.sendings["mode_ordered"] == "normal")), "REG002")
    clock = either(books.dispatch_clock, books.clock_start)
    return Hits(
        rows=rows,
        evidence=Evidence("{price:money}, ordered as normal, not shipped yet", {"price": "unit_price"}),
        deadline=plus(clock, books.limits.span(DISPATCH_WITHIN)),
    )


@rule(
    code="REG008",
    name="signed-not-registered",
    title="Signed for, not registered by name",
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    source=HOUSE.clause("a signature may not count as registered mail"),
    after=("REG001",),
    limits=PRICE_LIMITS,
    todo="Keep the signed receipt",
    advice="Keep the carrier's signed receipt: the platform does not say that this mode counts as registered mail.",
)
def signed_not_registered(books: Books) -> Hits:
    """A dear item went by a mode that is signed for without being registered mail by name.

    Why: the platform asks for registered mail and does not say whether Chronopost or Mondial Relay count.
    Breach: 200.01 EUR from France, sent by Chronopost.
    Fine: exactly 200.00 EUR; or sent as registered.
    """
    other = books.sendings["signed"] & (books.sendings["mode_used"] != "registered")
    rows = books.without(books.items_of(_live(books) & books.sendings["dear"] & other), "REG001")
    return Hits(rows=rows, evidence=SENT_AS)
