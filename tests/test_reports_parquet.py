"""Findings and refused rows as Parquet: complete, typed, and the same as their CSV."""

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from audit import run
from audit.config import Config, load
from reports import parquet
from reports.files import COLUMNS

SAMPLE = Path(__file__).parent.parent / "sample_data"
MOMENT, EUROS = pa.timestamp("us", "UTC"), pa.decimal128(18, 2)


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """The report of the sample with Parquet files beside the others."""
    out = tmp_path_factory.mktemp("parquet") / "out"
    settings = load(SAMPLE / "order-audit.toml").override(formats=("csv", "json", "parquet"))
    run.run([SAMPLE], out, settings)
    return out


def read(path):
    """A Parquet file as it says it is."""
    return pyarrow.parquet.ParquetFile(path).read()


def test_findings_have_the_columns_and_types_that_are_promised(out):
    """The schema is public: the columns of findings.csv, instants, whole numbers, and euros as exact decimals."""
    types = {field.name: field.type for field in read(out / "findings.parquet").schema}

    assert list(COLUMNS) == list(types)
    assert [MOMENT] * 3 == [types[name] for name in ("occurred_at", "deadline_at", "first_seen")]
    assert [EUROS] * 3 == [types[f"exposure_{kind}_eur"] for kind in ("sale", "fee", "fine")]
    assert [pa.int64()] * 2 == [types[name] for name in ("source_row", "nights_open")]
    assert {pa.string()} == {kind for kind in types.values() if kind not in (MOMENT, EUROS, pa.int64())}


def test_findings_are_those_of_the_csv(out):
    """Every line of findings.csv stands in findings.parquet, in its order, with the same amounts."""
    with (out / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    table = read(out / "findings.parquet").to_pylist()

    for name in ("finding_id", "rule", "purchase_id", "evidence", "exposure_sale_eur", "source_row"):
        assert [line[name].removeprefix("'") for line in lines] == ["" if row[name] is None else str(row[name]) for row in table]


def test_every_reason_of_every_refused_row_is_there(out):
    """quarantine/refused.parquet holds one row a reason, by code and in words, under the number that the sheet shows."""
    table = read(out / "quarantine" / "refused.parquet")
    rows = table.to_pylist()
    first = next(row for row in rows if row["reason"] == "damaged-identifier")

    assert parquet.REFUSED.equals(table.schema)
    assert "a spreadsheet has turned the number into 3,24685E+08" == first["explanation"]
    assert {row["repair_file"].removeprefix("quarantine/") for row in rows} <= {path.name for path in (out / "quarantine").iterdir()}


def test_a_quiet_night_has_the_same_schema(tmp_path):
    """Without any finding or refused row the files are there, with all of their columns."""
    orders = tmp_path / "orders.csv"
    orders.write_text("purchase_id,item_id,ordered_at,unit_price\n1,11,2026-11-22 10:00,20.00\n", encoding="utf-8")
    run.run([orders], tmp_path / "out", Config(formats=("parquet",), as_of="2026-11-22T12:00"))

    assert (0, True) == ((found := read(tmp_path / "out" / "findings.parquet")).num_rows, found.schema.equals(parquet.FINDINGS))
    assert (0, True) == ((refused := read(tmp_path / "out/quarantine/refused.parquet")).num_rows, refused.schema.equals(parquet.REFUSED))
