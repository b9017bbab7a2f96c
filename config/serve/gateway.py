"""Between the network and the site: an RSGI application around a WSGI application.

Slow clients, long queues and health checks are dealt with in the event loop. A thread is taken only
by a request that has come whole and whose answer has to be made.
"""

from collections.abc import AsyncIterable, Callable, Iterable, Mapping
from http import HTTPStatus
from io import BytesIO
from typing import Any, Protocol

from config.serve.body import BodyReader, Refused
from config.serve.environ import Environ, Scope, environ_of
from config.serve.threads import Busy, Threads

# Readers have threads of their own: they never wait behind people who wait for a lock of the
# database. Together as many as the pool has connections to PostgreSQL.
READERS = 6
WRITERS = 4
# Seconds a request waits for a thread: a writer as long as SQLite waits for its lock.
READER_PATIENCE = 5.0
WRITER_PATIENCE = 20.0

HEALTH = "/healthz"
RETRY_AFTER = "10"  # seconds
# Set where no thread became free: the site answers without a database (config.middleware.Overload).
OVERLOADED = "parley.overloaded"

Headers = list[tuple[str, str]]
Answer = tuple[int, Headers, bytes]
Site = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Cached = Callable[[Environ], Site | None]


class Client(AsyncIterable[bytes], Protocol):
    """The methods of granian.rsgi.HTTPProtocol that are called here."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None: ...


class Gateway:
    def __init__(
        self,
        site: Site,
        *,
        largest: int,
        largest_uploads: Mapping[str, int] | None = None,
        cached: Cached = lambda _: None,
        bodies: BodyReader | None = None,
    ) -> None:
        self._site = site
        self._largest = largest  # bytes of a body; the site refuses larger ones itself
        self._cached = cached
        self._largest_uploads = largest_uploads or {}  # by path
        self._bodies = bodies or BodyReader()
        self._uploads = BodyReader()  # in a room of their own: they are large and come slowly
        self._readers = Threads(READERS, patience=READER_PATIENCE)
        self._writers = Threads(WRITERS, patience=WRITER_PATIENCE)
        self._spare = Threads(1, patience=READER_PATIENCE)

    async def __rsgi__(self, scope: Scope, client: Client) -> None:
        if scope.path == HEALTH:
            client.response_bytes(*_plain(HTTPStatus.OK, "ok"))
            return
        environ = environ_of(scope)
        if page := self._cached(environ):
            client.response_bytes(*answer(page, environ))
            return
        client.response_bytes(*await self._answer(environ, client))

    async def _answer(self, environ: Environ, client: Client) -> Answer:
        try:
            length, path = _length(environ), environ["PATH_INFO"]
            largest = self._largest_uploads.get(path, self._largest)
            if not 0 < length <= largest:
                return await self._made(environ)
            reader = self._uploads if path in self._largest_uploads else self._bodies
            async with reader.read(client, length) as body:
                return await self._made(environ | {"wsgi.input": BytesIO(body)})
        except Refused as refusal:
            return _plain(refusal.status)
        except Busy:
            return _plain(HTTPStatus.SERVICE_UNAVAILABLE)

    async def _made(self, environ: Environ) -> Answer:
        threads = self._writers if environ["REQUEST_METHOD"] == "POST" else self._readers
        try:
            return await threads.run(lambda: answer(self._site, environ))
        except Busy:
            overloaded = environ | {OVERLOADED: True}
            return await self._spare.run(lambda: answer(self._site, overloaded))


def answer(site: Site, environ: Environ) -> Answer:
    """Return the whole answer of a WSGI application."""
    said: list[tuple[str, Headers]] = []

    def start_response(status: str, headers: Headers, *_: Any) -> None:
        said.append((status, headers))

    parts = site(environ, start_response)
    try:
        body = b"".join(parts)
    finally:
        getattr(parts, "close", lambda: None)()
    status, headers = said[-1]
    return int(status.split(" ", 1)[0]), headers, body


def _length(environ: Environ) -> int:
    if "HTTP_TRANSFER_ENCODING" in environ:  # the end of such a body cannot be told from a cut
        raise Refused(HTTPStatus.LENGTH_REQUIRED)
    length = environ.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        raise Refused(HTTPStatus.BAD_REQUEST)
    return int(length[:20])


def _plain(status: HTTPStatus, text: str = "") -> Answer:
    headers = [("Content-Type", "text/plain"), ("Cache-Control", "no-store")]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append(("Retry-After", RETRY_AFTER))
    return status, headers, f"{text or status.phrase}\n".encode()
