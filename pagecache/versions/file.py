"""The version clock of a site on one machine: a small file that all its processes read.

The file is not mapped into memory: writing to a map on a full disk kills the process.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_UN, flock
from pathlib import Path
from struct import Struct
from threading import Lock

from pagecache.versions.clock import EVERYTHING, Versions

# With more articles than this, some share a slot: a purge of one purges the other's pages, too.
SLOTS = 65_536
WORD = Struct("=Q")
SLOT = Struct("=QQ")  # purged, stale
# The slots of the clock, of everything, and of the articles.
SIZE = (2 + SLOTS) * SLOT.size


class VersionFile:
    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            # The whole file is allocated now, so that a full disk loses no version later.
            os.posix_fallocate(self._file, 0, SIZE)
        except OSError:
            os.close(self._file)
            raise
        self._threads = Lock()

    def current(self) -> int:
        return self._read(WORD, 0)[0]

    def of(self, article: int, *others: int) -> Versions:
        purged, stale = self._read(SLOT, _offset(article))
        for other in (EVERYTHING, *others):
            purged = max(purged, self._read(WORD, _offset(other))[0])
        return Versions(purged, stale)

    def mark(self, article: int, kind: str) -> None:
        with self._exclusively():
            version = WORD.pack(self.current() + 1)
            # The clock is written last: a page whose rendering begins between
            # the two gets the earlier version, and is rendered again.
            place = _offset(article) + Versions._fields.index(kind) * WORD.size
            os.pwrite(self._file, version, place)
            os.pwrite(self._file, version, 0)

    def _read(self, words: Struct, offset: int) -> tuple[int, ...]:
        content = os.pread(self._file, words.size, offset)
        if len(content) < words.size:
            raise OSError("The file of versions was cut off.")
        return words.unpack(content)

    @contextmanager
    def _exclusively(self) -> Iterator[None]:
        """Lock out other threads and processes, which could overwrite a later version."""
        with self._threads:
            flock(self._file, LOCK_EX)
            try:
                yield
            finally:
                flock(self._file, LOCK_UN)


def _offset(article: int) -> int:
    number = 1 if article == EVERYTHING else 2 + article % SLOTS
    return number * SLOT.size
