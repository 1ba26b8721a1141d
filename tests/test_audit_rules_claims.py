"""CLM: both sides of every boundary, as-of 2026-11-23 06:00 in Paris, a Monday."""

from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from audit import audit
from audit.config import Config
from audit.testing import AS_OF, claim, findings, judge, order, refund, shipment
from schemas.text import evidence

GOOD = "RR473124829GB"
SOLD = order(ordered_at="2026-11-10 10:00", confirmed_at="2026-11-10 12:00", status="claim", shipping_fee="3.90", commission="6.00")
"""One item of 53.90 EUR, confirmed 13 days before as-of."""

CLM = [f"CLM{number:03}" for number in range(1, 14)]


def claimed(*claims, item=None, **tables):
    """The item of SOLD with some claims on it."""
    return {"orders": [SOLD | (item or {})], "claims": list(claims), **tables}


def unreceived(parcel=None, *, item=None, **cells):
    """An open claim that the item of SOLD never arrived, with its one parcel: well sent and scanned yesterday."""
    sent = {"shipped_at": "2026-11-11 06:00", "shipping_mode": "tracked", "tracking_number": GOOD, "last_scan_at": "2026-11-22 06:00"}
    parcels = [shipment(**(sent | {"delivered_at": ""} | (parcel or {})))]
    return claimed(claim(claim_type="not_received", opened_at="2026-11-22 10:00", **cells), item=item, shipments=parcels)


def told(row):
    """A finding's evidence in words."""
    return evidence(row["evidence"], row["facts"], past=bool(row["past"]))


def utc(moment):
    """An instant as text, for comparison with one worked out by hand."""
    return None if moment is None else f"{moment:%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("opened", "as_of", "expected"),
    [
        ("2026-11-17 09:00", "2026-11-19T08:59:59", []),
        ("2026-11-17 09:00", "2026-11-19T09:00:00", ["CLM002"]),
        ("2026-11-17 09:00", "2026-11-21T00:00:00", ["CLM002"]),
        ("2026-11-17 09:00", "2026-11-21T00:00:01", ["CLM001"]),
        ("2026-11-20 09:00", "2026-11-26T00:00:00", ["CLM002"]),
        ("2026-11-20 09:00", "2026-11-26T00:00:01", ["CLM001"]),
        ("2026-11-17", "2026-11-18T23:59:59", []),
        ("2026-11-17", "2026-11-19T00:00:00", ["CLM002"]),
        ("2026-11-17", "2026-11-21T00:00:00", ["CLM002"]),
        ("2026-11-17", "2026-11-21T00:00:01", ["CLM001"]),
        ("2026-12-24 09:00", "2026-12-31T00:00:00", ["CLM002"]),
        ("2026-12-24 09:00", "2026-12-31T00:00:01", ["CLM001"]),
    ],
)
def test_clm001_begins_the_second_after_clm002_ends(opened, as_of, expected):
    """From 48 h on the window closes; after 24:00 of the third working day it is closed, and never both."""
    given = claimed(claim(opened_at=opened), as_of=as_of)

    assert expected == [code for code in ("CLM001", "CLM002") if findings(code, **given)]


def test_clm001_and_clm002_tell_the_same_deadline():
    """The end in Paris, 24:00 of Friday 20 and of Wednesday 25 November, with what is at stake."""
    (over,) = findings("CLM001", **claimed(claim(opened_at="2026-11-17 09:00")))
    (closing,) = findings("CLM002", **claimed(claim(opened_at="2026-11-20 05:00", claim_type="defective")))

    assert ("2026-11-20 23:00:00", 5390, "high", "official") == (
        utc(over["deadline_at"]),
        over["exposure_sale"],
        over["severity"],
        over["standing"],
    )
    assert ("2026-11-25 23:00:00", 5390, "medium", "guide") == (
        utc(closing["deadline_at"]),
        closing["exposure_sale"],
        closing["severity"],
        closing["standing"],
    )
    assert ["damaged claim opened 17 Nov 2026 09:00", "defective claim opened 20 Nov 2026 05:00"] == [told(over), told(closing)]


def test_clm001_reads_a_day_of_another_zone_kindly_and_its_deadline_strictly():
    """Monday in Shanghai is Sunday or Monday in Paris: the deadline is Wednesday's end, the breach comes after Thursday's."""
    given = claimed(claim(opened_at="2026-11-16")) | {"config": Config(zone=ZoneInfo("Asia/Shanghai"))}
    (closing,) = findings("CLM002", **given, as_of="2026-11-19T23:00:00+00:00")
    (over,) = findings("CLM001", **given, as_of="2026-11-19T23:00:01+00:00")

    assert ["2026-11-18 23:00:00", "2026-11-18 23:00:00"] == [utc(closing["deadline_at"]), utc(over["deadline_at"])]


@pytest.mark.parametrize(
    "cells",
    [
        {"claim_type": "counterfeit"},
        {"claim_type": "warranty"},
        {"claim_status": "in_mediation"},
        {"claim_status": "closed"},
        {"solution_accepted_at": "2026-11-18 09:00"},
    ],
)
def test_clm001_and_clm002_leave_alone_what_is_not_settled_between_the_two(cells):
    """Counterfeit, warranty, mediation, an end or a solution: there is no such window."""
    for opened in ("2026-11-17 09:00", "2026-11-20 05:00"):
        given = claimed(claim(opened_at=opened, **cells))

        assert ([], []) == (findings("CLM001", **given), findings("CLM002", **given))


