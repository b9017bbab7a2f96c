"""The clock of a site on one machine: a small file that all its processes have in their memory."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_UN, flock
from mmap import mmap
from pathlib import Path
from threading import Lock

from pagecache.versions import EVERYTHING, Versions

# Articles share a place when there are more of them: then one is made anew with the other.
PLACES = 65_536
WORD = 8  # bytes
CLOCK = 0
FIRST = 2  # the words of the first place: purged, grown
SIZE = (FIRST + 2 * (1 + PLACES)) * WORD


class VersionFile:
    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if os.fstat(self._file).st_size < SIZE:
            os.ftruncate(self._file, SIZE)
        self._words = memoryview(mmap(self._file, SIZE)).cast("Q")
        self._threads = Lock()

    def now(self) -> int:
        return self._words[CLOCK]

    def of(self, article: int, *others: int) -> Versions:
        purged = (self._words[_place(each)] for each in (EVERYTHING, article, *others))
        return Versions(max(purged), self._words[_place(article) + 1])

    def mark(self, article: int, kind: str) -> None:
        with self._alone():
            tick = self._words[CLOCK] + 1
            # In this order: an answer begun between the two is taken for older than it is, and made again.
            self._words[_place(article) + Versions._fields.index(kind)] = tick
            self._words[CLOCK] = tick

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Of all threads and processes, or an earlier tick could be written over a later one."""
        with self._threads:
            flock(self._file, LOCK_EX)
            try:
                yield
            finally:
                flock(self._file, LOCK_UN)


def _place(article: int) -> int:
    number = EVERYTHING if article == EVERYTHING else 1 + article % PLACES
    return FIRST + 2 * number
