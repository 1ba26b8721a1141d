"""The words that decide who cancelled, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import wording


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("merci d'annuler la commande", ["annuler"]),
        ("L'ANNULATION de la vente", ["annulation"]),
        ("vente annulée", ["annulee"]),
        ("nous l'annulerions", ["annulerions"]),
        ("je voudrais anuler", ["anuler"]),
        ("Non, annulez", ["annulez"]),
        ("je n'en veux plus annuler svp", ["annuler"]),
        ("annuler la commande et la réclamation", ["annuler"]),
        ("Pas de réponse. Annulation demandée", ["annulation"]),
        ("non annulé", []),
        ("commande non annulée", []),
        ("n'annulez pas ma commande", []),
        ("n’annulez pas ma commande", []),
        ("merci de ne pas annuler", []),
        ("je ne veux plus annuler", []),
        ("sans annulation", []),
        ("je n'ai pas demandé d'annulation", []),
        ("bague pour annulaire", []),
        ("annulaires et annulets", []),
        ("annuel, annuaire, annual", []),
        ("merci d'annuler la réclamation", []),
        ("annulation de la réclamation", []),
        ("annuler sa demande de réclamation", []),
        ("la réclamation a été annulée", []),
        ("", []),
    ],
)
def test_the_annuler_family_is_heard_as_words(text, words):
    """Every form of the word counts; a ring finger, a negation and an annulled claim do not."""
    assert words == wording.annulation_words(text)
    assert bool(words) == wording.tells_annulation(text)


@pytest.mark.parametrize(
    ("text", "tells", "names"),
    [
        ("je me rétracte", True, True),
        ("RÉTRACTATION", True, True),
        ("le client s'est retracté", True, True),
        ("droit de rétraction", True, True),
        ("pas de rétractation, rupture", False, True),
        ("ne vous rétractez pas", False, True),
        ("stylo rétractable", False, False),
        ("lame rétractile", False, False),
        ("extraction", False, False),
    ],
)
def test_the_retracter_family_is_heard_as_words(text, tells, names):
    """A negated word is named, but tells no withdrawal; what is only retractable is none."""
    assert (tells, names) == (wording.tells_retraction(text), wording.names_retraction(text))


@pytest.mark.parametrize(
    ("text", "phrase", "said"),
    [
        ("Je voudrais un REMBOURSEMENT.", "remboursement", True),
        ("remboursements", "remboursement", False),
        ("n’en veux plus", "n'en veux plus", True),
        ("我想退货谢谢", "退货", True),
        ("", "退货", False),
    ],
)
def test_phrases_are_whole_words(text, phrase, said):
    """Latin phrases end where words do; Chinese has no spaces to look for."""
    assert said == wording.says_any(text, [phrase])


def test_the_longest_phrase_is_taken_out_first():
    """A short phrase does not break a longer one that holds it."""
    assert "a vous" == wording.without("Merci de votre réponse, à vous", ["merci", "merci de votre réponse"])


@given(st.text(max_size=40), st.sampled_from(["annuler", "annulation", "annulée", "annulons"]))
def test_no_punctuation_hides_the_word(other, word):
    """Whatever stands in the line before, a word on a line of its own is heard."""
    assert wording.annulation_words(f"{other}\n{word}")[-1:] == [wording.annulation_words(word)[0]]