def test_clm001_and_clm002_leave_repeated_claims_to_clm010():
    """The second claim has no window, also after a withdrawn one; the first keeps its own."""
    first = claim(claim_id="C0", opened_at="2026-11-17 09:00", claim_status="withdrawn")
    given = claimed(claim(opened_at="2026-11-17 10:00"), first)

    assert ([], []) == (findings("CLM001", **given), findings("CLM002", **given))
    assert ["claim:C1"] == [row["subject"] for row in findings("CLM010", **given)]


@pytest.mark.parametrize(("told_of", "confidence"), [({"solution_accepted_at": ""}, "certain"), ({}, "likely")])
def test_clm001_is_only_likely_where_no_file_tells_of_solutions(told_of, confidence):
    """A solution may have been accepted where no file has a column for it."""
    assert [confidence] == [row["confidence"] for row in findings("CLM001", **claimed(claim(opened_at="2026-11-17 09:00", **told_of)))]
    assert [confidence] == [row["confidence"] for row in findings("CLM002", **claimed(claim(opened_at="2026-11-20 05:00", **told_of)))]


@pytest.mark.parametrize(
    ("kind", "parcel", "letter"),
    [
        ("damaged", {}, "solutions"),
        ("other", {}, "solutions"),
        ("not_received", {}, "transit-notice"),
        ("not_received", {"last_scan_at": "2026-11-16 06:00:00"}, "transit-notice"),
        ("not_received", {"last_scan_at": "2026-11-16 05:59:59"}, "incident-notice"),
        ("not_received", {"last_scan_at": ""}, "incident-notice"),
        ("not_received", {"delivered_at": "2026-11-13 12:00"}, "delivered-notice"),
    ],
)
def test_the_text_for_the_buyer_says_nothing_untrue(kind, parcel, letter):
    """Who received nothing is told how the parcel moves; no text says so of one that has arrived."""
    given = unreceived(parcel)
    given["claims"] = [claim(opened_at="2026-11-17 09:00", claim_type=kind, seller_replied_at="")]

    assert [letter, letter] == [row["letter"] for code in ("CLM001", "CLM011") for row in findings(code, **given)]


def asked(at, replied="", **cells):
    """A claim about which customer service asked."""
    return claimed(claim(opened_at="2026-11-12 09:00", platform_request_at=at, platform_reply_at=replied, **cells))


@pytest.mark.parametrize(
    ("at", "replied", "expected"),
    [
        ("2026-11-21 06:00:00", "", "CLM004"),
        ("2026-11-21 05:59:59", "", "CLM003"),
        ("2026-11-23 06:00:00", "", "CLM004"),
        ("2026-11-23 06:00:01", "", None),
        ("2026-11-19 10:00", "2026-11-21 10:00:00", None),
        ("2026-11-19 10:00", "2026-11-21 10:00:01", "CLM003"),
        ("2026-11-22 10:00", "2026-11-22 11:00", None),
        ("2026-11-22 10:00", "2026-11-22 09:59:59", "CLM004"),
        ("2026-11-19 10:00", "2026-11-19 09:59:59", "CLM003"),
        ("2026-11-19 10:00", "2026-11-19", None),
        ("2026-11-20", "", "CLM003"),
        ("2026-11-21", "", "CLM004"),
        ("", "", None),
    ],
)
def test_clm003_begins_the_second_after_clm004_ends(at, replied, expected):
    """48 h are for the answer; what was sent before the request is none, and a day is read kindly."""
    given = asked(at, replied)

    assert ([expected] if expected else []) == [code for code in ("CLM003", "CLM004") if findings(code, **given)]


@pytest.mark.parametrize(
    ("status", "closed", "severity", "deadline", "letter"),
    [
        ("open", "", "critical", "2026-11-21 09:00:00", "documents"),
        ("in_mediation", "", "critical", "2026-11-21 09:00:00", "documents"),
        ("open", "2026-11-20 10:00", "critical", "2026-11-21 09:00:00", "documents"),
        ("lost", "2026-11-21 10:00:01", "low", None, None),
        ("closed", "", "low", None, None),
    ],
)
def test_clm003_is_critical_while_the_claim_is_open(status, closed, severity, deadline, letter):
    """Once it is closed there is nothing to send and no deadline; a claim that was opened again counts as open."""
    (row,) = findings("CLM003", **asked("2026-11-19 10:00", claim_status=status, closed_at=closed))

    assert (severity, deadline, letter, 5390, "guide") == (
        row["severity"],
        utc(row["deadline_at"]),
        row["letter"],
        row["exposure_sale"],
        row["standing"],
    )


def test_clm003_judges_a_closed_claim_at_its_closing():
    """A claim that was closed within 48 h of the request needed no answer any more."""
    assert [] == findings("CLM003", **asked("2026-11-19 10:00", claim_status="won", closed_at="2026-11-21 10:00:00"))


def test_clm003_and_clm004_say_when():
    """The evidence tells the request and the answer, a dash where there was none."""
    (silent,) = findings("CLM003", **asked("2026-11-19 10:00"))
    (late,) = findings("CLM003", **asked("2026-11-19 10:00", "2026-11-21 10:01"))
    (earlier,) = findings("CLM003", **asked("2026-11-19 10:00", "2026-11-18 10:00"))
    (due,) = findings("CLM004", **asked("2026-11-22 10:00"))

    assert "asked 19 Nov 2026 10:00; answer: –" == told(silent) == told(earlier)
    assert "asked 19 Nov 2026 10:00; answer: 21 Nov 2026 10:01" == told(late)
    assert (None, None) == (late["letter"], late["deadline_at"])
    assert "asked 22 Nov 2026 10:00, no answer" == told(due)
    assert ("high", "2026-11-24 09:00:00", 5390, "documents") == (
        due["severity"],
        utc(due["deadline_at"]),
        due["exposure_sale"],
        due["letter"],
    )


