"""Tables as CSV files: byte for byte what the standard library writes of the same inert cells, however many rows there are."""

import csv

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports import csv_file
from reports.cells import CONTROL
from schemas.inert import inert

CELLS = st.one_of(st.none(), st.text(alphabet="a=+-@'\"＝é7,;\t\r\n\x00\uffff ", max_size=6))


def cell_by_cell(table, path):
    """The file as the csv module writes it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([inert(name) for name in table])
        for row in table.itertuples(index=False):
            writer.writerow(["" if pd.isna(cell) else inert(CONTROL.sub("\ufffd", str(cell))) for cell in row])
    return path.read_bytes()


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=7))
@example(rows=[('"', ","), ("\n", "\r"), ("=1", "a;=1"), ("-5", "'x"), ("＝1", "x")])
def test_every_cell_is_written_as_the_csv_module_writes_it(tmp_path_factory, rows):
    """Quotes, separators, line breaks, formulas, control characters and blanks give the same bytes, in blocks of rows or at once."""
    folder = tmp_path_factory.mktemp("csv")
    table = pd.DataFrame(rows, columns=["a,b", '=n"o'], dtype="str")
    expected = cell_by_cell(table, folder / "expected.csv")
    for at_once in (2, 5_000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(csv_file, "AT_ONCE", at_once)
            csv_file.write(folder / "rows.csv", table)

        assert expected == (folder / "rows.csv").read_bytes()


def test_columns_of_any_kind_are_written(tmp_path):
    """Numbers, truths and missing values stand as text, nothing as a blank."""
    table = pd.DataFrame(
        {
            "count": pd.array([1, None, -2], dtype="Int64"),
            "held": pd.array([True, None, False], dtype="boolean"),
            "thing": pd.Series(["=1", None, 2.5], dtype="object"),
        }
    )
    csv_file.write(tmp_path / "rows.csv", table)

    assert "\ufeffcount,held,thing\r\n1,True,'=1\r\n,,\r\n-2,False,2.5\r\n" == (tmp_path / "rows.csv").read_bytes().decode()
