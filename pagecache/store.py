from collections import OrderedDict
from threading import Lock

from pagecache.entry import Page
from pagecache.key import Key

BYTES = 32 * 1024 * 1024  # for each process


class MemoryStore:
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
            except KeyError:  # another thread removed it
                pass
        return page

    def put(self, key: Key, page: Page) -> None:
        with self._lock:
            self._room += self._take(key) - page.size
            self._pages[key] = page
            while self._room < 0:
                self._room += self._pages.popitem(last=False)[1].size

    def _take(self, key: Key) -> int:
        page = self._pages.pop(key, None)
        return page.size if page else 0
