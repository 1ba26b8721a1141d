"""The messages: each without the quoted text of earlier ones, with the purchase and item that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.books.bodies import unquoted
from audit.books.clock import Moments
from audit.books.links import with_items

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

WORDS = r"[A-Za-z0-9][A-Za-z0-9-]*"
ORDER_NUMBER = r"\d{4,}\s?/\s?\d{4,}"
LONG_NUMBER = r"\d{7,}"
"""What may be the number of an item that the orders do not hold."""


def understood(items: pd.DataFrame, messages: pd.DataFrame, purchases: Collection[str] = ()) -> pd.DataFrame:
    """The messages, one row each, same index, read against items; ``purchases``: those that messages elsewhere are about.

    ``text``: the own words. ``purchase_id`` and ``item_id`` are filled where the body names exactly one known item, or a known
    purchase, and the item where the purchase has no other. ``names_item``: its ids or its words name an item. ``to_buyer``,
    ``to_service``: the seller writes to the one or the other; ``of_buyer``, ``of_service``: they write to the seller.
    """
    bodies = messages["body"].fillna("")
    rows = messages.assign(text=bodies.map({body: unquoted(body) for body in bodies.unique()}))
    named = _named_items(items, rows)
    rows["names_item"] = rows["item_id"].notna() | _names_item({*items["purchase_id"], *purchases}, rows, named)
    _fill_ids(rows, named, items)
    rows["to_buyer"] = (rows["sender"] == "seller") & (rows["recipient"] == "buyer")
    rows["to_service"] = (rows["sender"] == "seller") & (rows["recipient"] == "platform")
    rows["of_buyer"] = (rows["sender"] == "buyer") & (rows["recipient"] == "seller")
    rows["of_service"] = (rows["sender"] == "platform") & (rows["recipient"] == "seller")
    return rows


def joined(rows: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Messages that have been understood, with ``item``, the label of each one's item, and its sku and brand."""
    return with_items(rows, items, ("sku", "brand"))


def _words(rows: pd.DataFrame) -> pd.DataFrame:
    """The words of some messages that hold a digit: ``message`` and ``word``."""
    listed = rows["text"].str.findall(WORDS).explode().dropna()
    words = listed[listed.astype("str").str.contains(r"\d", regex=True)]
    return words.astype("str").rename("word").rename_axis("message").reset_index().drop_duplicates()


