"""What a person should know of how a workbook was read."""

from __future__ import annotations

HIDDEN_SHEET = "{file}: the sheet {sheet} is hidden; it was read"
HIDDEN_ROWS = "{file}: {count} hidden or filtered rows of the sheet {sheet} were read"
LEFT_ASIDE = "{file}: left aside, for no table that is known stands on them: the sheets {sheets:words}"
