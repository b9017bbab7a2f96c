"""The web server, a process of its own: python -m config.server HOST:PORT WORKERS"""

import sys
from collections.abc import Callable
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from config.address import Address
from config.processes import die_with_parent

# For each worker; as many as its pool has connections to PostgreSQL.
THREADS = 8
# Seconds a worker has for finishing what it is answering.
PATIENCE = 10


def serve(address: Address, workers: int, *, load: Callable[[], Any] | None = None) -> None:
    """What is loaded runs in the worker; without a word about it, it is the site."""
    server = Server(
        "config.wsgi:application",
        address=address.host,
        port=address.port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
    )
    server.serve(target_loader=load or _load, wrap_loader=False)


def _load() -> Any:
    """Runs in the worker, which must not outlive the process that holds the address."""
    die_with_parent()
    from config.wsgi import application

    return application


if __name__ == "__main__":
    serve(Address.parse(sys.argv[1]), int(sys.argv[2]))
