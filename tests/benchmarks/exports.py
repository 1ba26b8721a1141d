"""The shop's exports: canonical or in French dress, some rows spoilt, and the same orders as a workbook.

Run ``python tests/benchmarks/exports.py FOLDER --items 2000`` to write one.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from shop import AUTHORISATIONS, shop

SEED = 20261123
BAD = 0.001
"""Share of the rows that can't be read, unless told otherwise."""

ORDERS: Mapping[str, str] = {
    "purchase_id": "N° de commande", "item_id": "N° d'article", "ordered_at": "Date de commande", "confirmed_at": "Date de confirmation",
    "status": "Statut", "sku": "Référence", "title": "Titre", "brand": "Marque", "category": "Catégorie", "unit_price": "Prix unitaire",
    "quantity": "Quantité", "shipping_fee": "Frais de port", "commission": "Commission", "shipping_mode": "Mode de livraison",
    "ship_from": "Pays d'expédition", "cancelled_at": "Date d'annulation", "cancelled_by": "Annulé par", "cancel_reason": "Motif d'annulation",
}  # fmt: skip
SHIPMENTS: Mapping[str, str] = {
    "purchase_id": "N° de commande", "item_id": "N° d'article", "shipping_mode": "Mode d'envoi", "carrier": "Transporteur",
    "tracking_number": "N° de suivi", "shipped_at": "Date d'expédition", "last_scan_at": "Dernier scan", "delivered_at": "Livré le",
}  # fmt: skip
AUTHORISED: Mapping[str, str] = {"brand": "Marque", "document": "Justificatif", "valid_from": "Valable du", "valid_to": "Valable jusqu'au"}
"""Columns of each export with their French headers."""

FRENCH: Mapping[str, Mapping[str, str]] = {
    "status": {
        "to_confirm": "À confirmer", "confirmed": "Confirmée", "shipped": "Expédiée", "delivered": "Livrée", "cancelled": "Annulée",
    },
    "shipping_mode": {"tracked": "Suivi", "registered": "Recommandé", "colissimo": "Colissimo", "normal": "Normal"},
    "cancelled_by": {"seller": "Vendeur", "buyer": "Acheteur"},
    "ship_from": {"CN": "Chine", "FR": "France"},
}  # fmt: skip
"""Values of the closed lists in French."""

SPOILT: Mapping[str, str] = {
    "ordered_at": "hier", "unit_price": "gratuit", "status": "peut-être", "item_id": "3.24685E+08", "quantity": "0",
    "shipping_mode": "pigeon", "shipped_at": "31/02/2026", "tracking_number": "LХ48213055CN",
}  # fmt: skip
"""What makes a row unreadable, by column; the last holds a Cyrillic letter."""


class Dress(NamedTuple):
    """How an export is written."""

    separator: str
    decimal: str
    times: str
    french: bool


CANONICAL = Dress(",", ".", "%Y-%m-%d %H:%M:%S", french=False)
FRENCH_DRESS = Dress(";", ",", "%d/%m/%Y-%H:%M", french=True)
DRESSES = {"canonical": CANONICAL, "french": FRENCH_DRESS}


