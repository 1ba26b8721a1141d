"""Parquet files: recognised by their columns, typed cells read exactly, no row lost, and what can't be used refused by name."""

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from audit import ingest
from audit.cli import cli
from audit.errors import FaultyInputs
from audit.ingest import parquet
from audit.ingest.parquet.texts import texts
from audit.ingest.workbooks.kinds import Kind, kind

ZONE = ZoneInfo("Europe/Paris")
EXPORTS = Path(__file__).parent / "exports"
AS_OF = dt.datetime(2026, 11, 23, 6, tzinfo=ZONE)
MORNING = dt.datetime(2026, 11, 20, 10)  # noqa: DTZ001 - a time without a zone is what some of these tests are about
FRENCH = {"purchase_id": "N° de commande", "item_id": "N° d'article", "ordered_at": "Date de commande", "unit_price": "Prix unitaire"}
CHINESE = {"purchase_id": "订单号", "item_id": "商品号", "ordered_at": "下单时间", "unit_price": "单价"}


def orders(**columns):
    """Two orders in plain text, with these columns in place of theirs or beside them."""
    plain = {
        "purchase_id": ["00900001", "00900002"], "item_id": ["1001", "1002"],
        "ordered_at": ["2026-11-20 10:00", "2026-11-20 11:00"], "unit_price": ["60.00", "60.01"],
    }  # fmt: skip
    return {**plain, **columns}


def packed(columns, **how):
    """A table as the bytes of a Parquet file."""
    held = io.BytesIO()
    pa.parquet.write_table(pa.table(columns), held, **how)
    return held.getvalue()


def write(folder, columns, name="orders.parquet", **how):
    """A table as a file in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(packed(columns, **how))
    return folder / name


def read(*paths, **named):
    """What is read of some paths."""
    return ingest.read(paths, named=named, zone=ZONE, as_of=AS_OF)


def accepted(path, *names):
    """Some columns of the accepted orders of a file, row by row."""
    frame = read(path).tables["orders"].frame
    return list(zip(*(frame[name].tolist() for name in names), strict=True))


def refusal(path):
    """What is said of a file that can't be used."""
    with pytest.raises(FaultyInputs) as fault:
        read(path)
    return str(fault.value)


@pytest.mark.parametrize("spelled", [{}, FRENCH, CHINESE], ids=["canonical", "French", "Chinese"])
def test_columns_are_known_in_three_languages(tmp_path, spelled):
    """A file is recognised by the names of its columns, whatever its own name; texts keep their zeros."""
    path = write(tmp_path, {spelled.get(name, name): cells for name, cells in orders().items()}, "export")

    assert [("00900001", "1001", 6000, 2), ("00900002", "1002", 6001, 3)] == accepted(
        path, "purchase_id", "item_id", "unit_price", "source_row"
    )


def test_text_is_read_as_in_csv(tmp_path):
    """The same texts give the same table and the same refusals, row for row, in either kind of file."""
    cells = orders(unit_price=["1 234,56 €", "abc"], ordered_at=["03/11/2026", "2026-11-20"])
    write(tmp_path / "p", cells)
    (tmp_path / "c").mkdir()
    pd.DataFrame(cells).to_csv(tmp_path / "c" / "orders.parquet", index=False)
    ours, theirs = read(tmp_path / "p"), read(tmp_path / "c")

    assert [(3, "unreadable-number")] == list(zip(ours.quarantine["row"], ours.quarantine["reason"], strict=True))
    pd.testing.assert_frame_equal(theirs.tables["orders"].frame, ours.tables["orders"].frame)
    pd.testing.assert_frame_equal(theirs.quarantine, ours.quarantine)
    pd.testing.assert_frame_equal(theirs.refused[0].rows, ours.refused[0].rows)


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (pa.array([943115657, None], pa.int64()), ["943115657", ""]),
        (pa.array([9007199254740993, -1], pa.int64()), ["9007199254740993", "-1"]),
        (pa.array([2**64 - 1], pa.uint64()), ["18446744073709551615"]),
        (pa.array([60.01, 1e15, None, float("nan")]), ["60.01", "1e+15", "", ""]),
        (pa.array([19.99, 131071.99, 131072.01], pa.float32()), ["19.99", "131071.99", "131072.015625"]),
        (pa.array([Decimal(60), Decimal(0), Decimal("12.345"), None], pa.decimal128(38, 10)), ["60.00", "0.00", "12.345", ""]),
        (pa.array([Decimal(60)], pa.decimal128(18, 0)), ["60"]),
        (pa.array([True, None, False]), ["true", "", "false"]),
        (pa.array([dt.date(2026, 11, 20)]), ["2026-11-20"]),
        (pa.array([MORNING, dt.datetime(2026, 11, 20)], pa.timestamp("ns")), ["2026-11-20 10:00:00", "2026-11-20"]),  # noqa: DTZ001 - a day
        (pa.array([MORNING.replace(microsecond=250_000)], pa.timestamp("us")), ["2026-11-20 10:00:00.25"]),
        (pa.array([MORNING, dt.datetime(2026, 11, 20)], pa.timestamp("ms", "Asia/Shanghai")), ["2026-11-20 10:00:00Z", "2026-11-20 00:00:00Z"]),  # noqa: DTZ001 - Arrow holds UTC
        (pa.array(["a", None, "a"]).dictionary_encode(), ["a", "", "a"]),
        (pa.nulls(2), ["", ""]),
        (pa.array([b"0012"]), ["0012"]),
        (pa.array([dt.time(10, 5)]), ["10:05:00"]),
    ],
    ids=lambda case: str(case.type) if isinstance(case, pa.Array) else "",
)  # fmt: skip
def test_typed_cells_say_exactly_what_they_hold(column, told):
    """Every type has one text: whole numbers whole, decimals exact, instants in UTC, a midnight without a zone as a day, null as nothing."""
    assert told == texts(pa.chunked_array([column])).told.to_pylist()


