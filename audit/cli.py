"""The command line: options to one library call to words; it decides nothing."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from audit import __version__, catalogue, pages
from audit.config import FILE_NAME, FORMATS, LANGUAGES, NEVER, Config, load, parse_moment
from audit.errors import AuditError, ConfigFault, FaultyInputs
from schemas.findings import Severity

if TYPE_CHECKING:
    from schemas.outcome import Outcome

TABLES = ("orders", "shipments", "claims", "refunds", "messages", "listings", "authorisations")
FINDINGS_EXIT = 10


def option(*names: str, **attributes: Any) -> Callable[[Any], Any]:
    """An option with its environment name: --as-of is ORDER_AUDIT_AS_OF, whatever the command."""
    long = names[0].removeprefix("--").replace("-", "_").upper()
    return click.option(*names, envvar=f"ORDER_AUDIT_{long}", show_envvar=False, **attributes)


class Moment(click.ParamType[Any]):
    """An ISO 8601 time."""

    name = "when"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The time, or a usage error that shows one that would do."""
        try:
            return datetime.fromisoformat(parse_moment(str(value)))
        except TypeError as error:
            self.fail(f"{value!r} is not {error}", param, ctx)


class Codes(click.ParamType[Any]):
    """Codes or prefixes of rules, separated by commas."""

    name = "codes"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """The codes, or a usage error that offers the nearest valid one."""
        codes = tuple(code.strip() for code in str(value).split(",") if code.strip())
        try:
            catalogue.expand(codes)
        except ConfigFault as error:
            self.fail(str(error), param, ctx)
        return codes


class Severities(click.ParamType[Any]):
    """Names of severities, separated by commas."""

    name = "severities"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """The names, the worst first, or a usage error that lists the valid ones."""
        names = {name.strip() for name in str(value).split(",") if name.strip()}
        known = [severity.value for severity in Severity]
        for name in sorted(names - set(known)):
            self.fail(f"{name!r} is none of {', '.join(known)}", param, ctx)
        return tuple(name for name in known if name in names)


class Formats(click.ParamType[Any]):
    """Names of output formats, separated by commas."""

    name = "formats"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """The names, or a usage error that lists the valid ones."""
        names = tuple(name.strip() for name in str(value).split(",") if name.strip())
        for name in names:
            if name not in FORMATS:
                self.fail(f"{name!r} is none of {', '.join(FORMATS)}", param, ctx)
        return names


def table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """One option a table, to name its files outright."""
    for table in reversed(TABLES):
        path = click.Path(path_type=Path)
        command = click.option(f"--{table}", multiple=True, type=path, metavar="FILE", help=f"File that holds {table}; may be repeated.")(
            command
        )
    return command


def mapping_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The files that say what headers mean."""
    path = click.Path(path_type=str)
    told = option("--mapping", multiple=True, type=path, metavar="FILE", help="What headers mean, as order-audit map writes it.")
    mapped: Callable[..., Any] = told(command)
    return mapped


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What run and check share: inputs, tables, settings."""
    command = option("--max-quarantine", type=click.FloatRange(0, 1), help="Share of refused rows above which to end in 11.")(command)
    command = option("--as-of", type=Moment(), help="Instant to judge from, ISO 8601; shop time without a zone.")(command)
    command = option(
        "--config", "config_file", type=click.Path(path_type=Path), help=f"Settings; else {FILE_NAME} beside the inputs or here."
    )(command)
    command = mapping_option(command)
    command = table_options(command)
    return click.argument("inputs", nargs=-1, type=click.Path(path_type=Path))(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="order-audit")
def cli() -> None:
    """Audit Rakuten France orders: what is wrong, which text says so, what it may cost, what to do by when."""


@cli.command()
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
@option("--lang", type=click.Choice(LANGUAGES), help="Language of the report.  [default: en]")
@option("--formats", type=Formats(), help="Outputs beside findings.csv and summary.json.  [default: xlsx]")
@option("--quiet", is_flag=True, help="Print nothing on success.")
@option("--verbose", is_flag=True, help="Say more while working.")
def run(
    inputs: tuple[Path, ...], config_file: Path | None, out: Path, as_of: datetime | None, quiet: bool, verbose: bool, **given: Any
) -> None:
    """Audit INPUT files and folders and write the report to --out."""
    from audit.run import run as run_audit
    from reports import terminal

    configure_logging(verbose=verbose)
    named = {table: given.pop(table) for table in TABLES}
    given["mapping"] = given["mapping"] or None
    require_inputs(inputs, named)
    config = settings(config_file, inputs).override(**given)
    if config.fail_on_new and config.history is None:
        raise click.UsageError("--fail-on-new needs a history: name its file with --history.")
    outcome = run_audit(list(inputs), out, config, as_of=as_of, named=named)
    tell(outcome, terminal.short_result(outcome, out), quiet=quiet)
    sys.exit(outcome.run.exit_code)


