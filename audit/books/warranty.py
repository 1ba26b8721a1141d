"""The two-year legal warranty: which refunds and messages fall under it at their moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from audit import wording
from audit.books import messages as message_book
from audit.books.clock import Moments
from audit.limits import CLAIM_DAYS, WARRANTY_WORDS, WARRANTY_YEARS

if TYPE_CHECKING:
    from audit.books.books import Books


class Warranty(NamedTuple):
    """Which rows are in the warranty state, and for which the facts tell it."""

    holds: pd.Series[bool]
    known: pd.Series[bool]


def state(books: Books, rows: pd.DataFrame, moments: Moments) -> Warranty:
    """The warranty state of some rows, each at its own moment; ``rows`` hold purchase_id, item_id and ``item``.

    No open claim but of type warranty, and: delivered longer ago than a claim may wait, at most two years, and rated; or a
    warranty claim; or the platform has written of the warranty.
    """
    delivered = books.items["delivered_at"].reindex(rows["item"]).set_axis(rows.index)
    rated = books.items["rating"].notna().reindex(rows["item"], fill_value=False).set_axis(rows.index)
    first = delivered + books.limits.span(CLAIM_DAYS)
    last = delivered + pd.DateOffset(years=books.limits[WARRANTY_YEARS])
    by_dates = rated & (moments.latest > first) & (moments.at <= last)
    invoked = _claimed(books, rows, moments, warranty=True) | _told(books, rows, moments)
    holds = (by_dates | invoked) & ~_claimed(books, rows, moments, warranty=False)
    return Warranty(holds, delivered.notna() & books.holds("orders", "rating"))


def of_messages(books: Books, messages: pd.DataFrame) -> Warranty:
    """The warranty state of messages: it holds where any item that one may be about is in it.

    Known where there is such an item, and each was ordered too late, is not rated, or has its delivery and rating told.
    """
    both = message_book.pairs(books.items, messages)
    of_item = books.items.loc[both["subject"]].reset_index(names="item")
    at = Moments(both["sent_at"].set_axis(of_item.index), both["sent_at_spread"].set_axis(of_item.index))
    found = state(books, of_item, at)
    early = at.latest <= of_item["ordered_at"] + books.limits.span(CLAIM_DAYS)
    unrated = of_item["rating"].isna() & books.holds("orders", "rating")
    told = pd.DataFrame({"holds": found.holds, "known": found.known | early | unrated}).groupby(both["message"].to_numpy())
    holds, known = told["holds"].any(), told["known"].all()
    return Warranty(*(mask.reindex(messages.index, fill_value=False) for mask in (holds, known)))


def tells(texts: pd.Series[str], words: tuple[str, ...]) -> pd.Series[bool]:
    """Which texts speak of the legal warranty in the platform's words."""
    return wording.where(texts, lambda text: wording.says_any(text, words))


def _claimed(books: Books, rows: pd.DataFrame, moments: Moments, *, warranty: bool) -> pd.Series[bool]:
    """Which rows' items had at their moment a warranty claim, or an open claim of another type."""
    if books.claims is None:
        return pd.Series(data=False, index=rows.index)
    claims = books.claims[books.claims["stands"] & ((books.claims["claim_type"] == "warranty") == warranty)]
    keyed = rows[["purchase_id", "item_id"]].assign(row=rows.index, at=moments.at, latest=moments.latest)
    both = keyed.merge(claims, on=["purchase_id", "item_id"])
    open_then = (both["closed_at"] > both["at"]) | (both["closed_at"].isna() & both["is_open"])
    held = (both["opened_at"] <= both["latest"]) & (open_then | warranty)
    return rows.index.to_series().isin(both.loc[held, "row"])


def _told(books: Books, rows: pd.DataFrame, moments: Moments) -> pd.Series[bool]:
    """Which rows' items the platform had written about in words of the warranty."""
    if books.messages is None:
        return pd.Series(data=False, index=rows.index)
    messages = books.messages[books.messages["of_service"]]
    telling = messages[tells(messages["text"], books.limits[WARRANTY_WORDS])]
    both = message_book.pairs(rows, telling)
    before = both["sent_at"] <= moments.latest.reindex(both["subject"]).array
    return rows.index.to_series().isin(both.loc[before, "subject"])
