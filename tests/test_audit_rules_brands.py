"""BRD: each rule on both sides of its boundary, and each item judged by exactly one of those that replace each other."""

from typing import Any

import pandas as pd
import pytest

from audit.config import Config
from audit.rules import brands
from audit.testing import findings, judge, order
from schemas.findings import Status

NIKE = {"brand": "Nike", "title": "Baskets running", "category": "Chaussures"}
APPLE_CASE = {"brand": "Apple", "title": "Coque souple", "category": "Coques et étuis"}
CHANEL_TITLE = {"brand": "Marque générique", "title": "Sac pour femme Chanel"}
PAPER = {"brand": "NIKE", "document": "nike.pdf"}
GUCCI_BAG = {"sku": "S1", "brand": "Gucci", "title": "Sac", "price": "100.00", "stock": "1"}

RULES = tuple(rule for rule in vars(brands).values() if getattr(rule, "family", "") == "BRD")


def codes(**given: Any) -> list[str]:
    """Codes of the brand findings about some rows."""
    return sorted(judge(rules=RULES, **given).findings["rule"])


def skipped(**given: Any) -> dict[str, str]:
    """The brand rules that could not run, with the reason."""
    verdicts = judge(rules=RULES, **given).verdicts
    return {code: str(verdict.reason) for code, verdict in verdicts.items() if verdict.status is not Status.CLEAN and verdict.reason}


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (NIKE, ["BRD001"]),
        (NIKE | {"brand": "耐克"}, ["BRD001"]),
        (NIKE | {"brand": "Kalenji"}, []),
        (NIKE | {"brand": ""}, []),
        (NIKE | {"status": "cancelled"}, []),
        (NIKE | {"status": "refused"}, []),
        (NIKE | {"category": ""}, ["BRD001"]),
        (APPLE_CASE, ["BRD002"]),
        (APPLE_CASE | {"category": "Téléphonie"}, ["BRD001"]),
        (APPLE_CASE | {"category": "", "title": "Câble pour iPhone Apple"}, ["BRD002"]),
        (APPLE_CASE | {"category": "", "title": "Câble pour Samsung"}, ["BRD001"]),
        (APPLE_CASE | {"category": "", "title": "Câble pour téléphone Apple"}, ["BRD001"]),
        (APPLE_CASE | {"brand": "OtterBox"}, ["BRD001"]),
        ({"brand": "Cartier", "title": "Bracelet", "category": "Bijoux > Bracelets"}, ["BRD001"]),
        ({"brand": "Rolex", "title": "Bracelet", "category": "Bracelets de montre"}, ["BRD002"]),
        (CHANEL_TITLE, ["BRD003"]),
        (CHANEL_TITLE | {"brand": ""}, ["BRD003"]),
        (CHANEL_TITLE | {"brand": "Kalenji"}, ["BRD003"]),
        (CHANEL_TITLE | {"brand": "Chanel"}, ["BRD001"]),
        (CHANEL_TITLE | {"status": "cancelled"}, []),
        (CHANEL_TITLE | {"title": "Chaîne compatible Chanel"}, []),
        (CHANEL_TITLE | {"title": "Modèle chaneling"}, []),
        ({"brand": "Marque générique", "title": "Coque compatible iPhone Apple", "category": "Coques"}, []),
        ({"brand": "Guccii", "title": "Sac"}, ["BRD004"]),
        ({"brand": "Gucciii", "title": "Sac"}, []),
        ({"brand": "Nikee", "title": "Sac"}, []),
        ({"brand": "Guccii", "title": "Sac", "status": "cancelled"}, []),
        ({"brand": "Guccii", "title": "Sac Gucci"}, ["BRD003", "BRD004"]),
    ],
)
def test_without_authorisations_every_brand_is_unauthorised(cells: dict[str, str], found: list[str]) -> None:
    """What brand field, title and category say decides which one rule finds a live item."""
    assert codes(orders=[order(**cells)]) == found


@pytest.mark.parametrize(
    ("validity", "ordered", "found"),
    [
        ({}, "2026-03-31 12:00", []),
        ({"valid_to": "2026-03-31"}, "2026-03-31 23:59", []),
        ({"valid_to": "2026-03-31"}, "2026-04-01 00:00", ["BRD005"]),
        ({"valid_to": "2026-03-31"}, "2026-04-01", ["BRD005"]),
        ({"valid_to": "2026-03-31"}, "2026-03-31", []),
        ({"valid_to": "2026-03-31 08:00"}, "2026-03-31 23:59", []),
        ({"valid_from": "2026-03-31"}, "2026-03-31 00:00", []),
        ({"valid_from": "2026-03-31"}, "2026-03-30 23:59", ["BRD005"]),
        ({"valid_from": "2026-03-31"}, "2026-03-30", ["BRD005"]),
        ({"valid_from": "2026-03-31 12:00"}, "2026-03-31", []),
    ],
)
def test_an_authorisation_covers_its_days(validity: dict[str, str], ordered: str, found: list[str]) -> None:
    """Both ends included, blank ends open, whole days in shop time; an order without a time is read kindly."""
    given = order(ordered_at=ordered, **NIKE)

    assert codes(orders=[given], authorisations=[PAPER | validity], as_of="2026-05-01T06:00") == found


