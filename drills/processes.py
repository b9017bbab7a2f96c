"""End the processes that a drill or a run of the tests leaves running."""

import ctypes
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends, where Linux allows it."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants(parent: int = 0) -> Iterator[int]:
    """Yield the running processes that this one started, or that one of those started."""
    parent = parent or os.getpid()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            state, its_parent = stat.read_text().rpartition(")")[2].split()[:2]
            if int(its_parent) == parent and state != "Z":
                yield int(stat.parent.name)
                yield from descendants(int(stat.parent.name))


def end_descendants(*, but: set[int]) -> int:
    """Kill the processes below this one, except those given, and return their number."""
    ended: list[int] = []
    while running := [pid for pid in descendants() if pid not in but and pid not in ended]:
        for pid in running:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        ended += running
    # Parents first: only when they are gone, their children are this process's to bury.
    for pid in ended:
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)
    return len(ended)
