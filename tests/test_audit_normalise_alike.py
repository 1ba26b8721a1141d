"""Rows of which many are the same."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from audit.normalise.alike import alike

CELLS = st.sampled_from(["", "a", "b", "ab", None])


@given(rows=st.lists(st.tuples(CELLS, CELLS, st.integers(0, 2)), max_size=12))
def test_rows_have_the_same_place_if_and_only_if_they_are_the_same(rows):
    """Each row's place leads to the first row that is like it; a missing text is like another, and unlike a blank one."""
    table = pd.DataFrame(rows, columns=["one", "other", "number"]).astype({"one": "str", "other": "str"})
    found = alike([table[name] for name in table])

    assert [rows.index(row) for row in rows] == found.firsts[found.places].tolist()
    assert sorted(set(map(rows.index, rows))) == found.firsts.tolist()


def test_a_text_of_each_distinct_row_is_given_to_every_row():
    """In the order of the rows; of no rows there is none."""
    found = alike([pd.Series(["b", "a", "b"]), pd.Series(["1", "1", "1"])])

    assert ["first", "second", "first"] == found.spread_out(["first", "second"]).tolist()
    assert [] == alike([pd.Series([], dtype="str")]).spread_out([]).tolist()
