"""The Dashboard's second block: what will cost us most? Money by family and the costliest orders; without money, what was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from reports import figures, style, words
from reports.cells import missing
from reports.charts import chart_of_families
from reports.fields import shortened
from reports.page import LAST, RIGHT, RULES_END, WIDTHS, Links, Page, Tables
from reports.sheets import data_bar
from schemas.findings import FAMILIES
from schemas.text import say_json

if TYPE_CHECKING:
    from schemas.outcome import Outcome

HEADING, HEADER, FIRST = 8, 10, 11
COSTLIEST = 21
"""Rows, from 0: heading, header and first line of the families; header of the costliest orders."""

FAMILIES_SHOWN, ORDERS_SHOWN = 6, 5
WHY = sum(WIDTHS[RIGHT + 5 :])
"""Room for why rules did not run, in characters."""

KINDS = ("sale", "fee", "fine", "total")


def write(page: Page, outcome: Outcome, tables: Tables, links: Links) -> None:
    """Heading and answer, then families with their chart and orders, or what was looked at."""
    families = figures.families(outcome, tables.told)
    page.heading(HEADING, RIGHT, LAST, page.say(words.QUESTIONS[1]), _answer(page, outcome, tables, families))
    if len(families):
        _families(page, outcome, families, links)
        _costliest(page, outcome, tables, links)
    else:
        _looked_at(page, outcome, tables, links)


def _answer(page: Page, outcome: Outcome, tables: Tables, families: pd.DataFrame) -> str:
    if not len(families):
        return page.say(words.NO_MONEY)
    every = outcome.exposure.total / 100
    told = [page.say(words.COSTLIEST_FAMILY, {"family": families["title"].iloc[0], "share": float(families["total"].iloc[0]) / every})]
    if len(tables.risk) > ORDERS_SHOWN:
        told.append(page.say(words.COSTLIEST_ORDERS, {"share": float(tables.risk["stake"].head(ORDERS_SHOWN).sum()) / every}))
    return page.book.language.sentences(told)


def _families(page: Page, outcome: Outcome, families: pd.DataFrame, links: Links) -> None:
    page.header(HEADER, RIGHT, page.said([words.FAMILY_HEADER, *words.KIND.values(), words.TOTAL]))
    places = _rules_of(outcome, links)
    shown = _others(page, families)
    for row, (code, line) in enumerate(shown.iterrows(), start=FIRST):
        page.lead(row, RIGHT, page.book.block("Rules", places.get(str(code)), RULES_END), line["title"])
        for column, name in enumerate(KINDS, start=RIGHT + 1):
            page.put(row, column, float(line[name]), style.LINED, num_format=style.WHOLE_MONEY, bold=name == "total")
    last = HEADER + len(shown)
    for column, value in enumerate([page.say(words.TOTAL), *(float(families[name].sum()) for name in KINDS)], start=RIGHT):
        page.put(last + 1, column, value, bold=True, num_format=style.WHOLE_MONEY)
    chart_of_families(page, last, str(families["title"].iloc[0]))


def _others(page: Page, families: pd.DataFrame) -> pd.DataFrame:
    """The costliest families, then the others in one line."""
    if len(families) <= FAMILIES_SHOWN + 1:
        return families
    rest = families.iloc[FAMILIES_SHOWN:][list(KINDS)].sum()
    others = pd.DataFrame([{**rest, "title": page.say(words.OTHERS)}], index=[""])
    return pd.concat([families.head(FAMILIES_SHOWN), others])


def _rules_of(outcome: Outcome, links: Links) -> dict[str, tuple[int, int]]:
    """Where the rules of each family stand on the sheet Rules, which is in the order of the catalogue."""
    rows = outcome.rules["code"].map(links.rules).groupby(outcome.rules["family"])
    return {str(code): (int(first), int(last)) for code, first, last in zip(rows.min().index, rows.min(), rows.max(), strict=True)}


def _costliest(page: Page, outcome: Outcome, tables: Tables, links: Links) -> None:
    rows = tables.risk[tables.risk["stake"] > 0].head(ORDERS_SHOWN)
    if not len(rows):
        return
    order, euros, due, wrong = page.said(words.COSTLIEST_HEADER)
    page.header(COSTLIEST, RIGHT, (order, euros, due, "", wrong, "", "", "", ""), {2: "left", 4: "left"})
    for row, line in enumerate(rows.itertuples(), start=COSTLIEST + 1):
        _order(page, outcome, row, line, links)
    data_bar(page.sheet, (COSTLIEST + 1, RIGHT + 1, COSTLIEST + len(rows), RIGHT + 1))


def _order(page: Page, outcome: Outcome, row: int, line: Any, links: Links) -> None:
    order = f"{line.purchase_id}/{line.item_id}"
    target = page.book.leading("Orders at risk", f"A{links.orders[order] + 1}") if order in links.orders else None
    page.lead(row, RIGHT, target, order)
    page.put(row, RIGHT + 1, float(line.stake), style.LINED, num_format=style.WHOLE_MONEY, bold=True)
    due = "–" if missing(line.deadline_at) else page.book.language.deadline(line.deadline_at.tz_convert(outcome.run.zone))
    wrongs = " + ".join(wrong.split("  ", 1)[1] for wrong in line.wrongs.split("\n")[:2])
    texts = {RIGHT + 2: due, RIGHT + 4: wrongs}
    for column in range(RIGHT + 2, LAST + 1):
        page.put(row, column, texts.get(column), style.LINED, indent=1)


LOOKED_ON = {
    "REG": ("orders",), "TRK": ("shipments",), "CNF": ("orders",), "BRD": ("orders", "listings"), "CAN": ("orders",), "CLM": ("claims",),
    "REF": ("refunds",), "LST": ("listings",), "MSG": ("messages",), "SHP": ("orders",),
}  # fmt: skip
"""The tables whose rows each family judges."""


def _looked_at(page: Page, outcome: Outcome, tables: Tables, links: Links) -> None:
    """For each family how many rules ran on how many rows, so that a quiet night shows what it stands on."""
    ran_word, seen_word, why_word = page.said(words.LOOKED_AT_HEADER)
    not_run, findings = (words.HOW_MANY.said(name, page.book.language) for name in ("not_run", "findings"))
    names = (page.say(words.FAMILY_HEADER), ran_word, not_run, seen_word, findings, why_word, "", "", "")
    page.header(HEADER, RIGHT, names, {5: "left"})
    places, found = _rules_of(outcome, links), tables.told["family"].value_counts()
    for row, family in enumerate(FAMILIES, start=FIRST):
        rules = outcome.rules[outcome.rules["family"] == family.code]
        ran = int(rules["status"].isin(["found", "clean"]).sum())
        page.lead(row, RIGHT, page.book.block("Rules", places.get(family.code), RULES_END), page.say(family.title))
        counts = (ran, len(rules) - ran, _rows_seen(outcome, family.code), int(found.get(family.code, 0)))
        for column, count in enumerate(counts, start=RIGHT + 1):
            page.put(row, column, count, style.LINED, num_format=style.COUNT)
        why = _why(page, rules)
        for column in range(RIGHT + 5, LAST + 1):
            page.put(row, column, why if column == RIGHT + 5 else None, style.LINED, indent=1)


def _rows_seen(outcome: Outcome, family: str) -> int:
    """The accepted rows of the files that hold what a family judges."""
    held = outcome.inputs["table"].fillna("").str.split(", ").map(lambda names: bool(set(names) & set(LOOKED_ON[family])))
    return int(outcome.inputs.loc[held.astype(bool), "accepted"].sum())


def _why(page: Page, rules: pd.DataFrame) -> str | None:
    """Why rules did not run: their reason, or the shortest of several; the sheet Rules has them all."""
    reasons = rules.loc[rules["reason"].notna(), ["reason", "reason_facts"]].drop_duplicates()
    told = [say_json(template, facts, page.book.language) for template, facts in reasons.itertuples(index=False)]
    if not told:
        return None
    whole = page.say(words.AND_OTHERS, {"reason": min(told, key=len)}) if len(told) > 1 else told[0]
    return shortened(whole, WHY)
