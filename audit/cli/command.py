"""The command: its group, and what becomes of an error."""

from __future__ import annotations

import os
import sys
from typing import Any, NoReturn

import click

from audit import __version__
from audit.cli import auditing, catalogue, exports, nights, service, speech
from audit.errors import AuditError
from audit.operating import logs


class Commands(click.Group):
    """The commands; wrong usage is told in the form that was asked for."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is named."""
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            if not logs.as_lines():
                raise
            logs.tell_usage(error)
            sys.exit(error.exit_code)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="order-audit")
def cli() -> None:
    """Audit Rakuten France orders: what is wrong, which text says so, what it may cost, what to do by when."""


COMMANDS = (
    auditing.run, auditing.check, auditing.report, exports.map_headers, catalogue.rules, catalogue.explain, catalogue.init,
    nights.history, nights.diff, service.contact, service.evidence, service.doctor,
)  # fmt: skip

for command in COMMANDS:
    cli.add_command(command)


def stop(error: AuditError) -> NoReturn:
    """Say what is wrong and what to try, on standard error, and end."""
    logs.tell_fault(error)
    sys.exit(error.exit_code)


def main() -> None:
    """The order-audit command."""
    logs.configure(logs.foreseen(sys.argv[1:], os.environ))
    logs.speak(speech.foreseen(sys.argv[1:], os.environ))
    try:
        cli(standalone_mode=True)
    except AuditError as error:
        stop(error)
