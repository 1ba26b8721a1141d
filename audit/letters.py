"""The texts to paste that go with findings: which one, and the facts that it names."""

from __future__ import annotations

import json
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

MONEY = ("amount", "total", "paid")


def chosen(rule: Rule, hits: Hits) -> pd.Series[str]:
    """The name of each hit's text: the one that the hits say, else the rule's only one; missing where there is none."""
    if hits.letter is not None:
        letters = hits.letter.reindex(hits.rows.index).astype(object)
        return letters.where(letters.notna(), None)
    return hits.rows.index.to_series().astype(object).map(lambda _: rule.letters[0] if len(rule.letters) == 1 else None)


def facts(names: pd.Series[str], rows: pd.DataFrame, labels: pd.Series[int], books: Books) -> list[str | None]:
    """The facts of each hit's text as a JSON object; ``labels``: each hit's item."""
    known = known_facts(rows, labels, books) if names.notna().any() else []
    return [
        json.dumps({fact: row[fact] for fact in LETTERS[name].facts if row.get(fact)}, ensure_ascii=False)
        if isinstance(name, str)
        else None
        for name, row in zip(names, known or [{}] * len(names), strict=True)
    ]


def known_facts(rows: pd.DataFrame, labels: pd.Series[int], books: Books) -> list[dict[str, Any]]:
    """All that texts may name about each hit, as plain values; money in cents, times as ISO days in shop time."""
    parcel = books.parcel_facts(labels).reindex(labels).set_axis(rows.index)
    table = parcel.assign(item=rows.get("item_id"), order=_orders(rows))
    for fact, column in OF_ROWS.items():
        table[fact] = rows.get(column)
    for fact in ("shipped", "scan", "delivered", "cancelled", "opened", "refunded", "sent"):
        if table[fact].notna().any():
            table[fact] = table[fact].dt.tz_convert(books.config.zone).dt.strftime("%Y-%m-%d")
    for fact in MONEY:
        table[fact] = table[fact].astype("str")
    postage = POSTAGE[books.config.return_postage]
    plain = table.astype(object).where(table.notna(), None)
    return [{**row, "postage": postage} for row in plain.to_dict("records")]


def _orders(rows: pd.DataFrame) -> pd.Series[str] | None:
    """The order number as the platform writes it; the purchase alone where no item is named."""
    if "purchase_id" not in rows:
        return None
    return (rows["purchase_id"] + "/" + rows["item_id"]).fillna(rows["purchase_id"])
