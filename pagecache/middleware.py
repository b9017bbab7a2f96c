import time
from collections.abc import Callable, Iterable
from threading import Event
from typing import Any
from urllib.parse import urlsplit

from pagecache import versions
from pagecache.decorators import ARTICLE, QUOTED
from pagecache.entry import Headers, Page, Response, StartResponse
from pagecache.key import (
    PATH_LENGTH,
    QUERY_LENGTH,
    Environ,
    Key,
    anonymous_environ,
    is_cacheable,
    key_of,
    vary_of,
)
from pagecache.store import MemoryStore

Site = Callable[[Environ, StartResponse], Iterable[bytes]]

CACHED_METHODS = ("GET", "HEAD")
# Seconds that a request waits for another one's rendering before it renders its page uncached.
PATIENCE = 5.0
# Upper bound on the share of time that is spent on rendering one page of a busy discussion.
MAX_RENDER_SHARE = 0.25
# The longest pause between two renderings of a page, in seconds.
MAX_PAUSE = 1.0


class Render:
    """One rendering of a page; other requests for the page wait for it."""

    def __init__(self) -> None:
        self.done = Event()
        self.page: Page | None = None


class PageCache:
    """WSGI middleware that caches the pages of signed-out readers."""

    def __init__(
        self,
        site: Site,
        *,
        address: str,
        store: MemoryStore | None = None,
        max_render_share: float = MAX_RENDER_SHARE,
    ) -> None:
        self.site = site
        self.store = store or MemoryStore()
        self._scheme, self._host = urlsplit(address)[:2]
        self._pause = 1 / max_render_share - 1  # for each second of rendering
        self._renders: dict[Key, Render] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = self._key(environ)
        if key is None:
            return self.site(environ, start_response)
        page, is_usable = self._look_up(key)
        if page and is_usable:
            return page.respond(environ, start_response)
        response = self._render_once(key, environ, stale=page)
        if response is None:
            return self.site(environ, start_response)
        return response.respond(environ, start_response)

    def at_hand(self, environ: Environ) -> Site | None:
        """Return what responds at once: without rendering, compressing or asking the network."""
        if versions.are_shared():
            return None
        key = self._key(environ)
        page, is_usable = self._look_up(key) if key else (None, False)
        return page.respond if page and is_usable and page.has_encoding(environ) else None

    def _look_up(self, key: Key) -> tuple[Page | None, bool]:
        """Return the cached page, if it is valid, and whether to use it without rendering it."""
        page = self.store.get(key)
        if page is None:
            return None, False
        latest, now = page.versions(), time.time()
        if latest is None or not page.is_valid(latest):
            return None, False
        return page, page.is_fresh(latest, now) or self._is_throttled(page, now)

    def _key(self, environ: Environ) -> Key | None:
        """Return the cache key of a request; None for those that are not cached."""
        if environ["REQUEST_METHOD"] not in CACHED_METHODS:
            return None
        if environ.get("HTTP_HOST") != self._host:
            return None
        if self._scheme == "https" and environ.get("HTTP_X_FORWARDED_PROTO") != "https":
            return None
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if len(path) > PATH_LENGTH or len(query) > QUERY_LENGTH:
            return None
        return key_of(path, query, environ)

    def _is_throttled(self, page: Page, now: float) -> bool:
        pause = min(page.render_seconds * self._pause, MAX_PAUSE)
        return 0 <= now - page.rendered_at < pause

    def _render_once(
        self, key: Key, environ: Environ, *, stale: Page | None
    ) -> Page | Response | None:
        """Render the page, or take what another request renders: the stale page meanwhile.

        Requests without a stale page wait for it. None means that the site has to respond.
        """
        if not is_cacheable(key):
            return None
        own = Render()
        render = self._renders.setdefault(key, own)
        if render is own:
            return self._finish(key, environ, own)
        if stale:
            return stale
        render.done.wait(PATIENCE)
        page = render.page
        return page if page and page.is_valid(page.versions()) else None

    def _finish(self, key: Key, environ: Environ, render: Render) -> Page | Response | None:
        try:
            version = versions.current()
            if version is None:
                return None
            response = self._just_rendered(key) or self._render(key, environ, version)
            render.page = response if isinstance(response, Page) else None
            return response
        finally:
            del self._renders[key]
            render.done.set()

    def _just_rendered(self, key: Key) -> Page | None:
        """Return the page if another request finished it after this one looked it up."""
        page = self.store.get(key)
        latest = page.versions() if page else None
        if page is None or latest is None or not page.is_valid(latest):
            return None
        return page if page.is_fresh(latest, time.time()) else None

    def _render(self, key: Key, environ: Environ, version: int) -> Page | Response:
        started = time.perf_counter()
        anonymous = anonymous_environ(environ, key)
        response = _response_of(self.site, anonymous)
        if ARTICLE not in anonymous or not _is_public(response):
            return response
        page = Page.of(
            response,
            vary=vary_of(key.path),
            article=anonymous[ARTICLE],
            quoted=tuple(anonymous.get(QUOTED, ())),
            version=version,
            rendered_at=time.time(),
            render_seconds=time.perf_counter() - started,
        )
        self.store.put(key, page)
        return page


def _is_public(response: Response) -> bool:
    names = {name.lower() for name, _ in response.headers}
    return response.status.startswith("200") and not names & {"set-cookie", "cache-control"}


def _response_of(site: Site, environ: Environ) -> Response:
    starts: list[tuple[str, Headers]] = []

    def start_response(status: str, headers: Headers, *_: Any) -> None:
        starts.append((status, headers))

    parts = site(environ, start_response)
    try:
        body = b"".join(parts)
    finally:
        getattr(parts, "close", lambda: None)()
    return Response(*starts[-1], body)
