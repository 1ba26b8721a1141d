"""Commands about the nights before: history, prune and diff."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli.options import option
from audit.cli.settings import as_usage, history_file
from audit.config import FILE_NAME


@click.group(invoke_without_command=True)
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


@click.command()
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
