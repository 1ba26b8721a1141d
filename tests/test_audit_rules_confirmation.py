"""CNF: both sides of every boundary, as-of 2026-11-23 06:00 in Paris."""

import pytest

from audit.testing import findings, judge, order, shipment

OTHER = order(item_id="1002", unit_price="10.00", status="shipped", confirmed_at="2026-11-20 12:00")


def to_confirm(ordered, **cells):
    """One item that waits for confirmation."""
    return {"orders": [order(ordered_at=ordered, status="to_confirm", **cells)]}


def confirmed(ordered, at, **cells):
    """One item confirmed at some time."""
    return {"orders": [order(ordered_at=ordered, confirmed_at=at, status="shipped", **cells)]}


@pytest.mark.parametrize(
    ("at", "severity", "standing"),
    [
        ("2026-11-12 10:00:00", None, None),
        ("2026-11-12 10:00:01", "medium", "guide"),
        ("2026-11-13 10:00:00", "medium", "guide"),
        ("2026-11-13 10:00:01", "high", "official"),
    ],
)
def test_cnf001_is_strict_at_48_and_72_hours(at, severity, standing):
    """Exactly 48 h is fine; above 72 h the platform's own limit is passed."""
    found = findings("CNF001", **confirmed("2026-11-10 10:00", at))

    assert ([(severity, standing)] if severity else []) == [(row["severity"], row["standing"]) for row in found]


def test_cnf001_counts_real_hours_over_the_clock_change():
    """The night of 25 October has 25 hours: 48 local hours are 49 real ones."""
    assert 1 == len(findings("CNF001", **confirmed("2026-10-24 10:00", "2026-10-26 10:00:00")))
    assert [] == findings("CNF001", **confirmed("2026-10-24 10:00", "2026-10-26 09:00:00"))


def test_cnf001_is_only_possible_where_the_hour_exists_twice():
    """A confirmation at 02:30 of the doubled hour may be 48 h or 49 h after the order."""
    found = findings("CNF001", **confirmed("2026-10-23 03:00", "2026-10-25 02:30"))

    assert ["possible"] == [row["confidence"] for row in found]


def test_cnf001_reads_days_kindly():
    """A day without a time can't convict before the kindest reading does."""
    assert [] == findings("CNF001", **confirmed("2026-11-10", "2026-11-13"))
    assert 1 == len(findings("CNF001", **confirmed("2026-11-10", "2026-11-14")))


def test_cnf001_judges_items_that_were_cancelled_later():
    """A cancellation does not undo a late confirmation."""
    given = confirmed("2026-11-10 10:00", "2026-11-13 10:00")
    given["orders"][0] |= {"status": "cancelled"}

    assert 1 == len(findings("CNF001", **given))


def test_cnf001_starts_a_pre_order_at_its_release():
    """A pre-order's clock starts at the later of order and release; without a release it is not judged."""
    cells = {"is_preorder": "yes"}

    assert [] == findings("CNF001", **confirmed("2026-11-10 10:00", "2026-11-17 10:00", release_at="2026-11-15 10:00", **cells))
    assert 1 == len(findings("CNF001", **confirmed("2026-11-10 10:00", "2026-11-17 10:01", release_at="2026-11-15 10:00", **cells)))
    judged = judge(**confirmed("2026-11-10 10:00", "2026-11-17 10:00", **cells))
    assert ("clean", 1) == (judged.verdicts["CNF001"].status, judged.verdicts["CNF001"].not_judged)


@pytest.mark.parametrize(
    ("ordered", "code", "severity", "standing"),
    [
        ("2026-11-22 06:00:01", None, None, None),
        ("2026-11-22 06:00:00", "CNF003", "low", "guide"),
        ("2026-11-21 06:00:00", "CNF003", "low", "guide"),
        ("2026-11-21 05:59:59", "CNF002", "high", "guide"),
        ("2026-11-20 06:00:00", "CNF002", "high", "guide"),
        ("2026-11-20 05:59:59", "CNF002", "critical", "official"),
    ],
)
def test_cnf002_and_cnf003_share_the_hours(ordered, code, severity, standing):
    """24 h to 48 h inclusive is due, more is overdue, and above 72 h critical."""
    given = to_confirm(ordered)
    found = [(row["rule"], row["severity"], row["standing"]) for rule in ("CNF002", "CNF003") for row in findings(rule, **given)]

    assert ([(code, severity, standing)] if code else []) == found


