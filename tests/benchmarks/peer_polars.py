"""The five rules by hand in polars: ``python peer_polars.py EXPORTS FINDINGS.csv``."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import peers
import polars as pl

TWO, THREE = (datetime.fromisoformat(peers.CHANGE.format(hour=hour)) for hour in (2, 3))
IDS = ["purchase_id", "item_id"]
TIMES = ("ordered_at", "confirmed_at", "cancelled_at", "shipped_at", "last_scan_at", "delivered_at")
FORMAT = "%Y-%m-%d %H:%M:%S"


def read(path: Path) -> pl.LazyFrame:
    """A file as text, blank cells missing."""
    return pl.scan_csv(path, infer_schema=False)


def within(column: str, words: tuple[str, ...]) -> pl.Expr:
    """Cells that are blank or one of some words."""
    return pl.col(column).is_null() | pl.col(column).is_in(words)


def right_id(column: str) -> pl.Expr:
    """Identifiers that no spreadsheet has turned into numbers."""
    return ~pl.col(column).str.to_lowercase().str.contains(peers.DAMAGED)


def converted(table: pl.LazyFrame, times: tuple[str, ...], money: tuple[str, ...] = ()) -> pl.LazyFrame:
    """Times and cents read, missing where they can't be; ``told``: how many of those cells were filled."""
    told = pl.sum_horizontal(pl.col(name).is_not_null() for name in (*times, *money))
    return table.with_columns(
        told.alias("told"),
        *(pl.col(name).str.to_datetime(FORMAT, strict=False) for name in times),
        *((pl.col(name).cast(pl.Float64, strict=False) * 100).round().cast(pl.Int64) for name in money),
    ).with_columns(told.alias("read"))


def orders(path: Path) -> pl.DataFrame:
    """The orders; ``good``: those that can be read."""
    money = ("unit_price", "shipping_fee", "commission")
    table = converted(read(path), ("ordered_at", "confirmed_at", "cancelled_at"), money)
    good = (
        (pl.col("told") == pl.col("read"))
        & right_id("purchase_id").fill_null(value=False)
        & right_id("item_id").fill_null(value=False)
        & pl.col("ordered_at").is_not_null()
        & (pl.col("unit_price") >= 0)
        & (pl.col("shipping_fee").fill_null(0) >= 0)
        & (pl.col("commission").fill_null(0) >= 0)
        & (pl.col("quantity").fill_null("1").cast(pl.Int64, strict=False).fill_null(0) >= 1)
        & within("status", peers.STATUSES)
        & within("shipping_mode", peers.MODES)
        & within("cancelled_by", peers.PARTIES)
        & (pl.col("ship_from").is_null() | pl.col("ship_from").str.contains("^[A-Z]{2}$"))
    )
    return table.with_columns(good.fill_null(value=False).alias("good")).collect()


def shipments(path: Path) -> pl.DataFrame:
    """The shipments; ``good``: those that can be read."""
    table = converted(read(path), ("shipped_at", "last_scan_at", "delivered_at"))
    good = (
        (pl.col("told") == pl.col("read"))
        & right_id("purchase_id").fill_null(value=False)
        & right_id("item_id").fill_null(value=True)
        & within("shipping_mode", peers.MODES)
        & pl.col("tracking_number").str.contains(peers.NUMBER).fill_null(value=True)
    )
    return table.with_columns(good.fill_null(value=False).alias("good")).collect()


def joined(items: pl.DataFrame, parcels: pl.DataFrame) -> pl.DataFrame:
    """Live items that have left, with their parcel."""
    named = parcels.select(*IDS, "shipping_mode", "tracking_number", *TIMES[3:], has_row=pl.lit(value=True))
    left = pl.any_horizontal(pl.col(*TIMES[3:]).is_not_null()) | pl.col("status").is_in(peers.SENT_STATUSES)
    return (
        items.filter("live")
        .join(named, on=IDS, how="left", suffix="_sent")
        .filter(left)
        .with_columns(mode=pl.coalesce("shipping_mode_sent", "shipping_mode"))
    )


