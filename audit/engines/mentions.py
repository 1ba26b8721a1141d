"""Messages read against all items of the shop: their words may name any purchase, article or parcel."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from audit import tracking
from audit.books import messages as message_book
from audit.contacts import WORD, hosts_of_shipments
from audit.engines.keys import PURCHASE, hashes

if TYPE_CHECKING:
    import numpy.typing as npt

    from audit.books.books import Books
    from audit.books.whole import Whole
    from audit.engines.buckets import Shop
    from audit.tables import Accepted

    Hashes = npt.NDArray[np.uint64]


class Mentioned(NamedTuple):
    """What the words of all messages name: items, by purchase or article; purchases that messages are about; numbers; and known sites."""

    items: pd.DataFrame
    purchases: frozenset[str]
    numbers: frozenset[str]
    hosts: frozenset[str]


def understood(shop: Shop, known: Whole) -> Whole:
    """Put the messages where the purchases are that they are about; the facts of the whole with what their words name."""
    if "messages" not in shop.ingested.tables:
        return known
    named = _mentioned(shop, known)
    shop.remake("messages", partial(_read, named.items, named.purchases))
    return known._replace(understood=True, mentioned=named.numbers, hosts=named.hosts)


def _read(items: pd.DataFrame, purchases: frozenset[str], messages: pd.DataFrame) -> pd.DataFrame:
    return message_book.understood(items, messages, purchases)


class _Said(NamedTuple):
    """What the messages of a bucket say: the hashes of their words, and the purchases that they are about."""

    words: Hashes
    about: pd.Series[str]


def _said(books: Books) -> _Said:
    messages = books.tables["messages"].frame
    return _Said(_words(messages["body"]), messages[PURCHASE].dropna())


def _mentioned(shop: Shop, known: Whole) -> Mentioned:
    said = list(shop.each(_said, known))
    words = np.unique(np.concatenate([each.words for each in said]))
    about = [each.about for each in said]
    purchases = frozenset(pd.concat([each[np.isin(hashes(each), words)] for each in about]))
    asked = np.unique(np.concatenate([words, *(hashes(each) for each in about)]))
    found = list(shop.each(partial(_of_bucket, words, asked), known))
    items = pd.concat([each.items for each in found], ignore_index=True)
    numbers, hosts = (frozenset().union(*some) for some in zip(*((each.numbers, each.hosts) for each in found), strict=True))
    return Mentioned(items, purchases, numbers, hosts)


def _words(bodies: pd.Series[str]) -> Hashes:
    """The hashes of all words, in both ways in which words are told apart."""
    texts = bodies.dropna()
    numbers, words = texts.str.findall(message_book.WORDS).explode(), texts.str.upper().str.findall(WORD.pattern).explode()
    each = pd.concat([numbers, words]).dropna().astype("str").drop_duplicates()
    return hashes(each)


def _of_bucket(words: Hashes, asked: Hashes, books: Books) -> Mentioned:
    """What the words name in one bucket; of its parcels only those are joined whose number a word may be."""
    orders = books.orders.frame[[PURCHASE, "item_id"]]
    items = orders[np.isin(hashes(orders["item_id"]), words) | np.isin(hashes(orders[PURCHASE]), asked)]
    named = replace(books, tables=_about(books, words), found={}).numbers["number"]
    return Mentioned(items, frozenset(), frozenset([*items[PURCHASE], *items["item_id"], *named]), frozenset(hosts_of_shipments(books)))


def _about(books: Books, words: Hashes) -> dict[str, Accepted]:
    """The tables of the purchases that have a parcel whose number is one of the words."""
    shipments = books.shipments
    if shipments is None:
        return dict(books.tables)
    cells = shipments["tracking_number"].dropna().str.split(tracking.SEPARATORS, regex=True).explode().dropna().astype("str")
    held = cells.index[np.isin(hashes(tracking.bare(cells.str.strip().reset_index(drop=True))), words)]
    purchases = shipments.loc[shipments.index.isin(held), PURCHASE]
    return {
        name: table._replace(frame=table.frame[table.frame[PURCHASE].isin(purchases)].reset_index(drop=True))
        if PURCHASE in table.frame
        else table
        for name, table in books.tables.items()
    }
