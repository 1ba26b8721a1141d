"""What a layout does to rows before they are read: footers, cells of an order told once, and values written in a source's own way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import pandas as pd

from audit.ingest.layout import LINE_HEADER, Layout, own, positions
from audit.ingest.likeness import key
from audit.normalise.currencies import meanings
from audit.normalise.text import clean
from schemas.table import Kind, Table, fold
from schemas.text import Fact, Message

if TYPE_CHECKING:
    from audit.ingest.rows import TextRows

Value = TypeVar("Value")

NAIVE = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?"
UNIX_SECONDS = r"\d{9,10}"
PLAIN_AMOUNT = r"\d+([.,]\d{1,2})?"


class Unfolded(NamedTuple):
    """Rows that each stand for themselves, and what was done to them."""

    rows: TextRows
    notes: tuple[Message, ...] = ()


def unfold(rows: TextRows, layout: Layout) -> Unfolded:
    """The rows without footers, with the cells that an order tells once, and with its lines numbered."""
    notes: list[Message] = []
    rows = _without_footers(rows, layout, notes)
    where = positions(rows.header)
    if key(layout.fill_down) in where and layout.fill_down:
        rows = _filled(rows, where, layout, notes)
    if key(layout.numbered) in where and layout.numbered and key(LINE_HEADER) not in where:
        rows = _numbered(rows, where[key(layout.numbered)])
        notes.append(Message("{file}: item numbers were made from each line's place within its order", {"file": rows.place}))
    for amount, divisor in layout.line_totals.items():
        if there := next((header for header in layout.columns[amount] if key(header) in where), None):
            facts: dict[str, Fact] = {"file": rows.place, "header": there, "divisor": divisor}
            notes.append(Message("{file}: {header} is the price of a whole line, and was divided by the {divisor}", facts))
    return Unfolded(rows, tuple(notes))


def _without_footers(rows: TextRows, layout: Layout, notes: list[Message]) -> TextRows:
    """Lines below the table that the source always writes are no rows: they count as blank."""
    if not layout.footers:
        return rows
    texts = rows.cells.agg(" ".join, axis=1) if len(rows.cells) else pd.Series(dtype="str")
    gone = [row for row, text in texts.items() if _is_footer(str(text), layout)]
    broken = [fault for fault in rows.broken if fault.column >= 0 or not _is_footer(fault.line, layout)]
    count = len(gone) + len(rows.broken) - len(broken)
    if not count:
        return rows
    notes.append(Message("{file}: {count} lines below the table are no rows", {"file": rows.place, "count": count}))
    native = {place: mask.drop(index=gone) for place, mask in rows.native.items()}
    return replace(rows, cells=rows.cells.drop(index=gone), broken=tuple(broken), blank=rows.blank + count, native=native)


def _is_footer(text: str, layout: Layout) -> bool:
    start = fold(text).lstrip("0123456789 ")
    return any(start.startswith(fold(footer)) for footer in layout.footers)


def _filled(rows: TextRows, where: Mapping[str, int], layout: Layout, notes: list[Message]) -> TextRows:
    places = [where[key(header)] for header in layout.filled if key(header) in where]
    held = rows.cells[places].mask(rows.cells[places] == "")
    filled = held.groupby(rows.cells[where[key(layout.fill_down)]].to_numpy()).ffill().fillna("").astype("str")
    changed = int((filled != rows.cells[places]).any(axis=1).sum())
    if not changed:
        return rows
    facts: dict[str, Fact] = {"file": rows.place, "count": changed, "header": layout.fill_down}
    notes.append(Message("{file}: cells that an order tells only once were filled in on {count} further lines of the same {header}", facts))
    return replace(rows, cells=_with(rows.cells, filled))


def _with(cells: pd.DataFrame, changed: pd.DataFrame) -> pd.DataFrame:
    """The cells with some columns replaced or added."""
    made = cells.copy()
    for place in changed.columns:
        made[place] = changed[place]
    return made


def _numbered(rows: TextRows, place: int) -> TextRows:
    orders = rows.cells[place].str.strip()
    line = orders.groupby(orders).cumcount() + 1
    numbers = (orders + "-" + line.astype("str")).where(orders != "", "").astype("str")
    return replace(rows, header=(*rows.header, LINE_HEADER), cells=_with(rows.cells, pd.DataFrame({len(rows.header): numbers})))


def prepare(rows: TextRows, table: Table, layout: Layout, columns: Mapping[str, int]) -> tuple[TextRows, dict[str, int]]:
    """The rows with a table's values as the readers know them, and where its columns stand in them; ``rows`` itself stays as received."""
    places, made = dict(columns), {}
    for name, place in columns.items():
        cells = _column(rows, table, layout, columns, name)
        if cells is not None:
            made[place] = cells
    for name, cells in _added(rows, table, layout, columns).items():
        places[name] = max(rows.cells.shape[1], len(rows.header)) + len(places)
        made[places[name]] = cells
    native = {place: mask for place, mask in rows.native.items() if place not in made}
    return replace(rows, cells=_with(rows.cells, pd.DataFrame(made, index=rows.cells.index)), native=native), places


