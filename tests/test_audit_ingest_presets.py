"""Exports of other sources, recognised without being asked, and read in each source's own way."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from click.testing import CliRunner

from audit import ingest
from audit.cli import cli
from audit.errors import FaultyInputs
from audit.ingest.layout import LINE_HEADER, own
from audit.ingest.presets import preset_for, presets
from schemas.tables import TABLES

PARIS = ZoneInfo("Europe/Paris")
AS_OF = datetime(2026, 11, 23, 6, tzinfo=PARIS)
EXPORTS = Path(__file__).parent / "exports"


def read(*paths):
    """What some files hold."""
    return ingest.read(list(paths), zone=PARIS, as_of=AS_OF)


def rows(ingested, table, *names):
    """Some columns of an accepted table as tuples; times in UTC, missing values as None."""
    frame = ingested.tables[table].frame[list(names)].astype(object)
    return [tuple(None if pd.isna(value) else str(value).removesuffix("+00:00") for value in row) for row in frame.itertuples(index=False)]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("shopify.csv", "Shopify orders_export"),
        ("amazon.txt", "Amazon all orders report"),
        ("ebay.csv", "eBay orders report"),
        ("baselinker.csv", "BaseLinker orders"),
        ("mirakl.csv", "Mirakl orders"),
        ("zhtrack.csv", "小老板 tracking template"),
        ("entrack.csv", "小老板 tracking template"),
        ("rakws.csv", "Rakuten WebService sales"),
    ],
)
def test_each_source_is_known_by_its_headers(file, name):
    """A source's file is read by its preset, and the preset is named in readings and notes."""
    ingested = read(EXPORTS / file)

    assert name == ingested.readings[0].layout
    assert f"{file}: read by the preset {name}" == str(ingested.notes[0])


@pytest.mark.parametrize("layout", presets(), ids=lambda layout: layout.name)
def test_presets_name_known_columns(layout):
    """Every column that a preset names is one of its tables."""
    named = {*layout.columns, *layout.joined, *layout.constants, *layout.line_totals, *layout.known_only, *layout.words}

    assert [] == [name for name in named if not any(own(name, TABLES[table]) for table in layout.tables)]


def test_a_file_without_the_whole_signature_is_no_preset():
    """One header of the signature less, and the file is read by its words."""
    header = ["Name", "Financial Status", "Lineitem name", "Lineitem price", "Lineitem quantity"]

    assert "Shopify orders_export" == preset_for(header).name
    assert preset_for(header[:-1]) is None


def test_shopify_fills_down_within_an_order_and_numbers_its_lines():
    """Cells told once are filled within one order, the shipping is counted once, and items are numbered by their place."""
    ingested = read(EXPORTS / "shopify.csv")
    found = rows(ingested, "orders", "purchase_id", "item_id", "ordered_at", "unit_price", "quantity", "shipping_fee", "ship_to", "status")

    assert [
        ("#1001", "#1001-1", "2026-10-01 06:47:00", "5000", "1", "490", "FR", "shipped"),
        ("#1001", "#1001-2", "2026-10-01 06:47:00", "1000", "2", None, "FR", "shipped"),
        ("#1002", "#1002-1", "2026-10-03 06:47:00", "2000", "1", "0", "BE", "confirmed"),
    ] == found
    assert "shopify.csv: cells that an order tells only once were filled in on 1 further lines of the same Name" in map(str, ingested.notes)


def test_a_mended_shopify_row_is_what_a_clean_file_gives(tmp_path):
    """A refused line keeps its number and its filled cells in quarantine, so that mended and fed in it is the same item."""
    clean = EXPORTS / "shopify.csv"
    damaged = tmp_path / "shopify.csv"
    damaged.write_text(clean.read_text(encoding="utf-8").replace(",2,Ampoule,10.00,", ",2,Ampoule,ten,"), encoding="utf-8")
    refused = read(damaged).refused[0]
    mended = refused.rows.replace("ten", "10.00")
    mended.to_csv(tmp_path / "mended.csv", index=False)

    assert [LINE_HEADER] == [name for name in refused.rows.columns if name == LINE_HEADER]
    names = ("purchase_id", "item_id", "ordered_at", "unit_price", "ship_to")
    assert sorted(rows(read(clean), "orders", *names)) == sorted(rows(read(damaged, tmp_path / "mended.csv"), "orders", *names))


