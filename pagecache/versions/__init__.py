"""Versions of what signed-out readers see of each article, on
a clock that every process of the site shares.

A cached page remembers the tick at which its making began. After a purge at a later tick it must
never be shown again; where an article only grew, it may be shown once more while a new page is
made. The clock ticks with each change and not with time, so machines need not agree on the time.
"""

import logging
from functools import cache, partial

from django.conf import settings
from django.db import transaction

from pagecache.versions.clock import EVERYTHING, VersionClock, Versions

log = logging.getLogger(__name__)


def purge(*articles: int) -> None:
    """Show no page of these articles, and none that quotes them, from before this is committed."""
    for article in articles:
        transaction.on_commit(partial(_mark, article, "purged"))


def purge_everything() -> None:
    """Show no page from before this is committed: for what may stand on any number of pages."""
    purge(EVERYTHING)


def grow(article: int) -> None:
    """Something was added to the article's page."""
    transaction.on_commit(partial(_mark, article, "grown"))


def now() -> int | None:
    """Return the tick; None where the clock cannot be read, and nothing can be cached."""
    try:
        return _clock().now()
    except OSError:
        return None


def of(article: int, *others: int) -> Versions | None:
    """Return the versions of a page of this article that quotes the others.

    A purge of any of them, or of everything, purges the
    page; only the article itself makes it grow.
    """
    try:
        return _clock().of(article, *others)
    except OSError:
        return None


def _mark(article: int, kind: str) -> None:
    try:
        _clock().mark(article, kind)
    except OSError as error:
        # The change stays. Cached pages end by themselves, see MAX_AGE in pagecache.entry.
        log.warning("The versions of cached pages could not be written: %s", type(error).__name__)


def refuse_unless_kept() -> None:
    """Raise OSError where versions cannot be written, such as on a full disk."""
    _clock().now()


def are_shared() -> bool:
    """Return whether machines share the clock, so that reading it may mean to wait."""
    return str(settings.CACHES["pages"]["BACKEND"]).endswith("RedisCache")


@cache
def _clock() -> VersionClock:
    pages = settings.CACHES["pages"]
    if are_shared():
        from pagecache.versions.redis import VersionServer

        return VersionServer(pages["LOCATION"], site=settings.SITE_URL, **pages["OPTIONS"])
    from pagecache.versions.file import VersionFile

    return VersionFile(settings.DATA_DIR / "stamps")
