"""The command that shows how an export is understood: map."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli.options import mapping_option, option
from audit.cli.settings import as_usage, settings
from audit.config import FILE_NAME


@click.command("map")
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
