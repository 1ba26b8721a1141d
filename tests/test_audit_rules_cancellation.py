"""CAN: whose cancellation it was, and what it costs."""

import pytest

from audit.config import Config
from audit.testing import findings, judge, message, order, refund, shipment
from schemas.text import evidence


def cancelled(by, reason="", **cells):
    """One cancelled item."""
    return {
        "orders": [
            order(status="cancelled", cancelled_by=by, cancel_reason=reason, cancelled_at="2026-11-21 10:00", commission="6.00", **cells)
        ]
    }


def found(by, reason=""):
    """Which of CAN001 to CAN004 find it."""
    return [code for code in ("CAN001", "CAN002", "CAN003", "CAN004") if findings(code, **cancelled(by, reason))]


@pytest.mark.parametrize(
    ("by", "reason", "expected"),
    [
        ("seller", "rupture de stock", ["CAN001"]),
        ("seller", "", ["CAN001"]),
        ("seller", "Rétractation du client", ["CAN002"]),
        ("seller", "le client s'est RÉTRACTÉ", ["CAN002"]),
        ("seller", "changement d'avis", ["CAN002"]),
        ("seller", "à la demande du client", ["CAN002"]),
        ("seller", "Buyer request", ["CAN002"]),
        ("seller", "changed mind", ["CAN002"]),
        ("seller", "买家要求", ["CAN002"]),
        ("seller", "买家取消", ["CAN002"]),
        ("seller", "不想要", ["CAN002"]),
        ("seller", "买家地址错误", ["CAN001"]),
        ("seller", "pas de rétractation, rupture", ["CAN001"]),
        ("buyer", "annulation de la commande", ["CAN003"]),
        ("buyer", "je veux annuler", ["CAN003"]),
        ("buyer", "annulation, rétractation", []),
        ("buyer", "annulation à la demande du client", []),
        ("buyer", "bague pour annulaire", []),
        ("buyer", "non annulé", []),
        ("buyer", "", []),
        ("", "", ["CAN004"]),
        ("platform", "", []),
    ],
)
def test_the_author_and_the_reason_decide(by, reason, expected):
    """Exactly one rule speaks of a cancellation, or none."""
    assert expected == found(by, reason)


def test_an_annulation_costs_double_commission():
    """The fee is twice the commission of the row."""
    assert [1200] == [row["exposure_fee"] for row in findings("CAN001", **cancelled("seller"))]


def test_commission_comes_from_the_rate_or_stays_blank():
    """Without a commission in the row the shop's rate gives it, half a cent up; without a rate it is unknown."""
    given = cancelled("seller", unit_price="33.33")
    given["orders"][0]["commission"] = ""

    assert [800] == [row["exposure_fee"] for row in findings("CAN001", config=Config(commission_rate=0.12), **given)]
    assert [None] == [row["exposure_fee"] for row in findings("CAN001", **given)]


@pytest.mark.parametrize(
    ("shipped", "at", "expected"),
    [
        ("2026-11-21 10:00:00", "2026-11-21 10:00:00", 0),
        ("2026-11-21 10:00:01", "2026-11-21 10:00:00", 1),
        ("2026-11-21", "2026-11-21 10:00:00", 0),
        ("2026-11-22", "2026-11-21 10:00:00", 1),
        ("2026-11-21 09:00", "2026-11-21", 0),
    ],
)
def test_can005_finds_parcels_that_left_after_the_cancellation(shipped, at, expected):
    """A second later is after; where either has no time the days are compared."""
    given = cancelled("buyer", "rétractation") | {"shipments": [shipment(shipped_at=shipped)]}
    given["orders"][0]["cancelled_at"] = at
    rows = findings("CAN005", **given)

    assert expected == len(rows)
    assert all(row["exposure_sale"] == 5000 for row in rows)


@pytest.mark.parametrize(("at", "expected"), [("2026-11-22 10:00:00", 0), ("2026-11-22 10:00:01", 1)])
def test_can006_is_strict_at_14_days(at, expected):
    """Exactly 14 days after delivery is in time."""
    given = cancelled("buyer", "rétractation") | {"shipments": [shipment(shipped_at="2026-11-02 10:00", delivered_at="2026-11-08 10:00")]}
    given["orders"][0] |= {"ordered_at": "2026-11-01 10:00", "cancelled_at": at}

    assert expected == len(findings("CAN006", **given))


def withdrawn(at, *refunds, shipped="2026-11-01 12:00", **cells):
    """The buyer withdrew from one item that had left; refunds of another item span the days of the refunds."""
    given = cancelled("buyer", "rétractation", ordered_at="2026-10-31 10:00", **cells)
    given["orders"][0] |= {"cancelled_at": at}
    edges = [
        refund(refund_id=f"E{place}", item_id="1002", refunded_at=day) for place, day in enumerate(("2026-11-02 06:00", "2026-11-22 06:00"))
    ]
    return given | {"shipments": [shipment(shipped_at=shipped)], "refunds": [*edges, *refunds]}


