"""Headers that no schema spells: taken where words and cells leave no doubt, proposed where they do, never guessed in silence."""

import csv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from audit import ingest
from audit.errors import FaultyInputs
from audit.ingest.recognise import RepeatedHeaderError, also_known, every_match, header_score, recognise
from audit.ingest.weighing import How
from schemas.table import fold
from schemas.tables import TABLES

PARIS = ZoneInfo("Europe/Paris")
AS_OF = datetime(2026, 11, 23, 6, tzinfo=PARIS)
EXPORTS = Path(__file__).parent / "exports"

IDS = ("943107443", "943107450", "943107451")
ITEMS = ("1510210897", "1510210898", "1510210901")
ORDERED = ("09/10/2026 12:32", "11/10/2026 08:05", "12/10/2026 09:00")
PRICES = ("189,00", "24,50", "12,00")
PARCELS = ("LF046851565FR", "RR473124829GB", "RB123456785GB")
"""S10 numbers whose check digit holds."""

COUNTRIES = ("Chine", "Chine", "France")
BASE = {"N° de commande": IDS, "N° d'article": ITEMS, "Date de commande": ORDERED, "Prix unitaire": PRICES}


def table(columns, name="orders", *, cells=True):
    """What one table makes of some columns: those used by header, and the verdicts on the headers."""
    header = list(columns)
    frame = pd.DataFrame({place: list(values) for place, values in enumerate(columns.values())}, dtype="str")
    found = next(match for match in every_match(header, frame if cells else None) if match.table.name == name)
    used = {header[place]: column for column, place in found.columns.items()}
    return used, {header[place]: (column, verdict) for place, (column, verdict) in found.verdicts.items()}


@pytest.mark.parametrize("language", ["french", "english", "chinese"])
def test_exports_of_words_that_no_schema_spells_are_read(language):
    """A French, an English and a Chinese export are understood column by column, though no schema spells a single header."""
    with (EXPORTS / f"{language}.csv").open(encoding="utf-8") as file:
        header = next(csv.reader(file, delimiter=";" if language == "french" else ","))
    spelled = {spelling for known in TABLES.values() for spelling in known.headers}
    ingested = ingest.read([EXPORTS / f"{language}.csv"], zone=PARIS, as_of=AS_OF)

    assert [] == [cell for cell in header[:22] if fold(cell) in spelled]
    assert 3 == len(ingested.tables["orders"].frame) == len(ingested.tables["shipments"].frame)
    assert list(header[:22]) == [cell for cell in header if cell in ingested.readings[0].likely]


EXPECTED = (
    "purchase_id", "item_id", "ordered_at", "confirmed_at", "status", "sku", "title", "brand", "category", "condition", "unit_price", "quantity",
    "shipping_fee", "commission", "currency", "shipping_mode", "ship_from", "ship_to", "carrier", "tracking_number", "shipped_at", "delivered_at",
)  # fmt: skip


@pytest.mark.parametrize("language", ["french", "english", "chinese"])
def test_each_of_their_headers_is_taken_for_the_right_column(language):
    """In all three the columns come in the same order, and are all found."""
    reading = ingest.read([EXPORTS / f"{language}.csv"], zone=PARIS, as_of=AS_OF).readings[0]

    assert EXPECTED == tuple(dict.fromkeys(meant.split(", ")[0].partition(".")[2] for meant in reading.columns.values()))
    assert all(header not in reading.columns for header in ("Facture n°", "List Price", "划线价", "Expected Delivery Date", "预计送达时间"))


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Date de livraison prévue", ORDERED),
        ("Prix total", PRICES),
        ("Prix barré", PRICES),
        ("Frais de retour", PRICES),
        ("Date de paiement", ORDERED),
        ("N° client", IDS),
        ("N° suivi retour", PARCELS),
        ("Pays de facturation", COUNTRIES),
        ("退货运单号", PARCELS),
    ],
)
@pytest.mark.parametrize("name", ["orders", "shipments"])
def test_what_only_resembles_is_neither_used_nor_proposed(header, values, name):
    """A word that sets a header apart outweighs every likeness of words and cells."""
    used, verdicts = table({**BASE, header: values}, name)

    assert header not in used
    assert header not in verdicts