def test_amazon_divides_a_line_total_only_when_it_is_exact():
    """30.00 for two is 15.00 each; 10.00 for three is refused; and the division is said."""
    ingested = read(EXPORTS / "amazon.txt")

    assert [("403-1-1", "403-1-1-1", "1500", "2"), ("403-1-2", "403-1-2-1", "1000", "1")] == rows(
        ingested, "orders", "purchase_id", "item_id", "unit_price", "quantity"
    )
    assert [(3, "item-price", "third-decimal")] == list(ingested.quarantine[["row", "column", "reason"]].itertuples(index=False, name=None))
    assert "amazon.txt: item-price is the price of a whole line, and was divided by the quantity" in map(str, ingested.notes)


@pytest.mark.parametrize(
    ("total", "quantity", "cents"), [("0.02", "2", 1), ("0.03", "2", None), ("10.00", "1", 1000), ("33.33", "3", 1111)]
)
def test_the_division_is_exact_to_the_cent(tmp_path, total, quantity, cents):
    """A cent can't be halved."""
    lines = (EXPORTS / "amazon.txt").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "amazon.txt"
    path.write_text("\n".join([lines[0], lines[1].replace("\t2\tEUR\t30.00", f"\t{quantity}\tEUR\t{total}")]) + "\n", encoding="utf-8")
    ingested = read(path)

    assert ([] if cents is None else [cents]) == list(ingested.tables["orders"].frame["unit_price"])
    assert (cents is None) == len(ingested.quarantine)


def test_amazons_report_without_prices_says_which_to_take():
    """The report on unshipped orders holds no prices, and the other ones are named."""
    with pytest.raises(FaultyInputs) as caught:
        read(EXPORTS / "amazon_unshipped.txt")

    fault = caught.value.faults[0]
    assert "amazon_unshipped.txt: is a file of Amazon unshipped orders report, but lacks the column unit_price." == str(fault.wrong)
    assert (
        str(fault.remedy) == "The report on unshipped orders holds no prices: download the report on new orders or on all orders instead."
    )


def test_amazons_report_on_new_orders_has_its_own_line_numbers(tmp_path):
    """With item-price the same report is read by its order-item-id."""
    lines = (EXPORTS / "amazon_unshipped.txt").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "new.txt"
    path.write_text(f"{lines[0]}\titem-price\tcurrency\n{lines[1]}\t20.00\tEUR\n", encoding="utf-8")

    assert [("403-1", "11", "1000", "2")] == rows(read(path), "orders", "purchase_id", "item_id", "unit_price", "quantity")


def test_ebay_reads_its_dates_signs_and_ids():
    """Jul-21-26 is a day, £1,433.66 is in pounds, the item is listing and transaction, and the lines below are no rows."""
    ingested = read(EXPORTS / "ebay.csv")

    assert [
        ("12-0001-0001", "225000001-900001", "2026-07-20 22:00:00", "4599", "200", "GBP", "GB"),
        ("12-0001-0002", "225000002-900002", "2026-07-21 22:00:00", "143366", "0", "GBP", "FR"),
    ] == rows(ingested, "orders", "purchase_id", "item_id", "ordered_at", "unit_price", "shipping_fee", "currency", "ship_to")
    assert ("LZ123456785GB", "2026-07-21 22:00:00") == rows(ingested, "shipments", "tracking_number", "shipped_at")[0]
    assert [6, 2, 0, 0, 4] == ingested.inputs.iloc[0][["rows", "accepted", "quarantined", "duplicates", "blank"]].tolist()
    assert "ebay.csv: 2 lines below the table are no rows" in map(str, ingested.notes)
    assert "orders.item_id, shipments.item_id" == ingested.readings[0].columns["Item Number"]


