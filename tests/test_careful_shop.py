"""A careful seller is not accused: hundreds of items done right raise nothing above low, and each low one is known by name."""

import random
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from audit.config import Config
from audit.testing import judge

LOW = {
    "REG008": 1,  # Chronopost is signed for, as the price demands, but is not registered mail by its name
    "CLM012": 1,  # a claim settled yesterday waits for the buyer to withdraw it, as he was asked
}
"""What a careful seller is still told, and how often: hints that nothing is wrong with."""

BUYER, PLATFORM = ("Acheteur", "buyer", "买家"), ("Service client", "platform", "平台")
SETTINGS = Config(shop="Careful (invented)", grade="A", commission_rate=0.12)


@pytest.fixture(scope="module")
def shop():
    """The module that makes the careful shop's rows."""
    sys.path.insert(0, str(Path(__file__).parent))
    try:
        import careful_stories
    finally:
        sys.path.pop(0)
    return careful_stories


@pytest.fixture(scope="module")
def tables(shop):
    """The careful shop's rows."""
    return shop.tables()


@pytest.fixture(scope="module")
def judged(tables):
    """What all rules say of them."""
    return judge(as_of="2026-11-09T06:00", config=SETTINGS, **tables)


def named(findings, tables):
    """Each finding in words, with its item's rows, so that a failure tells what was accused."""
    rows = []
    for row in findings.itertuples():
        about = [entry for name in tables for entry in tables[name] if isinstance(row.item_id, str) and entry.get("item_id") == row.item_id]
        rows.append(f"{row.rule} {row.severity} {row.confidence} {row.subject}: {row.evidence} {row.facts} {about}")
    return rows


def test_nothing_above_low_is_raised(judged, tables):
    """No finding of medium, high or critical severity."""
    assert [] == named(judged.findings[judged.findings["severity"] != "low"], tables)


def test_every_low_finding_is_one_that_is_known(judged, tables):
    """What is low is what LOW explains, and nothing else."""
    findings = judged.findings[judged.findings["severity"] == "low"]

    assert [] == named(findings[~findings["rule"].isin(list(LOW))], tables)
    assert Counter(findings["rule"]) == LOW


def test_every_rule_ran(judged):
    """Silence means that it was looked at: no rule was skipped, none failed."""
    assert [] == [code for code, verdict in judged.verdicts.items() if verdict.status not in ("found", "clean")]


def test_no_row_was_left_aside(tables):
    """Every row is accepted: the careful shop is what is judged."""
    from audit.testing import books

    read = books(as_of="2026-11-09T06:00", config=SETTINGS, **tables)

    assert {name: len(rows) for name, rows in tables.items()} == {name: len(table.frame) for name, table in read.tables.items()}


def test_the_shop_is_large_and_goes_over_both_clock_changes(shop, tables):
    """Several hundred items, every table, both nights, and three languages."""
    orders = tables["orders"]
    ordered = [row["ordered_at"] for row in orders]

    assert len(orders) > 350
    assert [date(2026, 3, 29), date(2026, 10, 25)] == shop.nights()
    assert all(sum(text.startswith(night) for text in ordered) > 5 for night in ("2026-03-29", "2026-10-25"))
    assert any(len(text) == 10 for text in ordered)
    assert {"Livrée", "delivered", "已签收"} <= {row["status"] for row in orders}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_another_shop_as_careful_is_not_accused_either(shop, seed):
    """The dice fall otherwise, the verdict is the same."""
    tables = shop.tables(seed)
    findings = judge(as_of="2026-11-09T06:00", config=SETTINGS, **tables).findings

    assert [] == named(findings[(findings["severity"] != "low") | ~findings["rule"].isin(list(LOW))], tables)


@pytest.mark.parametrize(
    ("table", "kept", "accused"),
    [
        ("messages", lambda row: row["recipient"] not in PLATFORM, {"CAN008", "REF004", "MSG009"}),
        ("messages", lambda row: row["recipient"] not in BUYER, {"MSG002", "MSG005", "MSG008"}),
        ("refunds", lambda row: row["amount"] != "43.90", {"CAN007"}),
        ("shipments", lambda row: row["tracking_number"][:2] != "RR", {"TRK001"}),
        ("authorisations", lambda row: row["brand"] != "Lacoste", {"BRD001", "BRD007"}),
    ],
)
def test_what_is_left_undone_is_found(table, kept, accused, tables):
    """The same shop without one kind of its rows is accused of it: the silence above is no deafness."""
    less = {**tables, table: [row for row in tables[table] if kept(row)]}
    found = set(judge(as_of="2026-11-09T06:00", config=SETTINGS, **less).findings["rule"])

    assert accused <= found


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_changes_no_finding(tables, seed):
    """With every table's rows shuffled all is the same but where each row stands."""
    told = {**tables, "messages": [row for row in tables["messages"] if row["recipient"] not in (*BUYER, *PLATFORM)]}
    mixed = {name: random.Random(seed).sample(rows, len(rows)) for name, rows in told.items()}  # noqa: S311 - a seeded shuffle
    one, other = (judge(as_of="2026-11-09T06:00", config=SETTINGS, **rows).findings.drop(columns="source_row") for rows in (told, mixed))

    assert len(one) > 100
    assert one.equals(other)