@pytest.mark.parametrize(
    ("at", "refunds", "words"),
    [
        ("2026-11-09 06:00:00", [], None),
        ("2026-11-09 05:59:59", [], "withdrawn 9 Nov 2026 05:59; refund: –"),
        ("2026-11-03 10:00", [refund(refunded_at="2026-11-17 10:00:00")], None),
        ("2026-11-03 10:00", [refund(refunded_at="2026-11-17 10:00:01")], "withdrawn 3 Nov 2026 10:00; refund: 17 Nov 2026 10:00"),
        ("2026-11-03 10:00", [refund(refunded_at="2026-11-02 10:00", amount="49.99")], "withdrawn 3 Nov 2026 10:00; refund: –"),
        ("2026-11-03 10:00", [refund(refunded_at="2026-11-02 10:00", amount="50.00")], None),
        ("2026-11-03 10:00", [refund(refunded_at="2026-11-03")], None),
        ("2026-11-08", [], "withdrawn 8 Nov 2026 00:00; refund: –"),
        ("2026-11-09", [], None),
    ],
)
def test_can007_is_strict_at_14_days(at, refunds, words):
    """Exactly 14 days is in time; a part that was paid before the withdrawal is no refund of it, the whole is."""
    rows = findings("CAN007", **withdrawn(at, *refunds))

    assert ([words] if words else []) == [evidence(row["evidence"], row["facts"], past=bool(row["past"])) for row in rows]
    assert all(("medium", "likely", "official") == (row["severity"], row["confidence"], row["standing"]) for row in rows)


def test_can007_costs_what_was_not_refunded():
    """The cancelled sale is owed still: 50.00 EUR with its deadline, or 40.00 after a late refund of 10.00, which has none."""
    (waiting,) = findings("CAN007", **withdrawn("2026-11-03 10:00"))
    (late,) = findings("CAN007", **withdrawn("2026-11-03 10:00", refund(refunded_at="2026-11-18 10:00")))

    assert (5000, "2026-11-17 09:00") == (waiting["exposure_sale"], f"{waiting['deadline_at']:%Y-%m-%d %H:%M}")
    assert (4000, None) == (late["exposure_sale"], late["deadline_at"])


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"shipped": "2026-11-03 09:59:59"}, True),
        ({"shipped": "2026-11-03 10:00:00"}, False),
        ({"shipped": "2026-11-04 10:00"}, False),
        ({"shipped": "2026-11-03"}, False),
        ({"shipped": "2026-11-02"}, True),
        ({"shipped": ""}, False),
    ],
)
def test_can007_judges_what_left_before_the_withdrawal(cells, found):
    """What had not left is not the seller's to refund; with a whole day the days are compared."""
    assert found == bool(findings("CAN007", **withdrawn("2026-11-03 10:00", **cells)))


def test_can007_takes_a_delivery_for_a_dispatch():
    """What had arrived had left, where no file tells when."""
    given = withdrawn("2026-11-03 10:00")
    given["shipments"] = [shipment(delivered_at="2026-11-02 10:00")]

    assert 1 == len(findings("CAN007", **given))


def test_can007_leaves_the_sellers_and_the_platforms_cancellations_alone():
    """Only a buyer's withdrawal is refunded within 14 days of it."""
    for by in ("seller", "platform", ""):
        given = withdrawn("2026-11-03 10:00")
        given["orders"][0] |= {"cancelled_by": by}

        assert [] == findings("CAN007", **given)


@pytest.mark.parametrize(
    ("at", "refunds"),
    [
        ("2026-11-02 05:59:59", []),
        ("2026-11-02 05:59:59", [refund(refunded_at="2026-11-20 10:00")]),
        ("2026-11-03 10:00", [refund(refunded_at="yesterday")]),
        ("2026-11-03 10:00", [refund(refunded_at="2026-11-20 10:00"), refund(refund_id="R2", refunded_at="yesterday")]),
    ],
)
def test_can007_does_not_judge_what_the_refunds_can_not_show(at, refunds):
    """An earlier refund may lie before the days of the file, or in the row that can't be read."""
    given = withdrawn(at, *refunds)

    assert ([], 1) == (findings("CAN007", **given), judge(**given).verdicts["CAN007"].not_judged)


def test_can007_is_only_possible_where_the_hour_exists_twice():
    """Withdrawn at 02:30 of the doubled hour, 14 days are over by one reading."""
    given = withdrawn("2026-10-25 02:30", shipped="2026-10-24 10:00") | {"as_of": "2026-11-08T02:00"}
    given["orders"][0] |= {"ordered_at": "2026-10-20 10:00"}
    given["refunds"].append(refund(refund_id="E3", item_id="1002", refunded_at="2026-10-20 10:00"))

    assert ["possible"] == [row["confidence"] for row in findings("CAN007", **given)]


