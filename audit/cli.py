"""The command line: options to one library call to words; it decides nothing."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from audit import __version__, pages
from audit.config import FILE_NAME, FORMATS, LANGUAGES, NEVER, Config, load, parse_moment
from audit.errors import AuditError, ConfigFault
from audit.operating import logs
from audit.plugins import equipped
from schemas.findings import Severity

if TYPE_CHECKING:
    from audit.catalogue import Catalogue
    from schemas.outcome import Outcome

TABLES = ("orders", "shipments", "claims", "refunds", "messages", "listings", "authorisations")
FINDINGS_EXIT = 10
LOGGER = logging.getLogger(__name__)


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

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:  # noqa: ARG002 - as the base class has it
        """The codes; whether there are such rules is known once the user's own are."""
        return tuple(code.strip() for code in str(value).split(",") if code.strip())


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


def rules_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The files of a user's own rules."""
    path = click.Path(path_type=str)
    told = option("--rules", multiple=True, type=path, metavar="FILE.py", help="Rules of your own; may be repeated.")
    ruled: Callable[..., Any] = told(command)
    return ruled


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What run and check share: inputs, tables, settings."""
    command = option("--max-quarantine", type=click.FloatRange(0, 1), help="Share of refused rows above which to end in 11.")(command)
    command = option("--as-of", type=Moment(), help="Instant to judge from, ISO 8601; shop time without a zone.")(command)
    command = option(
        "--config", "config_file", type=click.Path(path_type=Path), help=f"Settings; else {FILE_NAME} beside the inputs or here."
    )(command)
    command = rules_option(mapping_option(command))
    command = table_options(command)
    return click.argument("inputs", nargs=-1, type=click.Path(path_type=Path))(command)


class Commands(click.Group):
    """The commands; wrong usage is told in the form that was asked for."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is named."""
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            if not logs.as_lines():
                raise
            logs.tell_usage(error)
            sys.exit(error.exit_code)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
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
@option("--health-url", metavar="URL", help="Address to call at the start, on success, and with /fail on failure.")
@option("--notify", multiple=True, metavar="URL", help="Where to send what is new, as apprise writes addresses; needs a history.")
@option(logs.OPTION, type=click.Choice(logs.FORMS), default=logs.TEXT, show_default=True, help="Form of what standard error says.")
@option("--quiet", is_flag=True, help="Print nothing on success.")
@option("--verbose", is_flag=True, help="Say more while working.")
def run(
    inputs: tuple[Path, ...],
    config_file: Path | None,
    out: Path,
    as_of: datetime | None,
    log_format: str,
    quiet: bool,
    verbose: bool,
    **given: Any,
) -> None:
    """Audit INPUT files and folders and write the report to --out."""
    from audit.operating import health
    from audit.run import run as run_audit
    from reports import terminal

    logs.configure(log_format, verbose=verbose)
    named = {table: given.pop(table) for table in TABLES}
    given |= {name: given[name] or None for name in ("mapping", "notify")}
    with health.told(given["health_url"], quiet=quiet) as pulse:
        config = equipped(settings(config_file, inputs, given.pop("rules")).override(**given))
        inputs = required_inputs(inputs, named, config)
        with as_usage():
            config.catalogue.selected(config.select, config.ignore)
        require_history(config)
        pulse.begin(config.health_url)
        outcome = run_audit(list(inputs), out, config, as_of=as_of, named=named)
        tell(outcome, out, terminal.short_result(outcome, out), quiet=quiet)
        sys.exit(outcome.run.exit_code)


@cli.command()
@reading_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(inputs: tuple[Path, ...], config_file: Path | None, as_of: datetime | None, form: str, **given: Any) -> None:
    """Read and validate INPUT only: what would be refused, and which rules could run."""
    from audit import checking

    named = {table: given.pop(table) for table in TABLES}
    given["mapping"] = given["mapping"] or None
    config = settings(config_file, inputs, given.pop("rules")).override(**given)
    inputs = required_inputs(inputs, named, config)
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
@rules_option
@option("--config", "config_file", type=click.Path(path_type=Path), help="Settings that name rules of your own.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rules(rules: tuple[str, ...], config_file: Path | None, form: str) -> None:
    """List the rules, a line each."""
    known = catalogue_of(rules, config_file)
    told = pages.machine_catalogue(known)
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if form == "json" else pages.catalogue_lines(known))


@cli.command()
@click.argument("code")
@rules_option
@option("--config", "config_file", type=click.Path(path_type=Path), help="Settings that name rules of your own.")
def explain(code: str, rules: tuple[str, ...], config_file: Path | None) -> None:
    """Show a rule's page: why, breach, fine, parameters, source and standing, what to do."""
    click.echo(pages.page(catalogue_of(rules, config_file).find(code)))


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
    from audit.nights import recollection

    context.obj = history_file(path, config_file)
    if context.invoked_subcommand is None:
        click.echo(recollection.listed(context.obj, form))


