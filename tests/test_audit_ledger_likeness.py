"""Rows that were read alike, in whichever file they stand."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from audit.ingest.rows import TextRows
from audit.ledger.faults import no_faults
from audit.ledger.likeness import likenesses
from audit.ledger.part import Part
from audit.ledger.sieve import Sieved
from schemas.tables import TABLES

ROWS = st.lists(st.tuples(st.sampled_from(["", "0", "00", None]), st.sampled_from([0, 1, None])), max_size=6)


def part(**tables):
    """A file in which such rows were read for each table; a row that can't be read is None."""
    read = []
    for name, rows in tables.items():
        held = {place: row for place, row in enumerate(rows, 2) if row is not None}
        frame = pd.DataFrame(held.values(), index=pd.Index(held, dtype="int64"), columns=["sku", "unit_price"])
        typed = frame.astype({"sku": "str", "unit_price": "Int64"})
        read.append(Sieved(TABLES[name], typed, no_faults(), pd.DataFrame(), frozenset(), {}, {}))
    index = pd.RangeIndex(2, 2 + max(map(len, tables.values())))
    return Part(TextRows("in.csv", "", (), 1, pd.DataFrame(index=index)), lambda _told: read)


@given(one=ROWS, other=ROWS)
def test_rows_are_alike_if_and_only_if_they_were_read_alike(one, other):
    """Within a file and across files; a missing cell is like another, and unlike a blank one."""
    parts = [part(orders=one), part(orders=other)]
    found = likenesses(parts)
    likeness = [found[each][row] for each in parts for row in each.rows.cells.index]
    rows = [*one, *other]

    assert [rows.index(row) for row in rows] == [likeness.index(each) for each in likeness]


def test_rows_that_feed_several_tables_are_alike_in_all_of_them():
    """One that differs in one table, or could not be read there, is another; what can't be read at all is as good as nothing."""
    file = part(orders=[("a", 1), ("a", 1), ("a", 1), ("a", 1), None], shipments=[("b", 2), ("b", 2), ("b", 3), None, None])
    first, second, differing, unread, nothing = likenesses([file])[file].values()

    assert first == second
    assert 4 == len({first, differing, unread, nothing})
    assert () == nothing


def test_of_no_files_nothing_is_told():
    """Nothing to compare is no failure."""
    assert {} == likenesses([])