def unreported(at, *messages, **cells):
    """The buyer withdrew from an item ordered on 20 November at 10:00; two messages to the buyer span the days of the messages."""
    given = cancelled("buyer", "rétractation", **cells)
    given["orders"][0] |= {"cancelled_at": at}
    edges = [message("seller", "buyer", day, "Bonjour") for day in ("2026-11-19 10:00", "2026-11-22 10:00")]
    return given | {"messages": [*edges, *messages]}


@pytest.mark.parametrize(
    ("at", "messages", "found"),
    [
        ("2026-11-20 11:00:00", [], False),
        ("2026-11-20 11:00:01", [], True),
        ("2026-11-20", [], False),
        ("2026-11-21", [], True),
        ("2026-11-21 10:00", [message("seller", "platform", "2026-11-21 12:00", "L'acheteur se rétracte.")], False),
        ("2026-11-21 10:00", [message("seller", "platform", "2026-11-21 12:00", "L'acheteur se rétracte.", item_id="")], False),
        (
            "2026-11-21 10:00",
            [message("seller", "platform", "2026-11-21 12:00", "Pour 1001 : rétractation.", item_id="", purchase_id="")],
            False,
        ),
        ("2026-11-21 10:00", [message("seller", "platform", "2026-11-21 12:00", "L'acheteur se rétracte.", item_id="1002")], True),
        ("2026-11-21 10:00", [message("platform", "seller", "2026-11-21 12:00", "Bonjour")], True),
        ("2026-11-21 10:00", [message("buyer", "platform", "2026-11-21 12:00", "Bonjour")], True),
    ],
)
def test_can008_wants_a_message_to_customer_service(at, messages, found):
    """After the first hour, about the item or its whole purchase; a whole day is read kindly."""
    rows = findings("CAN008", **unreported(at, *messages))

    assert found == bool(rows)
    assert all(
        ("low", "certain", "guide", None, "withdrawal-to-service")
        == tuple(row[name] for name in ("severity", "confidence", "standing", "exposure_sale", "letter"))
        for row in rows
    )


def test_can008_tells_both_times():
    """When it was ordered and when the buyer withdrew."""
    (row,) = findings("CAN008", **unreported("2026-11-21 12:00"))

    assert "ordered 20 Nov 2026 10:00, withdrawn 21 Nov 2026 12:00, not reported" == evidence(row["evidence"], row["facts"])


@pytest.mark.parametrize(("shipped", "found"), [("2026-11-21 09:59:59", False), ("2026-11-21 10:00:00", True), ("2026-11-22 10:00", True)])
def test_can008_judges_withdrawals_before_dispatch(shipped, found):
    """Once it has left, the buyer withdraws in his own account."""
    assert found == bool(findings("CAN008", **unreported("2026-11-21 10:00"), shipments=[shipment(shipped_at=shipped)]))


@pytest.mark.parametrize(
    ("at", "messages"),
    [
        ("2026-11-22 10:00:01", []),
        ("2026-11-21 10:00", [message("seller", "platform", "yesterday", "Bonjour")]),
        ("2026-11-21 10:00", [message("seller", "platform", "yesterday", "Bonjour", item_id="")]),
    ],
)
def test_can008_does_not_judge_what_the_messages_can_not_show(at, messages):
    """After the last message, or beside one that can't be read."""
    given = unreported(at, *messages)

    assert ([], 1) == (findings("CAN008", **given), judge(**given).verdicts["CAN008"].not_judged)


@pytest.mark.parametrize(
    ("gone", "skipped", "reason"),
    [
        ("refunds", ["CAN007"], "no file holds refunds"),
        ("shipments", ["CAN007"], "no file holds shipments"),
        ("messages", ["CAN008"], "no file holds messages"),
        ("cancelled_at", ["CAN007", "CAN008"], "no file of orders has the column cancelled_at"),
        ("cancelled_by", ["CAN007", "CAN008"], "no file of orders has the column cancelled_by"),
    ],
)
def test_can007_and_can008_say_what_is_missing(gone, skipped, reason):
    """A table or column that is not there skips the rules that need it, and no other."""
    whole = withdrawn("2026-11-03 10:00") | {"messages": [message("seller", "buyer", "2026-11-03 11:00", "Bonjour")]}
    given = {
        name: [{cell: value for cell, value in row.items() if cell != gone} for row in rows] for name, rows in whole.items() if name != gone
    }
    verdicts = judge(**given).verdicts
    found = {code: str(verdicts[code].reason) for code in ("CAN007", "CAN008") if verdicts[code].status == "skipped"}

    assert dict.fromkeys(skipped, reason) == found
