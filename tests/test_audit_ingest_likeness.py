"""What headers speak of: abbreviations, three languages, and the words that set a header apart from the column it resembles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.ingest.likeness import SAME, UNDATED, is_said, key, likeness, meaning
from audit.ingest.matching import best_matching
from schemas.meanings import MEANINGS, SETTING_APART
from schemas.table import fold
from schemas.tables import TABLES
from schemas.vocabulary import NOISE, WORDS


@pytest.mark.parametrize(
    ("header", "concepts"),
    [
        ("N° cmd", {"number", "order"}),
        ("Réf.", {"reference"}),
        ("Qté", {"quantity"}),
        ("Dt livr.", {"date", "delivery"}),
        ("Livré le", {"date", "delivery"}),
        ("OrderNo", {"order", "number"}),
        ("ordernumber", {"order", "number"}),
        ("Delivred on", {"delivery", "date"}),
        ("P.U. TTC", {"price", "unit"}),
        ("订购日期", {"order", "date"}),
        ("*跟踪号（必填）", {"track", "number"}),
        ("商品sku", {"product", "sku"}),
    ],
)
def test_words_are_read_in_every_spelling(header, concepts):
    """Abbreviations, glued words, typing errors, templates' marks and Chinese without spaces say what whole words say."""
    assert frozenset(concepts) == meaning(header).concepts


@pytest.mark.parametrize("header", ["N° de commande", "  n°  DE   Commande ", "*N° de commande (obligatoire)", "N° de commande*"])
def test_marks_and_spaces_do_not_count(header):
    """Case, spaces and the marks of templates make no other header."""
    assert "n de commande" == key(header)


@pytest.mark.parametrize(
    ("header", "table", "column"),
    [
        ("Date de livraison prévue", "shipments", "delivered_at"),
        ("Expected delivery date", "shipments", "delivered_at"),
        ("预计送达时间", "shipments", "delivered_at"),
        ("Prix total", "orders", "unit_price"),
        ("Prix barré", "orders", "unit_price"),
        ("原价", "orders", "unit_price"),
        ("Prix HT", "orders", "unit_price"),
        ("Frais de retour", "orders", "shipping_fee"),
        ("Date de paiement", "orders", "confirmed_at"),
        ("Date limite d'expédition", "shipments", "shipped_at"),
        ("N° suivi retour", "shipments", "tracking_number"),
        ("N° client", "orders", "purchase_id"),
        ("N° facture", "orders", "purchase_id"),
    ],
)
def test_a_word_that_sets_apart_leaves_no_likeness(header, table, column):
    """A plan is no event, a total no unit price, a return no parcel sent, and a buyer's number no purchase's."""
    assert 0 == likeness(header, TABLES[table], column).score


@pytest.mark.parametrize(
    ("header", "table", "column"),
    [
        ("Ship-to country", "orders", "ship_to"),
        ("Ship-from country", "orders", "ship_from"),
        ("发货国别", "orders", "ship_from"),
        ("收货国别", "orders", "ship_to"),
        ("Expédition le", "shipments", "shipped_at"),
    ],
)
def test_the_same_words_are_fully_like(header, table, column):
    """A header of a meaning's own words is as like as can be, whatever its language."""
    assert SAME == likeness(header, TABLES[table], column).score


def test_without_its_date_a_header_is_a_little_less_like():
    """A header that lacks only the word for a date needs its cells beside it."""
    assert UNDATED == likeness("Expédition", TABLES["shipments"], "shipped_at").score


def test_a_shipping_country_is_never_sure():
    """It may be where a parcel leaves from, or where it goes."""
    assert all(likeness("Ship country", TABLES["orders"], column).score < UNDATED for column in ("ship_from", "ship_to"))


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Nom du client", "name"),
        ("Prénom", "name"),
        ("Client", "name"),
        ("Société", "name"),
        ("Ship To Name", "name"),
        ("Adresse de livraison", "address"),
        ("Code postal", "address"),
        ("Téléphone", "telephone"),
        ("Buyer Email", "e-mail"),
        ("买家姓名", "name"),
        ("收货地址", "address"),
        ("联系电话", "telephone"),
        ("Nom du produit", ""),
        ("Nom du transporteur", ""),
        ("N° cmd", ""),
    ],
)
def test_personal_data_is_known_by_its_words(header, kind):
    """Names, addresses, telephones and e-mails are told from names of products and carriers."""
    assert kind == meaning(header).personal


def test_every_spelling_is_said_or_exact():
    """No word of the vocabulary stands twice for one concept, and each is written as it is compared."""
    for concept, words in WORDS.items():
        assert [] == [word for word in words if word != fold(word)], concept
        assert len(words) == len(set(words)), concept


def test_meanings_use_known_concepts_of_known_columns():
    """A concept or column that is misspelled in the tables would never match."""
    columns = {column for table in TABLES.values() for column in table.by_name} | {"order_number"}

    assert set() == {word for meanings in MEANINGS.values() for words in meanings for word in words.split()} - WORDS.keys()
    assert set() == MEANINGS.keys() - columns
    assert set() == SETTING_APART - WORDS.keys()
    assert set() == NOISE - {fold(word) for word in NOISE}


@given(st.text(max_size=40))
def test_any_text_can_be_looked_at(text):
    """No header stops the reading."""
    assert is_said(text) in (True, False)


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.sampled_from("abcde")), st.integers(1, 9), max_size=12))
def test_the_matching_is_the_best_of_all(weights):
    """No other way to pair headers and columns off weighs more."""

    def best(headers, taken):
        if not headers:
            return 0
        first, *others = headers
        options = [weights[first, name] + best(others, taken | {name}) for place, name in weights if place == first and name not in taken]
        return max([best(others, taken), *options])

    found = best_matching(weights)

    assert best(sorted({place for place, _ in weights}), frozenset()) == sum(weights[pair] for pair in found.items())
    assert len(found) == len(set(found.values()))
