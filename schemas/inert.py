"""Texts made inert for CSV: no spreadsheet program takes them for a formula, and each can be read back as it was."""

from __future__ import annotations

import re

FORMULA_START = re.compile(r"(^|[;,\t\r\n])(?=[=+\-@\t\r＝＋－＠'])")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
MARK = "'"


def inert(text: str) -> str:
    """The text with an apostrophe before whatever could start a formula, also after a separator inside it; numbers stay."""
    return text if NUMBER.fullmatch(text) else FORMULA_START.sub(rf"\1{MARK}", text)


def restore(text: str) -> str:
    """The text as it was before ``inert``: exactly one apostrophe goes at each such place."""
    return re.sub(rf"(^|[;,\t\r\n]){MARK}(?=[=+\-@\t\r＝＋－＠'])", r"\1", text)
