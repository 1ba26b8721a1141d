"""CAN: whose cancellation it was, and what it costs."""

import pytest

from audit.config import Config
from audit.testing import findings, order, shipment


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
