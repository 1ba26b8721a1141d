"""What run does with --shops: its options handed on to each shop's own run, and a line a shop said."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from click.core import ParameterSource

from audit.cli.options import TABLES
from audit.cli.settings import settings
from audit.cli.speech import misuse, speak, spoken
from audit.operating import logs
from schemas.language import Language
from schemas.text import Fact, Message

if TYPE_CHECKING:
    from audit.shops import Ended

WHOLE = ("shops", "out", "quiet", "verbose", "health_url", "log_format", "memory")
"""Options that speak of the whole run, and are not handed on."""

OF_ONE = ("inputs", *TABLES, "history", "waivers")
"""Options that speak of one shop, and can't go with many."""

ONE = Message("{option} is one shop's: with --shops each shop's folder holds its exports, and its order-audit.toml names its own files.")
AUDITED = Message(
    "{shop}: {count:number} finding, {stake:money} at stake; ended in {exit_code}",
    plural="{shop}: {count:number} findings, {stake:money} at stake; ended in {exit_code}",
)
NOT_AUDITED = Message("{shop}: no audit; ended in {exit_code}")
OF_SHOP = Message("{shop}: {told}")
OVERVIEW = Message("overview: {path}")


def run(context: click.Context, folder: Path, out: Path, *, quiet: bool) -> NoReturn:
    """Audit every shop of a folder, say how each ended, and end in the worst of their exit codes."""
    from audit import shops
    from audit.operating import health

    refuse(context)
    with health.told(context.params["health_url"], quiet=quiet) as pulse:
        pulse.begin(context.params["health_url"])
        spoken = speak(context.params["lang"], context.params["config_file"])
        code = shops.audit(
            folder, out, arguments(context), spoken, lambda end: tell(end, spoken, quiet=quiet), memory=context.params["memory"]
        )
        if not quiet:
            click.echo(OVERVIEW._replace(facts={"path": str(out / shops.OVERVIEW)}).said(spoken))
        sys.exit(code)


def tell(end: Ended, spoken: Language, *, quiet: bool) -> None:
    """A shop's result on standard output, and what its run said on standard error, each line under the shop's name."""
    if not quiet:
        click.echo(result(end).said(spoken))
    for line in end.said:
        click.echo(
            json.dumps({**line, "shop": end.shop.name}, ensure_ascii=False) if logs.as_lines() else sentence(end.shop.name, line), err=True
        )


def sentence(shop: str, line: Mapping[str, Any]) -> str:
    """A line of a shop's run for a person, with what to try below it."""
    level = logging.getLevelNamesMapping()[line["level"].upper()]
    return OF_SHOP._replace(facts={"shop": shop, "told": logs.sentence(level, line["message"], line["facts"].get("remedy"))}).said(spoken())


def result(end: Ended) -> Message:
    """How a shop's run ended."""
    facts: dict[str, Fact] = {"shop": end.shop.name, "exit_code": end.exit_code}
    if not end.summary:
        return NOT_AUDITED._replace(facts=facts)
    stake = round(end.summary["exposure_eur"]["total"] * 100)
    return AUDITED._replace(facts={**facts, "count": end.summary["findings"]["total"], "stake": stake})


def refuse(context: click.Context) -> None:
    """Options that speak of one shop are wrong usage beside many, and so are settings for all that name one shop's file."""
    given, config_file = context.params, context.params["config_file"]
    wrong = [parameter.opts[0] for parameter in context.command.params if parameter.name in OF_ONE and given[parameter.name]]
    shared = settings(config_file, (), lang=given["lang"]) if config_file else None
    wrong += [f"nights.{name}" for name in ("history", "waivers") if shared and getattr(shared, name)]
    if wrong:
        raise misuse(ONE._replace(facts={"option": wrong[0].upper() if wrong[0] == "inputs" else wrong[0]}))


def arguments(context: click.Context) -> list[str]:
    """The options of the command line that each shop's run takes as well; those of the environment it finds there itself."""
    told = []
    for parameter in context.command.params:
        name = str(parameter.name)
        if name not in WHOLE and context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            told += _option(parameter, context.params[name])
    return told


def _option(parameter: click.Parameter, value: Any) -> list[str]:
    name = parameter.opts[0]
    if isinstance(parameter, click.Option) and parameter.is_flag:
        return [name]
    if parameter.multiple:
        return [part for one in value for part in (name, str(one))]
    return [name, _written(value)]


def _written(value: Any) -> str:
    """A value as it is typed."""
    if isinstance(value, tuple):
        return ",".join(value)
    return value.isoformat() if isinstance(value, datetime) else str(value)