def test_clm003_is_only_possible_where_the_hour_exists_twice():
    """Asked at 02:30 of the night with 25 hours, 48 h are over by one reading: one finding, not two."""
    given = asked("2026-10-25 02:30") | {"as_of": "2026-10-27T02:00"}

    assert ["possible"] == [row["confidence"] for row in findings("CLM003", **given)]
    assert [] == findings("CLM004", **given)


def test_clm004_takes_the_strictest_deadline_of_a_day():
    """A request of a whole day has its deadline 48 h after that day's beginning."""
    (row,) = findings("CLM004", **asked("2026-11-21"))

    assert "2026-11-22 23:00:00" == utc(row["deadline_at"])


@pytest.mark.parametrize(
    ("parcel", "kind", "letter"),
    [
        ({}, "not_received", "defence"),
        ({"delivered_at": "2026-11-13 12:00"}, "not_received", "defence-delivered"),
        ({"delivered_at": "2026-11-13 12:00"}, "damaged", "documents"),
    ],
)
def test_clm003_and_clm004_choose_the_defence(parcel, kind, letter):
    """Customer service gets the defence where nothing arrived, with the day of delivery if there is one, else the documents."""
    given = unreceived(parcel)
    for code, request in (("CLM003", "2026-11-19 10:00"), ("CLM004", "2026-11-22 10:00")):
        given["claims"] = [claim(claim_type=kind, platform_request_at=request, platform_reply_at="")]

        assert [letter] == [row["letter"] for row in findings(code, **given)]


@pytest.mark.parametrize(
    ("parcel", "item", "missing"),
    [
        ({}, {}, None),
        ({"last_scan_at": "2026-11-16 06:00:00"}, {}, None),
        ({"last_scan_at": "2026-11-16 05:59:59"}, {}, "no recent scan and not delivered"),
        ({"last_scan_at": ""}, {}, "no recent scan and not delivered"),
        ({"last_scan_at": "2026-11-15"}, {}, "no recent scan and not delivered"),
        ({"last_scan_at": "2026-11-16"}, {}, None),
        ({"last_scan_at": "", "delivered_at": "2026-11-13 12:00"}, {}, None),
        ({"last_scan_at": ""}, {"status": "delivered"}, None),
        ({"tracking_number": ""}, {}, "no valid tracking number"),
        ({"tracking_number": "oui"}, {}, "no valid tracking number"),
        ({"tracking_number": "RR473124828GB"}, {}, "no valid tracking number"),
        ({"tracking_number": "oui", "shipping_mode": "colissimo"}, {}, None),
        ({"tracking_number": "", "shipping_mode": "normal"}, {}, "no valid tracking number"),
        ({}, {"unit_price": "200.00"}, None),
        ({}, {"unit_price": "200.01"}, "not sent by a signed mode, as the price demands"),
        ({"ship_from": "CN"}, {"unit_price": "60.00"}, None),
        ({"ship_from": "CN"}, {"unit_price": "60.01"}, "not sent by a signed mode, as the price demands"),
        ({"ship_from": "CN", "shipping_mode": "registered"}, {"unit_price": "60.01"}, None),
        ({}, {"unit_price": "200.01", "currency": "GBP"}, None),
        ({"shipping_mode": ""}, {"unit_price": "200.01"}, None),
        (
            {"tracking_number": "", "last_scan_at": ""},
            {"unit_price": "200.01"},
            "no valid tracking number, no recent scan and not delivered, not sent by a signed mode, as the price demands",
        ),
    ],
)
def test_clm005_names_exactly_what_is_missing(parcel, item, missing):
    """Shipment, number, scan of the last seven days or delivery, and the mode that the price demands."""
    found = findings("CLM005", **unreceived(parcel, item=item))

    assert ([f"claimed 22 Nov 2026 10:00; missing: {missing}"] if missing else []) == [told(row) for row in found]


def test_clm005_costs_the_sale_and_the_commission():
    """53.90 EUR and the commission of 6.00, with the defence to paste."""
    (row,) = findings("CLM005", **unreceived({"last_scan_at": ""}), config=Config(grade="B"))

    assert ("critical", "guide", 5390, 600, "defence") == (
        row["severity"],
        row["standing"],
        row["exposure_sale"],
        row["exposure_fee"],
        row["letter"],
    )


@pytest.mark.parametrize(
    ("grade", "commission", "rate", "fee"),
    [
        ("B", "6.00", None, 600),
        ("C", "6.00", 0.12, 600),
        ("D", "", 0.12, 801),
        ("B", "", None, None),
        ("A", "6.00", None, 0),
        ("A", "", None, 0),
        (None, "6.00", 0.12, None),
    ],
)
def test_the_commission_of_a_claim_goes_by_grade(grade, commission, rate, fee):
    """The column, else 12 % of 2 x 33.37 = 8.0088 EUR, else unknown; grade A pays none, and without a grade nobody knows."""
    item = {"unit_price": "33.37", "quantity": "2", "commission": commission}
    given = unreceived({"last_scan_at": ""}, item=item) | {"config": Config(grade=grade, commission_rate=rate)}
    (row,) = findings("CLM005", **given)
    given["claims"] = [claim(claim_status="lost")]

    assert fee == row["exposure_fee"]
    assert ([fee] if grade in ("B", "C", "D") else []) == [row["exposure_fee"] for row in findings("CLM007", **given)]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"claim_status": "in_mediation"}, True),
        ({"claim_status": "lost"}, False),
        ({"claim_status": "won"}, False),
        ({"claim_status": "withdrawn"}, False),
    ],
)
def test_clm005_judges_open_claims(cells, found):
    """A claim with customer service is open still; one that has ended needs no defence."""
    assert found == bool(findings("CLM005", **unreceived({"last_scan_at": ""}, **cells)))


