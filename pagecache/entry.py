import gzip
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import brotli

from pagecache import versions
from pagecache.key import Environ, encoding_in
from pagecache.versions.clock import Versions

StartResponse = Callable[[str, list[tuple[str, str]]], Any]
Headers = list[tuple[str, str]]

# Seconds. The limit covers changes that write no version: a time of publication that has come,
# or a process that died after it committed a change and before it wrote the version.
MAX_AGE = 30
WORTH_COMPRESSING = 200  # bytes
# The results are within a tenth of the smallest ones, and quick enough
# for a discussion that changes all the time.
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
# These headers are set anew for each response, or are not right for all readers.
DROPPED = {"content-length", "date", "vary", "x-request-id"}


@dataclass
class Response:
    """A response that is not cached, for the request that caused it."""

    status: str
    headers: Headers
    body: bytes

    def respond(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        start_response(self.status, self.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.body]


@dataclass
class Page:
    """A cached response with its compressed bodies; each is compressed at its first request."""

    headers: Headers
    body: bytes
    article: int
    version: int  # of the clock in pagecache.versions, when its rendering began
    rendered_at: float
    render_seconds: float
    etag: str = ""
    validators: Headers = field(default_factory=list)  # the headers of a 304
    quoted: tuple[int, ...] = ()  # other articles of which it shows something
    encodings: dict[str, tuple[Headers, bytes]] = field(default_factory=dict)

    @classmethod
    def of(cls, response: Response, *, vary: str, **fields: Any) -> "Page":
        """Return a page that CDNs and browsers may store, but must validate: that costs a 304."""
        etag = f'"{blake2b(response.body, digest_size=12).hexdigest()}"'
        headers = [(name, value) for name, value in response.headers if name.lower() not in DROPPED]
        validators = [("Cache-Control", "public, no-cache"), ("ETag", f"W/{etag}"), ("Vary", vary)]
        headers += validators
        return cls(headers, response.body, etag=etag, validators=validators, **fields)

    @property
    def size(self) -> int:
        return 2 * len(self.body) + 2_000  # with what its compressed bodies will take

    def versions(self) -> Versions | None:
        return versions.of(self.article, *self.quoted)

    def is_valid(self, latest: Versions | None) -> bool:
        """Return True unless an article was purged after rendering began."""
        return latest is not None and latest.purged <= self.version

    def is_fresh(self, latest: Versions, now: float) -> bool:
        """Return True unless the article has more to show, or the page is too old."""
        return latest.stale <= self.version and 0 <= now - self.rendered_at < MAX_AGE

    def respond(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        if self.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", self.validators.copy())
            return []
        encoding = encoding_in(environ.get("HTTP_ACCEPT_ENCODING", ""))
        headers, body = self.encodings.get(encoding) or self._encode(encoding)
        start_response("200 OK", headers.copy())
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def has_encoding(self, environ: Environ) -> bool:
        """Return whether the body is already compressed as the request asks for it."""
        return encoding_in(environ.get("HTTP_ACCEPT_ENCODING", "")) in self.encodings

    def _encode(self, encoding: str) -> tuple[Headers, bytes]:
        headers, body = self.headers.copy(), self.body
        if encoding and len(body) >= WORTH_COMPRESSING:
            body = COMPRESS[encoding](body)
            headers.append(("Content-Encoding", encoding))
        headers.append(("Content-Length", str(len(body))))
        self.encodings[encoding] = headers, body
        return headers, body
