"""What a run says: the words of its verdicts, the tables that it hands over, and the proof of their shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from schemas.text import Message

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    import pandas as pd


class Severity(StrEnum):
    """How bad it is."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Confidence(StrEnum):
    """How sure we are."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Standing(StrEnum):
    """Whose word it is: the platform's own terms, the sellers' guide, or our advice; the strongest first."""

    OFFICIAL = "official"
    GUIDE = "guide"
    HOUSE = "house"


class Exposure(StrEnum):
    """Kinds of money at stake."""

    SALE = "sale"
    FEE = "fee"
    FINE = "fine"


class Status(StrEnum):
    """What became of a rule tonight."""

    CLEAN = "clean"
    FOUND = "found"
    SKIPPED = "skipped"
    FAILED = "failed"


class Subject(StrEnum):
    """What a finding is about."""

    ITEM = "item"
    SHIPMENT = "shipment"
    CLAIM = "claim"
    REFUND = "refund"
    MESSAGE = "message"
    LISTING = "listing"
    BRAND = "brand"
    SHOP = "shop"


class Family(NamedTuple):
    """A family of rules: its code and its name."""

    code: str
    title: str


FAMILIES = (
    Family("REG", "Registered mail"),
    Family("TRK", "Tracking"),
    Family("CNF", "Confirm, dispatch"),
    Family("BRD", "Counterfeit risk"),
    Family("CAN", "Cancellations"),
    Family("CLM", "Claims"),
    Family("REF", "Refunds"),
    Family("LST", "Listings"),
    Family("MSG", "Messages"),
    Family("SHP", "Shop rates"),
)

FINDINGS: Mapping[str, str] = {
    "finding_id": "str",
    "rule": "str",
    "severity": "str",
    "confidence": "str",
    "standing": "str",
    "subject": "str",  # kind, colon, key: "item:943043563/1510011166"
    "purchase_id": "str",
    "item_id": "str",
    "sku": "str",
    "brand": "str",
    "occurred_at": "datetime64[us, UTC]",
    "deadline_at": "datetime64[us, UTC]",
    "exposure_sale": "Int64",  # cents; blank where the rule has none or it can't be known
    "exposure_fee": "Int64",
    "exposure_fine": "Int64",
    "counted_sale": "Int64",  # cents that enter the totals: each amount once, on its worst finding
    "counted_fee": "Int64",
    "counted_fine": "Int64",
    "evidence": "str",  # a template of schemas.text
    "facts": "str",  # its facts as a JSON object
    "past": "boolean",  # the sale can no longer be lost
    "letter": "str",  # name of the text to paste, of schemas.letters
    "letter_facts": "str",  # its facts as a JSON object
    "source_file": "str",
    "source_row": "Int64",
    "state": "str",  # new, open, back, waived; blank without a history
    "first_seen": "datetime64[us, UTC]",
    "nights_open": "Int64",
}
"""Columns of the findings table with their dtypes; one row a finding, sorted as findings.csv is."""

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
    "habit": "boolean",  # nothing can be done on the item any more: change the habit
    "source": "str",
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
    max_rows: int = 10_000


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
    exposure: Exposures = Exposures()
    refused: tuple[RefusedRows, ...] = field(default=())


def empty(columns: Mapping[str, str]) -> pd.DataFrame:
    """A table of these columns and dtypes with no row: shape (0, len(columns))."""
    import pandas as pd

    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in columns.items()})


def prove(table: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """The table with exactly these columns and dtypes, in this order; raises pandera's SchemaError if it has others."""
    import pandera.pandas as pa

    schema = pa.DataFrameSchema({name: pa.Column(dtype, nullable=True) for name, dtype in columns.items()}, strict=True, coerce=True)
    return schema.validate(table[list(columns)])
