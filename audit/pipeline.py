"""The main path: tables in, Outcome out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from audit import __version__, exposure, overview
from audit.books import rates
from audit.books.books import Books
from audit.books.columns import among
from audit.brands.tables import brand_tables
from audit.config import NEVER, Config
from audit.errors import ConfigFault
from audit.findings import Judged, Verdict, judge
from audit.ledger.repair import in_words
from audit.nights import recurrence, waivers
from audit.nights.lifecycle import Course, Memory, follow
from audit.nights.waivers import Waived
from audit.plugins import equipped
from schemas.findings import Severity, Status
from schemas.history import State
from schemas.language import language
from schemas.notes import NOTES
from schemas.outcome import ITEMS, Outcome, RunFacts
from schemas.shape import empty, prove
from schemas.text import Message

if TYPE_CHECKING:
    from audit.tables import Ingested

NOT_SELECTED = Message("not selected")
FRESH = (State.NEW, State.BACK)
"""States of findings that last night's report did not hold."""


def audit(*paths: str | Path, config: Config | None = None, as_of: datetime | None = None, **tables: pd.DataFrame | str | Path) -> Outcome:
    """Audit files, folders, or DataFrames named by table.

    ``paths``: files and folders whose tables are recognised. ``tables``: ``orders=...``, ``shipments=...`` and so on, each a
    DataFrame or a file. ``as_of``: the instant to judge from, else the config's, else now; without a zone it is shop time.
    Raises audit.errors.AuditError where an input can't be used.
    """
    from audit import ingest

    config = equipped(config or Config())
    config.catalogue.selected(config.select, config.ignore)
    moment, source = instant(as_of, config)
    frames = {name: table for name, table in tables.items() if isinstance(table, pd.DataFrame)}
    if frames and (paths or len(frames) < len(tables)):
        raise ConfigFault("audit() was given files and DataFrames.", "Give either files or DataFrames.")
    if frames:
        ingested = ingest.from_frames(frames, zone=config.zone, as_of=moment, mapping=config.mapping)
    else:
        named = {name: [Path(str(file))] for name, file in tables.items()}
        ingested = ingest.read([Path(path) for path in paths], named=named, zone=config.zone, as_of=moment, mapping=config.mapping)
    return examine(ingested, config, moment, source)


def instant(as_of: datetime | None, config: Config) -> tuple[datetime, str]:
    """The instant to judge from, in shop time, and where it comes from: option, config or clock."""
    if as_of is not None:
        return _in_zone(as_of, config), "option"
    if config.as_of:
        return _in_zone(datetime.fromisoformat(config.as_of), config), "config"
    return datetime.now(config.zone).replace(microsecond=0), "clock"


def _in_zone(moment: datetime, config: Config) -> datetime:
    return moment.astimezone(config.zone) if moment.tzinfo else moment.replace(tzinfo=config.zone)


class Past(NamedTuple):
    """What was decided and seen before tonight: the rows of a waivers file, and the memory of a history; None without either.

    ``notes``: what people wrote beside the actions. ``warnings``: what a person should know of all that. ``doubts``: what makes
    tonight's inputs doubtful.
    """

    waivers: pd.DataFrame | None = None
    memory: Memory | None = None
    notes: pd.DataFrame | None = None
    warnings: tuple[Message, ...] = ()
    doubts: tuple[Message, ...] = ()


NOTHING_BEFORE = Past()


def examine(ingested: Ingested, config: Config, as_of: datetime, as_of_source: str = "option", past: Past = NOTHING_BEFORE) -> Outcome:
    """Judge what was read: books, findings, exposure, and the tables that the report shows."""
    books = Books(tables=ingested.tables, config=config, as_of=instant_of(as_of))
    books.watchlist  # noqa: B018 - a wrong name among the shop's additions stops the run here, not within a rule
    return conclude(judge(config.catalogue.rules, books), ingested, books, (as_of, as_of_source), past)


def instant_of(as_of: datetime) -> pd.Timestamp:
    """An instant as the tables hold it."""
    return pd.Timestamp(as_of).tz_convert("UTC").as_unit("us")


def conclude(everything: Judged, ingested: Ingested, books: Books, as_of: tuple[datetime, str], past: Past = NOTHING_BEFORE) -> Outcome:
    """What all rules found, with what the nights before say of it, and the tables that the report shows.

    ``books``: those that were judged; or, where the shop was judged in parts, of each table the rows about what was found, with the whole's facts.
    """
    config, rules = books.config, books.config.catalogue.rules
    judged = only(everything, config.catalogue.selected(config.select, config.ignore))
    waived = waive(judged.findings, past.waivers, books)
    memory = past.memory or Memory.blank()
    course = follow(waived.findings, memory, judged.verdicts, rules, books) if past.memory else Course(waived.findings, memory.known, None)
    findings = course.findings
    brands, authorisations = brand_tables(books, findings)
    return Outcome(
        run=run_facts(ingested, books, as_of, exit_code(findings, judged.verdicts, ingested, config), past, waived.notes),
        findings=findings,
        items=items_found(books, findings),
        rules=overview.rules_table(judged.verdicts, config),
        parameters=overview.parameters_table(books),
        inputs=ingested.inputs,
        quarantine=ingested.quarantine,
        brands=brands,
        authorisations=authorisations,
        rates=rates.table(books),
        nights=memory.nights,
        absent=course.absent,
        recurring=recurrence.table(findings, memory, [rule.code for rule in rules], books.as_of),
        notes=empty(NOTES) if past.notes is None else past.notes,
        lifecycle=course.counts,
        exposure=exposure.total(findings, rules, books.limits),
        refused=in_words(ingested.refused, language(config.lang)),
    )


