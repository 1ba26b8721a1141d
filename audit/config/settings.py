"""What a shop sets, with its defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from audit.engines.choice import AUTO
from schemas.findings import Severity

if TYPE_CHECKING:
    from audit.catalogue import Catalogue


FILE_NAME = "order-audit.toml"
GRADES = ("A", "B", "C", "D")
NEVER = "never"
FORMATS = ("xlsx", "csv", "json", "parquet")
POSTAGE = ("buyer", "seller", "unknown")


def _ours() -> Catalogue:
    """Our own rules, read only once a configuration is wanted: --help starts without them."""
    from audit.catalogue import OURS

    return OURS


@dataclass(frozen=True, kw_only=True)
class Config:
    """Everything that a shop can set; the defaults are what an empty file means.

    ``commission_rate`` and ``max_quarantine`` are shares of one; ``limits`` holds overridden parameters by name.
    ``memory``: bytes that a run may take, a share of the machine's unless set. ``engine``: how a run is carried out, one of ENGINES;
    ``master``: where Spark runs. ``rules``: files of a user's own rules; ``catalogue``: ours and those, once audit.plugins has taken them in.
    """

    shop: str = ""
    grade: str | None = None
    commission_rate: float | None = None
    default_origin: str | None = None
    zone: ZoneInfo = ZoneInfo("Europe/Paris")
    seller_zone: ZoneInfo | None = None
    return_postage: str = "unknown"
    as_of: str | None = None
    lang: str = "en"
    fail_on: str = Severity.HIGH.value
    fail_on_new: bool = False
    history: Path | None = None
    waivers: Path | None = None
    files: tuple[str, ...] = ()
    mapping: tuple[str, ...] = ()
    stale_after: float = 168.0
    max_quarantine: float = 0.05
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("xlsx",)
    memory: int | None = field(default=None, repr=False)
    engine: str = field(default=AUTO, repr=False)
    master: str = field(default="local[*]", repr=False)
    max_rows: int = 10_000
    brands_added: tuple[str, ...] = ()
    brands_removed: tuple[str, ...] = ()
    rules: tuple[str, ...] = field(default=(), repr=False)
    limits: Mapping[str, Any] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    health_url: str | None = None
    notify: tuple[str, ...] = ()
    file: str = ""
    catalogue: Catalogue = field(default_factory=_ours, repr=False, compare=False)

    def override(self, **settings: Any) -> Config:
        """The same with those settings that are not None."""
        return replace(self, **{name: value for name, value in settings.items() if value is not None})
