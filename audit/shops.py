"""Many shops in one run: each audited by a process of its own, several at a time, one failing alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from audit.engines import size
from audit.errors import FileFault
from audit.outputs import TABLES, WORKBOOK, holding, place, recover, writing
from reports import saved, shop_book
from schemas.shops import ShopNight

if TYPE_CHECKING:
    from schemas.language import Language

OVERVIEW = "overview.xlsx"
"""The workbook of all shops, beside the folders of their reports."""

AT_ONCE = os.cpu_count() or 1
"""Processes at a time, unless told otherwise: one a core."""

GRAVITY = (0, 10, 11, 12, 3, 4, 2, 1)
"""Exit codes, the worst last: an audit that could not be performed is worse than any finding."""

AUDITED = (0, 3, 10, 11, 12)
"""Exit codes of a run whose report is in place."""

NOT_AUDITED = 1
"""What a process counts as that ended in none of these: it was killed, or broke."""

OF_MANY = frozenset(f"ORDER_AUDIT_{name}" for name in ("SHOPS", "OUT", "QUIET", "VERBOSE", "HEALTH_URL", "LOG_FORMAT"))
"""Names in the environment that speak of the whole run, not of one shop's."""


class Shop(NamedTuple):
    """A shop: its name, the folder of its exports and settings, and the folder of its report."""

    name: str
    folder: Path
    out: Path


class Ended(NamedTuple):
    """How a shop's run ended: ``exit_code`` is one of GRAVITY; ``said``: the lines of JSON that it wrote on standard error, see audit.operating.logs.

    ``summary``: what its summary.json holds; blank where it performed no audit.
    """

    shop: Shop
    exit_code: int
    said: tuple[Mapping[str, Any], ...]
    summary: Mapping[str, Any]


def shops_of(folder: Path, out: Path) -> list[Shop]:
    """The shops of a folder, one a subfolder, in the order of their names. Raises FileFault where there is none."""
    if not folder.is_dir():
        raise FileFault(str(folder), "there is no such folder.", "Name the folder that holds one folder a shop.")
    inside = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    shops = [Shop(path.name, path, out / path.name) for path in inside if path.resolve() != out.resolve()]
    if not shops:
        raise FileFault(
            str(folder), "holds no folder of a shop.", "Put each shop's exports, and its order-audit.toml, into a folder of its own."
        )
    return shops


def shared_out(memory: int | None, shops: Sequence[Shop], at_once: int | None = None) -> list[str]:
    """The option by which each run takes its share of the memory that all may take together; ``memory`` in bytes, else the machine's share."""
    return ["--memory", str((memory or size.available()) // max(1, min(len(shops), at_once or AT_ONCE)))]


def run_all(shops: Sequence[Shop], arguments: Sequence[str], *, at_once: int | None = None) -> Iterator[Ended]:
    """Audit every shop with the same options, in the order given; ``at_once``: processes at a time, else one a core.

    Ended from outside, it ends the processes that are at work.
    """
    running: set[subprocess.Popen[str]] = set()
    pool = ThreadPoolExecutor(at_once or AT_ONCE)
    with _terminable():
        try:
            yield from pool.map(lambda shop: _run(shop, arguments, running), shops)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in list(running):
                process.terminate()
            pool.shutdown()


def audit(
    folder: Path, out: Path, arguments: Sequence[str], language: Language, tell: Callable[[Ended], None], *, memory: int | None = None
) -> int:
    """Audit every shop of a folder into a folder of its own in ``out``, tell each as it has ended, and write the overview.

    ``memory``: bytes that all of them may take together. The exit code of the whole: that of its worst shop.
    """
    shops = shops_of(folder, out)
    with holding(out), writing(out):
        recover(out)
        ended = []
        for end in run_all(shops, [*arguments, *shared_out(memory, shops)]):
            tell(end)
            ended.append(end)
        place(out / OVERVIEW, lambda path: shop_book.save(nights(ended), language, path), overwrite=True)
    return worst(ended)


def nights(ended: Iterable[Ended]) -> Iterator[ShopNight]:
    """The shops' nights, each shop's tables read only when it is asked for."""
    for end in ended:
        outcome = saved.read(end.shop.out / TABLES) if end.summary else None
        report = f"{end.shop.name}/{WORKBOOK}" if (end.shop.out / WORKBOOK).exists() else ""
        yield ShopNight(end.shop.name, end.exit_code, "" if end.summary else why(end), report, outcome)


def worst(ended: Sequence[Ended]) -> int:
    """The exit code of the whole: that of its worst shop."""
    return max((end.exit_code for end in ended), key=GRAVITY.index)


def _run(shop: Shop, arguments: Sequence[str], running: set[subprocess.Popen[str]]) -> Ended:
    command = [sys.executable, "-m", "audit.cli", "run", str(shop.folder), "--out", str(shop.out), *arguments, "--log-format", "json"]
    with subprocess.Popen(  # noqa: S603 - this very program, with options that its own command line has taken
        command, env=_environment(os.environ), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        running.add(process)
        _, said = process.communicate()
    running.discard(process)
    code = process.returncode if process.returncode in GRAVITY else NOT_AUDITED
    summary = json.loads((shop.out / "summary.json").read_text(encoding="utf-8")) if code in AUDITED else {}
    return Ended(shop, code, tuple(_lines(said)), summary)


def _lines(said: str) -> Iterator[Mapping[str, Any]]:
    """What a run wrote on standard error; a line that is no JSON, for the process broke before it could speak, as an error."""
    for line in said.splitlines():
        try:
            yield dict(json.loads(line))
        except ValueError:
            yield {"level": "error", "message": line, "facts": {}}


def why(end: Ended) -> str:
    """Why no audit was performed: what its errors say, with what to try."""
    faults = [line for line in end.said if line["level"] == "error"]
    return " ".join(part for line in faults for part in (line["message"], line["facts"].get("remedy", "")) if part)


def _environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of one shop's run."""
    return {name: value for name, value in environment.items() if name not in OF_MANY}


@contextmanager
def _terminable() -> Iterator[None]:
    """Let a request to end unwind what is at work."""

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