def test_clm005_misses_a_shipment_only_where_it_would_be_on_file():
    """An item without a parcel is undefended if its confirmation lies within the days of the shipments, else not judged."""
    given = unreceived()
    given["orders"].append(order(item_id="1002", ordered_at="2026-11-09 10:00"))
    given["shipments"] = [shipment(item_id="1002", shipped_at="2026-11-10 12:00:00", last_scan_at="2026-11-20 10:00")]
    late = given | {"shipments": [shipment(item_id="1002", shipped_at="2026-11-10 12:00:01", last_scan_at="2026-11-20 10:00")]}

    assert ["claimed 22 Nov 2026 10:00; missing: no shipment"] == [told(row) for row in findings("CLM005", **given)]
    assert (0, 1) == (len(findings("CLM005", **late)), judge(**late).verdicts["CLM005"].not_judged)


def test_clm005_never_judges_an_item_with_a_refused_shipment():
    """The row that can't be read may be the defence."""
    given = unreceived({"last_scan_at": ""})
    given["shipments"].append(shipment(shipped_at="yesterday"))

    assert (0, 1) == (len(findings("CLM005", **given)), judge(**given).verdicts["CLM005"].not_judged)


@pytest.mark.parametrize("mode", ["pickup", "download"])
def test_clm005_does_not_judge_what_is_not_posted(mode):
    """What is fetched or downloaded has no parcel to show; it is counted, with a row and without."""
    given = unreceived({"shipping_mode": mode, "tracking_number": "", "last_scan_at": ""})
    alone = unreceived(item={"shipping_mode": mode})
    alone["shipments"] = [shipment(item_id="1002", shipped_at="2026-11-10 10:00", last_scan_at="2026-11-20 10:00", delivered_at="")]

    for case in (given, alone):
        assert (0, 1) == (len(findings("CLM005", **case)), judge(**case).verdicts["CLM005"].not_judged)


def test_clm005_does_not_miss_scans_that_no_file_tells():
    """Where no column could hold a scan or a delivery, none is missing."""
    given = unreceived()
    given["shipments"] = [shipment(shipped_at="2026-11-11 06:00", shipping_mode="tracked", tracking_number=GOOD)]

    assert [] == findings("CLM005", **given)


def test_clm005_is_as_sure_as_the_surest_gap():
    """The mode as ordered makes it likely, a scan in the doubled hour possible; anything certain beside them counts."""
    dear = {"unit_price": "200.01", "shipping_mode": "tracked"}
    by_order = unreceived({"shipping_mode": ""}, item=dear)
    both = unreceived({"shipping_mode": "", "tracking_number": ""}, item=dear)
    twice = unreceived({"last_scan_at": "2026-10-25 02:30", "shipped_at": "2026-10-20 10:00"}) | {"as_of": "2026-11-01T02:00"}

    assert ["likely", "certain", "possible"] == [findings("CLM005", **given)[0]["confidence"] for given in (by_order, both, twice)]


def test_clm005_judges_every_parcel():
    """One parcel that stands still is enough, though the other arrived; two at fault are both named."""
    given = unreceived({"delivered_at": "2026-11-13 12:00"})
    given["shipments"].append(
        given["shipments"][0] | {"tracking_number": "LX123456785FR", "delivered_at": "", "last_scan_at": "2026-11-12 10:00"}
    )
    given["shipments"][1]["tracking_number"] = "6C00017422390"
    one = [told(row) for row in findings("CLM005", **given)]
    given["shipments"][0] |= {"delivered_at": "", "last_scan_at": ""}
    both = [told(row) for row in findings("CLM005", **given)]

    assert ["claimed 22 Nov 2026 10:00; missing: no recent scan and not delivered"] == one
    assert [f"claimed 22 Nov 2026 10:00; missing: no recent scan and not delivered; parcels: {GOOD}, 6C00017422390"] == both


def test_clm005_is_judged_on_the_facts_whatever_is_selected():
    """Neither leaving TRK and REG out nor naming CLM005 alone changes what it says."""
    given = unreceived({"tracking_number": "", "last_scan_at": ""}, item={"unit_price": "200.01"})
    frames = {name: pd.DataFrame(rows) for name, rows in given.items()}
    moment = pd.Timestamp(AS_OF, tz="Europe/Paris").to_pydatetime()
    configs = (Config(), Config(select=("CLM005",)), Config(ignore=("TRK", "REG")))
    outcomes = [audit(config=config, as_of=moment, **frames).findings for config in configs]
    told_of = [{told(row) for row in found[found["rule"] == "CLM005"].to_dict("records")} for found in outcomes]

    assert 1 == len(told_of[0])
    assert told_of[0] == told_of[1] == told_of[2]


LISTINGS = [
    {"sku": "S1", "brand": "Marque B", "price": "9.00", "stock": "1"},
    {"sku": "S3", "brand": "MARQUE-B", "price": "9.00", "stock": "1"},
    {"sku": "S2", "brand": "Marqué B", "price": "9.00", "stock": "0"},
    {"sku": "S4", "brand": "Marque générique", "price": "9.00", "stock": "1"},
    {"sku": "S5", "brand": "Marque générique", "price": "9.00", "stock": "1"},
    {"sku": "S6", "brand": "", "price": "9.00", "stock": "1"},
]


