"""Commands about the nights before: history, prune and diff."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli.options import lang_option, option
from audit.cli.settings import history_file
from audit.cli.speech import as_usage, speak, spoken, tell
from audit.config import FILE_NAME


@click.group(invoke_without_command=True)
@click.option("--history", "path", envvar="ORDER_AUDIT_HISTORY", type=click.Path(path_type=Path), help="File that remembers the nights.")
@option("--config", "config_file", type=click.Path(path_type=Path), help=f"Settings; else {FILE_NAME} here.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
@click.pass_context
def history(context: click.Context, path: Path | None, config_file: Path | None, form: str, lang: str | None) -> None:
    """List the runs that the history remembers."""
    from audit.nights import recollection

    context.obj = history_file(path, config_file, lang)
    if context.invoked_subcommand is None:
        click.echo(recollection.listed_for_machines(context.obj) if form == "json" else recollection.listed(context.obj, spoken()))


@history.command()
@click.option("--keep", type=click.IntRange(1), default=400, show_default=True, help="Runs to keep.")
@lang_option
@click.pass_obj
def prune(path: Path, keep: int, lang: str | None) -> None:
    """Forget all but the last runs, and make the file smaller."""
    from audit.nights import recollection

    if lang:
        speak(lang)
    tell(recollection.pruned(path, keep))


@click.command(context_settings={"ignore_unknown_options": True})  # else -1 would be taken for an option
@click.argument("earlier", metavar="A")
@click.argument("later", metavar="B")
@click.option("--history", "path", envvar="ORDER_AUDIT_HISTORY", type=click.Path(path_type=Path), help="File that remembers the nights.")
@option("--config", "config_file", type=click.Path(path_type=Path), help=f"Settings; else {FILE_NAME} here.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
def diff(earlier: str, later: str, path: Path | None, config_file: Path | None, form: str, lang: str | None) -> None:
    """Show what changed from run A to run B: run ids as order-audit history lists them, days, or last and -1, -2 from the end."""
    from audit.nights import recollection

    with as_usage():
        changes = recollection.compared(history_file(path, config_file, lang), earlier, later)
        click.echo(recollection.changes_for_machines(changes) if form == "json" else recollection.changes_told(changes, spoken()))
