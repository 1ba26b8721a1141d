"""The two-year legal warranty: which refunds and messages fall under it at their moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from audit import wording
from audit.books import claims as claim_book
from audit.books import messages as message_book
from audit.books.blank import blank
from audit.books.clock import Moments, moments
from audit.limits import CLAIM_DAYS, WARRANTY_WORDS, WARRANTY_YEARS
from schemas.claims import CLAIMS

if TYPE_CHECKING:
    from audit.books.books import Books


class Warranty(NamedTuple):
    """Which rows are in the warranty state by some reading of the times, which by every one, and for which the facts tell it.

    ``unsure``: only a local hour that exists twice, of delivery or of the moment, makes the difference.
    """

    holds: pd.Series[bool]
    surely: pd.Series[bool]
    unsure: pd.Series[bool]
    known: pd.Series[bool]

    @property
    def told(self) -> pd.Series[bool]:
        """Which rows may be held to be in it: no whole day is read against the seller."""
        return self.surely | self.unsure

    @property
    def outside(self) -> pd.Series[bool]:
        """Which rows may be held to be outside, for the same reason."""
        return self.known & (~self.holds | self.unsure)


class _Both(NamedTuple):
    """What holds by some reading, and what by every one."""

    some: pd.Series[bool]
    every: pd.Series[bool]


def state(books: Books, rows: pd.DataFrame, at: Moments) -> Warranty:
    """The warranty state of some rows, each at its own moment; ``rows`` hold purchase_id, item_id and ``item``.

    No open claim but of type warranty, and: delivered longer ago than a claim may wait, at most two years, and rated; or a
    warranty claim; or the platform has written of the warranty.
    """
    items = books.items.reindex(rows["item"]).set_axis(rows.index)
    delivered = Moments(items["delivered_at"], items["delivered_at_spread"].fillna(0).astype("int32"))
    dates, rated = _by_dates(books, delivered, at), items["rating"].notna()
    invoked, written, other = _warranty_claimed(books, rows, at), _told(books, rows, at), _other_claim_open(books, rows, at)
    holds = ((dates.some & rated) | invoked.some | written.some) & ~other.every
    surely = ((dates.every & rated) | invoked.every | written.every) & ~other.some
    unsure = dates.some & rated & ~other.some & ~surely & ~at.is_day & ~delivered.is_day
    return Warranty(holds, surely, unsure, delivered.at.notna() & books.holds("orders", "rating"))


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
    by_item = pd.DataFrame({**found._asdict(), "known": found.known | early | unrated}).groupby(both["message"].to_numpy())
    some, every = by_item[["holds", "surely", "unsure"]].any(), by_item["known"].all()
    told = some.assign(known=every).reindex(messages.index, fill_value=False)
    return Warranty(**{name: told[name] for name in Warranty._fields})


def tells(texts: pd.Series[str], words: tuple[str, ...]) -> pd.Series[bool]:
    """Which texts speak of the legal warranty in the platform's words."""
    return wording.where(texts, lambda text: wording.says_any(text, words))


def _by_dates(books: Books, delivered: Moments, at: Moments) -> _Both:
    """Which moments lie more than CLAIM_DAYS and at most WARRANTY_YEARS after delivery."""
    days, years = books.limits.span(CLAIM_DAYS), pd.DateOffset(years=books.limits[WARRANTY_YEARS])
    some = (at.latest - delivered.at > days) & (at.at <= delivered.latest + years)
    return _Both(some, (at.at - delivered.latest > days) & (at.latest <= delivered.at + years))


def _warranty_claimed(books: Books, rows: pd.DataFrame, at: Moments) -> _Both:
    """Which rows' items had had a claim under warranty by their moment; a withdrawn one is none."""
    both = _claims_of(books, rows, at)
    invoked = both[(both["claim_type"] == "warranty") & both["stands"]]
    return _Both(
        _any(rows, invoked, invoked["opened_at"] <= invoked["until"]), _any(rows, invoked, invoked["opened_latest"] <= invoked["since"])
    )


def _other_claim_open(books: Books, rows: pd.DataFrame, at: Moments) -> _Both:
    """Which rows' items had an open claim of another type at their moment; one that ended on an unknown day may still have been."""
    both = _claims_of(books, rows, at)
    other = both[both["claim_type"] != "warranty"]
    may = other["is_open"] | other["closed_at"].isna() | (other["closed_latest"] > other["since"])
    sure = other["is_open"] | (other["closed_at"] > other["until"])
    return _Both(
        _any(rows, other, may & (other["opened_at"] <= other["until"])),
        _any(rows, other, sure & (other["opened_latest"] <= other["since"])),
    )


def _claims_of(books: Books, rows: pd.DataFrame, at: Moments) -> pd.DataFrame:
    """The claims on each row's item: ``row``, ``since`` and ``until`` of its moment, then the claim and the latest of its times."""
    claims = claim_book.build(books.items, blank(CLAIMS)) if books.claims is None else books.claims
    times = {f"{name}_latest": moments(claims, f"{name}_at").latest for name in ("opened", "closed")}
    keyed = rows[["purchase_id", "item_id"]].assign(row=rows.index, since=at.at, until=at.latest)
    return keyed.merge(claims.assign(**times), on=["purchase_id", "item_id"])


def _told(books: Books, rows: pd.DataFrame, at: Moments) -> _Both:
    """Which rows' items the platform had written about in words of the warranty."""
    if books.messages is None:
        return _Both(pd.Series(data=False, index=rows.index), pd.Series(data=False, index=rows.index))
    messages = books.messages[books.messages["of_service"]]
    both = message_book.pairs(rows, messages[tells(messages["text"], books.limits[WARRANTY_WORDS])])
    both = both.assign(row=both["subject"], since=at.at.reindex(both["subject"]).array, until=at.latest.reindex(both["subject"]).array)
    return _Both(_any(rows, both, both["sent_at"] <= both["until"]), _any(rows, both, moments(both, "sent_at").latest <= both["since"]))


def _any(rows: pd.DataFrame, both: pd.DataFrame, mask: pd.Series[bool]) -> pd.Series[bool]:
    """Which rows have a pair that the mask holds."""
    return rows.index.to_series().isin(both.loc[mask, "row"])