@pytest.mark.parametrize(
    ("item", "listings"),
    [
        ({"sku": "S1", "brand": "marque b"}, "S1, S2, S3"),
        ({"sku": "S9", "brand": "Marque B"}, "S1, S2, S3, S9"),
        ({"sku": "S1", "brand": ""}, "S1, S2, S3"),
        ({"sku": "S4", "brand": "Marque générique"}, "S4"),
        ({"sku": "S6", "brand": ""}, "S6"),
        ({"sku": "", "brand": ""}, "–"),
    ],
)
def test_clm006_names_the_listings_to_take_down(item, listings):
    """The article's own and all of its brand, however it is written; generic articles have no brand in common."""
    (row,) = findings("CLM006", **claimed(claim(claim_type="counterfeit"), item=item, listings=LISTINGS))

    assert f"open; listings to take down: {listings}" == told(row)


@pytest.mark.parametrize(
    ("status", "word"),
    [("open", "open"), ("in_mediation", "in mediation"), ("lost", "lost"), ("won", None), ("closed", None), ("withdrawn", None)],
)
def test_clm006_finds_counterfeit_claims_that_are_open_or_lost(status, word):
    """20 % of 53.90 EUR are 10.78 EUR of fine, and the whole sale."""
    found = findings("CLM006", **claimed(claim(claim_type="counterfeit", claim_status=status), item={"sku": "S1"}))

    assert ([f"{word}; listings to take down: S1"] if word else []) == [told(row) for row in found]
    assert all(
        ("critical", "guide", 5390, 1078, "counterfeit-answer")
        == (row["severity"], row["standing"], row["exposure_sale"], row["exposure_fine"], row["letter"])
        for row in found
    )


def test_clm006_rounds_the_fine_half_up():
    """20 % of 33.33 + 3.90 are 7.446, of 33.325's neighbour 33.38 + 3.90 are 7.456; half a cent never occurs at a fifth."""
    given = [claimed(claim(claim_type="counterfeit"), item={"unit_price": price}) for price in ("33.33", "33.38")]

    assert [745, 746] == [findings("CLM006", **each)[0]["exposure_fine"] for each in given]


@pytest.mark.parametrize(("status", "found"), [("lost", True), ("won", False), ("closed", False), ("open", False), ("withdrawn", False)])
def test_clm007_charges_lost_claims(status, found):
    """Only a lost claim costs the commission."""
    rows = findings("CLM007", **claimed(claim(claim_status=status)), config=Config(grade="C"))

    assert (["damaged claim lost, grade C"] if found else []) == [told(row) for row in rows]
    assert all(("low", "guide", 600) == (row["severity"], row["standing"], row["exposure_fee"]) for row in rows)


def test_clm005_and_clm007_count_one_commission():
    """Two claims on one item, one lost and one undefended: the commission enters the totals once."""
    given = unreceived({"last_scan_at": ""}) | {"config": Config(grade="B")}
    given["claims"].append(claim(claim_id="C0", claim_status="lost", opened_at="2026-11-20 10:00"))
    rows = judge(**given).findings
    rows = rows[rows["rule"].isin(["CLM005", "CLM007"])]

    assert [600, 600] == rows["exposure_fee"].tolist()
    assert 600 == rows["counted_fee"].sum()


def opened(at, parcel=None, *, item=None, **cells):
    """A claim on the item of SOLD, confirmed on 1 October at 10:00, and its parcel, well sent."""
    confirmed = {"ordered_at": "2026-10-01 09:00", "confirmed_at": "2026-10-01 10:00"}
    sent = {"shipped_at": "2026-10-02 06:00", "shipping_mode": "tracked", "tracking_number": GOOD, "delivered_at": ""}
    return claimed(claim(opened_at=at, **cells), item=confirmed | (item or {}), shipments=[shipment(**(sent | (parcel or {})))])


ARRIVED = {"delivered_at": "2026-10-05 12:00:00"}


@pytest.mark.parametrize(
    ("at", "parcel", "cells", "found"),
    [
        ("2026-10-19 12:00:00", ARRIVED, {}, False),
        ("2026-10-19 12:00:01", ARRIVED, {}, True),
        ("2026-10-19", ARRIVED, {}, False),
        ("2026-10-20", ARRIVED, {}, True),
        ("2026-10-20", {"delivered_at": "2026-10-05"}, {}, False),
        ("2026-10-20 00:00:01", {"delivered_at": "2026-10-05"}, {}, True),
        ("2026-10-19 12:00:01", ARRIVED, {"claim_type": "warranty"}, False),
        ("2026-10-19 12:00:01", ARRIVED, {"claim_status": "withdrawn"}, False),
        ("2026-10-19 12:00:01", ARRIVED, {"claim_status": "closed"}, True),
        ("2026-10-31 09:00:00", {}, {}, False),
        ("2026-10-31 09:00:01", {}, {}, True),
        ("2026-10-31 09:00:01", {"delivered_at": "2026-11-01 10:00"}, {}, True),
        ("2026-10-31 09:00:01", {"delivered_at": "2026-10-30 10:00"}, {}, False),
        ("2026-10-31 09:00:00", ARRIVED | {"shipping_mode": "normal"}, {}, False),
        ("2026-10-31 09:00:01", ARRIVED | {"shipping_mode": "normal"}, {}, True),
        ("2026-10-31 09:00:01", ARRIVED | {"tracking_number": ""}, {}, True),
        ("2026-10-31 09:00:00", ARRIVED | {"tracking_number": ""}, {}, False),
    ],
)
def test_clm008_is_strict_at_14_and_30_days(at, parcel, cells, found):
    """14 days from receipt if tracked, else 30 real days from confirmation: the night of 25 October has 25 hours."""
    assert found == bool(findings("CLM008", **opened(at, parcel, **cells)))


