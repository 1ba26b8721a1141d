"""The texts to paste that go with findings: which one, and the facts that it names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from schemas.letters import LETTERS, POSTAGE

if TYPE_CHECKING:
    import pandas as pd

    from audit.books.books import Books
    from audit.rule import Hits, Rule

OF_ROWS = {
    "cancelled": "cancelled_at",
    "opened": "opened_at",
    "refunded": "refunded_at",
    "amount": "amount",
    "total": "total",
    "paid": "line_total",
    "sent": "sent_at",
}
"""Facts that stand on the finding's own row."""

OF_PARCELS = frozenset(("number", "carrier", "shipped", "scan", "delivered"))
"""Facts that stand on the item's parcels."""

MONEY = frozenset(("amount", "total", "paid"))
DAYS = frozenset(("shipped", "scan", "delivered", "cancelled", "opened", "refunded", "sent"))


def chosen(rule: Rule, hits: Hits) -> pd.Series[str]:
    """The name of each hit's text: the one that the hits say, else the rule's only one; missing where there is none."""
    if hits.letter is not None:
        letters = hits.letter.reindex(hits.rows.index).astype(object)
        return letters.where(letters.notna(), None)
    return hits.rows.index.to_series().astype(object).map(lambda _: rule.letters[0] if len(rule.letters) == 1 else None)


def facts(names: pd.Series[str], rows: pd.DataFrame, labels: pd.Series[int], books: Books) -> list[str | None]:
    """The facts of each hit's text as a JSON object; ``labels``: each hit's item."""
    named = names.notna()
    if not named.any():
        return [None] * len(names)
    wanted = {name: LETTERS[name].facts for name in names[named].unique()}
    known = iter(known_facts(rows[named], labels[named], books, {fact for needed in wanted.values() for fact in needed}))
    return [_told(wanted[name], next(known)) if has_text else None for name, has_text in zip(names, named, strict=True)]


def _told(wanted: Iterable[str], known: Mapping[str, Any]) -> str:
    return json.dumps({fact: known[fact] for fact in wanted if known.get(fact)}, ensure_ascii=False)


def known_facts(rows: pd.DataFrame, labels: pd.Series[int], books: Books, wanted: set[str]) -> list[dict[str, Any]]:
    """Of what texts may name about each hit the facts that are wanted, as plain values; money in cents, times as ISO days in shop time."""
    table = rows[[]].assign(item=rows.get("item_id"), order=_orders(rows))
    if not OF_PARCELS.isdisjoint(wanted):
        table = books.parcel_facts(labels).reindex(labels).set_axis(rows.index).assign(**table)
    for fact in OF_ROWS.keys() & wanted:
        table[fact] = rows.get(OF_ROWS[fact])
    for fact in DAYS & wanted:
        if table[fact].notna().any():
            table[fact] = table[fact].dt.tz_convert(books.config.zone).dt.strftime("%Y-%m-%d")
    for fact in MONEY & wanted:
        table[fact] = table[fact].astype("str")
    postage = POSTAGE[books.config.return_postage]
    plain = table.astype(object).where(table.notna(), None)
    return [{**row, "postage": postage} for row in plain.to_dict("records")]


def _orders(rows: pd.DataFrame) -> pd.Series[str] | None:
    """The order number as the platform writes it; the purchase alone where no item is named."""
    if "purchase_id" not in rows:
        return None
    return (rows["purchase_id"] + "/" + rows["item_id"]).fillna(rows["purchase_id"])
