"""The README shows what the program really says."""

import re
import subprocess
import sys
from pathlib import Path

from audit.rules import RULES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_first_screen_is_the_real_output(tmp_path):
    """The output under the first command is that of the command."""
    command = Path(sys.executable).with_name("order-audit")
    done = subprocess.run(
        [command, "run", ROOT / "sample_data", "--out", tmp_path], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    shown = re.search(r"\$ order-audit run sample_data --out out\n(.*?)\n```", README, re.DOTALL)[1]

    assert shown == done.stdout.rstrip().replace(str(tmp_path), "out")
    assert f"exit code {done.returncode}" in README


def test_every_rule_stands_in_the_table():
    """The table of rules is the catalogue."""
    rows = [f"| `{rule.code}` | {rule.severity} | {rule.standing} | {rule.title} |" for rule in RULES]

    assert rows == [line for line in README.splitlines() if re.match(r"\| `[A-Z]{3}\d{3}`", line)]


def test_every_command_is_mentioned():
    """Each command has its line."""
    from audit.cli import cli

    assert all(f"`order-audit {name}" in README for name in cli.commands)


def column_lines():
    """The lines of the table of columns: what each holds, and a French or English and a Chinese spelling of its header."""
    from schemas.tables import TABLES

    for table in TABLES.values():
        for column in table.columns:
            name = f"**{column.name}**" if column.required else column.name
            spellings = dict.fromkeys([*column.spellings[:2], *column.spellings[-1:]])
            yield f"| {table.name} | {name} | {column.about} | {', '.join(spellings)} |"


def test_every_column_stands_in_the_table():
    """The table of columns is that of the schemas."""
    from schemas.tables import TABLES

    assert list(column_lines()) == [line for line in README.splitlines() if re.match(rf"\| ({'|'.join(TABLES)}) \|", line)]
