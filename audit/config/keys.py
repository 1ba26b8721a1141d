"""The keys of order-audit.toml: what each sets, how it is read, and what it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from audit.config.settings import GRADES, NEVER, POSTAGE
from audit.config.values import count, flag, formats, hours, moment, one_of, origin, path, share, text, texts, zone
from audit.engines.size import parse
from schemas.findings import Severity
from schemas.language import CODES


@dataclass(frozen=True)
class Setting:
    """One key of the file: the field of Config that it sets, how it is read, and what it is about."""

    name: str
    read: Callable[[Any], Any]
    about: str


SETTINGS: Mapping[str, tuple[Setting, ...]] = {
    "shop": (
        Setting("shop", text, "name of the shop, shown on the report"),
        Setting("grade", one_of(*GRADES), "the shop's Merchant Quality Score: A, B, C or D"),
        Setting("commission_rate", share, "commission as a share of the price, for rows that do not tell their own"),
        Setting("default_origin", origin, "country that parcels leave from where no file says so"),
        Setting("zone", zone, "time zone of times without one"),
        Setting("seller_zone", zone, "the seller's own time zone, shown beside the shop's"),
        Setting("return_postage", one_of(*POSTAGE), "who pays for returns, as the shop chose when it joined; quoted in texts to buyers"),
    ),
    "run": (
        Setting("as_of", moment, "instant that the audit judges from; leave it out for now"),
        Setting("lang", one_of(*CODES), "language of the report"),
        Setting("fail_on", one_of(*(severity.value for severity in Severity), NEVER), "severity from which the run ends in 10"),
        Setting("fail_on_new", flag, "whether only findings that are new or back end the run in 10; needs a history"),
        Setting("max_quarantine", share, "share of refused rows above which the run ends in 11"),
        Setting("select", texts, "codes or prefixes of the rules to report; empty for all"),
        Setting("ignore", texts, "codes or prefixes of the rules not to report"),
        Setting("rules", texts, "files of your own rules, in Python; only in settings that --config names"),
        Setting("formats", formats, "outputs beside findings.csv and summary.json"),
        Setting("memory", lambda value: parse(text(value)), "memory that a run may take; larger inputs are audited in buckets on disk"),
    ),
    "inputs": (
        Setting("files", texts, "exports to read where none is named: of each pattern the newest file, by the date in its name"),
        Setting(
            "mapping",
            lambda value: texts([value] if isinstance(value, str) else value),
            "files that say what headers mean, as map writes them",
        ),
    ),
    "nights": (
        Setting("history", path, "file that remembers the nights"),
        Setting("waivers", path, "file of findings to live with, CSV or XLSX"),
        Setting("stale_after", hours, "hours that the newest order may be old before the report says so"),
    ),
    "report": (Setting("max_rows", count, "most rows shown on a sheet"),),
    "alerts": (
        Setting("health_url", text, "address to call at the start, on success, and with /fail on failure"),
        Setting("notify", texts, "where to send what is new, as apprise writes addresses; needs a history"),
    ),
    "brands": (
        Setting("brands_added", texts, "names added to the watchlist"),
        Setting("brands_removed", texts, "names taken off the watchlist"),
    ),
}
"""The keys of each table of the file; [limits] and [severity] follow from the catalogue."""

PATHS = ("history", "waivers")
"""Settings that name a file; a relative one stands beside the settings."""

FILES = ("files", "mapping", "rules")
"""Settings that name several files."""

TRUSTED = ("rules", "health_url", "notify")
"""Settings that only a file may hold whose place the operator chose, for one beside the inputs may be anybody's."""

CODE = ("rules",)
"""Those of them that settings merely found in the working folder may not hold either: a command run among exports must run nobody's code."""

SECRET = ("alerts",)
"""Tables whose values are never shown: addresses are keys to something."""

KEYS = {"shop": "name", "brands_added": "add", "brands_removed": "remove", "zone": "time_zone"}
"""Settings whose key in the file differs from the name of their field."""
