"""order-audit map, and the mapping files that it writes: shown clearly, checked line by line, and really honoured."""

import json
import tomllib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from click.testing import CliRunner

from audit import Config, audit, ingest
from audit.cli import cli
from audit.config import load as load_config
from audit.errors import AuditError, ConfigFault, FaultyInputs
from audit.ingest.mapping import load
from audit.mapping_file import _pattern

PARIS = ZoneInfo("Europe/Paris")
AS_OF = datetime(2026, 11, 23, 6, tzinfo=PARIS)
EXPORTS = Path(__file__).parent / "exports"

EXPORT = "alpha;beta;gamma;delta\n943107443;1510210897;09/10/2026 12:32;1,234\n943107450;1510210898;10/10/2026 12:32;5\n"
"""Headers that say nothing at all."""

MAPPING = """[[file]]
tables = ["orders"]

[file.columns]
"alpha" = "purchase_id"
"beta" = "item_id"
"gamma" = "ordered_at"
"delta" = "unit_price"
"""


@pytest.fixture
def export(tmp_path):
    """A file whose headers say nothing."""
    path = tmp_path / "export.csv"
    path.write_text(EXPORT, encoding="utf-8")
    return path


def mapped(tmp_path, text=MAPPING):
    """The path of a mapping file."""
    path = tmp_path / "my.mapping.toml"
    path.write_text(text, encoding="utf-8")
    return path


def read(path, *mappings):
    """What a file holds under some mappings."""
    return ingest.read([path], zone=PARIS, as_of=AS_OF, mapping=[str(mapping) for mapping in mappings])


def fault_of(tmp_path, text):
    """What is wrong with a mapping, without its folder, and what to try."""
    with pytest.raises(ConfigFault) as caught:
        load([mapped(tmp_path, text)])
    return str(caught.value.wrong).replace(f"{tmp_path}/", ""), str(caught.value.remedy)


def test_a_mapping_reads_what_no_word_tells(export, tmp_path):
    """Headers that say nothing are read as the mapping says; without it the file is refused."""
    ingested = read(export, mapped(tmp_path, MAPPING.replace('["orders"]\n', '["orders"]\ndecimal = ","\n').replace("1,234", "1,23")))

    assert 1 == len(ingested.tables["orders"].frame)
    assert "export.csv: read by the mapping my.mapping.toml" == str(ingested.notes[0])
    with pytest.raises(FaultyInputs):
        read(export)


@pytest.mark.parametrize(
    ("decimal", "accepted", "reason"), [(",", [500], "third-decimal"), (".", [123400, 500], None), ("", [500], "ambiguous-number")]
)
def test_the_decimal_sign_is_honoured(export, tmp_path, decimal, accepted, reason):
    """1,234 is a thousand under a point, too many decimals under a comma, and untold without either."""
    told = f'tables = ["orders"]\ndecimal = "{decimal}"\n' if decimal else 'tables = ["orders"]\n'
    ingested = read(export, mapped(tmp_path, MAPPING.replace('tables = ["orders"]\n', told)))

    assert accepted == list(ingested.tables["orders"].frame["unit_price"])
    assert [reason] * (reason is not None) == list(ingested.quarantine["reason"])


def test_a_column_that_contradicts_the_decimal_sign_refuses_the_file(export, tmp_path):
    """12.50 under a decimal comma is no guess to make."""
    export.write_text(EXPORT.replace("1,234", "12.50"), encoding="utf-8")
    with pytest.raises(FaultyInputs) as caught:
        read(export, mapped(tmp_path, MAPPING.replace('tables = ["orders"]\n', 'tables = ["orders"]\ndecimal = ","\n')))

    assert "export.csv: the column unit_price uses the point as decimal sign, where the comma was told: row 2 12.50." == str(
        caught.value.faults[0].wrong
    )


@pytest.mark.parametrize(("order", "month"), [("day-first", 10), ("month-first", 9)])
def test_the_order_of_day_and_month_is_honoured(export, tmp_path, order, month):
    """09/10/2026 is in October with the day first, and in September with the month first."""
    told = MAPPING.replace('tables = ["orders"]\n', f'tables = ["orders"]\ndate_order = "{order}"\ndecimal = "."\n')

    assert month == read(export, mapped(tmp_path, told)).tables["orders"].frame["ordered_at"][0].month