def registered(sent: pl.DataFrame) -> pl.DataFrame:
    """REG001."""
    inside = pl.col("ship_from").is_null() | pl.col("ship_from").is_in(peers.EU)
    limit = pl.when(inside).then(peers.DEAR_EU * 100).otherwise(peers.DEAR_OUTSIDE * 100)
    rows = sent.filter(~pl.col("mode").is_in((*peers.SIGNED, *peers.UNPOSTED)) & (pl.col("unit_price") > limit))
    return found(rows, "REG001", pl.format("{} c, {}", "unit_price", "mode"))


def numberless(sent: pl.DataFrame, parcels: pl.DataFrame) -> pl.DataFrame:
    """TRK001."""
    number, small = pl.col("tracking_number"), pl.col("tracking_number").str.strip_chars().str.to_lowercase()
    hollow = small.is_in(peers.PLACEHOLDERS) | small.str.replace_all(" ", "").str.contains(peers.FILLER)
    without = number.is_null() | hollow | (number == pl.col("purchase_id")) | (number == pl.col("item_id"))
    own = pl.col("mode").is_in(peers.OWN_LABELS) & small.is_in(peers.AFFIRMATIVES).fill_null(value=False)
    good, refused = parcels.filter("good"), parcels.filter(~pl.col("good")).select(*IDS)
    last = max(good[name].max() for name in TIMES[3:])
    seen = pl.col("has_row") | pl.coalesce("confirmed_at", "ordered_at").is_between(good["shipped_at"].min(), last)
    rows = sent.filter(~pl.col("mode").is_in(peers.NUMBERLESS) & without & ~own & seen).join(refused, on=IDS, how="anti")
    rows = rows.join(refused.filter(pl.col("item_id").is_null()), on="purchase_id", how="anti")
    return found(rows, "TRK001", pl.format("{}, {}", "mode", pl.col("tracking_number").fill_null("-")))


def confirmed_late(items: pl.DataFrame) -> pl.DataFrame:
    """CNF001; of the two readings of an hour that exists twice, the later of the end and the earlier of the start."""
    start = pl.col("ordered_at") - pl.when(pl.col("ordered_at") < THREE).then(pl.duration(hours=2)).otherwise(pl.duration(hours=1))
    end = pl.col("confirmed_at") - pl.when(pl.col("confirmed_at") < TWO).then(pl.duration(hours=2)).otherwise(pl.duration(hours=1))
    late = (end - start > pl.duration(hours=peers.CONFIRM_WITHIN)) & pl.col("status").ne_missing("preorder")
    return found(items.filter(late), "CNF001", pl.format("{} to {}", "ordered_at", "confirmed_at"))


def annulled(items: pl.DataFrame) -> pl.DataFrame:
    """CAN001."""
    rows = items.filter(pl.col("cancelled") & (pl.col("cancelled_by") == "seller"))
    reason = folded(pl.col("cancel_reason").fill_null("-"))
    return found(rows.filter(~reason.str.contains("|".join(map(peers.fold, peers.WISHES)))), "CAN001", reason)


def folded(text: pl.Expr) -> pl.Expr:
    """Without case and accents."""
    return text.str.to_lowercase().str.normalize("NFD").str.replace_all(r"\p{M}", "")


def branded(items: pl.DataFrame, authorisations: pl.DataFrame) -> pl.DataFrame:
    """BRD001, and BRD003 where only the title names the brand."""
    watched = pl.DataFrame({"spelling": list(peers.brands()), "watched": list(peers.brands().values())})
    papers = with_key(authorisations, "brand").join(watched, on="spelling").select("watched", "valid_from", "valid_to")
    live = items.filter("live").select(*IDS, "ordered_at", "title", "brand", "category")
    fields = with_key(live.select("brand").unique().drop_nulls(), "brand").join(watched, on="spelling").select("brand", "watched")
    titles = named(live.select("title").unique().drop_nulls(), watched)
    goods = folded(pl.col("category").fill_null("")).str.contains(rf"\b(?:{'|'.join(peers.ACCESSORIES)})(?:s|x|es)?\b")
    by_field = live.join(fields, on="brand").join(titles, on=["title", "watched"], how="left")
    by_field = by_field.with_columns(by_title=pl.lit(value=False), accessory=goods | pl.col("compatible").fill_null(value=False))
    by_title = live.join(titles.filter(~pl.col("compatible")), on="title").join(fields, on="brand", how="left", suffix="_own")
    by_title = by_title.filter(pl.col("watched").ne_missing(pl.col("watched_own"))).drop("watched_own")
    met = pl.concat([by_field, by_title.with_columns(by_title=pl.lit(value=True), accessory=pl.lit(value=False))], how="diagonal")
    return unauthorised(met, papers)


