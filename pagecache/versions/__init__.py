"""Versions of the articles' public pages, by a clock that all processes of the site share.

A cached page has the version at which its rendering began. After a purge at a later version it
must never be shown again; after its article was marked stale it may be shown once more while a
new page is rendered. The clock counts changes and not seconds, so machines need not agree on the
time.
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
    """Show no page from before this is committed: for what may be on any number of pages."""
    purge(EVERYTHING)


def mark_stale(article: int) -> None:
    """Render the article's page anew at the next request, because something was added to it."""
    transaction.on_commit(partial(_mark, article, "stale"))


def current() -> int | None:
    """Return the current version; None if the clock cannot be read, and nothing can be cached."""
    try:
        return _clock().current()
    except OSError:
        return None


def of(article: int, *others: int) -> Versions | None:
    """Return the versions of a page of this article that quotes the others.

    A purge of any of them, or of everything, purges the page;
    only the article itself makes it stale.
    """
    try:
        return _clock().of(article, *others)
    except OSError:
        return None


def _mark(article: int, kind: str) -> None:
    try:
        _clock().mark(article, kind)
    except OSError as error:
        # The change stays. Cached pages expire by themselves, see MAX_AGE in pagecache.entry.
        log.warning("The versions of cached pages could not be written: %s", type(error).__name__)


def refuse_unless_writable() -> None:
    """Raise OSError if versions cannot be written: opening their file allocates all of it."""
    _clock().current()


def are_shared() -> bool:
    """Return whether machines share the clock, so that reading it asks the network."""
    return bool(settings.CACHE_URL)


@cache
def _clock() -> VersionClock:
    if are_shared():
        from pagecache.versions.redis import VersionServer

        return VersionServer(settings.CACHE_URL, site=settings.SITE_URL)
    from pagecache.versions.file import VersionFile

    return VersionFile(settings.DATA_DIR / "stamps")
