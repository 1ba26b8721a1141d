"""Courtesies are no questions: a buyer's thanks and customer service's formulas need no answer; what asks for something does."""

import pytest

from audit.testing import findings, message, order

OLD = "2026-11-20 10:00"


def unanswered(code, sender, body):
    """Whether a message to the seller, nearly three days old and not answered, is found by a rule."""
    told = [message(sender, "seller", OLD, body), message("seller", "seller", "2026-11-10 10:00", "-")]
    return [] != findings(code, orders=[order()], messages=told)


@pytest.mark.parametrize(
    ("body", "asks"),
    [
        ("Bonjour, votre réponse est bien enregistrée. Merci de votre patience.", False),
        ("Nous vous remercions de votre compréhension.", False),
        ("Le dossier est clos. Veuillez agréer, Madame, Monsieur, nos salutations.", False),
        ("Nous vous prions de nous excuser pour ce retard.", False),
        ("Please note that the claim is closed.", False),
        ("客诉已结案，请放心。", False),
        ("Merci de votre patience. Merci de nous transmettre la facture.", True),
        ("Merci de votre réponse sous 48 heures.", True),
        ("Veuillez nous transmettre la preuve. Veuillez agréer nos salutations.", True),
        ("Could you please send the proof?", True),
        ("请提供发货证明，请放心。", True),
    ],
)
def test_customer_service_is_answered_where_it_asks(body, asks):
    """MSG009 hears a request, also beside a courtesy; a courtesy alone is none."""
    assert asks == unanswered("MSG009", "platform", body)


@pytest.mark.parametrize(
    ("body", "asks"),
    [
        ("Merci pour votre réponse rapide, bonne journée", False),
        ("Bonjour, c'est parfait, merci !", False),
        ("Merci, bien reçu", False),
        ("Merci pour tout, très satisfaite", False),
        ("谢谢你", False),
        ("Merci, mais est-il bien bleu", True),
        ("Merci de votre réponse, il manque une vis", True),
        ("Rien reçu", True),
    ],
)
def test_buyers_are_answered_unless_they_only_thank(body, asks):
    """MSG005 leaves mere thanks out, in the words that buyers use; a complaint beside thanks stands."""
    assert asks == unanswered("MSG005", "buyer", body)