def test_clm008_tells_the_dates():
    """What contests the claim: opening, delivery, confirmation; low, official, nothing at stake."""
    (row,) = findings("CLM008", **opened("2026-10-19 12:01", ARRIVED))
    (lost,) = findings("CLM008", **opened("2026-11-01 10:00"))

    assert "opened 19 Oct 2026 12:01; delivered 5 Oct 2026 12:00, confirmed 1 Oct 2026 10:00" == told(row)
    assert "opened 1 Nov 2026 10:00; delivered –, confirmed 1 Oct 2026 10:00" == told(lost)
    assert ("low", "official", "certain", "late-claim", None) == (
        row["severity"],
        row["standing"],
        row["confidence"],
        row["letter"],
        row["exposure_sale"],
    )


def test_clm008_does_not_judge_what_no_file_tells():
    """Without the parcel's days, or the mode and the number, nobody knows which time runs; who received nothing has 30 days."""
    alone = opened("2026-11-05 10:00")
    alone.pop("shipments")
    delivered = opened("2026-11-05 10:00", item={"status": "delivered"})
    unknown = opened("2026-11-05 10:00", ARRIVED | {"shipping_mode": ""})
    unconfirmed = opened("2026-11-05 10:00", item={"confirmed_at": ""})
    unreceived = alone | {"claims": [claim(opened_at="2026-11-05 10:00", claim_type="not_received")]}

    for given in (alone, delivered, unknown, unconfirmed):
        assert (0, 1) == (len(findings("CLM008", **given)), judge(**given).verdicts["CLM008"].not_judged)
    assert (1, 0) == (len(findings("CLM008", **unreceived)), judge(**unreceived).verdicts["CLM008"].not_judged)


@pytest.mark.parametrize(
    ("mode_sent", "mode_ordered", "confidence"),
    [("tracked", "", "certain"), ("", "tracked", "likely"), ("normal", "", "certain"), ("", "normal", "likely")],
)
def test_clm008_is_only_likely_by_the_mode_as_ordered(mode_sent, mode_ordered, confidence):
    """What was sent may differ from what was ordered."""
    given = opened("2026-11-05 10:00", ARRIVED | {"shipping_mode": mode_sent}, item={"shipping_mode": mode_ordered})

    assert [confidence] == [row["confidence"] for row in findings("CLM008", **given)]


def test_clm008_is_only_possible_where_the_hour_exists_twice():
    """Delivered at 02:30 of the doubled hour, 14 days later is late by one reading."""
    given = opened("2026-11-08 02:00", {"delivered_at": "2026-10-25 02:30"})

    assert ["possible"] == [row["confidence"] for row in findings("CLM008", **given)]


@pytest.mark.parametrize(
    ("files", "size", "words"),
    [
        ("10", "50", None),
        ("11", "50", "11 files, the largest of 50.0 MB"),
        ("10", "50.1", "10 files, the largest of 50.1 MB"),
        ("11", "", "11 files, the largest of – MB"),
        ("", "50.01", "– files, the largest of 50.01 MB"),
        ("", "", None),
    ],
)
def test_clm009_takes_ten_files_of_50_mb(files, size, words):
    """Ten files and 50 MB arrive; an eleventh, or a bit more, does not."""
    rows = findings("CLM009", **claimed(claim(attachments=files, largest_attachment_mb=size)))

    assert ([words] if words else []) == [told(row) for row in rows]
    assert all(("medium", "guide", None) == (row["severity"], row["standing"], row["exposure_sale"]) for row in rows)


def test_clm009_needs_one_of_two_columns():
    """With either it judges what is there; with neither it says which are missing."""
    assert 1 == len(findings("CLM009", **claimed(claim(attachments="11"))))
    assert 1 == len(findings("CLM009", **claimed(claim(largest_attachment_mb="51"))))
    verdict = judge(**claimed(claim())).verdicts["CLM009"]

    assert ("skipped", "no file of claims has a column attachments, largest_attachment_mb") == (verdict.status.value, str(verdict.reason))


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("closed", "open", ["claim:C2"]),
        ("withdrawn", "open", ["claim:C2"]),
        ("open", "withdrawn", []),
        ("closed", "in_mediation", ["claim:C2"]),
    ],
)
def test_clm010_finds_the_later_claim(first, second, found):
    """Withdrawn ones raise nothing, but count as earlier."""
    given = claimed(
        claim(claim_id="C2", opened_at="2026-11-22 08:00", claim_status=second),
        claim(claim_id="C1", opened_at="2026-11-18 08:00", claim_status=first),
    )
    rows = findings("CLM010", **given)

    assert found == [row["subject"] for row in rows]
    assert all(
        ("high", "official", 5390, "claim-again", "damaged claim opened 22 Nov 2026 08:00")
        == (row["severity"], row["standing"], row["exposure_sale"], row["letter"], told(row))
        for row in rows
    )


def test_clm010_looks_at_each_item_alone():
    """Two items of one purchase, a claim each: none is repeated."""
    given = claimed(claim(), claim(claim_id="C2", item_id="1002"))
    given["orders"].append(SOLD | {"item_id": "1002"})

    assert [] == findings("CLM010", **given)


