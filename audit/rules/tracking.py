"""TRK: every parcel that owes a number has a real one, and it moves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from audit.books.clock import beyond, days, hours, moments
from audit.books.columns import standing_twice
from audit.books.numbers import LONGEST, SHORTEST, own_label
from audit.books.verdicts import confidence
from audit.limits import CLAIM_DAYS_UNDELIVERED, NUMBERLESS_MODES, OTHER_CARRIERS, OWN_LABEL_MODES, PLACEHOLDERS, STALE_AFTER, Limit
from audit.policy import GUIDE, HOUSE, SELLER_TERMS, WEB_SERVICE
from audit.rule import Evidence, Hits, rule
from schemas.findings import Confidence, Exposure, Severity, Subject
from schemas.table import fold

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.books import Books
    from audit.books.clock import Lateness

SCANNED_WITHIN = Limit("scanned_within", 3, "days", HOUSE.clause("a parcel that was never handed over"), "days to the first scan")
UPLOAD_WITHIN = Limit("upload_within", 24, "h", HOUSE.clause("in time, as the guide asks"), "hours from dispatch to the number's upload")
REUSED_WITHIN = Limit(
    "reused_within", 24, "h", HOUSE.clause("parcels sent together"), "hours within which one parcel may hold several purchases"
)
MOST_NAMED, MORE = 10, "…"
"""Purchases of one number that each of its findings names, and what stands for the others."""

PROMISE_DAYS = Limit(
    "promise_days", {"CN": 10}, "days", GUIDE.clause("delivery within 10 days from China"), "days of delivery promised, by origin"
)


def _live(books: Books) -> pd.Series[bool]:
    return books.of_item("live")


def _sent(books: Books) -> pd.Series[bool]:
    return _live(books) & books.sendings["left"]


def _under_way(books: Books) -> pd.Series[bool]:
    """Sendings on their way whose claim window is open; raises NotJudgeable where nothing tells what was delivered."""
    books.require_deliveries()
    return _sent(books) & books.of_items(~books.claim_window_over | books.non_receipt_claimed)


def _undelivered(books: Books) -> pd.Series[bool]:
    return books.sendings["delivered_at"].isna() & ~books.of_item("delivered")


def _unsure(books: Books, lateness: Lateness, mask: pd.Series[bool]) -> pd.Series[bool]:
    """Items for which no masked sending is late beyond doubt."""
    return ~books.any_of(mask & ~lateness.unsure)


@rule(
    code="TRK001",
    name="tracking-missing",
    title="Tracking number missing",
    severity=Severity.HIGH,
    source=SELLER_TERMS.clause("article 3.2.2"),
    also=(GUIDE.clause("every tracked parcel carries its number"),),
    exposure=(Exposure.SALE,),
    needs=("orders", "shipments", "shipments.tracking_number"),
    limits=(NUMBERLESS_MODES, OWN_LABEL_MODES, PLACEHOLDERS),
    todo="Upload the tracking number",
    advice="Upload the carrier's number today; without one the buyer may claim for 30 days, and the claim is hard to defend.",
)
def tracking_missing(books: Books) -> Hits:
    """A parcel left by a mode that owes a number, and has none or only a placeholder.

    Why: without a number nobody can show that the parcel left or arrived.
    Breach: sent as tracked, number blank, "Oui" or "000000".
    Fine: sent as normal, or by Colissimo with "oui", which stands for the platform's own label.
    """
    sendings = books.sendings
    owing = _sent(books) & sendings["mode_used"].notna() & ~sendings["mode_used"].isin(books.limits[NUMBERLESS_MODES])
    without = owing & ~books.with_number(valid=False) & ~own_label(sendings, books.limits)
    seen = books.of_items(~books.refused_in("shipments")) & (sendings["has_row"] | books.of_items(books.observed_shipments))
    rows = books.items_of(without & seen)
    sure = rows["mode_own"].astype(bool) & rows["has_row"].astype(bool)
    return Hits(
        rows=rows,
        evidence=Evidence('sent as {mode:word}, number "{number}"', {"mode": "mode_used", "number": rows["tracking_number"].fillna("-")}),
        confidence=confidence(Confidence.CERTAIN, rows, likely=~sure),
        occurred=rows["shipped_at"],
        not_judged=books.count_items(without & ~seen) + books.unknown_mode(_sent(books)),
    )


@rule(
    code="TRK002",
    name="tracking-malformed",
    title="Tracking number malformed",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    source=HOUSE.clause("numbers as carriers write them; check digit of UPU S10"),
    exposure=(Exposure.SALE,),
    needs=("orders", "shipments", "shipments.tracking_number"),
    limits=(SHORTEST, LONGEST),
    todo="Correct the tracking number",
    advice="Compare the number with the label and upload the right one.",
)
def tracking_malformed(books: Books) -> Hits:
    """A tracking number can't be right as it is written.

    Why: a mistyped number follows nothing, and counts as none when the buyer claims.
    Breach: RR473124828GB, whose check digit is wrong; 12345; a number without a digit.
    Fine: RR473124829GB; 123456.
    """
    numbers = books.numbers
    rows = books.items_of_numbers(numbers[numbers["malformed"] & books.live_numbers])
    return Hits(rows=rows, evidence=Evidence("number {number}", {"number": "text"}), occurred=rows["shipped_at"])


@rule(
    code="TRK003",
    name="tracking-reused",
    title="Tracking number reused",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    source=HOUSE.clause("one parcel, one number"),
    exposure=(Exposure.SALE,),
    needs=("orders", "shipments", "shipments.tracking_number"),
    limits=(REUSED_WITHIN,),
    todo="Find the right number",
    advice="Find out which order the number belongs to and upload the right one for the others.",
    within="tracking_number",
)
def tracking_reused(books: Books) -> Hits:
    """The same tracking number stands on items of several purchases.

    Why: a number that belongs to another buyer's parcel defends nothing.
    Breach: one number on two purchases, dispatched 24 h and one second apart (likely) or together (possible).
    Fine: one number on two items of the same purchase.
    """
    judged = books.numbers["number"][~books.numbers["placeholder"] & books.live_numbers]
    held = books.numbers.loc[judged.index[standing_twice(judged)]]
    held = held.assign(
        purchase=books.items.loc[held["item"], "purchase_id"].to_numpy(),
        shipped_at=books.sendings.loc[held["sending"], "shipped_at"].array,
    )
    by_number = held.groupby("number")
    reused = held[by_number["purchase"].transform("nunique") > 1]
    times = reused.groupby("number")["shipped_at"]
    together = (times.transform("max") - times.transform("min") <= books.limits.span(REUSED_WITHIN)) & (
        times.transform("count") == times.transform("size")
    )
    rows = books.items_of_numbers(reused)
    apart = reused.loc[~together, "item"]
    others = reused.groupby("number")["purchase"].agg(_named)
    listed = rows["number"].map(others)
    return Hits(
        rows=rows,
        evidence=Evidence("number {number} stands on purchases {purchases:words}", {"number": "text", "purchases": listed}),
        confidence=confidence(Confidence.LIKELY, rows, possible=~rows.index.to_series().isin(apart)),
        occurred=rows["shipped_at"],
    )


def _named(purchases: pd.Series[str]) -> list[str]:
    """The first purchases of a number, each once: a word that stands in thousands of cells would name thousands in each of them."""
    every = sorted(set(purchases))
    return [*every[:MOST_NAMED], MORE] if len(every) > MOST_NAMED else every


@rule(
    code="TRK004",
    name="tracking-stale",
    title="Tracking stale for over 7 days",
    severity=Severity.MEDIUM,
    source=GUIDE.clause("follow every parcel"),
    also=(HOUSE.clause("7 days"),),
    exposure=(Exposure.SALE,),
    needs=("orders", "shipments", "shipments.tracking_number", "shipments.last_scan_at"),
    limits=(STALE_AFTER, CLAIM_DAYS_UNDELIVERED),
    todo="Press the carrier, tell the buyer",
    advice="Ask the carrier first to look for the parcel, then tell the buyer, before they claim.",
    letters=("incident-notice",),
)
def tracking_stale(books: Books) -> Hits:
    """A parcel on its way has not been scanned for days.

    Why: a recent scan is what a non-receipt claim is defended with.
    Breach: last scan 7 days and one second before as-of, not delivered.
    Fine: last scan exactly 7 days before; or delivered.
    """
    last = moments(books.sendings, "last_scan_at")
    lateness = beyond(last, books.as_of, books.limits.span(STALE_AFTER))
    mask = _under_way(books) & _undelivered(books) & books.with_number(valid=False) & lateness.late
    rows = books.items_of(mask)
    gone = days(books.as_of - rows["last_scan_at"])
    return Hits(
        rows=rows,
        evidence=Evidence("last scan {scan:time}, {gone:days} ago, not delivered", {"scan": "last_scan_at", "gone": gone}),
        confidence=confidence(Confidence.CERTAIN, rows, possible=_unsure(books, lateness, mask)),
        occurred=rows["last_scan_at"],
    )


@rule(
    code="TRK005",
    name="tracking-never-scanned",
    title="Parcel never scanned",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    source=GUIDE.clause("follow every parcel"),
    also=(HOUSE.clause("3 days"),),
    exposure=(Exposure.SALE,),
    needs=("orders", "shipments", "shipments.tracking_number", "shipments.shipped_at", "shipments.last_scan_at"),
    limits=(SCANNED_WITHIN, CLAIM_DAYS_UNDELIVERED),
    todo="Check that the parcel left",
    advice="Check that the carrier took the parcel and that the number is the one on its label; ask the carrier first, then tell the buyer.",
    letters=("incident-notice",),
)
def tracking_never_scanned(books: Books) -> Hits:
    """A parcel was dispatched days ago and its valid number has never been scanned.

    Why: either the parcel has not left, or the number is another's.
    Breach: dispatched 3 days and one second before as-of, no scan, not delivered.
    Fine: dispatched exactly 3 days before; or scanned; or delivered.
    """
    shipped = moments(books.sendings, "shipped_at")
    lateness = beyond(shipped, books.as_of, books.limits.span(SCANNED_WITHIN))
    unscanned = books.sendings["last_scan_at"].isna() & books.of_items(~books.refused_in("shipments"))
    mask = _under_way(books) & _undelivered(books) & books.with_number(valid=True) & unscanned & lateness.late
    rows = books.items_of(mask)
    told = Evidence("dispatched {shipped:time}, number {number} never scanned", {"shipped": "shipped_at", "number": "tracking_number"})
    sure = confidence(Confidence.LIKELY, rows, possible=_unsure(books, lateness, mask))
    return Hits(rows=rows, evidence=told, confidence=sure, occurred=rows["shipped_at"])


@rule(
    code="TRK006",
    name="tracking-late",
    title="Tracking uploaded late",
    severity=Severity.LOW,
    source=GUIDE.clause("upload the number in time"),
    also=(HOUSE.clause("24 h"),),
    needs=("orders", "shipments", "shipments.shipped_at", "shipments.tracking_uploaded_at"),
    limits=(UPLOAD_WITHIN,),
    todo="Upload numbers the same day",
    advice="Upload each number on the day of dispatch; the platform asks for it without delay.",
    habit=True,
)
def tracking_late(books: Books) -> Hits:
    """A number was given to the platform long after the parcel left.

    Why: until then the buyer sees nothing, and claims.
    Breach: uploaded 24 h and one second after dispatch.
    Fine: uploaded exactly 24 h after dispatch.
    """
    shipped, uploaded = moments(books.sendings, "shipped_at"), moments(books.sendings, "tracking_uploaded_at")
    lateness = beyond(shipped, uploaded, books.limits.span(UPLOAD_WITHIN))
    mask = _live(books) & lateness.late
    rows = books.items_of(mask)
    gone = hours(rows["tracking_uploaded_at"] - rows["shipped_at"])
    return Hits(
        rows=rows,
        evidence=Evidence("number uploaded {gone:hours} after dispatch", {"gone": gone}),
        confidence=confidence(Confidence.CERTAIN, rows, possible=_unsure(books, lateness, mask)),
        occurred=rows["tracking_uploaded_at"],
    )


@rule(
    code="TRK007",
    name="delivery-overdue",
    title="Delivery overdue",
    severity=Severity.LOW,
    source=GUIDE.clause("delivery within 10 days from China"),
    exposure=(Exposure.SALE,),
    needs=("orders", "shipments", "shipments.shipped_at"),
    after=("TRK004", "TRK005"),
    limits=(PROMISE_DAYS, CLAIM_DAYS_UNDELIVERED),
    todo="Tell the buyer of the delay",
    advice="Tell the buyer where the parcel is and when it should arrive, before they claim.",
    letters=("transit-notice",),
)
def delivery_overdue(books: Books) -> Hits:
    """A parcel takes longer than the shop promises from its country.

    Why: listings from China promise delivery within 10 days.
    Breach: from China, dispatched 10 days and one second before as-of and not delivered; or delivered that late.
    Fine: exactly 10 days; from elsewhere; or already found by TRK004 or TRK005.
    """
    sendings, promises = books.sendings, books.limits[PROMISE_DAYS]
    shipped, arrived = moments(sendings, "shipped_at"), moments(sendings, "delivered_at")
    late, unsure = sendings["left"] & False, sendings["left"] & False
    for origin, promise in promises.items():
        span = timedelta(days=promise)
        waiting, done = beyond(shipped, books.as_of, span), beyond(shipped, arrived, span)
        here = sendings["origin"] == origin
        late |= here & ((_undelivered(books) & waiting.late) | done.late)
        unsure |= here & ((_undelivered(books) & waiting.unsure) | done.unsure)
    mask = _under_way(books) & late
    rows = books.without(books.items_of(mask), "TRK004", "TRK005")
    told = Evidence(
        "dispatched {shipped:time} from {origin:country}, {promise:days} promised",
        {"shipped": "shipped_at", "origin": "origin", "promise": rows["origin"].map(promises)},
    )
    possible = ~books.any_of(mask & ~unsure)
    return Hits(
        rows=rows,
        evidence=told,
        confidence=confidence(Confidence.CERTAIN, rows, possible=possible),
        occurred=rows["shipped_at"],
        sale=rows["at_stake"].mask(rows["delivered"], 0),
        letter=rows["delivered"].map({True: None, False: "transit-notice"}),
    )


@rule(
    code="TRK008",
    name="carrier-missing",
    title="Carrier missing",
    severity=Severity.LOW,
    source=SELLER_TERMS.clause("article 3.2.2"),
    needs=("orders", "shipments", "shipments.tracking_number", "shipments.carrier"),
    todo="Add the carrier",
    advice="Add the carrier's name to the number, or the buyer can't follow the parcel.",
)
def carrier_missing(books: Books) -> Hits:
    """A parcel has a number, and nobody says whose.

    Why: a number without its carrier can't be followed.
    Breach: number RR473124829GB, carrier blank.
    Fine: no number; or a carrier.
    """
    rows = books.items_of(_live(books) & books.with_number(valid=False) & books.sendings["carrier"].isna())
    told = Evidence("number {number}, no carrier", {"number": "tracking_number"})
    return Hits(rows=rows, evidence=told, occurred=rows["shipped_at"])


@rule(
    code="TRK009",
    name="carrier-link-missing",
    title="Tracking link missing",
    severity=Severity.LOW,
    source=WEB_SERVICE.clause("carrier Autre"),
    needs=("orders", "shipments", "shipments.carrier", "shipments.tracking_url"),
    limits=(OTHER_CARRIERS,),
    todo="Add the tracking link",
    advice="Add the address where this carrier's parcels can be followed; the platform wants it for carriers outside its list.",
)
def carrier_link_missing(books: Books) -> Hits:
    """The carrier is outside the platform's list, and no address says where to follow the parcel.

    Why: the platform can only follow the carriers that it knows.
    Breach: carrier Autre, no link.
    Fine: carrier Autre with a link; or a carrier by name.
    """
    carrier, words = books.sendings["carrier"], {fold(word) for word in books.limits[OTHER_CARRIERS]}
    other = carrier.isin([name for name in carrier.dropna().unique() if fold(name) in words])
    rows = books.items_of(_live(books) & other & books.sendings["tracking_url"].isna())
    told = Evidence("carrier {carrier}, no tracking link", {"carrier": "carrier"})
    return Hits(rows=rows, evidence=told, occurred=rows["shipped_at"])


@rule(
    code="TRK010",
    name="shipment-without-order",
    title="Shipment without order",
    severity=Severity.LOW,
    source=HOUSE.clause("every parcel has its order"),
    subject=Subject.SHIPMENT,
    needs=("orders", "shipments"),
    todo="Find the order",
    advice="Check the number of the purchase on this shipment; a parcel booked on the wrong order leaves its own without tracking.",
)
def shipment_without_order(books: Books) -> Hits:
    """A shipment names a purchase or an item that is not in the orders.

    Why: a mistyped number leaves the real order without tracking.
    Breach: a shipment within the days of the orders, whose purchase is not among them.
    Fine: a shipment outside those days; or one whose order was refused as unreadable.
    """
    orphans = books.orphan_shipments
    rows = orphans[orphans["judged"]]
    named = rows["tracking_number"].fillna("-")
    told = Evidence("no such order; parcel {number}", {"number": named})
    return Hits(rows=rows, evidence=told, occurred=rows["shipped_at"], not_judged=int((~orphans["judged"]).sum()))


@rule(
    code="TRK011",
    name="dates-impossible",
    title="Impossible dates",
    severity=Severity.LOW,
    source=HOUSE.clause("things happen in order"),
    todo="Correct the dates",
    advice="Find the wrong date in the export or the back office; the other rules judge by it.",
)
def dates_impossible(books: Books) -> Hits:
    """The dates of an item contradict one another, or lie after as-of.

    Why: a wrong date makes the other rules judge wrongly.
    Breach: shipped one second before ordered; delivered after as-of.
    Fine: shipped at the very second of ordering; a whole day compared with a time of the same day.
    """
    wrongs = books.impossible_dates
    rows = books.items.loc[wrongs.index].assign(wrongs=wrongs["wrongs"])
    told = Evidence("{wrongs:phrases}", {"wrongs": "wrongs"})
    return Hits(rows=rows, evidence=told, confidence=confidence(Confidence.CERTAIN, rows, possible=~wrongs["sure"]))