def test_cells_tell_a_number_from_a_date_under_one_header():
    """The header "Commande" is the purchase where its cells are numbers, and the order's date where they are dates."""
    numbers, _ = table({"Commande": IDS, "N° d'article": ITEMS, "Prix": PRICES})
    dates, _ = table({"Commande": ORDERED, "N° cmd": IDS, "N° d'article": ITEMS, "Prix": PRICES})

    assert "purchase_id" == numbers["Commande"]
    assert ("ordered_at", "purchase_id") == (dates["Commande"], dates["N° cmd"])


def test_cells_tell_a_status_from_a_condition():
    """The header "État" is spelled as the condition; full of order states it is the status."""
    condition, _ = table({**BASE, "État": ("Neuf", "Bon état", "Neuf")})
    status, _ = table({**BASE, "État": ("Expédiée", "Livrée", "Annulée")})

    assert ("condition", "status") == (condition["État"], status["État"])


def test_a_canonical_name_is_never_doubted():
    """Who writes our own names is taken at their word, and the cells are refused one by one."""
    assert "purchase_id" == table({"purchase_id": ORDERED, "Prix": PRICES})[0]["purchase_id"]


def test_two_headers_that_compete_are_both_left():
    """Where two headers are as likely to be one column neither is used, and each says with which it competes."""
    used, verdicts = table({**BASE, "Dt exped.": ORDERED, "Départ le": ORDERED}, "shipments")

    assert {"N° de commande", "N° d'article"} == used.keys()
    assert "competes with Départ le for shipped_at" == str(verdicts["Dt exped."][1].reasons[-1])
    assert "competes with Dt exped. for shipped_at" == str(verdicts["Départ le"][1].reasons[-1])


def test_a_spelled_header_wins_without_competing():
    """One that is spelled exactly is used, whatever resembles it."""
    used, _ = table({**BASE, "Dt exped.": ORDERED, "Date d'expédition": ORDERED}, "shipments")

    assert "shipped_at" == used["Date d'expédition"]
    assert "Dt exped." not in used


def test_two_spelled_headers_refuse_the_file():
    """Two exact spellings of one column of the file's table are a fault, not a guess."""
    with pytest.raises(RepeatedHeaderError, match=r"^the headers 'Prix' and 'Prix unitaire' both mean unit_price$"):
        recognise(["N° commande", "N° article", "Date commande", "Prix", "Prix unitaire"])


def test_a_column_spelled_twice_in_another_table_harms_nothing():
    """The headers "Statut" and "État" mean one column of claims, and two of orders."""
    assert ["orders"] == [match.table.name for match in recognise(["N° commande", "N° article", "Date commande", "Prix", "Statut", "État"])]


def test_dates_before_the_order_are_no_shipment():
    """A date that lies before the order's in most rows can't be when its parcel left."""
    before = ("01/10/2026", "02/10/2026", "03/10/2026")
    used, _ = table({**BASE, "Dt exp.": before}, "shipments")
    later, _ = table({**BASE, "Dt exp.": ("10/10/2026", "12/10/2026", "13/10/2026")}, "shipments")

    assert "Dt exp." not in used
    assert "shipped_at" == later["Dt exp."]


def test_item_numbers_do_not_repeat():
    """A number that repeats is a product's, not an item's."""
    alone = {name: values for name, values in BASE.items() if name != "N° d'article"}
    used, _ = table({**alone, "N° de ligne": ("7", "7", "7")})
    unique, _ = table({**alone, "N° de ligne": ITEMS})

    assert "N° de ligne" not in used
    assert "item_id" == unique["N° de ligne"]


@pytest.mark.parametrize(
    ("values", "column"),
    [
        (PARCELS, "tracking_number"),
        (("https://a.example/1", "https://a.example/2", "https://a.example/3"), "tracking_url"),
        (("Colissimo", "Chronopost 13", "La Poste"), "carrier"),
    ],
)
def test_cells_alone_are_proposed_and_not_used(values, column):
    """Under a header that says nothing, cells that could mean little else make a proposal."""
    used, verdicts = table({**BASE, "Colonne X": values}, "shipments")

    assert "Colonne X" not in used
    assert (column, How.DOUBTFUL) == (verdicts["Colonne X"][0], verdicts["Colonne X"][1].how)


def test_a_wrong_check_digit_is_no_tracking_number():
    """Only numbers whose check digit holds speak for themselves."""
    _, verdicts = table({**BASE, "Colonne X": ("LF046851566FR", "RR473124820GB", "RB123456786GB")}, "shipments")

    assert "Colonne X" not in verdicts