@given(st.lists(st.decimals(min_value=-(10**15), max_value=10**15, places=2), min_size=1))
def test_decimals_keep_every_cent(amounts):
    """Whatever an exact decimal is, its text is the same number."""
    told = texts(pa.chunked_array([pa.array(amounts, pa.decimal128(38, 10))])).told.to_pylist()

    assert amounts == [Decimal(text) for text in told]


def test_typed_columns_are_read_without_guessing(tmp_path):
    """Times with a zone are instants, those without are shop time, and amounts are what their type says."""
    path = write(
        tmp_path,
        orders(
            item_id=pa.array([1001, 1002]),
            ordered_at=pa.array([MORNING, MORNING.replace(hour=23)], pa.timestamp("us")),
            confirmed_at=pa.array([MORNING, None], pa.timestamp("ms", "UTC")),
            unit_price=pa.array([Decimal(60), Decimal("60.01")], pa.decimal128(18, 4)),
            quantity=pa.array([2.0, None]),
            is_preorder=pa.array([True, False]),
            status=pa.array(["shipped", "confirmed"]).dictionary_encode(),
        ),
    )
    found = accepted(path, "item_id", "ordered_at", "unit_price", "quantity", "is_preorder", "status")

    assert [
        ("1001", pd.Timestamp("2026-11-20T09:00Z"), 6000, 2, True, "shipped"),
        ("1002", pd.Timestamp("2026-11-20T22:00Z"), 6001, 1, False, "confirmed"),
    ] == found
    assert pd.Timestamp("2026-11-20T10:00Z") == read(path).tables["orders"].frame["confirmed_at"].iloc[0]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"item_id": [1001.0, 1002.0]}, "the column item_id (item_id) holds floating-point numbers, which keep neither leading zeros nor all digits."),
        ({"purchase_id": pa.array([Decimal(1), Decimal(2)], pa.decimal128(38, 10))}, "the column purchase_id (purchase_id) holds decimals with places after the point"),
        ({"ordered_at": [1763632800, 1763632800]}, "the column ordered_at (ordered_at) holds plain numbers, which are no times."),
        ({"sku": [["A"], ["B"]]}, "the column sku (sku) holds lists or records. Write one row an item"),
        ({"sku": [b"\xff", b"A"]}, "the column sku (sku) holds bytes that are not marked as text. Write it as text."),
    ],
    ids=["float", "decimal", "unix", "list", "bytes"],
)  # fmt: skip
def test_a_type_that_can_not_hold_the_column_refuses_the_file(tmp_path, columns, told):
    """An identifier that went through floating point, a time without a unit, a list: each is named with its column and remedy."""
    assert f"orders.parquet: {told}" in refusal(write(tmp_path, orders(**columns)))


