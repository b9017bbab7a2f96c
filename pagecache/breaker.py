"""A circuit breaker: it remembers that a server is away, so that requests do not wait for it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock

PAUSE = 1.0  # seconds after a failure in which nobody asks


class Away(OSError):
    """The server failed less than a moment ago, and was not asked again."""


class Breaker:
    """Lets one caller a second through to a server that failed, and all to one that answers."""

    def __init__(self, pause: float = PAUSE) -> None:
        self._pause = pause
        self._next_try = 0.0  # 0: the server answers
        self._answered_at = 0.0
        self._lock = Lock()

    @contextmanager
    def guard(self, *failures: type[Exception]) -> Iterator[None]:
        """Run the block, in which these exceptions mean that the server is away. Raises Away.

        If others were answered meanwhile, they do not: the
        server is busy, or had no room for one more connection.
        """
        self._admit()
        asked_at = time.monotonic()
        try:
            yield
        except failures:
            if self._answered_at < asked_at:
                self._next_try = time.monotonic() + self._pause
            raise
        self._answered_at = time.monotonic()
        self._next_try = 0.0

    def _admit(self) -> None:
        with self._lock:
            now = time.monotonic()
            if now < self._next_try:
                raise Away("The server did not answer a moment ago.")
            if self._next_try:
                self._next_try = now + self._pause  # this caller tries, the others wait


@lru_cache
def breaker_of(address: str) -> Breaker:
    """Return the one breaker of this process for the server at the address."""
    return Breaker()
