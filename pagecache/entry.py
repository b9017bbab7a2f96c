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

# Seconds; bounds whatever no stamp speaks of (an hour that has come, a
# process that died between a change and its stamp).
MAX_AGE = 30
WORTH_COMPRESSING = 200  # bytes
# Good enough to be within a tenth of the best, quick enough
# for a discussion that changes all the time.
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
# Made anew for each answer, or not right for all.
DROPPED = {"content-length", "date", "vary", "x-request-id"}


@dataclass
class Answer:
    """What the site answered once, to be given to the one who asked."""

    status: str
    headers: Headers
    body: bytes

    def give(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        start_response(self.status, self.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.body]


@dataclass
class Page:
    """An answer that is kept, with its compressed forms: each is made when it is first asked for."""

    article: int
    begun: int  # the tick of pagecache.versions
    made_at: float
    cost: float  # seconds it took to make
    headers: Headers
    body: bytes
    tag: str = ""
    quoted: tuple[int, ...] = ()  # other articles of which it shows something
    forms: dict[str, tuple[Headers, bytes]] = field(default_factory=dict)

    @classmethod
    def of(cls, answer: Answer, *, vary: str, **made: Any) -> "Page":
        """CDNs and browsers may keep it, and ask each time: that costs no more than a 304."""
        tag = f'"{blake2b(answer.body, digest_size=12).hexdigest()}"'
        headers = [(name, value) for name, value in answer.headers if name.lower() not in DROPPED]
        headers += [("Cache-Control", "public, no-cache"), ("ETag", f"W/{tag}"), ("Vary", vary)]
        return cls(headers=headers, body=answer.body, tag=tag, **made)

    @property
    def size(self) -> int:
        return 2 * len(self.body) + 2_000  # with what its compressed forms will take

    def versions(self) -> Versions | None:
        return versions.of(self.article, *self.quoted)

    def is_true(self, known: Versions | None) -> bool:
        """Nothing that it says was taken back."""
        return known is not None and known.purged <= self.begun

    def is_new(self, known: Versions, now: float) -> bool:
        return known.grown <= self.begun and 0 <= now - self.made_at < MAX_AGE

    def give(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        if self.tag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", self.headers[-3:])
            return []
        encoding = encoding_in(environ.get("HTTP_ACCEPT_ENCODING", ""))
        headers, body = self.forms.get(encoding) or self._form(encoding)
        start_response("200 OK", headers.copy())
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def has_form(self, environ: Environ) -> bool:
        """Return whether the compressed form that is asked for was made before."""
        return encoding_in(environ.get("HTTP_ACCEPT_ENCODING", "")) in self.forms

    def _form(self, encoding: str) -> tuple[Headers, bytes]:
        headers, body = self.headers.copy(), self.body
        if encoding and len(body) >= WORTH_COMPRESSING:
            body = COMPRESS[encoding](body)
            headers.append(("Content-Encoding", encoding))
        headers.append(("Content-Length", str(len(body))))
        self.forms[encoding] = headers, body
        return headers, body