def test_a_float_identifier_that_holds_nothing_is_blank(tmp_path):
    """A column without any value lost no digit."""
    path = write(tmp_path, orders(sku=pa.array([None, None], pa.float64())))

    assert [None, None] == [None if pd.isna(sku) else sku for (sku,) in accepted(path, "sku")]


def test_a_preset_says_what_whole_numbers_count(tmp_path):
    """Seconds since 1970 are times where a preset knows its source to write them so."""
    cells = pd.read_csv(EXPORTS / "baselinker.csv", dtype="str", sep=None, engine="python").fillna("")
    texts_, numbers = (
        write(tmp_path / name, pa.Table.from_pandas(table)) for name, table in (("t", cells), ("n", cells.astype({"date_add": "int64"})))
    )

    assert accepted(texts_, "purchase_id", "ordered_at") == accepted(numbers, "purchase_id", "ordered_at")


def test_old_spark_times_are_instants_and_others_are_refused(tmp_path):
    """INT96 is UTC where Spark's mark stands in the file; from elsewhere nobody can tell."""
    cells = pa.table(orders(ordered_at=pa.array([MORNING, MORNING], pa.timestamp("us"))))
    marked = cells.replace_schema_metadata({"org.apache.spark.version": "3.5.1"})
    for name, table in (("spark", marked), ("other", cells)):
        pa.parquet.write_table(table, tmp_path / name, use_deprecated_int96_timestamps=True)

    assert {(pd.Timestamp("2026-11-20T10:00Z"),)} == set(accepted(tmp_path / "spark", "ordered_at"))
    assert "the column ordered_at (ordered_at) holds INT96 times, which do not say whether they are UTC." in refusal(tmp_path / "other")


def test_no_row_is_lost(tmp_path):
    """Blank rows, totals, repeated headers, NUL bytes and bytes that are no text are counted or refused, under the row that a sheet would show."""
    names = list(orders())
    cells = [
        ["1", "11", "2026-11-20", "60.00"], [None, None, " ", None], ["Total", None, None, None], names,
        ["5", "15", "2026-11-20\0", "60.00"], ["6", "16", "2026-11-20", b"6\xff".decode("latin-1")], ["7", "17", "2026-11-20", "x"],
    ]  # fmt: skip
    columns = {name: pa.array([row[place] for row in cells]) for place, name in enumerate(names)}
    wrong = pa.array([cell.encode("latin-1") for cell in columns["unit_price"].fill_null("").to_pylist()])
    columns["unit_price"] = pa.Array.from_buffers(pa.string(), len(cells), wrong.buffers())
    found = read(write(tmp_path, columns))

    assert [(4, "totals-line"), (5, "repeated-header"), (6, "nul-byte"), (7, "undecodable"), (8, "unreadable-number")] == list(
        zip(found.quarantine["row"], found.quarantine["reason"], strict=True)
    )
    assert [(7, 1, 5, 1)] == list(found.inputs[["rows", "accepted", "quarantined", "blank"]].itertuples(index=False, name=None))
    assert ["4", "5", "6", "7", "8"] == found.refused[0].rows["_source_row"].tolist()


def test_a_mended_row_replaces_the_one_it_came_from(tmp_path):
    """The quarantine of a Parquet file, mended and fed in beside it, gives what a clean file would have given."""
    write(tmp_path, orders(unit_price=["60.00", "x"]))
    rows = read(tmp_path).refused[0].rows
    rows.assign(unit_price="60.01").to_csv(tmp_path / "orders.parquet.csv", index=False)
    found = read(tmp_path)

    assert [("00900001", 6000), ("00900002", 6001)] == sorted(
        zip(found.tables["orders"].frame["purchase_id"], found.tables["orders"].frame["unit_price"], strict=True)
    )
    assert 0 == len(found.quarantine)


def test_lists_and_records_that_nobody_needs_are_named(tmp_path):
    """What holds no plain cells is left out, and said by its name."""
    told = read(write(tmp_path, orders(buyer=[{"town": "Lyon"}, None])))

    assert ["orders.parquet: columns that hold lists or records are not read: buyer"] == [str(note) for note in told.notes]


def test_columns_within_columns_are_named_with_their_path(tmp_path):
    """A file that keeps its items in a list is refused, and says which columns to take out of it."""
    nested = {"purchase_id": ["1"], "ordered_at": ["2026-11-20"], "items": [[{"item_id": "11", "unit_price": "60.00"}]]}

    assert (
        "orders.parquet: holds columns within lists or records: items.item_id, items.unit_price. Write one row an item, each column plain: "
        "explode lists, and give the fields of records columns of their own." == refusal(write(tmp_path, nested))
    )


