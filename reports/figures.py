"""Findings to the small tables behind each block and chart: pure pandas, no layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from reports import style, words
from reports.cells import missing
from schemas import letters
from schemas.findings import FAMILIES, Severity, Standing
from schemas.history import State
from schemas.language import ENGLISH
from schemas.notes import TODO, WRITTEN
from schemas.text import evidence, say

if TYPE_CHECKING:
    from schemas.language import Language
    from schemas.outcome import Outcome

COUNTED = ["counted_sale", "counted_fee", "counted_fine"]
EXPOSED = ["exposure_sale", "exposure_fee", "exposure_fine"]
RANKS = {severity.value: severity.rank for severity in Severity}
BUCKETS = tuple(words.WHEN)


WRITTEN_AS = ("owner", "work", "note")
"""What the lines call what people wrote; their ``state`` is that of the finding."""


def told(outcome: Outcome) -> pd.DataFrame:
    """The findings with what their rules say of them, counted and exposed money in euros, bucket and place in the catalogue."""
    rules = outcome.rules.set_index("code")
    findings = outcome.findings
    table = findings.assign(
        stake=findings[EXPOSED].astype("Float64").max(axis=1) / 100,
        money=findings[COUNTED].sum(axis=1).astype("float64") / 100,
        order=findings["purchase_id"] + "/" + findings["item_id"],
        rank=findings["severity"].map(RANKS),
        place=findings["rule"].map({code: place for place, code in enumerate(rules.index)}),
        due_local=findings["deadline_at"].dt.tz_convert(outcome.run.zone),
        bucket=buckets(outcome, findings),
    )
    return table.join(rules[["title", "todo", "advice", "habit", "family"]], on="rule")


def worded(table: pd.DataFrame, language: Language = ENGLISH) -> pd.DataFrame:
    """Findings with their evidence and their kinds of money in words: for those that are shown, not for all."""
    said = [
        evidence(template, facts, language, past=past is True)
        for template, facts, past in zip(table["evidence"], table["facts"], table["past"].astype(object), strict=True)
    ]
    names = [language.text(word) for word in words.KIND.values()]
    kinds = [
        " + ".join(word for word, amount in zip(names, amounts, strict=True) if amount > 0)
        for amounts in table[EXPOSED].fillna(0).itertuples(index=False)
    ]
    columns = {"said": pd.Series(said, index=table.index, dtype="str"), "kind": pd.Series(kinds, index=table.index, dtype="str")}
    return table.assign(**columns)


def lettered(lines: pd.DataFrame, language: Language = ENGLISH) -> pd.DataFrame:
    """Lines of action with the text to paste, to whom, and what it says: for those that are shown; missing where nothing is to be written."""
    named = lines.loc[lines["letter"].notna(), ["letter", "letter_facts"]]
    texts = [letters.write_json(name, facts) for name, facts in named.itertuples(index=False)]
    meanings = [language.text(letters.LETTERS[name].meaning) for name in named["letter"]]
    recipients = [language.text(words.RECIPIENTS[letters.LETTERS[name].to]) for name in named["letter"]]
    return lines.join(pd.DataFrame({"recipient": recipients, "paste": texts, "meaning": meanings}, index=named.index, dtype="str"))


def buckets(outcome: Outcome, findings: pd.DataFrame) -> pd.Series:
    """When each finding is due: overdue, today, tomorrow, later or undated; a critical one without a deadline is due today."""
    local = findings["deadline_at"].dt.tz_convert(outcome.run.zone)
    days = (local.dt.tz_localize(None).dt.normalize() - pd.Timestamp(outcome.run.as_of.date())).dt.days
    due = days.map(lambda day: "today" if day <= 0 else "tomorrow" if day == 1 else "later", na_action="ignore").astype(object)
    due = due.mask(local < outcome.run.as_of, "overdue").fillna("undated")
    return due.mask((due == "undated") & (findings["severity"] == Severity.CRITICAL), "today")


def severities(table: pd.DataFrame) -> pd.DataFrame:
    """Findings by severity (rows) and standing (columns), with their total."""
    counts = pd.crosstab(table["severity"], table["standing"])
    counts = counts.reindex(
        index=[severity.value for severity in Severity], columns=[standing.value for standing in Standing], fill_value=0
    )
    return counts.assign(total=counts.sum(axis=1))


def rate_cells(rate: Any) -> tuple[tuple[Any, str], ...]:
    """What the Dashboard shows of a rate, each with its number format: ours (None where it can't be told), of how many, the limit, the room left."""
    counted = rate.name == "unanswered"
    form = style.COUNT if counted else style.SHARE
    ours = rate.part if counted else rate.rate
    room = rate.room if missing(rate.room) else max(0, rate.room)
    return (
        (None if missing(ours) else ours, form),
        (rate.base, style.COUNT),
        ("–" if missing(rate.limit) else rate.limit, (style.MORE if rate.name == "confirmation" else style.LESS) + form),
        ("–" if missing(room) else room, style.ROOM),
    )


def families(outcome: Outcome, table: pd.DataFrame) -> pd.DataFrame:
    """Euros counted by family and kind, the costliest first, the fixed part of the fine with counterfeit risk; with a total."""
    titles = {family.code: outcome.language.text(family.title) for family in FAMILIES}
    money = table.groupby("family")[COUNTED].sum().astype("float64") / 100
    money.columns = ["sale", "fee", "fine"]
    if outcome.exposure.fine_fixed:
        money = money.reindex(money.index.union(["BRD"]), fill_value=0.0)
        money.loc["BRD", "fine"] += outcome.exposure.fine_fixed / 100
    money = money[money.sum(axis=1) > 0].assign(total=lambda rows: rows.sum(axis=1)).sort_values("total", ascending=False, kind="stable")
    return money.assign(title=[titles.get(code, code) for code in money.index])


def orders_at_risk(outcome: Outcome, table: pd.DataFrame) -> pd.DataFrame:
    """One row an item: its money counted once, its worst severity, what is wrong with it, its first deadline; the costliest first."""
    of_items = table[table["order"].notna()].sort_values(["rank", "place"], kind="stable")
    by_item = of_items.groupby(["purchase_id", "item_id"], sort=False)
    rows = by_item[COUNTED].sum().astype("float64") / 100
    rows.columns = ["sale", "fee", "fine"]
    rows["stake"] = rows.sum(axis=1)
    rows["worst"], rows["findings"] = by_item["severity"].first(), by_item.size()
    rows["wrongs"] = (
        (of_items["rule"] + "  " + of_items["title"]).groupby([of_items["purchase_id"], of_items["item_id"]], sort=False).agg("\n".join)
    )
    rows["deadline_at"] = by_item["deadline_at"].min()
    joined = rows.reset_index().merge(outcome.items, on=["purchase_id", "item_id"])
    return joined.sort_values(["stake", "purchase_id", "item_id"], ascending=[False, True, True], kind="stable", ignore_index=True)


def standing(table: pd.DataFrame) -> pd.DataFrame:
    """The findings that nobody has waived."""
    return table[table["state"] != State.WAIVED]


def actions(table: pd.DataFrame, notes: pd.DataFrame, language: Language = ENGLISH) -> pd.DataFrame:
    """One line for each thing to do, most urgent first, with what people wrote beside it.

    Rules on which nothing can be done any more become one habit line each; an item's undated findings fold into its worst
    one; every dated finding keeps its line. What is critical without a deadline leads the day. Money is each line's counted euros, so the lines add up.
    """
    if not len(table):
        return table.assign(key="", codes="", cases=0, subject_text="", owner="", work="", note="")
    lines = pd.concat(
        [_habits(table[table["habit"].astype(bool)], language), _folded(table[~table["habit"].astype(bool)], language)], ignore_index=True
    )
    lines[list(WRITTEN_AS)] = _written(lines["keys"], notes)
    lines["when"] = pd.Categorical(lines["bucket"], BUCKETS, ordered=True)
    at_once = (lines["when"] == "today") & lines["deadline_at"].isna()
    lines["first"] = lines["rank"].where(lines["when"] == "overdue", -at_once.astype("int64"))
    ordered = lines.sort_values(
        ["when", "first", "deadline_at", "rank", "money", "key"],
        ascending=[True, True, True, True, False, True],
        kind="stable",
        na_position="last",
    )
    return ordered.reset_index(drop=True)


def _written(keys: pd.Series[object], notes: pd.DataFrame) -> pd.DataFrame:
    """Owner, state and note of each line: those of the first of its keys beside which somebody wrote."""
    known = notes.set_index("key")[list(WRITTEN)]
    first = keys.explode()
    found = known.reindex(first).set_axis(first.index).assign(named=first.isin(known.index).array)
    one = found[found["named"]].groupby(level=0).first().reindex(keys.index)[list(WRITTEN)]
    return one.assign(state=one["state"].fillna(TODO)).set_axis(list(WRITTEN_AS), axis=1)


def _habits(table: pd.DataFrame, language: Language) -> pd.DataFrame:
    """One line a rule on which nothing can be done on the item any more."""
    first = table.sort_values(["rank", "finding_id"], kind="stable").drop_duplicates("rule")
    by_rule = table.groupby("rule")
    cases = first["rule"].map(by_rule.size())
    return first.assign(
        key="H-" + first["rule"],
        keys=("H-" + first["rule"]).map(lambda key: [key]),
        codes=first["rule"],
        cases=cases,
        money=first["rule"].map(by_rule["money"].sum()),
        subject_text=cases.map(lambda count: say(words.HABIT, {"count": int(count)}, language, plural=words.HABITS)),
        order=pd.NA,
        item_id=pd.NA,
        letter=pd.NA,
        deadline_at=pd.Series(pd.NaT, index=first.index, dtype=table["deadline_at"].dtype),
        due_local=pd.Series(pd.NaT, index=first.index, dtype=table["due_local"].dtype),
        bucket="undated",
    )


def _folded(table: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Dated findings as they are; an item's undated ones as one line, its claim's where it has one, else its worst."""
    table = table.assign(about=table["order"].fillna(table["subject"]), no_claim=~table["subject"].str.startswith("claim:"))
    dated = table[table["deadline_at"].notna()].assign(
        codes=lambda rows: rows["rule"], keys=lambda rows: rows["finding_id"].map(lambda key: [key])
    )
    undated = table[table["deadline_at"].isna()].sort_values(["no_claim", "rank", "place"], kind="stable")
    by_item = undated.groupby("about", sort=False)
    worst = undated.drop_duplicates("about")
    folded = worst.assign(
        codes=worst["about"].map(by_item["rule"].agg(", ".join)),
        money=worst["about"].map(by_item["money"].sum()),
        keys=worst["about"].map(by_item["finding_id"].agg(list)),
    )
    every = pd.concat([dated, folded], ignore_index=True)
    subjects = every["subject"].map(lambda subject: subject_words(subject, language))
    return every.assign(key=every["finding_id"], cases=1, subject_text=every["order"].fillna(subjects))


def subject_words(subject: str, language: Language) -> str:
    """What a finding is about, as people say it."""
    kind, _, name = subject.partition(":")
    return say(words.SUBJECTS[kind], {"name": name}, language)


def by_when(lines: pd.DataFrame) -> pd.DataFrame:
    """Lines of action by deadline bucket: how many, how many critical or high, by severity, and euros."""
    grave = lines["rank"] <= Severity.HIGH.rank
    rows = pd.DataFrame(
        {
            "actions": lines.groupby("bucket").size(),
            "grave": grave.groupby(lines["bucket"]).sum(),
            "money": lines.groupby("bucket")["money"].sum(),
        }
    )
    split = pd.crosstab(lines["bucket"], lines["severity"]).reindex(columns=[severity.value for severity in Severity], fill_value=0)
    return rows.join(split).reindex(BUCKETS, fill_value=0).fillna(0)


def due(outcome: Outcome, table: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Lines of action by deadline; the fixed part of the fine is due with the first finding that brings it, so that the money adds up."""
    rows = by_when(lines).astype({"money": "float64"})
    if outcome.exposure.fine_fixed:
        bringing = table.loc[table["counted_fine"] > 0, "bucket"]
        rows.loc[min(bringing, key=BUCKETS.index), "money"] += outcome.exposure.fine_fixed / 100
    return rows


def verdict(outcome: Outcome, table: pd.DataFrame, lines: pd.DataFrame) -> str:
    """The badge: bad, mid or good."""
    official = (table["severity"] == Severity.HIGH) & (table["standing"] == Standing.OFFICIAL)
    failed = (outcome.rules["status"] == "failed").any()
    late, breach = (lines["bucket"] == "overdue").any(), (outcome.rates["state"] == "breach").any()
    if (table["severity"] == Severity.CRITICAL).any() or official.any() or late or breach or failed:
        return "bad"
    close, doubtful = (outcome.rates["state"] == "close").any(), len(outcome.run.doubts) > 0
    return "mid" if close or doubtful or (table["rank"] <= Severity.MEDIUM.rank).any() else "good"
