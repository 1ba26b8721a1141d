"""Texts made inert for CSV, as schemas.inert has it for whoever writes and whoever reads them back."""

from schemas.inert import FORMULA_START, MARK, NUMBER, inert, restore

__all__ = ["FORMULA_START", "MARK", "NUMBER", "inert", "restore"]
