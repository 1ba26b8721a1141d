"""What a limit is: a named parameter with its unit, default, standing and source; and the ones that several rules share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from audit.policy import GUIDE, HELP_NOT_RECEIVED, HOUSE, SELLER_TERMS, TERMS, WEB_SERVICE, Clause
from schemas.findings import Standing

if TYPE_CHECKING:
    import pandas as pd

BASIS_POINTS = 10_000
"""Parts of one."""

Value = int | float | tuple[str, ...] | dict[str, int]
T = TypeVar("T", bound=Value)


@dataclass(frozen=True)
class Limit(Generic[T]):
    """A parameter of one or more rules.

    ``unit``: "EUR", "h", "days", "items", "share", "words", "" ... ; ``name`` is the key in order-audit.toml, under [limits].
    """

    name: str
    default: T
    unit: str
    source: Clause
    about: str

    @property
    def standing(self) -> Standing:
        """Whose word the default is."""
        return self.source.standing


class Limits:
    """The limits in force: each parameter's default, unless the settings override it."""

    def __init__(self, overrides: Mapping[str, Any] | None = None) -> None:
        self.overrides: Mapping[str, Any] = overrides or {}

    def __getitem__(self, limit: Limit[T]) -> T:
        value: T = self.overrides.get(limit.name, limit.default)
        return value

    def span(self, limit: Limit[Any]) -> timedelta:
        """A limit in hours or days as a span of time."""
        unit = timedelta(days=1) if limit.unit == "days" else timedelta(hours=1)
        return float(self[limit]) * unit

    def part(self, limit: Limit[Any], cents: pd.Series[int]) -> pd.Series[int]:
        """A limit's share of amounts in cents, half a cent up; in whole numbers, so that it is exact."""
        return (cents * round(float(self[limit]) * BASIS_POINTS) + BASIS_POINTS // 2) // BASIS_POINTS

    def cents(self, limit: Limit[Any]) -> int:
        """A limit in euros as whole cents."""
        return round(float(self[limit]) * 100)


def shown(value: Any) -> str:
    """A parameter's value for a person."""
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {entry}" for name, entry in value.items())
    return f"{value:g}" if isinstance(value, float) else str(value)


CLAIM_DAYS = Limit("claim_days", 14, "days", TERMS.clause("article 8.1.3"), "days from delivery in which the buyer may claim")
CLAIM_DAYS_UNDELIVERED = Limit(
    "claim_days_undelivered",
    30,
    "days",
    TERMS.clause("article 8.1.3"),
    "days from confirmation in which the buyer may claim what did not arrive or could not be followed",
)
SIGNED_MODES = Limit(
    "signed_modes",
    ("registered", "chronopost", "mondial_relay"),
    "modes",
    HELP_NOT_RECEIVED.clause("table of shipping modes"),
    "modes that are tracked and signed for on delivery",
)
NUMBERLESS_MODES = Limit(
    "numberless_modes",
    ("normal", "pickup", "download"),
    "modes",
    HELP_NOT_RECEIVED.clause("table of shipping modes"),
    "modes that owe no tracking number",
)
OWN_LABEL_MODES = Limit(
    "own_label_modes",
    ("colissimo", "chronopost", "mondial_relay", "shop2shop"),
    "modes",
    HOUSE.clause("as the platform's own labels are reported"),
    "modes whose label the platform prints: yes in place of a number is fine",
)
EU = "AT BE BG CY CZ DE DK EE ES FI FR FX GF GP GR HR HU IE IT LT LU LV MF MQ MT NL PL PT RE RO SE SI SK YT"

EU_COUNTRIES = Limit(
    "eu_countries",
    tuple(EU.split(" ")),
    "countries",
    GUIDE.clause("registered mail by origin"),
    "countries that count as the EU, the French overseas departments among them",
)
REGISTERED_ABOVE_EU = Limit(
    "registered_above_eu",
    200.0,
    "EUR",
    HELP_NOT_RECEIVED.clause("registered mail above 200 EUR"),
    "unit price above which an item needs a signed mode, from the EU or an unknown origin",
)
REGISTERED_ABOVE_OUTSIDE = Limit(
    "registered_above_outside",
    60.0,
    "EUR",
    GUIDE.clause("registered mail by origin"),
    "unit price above which an item needs a signed mode, from outside the EU",
)
PLACEHOLDERS = Limit(
    "placeholders",
    (
        "oui", "yes", "non", "no", "n/a", "na", "none", "null", "nan", "nil", "no tracking number", "no tracking", "not available",
        "aucun", "aucune", "néant", "pas de suivi", "sans suivi", "non suivi", "pas de numéro", "en attente", "à venir", "pending",
        "tbd", "tba", "unknown", "inconnu", "test", "无", "没有", "暂无", "无单号", "无跟踪", "无追踪", "待上传", "待补", "是", "否",
    ),
    "words",
    HOUSE.clause("as numbers are met in exports"),
    "words that stand where a tracking number should",
)  # fmt: skip
AFFIRMATIVES = ("oui", "yes", "是")
OTHER_CARRIERS = Limit(
    "other_carriers",
    ("autre", "other", "其他", "其它"),
    "words",
    WEB_SERVICE.clause("carrier Autre"),
    "names for a carrier that is not on the platform's list",
)
CONFIRM_WITHIN = Limit(
    "confirm_within", 48, "h", GUIDE.clause("confirm and ship within 48 h"), "hours from the order within which to confirm"
)
CONFIRM_LAPSE = Limit(
    "confirm_lapse", 72, "h", SELLER_TERMS.clause("article 3.2.2"), "hours from the order after which the platform cancels it"
)
DISPATCH_WITHIN = Limit(
    "dispatch_within", 48, "h", SELLER_TERMS.clause("article 3.2.2"), "hours from confirmation within which to dispatch"
)
DUE_FROM = Limit("due_from", 24, "h", HOUSE.clause("early warning"), "hours on the clock from which a coming limit is pointed out")
TRACKED_MODES = Limit(
    "tracked_modes",
    ("tracked", "registered", "express", "colissimo", "chronopost", "mondial_relay", "shop2shop"),
    "modes",
    HELP_NOT_RECEIVED.clause("table of shipping modes"),
    "modes under which a parcel can be followed",
)
AMICABLE_WORKING_DAYS = Limit(
    "amicable_working_days",
    3,
    "working days",
    TERMS.clause("article 8.2"),
    "working days after its opening to settle a claim with the buyer",
)
MOST_ATTACHMENTS = Limit("most_attachments", 10, "files", GUIDE.clause("evidence for customer service"), "files in one sending")
LARGEST_ATTACHMENT = Limit("largest_attachment", 50.0, "MB", GUIDE.clause("evidence for customer service"), "size of one attached file")
STALE_AFTER = Limit("stale_after", 7, "days", HOUSE.clause("a parcel that stands still"), "days without a scan")
WARRANTY_YEARS = Limit("warranty_years", 2, "years", TERMS.clause("article 8.5"), "years from delivery of the legal warranty")
WARRANTY_WORDS: Limit[tuple[str, ...]] = Limit(
    "warranty_words",
    ("application de la garantie", "dans les 2 ans suivant", "dans les deux ans suivant"),
    "words",
    GUIDE.clause("two-year warranty"),
    "words by which the platform invokes the legal warranty in its messages",
)
ALLOWED_HOSTS: Limit[tuple[str, ...]] = Limit(
    "allowed_hosts",
    (
        "rakuten.com", "rakuten.net", "rakuten.fr", "priceminister.com", "laposte.fr", "colissimo.fr", "chronopost.fr", "mondialrelay.fr",
        "mondialrelay.com", "colisprive.com", "colisprive.fr", "relaiscolis.com", "dpd.fr", "dpd.com", "gls-group.eu", "gls-group.com", "ups.com",
        "dhl.com", "dhl.fr", "fedex.com", "tnt.com", "geodis.com", "bpost.be", "postnl.nl", "royalmail.com", "ems.com.cn", "chinapost.com.cn",
        "yunexpress.com", "yuntrack.com", "4px.com", "cainiao.com", "yanwen.com", "sf-express.com", "cne.com", "hongkongpost.hk",
    ),
    "hosts",
    HOUSE.clause("the platform's and the carriers' pages"),
    "web sites whose links may be sent to buyers, beside those of the shipments' own tracking links",
)  # fmt: skip
FIXED_FINE = Limit("fixed_fine", 100.0, "EUR", TERMS.clause("article 5.6"), "fixed part of the counterfeit fine, before VAT, once a shop")