@cli.command()
@reading_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(inputs: tuple[Path, ...], config_file: Path | None, as_of: datetime | None, form: str, **given: Any) -> None:
    """Read and validate INPUT only: what would be refused, and which rules could run."""
    from audit import checking

    named = {table: given.pop(table) for table in TABLES}
    given["mapping"] = given["mapping"] or None
    require_inputs(inputs, named)
    config = settings(config_file, inputs).override(**given)
    checked = checking.check(list(inputs), config, as_of=as_of, named=named)
    click.echo(checking.as_json(checked) if form == "json" else checking.as_text(checked))
    sys.exit(checked.exit_code)


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@option("--out", type=click.Path(path_type=Path), help="Folder for the workbook.  [default: DIR]")
@option("--severity", "severities", type=Severities(), default="", help="Show only these severities, such as critical,high.")
@option("--select", type=Codes(), default="", help="Show only these codes or prefixes, such as REG,TRK001.")
@click.option("--overwrite", is_flag=True, help="Write over a workbook of that name.")
def report(folder: Path, out: Path | None, severities: tuple[str, ...], select: tuple[str, ...], overwrite: bool) -> None:
    """Build the workbook again from the tables that a run saved in DIR, whole or narrowed, without auditing."""
    from audit import run as runs

    path = runs.report(folder, out=out, severities=severities, select=select, overwrite=overwrite)
    click.echo(f"report: {path}")


@cli.command("map")
@click.argument("file", type=click.Path(path_type=Path))
@option("--config", "config_file", type=click.Path(path_type=Path), help=f"Settings; else {FILE_NAME} beside FILE or here.")
@mapping_option
@click.option("--write", "target", type=click.Path(path_type=Path), help="Where to write the mapping.  [default: FILE.mapping.toml]")
@click.option("--overwrite", is_flag=True, help="Write over a mapping that is there.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def map_headers(file: Path, config_file: Path | None, mapping: tuple[str, ...], target: Path | None, overwrite: bool, form: str) -> None:
    """Show how each header of FILE is understood and what is missing, and write a mapping to edit."""
    from audit import headers, headers_shown, mapping_file

    looks = headers.look(file, settings(config_file, (file,)).override(mapping=mapping or None))
    path = target or file.with_name(file.name + mapping_file.SUFFIX)
    kept = target is None and path.exists() and not overwrite
    if not kept:
        with as_usage():
            mapping_file.write(looks, path, overwrite=overwrite)
    shown = headers_shown.as_json if form == "json" else headers_shown.as_text
    click.echo(shown(looks, file, None if kept else path))
    if kept:
        click.echo(f"{path} is there already and was left as it is; --overwrite writes it anew.", err=True)


@cli.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rules(form: str) -> None:
    """List the rules, a line each."""
    click.echo(json.dumps(pages.machine_catalogue(), ensure_ascii=False, indent=2) if form == "json" else pages.catalogue_lines())


@cli.command()
@click.argument("code")
def explain(code: str) -> None:
    """Show a rule's page: why, breach, fine, parameters, source and standing, what to do."""
    click.echo(pages.page(catalogue.find(code)))


@cli.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Write a commented order-audit.toml with every parameter at its default."""
    from audit import template

    click.echo(f"Wrote {template.write(folder)}")


@cli.group(invoke_without_command=True)
@click.option("--history", "path", envvar="ORDER_AUDIT_HISTORY", type=click.Path(path_type=Path), help="File that remembers the nights.")
@option("--config", "config_file", type=click.Path(path_type=Path), help=f"Settings; else {FILE_NAME} here.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def history(context: click.Context, path: Path | None, config_file: Path | None, form: str) -> None:
    """List the runs that the history remembers."""
    from audit import recollection

    context.obj = history_file(path, config_file)
    if context.invoked_subcommand is None:
        click.echo(recollection.listed(context.obj, form))


@history.command()
@click.option("--keep", type=click.IntRange(1), default=400, show_default=True, help="Runs to keep.")
@click.pass_obj
def prune(path: Path, keep: int) -> None:
    """Forget all but the last runs, and make the file smaller."""
    from audit import recollection

    click.echo(recollection.pruned(path, keep))


@cli.command()
@click.argument("earlier", metavar="A")
@click.argument("later", metavar="B")
@click.option("--history", "path", envvar="ORDER_AUDIT_HISTORY", type=click.Path(path_type=Path), help="File that remembers the nights.")
@option("--config", "config_file", type=click.Path(path_type=Path), help=f"Settings; else {FILE_NAME} here.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(earlier: str, later: str, path: Path | None, config_file: Path | None, form: str) -> None:
    """Show what changed from run A to run B: run ids as order-audit history lists them, days, or last and -1, -2 from the end."""
    from audit import recollection

    with as_usage():
        click.echo(recollection.compared(history_file(path, config_file), earlier, later, form))


@cli.command()
@click.argument("orders", nargs=-1, metavar="[ORDER]...")
@option("--as-of", type=Moment(), help="Instant to look at, ISO 8601; shop time without a zone.  [default: now]")
@option("--config", "config_file", type=click.Path(path_type=Path), help=f"Settings; else {FILE_NAME} here.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def contact(orders: tuple[str, ...], as_of: datetime | None, config_file: Path | None, form: str) -> None:
    """Show customer service's hours, its form, and the number to cite for each ORDER (purchase/item)."""
    from audit import contact as desk

    config = settings(config_file, ())
    moment = as_of or datetime.now(config.zone)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=config.zone)
    with as_usage():
        told = desk.as_data(moment, orders) if form == "json" else desk.as_text(moment, orders, config)
    click.echo(told if isinstance(told, str) else json.dumps(told, ensure_ascii=False, indent=2))


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@option("--config", "config_file", type=click.Path(path_type=Path), help=f"Settings; else {FILE_NAME} here.")
def evidence(folder: Path, config_file: Path | None) -> None:
    """Check a folder of evidence against customer service's limits; ends in 1 where it must be split or shrunk."""
    from audit import evidence as proofs
    from audit.limits import Limits

    limits = Limits(settings(config_file, ()).limits)
    with as_usage():
        found = proofs.look(folder, limits)
    click.echo(proofs.as_text(found, limits))
    sys.exit(0 if found.fits else 1)