@history.command()
@click.option("--keep", type=click.IntRange(1), default=400, show_default=True, help="Runs to keep.")
@click.pass_obj
def prune(path: Path, keep: int) -> None:
    """Forget all but the last runs, and make the file smaller."""
    from audit.nights import recollection

    click.echo(recollection.pruned(path, keep))


@cli.command()
@click.argument("earlier", metavar="A")
@click.argument("later", metavar="B")
@click.option("--history", "path", envvar="ORDER_AUDIT_HISTORY", type=click.Path(path_type=Path), help="File that remembers the nights.")
@option("--config", "config_file", type=click.Path(path_type=Path), help=f"Settings; else {FILE_NAME} here.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(earlier: str, later: str, path: Path | None, config_file: Path | None, form: str) -> None:
    """Show what changed from run A to run B: run ids as order-audit history lists them, days, or last and -1, -2 from the end."""
    from audit.nights import recollection

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


@cli.command()
@click.argument("inputs", nargs=-1, metavar="[INPUT]...", type=click.Path(path_type=Path))
@option("--config", "config_file", type=click.Path(path_type=Path), help=f"Settings; else {FILE_NAME} beside the inputs or here.")
@option("--out", type=click.Path(path_type=Path), help="Folder for the report.")
@option("--history", type=click.Path(path_type=Path), help="File that remembers the nights.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def doctor(inputs: tuple[Path, ...], config_file: Path | None, out: Path | None, history: Path | None, form: str) -> None:
    """Look at the set-up of a run, and say what to mend; ends in 1 where anything is."""
    from audit.operating import diagnosis, doctor

    lines = doctor.examine(inputs, lambda: settings(config_file, inputs), out=out, memory=history)
    click.echo(diagnosis.as_json(lines) if form == "json" else diagnosis.as_text(lines))
    sys.exit(diagnosis.exit_code(lines))


@contextmanager
def as_usage() -> Iterator[None]:
    """Faults of an argument, told as wrong usage."""
    try:
        yield
    except AuditError as error:
        raise click.UsageError(str(error)) from error


def catalogue_of(rules: tuple[str, ...], config_file: Path | None) -> Catalogue:
    """Our rules and those of files, settings and entry points; those that can't be taken in are told on standard error."""
    config = settings(config_file, (), rules) if config_file else Config(rules=rules)
    catalogue = equipped(config).catalogue
    for failure in catalogue.failures:
        click.echo(f"failed: {failure.name}: {failure.reason}", err=True)
    return catalogue


def settings(config_file: Path | None, inputs: tuple[Path, ...], rules: tuple[str, ...] = ()) -> Config:
    """The settings of the named file, or of the one beside the inputs or in the working folder; defaults without any.

    ``rules``: files of a user's own rules, beside those that the settings name.
    """
    if config_file is not None:
        if not config_file.is_file():
            raise ConfigFault(f"{config_file}: there is no such file.", "Name an existing file, or write one with order-audit init.")
        return load(config_file, rules)
    beside = [path if path.is_dir() else path.parent for path in inputs]
    found = list(dict.fromkeys((folder / FILE_NAME).resolve() for folder in [*beside, Path.cwd()] if (folder / FILE_NAME).is_file()))
    if len(found) > 1:
        raise ConfigFault(f"Several settings could be meant: {', '.join(map(str, found))}.", "Name one with --config.")
    if not found:
        return Config(rules=rules)
    return load(found[0], rules, found=True, beside=any(found[0] == (folder / FILE_NAME).resolve() for folder in beside))


def history_file(path: Path | None, config_file: Path | None) -> Path:
    """The history that is named, or that the settings name; a usage error where there is none."""
    file = path or settings(config_file, ()).history
    if file is None:
        raise click.UsageError("No history: name its file with --history, or in the settings.")
    if not file.is_file():
        raise click.UsageError(f"{file}: there is no such history; order-audit run --history writes it.")
    return file


def required_inputs(inputs: tuple[Path, ...], named: dict[str, Any], config: Config) -> tuple[Path, ...]:
    """The inputs that are named, else those of the settings; a usage error where there are none at all."""
    if inputs or any(named.values()):
        return inputs
    if not config.files:
        raise click.UsageError("No input: name files or folders, or a table's file, such as --orders FILE.")
    from audit.patterns import newest

    return newest(config.files)


def require_history(config: Config) -> None:
    """What compares with the nights before has a history."""
    needing = {"--fail-on-new": config.fail_on_new, "--notify": config.notify}
    for name, wanted in needing.items():
        if wanted and config.history is None:
            raise click.UsageError(f"{name} needs a history: name its file with --history.")


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


def stop(error: AuditError) -> NoReturn:
    """Say what is wrong and what to try, on standard error, and end."""
    logs.tell_fault(error)
    sys.exit(error.exit_code)


def main() -> None:
    """The order-audit command."""
    logs.configure(logs.foreseen(sys.argv[1:], os.environ))
    try:
        cli(standalone_mode=True)
    except AuditError as error:
        stop(error)
