"""Format times for a page. The results are cached, because most pages show the same comments."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

CACHED_MOMENTS = 20_000


class Moment(NamedTuple):
    iso: str
    short: str
    full: str


def moments() -> Callable[[datetime], Moment]:
    """Return the cached function that formats times in the active language."""
    return _moments_in(get_language() or "")


@lru_cache
def _moments_in(language: str) -> Callable[[datetime], Moment]:
    return lru_cache(CACHED_MOMENTS)(_moment)


def _moment(at: datetime) -> Moment:
    local = timezone.localtime(at)
    return Moment(
        iso=local.isoformat(timespec="seconds"),
        short=date_format(local, "SHORT_DATETIME_FORMAT"),
        full=date_format(local, "DATETIME_FORMAT"),
    )
