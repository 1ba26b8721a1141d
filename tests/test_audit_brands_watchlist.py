"""The watchlist holds every name that was found, each with its source, and a shop can add and remove."""

from pathlib import Path

import pandas as pd
import pytest

from audit.brands.folding import key
from audit.brands.watchlist import Brand, Watchlist
from audit.errors import ConfigFault

WATCHLIST = Watchlist.load()

NAMES = (
    "Nike", "Apple", "Rolex", "Samsung", "Adidas", "Louis Vuitton", "Chanel", "Cialis", "Viagra", "Gucci", "Michael Kors",
    "OtterBox", "Burberry", "MAC Cosmetics", "MAC", "Disney", "Luxottica", "Ray-Ban", "Oakley", "Lacoste", "Lexmark",
    "Duracell", "Hermès", "Signify", "Philips Lighting", "Dolce & Gabbana", "Levi's", "Minecraft", "Pokémon", "Minions",
    "The North Face", "Cartier", "Tiffany & Co.", "Boss", "Diesel", "Puma",
)  # fmt: skip


def brand_of(name: str | None, watchlist: Watchlist = WATCHLIST) -> str | None:
    """The brand that one brand field means."""
    brand = watchlist.brand_of(pd.Series([name], dtype="str"))[0]
    return None if pd.isna(brand) else brand


@pytest.mark.parametrize("name", NAMES)
def test_every_name_found_is_on_the_list(name: str) -> None:
    """Each brand that the sources name is known by its name."""
    assert brand_of(name)


@pytest.mark.parametrize("brand", WATCHLIST.brands, ids=lambda brand: brand.name)
def test_every_brand_says_where_it_comes_from(brand: Brand) -> None:
    """No brand is on the list without a source and a category, and none of its ambiguous names without context."""
    assert brand.source
    assert brand.category
    assert brand.context or not brand.ambiguous


def test_no_spelling_means_two_brands() -> None:
    """Each spelling belongs to one brand only."""
    spellings = [key(spelling) for brand in WATCHLIST for spelling in brand.spellings]

    assert sorted(set(spellings)) == sorted(spellings)


@pytest.mark.parametrize(
    ("field", "brand"),
    [
        ("NIKE", "Nike"),
        (" hermes ", "Hermès"),
        ("LEVIS", "Levi's"),
        ("Levi’s®", "Levi's"),
        ("LouisVuitton", "Louis Vuitton"),
        ("耐克", "Nike"),
        ("mac", "MAC Cosmetics"),
        ("Nike Store", None),
        ("Nikea", None),
        ("Marque générique", None),
        ("-", None),
        (None, None),
    ],
)
def test_a_brand_field_means_a_brand_as_a_whole(field: str | None, brand: str | None) -> None:
    """A field is compared whole, folded, by every spelling; a part of it is not enough."""
    assert brand_of(field) == brand


def test_a_shop_adds_and_removes_brands() -> None:
    """An added brand is watched, a removed one no longer."""
    watchlist = Watchlist.load(add=["Dyson"], remove=["apple"])

    assert brand_of("dyson", watchlist) == "Dyson"
    assert brand_of("Apple", watchlist) is None


def test_an_added_brand_wins_over_its_namesake() -> None:
    """A brand given anew replaces the one of the list."""
    watchlist = Watchlist.load(add=[{"brand": "Nike", "aliases": ["Swoosh"]}])

    assert brand_of("Swoosh", watchlist) == "Nike"
    assert brand_of("Air Jordan", watchlist) is None


def test_removing_an_unknown_brand_is_a_fault() -> None:
    """A name that is not on the list can't be removed silently."""
    with pytest.raises(ConfigFault, match="Nikke"):
        Watchlist.load(remove=["Nikke"])


@pytest.mark.parametrize("addition", ["Bic", {"brand": "BMW"}])
def test_a_short_name_without_context_is_a_fault(addition: object) -> None:
    """Three letters could be part of anything, so they need words for the brand's goods."""
    with pytest.raises(ConfigFault, match="context"):
        Watchlist.load(add=[addition])


@pytest.mark.parametrize("addition", ["Bic: stylo|briquet", {"brand": "BIC", "category": "stylo"}, {"brand": "BIC", "context": ["stylo"]}])
def test_a_short_name_with_context_is_added(addition: object) -> None:
    """Context comes behind a colon, from its own field, or else from the category."""
    assert brand_of("BIC", Watchlist.load(add=[addition]))


def test_an_addition_with_an_unknown_field_is_a_fault() -> None:
    """A misspelled field is not ignored."""
    with pytest.raises(ConfigFault, match="alias"):
        Watchlist.load(add=[{"brand": "Dyson", "alias": "Dison"}])


def test_a_list_of_ones_own_replaces_ours(tmp_path: Path) -> None:
    """A file with the same columns takes the place of the whole list."""
    file = tmp_path / "own.csv"
    file.write_text("brand,aliases\nDyson,Dyson Ltd\n", encoding="utf-8")

    assert [brand.name for brand in Watchlist.load(file=file)] == ["Dyson"]
