"""Processor time and memory of a process and its children, from the kernel."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
# The one who is measured has a core of its own; whoever asks, and the database, share the other.
MEASURED, OTHERS = 0, os.cpu_count() or 1


def pin_to_measured(pid: int = 0) -> None:
    os.sched_setaffinity(pid, {MEASURED})


def pin_to_others(pid: int = 0) -> None:
    cores = set(range(OTHERS)) - {MEASURED}
    os.sched_setaffinity(pid, cores or {MEASURED})


def family(pid: int) -> list[int]:
    """The process and all below it."""
    members = [pid]
    for member in members:
        for children in Path(f"/proc/{member}/task").glob("*/children"):
            members += _numbers(children)
    return members


def cpu_seconds(pid: int) -> float:
    """User and system time of the process and all below it, those that ended included."""
    return sum(sum(map(int, _fields(member)[11:15])) for member in family(pid)) / TICKS


def resident_bytes(pid: int) -> int:
    """Return the memory of the largest process: the worker, not the one that holds the address."""
    return max(int(fields[21]) * PAGE for member in family(pid) if (fields := _fields(member)))


def _fields(pid: int) -> list[str]:
    """Return the fields of /proc behind the process's name, which may contain spaces."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _numbers(file: Path) -> list[int]:
    try:
        return [int(number) for number in file.read_text().split()]
    except OSError:
        return []