def test_cnf002_deadline_and_money():
    """The deadline is 72 h after the order; the sale is at stake only once that has passed."""
    before, after = findings("CNF002", **to_confirm("2026-11-21 05:00"))[0], findings("CNF002", **to_confirm("2026-11-20 05:00"))[0]

    assert (0, 5000) == (before["exposure_sale"], after["exposure_sale"])
    assert "2026-11-24T05:00:00+01:00" == before["deadline_at"].tz_convert("Europe/Paris").isoformat()


@pytest.mark.parametrize(
    ("confirmed_at", "shipped_at", "expected"),
    [
        ("2026-11-16 09:00", "2026-11-18 09:00:00", [("low", "guide")]),
        ("2026-11-16 09:00", "2026-11-18 09:00:01", [("medium", "official")]),
        ("2026-11-16 08:00", "2026-11-18 08:00:00", []),
        ("2026-11-16 08:30", "2026-11-18 08:00:01", [("low", "guide")]),
    ],
)
def test_cnf004_counts_from_confirmation_then_from_the_order(confirmed_at, shipped_at, expected):
    """48 h from confirmation is the platform's; 48 h from the order is the guide's."""
    given = {
        "orders": [order(ordered_at="2026-11-16 08:00", confirmed_at=confirmed_at, status="shipped")],
        "shipments": [shipment(shipped_at=shipped_at)],
    }

    assert expected == [(row["severity"], row["standing"]) for row in findings("CNF004", **given)]


def test_cnf004_advice_gives_way_to_cnf001():
    """Late only because it was confirmed late: CNF001 says that already."""
    given = {
        "orders": [order(ordered_at="2026-11-10 08:00", confirmed_at="2026-11-12 09:00", status="shipped")],
        "shipments": [shipment(shipped_at="2026-11-13 09:00")],
    }

    assert [] == findings("CNF004", **given)
    assert 1 == len(findings("CNF001", **given))


@pytest.mark.parametrize(
    ("confirmed_at", "code"),
    [
        ("2026-11-22 06:00:01", None),
        ("2026-11-22 06:00:00", "CNF006"),
        ("2026-11-21 06:00:00", "CNF006"),
        ("2026-11-21 05:59:59", "CNF005"),
    ],
)
def test_cnf005_and_cnf006_share_the_hours(confirmed_at, code):
    """24 h to 48 h inclusive after confirmation is due, more is overdue."""
    given = {"orders": [order(ordered_at="2026-11-20 08:00", confirmed_at=confirmed_at, status="confirmed"), OTHER]}
    found = [row["rule"] for rule in ("CNF005", "CNF006") for row in findings(rule, **given)]

    assert ([code] if code else []) == found


def test_cnf005_without_the_status_judges_only_what_the_shipments_cover():
    """Where only the shipments tell what left, a confirmation outside their dates is counted as not judged."""
    mine = order(ordered_at="2026-11-18 08:00", confirmed_at="2026-11-18 09:00", status="confirmed")
    other = order(item_id="1002", status="confirmed", confirmed_at="2026-11-20 12:00")
    late, early = shipment(item_id="1002", shipped_at="2026-11-22 09:00"), shipment(item_id="1002", shipped_at="2026-11-10 09:00")

    judged = judge(orders=[mine, other], shipments=[late])
    assert (0, 1) == ((judged.findings["rule"] == "CNF005").sum(), judged.verdicts["CNF005"].not_judged)
    assert 1 == len(findings("CNF005", orders=[mine, other], shipments=[early, late]))


def test_cnf005_never_judges_an_item_with_a_refused_shipment_row():
    """A shipment that can't be read may be the one that is missed."""
    mine = order(ordered_at="2026-11-18 08:00", confirmed_at="2026-11-18 09:00", status="confirmed")
    seen = [
        shipment(item_id="1002", shipped_at="2026-11-10 09:00"),
        shipment(item_id="1002", shipped_at="2026-11-22 09:00", tracking_number="LX1"),
    ]
    other = order(item_id="1002", status="confirmed", confirmed_at="2026-11-20 12:00")

    assert [] == findings("CNF005", orders=[mine, other], shipments=[*seen, shipment(shipped_at="yesterday")])


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"cancelled_by": "platform"}, True),
        ({"cancelled_by": "buyer"}, False),
        ({"cancelled_by": "platform", "confirmed_at": "2026-11-20 12:00"}, False),
    ],
)
def test_cnf007_finds_sales_that_lapsed(cells, found):
    """Cancelled by the platform without a confirmation, the commission is due all the same."""
    given = {
        "orders": [
            order(status="cancelled", commission="6.00", **cells),
            order(item_id="1002", confirmed_at="2026-11-20 12:00", cancelled_by=""),
        ]
    }
    rows = findings("CNF007", **given)

    assert ([600] if found else []) == [row["exposure_fee"] for row in rows]