def _named_items(items: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Known items that messages without an item name in their words: ``message``, ``purchase_id``, ``item_id``."""
    open_rows = rows[rows["item_id"].isna()]
    known = items[["purchase_id", "item_id"]].drop_duplicates()
    found = _words(open_rows).merge(known, left_on="word", right_on="item_id")
    own = open_rows["purchase_id"].reindex(found["message"]).set_axis(found.index)
    return found.loc[own.isna() | (own == found["purchase_id"]), ["message", "purchase_id", "item_id"]]


def _names_item(purchases: Collection[str], rows: pd.DataFrame, named: pd.DataFrame) -> pd.Series[bool]:
    """Which messages name an item in their words: a known one, an order number, or a long number that is no purchase's."""
    words = _words(rows)
    known = {*purchases, *rows["purchase_id"].dropna()}
    numbers = words[words["word"].str.fullmatch(LONG_NUMBER) & ~words["word"].isin(known)]
    written = rows["text"].str.contains(ORDER_NUMBER, regex=True)
    return written | rows.index.to_series().isin([*named["message"], *numbers["message"]])


def _fill_ids(rows: pd.DataFrame, named: pd.DataFrame, items: pd.DataFrame) -> None:
    """Write the ids of the one item, or else of the one purchase, that a message names; of a purchase's only item too."""
    single = named.drop_duplicates("message", keep=False).set_index("message")
    rows["item_id"] = rows["item_id"].fillna(single["item_id"])
    rows["purchase_id"] = rows["purchase_id"].fillna(single["purchase_id"])
    lost = rows[rows["purchase_id"].isna()]
    purchases = items[["purchase_id"]].drop_duplicates()
    found = _words(lost).merge(purchases, left_on="word", right_on="purchase_id").drop_duplicates("message", keep=False)
    rows["purchase_id"] = rows["purchase_id"].fillna(found.set_index("message")["purchase_id"])
    only = items.drop_duplicates("purchase_id", keep=False).set_index("purchase_id")["item_id"]
    rows["item_id"] = rows["item_id"].fillna(rows["purchase_id"].map(only).astype(rows["item_id"].dtype))


def pairs(subjects: pd.DataFrame, messages: pd.DataFrame) -> pd.DataFrame:
    """Every message about each subject: the same purchase, and the same item unless one of the two names none.

    ``subjects``: rows with purchase_id and item_id. Columns: ``subject`` and ``message`` (labels), then sent_at and its spread.
    """
    left = subjects[["purchase_id", "item_id"]].assign(subject=subjects.index)
    right = messages[["purchase_id", "item_id", "sent_at", "sent_at_spread"]].assign(message=messages.index)
    both = left.dropna(subset=["purchase_id"]).merge(right, on="purchase_id", suffixes=("", "_other"))
    same = (both["item_id"] == both["item_id_other"]) | both["item_id"].isna() | both["item_id_other"].isna()
    return both.loc[same.fillna(value=True).astype(bool), ["subject", "message", "sent_at", "sent_at_spread"]]


def answers(subjects: pd.DataFrame, since: Moments, messages: pd.DataFrame) -> Moments:
    """When each subject first had one of some messages about it, not before its own moment; missing where it had none."""
    both = pairs(subjects, messages)
    latest = both["sent_at"] + both["sent_at_spread"].astype("int64").astype("timedelta64[s]")
    start = since.at.reindex(both["subject"]).array
    later = both[latest >= start]
    first = later.sort_values(["sent_at", "message"], kind="stable").drop_duplicates("subject").set_index("subject")
    found = first.reindex(subjects.index)
    return Moments(found["sent_at"], found["sent_at_spread"].fillna(0).astype("int32"))


def heard(
    purchases: pd.Series[str], since: pd.Series[pd.Timestamp], until: pd.Series[pd.Timestamp], messages: pd.DataFrame
) -> pd.Series[bool]:
    """Which purchases had one of some messages between two instants, both included; a message of a whole day counts kindly."""
    wanted = purchases.rename("purchase_id").to_frame().assign(subject=purchases.index, since=since, until=until)
    both = wanted.merge(messages[["purchase_id", "sent_at", "sent_at_spread"]].dropna(subset=["purchase_id"]), on="purchase_id")
    latest = both["sent_at"] + both["sent_at_spread"].astype("int64").astype("timedelta64[s]")
    inside = (latest >= both["since"]) & (both["sent_at"] <= both["until"])
    return purchases.index.to_series().isin(both.loc[inside, "subject"])


def threads(asked: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """The first of some messages in each purchase's thread that none of some others has followed; those without a purchase are left out."""
    answered = answers(asked.assign(item_id=None), Moments(asked["sent_at"], asked["sent_at_spread"]), told)
    open_rows = asked[answered.at.isna() & asked["purchase_id"].notna()]
    return open_rows.sort_values(["sent_at", "message_id"], kind="stable").drop_duplicates("purchase_id").sort_index()


def first_of_each(asked: pd.DataFrame, waiting: pd.Series[bool]) -> pd.DataFrame:
    """Some messages without the reminders: of those about one item that wait for an answer only the first."""
    open_rows = asked[waiting.loc[asked.index]].sort_values(["sent_at", "message_id"], kind="stable")
    reminders = open_rows.index[open_rows.duplicated(["purchase_id", "item_id"])]
    return asked[~asked.index.isin(reminders)]
