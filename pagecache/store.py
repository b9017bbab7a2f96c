from collections import OrderedDict
from hashlib import sha256
from threading import Lock

from django.core.cache import BaseCache, caches

from pagecache import versions
from pagecache.entry import MAX_AGE, Page
from pagecache.key import Key

# Pages of a release whose pages look different are not read.
FIELDS = tuple(Page.__dataclass_fields__)
BYTES = 32 * 1024 * 1024  # for each process


class Shelf:
    """The cached pages of this process; the least recently used go when there is no room."""

    def __init__(self, room: int = BYTES) -> None:
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._room = room
        self._lock = Lock()

    def get(self, key: Key) -> Page | None:
        page = self._pages.get(key)
        if page is not None:
            try:
                self._pages.move_to_end(key)
            except KeyError:  # it went meanwhile
                pass
        return page

    def fetch(self, key: Key) -> Page | None:
        """The page as another process may have put it; asked before one is made."""
        return self.get(key)

    def put(self, key: Key, page: Page) -> None:
        with self._lock:
            self._room += self._take(key) - page.size
            self._pages[key] = page
            while self._room < 0:
                self._room += self._pages.popitem(last=False)[1].size

    def clear(self) -> None:
        with self._lock:
            for key in list(self._pages):
                self._room += self._take(key)

    def _take(self, key: Key) -> int:
        page = self._pages.pop(key, None)
        return page.size if page else 0


class SharedShelf(Shelf):
    """What one process made serves the others, on whatever machine, by way of CACHE_URL."""

    def __init__(self, site: str) -> None:
        super().__init__()
        self._site = site

    def fetch(self, key: Key) -> Page | None:
        page = self.get(key)
        found = self._cache.get(self._name(key))
        if found and (page is None or found["begun"] > page.begun):
            page = Page(**found)
            super().put(key, page)
        return page

    def put(self, key: Key, page: Page) -> None:
        super().put(key, page)
        self._cache.set(self._name(key), vars(page), MAX_AGE)

    @property
    def _cache(self) -> BaseCache:
        return caches["pages"]  # each thread has its own connection

    def _name(self, key: Key) -> str:
        return sha256(repr((self._site, FIELDS, *key)).encode()).hexdigest()


def shelf_for(site: str) -> Shelf:
    return SharedShelf(site) if versions.are_shared() else Shelf()
