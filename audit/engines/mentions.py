"""Messages read against all items of the shop, for their words may name any of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.books import messages as message_book
from audit.contacts import hosts_of_shipments, numbers_of
from audit.engines.keys import PURCHASE, spread
from audit.engines.settling import ACCEPTED

if TYPE_CHECKING:
    from audit.books.whole import Whole
    from audit.engines.buckets import Shop

MESSAGES = ACCEPTED.format(table="messages")


def understood(shop: Shop, known: Whole) -> Whole:
    """Put the messages where the purchases are that they are about, and tell which numbers and sites are known."""
    if "messages" not in shop.ingested.tables:
        return known
    books = replace(shop.books(0, known), tables=shop.of_purchases(None))
    read = message_book.understood(books.items, books.tables["messages"].frame)
    shop.store.remove(MESSAGES)
    for bucket, rows in spread(read, PURCHASE, shop.count):
        shop.store.put(MESSAGES, bucket, rows)
    return known._replace(understood=True, mentioned=frozenset(numbers_of(books)), hosts=frozenset(hosts_of_shipments(books)))
