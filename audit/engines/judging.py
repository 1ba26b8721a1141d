"""Step 4b, the books of one bucket: the findings of rules within the purchase, and what the whole shop needs of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from audit.books.whole import Origins, Size
from audit.brands.tables import met_in_orders
from audit.engines.keys import hashes
from audit.findings import Verdict, run_rules
from audit.foreign import is_foreign
from audit.ledger.hashing import row_hashes
from schemas.findings import Subject

if TYPE_CHECKING:
    from audit.books.books import Books
    from audit.books.rates import Rates
    from audit.rule import Rule


class Scope(StrEnum):
    """What a rule must see at once."""

    PURCHASE = "purchase"  # one bucket after the other
    NUMBER = "tracking_number"  # the purchases that share a tracking number
    ARTICLE = "sku"  # the claims of all items
    SHOP = "shop"  # the listings and authorisations, and facts of the whole shop
    EVERYTHING = "everything"  # a user's own that looks beyond the purchase: all tables


class Bucket(NamedTuple):
    """What is found in one bucket.

    ``findings``: as FINDINGS; ``verdicts``: of the rules that ran here. ``numbers``: hashes of the tracking numbers of live items with their
    purchases. ``claims``: Books.claims. ``met``: by brand how many items name it.
    """

    findings: pd.DataFrame
    verdicts: Mapping[str, Verdict]
    size: Size
    rates: Rates
    origins: Origins
    met: pd.Series[int]
    numbers: pd.DataFrame
    claims: pd.DataFrame | None


NO_NUMBERS = pd.DataFrame({"number": pd.Series(dtype="uint64"), "purchase_id": pd.Series(dtype="str")})
"""Numbers that wait elsewhere: an empty part of a table would hold on to all of it."""


def scopes(rules: Iterable[Rule], origins: Origins) -> dict[str, Scope]:
    """By code what each rule must see; ``origins``: of the whole shop."""
    found: dict[str, Scope] = {}
    for rule in rules:
        found[rule.code] = _scope(rule, {found.get(code, Scope.PURCHASE) for code in rule.after}, origins)
    return found


def _scope(rule: Rule, after: set[Scope], origins: Origins) -> Scope:
    beyond = rule.within != Scope.PURCHASE or rule.subject in (Subject.LISTING, Subject.BRAND, Subject.SHOP)
    if is_foreign(rule):
        return Scope.EVERYTHING if beyond or after - {Scope.PURCHASE} else Scope.PURCHASE
    if rule.within in (Scope.NUMBER, Scope.ARTICLE):
        return Scope(rule.within)
    speaks_of_items = rule.within == Scope.SHOP and rule.subject is Subject.ITEM and origins.anywhere
    return Scope.SHOP if beyond and not speaks_of_items else Scope.PURCHASE


def judge(rules: Iterable[Rule], books: Books) -> Bucket:
    """Judge the books of one bucket by the rules within the purchase.

    ``books.whole`` holds the windows, the statuses, whether any origin is known, and what the messages mention.
    """
    every = list(rules)
    scope = scopes(every, books.origins)
    judged = run_rules([rule for rule in every if scope[rule.code] is Scope.PURCHASE], books)
    return Bucket(
        findings=judged.findings,
        verdicts=judged.verdicts,
        size=books.size,
        rates=books.rates,
        origins=books.own_origins,
        met=met_in_orders(books),
        numbers=_numbers(books),
        claims=books.claims,
    )


def _numbers(books: Books) -> pd.DataFrame:
    held = (~books.numbers["placeholder"] & books.live_numbers).to_numpy()
    numbers, items = books.numbers["number"][held], books.numbers["item"][held]
    purchases = books.items["purchase_id"].reindex(items)
    both = row_hashes(pd.DataFrame({"number": numbers.array, "purchase_id": purchases.array}))
    first = ~pd.Series(both).duplicated().to_numpy()
    return pd.DataFrame({"number": hashes(numbers[first]), "purchase_id": purchases.array[first]})
