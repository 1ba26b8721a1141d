"""The command that shows how an export is understood: map."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli.options import lang_option, mapping_option, option
from audit.cli.settings import settings
from audit.cli.speech import as_usage, spoken, tell
from audit.config import FILE_NAME
from schemas.text import Message

KEPT = "{file} is there already and was left as it is; --overwrite writes it anew."


@click.command("map")
@click.argument("file", type=click.Path(path_type=Path))
@option("--config", "config_file", type=click.Path(path_type=Path), help=f"Settings; else {FILE_NAME} beside FILE or here.")
@mapping_option
@click.option("--write", "target", type=click.Path(path_type=Path), help="Where to write the mapping.  [default: FILE.mapping.toml]")
@click.option("--overwrite", is_flag=True, help="Write over a mapping that is there.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
def map_headers(
    file: Path,
    config_file: Path | None,
    mapping: tuple[str, ...],
    target: Path | None,
    overwrite: bool,
    form: str,
    lang: str | None,
) -> None:
    """Show how each header of FILE is understood and what is missing, and write a mapping to edit."""
    from audit import headers, headers_shown, mapping_file

    config = settings(config_file, (file,), lang=lang).override(mapping=mapping or None)
    looks = headers.look(file, config)
    path = target or file.with_name(file.name + mapping_file.SUFFIX)
    kept = target is None and path.exists() and not overwrite
    if not kept:
        with as_usage():
            mapping_file.write(looks, path, spoken(), overwrite=overwrite)
    written = None if kept else path
    told = headers_shown.as_json(looks, file, written) if form == "json" else headers_shown.as_text(looks, file, written, spoken())
    click.echo(told)
    if kept:
        tell(Message(KEPT, {"file": str(path)}), error=True)
