"""A database to be measured on: made for it, and gone afterwards."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.process import pin_to_others
from tests.postgres import postgresql

SECRET = "only-for-measuring-0123456789-abcdefghijklmnopqrstuvwxyz"  # noqa: S105


@contextmanager
def environment(kind: str, port: int) -> Iterator[dict[str, str]]:
    """The environment of a site in production on this kind of database, fsync and all."""
    with TemporaryDirectory(prefix="parley-benchmarks-") as folder, _database(kind) as url:
        kept = {
            name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}
        }
        yield kept | {
            "DATABASE_URL": url,
            "DATA_DIR": folder,
            "SECRET_KEY": SECRET,
            "ALLOWED_HOSTS": "localhost",
            "SITE_URL": f"http://localhost:{port}",
            "COMMENT_RATE": "999999/s",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }


@contextmanager
def _database(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield ""
    elif url := os.environ.get("DATABASE_URL"):
        yield url
    else:
        with postgresql(durable=True) as url:
            yield url


def server_process(url: str) -> int:
    """The key of PostgreSQL's first process, where it runs
    on this machine and can be seen; otherwise 0.
    """
    socket = url.partition("?host=")[2]
    if not socket:
        return 0
    lock = Path(socket, ".s.PGSQL.5432.lock")
    return int(lock.read_text().split()[0]) if lock.exists() else 0


def pin(process: int) -> None:
    if process and os.geteuid() == 0:
        children = ["ps", "-o", "pid=", "--ppid", str(process)]
        for member in subprocess.check_output(children, text=True).split():
            pin_to_others(int(member))
        pin_to_others(process)
