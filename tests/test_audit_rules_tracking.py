"""TRK: both sides of every boundary, as-of 2026-11-23 06:00 in Paris."""

import json

import pytest

from audit.testing import findings, judge, order, shipment

GOOD = "RR473124829GB"


def sent(number=GOOD, *, mode="tracked", **cells):
    """One item sent four days ago under a number."""
    parcel = {"shipping_mode": mode, "shipped_at": "2026-11-19 06:00", "tracking_number": number, **cells}
    return {
        "orders": [order(ordered_at="2026-11-18 10:00", confirmed_at="2026-11-18 12:00", status="shipped")],
        "shipments": [shipment(**parcel)],
    }


@pytest.mark.parametrize(
    "number",
    [
        "",
        "Oui",
        "yes",
        "NON",
        "no",
        "n/a",
        "N/A",
        "none",
        "null",
        "-",
        "--",
        "000000",
        "0",
        "xxx",
        "XXXX",
        "No tracking number",
        "无",
        "没有",
        "900001",
        "1001",
        "900001/1001",
    ],
)
def test_trk001_finds_placeholders(number):
    """What stands for no number is no number, the order's own numbers among it."""
    assert 1 == len(findings("TRK001", **sent(number)))


@pytest.mark.parametrize("number", [GOOD, "6C00017422390", "12345678", "YT1234567890123456"])
def test_trk001_takes_numbers_for_numbers(number):
    """A real number is no placeholder."""
    assert [] == findings("TRK001", **sent(number))


@pytest.mark.parametrize(
    ("mode", "number", "found"),
    [
        ("normal", "", False),
        ("pickup", "", False),
        ("download", "", False),
        ("colissimo", "oui", False),
        ("mondial_relay", "yes", False),
        ("chronopost", "Oui", False),
        ("shop2shop", "yes", False),
        ("colissimo", "", True),
        ("registered", "oui", True),
    ],
)
def test_trk001_knows_which_modes_owe_a_number(mode, number, found):
    """Some modes owe none, and on the platform's own labels yes will do."""
    assert found == bool(findings("TRK001", **sent(number, mode=mode)))


def test_trk001_is_only_likely_without_a_shipment_row():
    """An item that is shipped by its status alone is judged if its day lies within the shipments' days."""
    given = sent()
    inside = order(item_id="1002", ordered_at="2026-11-19 07:00", status="shipped", shipping_mode="tracked")
    outside = order(item_id="1003", ordered_at="2026-11-01 07:00", status="shipped", shipping_mode="tracked")
    given["shipments"][0]["last_scan_at"] = "2026-11-22 10:00"
    judged = judge(orders=[*given["orders"], inside, outside], shipments=given["shipments"])
    rows = judged.findings[judged.findings["rule"] == "TRK001"]

    assert [("1002", "likely")] == list(zip(rows["item_id"], rows["confidence"], strict=True))
    assert 1 == judged.verdicts["TRK001"].not_judged


def test_trk001_lists_every_parcel_at_fault():
    """Two parcels without a number are one finding that names both."""
    given = sent("")
    given["shipments"].append(given["shipments"][0] | {"shipped_at": "2026-11-19 08:00"})
    found = findings("TRK001", **given)

    assert 1 == len(found)
    assert '"parcels": ["tracked", "tracked"]' in found[0]["facts"]


@pytest.mark.parametrize(
    ("number", "found"),
    [
        (GOOD, False),
        ("RR473124828GB", True),
        ("LF046851565FR", False),
        ("LF046851564FR", True),
        ("12345", True),
        ("123456", False),
        ("1" * 40, False),
        ("1" * 41, True),
        ("ABCDEFGH", True),
        ("AB#123456", True),
        ("AB 12-3456", False),
    ],
)
def test_trk002_finds_what_can_not_be_a_number(number, found):
    """A wrong check digit, no digit, fewer than 6 or more than 40 characters, or strange characters."""
    assert found == bool(findings("TRK002", **sent(number)))


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"mode": "tracked", "carrier": "DHL"}, True),
        ({"mode": "chronopost", "carrier": ""}, False),
        ({"mode": "tracked", "carrier": "CHRONOPOST"}, False),
    ],
)
def test_trk002_leaves_chronopost_numbers_alone(cells, found):
    """Chronopost's numbers look like S10 and have no such check digit; other letters than a country's are none at all."""
    assert found == bool(findings("TRK002", **sent("XY123456789EE", **cells)))
    assert [] == findings("TRK002", **sent("XY123456789JF", **cells))


