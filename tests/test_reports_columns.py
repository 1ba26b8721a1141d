"""Columns of text as bytes: signs are found wherever they stand in the column, and nowhere beside it."""

import pyarrow as pa
import pytest

from reports.columns import content, edged, found, glued

CELLS = pa.array(["=left out", "a&b", "", None, "é <", "left out>"], pa.large_string())[1:5]
"""A part of a column: what stands before and after it is not its own."""


def test_the_bytes_of_a_part_are_its_own():
    """Neither the cells before nor those after are among them."""
    assert "a&bé <" == bytes(content(CELLS)).decode()
    assert b"" == bytes(content(CELLS[:0])) == bytes(content(pa.array([None, ""], pa.large_string())))


def test_only_wanted_signs_of_the_part_are_found():
    """A sign that stands in a cell left out is none of the part's, one that is not asked for is not told."""
    assert {ord("&"), ord("<")} == found(CELLS, b"&<>=")
    assert set() == found(CELLS, b">=")


@pytest.mark.parametrize(
    ("wanted", "last", "held"), [(b"a", False, True), (b"&", False, False), (b"b", False, False), (b"b", True, True), (b"=>", True, False)]
)
def test_edges_are_the_first_and_last_bytes_of_cells(wanted, last, held):
    """A sign within a cell is at no edge; blank and missing cells have none."""
    assert held == edged(CELLS, wanted, last=last)


def test_rows_are_glued_and_missing_where_a_part_is():
    """Texts that are the same in every row stand among the columns."""
    assert ["<a&b>", "<>", None, "<é <>"] == glued("<", CELLS, ">").to_pylist()
