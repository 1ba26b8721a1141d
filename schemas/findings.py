"""What a finding says: the words of its verdict, and the table of findings."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


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
    "opened_at": "datetime64[us, UTC]",  # when its present course began: first seen, or back
    "nights_open": "Int64",
    "tables": "str",  # those that hold rows about its subject, comma-separated; blank without a history
}
"""Columns of the findings table with their dtypes; one row a finding, sorted as findings.csv is."""
