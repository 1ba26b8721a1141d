"""Folding hides case, accents and width, and never makes a part of a word a word."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.brands.folding import fold, key, phrases, whole

LATIN_LETTERS = st.characters(categories=["Lu", "Ll", "Lt", "Lm", "Lo"]).filter(
    lambda sign: unicodedata.name(sign, "").startswith(("LATIN", "FULLWIDTH LATIN", "MODIFIER LETTER SMALL", "KELVIN", "ANGSTROM"))
)


@pytest.mark.parametrize("written", ["HERMÈS", "Hermès", "herme\u0300s", "Ｈｅｒｍｅｓ", "hermes"])
def test_case_accents_and_width_fold_to_one_text(written: str) -> None:
    """However a name is capitalised, accented, decomposed or widened, it folds to the same text."""
    assert fold(written) == "hermes"


def test_signs_that_only_resemble_letters_are_no_letters() -> None:
    """A trade mark sign behind a name is not taken for two letters of it."""
    assert key("Chanel™") == "chanel"


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    """A folded text is its own folding."""
    assert fold(fold(text)) == fold(text)


@given(LATIN_LETTERS, st.sampled_from(["", "\u0301", "\u0327"]), st.booleans())
def test_a_name_with_a_letter_beside_it_is_a_part_of_a_word(letter: str, accent: str, before: bool) -> None:
    """Whatever Latin letter stands directly before or behind a name, with whatever accent, the name is not found."""
    text = f"sac {letter}{accent}chanel" if before else f"chanel{letter}{accent} sac"

    assert not re.search(whole(["Chanel"]), fold(text))


@given(st.characters(codec="utf-8").filter(lambda sign: not unicodedata.category(sign).startswith(("L", "N", "M"))))
def test_a_name_beside_a_sign_is_a_word(sign: str) -> None:
    """Signs, blanks and pictures around a name leave it a word."""
    assert re.search(whole(["Chanel"]), fold(f"sac{sign}Chanel{sign}"))


@pytest.mark.parametrize("text", ["苹果Apple手机壳", "Яapple", "ア apple"])
def test_letters_of_another_script_are_a_boundary(text: str) -> None:
    """A Latin name is a word where Chinese or Cyrillic letters touch it."""
    assert re.search(whole(["Apple"]), fold(text))


@pytest.mark.parametrize("text", ["Ray-Ban", "RAY BAN", "rayban", "Ray Ban", "ray·ban"])
def test_words_of_a_name_are_joined_in_any_way(text: str) -> None:
    """Blank, hyphen, dot or nothing between the words of a name: it is the same name."""
    assert re.search(whole(["Ray-Ban"]), fold(text))


@pytest.mark.parametrize("text", ["coques", "Verres trempés", "bijoux", "COQUE"])
def test_phrases_are_found_in_the_plural(text: str) -> None:
    """Phrases match singular and plural alike."""
    assert phrases(("coque", "verre trempé", "bijou")).search(fold(text))


def test_phrases_are_not_found_inside_words() -> None:
    """A phrase is no part of a word: no "or" in "orange"."""
    assert not phrases(("or",)).search("orange")
