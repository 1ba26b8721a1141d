"""What a command runs under: its settings, catalogue, history and inputs, or the usage error that says what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audit.config import FILE_NAME, Config, load
from audit.errors import AuditError, ConfigFault
from audit.plugins import equipped

if TYPE_CHECKING:
    from audit.catalogue import Catalogue


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
