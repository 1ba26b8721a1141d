"""Columns whose cells repeat, and columns that hold nothing."""

import pandas as pd
import pytest

from audit.normalise.distinct import missing


@pytest.mark.parametrize("rows", [0, 1, 8, 9])
@pytest.mark.parametrize("dtype", ["str", "Int64", "datetime64[us, UTC]"])
def test_a_column_without_a_value_is_missing_in_every_row(rows, dtype):
    """It has the rows' index and its own type, at any number of rows."""
    index = pd.RangeIndex(3, 3 + rows)
    column = missing(index, dtype)

    assert [True] * rows == column.isna().tolist()
    assert index.equals(column.index)
    assert dtype == str(column.dtype)


def test_a_column_of_text_without_a_value_takes_part_in_what_text_does():
    """It can be filled, put below another, and taken from."""
    column = missing(pd.RangeIndex(3), "str")

    assert ["-", "-", "-"] == column.fillna("-").tolist()
    assert ["a", None, None, None] == pd.concat([pd.Series(["a"], dtype="str"), column]).astype(object).replace(
        {float("nan"): None}
    ).tolist()
    assert [True, True] == column.take([2, 0]).isna().tolist()
