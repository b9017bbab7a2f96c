"""The web server, a process of its own: python -m config.serve.server HOST:PORT WORKERS"""

import sys
from collections.abc import Callable
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from config.serve.address import Address
from config.serve.supervisor import die_with_parent

# A connection that is idle, or whose headers come slowly, is closed after so many milliseconds.
IDLE = 15_000
# Bytes of an address with its headers.
LONGEST_HEADERS = 64 * 1024
# For each worker. A connection costs no thread, but the headers it has sent so far.
CONNECTIONS = 1024
# Seconds a worker has for finishing what it is answering.
PATIENCE = 10


def serve(address: Address, workers: int, *, load: Callable[[], Any] | None = None) -> None:
    """Serve what `load` returns in the workers; without it, the site."""
    server = Server(
        "config.wsgi:application",
        address=address.host,
        port=address.port,
        interface=Interfaces.RSGI,
        workers=workers,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=IDLE, max_buffer_size=LONGEST_HEADERS),
        backpressure=CONNECTIONS,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
    )
    server.serve(target_loader=load or _load, wrap_loader=False)


def _load() -> Any:
    """Runs in the worker, which must not outlive the process that holds the address."""
    die_with_parent()
    from django.conf import settings

    from config.serve.gateway import Gateway
    from config.wsgi import application

    return Gateway(
        application,
        cached=application.at_hand,
        largest=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        largest_uploads=settings.LARGEST_UPLOADS,
    )


if __name__ == "__main__":
    serve(Address.parse(sys.argv[1]), int(sys.argv[2]))