def test_a_shipping_mode_that_only_its_shop_knows_refuses_no_row(tmp_path):
    """Shopify's shipping methods are named by the shop: one that is in the list is read, any other means nothing."""
    path = tmp_path / "shopify.csv"
    path.write_text((EXPORTS / "shopify.csv").read_text(encoding="utf-8").replace(",Standard,", ",Vélo cargo,"), encoding="utf-8")
    ingested = read(path)

    assert [("colissimo",), ("colissimo",), (None,)] == rows(ingested, "orders", "shipping_mode")
    assert 0 == len(ingested.quarantine)


def test_baselinker_counts_seconds():
    """1790840000 is 1 October 2026, 07:33:20 UTC; the fee of the whole order is not counted on each row."""
    ingested = read(EXPORTS / "baselinker.csv")

    assert [("943107443", "7001", "2026-10-01 07:33:20", "4990", None), ("943107443", "7002", "2026-10-01 07:33:20", "590", None)] == rows(
        ingested, "orders", "purchase_id", "item_id", "ordered_at", "unit_price", "shipping_fee"
    )


def test_mirakl_is_in_utc_and_takes_the_price_of_a_piece():
    """Times without a zone are UTC, FRA is France, and price_unit is read, not the line's price."""
    ingested = read(EXPORTS / "mirakl.csv")

    assert [("2026-10-01 08:00:00", "2026-10-01 09:00:00.123000", "4990", "2", "FR", "shipped")] == rows(
        ingested, "orders", "ordered_at", "confirmed_at", "unit_price", "quantity", "ship_to", "status"
    )
    assert [("2026-10-02 08:00:00", "Colissimo")] == rows(ingested, "shipments", "shipped_at", "carrier")


@pytest.mark.parametrize("file", ["zhtrack.csv", "entrack.csv"])
def test_the_chinese_template_is_read_with_and_without_its_marks(file):
    """Both header rows give the platform's number, the carrier and the parcel."""
    assert [("943107443", "China Post", "LZ123456785CN", "https://track.example/1")] == rows(
        read(EXPORTS / file), "shipments", "purchase_id", "carrier", "tracking_number", "tracking_url"
    )


def test_the_chinese_template_without_platform_numbers_takes_its_own(tmp_path):
    """Where the platform's number is blank on every row the template's own stands for it."""
    path = tmp_path / "track.csv"
    path.write_text((EXPORTS / "entrack.csv").read_text(encoding="utf-8").replace("943107443", ""), encoding="utf-8")

    assert [("XLB1",)] == rows(read(path), "shipments", "purchase_id")


def test_rakutens_listed_price_is_not_the_price_paid():
    """price.amount is read and advertpricelisted.amount left; FX is France."""
    assert [("175427043", "324685483", "12090", "FR", "confirmed")] == rows(
        read(EXPORTS / "rakws.csv"), "orders", "purchase_id", "item_id", "unit_price", "ship_to", "status"
    )


def test_map_shows_a_preset_and_writes_a_mapping_on_top_of_it(tmp_path):
    """The preset is named, its lines stand as comments, and the mapping as written changes nothing."""
    path = tmp_path / "shopify.csv"
    path.write_bytes((EXPORTS / "shopify.csv").read_bytes())
    shown = CliRunner().invoke(cli, ["map", str(path)])
    mapping = tmp_path / "shopify.csv.mapping.toml"
    again = ingest.read([path], zone=PARIS, as_of=AS_OF, mapping=[str(mapping)])

    assert "read as orders and shipments, by the preset Shopify orders_export" in " ".join(shown.output.split())
    assert 'preset = "Shopify orders_export"' in mapping.read_text(encoding="utf-8")
    assert rows(read(path), "orders", "item_id", "unit_price") == rows(again, "orders", "item_id", "unit_price")


def test_check_names_the_preset():
    """A person and a machine see by which preset a file was read."""
    shown = CliRunner().invoke(cli, ["check", str(EXPORTS / "rakws.csv")])
    told = json.loads(CliRunner().invoke(cli, ["check", str(EXPORTS / "rakws.csv"), "--format", "json"]).output)

    assert "11 columns understood by Rakuten WebService sales" in shown.output
    assert "Rakuten WebService sales" == told["readings"][0]["layout"]