def encrypted():
    """A file as its first bytes tell it."""
    return b"PARE\x2a\x00\x00\x00" + bytes(40) + b"PARE"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (encrypted(), "is encrypted Parquet, or has encrypted columns. Write it without encryption, for this audit's folder alone."),
        (packed(orders())[:-20], "is a broken Parquet file: "),
        (packed(orders())[:200] + b"\0" * 40 + packed(orders())[240:], "is a broken Parquet file: "),
        (b"PAR1", "is a broken Parquet file: "),
    ],
    ids=["encrypted", "cut short", "damaged", "nothing"],
)
def test_what_can_not_be_opened_is_refused_with_a_remedy(tmp_path, content, told):
    """Encrypted, truncated and damaged files are refused by name and reason, never half read."""
    (tmp_path / "orders.parquet").write_bytes(content)

    assert f"orders.parquet: {told}" in refusal(tmp_path)


def test_more_rows_than_bytes_can_hold_are_refused(tmp_path):
    """A small file that claims to be a very large one is refused before it is unpacked."""
    path = write(tmp_path, {name: pa.repeat("1", 3_000_000) for name in orders()})

    assert "orders.parquet: claims 3,000,000 rows and " in refusal(path)


def test_words_that_begin_as_the_mark_does_are_text():
    """A CSV file whose first header begins with PAR1 is no Parquet."""
    assert [Kind.TEXT, Kind.TEXT, Kind.PARQUET] == [kind(content) for content in (b"PAR1;x\n", b"PARE\n1", packed({"a": ["1"]}))]


def test_columns_that_nobody_knows_are_no_export(tmp_path):
    """In a folder such a file is left aside; named outright it is refused."""
    write(tmp_path, orders())
    other = write(tmp_path, {"colour": ["red"], "height": [3]}, "other.parquet")

    assert ("other.parquet",) == read(tmp_path).left
    assert "other.parquet: no line of its beginning is a header that is known." in refusal(other)


def test_a_folder_in_parts_is_read_as_its_parts(tmp_path):
    """What Spark and pandas write as a folder is read whole: parts below parts, values of folders' names as cells, the files beside left."""
    data = tmp_path / "in" / "orders.parquet"
    for status, place in (("shipped", 0), ("__HIVE_DEFAULT_PARTITION__", 1)):
        write(data / f"status={status}", {name: cells[place : place + 1] for name, cells in orders().items()}, f"part-{place}.parquet")
    (data / "_SUCCESS").touch()
    found, named = read(tmp_path / "in"), read(orders=[data])

    assert {("00900001", "shipped"), ("00900002", "confirmed")} == set(
        zip(found.tables["orders"].frame["purchase_id"], found.tables["orders"].frame["status"].fillna("confirmed"), strict=True)
    )
    assert () == found.left == named.left
    assert 2 == len(named.tables["orders"].frame)


def test_only_folders_of_the_file_itself_tell_cells(tmp_path):
    """A folder whose name has an equals sign, but stands above others, belongs to the person and not to the file."""
    path = write(tmp_path / "run=5" / "exports" / "status=shipped", orders())

    assert ("status",) == tuple(name for name in (*read(path).readings[0].columns, *read(path).readings[0].unknown) if name not in orders())


def test_check_and_map_take_parquet(tmp_path):
    """Check counts its rows, and map shows its columns with their values."""
    path = write(tmp_path, orders())
    checked = CliRunner().invoke(cli, ["check", str(path)])
    mapped = CliRunner().invoke(cli, ["map", str(path)])

    assert (0, 0) == (checked.exit_code, mapped.exit_code)
    assert "orders.parquet: orders; 2 rows = 2 accepted + 0 refused + 0 duplicates + 0 blank" in checked.output
    assert "00900001" in mapped.output


def test_a_file_without_rows_is_an_export(tmp_path):
    """A table without rows is recognised, and holds none."""
    assert 0 == len(read(write(tmp_path, pa.table(orders()).slice(0, 0))).tables["orders"].frame)


def test_reading_begins_where_it_is_told():
    """The rows are numbered as if the names of the columns stood in row 1."""
    (rows,) = parquet.read("x", packed(orders()))

    assert (1, [2, 3]) == (rows.header_row, rows.cells.index.tolist())
