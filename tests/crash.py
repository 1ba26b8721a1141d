"""Die, or fail, at the n-th step of putting a report in place: run by test_audit_trust, each time in a process of its own.

Arguments: the folder of a report that stands, a folder of exports, and "kill" or "fail". For every step that writing the new report takes
(making a folder, syncing, renaming, removing), a forked child repeats the work on a copy and ends, or meets a full disk, at that
step. A line of JSON for each says what is left.
"""

import errno
import hashlib
import json
import os
import shutil
import signal
import sys
from datetime import datetime
from pathlib import Path

from audit import audit
from audit import outputs as placing

STEPS = ("fsync", "replace", "unlink", "mkdir", "rmdir")
OUTPUTS = ("findings.csv", "risk_report.xlsx", "summary.json")


def at_step(number, action):
    """Let the n-th of all calls of STEPS do something else."""
    count = iter(range(1, 10_000))

    def watched(original):
        def call(*arguments, **more):
            return action() if next(count) == number else original(*arguments, **more)

        return call

    for name in STEPS:
        setattr(os, name, watched(getattr(os, name)))


def die():
    """End as from a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


def fail():
    """Meet a full disk."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def hashes(folder):
    """The outputs that stand in a folder, by name."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in OUTPUTS if (folder / name).exists()}


def whole(folder):
    """Whether every output is the one that the summary names."""
    named = json.loads((folder / "summary.json").read_text(encoding="utf-8"))["outputs"]
    return all(hashlib.sha256((folder / output["file"]).read_bytes()).hexdigest() == output["sha256"] for output in named)


def attempt(outcome, out, number, action):
    """Put the new report in place in a child that meets its end, or a fault, at a step; how the child ended."""
    child = os.fork()
    if child == 0:
        at_step(number, action)
        try:
            placing.put_in_place(outcome, out, ("xlsx",))
        except OSError:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def main(standing, exports, manner):
    """Try every step, until one run gets through without meeting it."""
    outcome = audit(exports, as_of=datetime.fromisoformat("2026-11-24T06:00"))
    work = standing.with_name(f"{standing.name}.{manner}")
    for number in range(1, 10_000):
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(standing, work)
        ended = attempt(outcome, work, number, die if manner == "kill" else fail)
        left = hashes(work)
        placing.recover(work)
        step = {"step": number, "ended": ended, "left": left, "then": hashes(work), "whole": whole(work), "extra": extra(work)}
        sys.stdout.write(json.dumps(step) + "\n")
        if ended == 0:
            break


def extra(work):
    """What stands in the folder beside the outputs once the next run has recovered it."""
    return sorted(path.name for path in work.iterdir() if path.name not in (*OUTPUTS, ".tables", "quarantine", ".lock"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
