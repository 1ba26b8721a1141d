"""Brands in titles: whole words only, ambiguous ones in context only, and compatibility wording directly before them."""

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.brands.matching import Reader, Wording, candidates, in_title, is_generic
from audit.brands.watchlist import Watchlist

WATCHLIST = Watchlist.load()
READER = Reader.of(WATCHLIST, Wording())

PLAIN = [
    ("Sac pour femme Chanel", "Chanel"),
    ("Chanel pour femme", "Chanel"),
    ("SAC CHANEL™ N°5", "Chanel"),
    ("Ｃｈａｎｅｌ", "Chanel"),
    ("sac-chanel-noir", "Chanel"),
    ("sac_chanel_noir", "Chanel"),
    ("Carte Pokémon’s rare", "Pokémon"),
    ("苹果Apple手机壳", "Apple"),
    ("香奈儿包包", "Chanel"),
    ("Coque Apple pour téléphone", "Apple"),
    ("Coque pour téléphone Apple", "Apple"),
    ("Housse d'Apple", "Apple"),
    ("Coque compatible: Apple", "Apple"),
    ("Coque pour iPhone (Apple)", "Apple"),
    ("Coque pour iPhone - Apple", "Apple"),
    ("Coque pour Huawei, Samsung", "Samsung"),
    ("Lunettes rayban", "Ray-Ban"),
    ("Robe Dolce&Gabbana", "Dolce & Gabbana"),
    ("Parfum Boss Bottled", "Boss"),
    ("Baskets Puma homme", "Puma"),
    ("Jean Diesel", "Diesel"),
    ("Rouge à lèvres MAC", "MAC Cosmetics"),
    ("T-shirt D&G", "Dolce & Gabbana"),
    ("Collier Tiffany argent", "Tiffany & Co."),
    ("Bague Tiffany & Co.", "Tiffany & Co."),
]
COMPATIBLE = [
    "Coque compatible iPhone Apple",
    "Coque compatible avec Apple",
    "Coques compatibles avec l'Apple iPad",
    "Câble pour iPhone 12/13 Pro Max Apple",
    "Étui pour l’iPhone XR, Apple",
    "Chargeur adapté à l'Apple Watch",
    "Batterie adaptée aux Apple",
    "Coque qui convient à Apple",
    "Case for the Apple iPhone 15",
    "Case fits Apple",
    "Cover compatible with an Apple",
    "Coque pour Samsung Galaxy S21+ / Apple",
    "Coque pour Samsung SM-G991B ou Apple",
    "Coque pour Samsung et avec Apple",
    "适用Apple手机壳",
    "适用于苹果Apple手机壳",
    "兼容 Apple",
    "适用 Apple",
    "COQUE POUR APPLE",
]
NOTHING = [
    "chaneling",
    "Schanel",
    "chanelé",
    "Nikes",
    "Ordinateur MacBook",
    "Macaron",
    "Filtre à huile moteur diesel",
    "Big boss mug",
    "Ombre de puma",
    "Lampe Tiffany vitrail",
    "Un câble pour Mac",
    "苹果醋",
    "Orange mécanique",
    "",
]


def read(title: str) -> list[tuple[str, bool]]:
    """Brand and compatibility of each naming in a title."""
    return [(naming.brand, naming.compatible) for naming in READER.read(title)]


@pytest.mark.parametrize(("title", "brand"), PLAIN)
def test_a_title_names_a_brand(title: str, brand: str) -> None:
    """The brand is found, at least once without compatibility wording."""
    assert (brand, False) in read(title)


@pytest.mark.parametrize("title", COMPATIBLE)
def test_wording_directly_before_a_brand_says_what_it_goes_with(title: str) -> None:
    """Names, model numbers, articles and joining words may stand between; every naming of the title is compatible."""
    assert read(title)
    assert all(compatible for _, compatible in read(title))


@pytest.mark.parametrize("title", NOTHING)
def test_a_title_names_no_brand(title: str) -> None:
    """Parts of words and ambiguous names without their goods are no brands."""
    assert read(title) == []


def test_each_naming_is_judged_by_itself() -> None:
    """One title may name a brand plainly and another as what the article goes with."""
    assert read("Coque Apple pour Samsung") == [("Apple", False), ("Samsung", True)]


