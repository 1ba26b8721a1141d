"""How much memory a run may take, and when it goes to disk."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from audit import engines
from audit.cli.command import cli
from audit.config import Config, load
from audit.engines import size
from audit.errors import ConfigFault, UnfitError

MIB = 1 << 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2GiB", 2 << 30), ("512M", 512 * MIB), ("1.5 GB", 1536 * MIB), ("700 mib", 700 * MIB), ("4096", 4096), ("1T", 1 << 40)],
)
def test_amounts_are_read(text, expected):
    """With or without a unit, each of 1,024 of the one before."""
    assert expected == size.parse(text)


@pytest.mark.parametrize("text", ["", "two", "-1G", "2 PiB", "1,5G"])
def test_anything_else_is_no_amount(text):
    """What can't be read is said to take an amount."""
    with pytest.raises(UnfitError, match=r"^an amount of memory such as 2GiB$"):
        size.parse(text)


def test_inputs_that_fit_are_audited_in_one_go():
    """Up to the last byte beside what a run takes anyway; one byte more goes in buckets."""
    assert 1 == size.buckets(600 * MIB, size.BASE + 600 * MIB)
    assert 2 == size.buckets(600 * MIB + 1, size.BASE + 600 * MIB)


def test_the_less_memory_the_more_buckets():
    """A bucket takes two thirds of what is left; below a least size more of them save nothing."""
    assert 6 == size.buckets(4096 * MIB, size.BASE + 1024 * MIB)
    assert 7 == size.buckets(4096 * MIB + 1, size.BASE + 1024 * MIB)
    assert 12 == size.buckets(4096 * MIB, size.BASE + 512 * MIB)
    assert 24 == size.buckets(4096 * MIB, 1)


def test_parts_are_read_on_every_core_that_memory_allows(monkeypatch):
    """Each takes its room beside the program; one is read whatever there is."""
    monkeypatch.setattr("os.cpu_count", lambda: 4)

    assert 1 == size.readers(1)
    assert 1 == size.readers(size.PROGRAM + 2 * size.OF_PART - 1)
    assert 2 == size.readers(size.PROGRAM + 2 * size.OF_PART)
    assert 4 == size.readers(size.PROGRAM + 9 * size.OF_PART)


def test_packed_files_weigh_more_than_plain_ones(tmp_path):
    """A workbook holds many times its bytes; a folder among the paths weighs nothing."""
    (tmp_path / "plain.csv").write_bytes(b"purchase_id\n")
    (tmp_path / "packed.xlsx").write_bytes(b"PK\x03\x04" + bytes(8))

    assert 12 * size.WEIGHT == size.weight([tmp_path / "plain.csv", tmp_path])
    assert 12 * size.PACKED_WEIGHT == size.weight([tmp_path / "packed.xlsx"])


def test_the_settings_name_the_memory(tmp_path):
    """In words, under [run]."""
    path = tmp_path / "order-audit.toml"
    path.write_text('[run]\nmemory = "2GiB"\n', encoding="utf-8")
    assert 2 << 30 == load(path).memory

    path.write_text("[run]\nmemory = 2\n", encoding="utf-8")
    with pytest.raises(ConfigFault, match=r"line 2: run.memory is 2. It takes text in quotes."):
        load(path)


def test_the_command_takes_it_as_option_or_from_the_environment(tmp_path, monkeypatch):
    """The option goes before; nonsense is wrong usage."""
    seen = []
    monkeypatch.setattr("audit.run.run", lambda _inputs, _out, config, **_given: seen.append(config.memory) or 1 / 0)
    arguments = ["run", str(tmp_path), "--out", str(tmp_path / "out")]
    for more, environment in (["--memory", "1GiB"], {"ORDER_AUDIT_MEMORY": "3GiB"}), ([], {"ORDER_AUDIT_MEMORY": "3GiB"}), ([], {}):
        CliRunner(env=environment).invoke(cli, [*arguments, *more])
    wrong = CliRunner().invoke(cli, [*arguments, "--memory", "much"])

    assert [1 << 30, 3 << 30, None] == seen
    assert 2 == wrong.exit_code
    assert "'much' is not an amount of memory such as 2GiB" in wrong.output


def test_the_memory_is_no_part_of_what_was_asked():
    """A run has the same name however it was carried out."""
    assert repr(Config()) == repr(Config(memory=1))


def test_without_a_word_the_inputs_decide(tmp_path, monkeypatch):
    """Files that take more than the machine's share go in buckets by themselves."""
    chosen = []
    monkeypatch.setattr(size, "available", lambda: size.BASE)
    monkeypatch.setattr(size, "buckets", lambda weight, memory: chosen.append((weight, memory)) or 1)
    (tmp_path / "orders.csv").write_text("purchase_id,item_id,ordered_at,unit_price\n1,2,2026-11-20,5.00\n", encoding="utf-8")
    with engines.opened([tmp_path], {}, Config(), (datetime(2026, 11, 23, tzinfo=UTC), "option"), tmp_path / "rows"):
        pass

    assert [(62 * size.WEIGHT, size.BASE)] == chosen
