"""The public face in Python, and what the main path promises as a whole."""

import pandas as pd
import pytest

from audit import Config, audit
from audit.errors import ConfigFault
from audit.testing import AS_OF, codes, findings, judge, order, shipment
from schemas.findings import FINDINGS
from schemas.outcome import ITEMS, RULES

ORDERS = pd.DataFrame([order(unit_price="250", status="shipped", confirmed_at="2026-11-20 12:00", shipping_mode="tracked")])
SHIPMENTS = pd.DataFrame([shipment(shipped_at="2026-11-21 09:00", tracking_number="RR473124829GB", shipping_mode="tracked")])


def test_dataframes_and_files_give_the_same_outcome(tmp_path):
    """A notebook's DataFrames are judged as their files are, but for the name of the source."""
    ORDERS.to_csv(tmp_path / "o.csv", index=False)
    SHIPMENTS.to_csv(tmp_path / "s.csv", index=False)
    config = Config(as_of=AS_OF)
    frames = audit(orders=ORDERS, shipments=SHIPMENTS, config=config)
    files = audit(orders=tmp_path / "o.csv", shipments=tmp_path / "s.csv", config=config)

    assert ["REG001"] == list(frames.findings["rule"])
    pd.testing.assert_frame_equal(frames.findings.drop(columns="source_file"), files.findings.drop(columns="source_file"))


def test_the_outcome_has_the_declared_tables():
    """Columns are those that schemas.findings declares."""
    outcome = audit(orders=ORDERS, config=Config(as_of=AS_OF))

    assert (list(FINDINGS), list(ITEMS), list(RULES)) == (list(outcome.findings), list(outcome.items), list(outcome.rules))


def test_files_and_dataframes_are_not_mixed(tmp_path):
    """Nothing that was given is left out in silence."""
    with pytest.raises(ConfigFault, match="Give either files or DataFrames"):
        audit(tmp_path, orders=ORDERS)


def test_an_unknown_table_is_named():
    """A table that does not exist is a matter of usage."""
    with pytest.raises(ConfigFault, match="unknown table parcels"):
        audit(parcels=ORDERS)


def test_finding_ids_depend_on_neither_order_nor_file():
    """The same rule and subject keep their id when rows and files change."""
    rows = [
        order(item_id=str(number), unit_price="250", status="shipped", shipping_mode="tracked", confirmed_at="2026-11-20 12:00")
        for number in range(5)
    ]
    one, other = (
        judge(orders=given, shipments=[shipment(shipped_at="2026-11-21 09:00", item_id="")]).findings for given in (rows, rows[::-1])
    )

    assert list(one["finding_id"]) == list(other["finding_id"])
    pd.testing.assert_frame_equal(one.drop(columns="source_row"), other.drop(columns="source_row"))


def test_a_shipment_without_item_serves_every_live_item_without_its_own():
    """A blank item is the whole purchase, but for what is cancelled or has a row of its own."""
    items = [
        order(item_id=number, unit_price="250", status=status, shipping_mode="registered")
        for number, status in (("1", "confirmed"), ("2", "cancelled"), ("3", "confirmed"))
    ]
    given = {
        "orders": items,
        "shipments": [
            shipment(item_id="", shipping_mode="tracked", shipped_at="2026-11-21 09:00"),
            shipment(item_id="3", shipping_mode="registered", shipped_at="2026-11-21 09:00"),
        ],
    }

    assert ["1"] == [found["item_id"] for found in findings("REG001", **given)]


def test_an_item_loses_its_sale_only_once():
    """Two findings on one item put one sale at stake; a possible one puts nothing into the totals."""
    given = {
        "orders": [order(unit_price="250", status="shipped", shipping_mode="tracked", confirmed_at="2026-11-20 12:00")],
        "shipments": [shipment(shipping_mode="tracked", shipped_at="2026-11-21 09:00", tracking_number="")],
    }
    table = judge(**given).findings

    assert ["REG001", "TRK001"] == codes(**given)[:2]
    assert (25000, 50000) == (table["counted_sale"].sum(), table["exposure_sale"].sum())


def test_a_rule_that_hits_a_subject_twice_fails_alone():
    """The engine proves what a rule returns."""
    from dataclasses import replace

    from audit.rule import Evidence, Hits
    from audit.rules import RULES as CATALOGUE

    def twice(books):
        rows = pd.concat([books.items, books.items])
        return Hits(rows=rows.set_axis(range(len(rows))), evidence=Evidence("x"))

    rules = tuple(replace(rule, judge=twice) if rule.code == "TRK011" else rule for rule in CATALOGUE)
    judged = judge(orders=[order()], rules=rules)

    assert ("failed", "ValueError: TRK011 hits a subject twice") == (
        judged.verdicts["TRK011"].status,
        str(judged.verdicts["TRK011"].reason),
    )
    assert {"failed"} == {verdict.status.value for code, verdict in judged.verdicts.items() if code == "TRK011"}


def test_rules_that_look_at_a_failed_rule_are_skipped():
    """What depends on a failed rule says so instead of guessing."""
    from dataclasses import replace

    from audit.rules import RULES as CATALOGUE

    def broken(_books):
        raise KeyError("x")

    rules = tuple(replace(rule, judge=broken) if rule.code == "REG001" else rule for rule in CATALOGUE)
    verdict = judge(orders=[order()], rules=rules).verdicts["REG004"]

    assert ("skipped", "it looks at REG001, which failed") == (verdict.status, str(verdict.reason))
