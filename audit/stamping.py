"""Hits to findings: what each is about, its id, its deadline, its money and the facts of its evidence."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from audit import exposure, letters
from audit.books.links import NOWHERE
from schemas.findings import FINDINGS, Subject
from schemas.shape import empty
from schemas.text import placeholders

if TYPE_CHECKING:
    from audit.books.books import Books
    from audit.rule import Hits, Rule

KEYS = {Subject.CLAIM: "claim_id", Subject.REFUND: "refund_id", Subject.MESSAGE: "message_id"}
"""Columns that name a subject, where they are not called as it is."""


def stamp(rule: Rule, hits: Hits, books: Books) -> pd.DataFrame:
    """One row a hit, with the columns of FINDINGS; proves that no subject is hit twice."""
    rows = hits.rows
    if not len(rows):
        return empty(FINDINGS)
    kind = hits.subject or rule.subject
    subject = subjects(kind, rows)
    ids = [finding_id(rule.code, each) for each in subject]
    if len(set(ids)) < len(ids):
        raise ValueError(f"{rule.code} hits a subject twice")
    severity = books.config.severities.get(rule.code)
    own = [
        name
        for name in ("purchase_id", "item_id", "sku", "brand", "source_file", "source_row")
        if name in rows and kind is not Subject.SHOP
    ]
    labels = item_labels(kind, rows)
    letter = letters.chosen(rule, hits)
    told = {
        "finding_id": ids,
        "rule": rule.code,
        "severity": _words(severity or hits.severity, rule.severity, rows.index),
        "confidence": _words(hits.confidence, rule.confidence, rows.index),
        "standing": _words(hits.standing, rule.standing, rows.index),
        "subject": subject,
        **{name: rows[name] for name in own},
        "occurred_at": _instants(rows.get("ordered_at") if hits.occurred is None else hits.occurred, rows.index),
        "deadline_at": _instants(hits.deadline, rows.index),
        **exposure.price(rule, hits, labels, books),
        "letter": letter,
        "letter_facts": letters.facts(letter, rows, labels, books),
        "evidence": hits.evidence.template,
        "facts": facts(hits, books),
    }
    return pd.DataFrame({name: pd.Series(told.get(name), index=rows.index, dtype=dtype) for name, dtype in FINDINGS.items()})


def _instants(given: pd.Series | None, index: pd.Index) -> pd.Series:
    if given is None:
        return pd.Series(pd.NaT, index=index, dtype=FINDINGS["occurred_at"])
    return given.reindex(index)


def item_labels(kind: Subject, rows: pd.DataFrame) -> pd.Series[int]:
    """The label in items of the item that each row is about, NOWHERE where there is none."""
    if kind is Subject.ITEM:
        return rows.index.to_series()
    return rows["item"] if "item" in rows else pd.Series(NOWHERE, index=rows.index)


def subjects(kind: Subject, rows: pd.DataFrame) -> pd.Series:
    """What each row is about, as kind and key: it depends on neither row order nor file name."""
    if kind is Subject.SHOP:
        return pd.Series("shop", index=rows.index)
    if kind is Subject.ITEM:
        key = rows["purchase_id"] + "/" + rows["item_id"]
    elif kind is Subject.SHIPMENT:
        key = _numbered(rows["purchase_id"] + "/" + rows["item_id"].fillna("") + "/" + rows["tracking_number"].fillna(""))
    elif kind is Subject.LISTING:
        key = rows["sku"]
    else:
        key = _numbered(rows[KEYS.get(kind, kind.value)])
    return kind.value + ":" + key.astype("str")


def _numbered(keys: pd.Series) -> pd.Series:
    """Keys that stand more than once, told apart by a number."""
    place = keys.groupby(keys).cumcount()
    return keys.where(place == 0, keys + "#" + (place + 1).astype("str"))


def finding_id(code: str, subject: str) -> str:
    """The same on every run for the same rule and subject."""
    return f"{code}-{hashlib.sha256(f'{code}|{subject}'.encode()).hexdigest()[:12]}"


def _words(given: Any, default: str, index: pd.Index) -> pd.Series:
    if isinstance(given, pd.Series):
        return given.reindex(index).fillna(str(default))
    return pd.Series(str(given or default), index=index)


def facts(hits: Hits, books: Books) -> list[str]:
    """The facts of each hit's evidence as a JSON object."""
    kinds = placeholders(hits.evidence.template)
    columns = {name: _fact(value, kinds.get(name, ""), hits.rows, books) for name, value in hits.evidence.facts.items()}
    if "parcels" in hits.rows and hits.rows["parcels"].notna().any():
        columns["parcels"] = [value if isinstance(value, list) else None for value in hits.rows["parcels"]]
    names = sorted(columns)
    return [
        json.dumps({name: value for name, value in zip(names, row, strict=True) if value is not None}, ensure_ascii=False)
        for row in zip(*(columns[name] for name in names), strict=True)
    ] or ["{}"] * len(hits.rows)


def _fact(value: Any, kind: str, rows: pd.DataFrame, books: Books) -> list[Any]:
    column = rows[value] if isinstance(value, str) and value in rows else value
    if not isinstance(column, pd.Series):
        return [column] * len(rows)
    column = column.reindex(rows.index)
    if kind in ("time", "day"):
        local = column.dt.tz_convert(books.config.zone)
        return [None if moment is pd.NaT else moment.isoformat() for moment in local]
    if kind in ("words", "phrases"):
        return [value if isinstance(value, list) else None for value in column]
    if column.dtype == object:
        return [_plain(value) for value in column]
    return list(column.astype(object).where(column.notna(), None))


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT or value != value:  # noqa: PLR0124 - NaN is not itself
        return None
    return value.item() if hasattr(value, "item") else value
