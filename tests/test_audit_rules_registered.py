"""REG: both sides of every boundary."""

import pytest

from audit.config import Config
from audit.testing import codes, findings, judge, order, shipment

SENT = {"status": "shipped", "confirmed_at": "2026-11-20 12:00"}
SHIPPED_AT = "2026-11-21 09:00"


def sent(price, *, origin="FR", mode="tracked", ordered=None, number="LX123456785CN"):
    """One item sent: its order and its shipment."""
    return {
        "orders": [order(unit_price=price, ship_from=origin, shipping_mode=ordered or mode, **SENT)],
        "shipments": [shipment(shipping_mode=mode, shipped_at=SHIPPED_AT, tracking_number=number)],
    }


def waiting(price, **cells):
    """One confirmed item that has not left, beside another that has, so that the files can tell."""
    other = order(
        item_id="1002", unit_price="10.00", status="shipped", confirmed_at="2026-11-20 12:00", shipping_mode="tracked", ship_from="FR"
    )
    mine = order(unit_price=price, status="confirmed", confirmed_at="2026-11-22 12:00", **cells)
    return {
        "orders": [mine, other],
        "shipments": [shipment(item_id="1002", shipping_mode="tracked", shipped_at=SHIPPED_AT, tracking_number="LX123456785CN")],
    }


@pytest.mark.parametrize(
    ("price", "origin", "found"),
    [
        ("200.00", "FR", False),
        ("200.01", "FR", True),
        ("60.00", "CN", False),
        ("60.01", "CN", True),
        ("200.01", "", True),
        ("200.00", "", False),
        ("60.01", "GB", True),
        ("60.01", "CH", True),
        ("60.01", "RE", False),
        ("60.01", "FX", False),
    ],
)
def test_reg001_judges_the_price_by_origin(price, origin, found):
    """REG001 is strict at 200 EUR from the EU or an unknown origin, and at 60 EUR from outside."""
    assert found == bool(findings("REG001", **sent(price, origin=origin)))


@pytest.mark.parametrize(
    ("mode", "found"),
    [
        ("registered", False),
        ("chronopost", False),
        ("mondial_relay", False),
        ("tracked", True),
        ("colissimo", True),
        ("shop2shop", True),
        ("express", True),
        ("normal", True),
        ("other", True),
        ("pickup", False),
        ("download", False),
    ],
)
def test_reg001_wants_a_signed_mode(mode, found):
    """REG001 is fine with signed modes, and never looks at what is not posted."""
    assert found == bool(findings("REG001", **sent("250.00", mode=mode)))


@pytest.mark.parametrize(("price", "standing"), [("200.01", "official"), ("200.00", "guide")])
def test_reg001_standing_follows_the_price(price, standing):
    """Above 200 EUR the platform says so; above 60 EUR only the guide does."""
    assert [standing] == [found["standing"] for found in findings("REG001", **sent(price, origin="CN"))]


def test_reg001_puts_the_line_total_at_stake():
    """The sale at stake is price times quantity plus shipping."""
    given = sent("100.00", origin="CN")
    given["orders"][0] |= {"quantity": "2", "shipping_fee": "4.50"}

    assert 20450 == findings("REG001", **given)[0]["exposure_sale"]


def test_reg001_mode_from_the_order_is_only_likely():
    """Where the shipment does not say how it went, the mode ordered stands in."""
    given = sent("250.00")
    given["shipments"][0]["shipping_mode"] = ""

    assert ["likely"] == [found["confidence"] for found in findings("REG001", **given)]


def test_reg001_looks_at_the_weakest_of_several_parcels():
    """One unsigned parcel of two is one finding on the item."""
    given = sent("250.00", mode="registered", number="RR123456785FR")
    given["shipments"].append(shipment(shipping_mode="tracked", shipped_at=SHIPPED_AT, tracking_number="LX987654321CN"))

    assert 1 == len(findings("REG001", **given))


def test_reg001_leaves_other_currencies_alone():
    """A row that is not in EUR is not judged against a limit in EUR."""
    given = sent("900.00")
    given["orders"][0]["currency"] = "USD"

    assert [] == findings("REG001", **given)


def test_reg001_leaves_cancelled_and_refused_items_alone():
    """Only live items are judged."""
    for cells in ({"status": "cancelled"}, {"status": "refused"}, {"cancelled_at": "2026-11-21 10:00"}):
        given = sent("250.00")
        given["orders"][0] |= cells

        assert [] == findings("REG001", **given)


def test_reg001_uses_the_default_origin_of_the_settings():
    """Where no file tells the origin, the shop's default does."""
    assert [] == findings("REG001", **sent("60.01", origin=""))
    assert 1 == len(findings("REG001", config=Config(default_origin="CN"), **sent("60.01", origin="")))


def test_reg001_limit_is_a_parameter():
    """An overridden limit moves the boundary."""
    assert [] == findings("REG001", config=Config(limits={"registered_above_eu": 250.0}), **sent("250.00"))


