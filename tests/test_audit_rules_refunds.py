"""REF: both sides of every boundary, as-of 2026-11-23 06:00 in Paris."""

import pytest

from audit.testing import claim, findings, judge, message, order, refund, shipment
from schemas.text import evidence

SOLD = order(ordered_at="2026-10-20 10:00", confirmed_at="2026-11-10 12:00", shipping_fee="3.90", rating="", status="shipped")
REF = [f"REF{number:03}" for number in range(1, 7)]
DELIVERED = "2026-11-06 12:00:00"
WARRANTY = "Nous vous contactons en application de la garantie légale."


def refunded(*refunds, item=None, delivered="", **tables):
    """The item of SOLD with some refunds, and its parcel where a delivery is given."""
    parcels = {"shipments": [shipment(shipped_at="2024-01-01", delivered_at=delivered)]} if delivered else {}
    return {"orders": [SOLD | (item or {})], "refunds": list(refunds), **parcels, **tables}


def rated(*refunds, delivered=DELIVERED, **tables):
    """The same, rated: the warranty state begins 14 days after delivery."""
    return refunded(*refunds, item={"rating": "5"}, delivered=delivered, **tables)


def told(row):
    """A finding's evidence in words."""
    return evidence(row["evidence"], row["facts"], past=bool(row["past"]))


def not_judged(code, given):
    """How many subjects a rule could not judge."""
    return judge(**given).verdicts[code].not_judged


@pytest.mark.parametrize(
    ("amounts", "item", "words", "exposure"),
    [
        (["25.00"], {}, None, None),
        (["25.01"], {}, "rebates 25.01 EUR on 50.00 EUR; at most 25.00 EUR", 1),
        (["20.00", "5.00"], {}, None, None),
        (["-20.00", "5.01"], {}, "rebates 25.01 EUR on 50.00 EUR; at most 25.00 EUR", 1),
        (["50.00"], {"quantity": "2"}, None, None),
        (["50.01"], {"quantity": "2"}, "rebates 50.01 EUR on 100.00 EUR; at most 50.00 EUR", 1),
        (["16.66"], {"unit_price": "33.33"}, None, None),
        (["16.67"], {"unit_price": "33.33"}, "rebates 16.67 EUR on 33.33 EUR; at most 16.66 EUR", 1),
        (["40.00"], {"currency": "GBP"}, None, None),
    ],
)
def test_ref001_is_strict_at_half_the_price_of_the_goods(amounts, item, words, exposure):
    """Shipping is no part of it, signs are ignored, and half a cent above half is a cent at stake."""
    given = refunded(*(refund(refund_id=f"R{place}", amount=amount) for place, amount in enumerate(amounts)), item=item)
    rows = findings("REF001", **given)

    assert ([(words, exposure, "high", "official")] if words else []) == [
        (told(row), row["exposure_sale"], row["severity"], row["standing"]) for row in rows
    ]
    assert int(item.get("currency") == "GBP") == not_judged("REF001", given)


def test_ref001_counts_rebates_alone_and_ref005_all():
    """A rebate and a refund by customer service on one item: each rule adds up its own."""
    given = refunded(refund(amount="25.00"), refund(refund_id="R2", amount="28.91", channel="customer_service"))

    assert [] == findings("REF001", **given)
    assert ["refunded 53.91 EUR of 53.90 EUR"] == [told(row) for row in findings("REF005", **given)]


@pytest.mark.parametrize(
    ("amount", "item", "exposure", "left"),
    [
        ("53.90", {}, None, 0),
        ("53.91", {}, 1, 0),
        ("-60.00", {}, 610, 0),
        ("60.00", {"shipping_fee": ""}, None, 1),
        ("50.00", {"shipping_fee": ""}, None, 0),
        ("60.00", {"currency": "GBP"}, None, 1),
    ],
)
def test_ref005_is_strict_at_what_was_paid(amount, item, exposure, left):
    """53.90 EUR were paid; where shipping is not known, or the price is in pounds, more is not judged."""
    given = refunded(refund(amount=amount, channel="customer_service"), item=item)
    rows = findings("REF005", **given)

    assert ([(exposure, "high", "house")] if exposure else []) == [(row["exposure_sale"], row["severity"], row["standing"]) for row in rows]
    assert left == not_judged("REF005", given)


def test_the_sale_of_a_rated_item_is_past():
    """What was rebated too much on a rated item can't be lost any more, and the evidence says so."""
    (row,) = findings("REF001", **refunded(refund(amount="25.01"), item={"rating": "5"}))

    assert (0, "rebates 25.01 EUR on 50.00 EUR; at most 25.00 EUR; past, the sale can no longer be lost") == (
        row["exposure_sale"],
        told(row),
    )


