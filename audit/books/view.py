"""Which findings of other nights tonight's files can still speak of: the rows about their subjects are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from audit.books import absence
from audit.books.columns import among

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.books.books import Books

ABOUT_ITEMS = ("orders", "shipments", "claims", "refunds", "messages")
"""Tables whose rows name a purchase, and mostly an item of it."""

OWN_KEYS = {
    "claim": ("claims", "claim_id"),
    "refund": ("refunds", "refund_id"),
    "message": ("messages", "message_id"),
    "listing": ("listings", "sku"),
    "brand": ("authorisations", "brand"),
}
"""Kinds of subject that have a table of their own, with the column that names them there."""


def tables_about(books: Books, findings: pd.DataFrame) -> pd.Series[str]:
    """For each finding the tables that hold rows about its subject, comma-separated; findings as FINDINGS or ABSENT declare them."""
    named = pd.Series("", index=findings.index, dtype="str")
    for table in books.tables:
        held = holds(books, findings, table)
        named = named.mask(held, named + table + ",")
    return named.str.rstrip(",")


def holds(books: Books, findings: pd.DataFrame, table: str) -> pd.Series[bool]:
    """Which findings' subjects have a row in a table."""
    kinds = findings["subject"].str.split(":", n=1).str[0]
    frame = books.tables[table].frame
    found = pd.Series(data=False, index=findings.index)
    for kind, (own, column) in OWN_KEYS.items():
        if own == table:
            keys = findings["subject"].str.split(":", n=1).str[1].str.replace(r"#\d+$", "", regex=True)
            found |= (kinds == kind) & keys.isin(frame[column])
    if table in ABOUT_ITEMS:
        found |= _about_item(findings, frame)
    return found | ((kinds == "shop") & (len(frame) > 0))


def _about_item(findings: pd.DataFrame, frame: pd.DataFrame) -> pd.Series[bool]:
    """Which findings name an item, or else a purchase, that some row is about; a row without item is about its whole purchase."""
    keys = ["purchase_id", "item_id"]
    frame = frame.loc[among(frame["purchase_id"], findings["purchase_id"]), keys]
    own = pd.MultiIndex.from_frame(findings[keys]).isin(pd.MultiIndex.from_frame(frame[keys].dropna()))
    whole = frame.loc[frame["item_id"].isna(), "purchase_id"].dropna()
    unnamed = findings["item_id"].isna() & findings["purchase_id"].isin(frame["purchase_id"].dropna())
    shared = findings["item_id"].notna() & findings["purchase_id"].isin(whole)
    return pd.Series(own, index=findings.index) & findings["item_id"].notna() | shared | unnamed


def in_view(books: Books, absent: pd.DataFrame, needs: Iterable[str]) -> pd.Series[bool]:
    """Which absent findings of one rule tonight's files could show again; ``needs``: the tables that the rule looks at.

    Every table that held rows about the subject when it was last seen holds some tonight; a table that held none reaches back to
    when it occurred; and no row about it was refused.
    """
    seen = pd.Series(data=True, index=absent.index)
    for table in sorted({*needs, *",".join(absent["tables"].fillna("")).split(",")} - {""}):
        held = absent["tables"].fillna("").str.split(",").map(lambda names, table=table: table in names).astype(bool)
        if table not in books.tables:
            seen &= ~held & (table not in needs)
            continue
        seen &= (held & holds(books, absent, table)) | (~held & _reaches_back(books, absent, table))
        if table in ABOUT_ITEMS:
            seen &= ~absence.refused(absent, books.tables[table])
    return seen


def _reaches_back(books: Books, absent: pd.DataFrame, table: str) -> pd.Series[bool]:
    first, _ = books.window(table)
    if first is pd.NaT:
        return pd.Series(data=True, index=absent.index)
    return absent["occurred_at"].isna() | (absent["occurred_at"] >= first)