@pytest.mark.parametrize(("price", "found"), [("60.00", False), ("60.01", True)])
def test_reg002_warns_before_dispatch(price, found):
    """REG002 applies REG001's price test to what has not left."""
    assert found == bool(findings("REG002", **waiting(price, ship_from="CN", shipping_mode="tracked")))


def test_reg002_deadline_is_48_hours_after_confirmation():
    """The dispatch clock runs from the confirmation."""
    found = findings("REG002", **waiting("99.00", ship_from="CN", shipping_mode="tracked"))

    assert ["2026-11-24T12:00:00+01:00"] == [row["deadline_at"].tz_convert("Europe/Paris").isoformat() for row in found]


def test_reg002_is_skipped_where_nothing_tells_what_was_shipped():
    """Without dispatch times and without the status shipped, nobody knows what waits."""
    verdict = judge(orders=[order(unit_price="99.00", status="confirmed", shipping_mode="tracked")]).verdicts["REG002"]

    assert ("skipped", "neither a dispatch time in the shipments nor the status shipped in the orders") == (
        verdict.status,
        str(verdict.reason),
    )


@pytest.mark.parametrize(("price", "found"), [("60.00", False), ("60.01", True), ("200.00", True), ("200.01", False)])
def test_reg003_judges_between_the_two_limits(price, found):
    """REG003 covers what would be due from outside the EU and not from inside."""
    given = sent(price, origin="")
    given["orders"].append(order(item_id="1002", unit_price="10.00", ship_from="CN", shipping_mode="tracked", **SENT))

    assert found == bool(findings("REG003", **given))


def test_reg003_is_one_finding_on_the_shop_where_no_item_has_an_origin():
    """With no origin at all, the shop is told once to set its default."""
    given = sent("99.00", origin="")
    given["orders"].append(order(item_id="1002", unit_price="120.00", shipping_mode="tracked", **SENT))
    found = findings("REG003", **given)

    assert [("shop", "possible", "low")] == [(row["subject"], row["confidence"], row["severity"]) for row in found]
    assert '"count": 2' in found[0]["facts"]


def test_reg004_finds_the_normal_mode_unless_a_graver_rule_does():
    """REG004 gives way to REG001 and REG005."""
    assert 1 == len(findings("REG004", **sent("20.00", mode="normal")))
    assert [] == findings("REG004", **sent("250.00", mode="normal"))
    assert [] == findings("REG004", **sent("20.00", mode="normal", ordered="tracked"))
    assert [] == findings("REG004", **sent("20.00", mode="tracked"))


@pytest.mark.parametrize(
    ("ordered", "used", "found"),
    [
        ("tracked", "normal", True),
        ("chronopost", "normal", True),
        ("registered", "tracked", True),
        ("registered", "colissimo", True),
        ("registered", "shop2shop", True),
        ("registered", "express", True),
        ("registered", "chronopost", False),
        ("tracked", "registered", False),
        ("express", "tracked", False),
        ("normal", "normal", False),
    ],
)
def test_reg005_knows_which_pairs_are_a_downgrade(ordered, used, found):
    """REG005 finds the pairs that RULES names, and no other."""
    assert found == bool(findings("REG005", **sent("20.00", mode=used, ordered=ordered)))


def test_reg005_gives_way_to_reg001():
    """One root cause, one finding."""
    found = codes(**sent("250.00", mode="tracked", ordered="registered"))

    assert ("REG001" in found, "REG005" in found) == (True, False)


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("LX123456785CN", True),
        ("RR123456785FR", False),
        ("VV123456785FR", False),
        ("EE123456785FR", False),
        ("1A12345678901", False),
        ("LX123456784CN", False),
    ],
)
def test_reg006_doubts_registered_mail_under_a_number_of_another_service(number, found):
    """Only a valid S10 number whose first letter is not R, V or E raises a doubt."""
    assert found == bool(findings("REG006", **sent("20.00", mode="registered", number=number)))


def test_reg007_warns_of_the_normal_mode_unless_reg002_does():
    """REG007 gives way to REG002."""
    assert 1 == len(findings("REG007", **waiting("20.00", ship_from="CN", shipping_mode="normal")))
    assert [] == findings("REG007", **waiting("99.00", ship_from="CN", shipping_mode="normal"))
    assert [] == findings("REG007", **waiting("20.00", ship_from="CN", shipping_mode="tracked"))


@pytest.mark.parametrize(
    ("price", "mode", "found"),
    [("200.00", "chronopost", False), ("200.01", "chronopost", True), ("200.01", "mondial_relay", True), ("200.01", "registered", False)],
)
def test_reg008_points_out_signed_modes_that_are_not_registered_mail(price, mode, found):
    """REG008 applies REG001's price test to Chronopost and Mondial Relay."""
    assert found == bool(findings("REG008", **sent(price, mode=mode)))


def test_a_sale_that_can_no_longer_be_lost_counts_nothing():
    """Exposure is nil and said to be past once the item is rated."""
    given = sent("250.00")
    given["orders"][0]["rating"] = "5"
    found = findings("REG001", **given)[0]

    assert (0, True) == (found["exposure_sale"], found["past"])
