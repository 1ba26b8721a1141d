"""SHP: the shop's rates over thirty days, as the platform watches them; our own figures from the orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.books.rates import LEAST_CONFIRMED, MOST_CANCELLED, MOST_UNANSWERED, RATE_DAYS, RATE_ITEMS
from audit.limits import BASIS_POINTS, CONFIRM_LAPSE
from audit.policy import SELLER_TERMS, TERMS
from audit.rule import Evidence, Hits, NotJudgeable, rule
from schemas.findings import Severity, Subject
from schemas.text import Message, marked

if TYPE_CHECKING:
    from audit.books.books import Books


def _on_the_shop(books: Books, template: str, *, breach: bool, **facts: Any) -> Hits:
    """One hit on the shop, at as-of, or none."""
    rows = books.items.head(1 if breach else 0)
    occurred = rows["ordered_at"].mask(rows["ordered_at"].notna(), books.as_of)
    return Hits(rows=rows, evidence=Evidence(template, facts), occurred=occurred)


def _require_confirmations(books: Books) -> None:
    """Raise NotJudgeable where no file tells what was confirmed."""
    columns = ["confirmed_at", "status"]
    if not any(books.holds("orders", column) for column in columns):
        raise NotJudgeable(Message("no file of {table:word} has a column {columns:words}", {"table": "orders", "columns": columns}))


@rule(
    code="SHP001",
    name="confirmation-rate-low",
    title="Confirmation rate low",
    severity=Severity.HIGH,
    source=SELLER_TERMS.clause("article 3.2.2"),
    subject=Subject.SHOP,
    needs=("orders",),
    limits=(LEAST_CONFIRMED, RATE_DAYS, RATE_ITEMS, CONFIRM_LAPSE),
    todo="Confirm every sale",
    advice="Take articles that can't be sold off line before they are ordered, and confirm twice a day, week-ends included.",
    within="shop",
)
def confirmation_rate_low(books: Books) -> Hits:
    """Too few of the last thirty days' sales were confirmed.

    Why: the platform demands more than 95 %.
    Breach: exactly 95 % of 20 sales confirmed, the other refused, lapsed, or unanswered for more than 72 h.
    Fine: 96 %; fewer than 10 sales; sales that wait, and those that the buyer withdrew, are left out.
    """
    _require_confirmations(books)
    rate, limits = books.rates.confirmation, books.limits
    low = rate.part * BASIS_POINTS <= rate.base * round(limits[LEAST_CONFIRMED] * BASIS_POINTS)
    breach = low and rate.base >= limits[RATE_ITEMS]
    share = rate.part / rate.base if rate.base else None
    told = marked("{count} of {base} sales confirmed in {days:days}, {share:share}; more than {least:share} wanted")
    return _on_the_shop(books, told, breach=breach, share=share, days=limits[RATE_DAYS], least=limits[LEAST_CONFIRMED], **_counts(rate))


def _counts(rate: Any) -> dict[str, int]:
    return {"count": rate.part, "base": rate.base}


@rule(
    code="SHP002",
    name="cancellation-rate-high",
    title="Seller cancellation rate high",
    severity=Severity.HIGH,
    source=SELLER_TERMS.clause("article 9.1"),
    subject=Subject.SHOP,
    needs=("orders", "orders.cancelled_by"),
    limits=(MOST_CANCELLED, RATE_DAYS, RATE_ITEMS),
    todo="Stop cancelling sales",
    advice="Keep stock right, and let buyers withdraw themselves; at 5 % the platform may end the contract.",
    within="shop",
)
def cancellation_rate_high(books: Books) -> Hits:
    """Too many of the last thirty days' sales were cancelled by the seller, or by the platform unconfirmed.

    Why: from 5 % on the platform may end the contract.
    Breach: exactly 1 of 20 sales.
    Fine: 1 of 21; fewer than 10 sales; sales that nobody is named for are left out, and counted.
    """
    rate, limits = books.rates.cancellation, books.limits
    high = rate.part * BASIS_POINTS >= rate.base * round(limits[MOST_CANCELLED] * BASIS_POINTS)
    breach = high and rate.base >= limits[RATE_ITEMS]
    share = rate.part / rate.base if rate.base else None
    told = marked(
        "{count} of {base} sales cancelled in {days:days}, {share:share}; less than {most:share} wanted; {left_out} unattributed left out"
    )
    hits = _on_the_shop(
        books,
        told,
        breach=breach,
        share=share,
        days=limits[RATE_DAYS],
        most=limits[MOST_CANCELLED],
        left_out=rate.left_out,
        **_counts(rate),
    )
    return Hits(rows=hits.rows, evidence=hits.evidence, occurred=hits.occurred, not_judged=rate.left_out)


@rule(
    code="SHP003",
    name="vacation-mode-risk",
    title="Vacation mode risk",
    severity=Severity.CRITICAL,
    source=TERMS.clause("article 6.4"),
    subject=Subject.SHOP,
    needs=("orders",),
    limits=(MOST_UNANSWERED, RATE_DAYS, CONFIRM_LAPSE),
    todo="Answer the waiting sales",
    advice="Confirm or decline every waiting sale now, and look whether the shop is still on line.",
    within="shop",
)
def vacation_mode_risk(books: Books) -> Hits:
    """Two or more sales of the last thirty days were left unanswered for more than 72 h.

    Why: two are enough for the platform to put the shop on vacation.
    Breach: two sales waiting for 72 h and one second; or lapsed so.
    Fine: one; or two waiting for exactly 72 h.
    """
    _require_confirmations(books)
    unanswered, limits = books.rates.unanswered, books.limits
    told = marked("{count} sales left unanswered past {lapse:hours} in {days:days}")
    breach = unanswered >= limits[MOST_UNANSWERED]
    return _on_the_shop(books, told, breach=breach, count=unanswered, lapse=limits[CONFIRM_LAPSE], days=limits[RATE_DAYS])
