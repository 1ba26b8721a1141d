"""What a run hands over: its tables beside the findings, its money, and who was audited as of when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from schemas.history import Lifecycle, State
from schemas.language import Language, language
from schemas.text import Message

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    import pandas as pd

ITEMS: Mapping[str, str] = {
    "purchase_id": "str",
    "item_id": "str",
    "sku": "str",
    "title": "str",
    "brand": "str",
    "ordered_at": "datetime64[us, UTC]",
    "line_total": "Int64",  # cents
}
"""Columns of the table of items that carry a finding; one row an item."""

RULES: Mapping[str, str] = {
    "code": "str",
    "name": "str",
    "title": "str",
    "family": "str",
    "severity": "str",
    "confidence": "str",
    "standing": "str",
    "status": "str",
    "count": "Int64",
    "not_judged": "Int64",
    "reason": "str",  # a template: why it was skipped or failed
    "reason_facts": "str",
    "todo": "str",  # two to five words, imperative
    "advice": "str",
    "advice_added": "str",  # a sentence that the shop's settings add to it; blank where they add none
    "habit": "boolean",  # nothing can be done on the item any more: change the habit
    "source": "str",  # documents, each with the passage: a JSON list of pairs
    "parameters": "str",  # names, comma-separated
}
"""Columns of the table of rules; one row a rule of the catalogue, in its order."""

PARAMETERS: Mapping[str, str] = {
    "name": "str",
    "about": "str",
    "value": "str",
    "default": "str",
    "unit": "str",
    "standing": "str",
    "source": "str",
    "overridden": "boolean",
}
"""Columns of the table of parameters; one row a parameter."""

RATES: Mapping[str, str] = {
    "name": "str",  # a key of reports.words.RATES
    "rule": "str",  # code of the rule that judges it; blank where the platform publishes no limit
    "part": "Int64",  # confirmed sales, cancelled sales, ...
    "base": "Int64",  # of so many
    "left_out": "Int64",  # that can't be counted either way
    "rate": "Float64",  # blank for too small a base
    "limit": "Float64",
    "room": "Int64",  # how many more defects the limit bears; negative once it is crossed
    "state": "str",  # breach, close, fine, few, none (no limit)
}
"""Columns of the table of the shop's rates; one row a rate."""

INPUTS: Mapping[str, str] = {
    "file": "str",
    "sheet": "str",
    "table": "str",  # "orders", or "orders, shipments" where a file feeds both
    "sha256": "str",
    "rows": "Int64",
    "accepted": "Int64",
    "quarantined": "Int64",
    "duplicates": "Int64",
    "blank": "Int64",
}
"""Columns of the ledger; one row a file and sheet; rows = accepted + quarantined + duplicates + blank."""

QUARANTINE: Mapping[str, str] = {
    "file": "str",
    "sheet": "str",
    "table": "str",
    "row": "Int64",  # as the spreadsheet shows it: the header is row 1
    "column": "str",  # header as received; blank where the whole line is at fault
    "value": "str",  # as received
    "reason": "str",  # a code of schemas.reasons
    "facts": "str",  # facts of the reason as a JSON object
    "repair_file": "str",  # quarantine file that holds the row
}
"""Columns of the quarantine table; one row a reason."""

BRANDS: Mapping[str, str] = {
    "brand": "str",
    "orders": "Int64",
    "listings": "Int64",
    "rules": "str",  # codes, comma-separated
    "authorised": "str",  # valid, ending, ended, none
    "valid_to": "datetime64[us, UTC]",
    "sales": "Int64",  # cents: line totals of the items found
    "stock": "Int64",  # cents: price x stock of the listings found
    "fine": "Int64",  # cents: the variable part
}
"""Columns of the table of watchlist brands met; one row a brand."""

AUTHORISATIONS: Mapping[str, str] = {
    "brand": "str",
    "document": "str",
    "valid_from": "datetime64[us, UTC]",
    "valid_to": "datetime64[us, UTC]",
    "state": "str",  # valid, ending, ended, future
}
"""Columns of the table of authorisations on file; one row a document."""


class Exposures(NamedTuple):
    """Money at stake over the whole run, in cents, each amount once.

    ``possible``: what findings of confidence *possible* would add; it is left out of the rest.
    ``blanks``: how many amounts can't be known and are left out.
    """

    sale: int = 0
    fee: int = 0
    fine: int = 0
    fine_fixed: int = 0
    blanks: int = 0
    possible: int = 0

    @property
    def total(self) -> int:
        """All that is counted."""
        return self.sale + self.fee + self.fine + self.fine_fixed


class RefusedRows(NamedTuple):
    """The refused rows of one file and sheet, columns as received.

    ``rows``: ``_source_row``, ``_reasons``, ``_row``, then the columns as received; ``_line`` last where a line couldn't be split.
    """

    file: str
    sheet: str
    repair_file: str
    rows: pd.DataFrame


@dataclass(frozen=True, kw_only=True)
class RunFacts:
    """Who was audited, as of when, by what."""

    run_id: str
    as_of: datetime  # aware, in the shop's zone
    as_of_source: str  # "option", "config", "clock"
    zone: ZoneInfo
    version: str
    shop: str = ""
    lang: str = "en"
    grade: str = ""
    seller_zone: ZoneInfo | None = None
    period: tuple[datetime, datetime] | None = None  # first and last order
    items: int = 0
    parcels: int = 0
    config_file: str = ""
    fail_on: str = "high"
    exit_code: int = 0
    assumptions: tuple[Message, ...] = ()
    warnings: tuple[Message, ...] = ()
    doubts: tuple[Message, ...] = ()  # those of the warnings that make the inputs doubtful: old, repeated, cut short, missing
    max_rows: int = 10_000
    narrowed: Message | None = None  # what a report on a part of the findings shows; None where it shows all


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """All that a run says, as tables; the columns of each are declared beside this class."""

    run: RunFacts
    findings: pd.DataFrame
    items: pd.DataFrame
    rules: pd.DataFrame
    parameters: pd.DataFrame
    inputs: pd.DataFrame
    quarantine: pd.DataFrame
    brands: pd.DataFrame
    authorisations: pd.DataFrame
    rates: pd.DataFrame
    nights: pd.DataFrame  # schemas.history.NIGHTS: the nights before
    absent: pd.DataFrame  # schemas.history.ABSENT
    recurring: pd.DataFrame  # schemas.history.RECURRING
    notes: pd.DataFrame  # schemas.notes.NOTES
    lifecycle: Lifecycle | None = None  # None without a history
    exposure: Exposures = Exposures()
    refused: tuple[RefusedRows, ...] = field(default=())

    @property
    def language(self) -> Language:
        """The language that the report speaks."""
        return language(self.run.lang)

    @property
    def standing(self) -> pd.DataFrame:
        """The findings that nobody has waived."""
        return self.findings[self.findings["state"] != State.WAIVED]
