"""Rows that wait on disk come back as they were put there."""

import numpy as np
import pandas as pd
import pytest

from audit.engines.keys import buckets_of, places, spread
from audit.engines.packing import column_of, packed, unpacked
from audit.engines.spark.memory import Memory
from audit.engines.store import store

COUNT = 3


def frame(*purchases, note="same"):
    """A few rows of every type that tables hold: ``note`` and the spread are alike in all of them, ``rated`` is missing."""
    count = len(purchases)
    return pd.DataFrame(
        {
            "purchase_id": pd.array(purchases, dtype="str"),
            "note": pd.array([note] * count, dtype="str"),
            "at": pd.to_datetime(["2026-11-20 10:00"] * (count - 1) + [None], utc=True).as_unit("us"),
            "at_spread": np.zeros(count, dtype="int32"),
            "price": pd.array([None, *range(1, count)], dtype="Int64"),
            "rated": pd.array([None] * count, dtype="Float64"),
            "early": pd.array([True, *[None] * (count - 1)], dtype="boolean"),
            "source_row": np.arange(count),
        }
    )


@pytest.fixture(params=["disk", "memory"])
def rows(request, tmp_path):
    """Both ways of keeping rows."""
    if request.param == "memory":
        yield Memory()
        return
    (tmp_path / "out").mkdir()
    with store(tmp_path / "out" / "rows") as kept:
        yield kept


def test_a_packed_frame_comes_back_with_its_types():
    """Columns that say the same in every row, or nothing, take no room and come back as they were."""
    whole = frame("1", "2", "3")
    table = packed(whole)

    assert ["note", "at_spread", "rated"] == [field.name for field in table.schema if str(field.type) == "null"]
    pd.testing.assert_frame_equal(whole, unpacked([table]))
    pd.testing.assert_frame_equal(pd.concat([whole, whole], ignore_index=True), unpacked([table, table]))
    assert ["same"] * 3 == column_of(table, "note").to_pylist()
    assert ["1", "2", "3"] == column_of(table, "purchase_id").to_pylist()


def test_a_column_alike_in_one_part_alone_is_whole_again():
    """What each part says of it stands in its rows."""
    one, other = frame("1", "2", note="a"), frame("3", "4", note="b")
    both = pd.concat([one, other], ignore_index=True)

    pd.testing.assert_frame_equal(both, unpacked([packed(one), packed(other)]))


def test_a_frame_without_rows_keeps_its_columns():
    """Nothing is alike where there is nothing."""
    empty = frame("1", "2").head(0)

    pd.testing.assert_frame_equal(empty, unpacked([packed(empty)]))


def test_rows_come_back_stream_by_stream_in_their_order(rows):
    """Those of one stream can be forgotten; what was taken is gone."""
    one, other = frame("1", "2"), frame("3", "4", note="b")
    rows.put("orders", 0, one, "a.csv")
    rows.put("orders", 0, other, "b.csv")

    pd.testing.assert_frame_equal(pd.concat([one, other], ignore_index=True), rows.get("orders", 0))

    rows.drop("a.csv")

    pd.testing.assert_frame_equal(other, rows.take("orders", 0))
    assert rows.get("orders", 0) is None
    assert rows.get("orders", 1) is None


def test_rows_are_spread_by_their_key(rows):
    """Each bucket holds the rows of its keys in their order, and all of them together every row."""
    whole = frame(*(str(900_000 + number // 2) for number in range(40)))
    rows.spread("orders", whole, "purchase_id", COUNT)
    held = [rows.get("orders", bucket) for bucket in range(COUNT)]

    for bucket, each in enumerate(held):
        assert {bucket} == set(buckets_of(each["purchase_id"], COUNT))
    assert all(each["source_row"].is_monotonic_increasing for each in held)
    assert list(range(40)) == sorted(pd.concat(held)["source_row"])
    for bucket, each in spread(whole, "purchase_id", COUNT):
        pd.testing.assert_frame_equal(each.reset_index(drop=True), held[bucket])


def test_rows_are_chosen_by_their_values(rows):
    """In one of some columns; also in one that says the same in every row."""
    rows.put("claims", 0, frame("1", "2", "3"), "a.csv")
    rows.put("claims", 0, frame("3", "4", note="b"), "b.csv")

    assert ["1", "3", "3"] == list(rows.get("claims", 0, {"purchase_id": ["3", "1", "9"]})["purchase_id"])
    assert ["1", "3", "4"] == list(rows.get("claims", 0, {"purchase_id": ["1"], "note": ["b"]})["purchase_id"])
    assert [] == list(rows.get("claims", 0, {"purchase_id": [], "note": []})["purchase_id"])
    assert rows.get("claims", 1, {"purchase_id": ["1"]}) is None


def test_rows_go_under_another_name(rows):
    """In place of those that are there: all of them, or those of one bucket."""
    one, other = frame("1", "2"), frame("3", "4")
    for bucket in range(2):
        rows.put("new", bucket, one)
        rows.put("old", bucket, other)
    rows.rename("new", "old", 1)

    pd.testing.assert_frame_equal(other, rows.get("old", 0))
    pd.testing.assert_frame_equal(one, rows.get("old", 1))
    assert rows.get("new", 1) is None

    rows.rename("new", "old")

    pd.testing.assert_frame_equal(one, rows.get("old", 0))
    assert rows.get("new", 0) is None


def test_keys_are_spread_evenly_and_a_missing_one_goes_first():
    """Numbers in a row share no bucket more than others; hashes are their own."""
    keys = pd.Series([str(900_000_000 + number) for number in range(20_000)], dtype="str")
    counts = np.bincount(buckets_of(keys, 20))

    assert counts.min() > 850
    assert counts.max() < 1_150
    assert [0, 0] == list(buckets_of(pd.Series([None, None], dtype="str"), 4))
    assert [3, 0] == list(buckets_of(pd.Series([7, 8], dtype="uint64"), 4))
    assert [(0, 0, 1), (3, 1, 2)] == list(places(pd.Series([7, 8], dtype="uint64"), 4).ranges)
