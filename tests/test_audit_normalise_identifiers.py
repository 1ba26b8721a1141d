"""Identifiers: text with every zero, and a note of whatever was changed."""

import pandas as pd
import pytest

from audit.normalise import Cells, identifiers
from audit.normalise.text import changes, clean


def column(*texts):
    """Some cells, numbered as a person sees them."""
    return pd.Series(texts, index=range(2, len(texts) + 2), dtype="str")


def read(*texts, native=None, tracking=False):
    """Some cells cleaned and read as identifiers."""
    cells = Cells(clean(column(*texts)), None if native is None else pd.Series(native, index=range(2, len(texts) + 2)))
    return (identifiers.read_tracking if tracking else identifiers.read)(cells)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("00123", "00123"),
        ("１２３", "123"),
        ("1\u200b2\u00ad3\ufeff", "123"),
        ("\u00a0123\u202f", "123"),
        ("12\u00a03", "12 3"),
        ("'00123", "00123"),
        ("'00123'", "00123"),
        ('="00123"', "00123"),
        ("ＳＫＵ－１", "SKU-1"),
        ("12E5", "12E5"),
        ("O'Neill", "O'Neill"),
        ("X²", "X²"),
    ],
)
def test_identifiers_are_text_in_plain_characters(text, meant):
    """Zeros stay; width, invisible characters, odd spaces and marks of text go, and nothing else does."""
    assert [meant] == list(read(text).values)


def test_what_is_changed_is_counted():
    """Each kind of change is counted in cells."""
    assert {"mark": 1, "invisible": 2, "spaces": 1, "width": 1} == changes(column("00123", "1\u200b", "\ufeff2", "3\u00a0", "４", "'5"))
    assert {} == changes(column("00123", "a b"))


@pytest.mark.parametrize(
    ("text", "damaged"), [("123456789012345", False), ("1234567890123456", True), ("324685483.5", True), ("324685483", False)]
)
def test_numeric_cells_are_read_as_the_whole_number_that_they_show(text, damaged):
    """Fifteen digits are what a spreadsheet keeps; the sixteenth is lost, and a part of a number is no name."""
    assert damaged == (read(text, native=[True]).reasons.get(2) == "damaged-identifier")
    assert read(text, native=[False]).reasons.empty


@pytest.mark.parametrize("text", ["LХ104821134CN", "LX104821134СN", "ΑB123"])
def test_lookalike_letters_in_a_tracking_number_are_refused(text):
    """A Cyrillic or Greek letter makes another number of it."""
    assert {2: "foreign-letters"} == read(text, tracking=True).reasons.to_dict()
    assert read("LX104821134CN", tracking=True).reasons.empty


def test_cells_with_nothing_visible_are_blank():
    """Spaces of every kind and invisible characters alone are nothing."""
    assert [True] * 4 == list(clean(column("", " ", "\u200b", "\u00a0\u3000\t")).isna())
