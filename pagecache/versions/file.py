"""The clock of a site on one machine: a small file that all its processes read.

It is no memory map: writing to a map on a full disk ends the process.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_UN, flock
from pathlib import Path
from struct import Struct
from threading import Lock

from pagecache.versions.clock import EVERYTHING, Versions

# Articles share a place when there are more of them: then one is made anew with the other.
PLACES = 65_536
WORD = Struct("=Q")
PLACE = Struct("=QQ")  # purged, grown
# The clock's place, that of everything, those of the articles.
SIZE = (2 + PLACES) * PLACE.size


class VersionFile:
    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.posix_fallocate(
                self._file, 0, SIZE
            )  # no version is lost to a disk that is full later
        except OSError:
            os.close(self._file)
            raise
        self._threads = Lock()

    def now(self) -> int:
        return self._read(WORD, 0)[0]

    def of(self, article: int, *others: int) -> Versions:
        purged, grown = self._read(PLACE, _offset(article))
        for other in (EVERYTHING, *others):
            purged = max(purged, self._read(WORD, _offset(other))[0])
        return Versions(purged, grown)

    def mark(self, article: int, kind: str) -> None:
        with self._alone():
            tick = WORD.pack(self.now() + 1)
            # In this order: an answer begun between the two is
            # taken for older than it is, and made again.
            os.pwrite(self._file, tick, _offset(article) + Versions._fields.index(kind) * WORD.size)
            os.pwrite(self._file, tick, 0)

    def _read(self, words: Struct, offset: int) -> tuple[int, ...]:
        content = os.pread(self._file, words.size, offset)
        if len(content) < words.size:
            raise OSError("The file of versions was cut off.")
        return words.unpack(content)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Of all threads and processes, or an earlier tick could be written over a later one."""
        with self._threads:
            flock(self._file, LOCK_EX)
            try:
                yield
            finally:
                flock(self._file, LOCK_UN)


def _offset(article: int) -> int:
    number = 1 if article == EVERYTHING else 2 + article % PLACES
    return number * PLACE.size