def with_key(table: pl.DataFrame, column: str) -> pl.DataFrame:
    """The table with ``spelling``, the key of a column of brands."""
    return table.with_columns(spelling=folded(pl.col(column)).str.replace_all(r"[\W_]+", ""))


def named(titles: pl.DataFrame, watched: pl.DataFrame) -> pl.DataFrame:
    """The brand that each title names, and whether as what the article goes with."""
    names, text = peers.named_in_titles(), folded(pl.col("title"))
    place = titles.with_columns(place=text.str.extract(rf"(?:^|[^a-z0-9])({names})(?:$|[^a-z0-9])", 1)).drop_nulls("place")
    wording = rf"\b{peers.COMPATIBLE}\b{peers.BETWEEN}{names}(?:$|[^a-z0-9])"
    told = place.with_columns(compatible=text.str.contains(wording))
    return with_key(told, "place").join(watched, on="spelling").select("title", "watched", "compatible")


def unauthorised(met: pl.DataFrame, papers: pl.DataFrame) -> pl.DataFrame:
    """The first brand of each item that no paper covered; accessories and brands with papers of another time are other rules'."""
    both = met.select(*IDS, "watched", "ordered_at").join(papers, on="watched")
    day = pl.col("ordered_at")
    begun = day >= pl.col("valid_from").fill_null("1900-01-01").str.to_datetime("%Y-%m-%d")
    over = day >= pl.col("valid_to").fill_null("2900-01-01").str.to_datetime("%Y-%m-%d").dt.offset_by("1d")
    uncovered = met.join(both.filter(begun & ~over), on=[*IDS, "watched"], how="anti")
    first = uncovered.sort("by_title").unique(IDS, keep="first").filter(~pl.col("accessory")).join(papers, on="watched", how="anti")
    rule = pl.when("by_title").then(pl.lit("BRD003")).otherwise(pl.lit("BRD001"))
    return found(first, rule, pl.format("{}, {}", "watched", pl.col("brand").fill_null("-")))


def found(rows: pl.DataFrame, rule: str | pl.Expr, evidence: pl.Expr) -> pl.DataFrame:
    """Findings of one rule."""
    return rows.select(pl.lit(rule).alias("rule") if isinstance(rule, str) else rule.alias("rule"), *IDS, evidence.alias("evidence"))


def main(folder: Path, findings: Path) -> None:
    """Judge the exports of a folder."""
    read_orders, parcels = orders(folder / "orders.csv"), shipments(folder / "shipments.csv")
    refused = [table.filter(~pl.col("good")).select(*IDS) for table in (read_orders, parcels)]
    pl.concat(refused).write_csv(f"{findings}.refused")
    ended = (pl.col("status") == "cancelled").fill_null(value=False) | pl.col("cancelled_at").is_not_null()
    items = read_orders.filter("good").filter(~pl.struct(IDS).is_duplicated())
    items = items.with_columns(cancelled=ended, live=~ended & pl.col("status").ne_missing("refused"))
    sent = joined(items, parcels.filter("good"))
    rules = [
        registered(sent),
        numberless(sent, parcels),
        confirmed_late(items),
        annulled(items),
        branded(items, read(folder / "authorisations.csv").collect()),
    ]
    pl.concat(rules).sort("rule", *IDS).write_csv(findings)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