@pytest.mark.parametrize(
    ("at", "delivered", "rebate", "direct"),
    [
        ("2026-11-20 12:00:00", DELIVERED, [], ["certain"]),
        ("2026-11-20 12:00:01", DELIVERED, ["certain"], []),
        ("2026-11-20", DELIVERED, [], []),
        ("2026-11-21", DELIVERED, ["certain"], []),
        ("2026-11-21 00:00:00", "2026-11-06", [], []),
        ("2026-11-21 00:00:01", "2026-11-06", ["certain"], []),
        ("2026-11-19", DELIVERED, [], ["certain"]),
        ("2026-11-22 12:00:00", "2024-11-22 12:00:00", ["certain"], []),
        ("2026-11-22 12:00:01", "2024-11-22 12:00:00", [], ["certain"]),
        ("2026-11-08 02:00", "2026-10-25 02:30", ["possible"], ["possible"]),
    ],
)
def test_the_warranty_state_lasts_from_14_days_to_two_years(at, delivered, rebate, direct):
    """In it a rebate is wrong, outside it a transfer; a whole day convicts of neither, a doubled hour possibly of both."""
    by_rebate, by_transfer = refund(refunded_at=at), refund(refunded_at=at, channel="bank_transfer")

    assert rebate == [row["confidence"] for row in findings("REF002", **rated(by_rebate, delivered=delivered))]
    assert direct == [row["confidence"] for row in findings("REF003", **rated(by_transfer, delivered=delivered))]


OTHER = {"claim_type": "damaged", "opened_at": "2026-11-20 10:00"}
CLAIMED = {"claim_type": "warranty", "opened_at": "2026-11-20 10:00"}


@pytest.mark.parametrize(
    ("delivered", "claims", "state"),
    [
        (DELIVERED, [OTHER | {"claim_status": "open"}], False),
        (DELIVERED, [OTHER | {"claim_status": "in_mediation"}], False),
        (DELIVERED, [OTHER | {"claim_status": "open", "opened_at": "2026-11-22 12:00:01"}], True),
        (DELIVERED, [OTHER | {"claim_status": "won", "closed_at": "2026-11-22 12:00:00"}], True),
        (DELIVERED, [OTHER | {"claim_status": "won", "closed_at": "2026-11-22 12:00:01"}], False),
        (DELIVERED, [OTHER | {"claim_status": "withdrawn", "closed_at": "2026-11-22 12:00:01"}], False),
        (DELIVERED, [OTHER | {"claim_status": "won"}], None),
        ("2026-11-20 12:00", [CLAIMED | {"claim_status": "open"}], True),
        ("2026-11-20 12:00", [CLAIMED | {"claim_status": "closed", "closed_at": "2026-11-21 10:00"}], True),
        ("2026-11-20 12:00", [CLAIMED | {"claim_status": "withdrawn"}], False),
        ("2026-11-20 12:00", [CLAIMED | {"claim_status": "open", "opened_at": "2026-11-22 12:00:01"}], False),
        ("2026-11-20 12:00", [CLAIMED, OTHER], False),
    ],
)
def test_claims_decide_the_warranty_state_at_its_moment(delivered, claims, state):
    """Another open claim ends it, a claim under warranty begins it; one that ended nobody knows when convicts nobody."""
    rows = [claim(**({"claim_id": f"C{place}", "closed_at": ""} | cells)) for place, cells in enumerate(claims)]
    rebate = findings("REF002", **rated(refund(), delivered=delivered, claims=rows))
    direct = findings("REF003", **rated(refund(channel="paypal"), delivered=delivered, claims=rows))

    assert (state is True, state is False) == (bool(rebate), bool(direct))


@pytest.mark.parametrize(
    ("sender", "recipient", "sent", "body", "state"),
    [
        ("platform", "seller", "2026-11-22 12:00:00", WARRANTY, True),
        ("platform", "seller", "2026-11-22 12:00:00", "La panne survient DANS LES 2 ANS SUIVANT l'achat", True),
        ("platform", "seller", "2026-11-22 12:00:01", WARRANTY, False),
        ("platform", "seller", "2026-11-22 12:00:00", "La garantie du fabricant", False),
        ("platform", "seller", "2026-11-22 12:00:00", f"Bonjour\n> {WARRANTY}", False),
        ("buyer", "seller", "2026-11-22 12:00:00", WARRANTY, False),
    ],
)
def test_the_platforms_words_begin_the_warranty_state(sender, recipient, sent, body, state):
    """In the platform's own words, not quoted ones, before the refund."""
    messages = [message(sender, recipient, sent, body)]

    assert state == bool(findings("REF002", **refunded(refund(), delivered="2026-11-20 12:00", messages=messages)))
    assert state != bool(findings("REF003", **refunded(refund(channel="paypal"), delivered="2026-11-20 12:00", messages=messages)))


