"""Commands about customer service and the set-up: contact, evidence and doctor."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

import click

from audit.cli.options import Moment, lang_option, option
from audit.cli.settings import settings
from audit.cli.speech import as_usage, spoken
from audit.config import FILE_NAME


@click.command()
@click.argument("orders", nargs=-1, metavar="[ORDER]...")
@option("--as-of", type=Moment(), help="Instant to look at, ISO 8601; shop time without a zone.  [default: now]")
@option("--config", "config_file", type=click.Path(path_type=Path), help=f"Settings; else {FILE_NAME} here.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
def contact(orders: tuple[str, ...], as_of: datetime | None, config_file: Path | None, form: str, lang: str | None) -> None:
    """Show customer service's hours, its form, and the number to cite for each ORDER (purchase/item)."""
    from audit import contact as desk

    config = settings(config_file, (), lang=lang)
    moment = as_of or datetime.now(config.zone)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=config.zone)
    with as_usage():
        told = desk.as_data(moment, orders) if form == "json" else desk.as_text(moment, orders, config)
    click.echo(told if isinstance(told, str) else json.dumps(told, ensure_ascii=False, indent=2))


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@option("--config", "config_file", type=click.Path(path_type=Path), help=f"Settings; else {FILE_NAME} here.")
@lang_option
def evidence(folder: Path, config_file: Path | None, lang: str | None) -> None:
    """Check a folder of evidence against customer service's limits; ends in 1 where it must be split or shrunk."""
    from audit import evidence as proofs
    from audit.limits import Limits

    config = settings(config_file, (), lang=lang)
    limits = Limits(config.limits)
    with as_usage():
        found = proofs.look(folder, limits)
    click.echo(proofs.as_text(found, limits, spoken()))
    sys.exit(0 if found.fits else 1)


@click.command()
@click.argument("inputs", nargs=-1, metavar="[INPUT]...", type=click.Path(path_type=Path))
@option("--config", "config_file", type=click.Path(path_type=Path), help=f"Settings; else {FILE_NAME} beside the inputs or here.")
@option("--out", type=click.Path(path_type=Path), help="Folder for the report.")
@option("--history", type=click.Path(path_type=Path), help="File that remembers the nights.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
def doctor(inputs: tuple[Path, ...], config_file: Path | None, out: Path | None, history: Path | None, form: str, lang: str | None) -> None:
    """Look at the set-up of a run, and say what to mend; ends in 1 where anything is."""
    from audit.operating import diagnosis, doctor

    lines = doctor.examine(inputs, lambda: settings(config_file, inputs, lang=lang), out=out, memory=history)
    click.echo(diagnosis.as_json(lines) if form == "json" else diagnosis.as_text(lines, spoken()))
    sys.exit(diagnosis.exit_code(lines))