def _column(rows: TextRows, table: Table, layout: Layout, columns: Mapping[str, int], name: str) -> pd.Series[str] | None:
    """A column's cells in the readers' own way; None where nothing is to be done."""
    cells = clean(rows.cells[columns[name]])
    column = table.by_name.get(name)
    if column is None:
        return None
    if column.kind is Kind.TIME and layout.dates:
        return _dates(cells, layout.dates)
    if (divisor := _own(layout.line_totals, table).get(name)) in columns:
        return _divided(cells, clean(rows.cells[columns[str(divisor)]]))
    words = _own(layout.words, table).get(name)
    known = any(own(entry, table) == name for entry in layout.known_only)
    if words is None and not known:
        return None
    meant = {cell: _word(cell, words or {}, column.choices or {}, known=known) for cell in cells.dropna().unique()}
    return cells.map(meant).fillna("").astype("str")


def _own(named: Mapping[str, Value], table: Table) -> dict[str, Value]:
    return {column: value for name, value in named.items() if (column := own(name, table))}


def _word(cell: str, words: Mapping[str, str], choices: Mapping[str, tuple[str, ...]], *, known: bool) -> str:
    """A word of the source as one of the closed list; nothing where the list does not have it."""
    for word, value in words.items():
        if fold(word) == fold(cell):
            return value
    listed = {fold(word) for value, spellings in choices.items() for word in (value, *spellings)}
    return cell if fold(cell) in listed or not known else ""


def _dates(cells: pd.Series[str], written: str) -> pd.Series[str]:
    """Times as ISO 8601; what is not written so stays as it is."""
    if written == "utc":
        naive = cells.str.fullmatch(NAIVE).fillna(value=False).astype(bool)
        return cells.mask(naive, cells + "Z").fillna("").astype("str")
    if written == "unix-seconds":
        seconds = cells.where(cells.str.fullmatch(UNIX_SECONDS).fillna(value=False).astype(bool))
        read = pd.to_datetime(pd.to_numeric(seconds), unit="s", utc=True)
        return read.dt.strftime("%Y-%m-%dT%H:%M:%SZ").astype("str").fillna(cells).where(~(cells == "0"), "").fillna("").astype("str")
    read = pd.to_datetime(cells, format=written, errors="coerce")
    return read.dt.strftime("%Y-%m-%d").astype("str").fillna(cells).fillna("").astype("str")


def _divided(cells: pd.Series[str], divisor: pd.Series[str]) -> pd.Series[str]:
    """The price of one piece; where the total does not divide into whole cents it keeps its further decimals, and its row is refused."""
    pairs = pd.DataFrame({"total": cells.fillna(""), "by": divisor.fillna("")})
    able = pairs["total"].str.fullmatch(PLAIN_AMOUNT) & pairs["by"].str.fullmatch(r"[1-9]\d{0,5}")
    unlike = able & (pairs["by"] != "1")
    quotients = {pair: _quotient(*pair) for pair in set(pairs[unlike].itertuples(index=False, name=None))}
    divided = [quotients.get(pair, pair[0]) for pair in pairs.itertuples(index=False, name=None)]
    return pd.Series(divided, index=cells.index, dtype="str")


def _quotient(total: str, by: str) -> str:
    """An exact quotient, at least to a tenth of a cent."""
    price = Fraction(total.replace(",", ".")) / int(by)
    cents = price * 100
    return f"{int(cents) // 100}.{int(cents) % 100:02d}" if cents.denominator == 1 else f"{float(price):.6f}"


def _added(rows: TextRows, table: Table, layout: Layout, columns: Mapping[str, int]) -> dict[str, pd.Series[str]]:
    """Columns that stand under no header of their own."""
    where, index = positions(rows.header), rows.cells.index
    added: dict[str, pd.Series[str]] = {}
    for name, headers in _own(layout.joined, table).items():
        parts = [rows.cells[where[key(header)]].str.strip() for header in headers if key(header) in where]
        if parts:
            added[name] = _joined(parts)
    for name, value in _own(layout.constants, table).items():
        added[name] = pd.Series(value, index=index, dtype="str")
    amount = own(layout.currency_sign, table)
    if amount in columns and "currency" in table.by_name:
        added["currency"] = rows.cells[columns[amount]].map(_sign).astype("str")
    return {name: cells for name, cells in added.items() if name not in columns}


def _joined(parts: list[pd.Series[str]]) -> pd.Series[str]:
    first, *others = parts
    for other in others:
        first = first + ("-" + other).where((first != "") & (other != ""), "")
    return first


def _sign(amount: str) -> str:
    """The currency that the sign of an amount means, the first where it means several; blank without one."""
    sign = re.sub(r"[\d.,'\s-]", "", amount).casefold()
    return meanings().get(sign, ("",))[0]
