"""Inputs by pattern: of each the newest export is read, and a pattern that meets none is named."""

import pytest
from click.testing import CliRunner

from audit.cli import cli
from audit.errors import FaultyInputs
from audit.patterns import newest

HEADER = "purchase_id,item_id,ordered_at,unit_price,status\n"


def exports(folder, *names):
    """Empty exports of these names, the last written last."""
    folder.mkdir()
    for name in names:
        (folder / name).write_text(HEADER, encoding="utf-8")
    return folder


def test_the_newest_is_the_one_with_the_latest_date_in_its_name(tmp_path):
    """Not the one that was written last, nor the last in the alphabet; hidden ones are passed over."""
    folder = exports(
        tmp_path / "exports", "orders_b_20261123.csv", "orders_a_2026-11-24.csv", "orders_z_2026-11-01.csv", ".orders_2027-01-01.csv"
    )

    assert (folder / "orders_a_2026-11-24.csv",) == newest([str(folder / "orders_*.csv")])


def test_without_dates_the_last_name_counts_and_a_dated_one_before_it(tmp_path):
    """Numbered exports come after one another."""
    folder = exports(tmp_path / "exports", "orders_0009.csv", "orders_0010.csv")

    assert (folder / "orders_0010.csv",) == newest([str(folder / "orders_*.csv")])
    (folder / "orders_2026-11-01.csv").write_text(HEADER, encoding="utf-8")
    assert (folder / "orders_2026-11-01.csv",) == newest([str(folder / "orders_*.csv")])


def test_a_file_that_two_patterns_mean_is_read_once(tmp_path):
    """It is one export."""
    folder = exports(tmp_path / "exports", "orders_1.csv")

    assert (folder / "orders_1.csv",) == newest([str(folder / "orders_*.csv"), str(folder / "*.csv")])


def test_every_pattern_that_meets_nothing_is_named(tmp_path):
    """All at once, for a missing export must not go unseen."""
    folder = exports(tmp_path / "exports", "orders_1.csv")
    with pytest.raises(FaultyInputs) as caught:
        newest([str(folder / name) for name in ("claims_*.csv", "orders_*.csv", "refunds_*.csv")])

    assert [f"{folder / name}: no file fits this pattern." for name in ("claims_*.csv", "refunds_*.csv")] == [
        str(fault.wrong) for fault in caught.value.faults
    ]


def test_the_command_reads_what_the_settings_name_unless_told_otherwise(tmp_path):
    """Patterns stand beside the settings; a file named on the command line takes their place."""
    folder = exports(tmp_path / "exports", "orders_2026-11-22.csv", "orders_2026-11-23.csv")
    settings = tmp_path / "order-audit.toml"
    settings.write_text('[inputs]\nfiles = ["exports/orders_*.csv"]\n', encoding="utf-8")
    told, named, none = (
        CliRunner().invoke(cli, ["check", *arguments])
        for arguments in (
            ["--config", str(settings)],
            [str(folder / "orders_2026-11-22.csv"), "--config", str(settings)],
            ["--as-of", "2026-11-23"],
        )
    )

    assert (0, True) == (told.exit_code, told.output.startswith("orders_2026-11-23.csv: orders; 0 rows"))
    assert (0, True) == (named.exit_code, named.output.startswith("orders_2026-11-22.csv: orders; 0 rows"))
    assert 2 == none.exit_code
    assert "No input: name files or folders, or a table's file, such as --orders FILE." in none.output