def test_trk002_splits_cells_with_several_numbers():
    """Each number of a cell is judged, and a placeholder with a slash is not split."""
    assert 1 == len(findings("TRK002", **sent(f"{GOOD};12345")))
    assert [] == findings("TRK002", **sent("n/a"))


@pytest.mark.parametrize(("second", "confidence"), [("2026-11-20 06:00:00", "possible"), ("2026-11-20 06:00:01", "likely")])
def test_trk003_finds_a_number_on_two_purchases(second, confidence):
    """Within 24 h of each other one parcel may hold both; later that is unlikely."""
    given = sent()
    given["orders"].append(order(purchase_id="900002", item_id="2001", status="shipped"))
    given["shipments"].append(
        {"purchase_id": "900002", "item_id": "2001", "shipping_mode": "tracked", "tracking_number": "rr 4731-24829gb", "shipped_at": second}
    )

    assert [confidence, confidence] == [row["confidence"] for row in findings("TRK003", **given)]


@pytest.mark.parametrize(("more", "named"), [(9, 10), (10, 11)])
def test_trk003_names_the_first_ten_purchases(more, named):
    """Ten are all named; of eleven the last gives way to a sign that there are more."""
    given = sent()
    for purchase in range(900_002, 900_002 + more):
        given["orders"].append(order(purchase_id=str(purchase), item_id="2001", status="shipped"))
        given["shipments"].append(given["shipments"][0] | {"purchase_id": str(purchase), "item_id": "2001"})
    found = findings("TRK003", **given)
    purchases = json.loads(found[0]["facts"])["purchases"]

    assert 1 + more == len(found)
    assert (named, [str(900_001 + place) for place in range(10)]) == (len(purchases), purchases[:10])
    assert ["…"] * (more == 10) == purchases[10:]


def test_trk003_leaves_one_purchase_alone():
    """Two items of one purchase may share a parcel."""
    given = sent()
    given["orders"].append(order(item_id="1002", status="shipped"))
    given["shipments"].append(given["shipments"][0] | {"item_id": "1002"})

    assert [] == findings("TRK003", **given)


@pytest.mark.parametrize(("scan", "found"), [("2026-11-16 06:00:00", False), ("2026-11-16 05:59:59", True)])
def test_trk004_is_strict_at_seven_days(scan, found):
    """Exactly seven days without a scan is fine."""
    assert found == bool(findings("TRK004", **sent(last_scan_at=scan, shipped_at="2026-11-10 06:00", delivered_at="")))


def test_trk004_and_trk007_stop_once_nobody_can_claim():
    """30 days of real hours after confirmation an undelivered parcel is not pointed out any more."""
    old = sent(last_scan_at="2026-10-28 06:00", shipped_at="2026-10-25 06:00", delivered_at="", ship_from="CN")
    old["orders"][0] |= {"ordered_at": "2026-10-23 06:00", "confirmed_at": "2026-10-24 06:59:59"}
    young = sent(last_scan_at="2026-10-28 06:00", shipped_at="2026-10-25 06:00", delivered_at="", ship_from="CN")
    young["orders"][0] |= {"ordered_at": "2026-10-23 06:00", "confirmed_at": "2026-10-24 07:00:00"}

    assert ([], 1) == (findings("TRK004", **old), len(findings("TRK004", **young)))


@pytest.mark.parametrize(
    ("shipped", "cells", "found"),
    [
        ("2026-11-20 06:00:00", {}, False),
        ("2026-11-20 05:59:59", {}, True),
        ("2026-11-19 06:00", {"delivered_at": "2026-11-22 06:00"}, False),
        ("2026-11-19 06:00", {"last_scan_at": "2026-11-20 06:00"}, False),
        ("2026-11-19 06:00", {"tracking_number": "12345"}, False),
    ],
)
def test_trk005_wants_a_scan_within_three_days(shipped, cells, found):
    """A valid number that was never scanned is pointed out after three days."""
    assert found == bool(findings("TRK005", **sent(**{"shipped_at": shipped, "last_scan_at": "", "delivered_at": "", **cells})))


def test_trk004_005_007_are_skipped_where_nothing_tells_what_arrived():
    """Without delivery times and without the status delivered, nobody knows what is under way."""
    verdicts = judge(**sent(last_scan_at="2026-11-01 06:00")).verdicts

    assert {"skipped"} == {verdicts[code].status.value for code in ("TRK004", "TRK005", "TRK007")}