@pytest.mark.parametrize(("order", "date", "side"), [("day-first", "10/13/2026", "month"), ("month-first", "13/10/2026", "day")])
def test_a_column_that_contradicts_the_order_refuses_the_file(export, tmp_path, order, date, side):
    """A thirteenth month is a contradiction, whichever side it stands on."""
    export.write_text(EXPORT.replace("10/10/2026", date), encoding="utf-8")
    told = MAPPING.replace('tables = ["orders"]\n', f'tables = ["orders"]\ndate_order = "{order}"\n')
    with pytest.raises(FaultyInputs, match=f"ordered_at puts the {side} first, where"):
        read(export, mapped(tmp_path, told))


def test_a_header_mapped_to_nothing_is_left_out(tmp_path):
    """An empty column takes a header out, even one that is spelled."""
    path = tmp_path / "o.csv"
    path.write_text("N° de commande;N° d'article;Date de commande;Prix;Note\n1;2;09/10/2026;5,00;zzz\n", encoding="utf-8")
    ingested = read(path, mapped(tmp_path, '[[file]]\ntables = ["orders"]\n[file.columns]\n"Note" = ""\n'))

    assert 1 == len(ingested.tables["orders"].frame)
    assert ("Note",) == ingested.readings[0].unknown


def test_a_constant_stands_for_a_missing_column(export, tmp_path):
    """A column that is the same for every row needs no header."""
    ingested = read(export, mapped(tmp_path, MAPPING + '[file.constants]\ncurrency = "GBP"\nship_from = "CN"\n'))
    frame = ingested.tables["orders"].frame

    assert [("GBP", "CN")] == list(frame[["currency", "ship_from"]].itertuples(index=False, name=None))


def test_a_mapping_beside_spelled_headers_adds_to_them(tmp_path):
    """A mapping of one header leaves the others to be understood as ever."""
    path = tmp_path / "o.csv"
    path.write_text("N° de commande;N° d'article;Date de commande;Zorg\n1;2;09/10/2026;5,00\n", encoding="utf-8")

    assert [500] == list(
        read(path, mapped(tmp_path, '[[file]]\ntables = ["orders"]\n[file.columns]\nZorg = "unit_price"\n'))
        .tables["orders"]
        .frame["unit_price"]
    )


@pytest.mark.parametrize(
    ("old", "new", "wrong", "remedy"),
    [
        ('"unit_price"', '"unit_prise"', "my.mapping.toml, line 8: unknown column unit_prise of orders.", "Did you mean unit_price?"),
        ('"unit_price"', '"delivered_at"', "my.mapping.toml, line 8: unknown column delivered_at of orders.", "Did you mean ordered_at?"),
        ('"unit_price"', '"item_id"', "my.mapping.toml, line 8: 'beta' and 'delta' are both item_id.", "Put a # before one of the two lines."),
        ('["orders"]', '["order"]', "my.mapping.toml, line 2: unknown table order.", "Did you mean orders?"),
        ("tables", "table", "my.mapping.toml, line 2: unknown key table.", "Did you mean tables?"),
        ('["orders"]', '["orders"]\ndecimal = ";"', "my.mapping.toml, line 3: decimal is ';'.", 'It takes "," or ".".'),
        (
            '["orders"]',
            '["orders"]\ndate_order = "us"',
            "my.mapping.toml, line 3: date_order is 'us'.",
            'It takes "day-first" or "month-first".',
        ),
        ('["orders"]', '["orders"]\npreset = "Shopifi orders_export"', "my.mapping.toml, line 3: unknown preset Shopifi orders_export.", "Did you mean Shopify orders_export?"),
    ],
)  # fmt: skip
def test_a_fault_names_its_line_and_the_nearest_name(tmp_path, old, new, wrong, remedy):
    """Whatever is unknown in a mapping is said with its line and what was probably meant."""
    assert (wrong, remedy) == fault_of(tmp_path, MAPPING.replace(old, new, 1))


def test_a_header_that_is_not_there_is_a_fault(export, tmp_path):
    """A mapping that fits a file but for one header names the line and the nearest header."""
    with pytest.raises(FaultyInputs) as caught:
        read(export, mapped(tmp_path, MAPPING.replace('"delta"', '"delto"')))

    fault = caught.value.faults[0]
    assert "my.mapping.toml, line 8: export.csv has no header 'delto'." == str(fault.wrong).replace(f"{tmp_path}/", "")
    assert "Did you mean delta?" == str(fault.remedy)


def test_a_broken_line_names_itself(tmp_path):
    """What is no TOML is said with its line."""
    wrong, _ = fault_of(tmp_path, MAPPING.replace('"beta" =', "beta ="[:4]))

    assert "line 6" in wrong


