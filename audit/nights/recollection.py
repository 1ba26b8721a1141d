"""What a history tells a person: its runs in a list, and what changed between two of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from audit.catalogue import OURS
from audit.errors import ConfigFault
from audit.nights import history

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

LAST = "last"


def listed(path: Path, form: str) -> str:
    """Every run, the latest first."""
    with history.opened(path) as memory:
        nights = history.nights(memory)[::-1]
    if form == "json":
        return json.dumps({"version": 1, "runs": json.loads(nights.to_json(orient="records", date_format="iso"))}, indent=2)
    if not len(nights):
        return "The history holds no run yet."
    head = f"{'run':<24} {'as of (UTC)':<16} {'new':>6} {'before':>7} {'gone':>6} {'waived':>7} {'EUR at stake':>13} {'exit':>5}"
    return "\n".join([head, *(_line(row) for row in nights.itertuples())])


def _line(row: Any) -> str:
    return (
        f"{row.run_id:<24} {row.as_of:%Y-%m-%d %H:%M} {row.new:>6} {row.before:>7} {row.gone:>6} {row.waived:>7} "
        f"{row.stake / 100:>13,.2f} {row.exit_code:>5}"
    )


def pruned(path: Path, keep: int) -> str:
    """Forget all but the last so many runs, and say how many went."""
    with history.opened(path) as memory:
        gone = history.prune(memory, keep)
    return (
        f"Forgot {gone} run{'' if gone == 1 else 's'}; kept the last {keep}." if gone else f"Nothing to forget: no more than {keep} runs."
    )


def compared(path: Path, earlier: str, later: str, form: str) -> str:
    """What the later run found that the earlier did not, and the other way round."""
    with history.opened(path) as memory:
        nights = history.nights(memory)
        names = find(nights, earlier), find(nights, later)
        first, second = (history.findings_of(memory, name) for name in names)
    came, went = sorted(set(second) - set(first)), sorted(set(first) - set(second))
    worse = sorted(key for key in set(first) & set(second) if first[key]["severity"] != second[key]["severity"])
    if form == "json":
        told = {"came": [{"finding_id": key, **second[key]} for key in came], "went": [{"finding_id": key, **first[key]} for key in went]}
        changed = [{"finding_id": key, "from": first[key]["severity"], **second[key]} for key in worse]
        return json.dumps({"version": 1, "earlier": names[0], "later": names[1], **told, "changed": changed}, indent=2)
    return "\n".join([
        f"from {names[0]} to {names[1]}: {len(came)} came, {len(went)} went, {len(first.keys() & second.keys())} in both",
        *(f"+ {_told(key, second)}" for key in came),
        *(f"- {_told(key, first)}" for key in went),
        *(f"~ {_told(key, second)}, was {first[key]['severity']}" for key in worse),
    ])  # fmt: skip


def _told(key: str, findings: dict[str, dict[str, Any]]) -> str:
    row = findings[key]
    rule = OURS.by_code.get(row["rule"])
    return f"{row['rule']} {row['severity']:<8} {row['subject']}  {rule.title if rule else ''}".rstrip()


def find(nights: pd.DataFrame, name: str) -> str:
    """The run that a person means: its id or the beginning of it, a day, "last", or -1, -2 counted from the end."""
    ids = list(nights["run_id"])
    if name == LAST or (name.startswith("-") and name[1:].isdigit()):
        place = -1 if name == LAST else int(name)
        if 1 <= -place <= len(ids):
            return str(ids[place])
    meant = [one for one in ids if one == name] or [one for one in ids if one.startswith(name.replace("-", ""))]
    if len(meant) != 1:
        raise ConfigFault(
            f"{name} means {'no run' if not meant else 'several runs: ' + ', '.join(meant)}.", "order-audit history lists the runs."
        )
    return str(meant[0])
