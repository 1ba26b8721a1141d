"""Commands that audit: run, check and report."""

from __future__ import annotations

import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audit import progress
from audit.cli import many
from audit.cli.options import TABLES, Codes, Formats, Memory, Severities, lang_option, option, reading_options
from audit.cli.settings import require_history, required_inputs, settings
from audit.cli.speech import as_usage, speak, spoken
from audit.cli.speech import tell as tell_person
from audit.config import NEVER
from audit.engines.choice import ENGINES
from audit.operating import logs
from schemas.findings import Severity
from schemas.language import CODES
from schemas.text import Message

if TYPE_CHECKING:
    from schemas.outcome import Outcome

REPORT = Message("report: {path}")
LOGGER = logging.getLogger(__name__)


@click.command()
@reading_options
@option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the report.")
@option("--select", type=Codes(), help="Report only these codes or prefixes, such as REG,TRK001.")
@option("--ignore", type=Codes(), help="Leave out these codes or prefixes.")
@option(
    "--fail-on",
    type=click.Choice([*(severity.value for severity in Severity), NEVER]),
    help="Severity from which to end in 10.  [default: high]",
)
@option("--fail-on-new", is_flag=True, default=None, help="End in 10 only for findings that are new or back; needs a history.")
@option("--history", type=click.Path(path_type=Path), help="File that remembers the nights; made where there is none.")
@option("--waivers", type=click.Path(path_type=Path), help="File of findings to live with, CSV or XLSX.")
@lang_option
@option("--formats", type=Formats(), help="Outputs beside findings.csv and summary.json.  [default: xlsx]")
@option("--memory", type=Memory(), help="Memory to take, such as 2GiB; larger inputs go in buckets on disk.  [default: half the machine's]")
@option("--engine", type=click.Choice(ENGINES), help="How to carry out the run; the findings are the same.  [default: auto]")
@option("--master", metavar="URL", help="Where Spark runs, with --engine spark.  [default: local[*]]")
@option("--health-url", metavar="URL", help="Address to call at the start, on success, and with /fail on failure.")
@option("--notify", multiple=True, metavar="URL", help="Where to send what is new, as apprise writes addresses; needs a history.")
@option(logs.OPTION, type=click.Choice(logs.FORMS), default=logs.TEXT, show_default=True, help="Form of what standard error says.")
@option(
    "--shops",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Audit many shops: each folder in DIR, into a folder of its own in --out.",
)
@option("--quiet", is_flag=True, help="Print nothing on success.")
@option("--verbose", is_flag=True, help="Say more while working.")
@click.pass_context
def run(
    context: click.Context,
    /,
    inputs: tuple[Path, ...],
    config_file: Path | None,
    out: Path,
    as_of: datetime | None,
    log_format: str,
    shops: Path | None,
    quiet: bool,
    verbose: bool,
    **given: Any,
) -> None:
    """Audit INPUT files and folders and write the report to --out."""
    logs.configure(log_format, verbose=verbose)
    if shops is not None:
        many.run(context, shops, out, quiet=quiet)
    from audit.operating import health
    from audit.plugins import equipped
    from audit.run import main_output
    from audit.run import run as run_audit
    from reports import terminal

    named = {table: given.pop(table) for table in TABLES}
    given |= {name: given[name] or None for name in ("mapping", "notify")}
    with health.told(given["health_url"], quiet=quiet) as pulse:
        config = equipped(settings(config_file, inputs, given.pop("rules"), lang=given.pop("lang")).override(**given))
        inputs = required_inputs(inputs, named, config)
        with as_usage():
            config.catalogue.selected(config.select, config.ignore)
        require_history(config)
        pulse.begin(config.health_url)
        with progress.shown(spoken(), quiet=quiet or log_format != logs.TEXT):
            outcome = run_audit(list(inputs), out, config, as_of=as_of, named=named)
        tell(outcome, out, terminal.short_result(outcome, main_output(out, config.formats)), quiet=quiet)
        sys.exit(outcome.run.exit_code)


@click.command()
@reading_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
def check(inputs: tuple[Path, ...], config_file: Path | None, as_of: datetime | None, form: str, lang: str | None, **given: Any) -> None:
    """Read and validate INPUT only: what would be refused, and which rules could run."""
    from audit import checking

    named = {table: given.pop(table) for table in TABLES}
    given["mapping"] = given["mapping"] or None
    config = settings(config_file, inputs, given.pop("rules"), lang=lang).override(**given)
    inputs = required_inputs(inputs, named, config)
    checked = checking.check(list(inputs), config, as_of=as_of, named=named)
    click.echo(checking.as_json(checked) if form == "json" else checking.as_text(checked, spoken()))
    sys.exit(checked.exit_code)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@option("--out", type=click.Path(path_type=Path), help="Folder for the workbook.  [default: DIR]")
@option("--severity", "severities", type=Severities(), default="", help="Show only these severities, such as critical,high.")
@option("--select", type=Codes(), default="", help="Show only these codes or prefixes, such as REG,TRK001.")
@option("--lang", type=click.Choice(CODES), help="Language of the workbook and of what is said.  [default: the run's]")
@click.option("--overwrite", is_flag=True, help="Write over a workbook of that name.")
def report(folder: Path, out: Path | None, severities: tuple[str, ...], select: tuple[str, ...], lang: str | None, overwrite: bool) -> None:
    """Build the workbook again from the tables that a run saved in DIR, whole or narrowed, in any language, without auditing."""
    from audit import run as runs

    speak(lang)
    path = runs.report(folder, out=out, severities=severities, select=select, lang=lang, overwrite=overwrite)
    tell_person(REPORT._replace(facts={"path": str(path)}))


def tell(outcome: Outcome, out: Path, text: str, *, quiet: bool) -> None:
    """The short result on standard output; warnings, and under --quiet the result of a night with findings, on standard error."""
    code = outcome.run.exit_code
    if code != 0 or not quiet:
        for warning in outcome.run.warnings:
            LOGGER.warning(warning)
    if not quiet:
        click.echo(text)
    elif code != 0 and logs.as_lines():
        LOGGER.warning(logs.ended(code, len(outcome.findings), stake=outcome.exposure.total, folder=str(out)))
    elif code != 0:
        click.echo(text, err=True)