def test_a_missing_mapping_is_a_fault(tmp_path):
    """A name that is mistyped stops before any data is read."""
    with pytest.raises(ConfigFault, match=r"nowhere.toml: the mapping can't be read"):
        load([tmp_path / "nowhere.toml"])


def test_the_mapping_of_other_files_is_not_used_and_that_is_said(tmp_path):
    """A mapping that fits no file leaves it as it is, and does not pass in silence."""
    path = tmp_path / "o.csv"
    path.write_text("N° de commande;N° d'article;Date de commande;Prix\n1;2;09/10/2026;5,00\n", encoding="utf-8")

    assert ["the mapping my.mapping.toml fits none of the files"] == [str(note) for note in read(path, mapped(tmp_path)).notes]


@pytest.mark.parametrize(("pattern", "fits"), [("export*.csv", True), ("other*.csv", False)])
def test_a_pattern_chooses_by_name(export, tmp_path, pattern, fits):
    """With a pattern the name decides, and not the headers."""
    told = MAPPING.replace('tables = ["orders"]\n', f'tables = ["orders"]\nfiles = "{pattern}"\n')
    try:
        found = read(export, mapped(tmp_path, told)).readings[0].layout
    except AuditError:
        found = ""

    assert fits == (found == "my.mapping.toml")


def test_of_several_sections_the_fitting_one_is_taken(export, tmp_path):
    """One file may hold the mappings of several exports."""
    other = '[[file]]\ntables = ["shipments"]\n[file.columns]\n"alpha" = "purchase_id"\n"omega" = "carrier"\n\n'

    assert ["orders"] == list(read(export, mapped(tmp_path, other + MAPPING)).tables)


def test_the_config_names_a_mapping_beside_itself(export, tmp_path):
    """[inputs] mapping is a path beside the settings' file, alone or in a list."""
    mapped(tmp_path)
    for told in ('"my.mapping.toml"', '["my.mapping.toml"]'):
        (tmp_path / "order-audit.toml").write_text(f"[inputs]\nmapping = {told}\n", encoding="utf-8")
        config = load_config(tmp_path / "order-audit.toml")

        assert (str(tmp_path / "my.mapping.toml"),) == config.mapping
        assert 2 == audit(export, config=config.override(as_of="2026-11-23T06:00")).inputs["rows"].sum()


def test_dataframes_take_a_mapping_too(tmp_path):
    """A notebook's table goes the way of every file."""
    frame = pd.DataFrame({"alpha": ["1"], "beta": ["2"], "gamma": ["09/10/2026"], "delta": ["5,00"]})
    outcome = audit(orders=frame, config=Config(mapping=(str(mapped(tmp_path)),), as_of="2026-11-23T06:00"))

    assert 1 == outcome.run.items


@pytest.fixture
def french(tmp_path, monkeypatch):
    """The French export in a folder of its own, and a terminal of 100 columns."""
    monkeypatch.setenv("COLUMNS", "100")
    path = tmp_path / "french.csv"
    path.write_bytes((EXPORTS / "french.csv").read_bytes())
    return path


def test_map_shows_each_header_and_writes_a_mapping(french):
    """Every header has its line, the mapping is named, and the command ends in 0."""
    shown = CliRunner().invoke(cli, ["map", str(french)])
    lines = shown.output.splitlines()

    assert 0 == shown.exit_code
    assert "french.csv: read as orders and shipments; utf-8, semicolons, header in row 1, 3 rows" == lines[0]
    assert ["Numéro", "de", "la", "vente", "purchase_id", "certain", "943107443", "|", "943107450"] == lines[3].split()
    assert "    Numéro = number, vente = sale; its values look like numbers or references" == lines[4]
    assert all(len(line) <= 100 for line in lines if str(french) not in line)
    assert f"Wrote {french}.mapping.toml: say there what each header means, then" in lines


def test_map_shows_no_personal_data(french):
    """Addresses are neither shown nor written, and no column is proposed for them."""
    french.write_text(
        french.read_text(encoding="utf-8")
        .replace("Facture n°", "Contact")
        .replace(";F1", ";moi@mail.example")
        .replace(";F2", ";toi@mail.example"),
        encoding="utf-8",
    )
    shown = CliRunner().invoke(cli, ["map", str(french)]).output
    told = CliRunner().invoke(cli, ["map", str(french), "--format", "json", "--overwrite"]).output
    written = french.with_name("french.csv.mapping.toml").read_text(encoding="utf-8")

    assert '# "Adresse de livraison" = ""  # personal data, is not read' in written.splitlines()
    for text in (shown, told, written):
        assert "rue des Essais" not in text
        assert "mail.example" not in text


