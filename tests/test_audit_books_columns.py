"""Whole columns at once: what Arrow and NumPy look up is what one would find cell by cell."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import tracking
from audit.books.absence import refused
from audit.books.columns import among, coded, first_told, marked, places, renamed, spelt_out, standing_twice
from audit.tables import Accepted

IDS = st.sampled_from([None, "1", "2", "03", "3"])
KEYS = st.lists(st.tuples(IDS, IDS), max_size=8)
KEY = ("purchase_id", "item_id")


def table(keys):
    """Rows of two ids."""
    return pd.DataFrame(keys, columns=list(KEY)).astype("str")


@settings(deadline=None)
@given(KEYS, KEYS)
def test_a_key_is_found_where_it_first_stands(rows, known):
    """The place of the first row with both ids; nowhere without one of them, and leading zeros count."""
    whole = [known.index(key) if None not in key and key in known else -1 for key in rows]

    assert whole == places(table(rows), table(known), KEY).tolist()


@settings(deadline=None)
@given(st.lists(IDS), st.lists(IDS))
def test_a_missing_cell_stands_among_nothing(cells, known):
    """Each cell that is there is looked for, a missing one never found."""
    found = among(pd.Series(cells, dtype="str"), pd.Series(known, dtype="str"))

    assert [cell is not None and cell in known for cell in cells] == found.tolist()


@settings(deadline=None)
@given(st.lists(IDS))
def test_a_cell_stands_twice_where_another_is_the_same(cells):
    """Each cell that another one equals is marked, the first of them too; missing cells equal one another."""
    found = standing_twice(pd.Series(cells, dtype="str"))

    assert [cells.count(cell) > 1 for cell in cells] == found.tolist()


def test_labels_beyond_a_table_mark_nothing():
    """Only labels from 0 to the last row mark one."""
    assert [False, True, False] == marked([-1, 1, 3], pd.RangeIndex(3)).tolist()


def test_each_different_cell_is_asked_for_once():
    """A name is asked for once however often its cell stands there, and is missing where there is none."""
    asked = []
    told = renamed(pd.Series(["a", "b", None, "a"], dtype="str"), lambda cell: asked.append(cell) or {"a": "A"}.get(cell))

    assert ["a", "b"] == asked
    assert ["A", None, None, "A"] == told.astype(object).where(told.notna(), None).tolist()


def refused_one_by_one(row, gone):
    """What ``refused`` says, pair by pair: the same ids; or the same purchase, where either names no item."""
    (purchase, item), same = row, row in gone
    return same or (purchase is not None and any(purchase == other and None in (item, their_item) for other, their_item in gone))


@settings(deadline=None)
@given(KEYS, KEYS)
def test_refused_rows_are_found_by_item_and_by_purchase(rows, gone):
    """A row is refused with its own ids, or with its purchase where either names no item."""
    found = refused(table(rows), Accepted(pd.DataFrame(), frozenset(), table(gone)))

    assert [refused_one_by_one(row, gone) for row in rows] == found.tolist()


def check_digit(digits):
    """The check digit of UPU S10 by its definition."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


@settings(deadline=None)
@given(st.from_regex(r"[0-9]{8}", fullmatch=True), st.integers(0, 9), st.sampled_from(["CN", "FR", "JF"]))
def test_s10_holds_and_fails_by_its_check_digit(digits, last, country):
    """With a country's letters a number holds or fails by its last digit; with others it is none of S10."""
    numbers = pd.Series([f"LX{digits}{last}{country}", "6C12345678901", "LX12"], dtype="str")
    right, known = last == check_digit(digits), country != "JF"

    assert [known and right, False, False] == tracking.s10_holds(numbers).tolist()
    assert [known and not right, False, False] == tracking.s10_fails(numbers).tolist()


def test_bare_numbers_lose_case_spaces_and_hyphens():
    """Plain ones stay as they are."""
    written = pd.Series(["rr 473-124\u00a0829 gb", "RR473124829GB", "", "0-0"], dtype="str")

    assert ["RR473124829GB", "RR473124829GB", "", "00"] == tracking.bare(written).tolist()


@settings(deadline=None)
@given(st.lists(st.tuples(IDS, IDS)))
def test_the_other_column_tells_what_the_first_does_not(pairs):
    """Of two columns of categories the first's cell counts, and the other's where that is missing; the index stays."""
    index = pd.RangeIndex(5, 5 + len(pairs))
    one, other = (coded(pd.Series([pair[place] for pair in pairs], index=index, dtype="str")) for place in (0, 1))
    told = spelt_out(first_told(one, other).to_frame("told"))["told"]

    assert [first if first is not None else second for first, second in pairs] == told.astype(object).where(told.notna(), None).tolist()
    assert index.equals(told.index)
    assert "str" == told.dtype


def test_categories_hold_each_text_once_in_the_order_of_their_appearance():
    """Missing cells are no category, and other columns stay what they are when categories are spelt out."""
    cells = coded(pd.Series(["b", None, "a", "b"], dtype="str", name="carrier"))
    rows = spelt_out(pd.DataFrame({"carrier": cells, "count": [1, 2, 3, 4]}))

    assert ["b", "a"] == cells.cat.categories.tolist()
    assert ["str", "int64"] == [str(dtype) for dtype in rows.dtypes]
    assert ["b", None, "a", "b"] == rows["carrier"].astype(object).where(rows["carrier"].notna(), None).tolist()
