"""Typed rows of several pieces put together."""

from __future__ import annotations

import pandas as pd

from audit.ledger.joining import joined
from audit.normalise.raw import arrow

INDEX = pd.Index([4, 5, 9], dtype="int64")


def _frames() -> list[pd.DataFrame]:
    first = pd.DataFrame({"sku": pd.Series(["A", None], dtype="str"), "quantity": pd.Series([1, None], dtype="Int64")})
    second = pd.DataFrame({"sku": pd.Series(["é"], dtype="str"), "quantity": pd.Series([3], dtype="Int64")})
    return [first, second]


def test_rows_of_all_frames_stand_below_one_another() -> None:
    """The columns keep their order, types, blanks and cells, under the index that is given."""
    expected = pd.DataFrame({"sku": ["A", None, "é"], "quantity": [1, None, 3]}, index=INDEX).astype({"sku": "str", "quantity": "Int64"})

    pd.testing.assert_frame_equal(expected, joined(_frames(), INDEX))


def test_a_column_of_text_is_of_one_piece() -> None:
    """Text is one Arrow array, of which rows can be taken without a copy of the whole."""
    found = joined(_frames(), INDEX)["sku"].array

    assert 1 == getattr(found, "_pa_array").num_chunks  # noqa: B009 - private to pandas, which has no public name for it


def test_frames_are_used_up() -> None:
    """A frame that was put together with others holds no column any more, so that its memory is free."""
    frames = _frames()

    joined(frames, INDEX)

    assert [[], []] == [list(frame) for frame in frames]


def test_one_frame_alone_keeps_its_rows() -> None:
    """A file of a single piece is put together as it is."""
    first, _ = _frames()
    expected = arrow(first["sku"]).to_pylist()

    assert expected == arrow(joined([first], INDEX[:2])["sku"]).to_pylist()


def test_words_that_repeat_stay_categories() -> None:
    """Rows of two files say where they come from by categories, of which each text is held once."""
    frames = [pd.DataFrame({"source_file": pd.Categorical(files)}) for files in (["a.csv", "a.csv"], ["b.csv"])]
    found = joined(frames, INDEX)["source_file"]

    assert ["a.csv", "a.csv", "b.csv"] == found.tolist()
    assert ["a.csv", "b.csv"] == found.cat.categories.tolist()
    assert INDEX.equals(found.index)


def test_a_column_of_text_that_no_frame_fills_stays_missing() -> None:
    """Whether all frames or only some of them say nothing."""
    empty = pd.Series([None, None], dtype="str")
    blank = [pd.DataFrame({"sku": empty}), pd.DataFrame({"sku": empty[:1]})]
    filled = [pd.DataFrame({"sku": empty}), pd.DataFrame({"sku": pd.Series(["A"], dtype="str")})]

    assert [True, True, True] == joined(blank, INDEX)["sku"].isna().tolist()
    assert [True, True, False] == joined(filled, INDEX)["sku"].isna().tolist()
