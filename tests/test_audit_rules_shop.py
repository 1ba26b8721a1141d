"""SHP: both sides of every boundary, as-of 2026-11-23 06:00 in Paris."""

import pytest

from audit.config import Config
from audit.testing import findings, judge, needed, order
from schemas.text import evidence


def sales(kinds):
    """So many items of each kind: the key is status, confirmed or not, and by whom it was cancelled."""
    rows = []
    for (status, confirmed, by), count in kinds.items():
        for _ in range(count):
            place = len(rows)
            cells = {"status": status, "confirmed_at": "2026-11-19 12:00" if confirmed else "", "cancelled_by": by}
            rows.append(order(purchase_id=f"90{place:04}", item_id=f"{place}", ordered_at="2026-11-19 10:00", **cells))
    return rows


CONFIRMED = ("confirmed", True, "")
REFUSED = ("refused", False, "")
UNANSWERED = ("to_confirm", False, "")
LAPSED = ("cancelled", False, "platform")
BY_SELLER = ("cancelled", True, "seller")
BY_BUYER = ("cancelled", True, "buyer")
BY_NOBODY = ("cancelled", True, "")


def said(code, kinds, **more):
    """What a rule says of the shop."""
    return [evidence(row["evidence"], row["facts"]) for row in findings(code, orders=sales(kinds), **more)]


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ({CONFIRMED: 19, REFUSED: 1}, "19 of 20 sales confirmed in 30 days, 95.0%; more than 95.0% wanted"),
        ({CONFIRMED: 19, UNANSWERED: 1}, "19 of 20 sales confirmed in 30 days, 95.0%; more than 95.0% wanted"),
        ({CONFIRMED: 19, LAPSED: 1}, "19 of 20 sales confirmed in 30 days, 95.0%; more than 95.0% wanted"),
        ({CONFIRMED: 20, REFUSED: 1}, None),
        ({CONFIRMED: 9, REFUSED: 1}, "9 of 10 sales confirmed in 30 days, 90.0%; more than 95.0% wanted"),
        ({CONFIRMED: 8, REFUSED: 1}, None),
        ({CONFIRMED: 8, REFUSED: 1, BY_BUYER: 5}, None),
        ({REFUSED: 10}, "0 of 10 sales confirmed in 30 days, 0.0%; more than 95.0% wanted"),
    ],
)
def test_shp001_wants_more_than_95_percent(kinds, told):
    """Exactly 95 % is a breach, from ten items on; what the buyer withdrew does not count."""
    assert ([told] if told else []) == said("SHP001", kinds)


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ({CONFIRMED: 19, BY_SELLER: 1}, "1 of 20 sales cancelled in 30 days, 5.0%; less than 5.0% wanted; 0 unattributed left out"),
        ({CONFIRMED: 19, LAPSED: 1}, "1 of 20 sales cancelled in 30 days, 5.0%; less than 5.0% wanted; 0 unattributed left out"),
        ({CONFIRMED: 20, BY_SELLER: 1}, None),
        (
            {CONFIRMED: 19, BY_SELLER: 1, BY_NOBODY: 3},
            "1 of 20 sales cancelled in 30 days, 5.0%; less than 5.0% wanted; 3 unattributed left out",
        ),
        ({CONFIRMED: 19, BY_BUYER: 1}, None),
        ({CONFIRMED: 9, BY_SELLER: 1}, "1 of 10 sales cancelled in 30 days, 10.0%; less than 5.0% wanted; 0 unattributed left out"),
        ({CONFIRMED: 8, BY_SELLER: 1, BY_NOBODY: 2}, None),
    ],
)
def test_shp002_wants_less_than_5_percent(kinds, told):
    """Exactly 5 % is a breach, from ten items on; what nobody is named for is left out."""
    assert ([told] if told else []) == said("SHP002", kinds)


def test_shp002_counts_what_it_leaves_out():
    """Unattributed cancellations are not judged, breach or none."""
    verdict = judge(rules=needed("SHP002"), orders=sales({CONFIRMED: 20, BY_NOBODY: 3})).verdicts["SHP002"]

    assert ("clean", 3) == (verdict.status.value, verdict.not_judged)


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ({UNANSWERED: 2}, "2 sales left unanswered past 72 h in 30 days"),
        ({UNANSWERED: 1, LAPSED: 1}, "2 sales left unanswered past 72 h in 30 days"),
        ({UNANSWERED: 1, CONFIRMED: 20}, None),
    ],
)
def test_shp003_counts_two(kinds, told):
    """Two are enough, waiting or lapsed, however few the sales are."""
    assert ([told] if told else []) == said("SHP003", kinds)


@pytest.mark.parametrize(("ordered", "found"), [("2026-11-20 06:00:00", 0), ("2026-11-20 05:59:59", 1)])
def test_shp003_is_strict_at_72_hours(ordered, found):
    """Exactly 72 h is not past."""
    rows = [row | {"ordered_at": ordered} for row in sales({UNANSWERED: 2})]

    assert found == len(findings("SHP003", orders=rows))


@pytest.mark.parametrize(
    ("code", "kinds", "severity"),
    [
        ("SHP001", {CONFIRMED: 9, REFUSED: 1}, "high"),
        ("SHP002", {CONFIRMED: 9, BY_SELLER: 1}, "high"),
        ("SHP003", {UNANSWERED: 2}, "critical"),
    ],
)
def test_the_shop_is_the_subject(code, kinds, severity):
    """One finding on the shop at as-of, official and certain, without an order or money of its own."""
    (row,) = findings(code, orders=sales(kinds))

    assert (severity, "certain", "official", "shop") == (row["severity"], row["confidence"], row["standing"], row["subject"])
    assert (None, None, None) == (row["purchase_id"], row["exposure_sale"], row["letter"])
    assert "2026-11-23T06:00:00+01:00" == row["occurred_at"].tz_convert("Europe/Paris").isoformat()


def test_limits_can_be_overridden():
    """A shop may be stricter with itself."""
    assert said("SHP002", {CONFIRMED: 20, BY_SELLER: 1}, config=Config(limits={"most_cancelled": 0.04}))
    assert said("SHP003", {UNANSWERED: 1}, config=Config(limits={"most_unanswered": 1}))


@pytest.mark.parametrize(
    ("code", "column", "reason"),
    [
        ("SHP001", "", "no file of orders has a column confirmed_at, status"),
        ("SHP002", "status", "no file of orders has the column cancelled_by"),
        ("SHP003", "", "no file of orders has a column confirmed_at, status"),
    ],
)
def test_missing_columns_skip_the_rule(code, column, reason):
    """What no file tells is said, never silently passed."""
    rows = [order(item_id=str(place), **({column: "confirmed"} if column else {})) for place in range(10)]
    verdict = judge(rules=needed(code), orders=rows).verdicts[code]

    assert ("skipped", reason) == (verdict.status.value, str(verdict.reason))