def test_a_written_mapping_reads_what_was_shown(french):
    """Used as it was written, the mapping gives the same tables as no mapping at all."""
    CliRunner().invoke(cli, ["map", str(french)])
    plain, told = read(french), read(french, french.with_name("french.csv.mapping.toml"))

    for name, table in plain.tables.items():
        pd.testing.assert_frame_equal(table.frame, told.tables[name].frame)


def test_a_mapping_explains_every_column(french):
    """Who has never seen the names finds each with its meaning, and the file is valid TOML."""
    CliRunner().invoke(cli, ["map", str(french)])
    text = french.with_name("french.csv.mapping.toml").read_text(encoding="utf-8")

    assert ["orders", "shipments"] == tomllib.loads(text)["file"][0]["tables"]
    assert "#   - category" not in text
    assert "#   - rating         the buyer's rating" in text.splitlines()
    assert "#  !  unit_price     price of one piece, VAT in, shipping out" in text.splitlines()


def test_map_never_overwrites_unasked(french):
    """A mapping that is there stays as it is, and that is said; --write onto it is wrong usage; --overwrite does it."""
    mapping = french.with_name("french.csv.mapping.toml")
    mapping.write_text("mine", encoding="utf-8")
    kept = CliRunner().invoke(cli, ["map", str(french)])
    refused = CliRunner().invoke(cli, ["map", str(french), "--write", str(mapping)])

    assert (0, 2) == (kept.exit_code, refused.exit_code)
    assert f"{mapping} is there already and was left as it is; --overwrite writes it anew." in kept.stderr.splitlines()
    assert "mine" == mapping.read_text(encoding="utf-8")
    assert 0 == CliRunner().invoke(cli, ["map", str(french), "--overwrite"]).exit_code
    assert mapping.read_text(encoding="utf-8").startswith("# How order-audit reads files whose headers are those of french.csv.")


def test_map_shows_a_file_that_nobody_knows(export):
    """Headers that say nothing are shown with their cells, as nearest to something, and what must be there is listed."""
    shown = CliRunner().invoke(cli, ["map", str(export)])

    assert 0 == shown.exit_code
    assert shown.output.startswith("export.csv: can't be audited as it is")
    assert "these columns must be there, and no header is sure to be them:" in shown.output


def test_map_tells_machines(french):
    """The JSON holds each header with columns, certainty, reasons and values."""
    told = json.loads(CliRunner().invoke(cli, ["map", str(french), "--format", "json"]).output)
    first = told["sheets"][0]["headers"][0]

    assert (1, ["orders", "shipments"], True) == (told["version"], told["sheets"][0]["tables"], told["sheets"][0]["whole"])
    assert ("Numéro de la vente", ["purchase_id"], "certain") == (first["header"], first["columns"], first["how"])


def test_a_month_that_must_come_first_is_written(french):
    """Where a date can only be read with the month first the mapping says so, and the file is then read."""
    text = french.read_text(encoding="utf-8")
    french.write_text(text.replace("09/09/2026", "09/19/2026").replace("/09/2026", "/09/2026"), encoding="utf-8")
    CliRunner().invoke(cli, ["map", str(french)])
    written = french.with_name("french.csv.mapping.toml").read_text(encoding="utf-8")

    assert 'date_order = "month-first"' in written.splitlines()
    assert "# 09/19/2026 12:32 can only be read with the month first." in written.splitlines()


def test_a_hundred_columns_are_shown_in_order(tmp_path):
    """A wide file has a line for each of its headers."""
    path = tmp_path / "wide.csv"
    header = ["N° cmd", "Réf. ligne", "Dt cmde", "P.U. TTC", *(f"Zorg {place}" for place in range(96))]
    path.write_text("\n".join([";".join(header), ";".join(["1", "2", "09/10/2026", "5,00", *["7"] * 96])]) + "\n", encoding="utf-8")
    told = json.loads(CliRunner().invoke(cli, ["map", str(path), "--format", "json"]).output)

    assert header == [entry["header"] for entry in told["sheets"][0]["headers"]]


@pytest.mark.parametrize(
    ("name", "pattern"),
    [("commandes_2026-11-23.csv", "commandes_*.csv"), ("ventes.xlsx", "ventes.xlsx"), ("export 12.csv", "export *.csv")],
)
def test_the_pattern_fits_tomorrows_export(name, pattern):
    """Numbers in a file's name change from night to night."""
    assert pattern == _pattern(name)
