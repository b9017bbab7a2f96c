import time
from collections.abc import Callable, Iterable
from threading import Event
from typing import Any
from urllib.parse import urlsplit

from pagecache import versions
from pagecache.decorators import ARTICLE, QUOTED
from pagecache.entry import Answer, Headers, Page, StartResponse
from pagecache.key import (
    PATH_LENGTH,
    QUERY_LENGTH,
    Environ,
    Key,
    for_nobody,
    ignores_cookies,
    may_be_kept,
    theme_in,
)
from pagecache.store import Shelf

Site = Callable[[Environ, StartResponse], Iterable[bytes]]

READING = ("GET", "HEAD")
# Seconds a request waits for another one that makes its page, before it has the site make its own.
PATIENCE = 5.0
# A page of a busy discussion is made again and again for at most this part of the time,
SHARE = 0.25
# and rests no longer than this, in seconds.
LONGEST_REST = 1.0


class Making:
    """A page that is being made: others wait for it."""

    def __init__(self) -> None:
        self.done = Event()
        self.page: Page | None = None


class Keeper:
    """The site, with the pages of signed-out readers kept: a WSGI application around another one."""

    def __init__(
        self, site: Site, *, address: str, shelf: Shelf | None = None, share: float = SHARE
    ) -> None:
        self.site = site
        self.shelf = shelf or Shelf()
        self._scheme, self._host = urlsplit(address)[:2]
        self._rest = 1 / share - 1  # for each second of making
        self._makings: dict[Key, Making] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = self._key(environ)
        if key is None:
            return self.site(environ, start_response)
        page, is_good = self._look_up(key)
        if page and is_good:
            return page.give(environ, start_response)
        answer = self._remade(key, environ, old=page)
        return (
            answer.give(environ, start_response) if answer else self.site(environ, start_response)
        )

    def at_hand(self, environ: Environ) -> Site | None:
        """Return what gives the page at once: nothing to
        make, to compress or to ask the network for.
        """
        if versions.are_shared():
            return None
        key = self._key(environ)
        page, is_good = self._look_up(key) if key else (None, False)
        return page.give if page and is_good and page.has_form(environ) else None

    def _look_up(self, key: Key) -> tuple[Page | None, bool]:
        """Return the stored page, if what it says still
        holds, and whether it is good without a new one.
        """
        page = self.shelf.get(key)
        if page is None:
            return None, False
        known, now = page.versions(), time.time()
        if known is None or known.purged > page.begun:
            return None, False
        return page, page.is_new(known, now) or self._rests(page, now)

    def _key(self, environ: Environ) -> Key | None:
        """What a kept page depends on; None for what the site answers itself."""
        if environ["REQUEST_METHOD"] not in READING or environ.get("HTTP_HOST") != self._host:
            return None
        if self._scheme == "https" and environ.get("HTTP_X_FORWARDED_PROTO") != "https":
            return None
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if len(path) > PATH_LENGTH or len(query) > QUERY_LENGTH:
            return None
        cookies = environ.get("HTTP_COOKIE")
        theme = theme_in(cookies) if cookies and not ignores_cookies(path) else ""
        return None if theme is None else Key(path, query, theme)

    def _rests(self, page: Page, now: float) -> bool:
        return 0 <= now - page.made_at < min(page.cost * self._rest, LONGEST_REST)

    def _remade(self, key: Key, environ: Environ, *, old: Page | None) -> Page | Answer | None:
        """One makes the page; the others get the old one meanwhile or, where there is none, wait."""
        if not may_be_kept(key):
            return None
        mine = Making()
        making = self._makings.setdefault(key, mine)
        if making is mine:
            return self._made(key, environ, mine)
        if old:
            return old
        making.done.wait(PATIENCE)
        page = making.page
        return page if page and page.is_true(page.versions()) else None

    def _made(self, key: Key, environ: Environ, making: Making) -> Page | Answer | None:
        try:
            begun = versions.now()
            answer = None if begun is None else self._fetch(key) or self._make(key, environ, begun)
            making.page = answer if isinstance(answer, Page) else None
            return answer
        finally:
            del self._makings[key]
            making.done.set()

    def _fetch(self, key: Key) -> Page | None:
        """The page that was finished a moment ago, or by another process."""
        page = self.shelf.fetch(key)
        known = page.versions() if page else None
        return (
            page
            if page and known and page.is_true(known) and page.is_new(known, time.time())
            else None
        )

    def _make(self, key: Key, environ: Environ, begun: int) -> Page | Answer:
        started = time.perf_counter()
        asked = for_nobody(environ, key.theme)
        answer = _answer(self.site, asked)
        names = {name.lower() for name, _ in answer.headers}
        if (
            not answer.status.startswith("200")
            or ARTICLE not in asked
            or names & {"set-cookie", "cache-control"}
        ):
            return answer
        page = Page.of(
            answer,
            vary="Accept-Encoding" if ignores_cookies(key.path) else "Cookie, Accept-Encoding",
            article=asked[ARTICLE],
            quoted=tuple(asked.get(QUOTED, ())),
            begun=begun,
            made_at=time.time(),
            cost=time.perf_counter() - started,
        )
        self.shelf.put(key, page)
        return page


def _answer(site: Site, environ: Environ) -> Answer:
    said: list[tuple[str, Headers]] = []

    def start_response(status: str, headers: Headers, *_: Any) -> None:
        said.append((status, headers))

    parts = site(environ, start_response)
    try:
        body = b"".join(parts)
    finally:
        getattr(parts, "close", lambda: None)()
    return Answer(*said[-1], body)