@pytest.mark.parametrize(("uploaded", "found"), [("2026-11-20 06:00:00", False), ("2026-11-20 06:00:01", True)])
def test_trk006_is_strict_at_24_hours(uploaded, found):
    """Exactly 24 h from dispatch to upload is in time."""
    assert found == bool(findings("TRK006", **sent(tracking_uploaded_at=uploaded)))


@pytest.mark.parametrize(
    ("shipped", "delivered", "origin", "expected"),
    [
        ("2026-11-13 06:00:00", "", "CN", []),
        ("2026-11-13 05:59:59", "", "CN", [5000]),
        ("2026-11-13 05:59:59", "", "FR", []),
        ("2026-11-05 06:00", "2026-11-15 06:00:00", "CN", []),
        ("2026-11-05 06:00", "2026-11-15 06:00:01", "CN", [0]),
    ],
)
def test_trk007_is_strict_at_ten_days_from_china(shipped, delivered, origin, expected):
    """Exactly ten days is in time; what arrived late has nothing at stake any more."""
    given = sent(shipped_at=shipped, delivered_at=delivered, ship_from=origin, last_scan_at="2026-11-22 06:00")
    given["orders"][0] |= {"ordered_at": "2026-11-04 06:00", "confirmed_at": "2026-11-04 08:00"}

    assert expected == [row["exposure_sale"] for row in findings("TRK007", **given)]


def test_trk007_gives_way_to_trk004():
    """One parcel, one finding."""
    given = sent(shipped_at="2026-11-10 06:00", last_scan_at="2026-11-12 06:00", delivered_at="", ship_from="CN")
    given["orders"][0] |= {"ordered_at": "2026-11-09 06:00", "confirmed_at": "2026-11-09 08:00"}

    assert (1, 0) == (len(findings("TRK004", **given)), len(findings("TRK007", **given)))


@pytest.mark.parametrize(("number", "carrier", "found"), [(GOOD, "", True), (GOOD, "DHL", False), ("", "", False), ("oui", "", False)])
def test_trk008_wants_a_carrier_beside_a_number(number, carrier, found):
    """A number without its carrier can't be followed."""
    assert found == bool(findings("TRK008", **sent(number, carrier=carrier)))


@pytest.mark.parametrize(
    ("carrier", "url", "found"),
    [("Autre", "", True), ("other", "", True), ("其他", "", True), ("Autre", "https://example.org/1", False), ("DHL", "", False)],
)
def test_trk009_wants_a_link_for_other_carriers(carrier, url, found):
    """Carriers outside the platform's list need a link."""
    assert found == bool(findings("TRK009", **sent(carrier=carrier, tracking_url=url)))


@pytest.mark.parametrize(
    ("purchase", "item", "shipped", "found"),
    [
        ("999999", "1", "2026-11-18 11:00", True),
        ("900001", "9999", "2026-11-18 11:00", True),
        ("900001", "", "2026-11-18 11:00", False),
        ("999999", "1", "2026-12-18 11:00", False),
        ("999999", "1", "2026-10-18 11:00", False),
    ],
)
def test_trk010_finds_shipments_of_no_order(purchase, item, shipped, found):
    """Only within the days of the orders does a missing order mean something."""
    given = sent()
    given["shipments"].append({"purchase_id": purchase, "item_id": item, "shipped_at": shipped, "tracking_number": "LX1"})

    assert found == bool(findings("TRK010", **given))


@pytest.mark.parametrize(
    ("cells", "parcel", "wrong"),
    [
        ({}, {}, None),
        ({"confirmed_at": "2026-11-18 09:59:59"}, {}, "confirmed before ordered"),
        ({"confirmed_at": "2026-11-18 10:00:00"}, {}, None),
        ({"cancelled_at": "2026-11-18 09:59:59"}, {}, "cancelled before ordered"),
        ({}, {"shipped_at": "2026-11-18 11:59:59"}, "shipped before confirmed"),
        ({}, {"shipped_at": "2026-11-18"}, None),
        ({}, {"delivered_at": "2026-11-19 05:59:59"}, "delivered before shipped"),
        ({}, {"delivered_at": "2026-11-23 06:00:01"}, "delivered after the time of this audit"),
        ({}, {"delivered_at": "2026-11-23 06:00:00"}, None),
        ({}, {"delivered_at": "2026-11-23"}, None),
    ],
)
def test_trk011_finds_dates_that_contradict_one_another(cells, parcel, wrong):
    """A second too early is impossible; a whole day is compared as a day."""
    given = sent(**parcel)
    given["orders"][0] |= cells
    found = findings("TRK011", **given)

    assert bool(wrong) == bool(found)
    assert not wrong or wrong in found[0]["facts"]
