"""Closed lists, countries, currencies and flags, in the words of three languages."""

import pandas as pd
import pytest

from audit.normalise import Cells, countries, words
from schemas import choices


def cells(*texts):
    """Some cells, numbered as a person sees them."""
    return Cells(pd.Series(texts, index=range(2, len(texts) + 2), dtype="str"))


@pytest.mark.parametrize(
    ("known", "text", "meant"),
    [
        (choices.STATUS, "EXPÉDIÉE", "shipped"),
        (choices.STATUS, "expediee", "shipped"),
        (choices.STATUS, "TO_CONFIRM", "to_confirm"),
        (choices.STATUS, "PENDING_CLAIM", "claim"),
        (choices.STATUS, "ON_HOLD", "claim"),
        (choices.STATUS, "待发货", "confirmed"),
        (choices.STATUS, "已签收", "delivered"),
        (choices.SHIPPING_MODE, "SO_RECOMMANDE", "registered"),
        (choices.SHIPPING_MODE, "So   Colissimo", "colissimo"),
        (choices.SHIPPING_MODE, "Mondial Relay prépayé", "mondial_relay"),
        (choices.SHIPPING_MODE, "EN TELECHARGEMENT", "download"),
        (choices.SHIPPING_MODE, "ＳＵＩＶＩ", "tracked"),
        (choices.SHIPPING_MODE, "挂号信", "registered"),
        (choices.PARTY, "PriceMinister", "platform"),
        (choices.CONDITION, "TBE", "very_good"),
        (choices.CONDITION, "État correct", "acceptable"),
        (choices.CLAIM_TYPE, "非", None),
        (choices.CLAIM_TYPE, "Colis non reçu", "not_received"),
        (choices.CLAIM_STATUS, "CLAIMED_AMICABLE", "open"),
        (choices.CHANNEL, "Virement bancaire", "bank_transfer"),
    ],
)
def test_values_are_known_by_every_spelling(known, text, meant):
    """Case, accents, width and punctuation do not matter."""
    found = words.read_choice(cells(text), known)

    assert (meant, "unknown-choice" if meant is None else None) == (
        None if pd.isna(found.values[2]) else found.values[2],
        found.reasons.get(2),
    )


def test_a_misspelt_value_is_told_from_an_unknown_one():
    """A letter too few is named with what may be meant; it is refused all the same."""
    found = words.read_choice(cells("Expdiée", "Partie en vacances", "xyz"), choices.STATUS)

    assert {2: "misspelt-choice", 3: "unknown-choice", 4: "unknown-choice"} == found.reasons.to_dict()
    assert "shipped" == words.nearest("Expdiée", words.spellings(choices.STATUS))
    assert found.values.isna().all()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("FR", "FR"), ("fx", "FR"), ("FRA", "FR"), ("250", "FR"), ("249", "FR"), ("France métro.", "FR"), ("法国", "FR"), ("156", "CN"),
        ("Chine", "CN"), ("中国大陆", "CN"), ("56", "BE"), ("056", "BE"), ("Pays bas", "NL"), ("Royaume uni", "GB"), ("英国", "GB"), ("Espagne", "ES"),
        ("ALLEMAGNE", "DE"), ("Deutschland", "DE"), ("La Réunion", "RE"), ("Hong-Kong", "HK"),
    ],
)  # fmt: skip
def test_countries_by_code_and_name(text, code):
    """Two letters, three letters, digits, and names in three languages."""
    assert [code] == list(countries.read(cells(text)).values)


def test_unknown_countries_are_refused():
    """A misspelt one is told with the nearest."""
    assert {2: "unknown-country", 3: "misspelt-country"} == countries.read(cells("Atlantide", "Allemange")).reasons.to_dict()
    assert "DE" == words.nearest("Allemange", countries.known())


@pytest.mark.parametrize(
    ("text", "code"),
    [("EUR", "EUR"), ("eur", "EUR"), ("€", "EUR"), ("Euros", "EUR"), ("RMB", "CNY"), ("元", "CNY"), ("$", "USD"), ("XX1", None)],
)
def test_currencies_by_code_sign_and_word(text, code):
    """The ISO code, whatever stands there; others are refused."""
    found = words.read_currency(cells(text))

    assert (code, None if code else "unknown-currency") == (None if pd.isna(found.values[2]) else found.values[2], found.reasons.get(2))


@pytest.mark.parametrize(
    ("text", "flag"), [("Oui", True), ("Y", True), ("1", True), ("是", True), ("N", False), ("non", False), ("0", False), ("否", False)]
)
def test_flags_in_three_languages(text, flag):
    """Yes and no."""
    assert [flag] == list(words.read_flag(cells(text)).values)