@contextmanager
def as_usage() -> Iterator[None]:
    """Faults of an argument, told as wrong usage."""
    try:
        yield
    except AuditError as error:
        raise click.UsageError(str(error)) from error


def settings(config_file: Path | None, inputs: tuple[Path, ...]) -> Config:
    """The settings of the named file, or of the one beside the inputs or in the working folder; defaults without any."""
    if config_file is not None:
        if not config_file.is_file():
            raise ConfigFault(f"{config_file}: there is no such file.", "Name an existing file, or write one with order-audit init.")
        return load(config_file)
    folders = [path if path.is_dir() else path.parent for path in inputs] + [Path.cwd()]
    found = list(dict.fromkeys((folder / FILE_NAME).resolve() for folder in folders if (folder / FILE_NAME).is_file()))
    if len(found) > 1:
        raise ConfigFault(f"Several settings could be meant: {', '.join(map(str, found))}.", "Name one with --config.")
    return load(found[0]) if found else Config()


def history_file(path: Path | None, config_file: Path | None) -> Path:
    """The history that is named, or that the settings name; a usage error where there is none."""
    file = path or settings(config_file, ()).history
    if file is None:
        raise click.UsageError("No history: name its file with --history, or in the settings.")
    if not file.is_file():
        raise click.UsageError(f"{file}: there is no such history; order-audit run --history writes it.")
    return file


def require_inputs(inputs: tuple[Path, ...], named: dict[str, Any]) -> None:
    """At least one input is named."""
    if not inputs and not any(named.values()):
        raise click.UsageError("No input: name files or folders, or a table's file, such as --orders FILE.")


def tell(outcome: Outcome, text: str, *, quiet: bool) -> None:
    """The short result on standard output; warnings, and under --quiet the result of a night with findings, on standard error."""
    code = outcome.run.exit_code
    if code != 0 or not quiet:
        for warning in outcome.run.warnings:
            click.echo(f"warning: {warning}", err=True)
    if not quiet:
        click.echo(text)
    elif code != 0:
        click.echo(text, err=True)


def configure_logging(*, verbose: bool) -> None:
    """Progress and errors go to standard error."""
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="%(levelname)s: %(message)s", stream=sys.stderr)


def stop(error: AuditError) -> NoReturn:
    """Say what is wrong and what to try, on standard error, and end."""
    faults = error.faults if isinstance(error, FaultyInputs) else (error,)
    click.echo("no audit was performed", err=True)
    for fault in faults:
        click.echo(f"error: {fault.wrong}", err=True)
        if fault.remedy:
            click.echo(f"  try: {fault.remedy}", err=True)
    sys.exit(error.exit_code)


def main() -> None:
    """The order-audit command."""
    try:
        cli(standalone_mode=True)
    except AuditError as error:
        stop(error)
