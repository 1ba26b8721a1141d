"""The command line: options to one library call to words; it decides nothing."""

from audit.cli.command import cli, main
from audit.cli.options import TABLES

__all__ = ["TABLES", "cli", "main"]
