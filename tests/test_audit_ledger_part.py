"""One file's rows, and what becomes of them."""

import pandas as pd

from audit.ingest.rows import TextRows
from audit.ledger.faults import cell_faults, no_faults
from audit.ledger.part import Part
from audit.ledger.sieve import Sieved
from schemas.tables import TABLES

ORDERS = TABLES["orders"]


def part(*rows):
    """A file of such rows, all of them good."""
    index = pd.Index(rows, dtype="int64")
    sieved = Sieved(ORDERS, pd.DataFrame(index=index), no_faults(), pd.DataFrame(), frozenset(), {}, {})
    return Part(TextRows("in.csv", "", (), 1, pd.DataFrame(index=index)), lambda _told: [sieved])


def damaged(*rows):
    """A fault of a cell in each of some rows."""
    reasons = pd.Series("damaged-identifier", index=list(rows), dtype="str")
    return cell_faults(reasons, ORDERS.by_name["sku"], pd.Series("7", index=list(rows), dtype="str"))


def test_faults_stand_in_the_order_in_which_they_were_told():
    """Of whole rows and of cells, in turns."""
    own = part(2, 3)
    own.refuse(3, "orders", "replaces-nothing")
    own.add_faults(damaged(2, 3), "orders")
    own.refuse(2, "orders", "contradicting-copy", other="b.csv")
    own.refuse(3, "orders", "contradicting-copy", other="c.csv")

    assert ["replaces-nothing", "damaged-identifier", "damaged-identifier", "contradicting-copy", "contradicting-copy"] == list(
        own.faults["reason"]
    )
    assert [3, 2, 3, 2, 3] == list(own.faults["row"])
    assert '{"column": "", "value": "", "table": "orders", "other": "c.csv"}' == own.faults["facts"].iloc[-1]


def test_refused_rows_are_known_at_once():
    """However they came to be refused, and until they are replaced."""
    own = part(2, 3, 4)
    seen = [set(own.refused)]
    for change in (
        lambda: own.refuse(2, "orders", "replaces-nothing"),
        lambda: own.add_faults(damaged(3), "orders"),
        lambda: own.replace([2]),
        lambda: own.refuse(4, "orders", "replaces-nothing"),
    ):
        change()
        seen.append(set(own.refused))

    assert [set(), {2}, {2, 3}, {3}, {3, 4}] == seen
    assert [3, 4] == list(own.faults["row"])
    assert {2} == own.replaced
