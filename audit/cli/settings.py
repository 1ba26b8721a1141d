"""What a command runs under: its settings, catalogue, history and inputs, or the usage error that says what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.cli.speech import misuse, speak, tell
from audit.config import FILE_NAME, Config, load
from audit.errors import ConfigFault
from schemas.text import Message

if TYPE_CHECKING:
    from audit.catalogue import Catalogue


FAILED = "failed: {name}: {reason:sentence}"


def catalogue_of(rules: tuple[str, ...], config_file: Path | None, lang: str | None = None) -> Catalogue:
    """Our rules and those of files, settings and entry points; those that can't be taken in are told on standard error."""
    speak(lang, config_file)
    from audit.plugins import equipped

    config = settings(config_file, (), rules, lang=lang) if config_file else Config(rules=rules)
    catalogue = equipped(config).catalogue
    for failure in catalogue.failures:
        tell(Message(FAILED, {"name": failure.name, "reason": failure.reason}), error=True)
    return catalogue


def settings(config_file: Path | None, inputs: tuple[Path, ...], rules: tuple[str, ...] = (), *, lang: str | None = None) -> Config:
    """The settings of the named file, or of the one beside the inputs or in the working folder; defaults without any.

    ``rules``: files of a user's own rules, beside those that the settings name. ``lang``: the language, whatever the settings say; from
    here on it is spoken.
    """
    speak(lang, config_file)
    config = _settings(config_file, inputs, rules, lang).override(lang=lang)
    speak(config.lang)
    return config


def _settings(config_file: Path | None, inputs: tuple[Path, ...], rules: tuple[str, ...], lang: str | None) -> Config:
    if config_file is not None:
        if not config_file.is_file():
            raise ConfigFault(
                Message("{file}: there is no such file.", {"file": str(config_file)}),
                "Name an existing file, or write one with order-audit init.",
            )
        return load(config_file, rules)
    beside = [path if path.is_dir() else path.parent for path in inputs]
    found = list(dict.fromkeys((folder / FILE_NAME).resolve() for folder in [*beside, Path.cwd()] if (folder / FILE_NAME).is_file()))
    if len(found) > 1:
        several = Message("Several settings could be meant: {files:words}.", {"files": [str(path) for path in found]})
        raise ConfigFault(several, "Name one with --config.")
    if not found:
        return Config(rules=rules)
    speak(lang, found[0])
    near = any(found[0] == (folder / FILE_NAME).resolve() for folder in beside)
    return load(found[0], rules, found=True, beside=near)


def history_file(path: Path | None, config_file: Path | None, lang: str | None = None) -> Path:
    """The history that is named, or that the settings name; a usage error where there is none."""
    speak(lang, config_file)
    file = path or settings(config_file, (), lang=lang).history
    if file is None:
        raise misuse("No history: name its file with --history, or in the settings.")
    if not file.is_file():
        raise misuse(Message("{file}: there is no such history; order-audit run --history writes it.", {"file": str(file)}))
    return file


def required_inputs(inputs: tuple[Path, ...], named: dict[str, Any], config: Config) -> tuple[Path, ...]:
    """The inputs that are named, else those of the settings; a usage error where there are none at all."""
    if inputs or any(named.values()):
        return inputs
    if not config.files:
        raise misuse("No input: name files or folders, or a table's file, such as --orders FILE.")
    from audit.patterns import newest

    return newest(config.files)


def require_history(config: Config) -> None:
    """What compares with the nights before has a history."""
    needing = {"--fail-on-new": config.fail_on_new, "--notify": config.notify}
    for name, wanted in needing.items():
        if wanted and config.history is None:
            raise misuse(Message("{name} needs a history: name its file with --history.", {"name": name}))