def test_the_category_too_shows_what_an_ambiguous_name_means() -> None:
    """A title without the goods is helped by its category."""
    titles, contexts = pd.Series(["Ruby Woo MAC"], dtype="str"), pd.Series(["Maquillage"], dtype="str")

    assert in_title(titles, WATCHLIST).empty
    assert in_title(titles, WATCHLIST, contexts=contexts)["brand"].tolist() == ["MAC Cosmetics"]


def test_words_come_from_the_settings() -> None:
    """A shop's own compatibility and model words count."""
    titles = pd.Series(["Coque spécial Huawei Apple"], dtype="str")
    wording = Wording(compatible=("spécial",), models=("huawei",))

    assert in_title(titles, WATCHLIST, wording=wording)["compatible"].all()


def test_rows_are_labels_in_reading_order() -> None:
    """Missing titles name nothing, rows keep their labels, and namings stand from left to right."""
    titles = pd.Series([None, "Gucci ou Chanel", "rien", "Gucci ou Chanel"], index=[7, 3, 5, 1], dtype="str")
    found = in_title(titles, WATCHLIST)

    assert list(zip(found["row"], found["brand"], strict=True)) == [(3, "Gucci"), (3, "Chanel"), (1, "Gucci"), (1, "Chanel")]


@pytest.mark.parametrize("titles", [pd.Series([], dtype="str"), pd.Series([None], dtype="str")])
def test_nothing_to_read_gives_no_row(titles: pd.Series) -> None:
    """No titles, or only missing ones, give a table of the same columns without a row."""
    assert in_title(titles, WATCHLIST).columns.tolist() == ["row", "brand", "position", "compatible"]
    assert in_title(titles, WATCHLIST).empty


@pytest.mark.parametrize("brands", [(), ("香奈儿",), ("Éram",), ("Ναϊκ",)])
def test_a_list_of_any_scripts_can_be_searched(brands: tuple[str, ...]) -> None:
    """A watchlist may be empty, or hold only names in one script or with accents."""
    watchlist = Watchlist(Watchlist.load(add=brands).brands[len(WATCHLIST.brands) :])
    titles = pd.Series([f"un {brand} neuf" for brand in brands], dtype="str")

    assert in_title(titles, watchlist)["brand"].tolist() == list(brands)


SPELLINGS = st.sampled_from([spelling for brand in WATCHLIST for spelling in brand.spellings])
VARIANTS = st.sampled_from(
    [
        str,
        str.upper,
        str.title,
        lambda name: name.replace("e", "é"),
        lambda name: name.replace("e", "e\u0301"),
        lambda name: name.replace(" ", "-"),
        lambda name: name.replace("s", "ſ"),
        lambda name: name.replace("ff", "ﬀ"),
        lambda name: name.replace("ss", "ß"),
        lambda name: name.replace("k", "\u212a"),
        lambda name: "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in name),
    ]
)


@given(st.text(max_size=5), SPELLINGS, VARIANTS, st.text(max_size=5), st.sampled_from(["", " jean parfum bijou téléphone"]))
def test_the_quick_search_leaves_nothing_out(before: str, name: str, vary: Callable[[str], str], after: str, context: str) -> None:
    """Whatever the close reading finds in a title, the quick search has let in."""
    title = f"{before}{vary(name)}{after}{context}"

    assert not READER.read(title) or candidates(pd.Series([title], dtype="str"), WATCHLIST)[0]


@pytest.mark.parametrize("field", ["Marque générique", "MARQUE GENERIQUE", "sans marque", "No-Name", "无品牌", "Autre", "n/a"])
def test_generic_fields_name_no_brand(field: str) -> None:
    """The ways of saying that an article has no brand are known, folded."""
    assert is_generic(pd.Series([field], dtype="str")).tolist() == [True]


@pytest.mark.parametrize("field", ["Nike", "Autrement", None])
def test_other_fields_are_not_generic(field: str | None) -> None:
    """A name, a longer word or a blank field is not generic."""
    assert is_generic(pd.Series([field], dtype="str")).tolist() == [False]
