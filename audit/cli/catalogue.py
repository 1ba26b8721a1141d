"""Commands about the catalogue and its parameters: rules, explain and init."""

from __future__ import annotations

import json
from pathlib import Path

import click

from audit import pages
from audit.cli.options import option, rules_option
from audit.cli.settings import catalogue_of


@click.command()
@rules_option
@option("--config", "config_file", type=click.Path(path_type=Path), help="Settings that name rules of your own.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rules(rules: tuple[str, ...], config_file: Path | None, form: str) -> None:
    """List the rules, a line each."""
    known = catalogue_of(rules, config_file)
    told = pages.machine_catalogue(known)
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if form == "json" else pages.catalogue_lines(known))


@click.command()
@click.argument("code")
@rules_option
@option("--config", "config_file", type=click.Path(path_type=Path), help="Settings that name rules of your own.")
def explain(code: str, rules: tuple[str, ...], config_file: Path | None) -> None:
    """Show a rule's page: why, breach, fine, parameters, source and standing, what to do."""
    click.echo(pages.page(catalogue_of(rules, config_file).find(code)))


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Write a commented order-audit.toml with every parameter at its default."""
    from audit import template

    click.echo(f"Wrote {template.write(folder)}")
