"""Contact details in messages, and what only looks like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.contacts import found
from audit.testing import books, message, order, shipment

HOSTS = {"laposte.fr", "rakuten.com", "suivi.example"}


def kinds(text, known=(), spelled=()):
    """What a text holds."""
    return list(found(text, set(known), HOSTS, spelled=spelled))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Écrivez à boutique@example.com", "e-mail address"),
        ("boutique+sav@mail.example.com.", "e-mail address"),
        ("06 12 34 56 78", "telephone number"),
        ("0612345678", "telephone number"),
        ("06.12.34.56.78", "telephone number"),
        ("+33 6 12 34 56 78", "telephone number"),
        ("0033612345678", "telephone number"),
        ("de 9h à 18h au 01 40 20 30 40", "telephone number"),
        ("手机13812345678", "telephone number"),
        ("+86 138 1234 5678", "telephone number"),
        ("Pour le suivi de votre commande 06 12 34 56 78", "telephone number"),
        ("https://boutique.example/page", "web link"),
        ("www.boutique.example", "web link"),
        ("notre site maboutique.fr", "web link"),
        ("MABOUTIQUE.COM", "web link"),
        ("https://laposte.fr.boutique.example", "web link"),
        ("FR14 2004 1010 0505 0001 3M02 606", "IBAN"),
        ("FR1420041010050500013M02606", "IBAN"),
        ("fr14 2004 1010 0505 0001 3m02 606", "IBAN"),
        ("IBAN FR14 2004 1010 0505 0001 3M02 606 BIC EXEMFRPP", "IBAN"),
    ],
)
def test_each_kind_is_found(text, kind):
    """Details by which to deal beside the platform, as people write them."""
    assert [kind] == kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Livraison le 20/11/2026 à 10:00",
        "2026-11-20 10:00:00",
        "1 234,56 EUR et 59.90",
        "commande 943043563/1510011166",
        "Votre commande 943043563 est partie",
        "l'article 1012345678",
        "suivi n° 13812345678",
        "单号是13812345678",
        "6C 0001 7422 390",
        "6C00017422390",
        "YT1234567890123456",
        "LX123456789CN",
        "8612345678901",
        "EAN 3700123456780",
        "SIRET 552 100 554 00013",
        "IMEI 356938035643809",
        "75001 Paris",
        "FR14 2004 1010 0505 0001 3M02 607",
        "Merci pour votre achat.De notre côté tout va bien",
        "Bien reçu.Be patient",
        "https://www.laposte.fr/outils/suivre-vos-envois?code=6C00017422390",
        "voyez www.laposte.fr.",
        "(https://www.suivi.example/1)",
        "service.client@laposte.fr",
        "http://[lien]",
        "à votre disposition",
        "",
    ],
)
def test_what_only_looks_like_one_is_none(text):
    """Dates, prices, numbers of orders, parcels and products, and the sites that may be named."""
    assert [] == kinds(text)


def test_known_numbers_are_no_telephones():
    """A number of an order, an article or a parcel is none, even where it would be one otherwise, and with gaps in it."""
    assert ["telephone number"] == kinds("le 0612345678 svp")
    assert [] == kinds("le 0612345678 svp", known=["0612345678"])
    assert [] == kinds("le 06 1234 5678 svp", spelled=["0612345678"])


def test_several_kinds_are_told_in_order():
    """One message, each kind once."""
    assert ["e-mail address", "web link", "telephone number"] == kinds("a@example.com, b@example.com, www.boutique.example, 06 12 34 56 78")


def test_numbers_and_links_of_the_books_are_none():
    """The parcel's own number and the site of any tracking link in the shipments are no details; a stranger's are."""
    parcel = shipment(
        tracking_number="0612345678", tracking_url="https://www.suivi.example/0612345678", shipped_at="2026-11-20 12:00", carrier="Autre"
    )
    bodies = ["Suivez 06 12 34 56 78", "voyez suivi.example/x", "appelez le 06 12 34 56 79", "Bonjour"]
    sent = [message("seller", "buyer", f"2026-11-21 10:0{place}", body) for place, body in enumerate(bodies)]
    told = books(orders=[order()], shipments=[parcel], messages=sent).contacts_sent

    assert [["telephone number"]] == list(told)


@given(st.text())
def test_no_text_breaks_the_search(text):
    """Whatever a message holds, it is read to its end."""
    assert set(kinds(text)) <= {"e-mail address", "web link", "IBAN", "telephone number"}