@pytest.mark.parametrize("cells", [NIKE, APPLE_CASE | {"brand": "Nike"}, CHANEL_TITLE | {"title": "Baskets Nike"}])
def test_an_ended_authorisation_replaces_the_other_findings(cells: dict[str, str]) -> None:
    """Whether field, accessory or title: with an authorisation for another time the finding is BRD005, and it alone."""
    assert codes(orders=[order(**cells)], authorisations=[PAPER | {"valid_to": "2026-11-19"}]) == ["BRD005"]


def test_several_authorisations_of_a_brand_add_up() -> None:
    """One of them that covers the order is enough, under any spelling of the brand."""
    papers = [PAPER | {"valid_to": "2026-01-31"}, PAPER | {"brand": "耐克", "valid_from": "2026-02-01"}]

    assert codes(orders=[order(**NIKE)], authorisations=papers) == []


def test_another_brands_authorisation_does_not_help() -> None:
    """A brand without any is unauthorised though the table is there."""
    assert codes(orders=[order(**NIKE)], authorisations=[PAPER | {"brand": "Adidas"}]) == ["BRD001"]


def test_an_authorised_brand_does_not_excuse_the_one_in_the_title() -> None:
    """The field's brand is allowed, the title names another that is not: BRD003 names that one."""
    found = findings("BRD003", orders=[order(brand="Nike", title="Nike Air façon Gucci ou Chanel")], authorisations=[PAPER])

    assert [finding["brand"] for finding in found] == ["Gucci"]


def test_a_brand_of_its_own_with_papers_is_no_lookalike() -> None:
    """A name that has an authorisation of its own imitates nobody."""
    assert codes(orders=[order(brand="Guccii", title="Sac")], authorisations=[PAPER | {"brand": "Guccii"}]) == []


@pytest.mark.parametrize(
    ("cells", "fine"),
    [
        ({"unit_price": "10.00"}, 200),
        ({"unit_price": "10.00", "quantity": "3", "shipping_fee": "4.99"}, 700),
        ({"unit_price": "0.12"}, 2),
        ({"unit_price": "0.13"}, 3),
        ({"unit_price": "0.02"}, 0),
        ({"unit_price": "0.03"}, 1),
        ({"unit_price": "10.00", "currency": "USD"}, None),
    ],
)
def test_the_fine_is_a_fifth_of_the_line_total(cells: dict[str, str], fine: int | None) -> None:
    """Shipping included, half a cent up, unknown outside EUR."""
    (found,) = findings("BRD001", orders=[order(**NIKE, **cells)])

    assert found["exposure_fine"] == fine


def test_half_a_cent_is_rounded_up() -> None:
    """A share that leaves exactly half a cent counts as a whole one."""
    (found,) = findings("BRD001", orders=[order(**NIKE, unit_price="0.10")], config=Config(limits={"counterfeit_share": 0.25}))

    assert found["exposure_fine"] == 3


@pytest.mark.parametrize(
    ("cells", "severity", "confidence", "standing"),
    [
        (NIKE, "high", "likely", "guide"),
        (APPLE_CASE, "high", "likely", "guide"),
        (CHANEL_TITLE, "medium", "likely", "guide"),
        ({"brand": "Guccii"}, "medium", "possible", "house"),
    ],
)
def test_each_finding_is_graded(cells: dict[str, str], severity: str, confidence: str, standing: str) -> None:
    """Severity, confidence and standing are those of the catalogue."""
    (found,) = judge(rules=RULES, orders=[order(**cells)]).findings.to_dict("records")

    assert (found["severity"], found["confidence"], found["standing"]) == (severity, confidence, standing)


def test_a_finding_carries_the_brand_at_stake() -> None:
    """The brand column names the watchlist's brand, whatever the field says."""
    (found,) = findings("BRD003", orders=[order(**CHANEL_TITLE)])

    assert found["brand"] == "Chanel"


@pytest.mark.parametrize(
    ("end", "found"),
    [
        ("2026-11-22", []),
        ("2026-11-23", ["BRD006"]),
        ("2026-12-23", ["BRD006"]),
        ("2026-12-24", []),
        ("", []),
    ],
)
def test_an_authorisation_is_pointed_out_thirty_days_before_its_end(end: str, found: list[str]) -> None:
    """From 30 days before the last day until that day; as-of is 23 November."""
    assert codes(orders=[order()], authorisations=[PAPER | {"valid_to": end}]) == found


