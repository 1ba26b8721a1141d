"""Names that look like a brand: one edit or twin letters away, from five letters on."""

import pandas as pd
import pytest

from audit.brands.lookalike import lookalike
from audit.brands.terms import LOOKALIKE_LETTERS, NAMES_APART
from audit.brands.watchlist import Watchlist

WATCHLIST = Watchlist.load()


def like(name: str) -> str | None:
    """The brand that one name looks like."""
    names = pd.Series([name], dtype="str")
    brand = lookalike(names, WATCHLIST, shortest=LOOKALIKE_LETTERS.default, apart=NAMES_APART.default)[0]
    return None if pd.isna(brand) else brand


@pytest.mark.parametrize(
    ("name", "brand"),
    [
        ("Guccii", "Gucci"),
        ("Guci", "Gucci"),
        ("Cucci", "Gucci"),
        ("Addidas", "Adidas"),
        ("Аdidas", "Adidas"),
        ("СНАNЕL", "Chanel"),
        ("Αρρle", "Apple"),
        ("R0lex", "Rolex"),
        ("0ak1ey", "Oakley"),
        ("Mlnlons", "Minions"),
        ("Louis Vuiton", "Louis Vuitton"),
        ("ray-bann", "Ray-Ban"),
    ],
)
def test_one_edit_or_twin_letters_look_alike(name: str, brand: str) -> None:
    """One letter put in, left out or changed, or any number of twins, and the name looks like the brand."""
    assert like(name) == brand


@pytest.mark.parametrize(
    "name", ["Gucciii", "Gcuci", "Adibass", "Nikee", "Niike", "Pucci", "Carter", "Lewis", "Sony", "", "Marque générique"]
)
def test_other_names_do_not(name: str) -> None:
    """Two edits, brands of four letters, brands of their own and other names look like none."""
    assert like(name) is None


@pytest.mark.parametrize("name", ["Gucci", "GUCCI", "Adidas Originals", "Hermes", "Levis"])
def test_a_brand_of_the_list_is_no_lookalike(name: str) -> None:
    """What means a brand outright is judged as that brand."""
    assert like(name) is None


def test_missing_names_look_like_nothing() -> None:
    """Blank fields stay missing and keep their labels."""
    names = pd.Series([None, "Guccii"], index=[4, 2], dtype="str")

    assert lookalike(names, WATCHLIST, shortest=5).dropna().to_dict() == {2: "Gucci"}


def test_an_empty_list_is_like_nothing() -> None:
    """Without brands there is nothing to look like."""
    assert lookalike(pd.Series(["Guccii"], dtype="str"), Watchlist(()), shortest=5).isna().all()
