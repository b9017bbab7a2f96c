"""The settings in force, kept in the memory of each process.

Their version is a slot of the clock that all processes share (pagecache.versions), so a change
is known at the next page everywhere, and no page costs a statement for it.
"""

import time
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Max

from pagecache import versions
from publication.colours import Look, look_of
from publication.models import ONLY, PageName, PageVersion, Publication

SLOT: Final = -1  # no article has this key
DEFAULT_NAME: Final = "Parley"  # config.environment
# Where the clock cannot be read, the settings are read again after so many seconds.
PATIENCE = 1.0


@dataclass(frozen=True)
class Current:
    row: Publication
    pages: dict[str, int] = field(default_factory=dict)  # the newest version of each

    @property
    def name(self) -> str:
        return self.row.name or str(settings.SITE_NAME)

    @property
    def is_new(self) -> bool:
        """Return whether nobody has named the site, or said that it is set up."""
        return not (self.row.is_begun or self.row.name) and settings.SITE_NAME == DEFAULT_NAME

    @property
    def contact(self) -> str:
        return self.row.contact or str(settings.CONTACT)

    @property
    def look(self) -> Look | None:
        return look_of(self.row.accent, self.row.accent_dark)

    @property
    def links(self) -> list[tuple[str, Any]]:
        """The pages that are published, in their order."""
        return [(name.value, name.label) for name in PageName if name in self.pages]

    @property
    def terms(self) -> int | None:
        """The version of the terms that new people accept; None where they are not asked."""
        return self.pages.get(PageName.TERMS) if self.row.asks_terms else None


@dataclass(frozen=True)
class Known:
    version: int | None
    read_at: float
    current: Current


_memory: dict[str, Known] = {}  # of this process


def current() -> Current:
    """Return the settings in force; the last known ones while the database does not answer."""
    version = _version()
    known = _memory.get("known")
    if known is None or not _holds(known, version):
        try:
            known = _memory["known"] = Known(version, time.monotonic(), _read())
        except DatabaseError:
            return known.current if known else Current(Publication())
    return known.current


def changed() -> None:
    """Tell all processes, and show no page that was made before."""
    versions.mark_stale(SLOT)
    versions.purge_everything()


def remember(current: Current) -> None:
    """Keep these settings until they are changed."""
    _memory["known"] = Known(_version(), time.monotonic(), current)


def for_letters() -> dict[str, str]:
    """Return what each email says of the site (settings.LETTER_CONTEXT)."""
    return {"site_name": current().name}


def _version() -> int | None:
    found = versions.of(SLOT)
    return found.stale if found else None


def _holds(known: Known, version: int | None) -> bool:
    if version is None:
        return time.monotonic() - known.read_at < PATIENCE
    return known.version == version


def _read() -> Current:
    row = Publication.objects.filter(pk=ONLY).first()
    newest = PageVersion.objects.order_by("name").values_list("name").annotate(Max("number"))
    return Current(row or Publication(), dict(newest))
