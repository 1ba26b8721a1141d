"""LST: both sides of every boundary."""

import pytest

from audit.config import Config
from audit.testing import findings

NOTE = "Expédition de la Chine, livraison dans 10 jours."


def listed(**cells):
    """One listing in stock."""
    return {
        "listings": [
            {
                "sku": "A1",
                "title": "Lampe",
                "price": "20.00",
                "stock": "3",
                "comment": "",
                "condition": "new",
                "category": "",
                "ship_from": "FR",
                "ean": "",
                **cells,
            }
        ]
    }


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"ship_from": "CN"}, True),
        ({"ship_from": "CN", "comment": NOTE}, False),
        ({"ship_from": "CN", "comment": "EXPEDITION DE LA CHINE - livraison  dans 10 jours! Merci"}, False),
        ({"ship_from": "CN", "comment": "Expédition de la Chine"}, True),
        ({"ship_from": "HK"}, False),
        ({"ship_from": "CN", "stock": "0"}, False),
    ],
)
def test_lst001_wants_the_origin_told(cells, found):
    """What ships from China must say so, however it is spelled."""
    assert found == bool(findings("LST001", **listed(**cells)))


def test_lst001_knows_the_default_origin():
    """A listing without an origin ships from where the shop's parcels leave."""
    assert 1 == len(findings("LST001", config=Config(default_origin="CN"), **listed(ship_from="")))


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"category": "Ordinateurs portables"}, True),
        ({"category": "Smartphones", "condition": "refurbished"}, True),
        ({"category": "Smartphones", "condition": "good"}, False),
        ({"title": "Téléphone débloqué 128 Go"}, True),
        ({"category": "Maison", "title": "Téléphone en chocolat"}, False),
        ({"title": "Coque pour téléphone"}, False),
        ({"category": "Smartphones", "comment": "Garantie 2 ans"}, False),
        ({"category": "Smartphones", "comment": "garantie de deux ans, pièces et main d'œuvre"}, False),
        ({"category": "Smartphones", "comment": "24 mois"}, False),
        ({"category": "Smartphones", "comment": "garantie"}, True),
        ({"category": "Smartphones", "stock": "0"}, False),
    ],
)
def test_lst002_wants_the_warranty_told(cells, found):
    """Computers and phones, new or refurbished, and no accessories."""
    assert found == bool(findings("LST002", **listed(**cells)))


@pytest.mark.parametrize(
    ("condition", "comment", "found"),
    [
        ("good", "", True),
        ("refurbished", "livraison rapide", True),
        ("good", "quelques rayures", False),
        ("like_new", "Très bon ÉTAT", False),
        ("new", "", False),
    ],
)
def test_lst003_wants_the_condition_told(condition, comment, found):
    """Used and refurbished articles need a word on their state."""
    assert found == bool(findings("LST003", **listed(condition=condition, comment=comment)))


@pytest.mark.parametrize(
    ("ean", "found"),
    [
        ("3700123456780", False),
        ("3700123456785", True),
        ("96385074", False),
        ("036000291452", False),
        ("370012345678", True),
        ("3700123456780;", False),
        ("3700123456780; 3700123456785", True),
        ("", False),
        ("ABC", True),
    ],
)
def test_lst004_checks_digit_and_length(ean, found):
    """Every barcode of the cell must be right; none is fine, also out of stock."""
    assert found == bool(findings("LST004", **listed(ean=ean, stock="0")))