@pytest.mark.parametrize(
    ("opened_at", "cells", "words"),
    [
        ("2026-11-22 06:00:00", {}, None),
        ("2026-11-22 05:59:59", {}, "damaged claim without an answer for 24 h"),
        ("2026-11-20 05:00", {"claim_type": "warranty"}, "warranty claim without an answer for 73 h"),
        ("2026-11-20 05:00", {"claim_type": "empty_parcel"}, "empty parcel claim without an answer for 73 h"),
        ("2026-11-20 05:00", {"seller_replied_at": "2026-11-22 10:00"}, None),
        ("2026-11-20 05:00", {"claim_status": "in_mediation"}, None),
        ("2026-11-21", {}, "damaged claim without an answer for 30 h"),
        ("2026-11-22", {}, None),
    ],
)
def test_clm011_wants_an_answer_within_24_hours(opened_at, cells, words):
    """Exactly 24 h is in time; a claim of a whole day was opened at its end."""
    rows = findings("CLM011", **claimed(claim(**({"opened_at": opened_at, "seller_replied_at": ""} | cells))))

    assert ([words] if words else []) == [told(row) for row in rows]
    assert all(("high", "guide", 5390) == (row["severity"], row["standing"], row["exposure_sale"]) for row in rows)


@pytest.mark.parametrize(("kind", "letter"), [("warranty", "warranty-answer"), ("counterfeit", None), ("incomplete", "solutions")])
def test_clm011_chooses_the_answer(kind, letter):
    """Solutions, the warranty's own text, and none where there is nothing to offer."""
    given = claimed(claim(opened_at="2026-11-20 05:00", claim_type=kind, seller_replied_at=""))

    assert [letter] == [row["letter"] for row in findings("CLM011", **given)]


def test_clm011_is_only_possible_where_the_hour_exists_twice():
    """Opened at 02:30 of the doubled hour, a day is over by one reading."""
    given = claimed(claim(opened_at="2026-10-25 02:30", seller_replied_at="")) | {"as_of": "2026-10-26T02:00"}

    assert ["possible"] == [row["confidence"] for row in findings("CLM011", **given)]


@pytest.mark.parametrize(
    ("status", "accepted", "found"),
    [
        ("open", "2026-11-22 09:00", True),
        ("in_mediation", "2026-11-22 09:00", True),
        ("open", "", False),
        ("withdrawn", "2026-11-22 09:00", False),
        ("closed", "2026-11-22 09:00", False),
    ],
)
def test_clm012_finds_settled_claims_that_are_open(status, accepted, found):
    """What is settled counts in the score until it is withdrawn."""
    rows = findings("CLM012", **claimed(claim(claim_status=status, solution_accepted_at=accepted)))

    assert (["solution accepted 22 Nov 2026 09:00, still open"] if found else []) == [told(row) for row in rows]
    assert all(("low", "guide", "withdraw-claim") == (row["severity"], row["standing"], row["letter"]) for row in rows)


def thrice(third, **cells):
    """Three claims on one sku, on an item each; the third as given."""
    kinds = ("damaged", "defective", "not_as_described")
    opened_at = ("2026-11-20 10:00", "2026-11-21 10:00", third)
    claims = [
        claim(claim_id=f"C{place}", item_id=f"100{place}", claim_type=kind, opened_at=at)
        for place, (kind, at) in enumerate(zip(kinds, opened_at, strict=True), start=1)
    ]
    claims[2] |= cells
    return {"orders": [SOLD | {"item_id": f"100{place}", "sku": "S1"} for place in (1, 2, 3)], "claims": claims}


@pytest.mark.parametrize(
    ("third", "cells", "found"),
    [
        ("2026-08-25 07:00:00", {}, True),
        ("2026-08-25 06:59:59", {}, False),
        ("2026-08-26", {}, True),
        ("2026-08-25", {}, False),
        ("2026-11-23 06:00:00", {}, True),
        ("2026-11-23 06:00:01", {}, False),
        ("2026-11-22 10:00", {"claim_status": "withdrawn"}, False),
        ("2026-11-22 10:00", {"claim_status": "won"}, True),
        ("2026-11-22 10:00", {"claim_type": "not_received"}, False),
        ("2026-11-22 10:00", {"item_id": "1001"}, True),
    ],
)
def test_clm013_counts_three_claims_in_90_days(third, cells, found):
    """The 90 days to as-of in real hours; two, a withdrawn one or one of another type are not enough."""
    rows = findings("CLM013", **thrice(third, **cells))

    assert (["3 claims: C1, C2, C3"] if found else []) == [told(row) for row in rows]
    assert all(
        ("listing:S1", "medium", "guide", None, None)
        == tuple(row[name] for name in ("subject", "severity", "standing", "item_id", "letter"))
        for row in rows
    )


def test_clm013_leaves_articles_without_a_number_alone():
    """Three claims on items whose sku is not known say nothing about one article."""
    given = thrice("2026-11-22 10:00")
    given["orders"] = [item | {"sku": ""} for item in given["orders"]]

    assert [] == findings("CLM013", **given)


