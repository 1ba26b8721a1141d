"""What the cells of all sheets of a workbook refer to: shared texts, formats, the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from audit.ingest.workbooks.archive import Archive
from audit.ingest.workbooks.package import Package
from audit.ingest.workbooks.strings import shared_strings
from audit.ingest.workbooks.styles import PLAIN, Format, formats

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Context:
    """What cells refer to, each part read once, and only if it is needed."""

    archive: Archive
    package: Package

    @property
    def from_1904(self) -> bool:
        """Whether days are counted from 1904."""
        return self.package.from_1904

    @cached_property
    def arrow(self) -> pa.Array:
        """The shared texts by their numbers, as a column."""
        return shared_strings(self.archive, self.package.strings)

    @cached_property
    def lengths(self) -> pa.Array:
        """How many bytes each of them has."""
        import pyarrow.compute as pc

        return pc.binary_length(self.arrow)

    @cached_property
    def strings(self) -> list[str]:
        """The same texts one by one."""
        texts: list[str] = self.arrow.to_pylist()
        return texts

    @cached_property
    def formats(self) -> list[Format]:
        """The formats by the numbers of their styles."""
        return formats(self.archive, self.package.styles)

    def format(self, style: int) -> Format:
        """The format of a style."""
        return self.formats[style] if style < len(self.formats) else PLAIN