@pytest.mark.parametrize(
    ("channel", "direct"),
    [("bank_transfer", True), ("paypal", True), ("platform_rebate", False), ("customer_service", False), ("other", False)],
)
def test_ref003_finds_transfers_and_paypal(channel, direct):
    """Delivered five days before, no warranty: what the platform does not see it may refund once more."""
    rows = findings("REF003", **refunded(refund(channel=channel), delivered="2026-11-17 12:00"))

    assert direct == bool(rows)
    assert all(
        ("high", "guide", 4390, f"10.00 EUR by {channel.replace('_', ' ')} on 22 Nov 2026")
        == (row["severity"], row["standing"], row["exposure_sale"], told(row))
        for row in rows
    )


def test_ref002_and_ref003_count_what_the_files_do_not_tell():
    """Where nobody knows when it arrived, neither convicts."""
    rebate, direct = refunded(refund()), refunded(refund(channel="paypal"))

    assert ([], 1) == (findings("REF002", **rebate), not_judged("REF002", rebate))
    assert ([], 1) == (findings("REF003", **direct), not_judged("REF003", direct))


def test_ref002_tells_the_rebate():
    """Medium, as the guide has it, without money."""
    (row,) = findings("REF002", **rated(refund()))

    assert ("medium", "guide", "refund:R1", None, "rebate 10.00 EUR on 22 Nov 2026, under warranty") == (
        row["severity"],
        row["standing"],
        row["subject"],
        row["exposure_sale"],
        told(row),
    )


def to_service(at, **cells):
    """A message of the seller to customer service."""
    return message("seller", "platform", at, "Remboursement fait.", **cells)


EDGES = [to_service("2026-11-01 10:00", item_id="1002"), to_service("2026-11-23 05:00", item_id="1002")]
"""Messages about another item, between which the days of the messages lie."""


@pytest.mark.parametrize(
    ("extra", "found", "left"),
    [
        ([], True, 0),
        ([to_service("2026-11-22 12:00:00")], False, 0),
        ([to_service("2026-11-22 11:59:59")], True, 0),
        ([to_service("2026-11-22")], False, 0),
        ([to_service("2026-11-22 13:00", item_id="")], False, 0),
        ([message("seller", "buyer", "2026-11-22 13:00", "Bonjour")], True, 0),
        ([to_service("yesterday")], False, 1),
    ],
)
def test_ref004_wants_a_message_to_customer_service_afterwards(extra, found, left):
    """In the same second or later, about the item or its whole purchase; one that can't be read may be it."""
    given = rated(refund(channel="paypal"), messages=[*EDGES, *extra])
    rows = findings("REF004", **given)

    assert (found, left) == (bool(rows), not_judged("REF004", given))
    assert all(
        ("medium", "guide", "warranty-refund-done", "10.00 EUR by paypal on 22 Nov 2026, not reported")
        == (row["severity"], row["standing"], row["letter"], told(row))
        for row in rows
    )


def test_ref004_judges_only_the_days_of_the_messages():
    """A refund at the very last message is judged, one a second after it is not; nor a rebate, nor one outside the warranty."""
    until = [EDGES[0], to_service("2026-11-22 11:59:59", item_id="1002")]
    late, at_the_end = (
        rated(refund(channel="paypal", refunded_at=at), messages=until) for at in ("2026-11-22 12:00:00", "2026-11-22 11:59:59")
    )

    assert (0, 1) == (len(findings("REF004", **late)), not_judged("REF004", late))
    assert (1, 0) == (len(findings("REF004", **at_the_end)), not_judged("REF004", at_the_end))
    assert [] == findings("REF004", **rated(refund(), messages=EDGES))
    assert [] == findings("REF004", **refunded(refund(channel="paypal"), delivered=DELIVERED, messages=EDGES))


REFUND_EDGES = [
    refund(refund_id="E1", item_id="1002", refunded_at="2026-11-01 10:00"),
    refund(refund_id="E2", item_id="1002", refunded_at="2026-11-23 05:00"),
]


def invoked(sent, *others, refunds=(), edges=REFUND_EDGES, **cells):
    """The platform invokes the warranty, and what followed."""
    asked = message("platform", "seller", sent, WARRANTY, message_id="M1", **cells)
    return refunded(*edges, *refunds, messages=[asked, *others])


