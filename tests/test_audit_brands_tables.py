"""The Brands sheet: what was met, what it may cost, and which papers are on file."""

from typing import Any

import pandas as pd
import pytest

from audit.brands.tables import brand_tables
from audit.findings import judge
from audit.rules import brands
from audit.testing import books, order
from schemas.outcome import AUTHORISATIONS, BRANDS

RULES = tuple(rule for rule in vars(brands).values() if getattr(rule, "family", "") == "BRD")
NIKE = order(brand="Nike", title="Baskets", unit_price="10.00", shipping_fee="5.00")
BAG = {"sku": "S1", "brand": "Gucci", "title": "Sac", "price": "10.03", "stock": "3"}


def tables(**given: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both tables for some rows of text."""
    opened = books(**given)
    return brand_tables(opened, judge(RULES, opened).findings)


def state(*papers: dict[str, str]) -> tuple[str, str | None]:
    """How Nike is authorised by some papers, and until when."""
    (row,) = tables(orders=[NIKE], authorisations=list(papers))[0].to_dict("records")
    end = row["valid_to"]
    return row["authorised"], None if pd.isna(end) else end.tz_convert("Europe/Paris").date().isoformat()


def test_a_quiet_night_has_both_tables_without_rows() -> None:
    """No brand met and no papers: empty tables of the declared columns."""
    met, papers = tables(orders=[order()])

    assert (met.columns.tolist(), papers.columns.tolist()) == (list(BRANDS), list(AUTHORISATIONS))
    assert (len(met), len(papers)) == (0, 0)


def test_sales_stock_and_fine_add_up_by_brand() -> None:
    """Each item and listing once, the costliest brand first."""
    met, _ = tables(orders=[NIKE, NIKE | {"item_id": "2"}], listings=[BAG])

    assert met[["brand", "orders", "listings", "rules", "sales", "stock", "fine"]].to_numpy().tolist() == [
        ["Gucci", 0, 1, "BRD007", 0, 3009, 602],
        ["Nike", 2, 0, "BRD001", 3000, 0, 600],
    ]


def test_an_item_found_twice_is_counted_once() -> None:
    """A look-alike brand with the real one in the title: two findings, one sale, one fine."""
    met, _ = tables(orders=[order(brand="Guccii", title="Sac Gucci", unit_price="10.00")])

    assert met[["orders", "rules", "sales", "fine"]].to_numpy().tolist() == [[1, "BRD003, BRD004", 1000, 200]]


def test_a_lookalike_is_met_with_the_brand_that_it_resembles() -> None:
    """Its order stands in that brand's row."""
    met, _ = tables(orders=[order(brand="Guccii", title="Sac")])

    assert met[["brand", "orders", "rules"]].to_numpy().tolist() == [["Gucci", 1, "BRD004"]]


def test_an_allowed_brand_is_met_and_costs_nothing() -> None:
    """Its orders are counted, its fine is nil."""
    met, _ = tables(orders=[NIKE], authorisations=[{"brand": "Nike", "document": "n.pdf"}])

    assert met[["brand", "orders", "rules", "authorised", "sales", "fine"]].to_numpy().tolist() == [["Nike", 1, "", "valid", 0, 0]]


def test_items_outside_euros_are_met_but_not_summed() -> None:
    """Sums are in EUR only."""
    met, _ = tables(orders=[NIKE | {"currency": "USD"}])

    assert met[["orders", "sales", "fine"]].to_numpy().tolist() == [[1, 0, 0]]


def test_waived_findings_cost_nothing() -> None:
    """A waived finding is no longer shown against its brand."""
    opened = books(orders=[NIKE])
    findings = judge(RULES, opened).findings.assign(state="waived")

    assert brand_tables(opened, findings)[0][["rules", "sales", "fine"]].to_numpy().tolist() == [["", 0, 0]]


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        ([{}], ("valid", None)),
        ([{"valid_to": "2027-01-31"}], ("valid", "2027-01-31")),
        ([{"valid_to": "2026-12-01"}], ("ending", "2026-12-01")),
        ([{"valid_to": "2026-12-01"}, {"valid_from": "2026-12-01"}], ("valid", "2026-12-01")),
        ([{"valid_to": "2026-11-22"}], ("ended", "2026-11-22")),
        ([{"valid_to": "2026-01-31"}, {"valid_to": "2026-02-28"}], ("ended", "2026-02-28")),
        ([{"valid_from": "2026-12-01"}], ("none", None)),
        ([{"brand": "Adidas"}], ("none", None)),
    ],
)
def test_a_brand_is_as_authorised_as_its_best_paper(papers: list[dict[str, str]], expected: tuple[str, str | None]) -> None:
    """Valid before ending before ended; a paper for the future authorises nothing yet."""
    assert state(*({"brand": "Nike", "document": "n.pdf", "valid_from": "", "valid_to": "", **paper} for paper in papers)) == expected


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        ({}, "valid"),
        ({"valid_to": "2026-11-23"}, "ending"),
        ({"valid_to": "2026-12-23"}, "ending"),
        ({"valid_to": "2026-12-24"}, "valid"),
        ({"valid_to": "2026-11-22"}, "ended"),
        ({"valid_from": "2026-11-24"}, "future"),
        ({"valid_from": "2026-11-23"}, "valid"),
    ],
)
def test_each_document_has_its_state(paper: dict[str, str], expected: str) -> None:
    """At 23 November, 06:00 in shop time."""
    row = {"brand": "Nike", "document": "n.pdf", "valid_from": "", "valid_to": "", **paper}

    assert tables(orders=[order()], authorisations=[row])[1]["state"].tolist() == [expected]
