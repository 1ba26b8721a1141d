"""MSG003 and MSG004 on a night on which no message is missing."""

import pytest

from audit.testing import findings, message, order, shipment

FINE = {
    "orders": [order(ordered_at="2026-11-10 10:00", confirmed_at="2026-11-10 12:00", status="shipped")],
    "shipments": [
        shipment(
            shipping_mode="tracked",
            tracking_number="LX104821134CN",
            shipped_at="2026-11-11 10:00",
            last_scan_at="2026-11-22 10:00",
            delivered_at="",
        )
    ],
    "messages": [message("seller", "buyer", "2026-11-10 12:00", "Bonjour"), message("seller", "buyer", "2026-11-23 05:00", "Bonjour")],
}


@pytest.mark.parametrize("code", ["MSG003", "MSG004"])
def test_nothing_is_found_where_nothing_is_wrong(code):
    """An item that left in time and moves gives no finding, not even one about nobody."""
    assert [] == findings(code, **FINE)