@pytest.mark.parametrize(
    ("following", "found"),
    [
        ({"valid_from": "2026-12-01"}, []),
        ({"valid_from": "2026-12-02"}, ["BRD006"]),
        ({"valid_to": "2027-12-31"}, []),
        ({"brand": "Adidas"}, ["BRD006"]),
        ({"valid_from": "2026-12-01", "valid_to": "2026-12-10"}, ["BRD006"]),
        ({"valid_from": "2026-12-01", "valid_to": "2027-12-31"}, []),
    ],
)
def test_an_authorisation_that_another_continues_is_fine(following: dict[str, str], found: list[str]) -> None:
    """The next one begins by the day after 30 November, and does not end soon itself."""
    papers = [PAPER | {"valid_to": "2026-11-30"}, PAPER | following]

    assert codes(orders=[order()], authorisations=papers) == found


def test_brands_off_the_list_are_told_apart_folded() -> None:
    """A brand that is not watched has an end too, whatever the case of its letters."""
    papers = [PAPER | {"brand": "Kalenji", "valid_to": "2026-11-30"}, PAPER | {"brand": "KALENJI", "valid_from": "2026-12-01"}]

    assert codes(orders=[order()], authorisations=papers[:1]) == ["BRD006"]
    assert codes(orders=[order()], authorisations=papers) == []


def test_the_deadline_is_the_end_of_the_last_day() -> None:
    """BRD006 is due at midnight in shop time after the last day, its subject is the brand."""
    (found,) = findings("BRD006", orders=[order()], authorisations=[PAPER | {"valid_to": "2026-11-30"}])

    assert found["deadline_at"] == pd.Timestamp("2026-12-01", tz="Europe/Paris")
    assert found["subject"] == "brand:Nike"


@pytest.mark.parametrize(
    ("cells", "severity"),
    [
        ({}, "high"),
        ({"stock": "0"}, None),
        ({"brand": "Marque générique", "title": "Sac Gucci"}, "medium"),
        ({"brand": "", "title": "Sac Gucci", "stock": "0"}, None),
        ({"brand": "", "title": "Anse compatible Gucci"}, None),
        ({"brand": "Kalenji"}, None),
    ],
)
def test_stock_of_a_brand_is_found(cells: dict[str, str], severity: str | None) -> None:
    """High under the brand, medium by the title, none without stock or with compatibility wording."""
    found = findings("BRD007", orders=[order()], listings=[GUCCI_BAG | cells])

    assert [finding["severity"] for finding in found] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("end", "count"),
    [("2026-11-23", 0), ("2026-11-22", 1), ("", 0)],
)
def test_stock_is_judged_at_as_of(end: str, count: int) -> None:
    """An authorisation that holds today allows today's stock; one that ended yesterday does not."""
    papers = [PAPER | {"brand": "Gucci", "valid_to": end}]

    assert len(findings("BRD007", orders=[order()], listings=[GUCCI_BAG], authorisations=papers)) == count


def test_the_fine_on_stock_is_a_fifth_of_price_times_stock() -> None:
    """Three pieces at 10.03 EUR: 6.018 EUR, rounded once; the terms say so, so its standing is official."""
    (found,) = findings("BRD007", orders=[order()], listings=[GUCCI_BAG | {"price": "10.03", "stock": "3"}])

    assert (found["exposure_fine"], found["standing"], found["subject"]) == (602, "official", "listing:S1")


@pytest.mark.parametrize(("document", "found"), [("", ["BRD008"]), (" ", ["BRD008"]), ("nike.pdf", [])])
def test_an_authorisation_needs_a_document(document: str, found: list[str]) -> None:
    """A blank document is found, once a brand."""
    papers = [PAPER | {"document": document}] * 2

    assert codes(orders=[order()], authorisations=papers) == found


def test_the_brand_comes_from_the_listing_where_the_order_has_none() -> None:
    """Sales exports carry no brand: the listing of the sku tells it."""
    assert codes(orders=[order(sku="S1")], listings=[GUCCI_BAG | {"stock": "0"}]) == ["BRD001"]


def test_rules_about_authorisations_are_skipped_without_them() -> None:
    """Without that table BRD005, 006 and 008 say why they did not run; without listings BRD007."""
    assert set(skipped(orders=[order(brand="", title="")])) == {"BRD005", "BRD006", "BRD007", "BRD008"}


def test_rules_about_brands_are_skipped_without_a_brand_column() -> None:
    """No brand anywhere: the rules about brand fields say so, the one about titles runs."""
    assert {"BRD001", "BRD002", "BRD004"} <= set(skipped(orders=[order(title="Sac")]))
    assert codes(orders=[order(title="Sac Chanel")]) == ["BRD003"]


def test_a_shops_own_brands_and_words_count() -> None:
    """Brands added in the settings are watched, and limits there hold."""
    config = Config(brands_added=("Dyson",), limits={"model_words": ("V11",)})

    assert codes(orders=[order(brand="Dyson", title="Aspirateur")], config=config) == ["BRD001"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_page_says_why_and_where_the_boundary_lies(rule: Any) -> None:
    """Every rule tells why it is there, what breaches it and what is fine."""
    assert all(word in rule.page for word in ("Why:", "Breach:", "Fine:"))
