"""Hashes of rows: the same texts have the same hash, whatever stands beside them in memory."""

import pandas as pd
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.ledger.hashing import row_hashes

TEXTS = st.text("ab0é\x00", max_size=20)


def frame(rows):
    """Rows of two columns of text."""
    return pd.DataFrame(rows, columns=["one", "two"], dtype="str")


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=8))
def test_rows_have_the_same_hash_if_and_only_if_they_are_the_same(rows):
    """Also where they share a beginning, are of any length, or hold the sign with which texts are filled up."""
    hashes = row_hashes(frame(rows)).tolist()

    assert dict(zip(rows, hashes, strict=True)) == dict(zip(reversed(rows), reversed(hashes), strict=True))
    assert len(set(rows)) == len(set(hashes))


def test_columns_are_told_apart_and_missing_texts_are_empty():
    """The same two texts the other way round are another row."""
    hashes = row_hashes(frame([("a", "b"), ("b", "a"), ("", "b"), (None, "b")])).tolist()

    assert (3, hashes[2]) == (len(set(hashes)), hashes[3])


def test_a_part_of_a_column_hashes_as_the_whole():
    """Where a column begins in memory, and in how many pieces it lies, does not matter."""
    pieces = pa.chunked_array([["x" * 9, "y"], ["z", "x" * 9]], pa.large_string())
    texts = pd.DataFrame({"one": pd.Series(pd.array(pieces, dtype="str"))})
    whole = row_hashes(texts)

    assert whole[1:].tolist() == row_hashes(texts.iloc[1:]).tolist()
    assert whole[0] == whole[3]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(TEXTS, min_size=2, max_size=8))
def test_a_text_has_one_hash_whatever_stands_beside_it(texts):
    """Among longer ones too: files and buckets are compared with one another by hashes that each made by itself."""
    rows = [(text, "same") for text in texts]

    assert row_hashes(frame(rows)).tolist() == [row_hashes(frame([row])).item() for row in rows]
