"""When what readers see of an article changed, on a clock that every process of the site shares.

An answer remembers the tick at which it was begun. What was purged at a later tick must never be shown again;
what only grew may be shown once more while a new answer is made. The clock ticks with each change and not with
time, so it needs no time that machines agree on.
"""

import logging
from functools import cache, partial
from typing import NamedTuple, Protocol

from django.conf import settings
from django.db import transaction

log = logging.getLogger(__name__)


class Stamps(NamedTuple):
    purged: int
    grown: int


class Clock(Protocol):
    def now(self) -> int: ...
    def mark(self, article: int, kind: str) -> None: ...
    def of(self, article: int) -> Stamps: ...


def purge(*articles: int) -> None:
    """Words were changed, taken or withdrawn: no answer from before may be shown once this is committed."""
    for article in articles:
        transaction.on_commit(partial(_mark, article, "purged"))


def grow(article: int) -> None:
    """Something was added."""
    transaction.on_commit(partial(_mark, article, "grown"))


def now() -> int | None:
    """The tick; None where the clock cannot be read, and nothing can be kept."""
    try:
        return _clock().now()
    except OSError:
        return None


def of(article: int) -> Stamps | None:
    try:
        return _clock().of(article)
    except OSError:
        return None


def _mark(article: int, kind: str) -> None:
    try:
        _clock().mark(article, kind)
    except OSError as error:
        # What was done stays done. Kept answers end by themselves, see MAX_AGE in config.kept.
        log.warning("An article changed and the clock of kept pages could not be set: %s", type(error).__name__)


def are_shared() -> bool:
    """Return whether machines share the clock, so that reading it may mean to wait."""
    return str(settings.CACHES["pages"]["BACKEND"]).endswith("RedisCache")


@cache
def _clock() -> Clock:
    pages = settings.CACHES["pages"]
    if are_shared():
        from articles.stamps.server import StampServer

        return StampServer(pages["LOCATION"], site=settings.SITE_URL, **pages["OPTIONS"])
    from articles.stamps.file import StampFile

    return StampFile(settings.DATA_DIR / "stamps")