@pytest.mark.parametrize(
    ("sent", "others", "refunds", "done"),
    [
        ("2026-11-21 06:00:00", [], [], None),
        ("2026-11-21 05:59:59", [], [], "–"),
        ("2026-11-19 10:00", [message("seller", "buyer", "2026-11-21 10:00:00", "Bonjour")], [], None),
        ("2026-11-19 10:00", [message("seller", "buyer", "2026-11-21 10:00:01", "Bonjour")], [], "21 Nov 2026 10:00"),
        ("2026-11-19 10:00", [message("seller", "buyer", "2026-11-20 10:00", "Bonjour", item_id="")], [], None),
        ("2026-11-19 10:00", [message("seller", "buyer", "2026-11-19 09:59:59", "Bonjour")], [], "–"),
        ("2026-11-19 10:00", [to_service("2026-11-20 10:00")], [], "–"),
        ("2026-11-19 10:00", [], [refund(refunded_at="2026-11-21 10:00:00", channel="paypal")], None),
        ("2026-11-19 10:00", [], [refund(refunded_at="2026-11-21 10:00:01", channel="paypal")], "21 Nov 2026 10:00"),
        ("2026-11-19 10:00", [], [refund(refunded_at="2026-11-18 10:00")], "–"),
        ("2026-11-21", [], [], None),
        ("2026-11-20", [], [], "–"),
    ],
)
def test_ref006_wants_a_refund_or_a_message_to_the_buyer_within_48_hours(sent, others, refunds, done):
    """Exactly 48 h is in time; what came before the request is no answer to it."""
    rows = findings("REF006", **invoked(sent, *others, refunds=refunds))

    assert bool(done) == bool(rows)
    assert all(
        ("medium", "guide", "message:M1", "warranty-answer") == (row["severity"], row["standing"], row["subject"], row["letter"])
        for row in rows
    )
    assert all(told(row).endswith(f"; first answer: {done}") for row in rows)


def test_ref006_has_a_deadline_while_nothing_is_done():
    """48 h after the message, and none once somebody has acted."""
    (waiting,) = findings("REF006", **invoked("2026-11-19 10:00"))
    (late,) = findings("REF006", **invoked("2026-11-19 10:00", message("seller", "buyer", "2026-11-22 10:00", "Bonjour")))

    assert "warranty invoked 19 Nov 2026 10:00; first answer: –" == told(waiting)
    assert ("2026-11-21 09:00", None) == (f"{waiting['deadline_at']:%Y-%m-%d %H:%M}", late["deadline_at"])


@pytest.mark.parametrize(
    "given",
    [
        invoked("2026-11-19 10:00", edges=[REFUND_EDGES[0] | {"refunded_at": "2026-11-19 10:00:01"}]),
        invoked("2026-11-19 10:00", edges=[REFUND_EDGES[0], REFUND_EDGES[1] | {"refunded_at": "2026-11-19 09:59:59"}]),
        invoked("2026-11-19 10:00", refunds=[refund(refunded_at="yesterday")]),
        invoked("2026-11-19 10:00", refunds=[refund(refunded_at="yesterday")], item_id=""),
        invoked("2026-11-19 10:00", purchase_id="", item_id=""),
    ],
)
def test_ref006_does_not_judge_what_the_files_can_not_show(given):
    """Outside the days of the refunds, beside a refund that can't be read, or about no known sale."""
    assert ([], 1) == (findings("REF006", **given), not_judged("REF006", given))


@pytest.mark.parametrize(
    ("gone", "skipped", "reason"),
    [
        ("orders", REF, "no file holds orders"),
        ("refunds", REF, "no file holds refunds"),
        ("messages", ["REF004", "REF006"], "no file holds messages"),
        ("orders.rating", ["REF003"], "no file of orders has the column rating"),
        ("orders.shipping_fee", ["REF005"], "no file of orders has the column shipping_fee"),
    ],
)
def test_a_missing_table_or_column_skips_the_rule(gone, skipped, reason):
    """Never passed in silence: what is missing is named, and only the rules that need it are skipped."""
    table, _, column = gone.partition(".")
    given = {
        name: [{cell: value for cell, value in row.items() if name != table or cell != column} for row in rows]
        for name, rows in invoked("2026-11-19 10:00").items()
        if column or name != table
    }
    verdicts = judge(**given).verdicts

    assert dict.fromkeys(skipped, reason) == {code: str(verdicts[code].reason) for code in REF if verdicts[code].status == "skipped"}
