"""Commands about the catalogue and its parameters: rules, explain and init."""

from __future__ import annotations

import json
from pathlib import Path

import click

from audit.cli.options import lang_option, option, rules_option
from audit.cli.settings import catalogue_of
from audit.cli.speech import speak, spoken, tell
from schemas.text import Message


@click.command()
@rules_option
@option("--config", "config_file", type=click.Path(path_type=Path), help="Settings that name rules of your own.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
def rules(rules: tuple[str, ...], config_file: Path | None, form: str, lang: str | None) -> None:
    """List the rules, a line each."""
    from audit import pages

    known = catalogue_of(rules, config_file, lang)
    if form == "json":
        click.echo(json.dumps(pages.machine_catalogue(known), ensure_ascii=False, indent=2))
    else:
        click.echo(pages.catalogue_lines(known, spoken()))


@click.command()
@click.argument("code")
@rules_option
@option("--config", "config_file", type=click.Path(path_type=Path), help="Settings that name rules of your own.")
@lang_option
def explain(code: str, rules: tuple[str, ...], config_file: Path | None, lang: str | None) -> None:
    """Show a rule's page: why, breach, fine, parameters, source and standing, what to do."""
    from audit import pages

    click.echo(pages.page(catalogue_of(rules, config_file, lang).find(code), spoken()))


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@lang_option
def init(folder: Path, lang: str | None) -> None:
    """Write a commented order-audit.toml with every parameter at its default."""
    from audit import template

    path = template.write(folder, speak(lang))
    tell(Message("Wrote {file}", {"file": str(path)}))
