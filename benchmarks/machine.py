"""The machine that the figures were measured on."""

import os
import platform
import sqlite3
import subprocess
from pathlib import Path

from benchmarks.asking import WRK


def facts() -> list[str]:
    return [
        (
            f"{os.cpu_count()} cores ({_processor()}), {_memory()} GB of memory, Linux "
            f"{platform.release()}."
        ),
        (
            f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
            f"{_postgresql()}, fsync on."
        ),
        (
            f"Pages were asked for with {'wrk' if WRK else 'the load client'}, the rest with the "
            "load client."
        ),
    ]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9)


def _postgresql() -> str:
    from tests.postgres import _installed, _packaged

    binaries = _packaged() or _installed()
    if not binaries:
        return "no PostgreSQL"
    said = subprocess.run(
        [str(binaries / "postgres"), "--version"], capture_output=True, text=True, check=False
    )
    return "PostgreSQL " + (said.stdout.split() or ["?"])[-1]