def write(folder: Path, items: int, *, dress: Dress = CANONICAL, bad: float = BAD, seed: int = SEED) -> None:
    """Write orders.csv, shipments.csv and authorisations.csv of a shop with so many items."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng([seed, 1])
    with (folder / "orders.csv").open("wb") as orders, (folder / "shipments.csv").open("wb") as shipments:
        for file, columns in ((orders, ORDERS), (shipments, SHIPMENTS)):
            file.write(_header(columns, dress))
        for chunk in shop(items, seed):
            orders.write(lines(spoilt(text(chunk.orders.select(list(ORDERS)), dress), bad, random), dress))
            shipments.write(lines(spoilt(text(chunk.shipments.select(list(SHIPMENTS)), dress), bad, random), dress))
    _write_authorisations(folder / "authorisations.csv", dress)


def _header(columns: Mapping[str, str], dress: Dress) -> bytes:
    return (dress.separator.join(columns.values() if dress.french else columns) + "\n").encode()


def text(table: pa.Table, dress: Dress) -> pa.Table:
    """The cells as the export writes them; blank ones are empty."""
    return pa.table({name: pc.fill_null(_cells(name, table[name].combine_chunks(), dress), "") for name in table.column_names})


def _cells(name: str, column: pa.Array, dress: Dress) -> pa.Array:
    if pa.types.is_timestamp(column.type):
        return pc.strftime(pc.cast(column, pa.timestamp("s")), dress.times)
    if name in ("unit_price", "shipping_fee", "commission"):
        euros, cents = pc.divide(column, 100), pc.subtract(column, pc.multiply(pc.divide(column, 100), 100))
        return pc.binary_join_element_wise(pc.cast(euros, pa.string()), pc.utf8_lpad(pc.cast(cents, pa.string()), 2, "0"), dress.decimal)
    if dress.french and name in FRENCH:
        words = pa.array(FRENCH[name].values())
        return words.take(pc.index_in(column, value_set=pa.array(FRENCH[name].keys())))
    return pc.cast(column, pa.string())


def spoilt(table: pa.Table, bad: float, random: np.random.Generator) -> pa.Table:
    """The table with one cell unreadable in a share of its rows."""
    names = [name for name in SPOILT if name in table.column_names]
    fate = np.where(random.random(len(table)) < bad, random.integers(0, len(names), len(table)), -1)
    for place, name in enumerate(names):
        cells = pc.if_else(pa.array(fate == place), SPOILT[name], table[name])
        table = table.set_column(table.column_names.index(name), name, cells)
    return table


def lines(table: pa.Table, dress: Dress) -> bytes:
    """The rows as lines; only cells that hold the separator stand in quotes."""
    columns = [column.combine_chunks() for column in table.columns]
    cells = [pc.if_else(pc.match_substring(column, dress.separator), _quoted(column), column) for column in columns]
    return ("\n".join(pc.binary_join_element_wise(*cells, dress.separator).to_pylist()) + "\n").encode()


def _quoted(column: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise('"', column, '"', "")


def _write_authorisations(path: Path, dress: Dress) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=dress.separator, lineterminator="\n")
        writer.writerow(AUTHORISED.values() if dress.french else AUTHORISED)
        writer.writerows([_day(cell, dress) for cell in row.values()] for row in AUTHORISATIONS)


def _day(cell: str, dress: Dress) -> str:
    return "/".join(reversed(cell.split("-"))) if dress.french and cell[:2] == "20" else cell


def write_workbook(path: Path, items: int, *, seed: int = SEED) -> None:
    """Write the orders of a shop as a workbook: numbers as numbers, times as Excel's own, identifiers as text."""
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path, {"strings_to_numbers": False, "default_date_format": "yyyy-mm-dd hh:mm:ss"})
    sheet = book.add_worksheet("orders")
    sheet.write_row(0, 0, ORDERS)
    first = 1
    for chunk in shop(items, seed):
        for place, name in enumerate(ORDERS):
            _write_column(sheet, first, place, _values(name, chunk.orders[name]))
        first += len(chunk.orders)
    book.close()


def _values(name: str, column: pa.ChunkedArray) -> list[object]:
    if name in ("unit_price", "shipping_fee", "commission"):
        return [cents / 100 for cents in column.to_pylist()]
    return column.to_pylist()


def _write_column(sheet: object, first: int, place: int, values: list[object]) -> None:
    write: Callable[..., int] = sheet.write
    for row, value in enumerate(values, start=first):
        if value is not None:
            write(row, place, value)


def main() -> None:
    """Write the exports that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--dress", choices=[*DRESSES, "workbook"], default="canonical")
    parser.add_argument("--bad", type=float, default=BAD)
    given = parser.parse_args()
    if given.dress == "workbook":
        write_workbook(given.folder / "orders.xlsx", given.items)
    else:
        write(given.folder, given.items, dress=DRESSES[given.dress], bad=given.bad)


if __name__ == "__main__":
    main()
