"""One reading of a workbook, by us or by calamine alone: ``python reading_xlsx.py ours|calamine FILE`` tells its seconds as JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path


def ours() -> Callable[[Path], object]:
    """Our reader, which looks for what a clean sheet has not."""
    from audit.ingest import workbooks

    return lambda path: workbooks.read(path.name, path.read_bytes())


def calamine() -> Callable[[Path], object]:
    """The first sheet's cells as calamine gives them."""
    from python_calamine import CalamineWorkbook

    return lambda path: CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def main(reader: str, path: Path) -> None:
    """Read once; what is imported before does not count."""
    read = {"ours": ours, "calamine": calamine}[reader]()
    began, busy = time.perf_counter(), time.process_time()
    read(path)
    spent = {"seconds": time.perf_counter() - began, "processor": time.process_time() - busy, "peak": 0}
    print(json.dumps({"facts": {"stage": "reading", **spent}}))  # noqa: T201 - its answer


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
