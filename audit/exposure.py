"""Money at stake: what each finding may cost, and which of it enters the totals so that nothing counts twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from audit.limits import FIXED_FINE
from schemas.findings import Confidence, Exposure, Severity
from schemas.history import State
from schemas.outcome import Exposures

if TYPE_CHECKING:
    from audit.books.books import Books
    from audit.limits import Limits
    from audit.rule import Hits, Rule

PRICED = ("exposure_sale", "exposure_fee", "exposure_fine", "past")
RANKS = {severity.value: severity.rank for severity in Severity}


def price(rule: Rule, hits: Hits, labels: pd.Series, books: Books) -> pd.DataFrame:
    """What each hit may cost: PRICED, amounts in cents; indexed as the hits are. ``labels``: each hit's item.

    A sale is what is left of the line total after refunds, unless the hits say otherwise. Rows that are not in EUR have no amount.
    """
    rows = hits.rows
    amounts = {Exposure.SALE: _sale(rule, hits), Exposure.FEE: hits.fee, Exposure.FINE: hits.fine}
    money = {f"exposure_{kind}": _cents(amounts[kind] if kind in rule.exposure else None, rows) for kind in Exposure}
    past = _is_past(rule, labels, books)
    money["exposure_sale"] = money["exposure_sale"].mask(past & money["exposure_sale"].notna(), 0)
    return pd.DataFrame(money).assign(past=past)


def _sale(rule: Rule, hits: Hits) -> pd.Series | None:
    if Exposure.SALE not in rule.exposure:
        return None
    return hits.rows["at_stake"] if hits.sale is None else hits.sale


def _is_past(rule: Rule, labels: pd.Series, books: Books) -> pd.Series:
    if Exposure.SALE not in rule.exposure or rule.past_counts:
        return pd.Series(data=False, index=labels.index, dtype="boolean")
    return books.past.reindex(labels, fill_value=False).set_axis(labels.index).astype("boolean")


def _cents(amount: pd.Series | None, rows: pd.DataFrame) -> pd.Series:
    if amount is None:
        return pd.Series(pd.NA, index=rows.index, dtype="Int64")
    cents = amount.reindex(rows.index).astype("Int64")
    return cents.where(rows["eur"]) if "eur" in rows else cents


def count_once(findings: pd.DataFrame, rules: Sequence[Rule]) -> pd.DataFrame:
    """Add counted_sale, counted_fee, counted_fine: each item's money stands on one finding and is nil on the others.

    A sale counts once an item (the largest), a fee once an item and kind, the variable fine once an item or listing; it
    stands on the worst finding (severity, then catalogue). Findings of confidence possible count nothing, nor do waived ones.
    Claims and refunds count as their item.
    """
    order = findings["purchase_id"] + "/" + findings["item_id"]
    keys = pd.DataFrame(
        {
            "subject": order.fillna(findings["subject"]),
            "kind": findings["rule"].map({rule.code: rule.fee_kind for rule in rules}).fillna(""),
            "rank": findings["severity"].map(RANKS),
            "place": findings["rule"].map({rule.code: place for place, rule in enumerate(rules)}),
        },
        index=findings.index,
    )
    out = (findings["confidence"] == Confidence.POSSIBLE) | (findings["state"] == State.WAIVED)
    counted = {
        "counted_sale": _once(findings["exposure_sale"].mask(out), keys, ["subject"]),
        "counted_fee": _once(findings["exposure_fee"].mask(out), keys, ["subject", "kind"]),
        "counted_fine": _once(findings["exposure_fine"].mask(out), keys, ["subject"]),
    }
    return findings.assign(**counted)


def _once(amounts: pd.Series, keys: pd.DataFrame, by: list[str]) -> pd.Series:
    known = keys.assign(amount=amounts)[amounts.notna() & (amounts > 0)]
    largest = known.groupby(by)["amount"].transform("max")
    bearer = known.sort_values(["rank", "place"], kind="stable").drop_duplicates(by).index
    return largest.loc[bearer].reindex(keys.index, fill_value=0).astype("Int64")


def total(findings: pd.DataFrame, rules: Sequence[Rule], limits: Limits) -> Exposures:
    """The money at stake over the run, each amount once; see ``schemas.outcome.Exposures``."""
    return over(findings, rules, limits.cents(FIXED_FINE))


def over(findings: pd.DataFrame, rules: Sequence[Rule], fixed_fine: int) -> Exposures:
    """The same over some findings, the fixed part of the fine given in cents."""
    certain = _sums(findings, fixed_fine)
    everything = _sums(count_once(findings.assign(confidence=Confidence.CERTAIN.value), rules), fixed_fine)
    return certain._replace(blanks=_blanks(findings, rules), possible=everything.total - certain.total)


def _sums(findings: pd.DataFrame, fixed_fine: int) -> Exposures:
    fine = int(findings["counted_fine"].sum())
    fixed = fixed_fine if fine else 0
    return Exposures(int(findings["counted_sale"].sum()), int(findings["counted_fee"].sum()), fine, fixed)


def _blanks(findings: pd.DataFrame, rules: Sequence[Rule]) -> int:
    """How many amounts that a rule should give are not known; waived findings aside."""
    findings = findings[findings["state"] != State.WAIVED]
    return sum(
        int((findings["rule"].isin([rule.code for rule in rules if kind in rule.exposure]) & findings[f"exposure_{kind}"].isna()).sum())
        for kind in Exposure
    )
