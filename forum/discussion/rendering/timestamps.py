"""Format times for a page. The results are cached, because most pages show the same comments."""

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


def moment_of(at: datetime) -> Moment:
    """Return the time in the active language and time zone."""
    return _moment(at, get_language(), timezone.get_current_timezone_name())


@lru_cache(CACHED_MOMENTS)
def _moment(at: datetime, language: str | None, zone: str) -> Moment:
    local = timezone.localtime(at)
    return Moment(
        iso=local.isoformat(timespec="seconds"),
        short=date_format(local, "SHORT_DATETIME_FORMAT"),
        full=date_format(local, "DATETIME_FORMAT"),
    )
