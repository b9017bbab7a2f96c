"""A small site behind the real server: python -m tests.config.serve.site PORT"""

import json
import sys
from threading import Event
from typing import Any

from config.serve import body, gateway
from config.serve.address import Address
from config.serve.server import serve
from config.serve.supervisor import die_with_parent

PATIENCE = 0.5  # seconds, of everything that a test waits for

released = Event()
waiting: list[str] = []


def site(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Answer with the request as it was understood; `/wait` holds a thread until `/release`."""
    words = environ["wsgi.input"].read().decode()
    if gateway.OVERLOADED in environ:
        start_response("503 Service Unavailable", [("Retry-After", gateway.RETRY_AFTER)])
        return [words.encode()]
    if environ["PATH_INFO"] == "/wait":
        waiting.append(words)
        released.wait(10)
    if environ["PATH_INFO"] == "/release":
        released.set()
    start_response("200 OK", [("Content-Type", "application/json")])
    texts = {name: value for name, value in environ.items() if isinstance(value, str)}
    return [json.dumps(texts | {"body": words, "waiting": str(len(waiting))}).encode()]


def load() -> gateway.Gateway:
    die_with_parent()
    gateway.READER_PATIENCE = gateway.WRITER_PATIENCE = PATIENCE
    return gateway.Gateway(site, largest=1_000_000, bodies=body.BodyReader(seconds=PATIENCE))


if __name__ == "__main__":
    serve(Address("127.0.0.1", int(sys.argv[1])), 1, load=load)