def only(judged: Judged, codes: frozenset[str]) -> Judged:
    """What the selected rules say; all have run, so that selecting one never changes another's verdict."""
    findings = judged.findings[judged.findings["rule"].isin(codes)].reset_index(drop=True)
    verdicts = {
        code: verdict if code in codes else Verdict(Status.SKIPPED, reason=NOT_SELECTED) for code, verdict in judged.verdicts.items()
    }
    return Judged(findings, verdicts)


def waive(findings: pd.DataFrame, rows: pd.DataFrame | None, books: Books) -> Waived:
    """The findings with those marked that somebody has decided to live with, and each amount counted once over the others."""
    waived = waivers.apply(findings, rows, books.as_of, books.config) if rows is not None else Waived(findings, ())
    return waived._replace(findings=exposure.count_once(waived.findings, books.config.catalogue.rules))


def run_facts(
    ingested: Ingested, books: Books, as_of: tuple[datetime, str], code: int, past: Past = NOTHING_BEFORE, notes: tuple[Message, ...] = ()
) -> RunFacts:
    """Who was audited, as of when and by what, how it ended, and what a person should know of it."""
    config, (moment, source) = books.config, as_of
    return RunFacts(
        run_id=run_id(ingested, config, moment),
        as_of=moment,
        as_of_source=source,
        zone=config.zone,
        version=__version__,
        shop=config.shop,
        lang=config.lang,
        grade=config.grade or "",
        seller_zone=config.seller_zone,
        period=overview.period(books),
        items=books.size.items,
        parcels=books.size.parcels,
        config_file=config.file,
        fail_on=config.fail_on,
        exit_code=code,
        assumptions=overview.assumptions(books),
        warnings=(*overview.warnings(ingested, source, moment), *past.doubts, *past.warnings, *notes),
        doubts=past.doubts,
        max_rows=config.max_rows,
    )


def items_found(books: Books, findings: pd.DataFrame) -> pd.DataFrame:
    """The items that carry a finding, as schemas.outcome.ITEMS declares them."""
    keys = findings.loc[findings["item_id"].notna(), ["purchase_id", "item_id"]].drop_duplicates()
    items = books.items.loc[among(books.items["item_id"], keys["item_id"]), list(ITEMS)]
    return prove(keys.merge(items, on=["purchase_id", "item_id"]), ITEMS)


def run_id(ingested: Ingested, config: Config, as_of: datetime) -> str:
    """A name for the run that depends on its inputs, settings and as-of alone."""
    settings = repr(replace(config, file="", history=None, waivers=None, health_url=None, notify=()))
    content = "|".join([*sorted(ingested.inputs["sha256"].fillna("")), settings, as_of.isoformat(), *config.catalogue.added])
    return f"{as_of:%Y%m%dT%H%M}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"


def exit_code(findings: pd.DataFrame, verdicts: Mapping[str, Verdict], ingested: Ingested, config: Config) -> int:
    """What the process ends in, as the contract's table says."""
    if config.catalogue.failures or any(verdict.status is Status.FAILED for verdict in verdicts.values()):
        return 12
    counts = ingested.inputs[["rows", "quarantined"]].sum()
    if not _order_rows(ingested.inputs):
        return 3
    if counts["quarantined"] > config.max_quarantine * counts["rows"]:
        return 11
    return 10 if fails(findings, config) else 0


def fails(findings: pd.DataFrame, config: Config) -> bool:
    """Whether a finding is at or above the severity that ends a run in 10; waived ones do not count, nor on request old ones."""
    if config.fail_on == NEVER:
        return False
    counting = findings["state"].isin(FRESH) if config.fail_on_new else findings["state"] != State.WAIVED
    grave = [severity.value for severity in Severity if severity.rank <= Severity(config.fail_on).rank]
    return bool(findings.loc[counting, "severity"].isin(grave).any())


def _order_rows(inputs: pd.DataFrame) -> int:
    of_orders = inputs["table"].str.split(", ").map(lambda names: "orders" in names)
    return int(inputs.loc[of_orders.astype(bool), "rows"].sum()) if len(inputs) else 0