def test_both_ids_in_one_column_are_seen():
    """Two numbers with a slash between are the whole order number."""
    used, _ = table(
        {"N° commande-article": ("943107443/1510210897", "943107450/1510210898"), "Date commande": ORDERED[:2], "Prix": PRICES[:2]}
    )

    assert "order_number" == used["N° commande-article"]


def test_personal_cells_are_never_taken():
    """E-mails and telephones are left alone, whatever their header resembles."""
    used, verdicts = table({**BASE, "Référence produit": ("a@mail.example", "b@mail.example", "c@mail.example")})

    assert "Référence produit" not in used
    assert "Référence produit" not in verdicts


def test_quarantine_columns_are_ours():
    """The columns that a quarantine file adds are taken for nothing, though "reasons" is a word."""
    used, verdicts = table({"_source_row": IDS, "_reasons": ("late", "late", "late"), **BASE})

    assert {*BASE} == used.keys()
    assert "_reasons" not in verdicts


def test_words_alone_are_enough_where_no_cell_is_there():
    """A header without rows is understood by its words."""
    used, _ = table({"N° cmd": (), "Réf. ligne": (), "Dt cmde": (), "P.U. TTC": ()}, cells=False)

    assert {"N° cmd": "purchase_id", "Réf. ligne": "item_id", "Dt cmde": "ordered_at", "P.U. TTC": "unit_price"} == used


@pytest.mark.parametrize(
    ("cells", "score"),
    [
        (("N° cmd", "Réf. ligne", "Dt cmde"), 3),
        (("N° cmd", "Réf. ligne"), 0),
        (("N° de commande", "Date de commande"), 2),
        (("N° cmd", "Réf. ligne", "Dt cmde", "abc", "def", "ghi"), 3),
        (("N° cmd", "Réf. ligne", "Dt cmde", "abc", "def", "ghi", "jkl"), 0),
        (("943107443", "1510210897", "09/10/2026"), 0),
        (("Export du 23/11/2026",), 0),
    ],
)
def test_a_line_is_a_header_only_where_that_is_certain(cells, score):
    """Unspelled headers make a header line from three on that are half of its cells."""
    assert score == header_score(cells)


def test_mapped_headers_make_a_header_line():
    """Headers that a mapping names are known while the line is looked for, and no longer."""
    with also_known(frozenset(("alpha", "beta"))):
        inside = header_score(("Alpha", "Beta", "Gamma"))

    assert (3, 0) == (inside, header_score(("Alpha", "Beta", "Gamma")))


def test_lines_above_an_unspelled_header_are_skipped(tmp_path):
    """A title above a header of unspelled words costs nothing."""
    rows = (EXPORTS / "french.csv").read_text(encoding="utf-8")
    (tmp_path / "ventes.csv").write_text("Export des ventes;octobre\n\n" + rows, encoding="utf-8")
    ingested = ingest.read([tmp_path / "ventes.csv"], zone=PARIS, as_of=AS_OF)

    assert (3, 3) == (ingested.readings[0].header_row, len(ingested.tables["orders"].frame))


def test_what_was_taken_is_said(tmp_path):
    """A run's notes name each header that was taken for what it resembles."""
    (tmp_path / "o.csv").write_text("N° de commande;N° d'article;Date de commande;P.U. TTC\n1;2;09/10/2026;5,00\n", encoding="utf-8")
    ingested = ingest.read([tmp_path / "o.csv"], zone=PARIS, as_of=AS_OF)

    assert ["o.csv: taken for what they resemble: P.U. TTC = orders.unit_price"] == [str(note) for note in ingested.notes]


def test_a_missing_column_names_the_header_that_may_be_it(tmp_path):
    """A file that lacks a column is told which header is doubtful, and of order-audit map."""
    (tmp_path / "o.csv").write_text(
        "N° de commande;N° d'article;Date de commande;Tarif Zorg\n1;2;09/10/2026;5,00\n3;4;10/10/2026;6,00\n", encoding="utf-8"
    )
    with pytest.raises(FaultyInputs) as caught:
        ingest.read([tmp_path / "o.csv"], zone=PARIS, as_of=AS_OF)

    fault = caught.value.faults[0]
    assert "o.csv: looks like orders, but lacks the column unit_price." == str(fault.wrong)
    assert str(fault.remedy).startswith("The header 'Tarif Zorg' may be unit_price, but that is not certain.")
    assert str(fault.remedy).endswith("order-audit map o.csv writes a mapping to edit.")
