"""A run's tables as files that hold all of its Outcome, and read back from them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from schemas.findings import FINDINGS
from schemas.history import ABSENT, NIGHTS, RECURRING, Lifecycle
from schemas.notes import NOTES
from schemas.outcome import AUTHORISATIONS, BRANDS, INPUTS, ITEMS, PARAMETERS, QUARANTINE, RATES, RULES, Exposures, Outcome, RunFacts
from schemas.shape import prove
from schemas.text import Message

if TYPE_CHECKING:
    from pathlib import Path

TABLES: Mapping[str, Mapping[str, str]] = {
    "findings": FINDINGS, "items": ITEMS, "rules": RULES, "parameters": PARAMETERS, "inputs": INPUTS, "quarantine": QUARANTINE,
    "brands": BRANDS, "authorisations": AUTHORISATIONS, "rates": RATES, "nights": NIGHTS, "absent": ABSENT, "recurring": RECURRING, "notes": NOTES,
}  # fmt: skip
"""The tables of an Outcome, each with its columns."""

FACTS = "run.json"
VERSION = 2
"""Of the saved form; another program version may save another."""


class SavedError(Exception):
    """What is saved is missing, damaged or of another version; ``wrong`` says which."""

    def __init__(self, wrong: Message) -> None:
        self.wrong = wrong
        super().__init__(str(wrong))


def write(outcome: Outcome, folder: Path) -> None:
    """Write the tables as Parquet and the rest as JSON into a new folder."""
    folder.mkdir()
    for name in TABLES:
        getattr(outcome, name).to_parquet(folder / f"{name}.parquet", index=False)
    text = json.dumps(_facts(outcome), ensure_ascii=False, indent=2) + "\n"
    (folder / FACTS).write_text(text, encoding="utf-8")


def read(folder: Path) -> Outcome:
    """The Outcome of a folder, without the refused rows, which the run's quarantine holds. Raises SavedError."""
    import pandas as pd

    for name in (FACTS, *(f"{table}.parquet" for table in TABLES)):
        if not (folder / name).is_file():
            raise SavedError(Message("{name} is missing", {"name": name}))
    try:
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        if facts["version"] != VERSION:
            raise SavedError(
                Message(
                    "saved as version {saved}, and this program reads version {version}", {"saved": facts["version"], "version": VERSION}
                )
            )
        tables = {name: prove(pd.read_parquet(folder / f"{name}.parquet"), columns) for name, columns in TABLES.items()}
        lifecycle = Lifecycle(**facts["lifecycle"]) if facts["lifecycle"] else None
        return Outcome(run=_run(facts["run"]), exposure=Exposures(**facts["exposure"]), lifecycle=lifecycle, **tables)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SavedError(Message("damaged: {error}", {"error": str(error)})) from error


def _facts(outcome: Outcome) -> dict[str, Any]:
    run = outcome.run
    plain = {
        **vars(run),
        "as_of": run.as_of.isoformat(),
        "zone": str(run.zone),
        "seller_zone": str(run.seller_zone) if run.seller_zone else None,
        "period": [moment.isoformat() for moment in run.period] if run.period else None,
        "assumptions": [message._asdict() for message in run.assumptions],
        "warnings": [message._asdict() for message in run.warnings],
        "doubts": [message._asdict() for message in run.doubts],
    }
    del plain["narrowed"]
    lifecycle = outcome.lifecycle._asdict() if outcome.lifecycle else None
    return {"version": VERSION, "run": plain, "exposure": outcome.exposure._asdict(), "lifecycle": lifecycle}


def _run(plain: Mapping[str, Any]) -> RunFacts:
    zone = ZoneInfo(plain["zone"])
    period = plain["period"] and tuple(_instant(moment, zone) for moment in plain["period"])
    return RunFacts(
        **{
            **plain,
            "as_of": _instant(plain["as_of"], zone),
            "zone": zone,
            "seller_zone": ZoneInfo(plain["seller_zone"]) if plain["seller_zone"] else None,
            "period": period,
            "assumptions": tuple(Message(**message) for message in plain["assumptions"]),
            "warnings": tuple(Message(**message) for message in plain["warnings"]),
            "doubts": tuple(Message(**message) for message in plain["doubts"]),
        }
    )


def _instant(text: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(text).astimezone(zone)
