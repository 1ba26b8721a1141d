"""The options that commands share, and the kinds of values that they take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from audit.cli.speech import said
from audit.config import FILE_NAME, FORMATS, parse_moment
from audit.engines.size import parse
from audit.errors import UnfitError
from schemas.findings import Severity
from schemas.language import CODES
from schemas.text import Message

TABLES = ("orders", "shipments", "claims", "refunds", "messages", "listings", "authorisations")


def option(*names: str, **attributes: Any) -> Callable[[Any], Any]:
    """An option with its environment name: --as-of is ORDER_AUDIT_AS_OF, whatever the command."""
    long = names[0].removeprefix("--").replace("-", "_").upper()
    return click.option(*names, envvar=f"ORDER_AUDIT_{long}", show_envvar=False, **attributes)


def unfit(value: Any, error: UnfitError) -> str:
    """What is wrong with an option's value."""
    return said(Message("{value} is not {wanted:sentence}", {"value": repr(value), "wanted": error.wanted}))


class Moment(click.ParamType[Any]):
    """An ISO 8601 time."""

    name = "when"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The time, or a usage error that shows one that would do."""
        try:
            return datetime.fromisoformat(parse_moment(str(value)))
        except UnfitError as error:
            self.fail(unfit(value, error), param, ctx)


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
            self.fail(said(_none_of(name, known)), param, ctx)
        return tuple(name for name in known if name in names)


class Memory(click.ParamType[Any]):
    """An amount of memory."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The bytes, or a usage error that shows an amount that would do."""
        try:
            return value if isinstance(value, int) else parse(str(value))
        except UnfitError as error:
            self.fail(unfit(value, error), param, ctx)


class Formats(click.ParamType[Any]):
    """Names of output formats, separated by commas."""

    name = "formats"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """The names, or a usage error that lists the valid ones."""
        names = tuple(name.strip() for name in str(value).split(",") if name.strip())
        for name in names:
            if name not in FORMATS:
                self.fail(said(_none_of(name, FORMATS)), param, ctx)
        return names


def _none_of(name: str, known: Sequence[str]) -> Message:
    return Message("{name} is none of {known:words}", {"name": repr(name), "known": list(known)})


def lang_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The language that a command speaks."""
    spoken: Callable[..., Any] = option("--lang", type=click.Choice(CODES), help="Language of what is said.  [default: en]")(command)
    return spoken


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