@pytest.mark.parametrize(
    ("gone", "skipped", "reason"),
    [
        ("claims", CLM, "no file holds claims"),
        ("orders", CLM, "no file holds orders"),
        ("shipments", ["CLM005"], "no file holds shipments"),
        ("claims.platform_request_at", ["CLM003", "CLM004"], "no file of claims has the column platform_request_at"),
        ("claims.platform_reply_at", ["CLM003", "CLM004"], "no file of claims has the column platform_reply_at"),
        ("claims.seller_replied_at", ["CLM011"], "no file of claims has the column seller_replied_at"),
        ("claims.solution_accepted_at", ["CLM012"], "no file of claims has the column solution_accepted_at"),
        ("orders.sku", ["CLM013"], "no file of orders has the column sku"),
    ],
)
def test_a_missing_table_or_column_skips_the_rule(gone, skipped, reason):
    """Never passed in silence: what is missing is named, and only the rules that need it are skipped."""
    columns = ("platform_request_at", "platform_reply_at", "seller_replied_at", "solution_accepted_at", "attachments")
    whole = unreceived(item={"sku": "S1"}, **dict.fromkeys(columns, ""))
    table, _, column = gone.partition(".")
    given = {
        name: [{cell: value for cell, value in row.items() if name != table or cell != column} for row in rows]
        for name, rows in whole.items()
        if column or name != table
    }
    verdicts = judge(**given, config=Config(grade="B")).verdicts

    assert dict.fromkeys(skipped, reason) == {code: str(verdicts[code].reason) for code in CLM if verdicts[code].status == "skipped"}


def test_clm007_needs_the_grade():
    """Without the shop's grade it says so."""
    verdict = judge(**claimed(claim(claim_status="lost"))).verdicts["CLM007"]

    assert ("skipped", "the settings do not tell the shop's grade") == (verdict.status.value, str(verdict.reason))


def test_withdrawn_claims_raise_nothing():
    """Whatever stands in the row: it was withdrawn."""
    given = unreceived(
        {"last_scan_at": ""},
        claim_status="withdrawn",
        platform_request_at="2026-11-15 10:00",
        platform_reply_at="",
        seller_replied_at="",
        solution_accepted_at="2026-11-16 10:00",
        attachments="20",
    )
    given["claims"] += [
        row | {"claim_id": f"C{place}", "claim_type": kind}
        for place, kind in enumerate(("counterfeit", "damaged", "defective"), 2)
        for row in given["claims"][:1]
    ]

    assert [] == [code for code in judge(**given, config=Config(grade="D")).findings["rule"] if code in CLM]


def test_a_claim_on_an_unknown_item_is_judged_without_money():
    """Its own dates are enough for the window; what it may cost is not known."""
    (row,) = findings("CLM001", **claimed(claim(item_id="9999", opened_at="2026-11-17 09:00")))

    assert ("9999", None) == (row["item_id"], row["exposure_sale"])


def test_what_is_not_in_euros_carries_no_exposure():
    """Another currency is no EUR, in no column."""
    given = unreceived({"last_scan_at": ""}, item={"currency": "GBP", "sku": "S1"}) | {"config": Config(grade="B")}
    (undefended,) = findings("CLM005", **given)
    given["claims"] = [claim(claim_type="counterfeit")]
    (counterfeit,) = findings("CLM006", **given)

    assert (None, None, None, None) == tuple(
        row[name]
        for row in (undefended, counterfeit)
        for name in ("exposure_sale", "exposure_fee" if row is undefended else "exposure_fine")
    )


def test_what_was_refunded_is_no_longer_at_stake():
    """53.90 less 10.00 and 43.91 EUR: nothing is left, and never less."""
    given = claimed(claim(opened_at="2026-11-17 09:00"), refunds=[refund()])
    more = given | {"refunds": [refund(), refund(refund_id="R2", amount="-43.91")]}

    assert [4390, 0] == [findings("CLM001", **each)[0]["exposure_sale"] for each in (given, more)]


def test_the_sale_is_past_only_once_no_claim_is_open():
    """A lost request on a rated item costs nothing more; while another claim is open, all of it may still be lost."""
    closed = claim(opened_at="2026-11-12 09:00", platform_request_at="2026-11-14 10:00", platform_reply_at="", claim_status="won")
    given = claimed(closed, item={"status": "shipped", "rating": "5"})
    another = claimed(closed, claim(claim_id="C2"), item={"status": "shipped", "rating": "5"})
    (row,) = findings("CLM003", **given)

    assert (0, "asked 14 Nov 2026 10:00; answer: –; past, the sale can no longer be lost") == (row["exposure_sale"], told(row))
    assert [5390] == [row["exposure_sale"] for row in findings("CLM003", **another)]


def test_several_claims_on_one_item_cost_its_sale_once():
    """Two claims and three findings: the totals hold one sale."""
    given = claimed(claim(opened_at="2026-11-17 09:00", seller_replied_at=""), claim(claim_id="C2", seller_replied_at=""))
    rows = judge(**given).findings
    rows = rows[rows["rule"].isin(CLM)]

    assert {"CLM001", "CLM010", "CLM011"} == set(rows["rule"])
    assert [5390] * 3 == rows["exposure_sale"].tolist()
    assert 5390 == rows["counted_sale"].sum()


def test_an_unknown_commission_is_blank_and_counted():
    """The total says how many amounts it leaves out."""
    given = unreceived({"last_scan_at": ""}, item={"commission": ""})
    frames = {name: pd.DataFrame(rows) for name, rows in given.items()}
    moment = pd.Timestamp(AS_OF, tz="Europe/Paris").to_pydatetime()
    known, unknown = (
        audit(config=Config(grade="B", commission_rate=rate, select=("CLM005",)), as_of=moment, **frames).exposure for rate in (0.12, None)
    )

    assert [(600, 0), (0, 1)] == [(money.fee, money.blanks) for money in (known, unknown)]
