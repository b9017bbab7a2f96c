"""Times as a page shows them. The same comments are printed
again and again, so the words are remembered.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

REMEMBERED = 20_000


class Moment(NamedTuple):
    iso: str
    short: str
    full: str


def moments() -> Callable[[datetime], Moment]:
    """Makes moments in the language that is spoken now."""
    return _moments_in(get_language() or "")


@lru_cache
def _moments_in(language: str) -> Callable[[datetime], Moment]:
    return lru_cache(REMEMBERED)(_moment)


def _moment(at: datetime) -> Moment:
    local = timezone.localtime(at)
    machine = local.isoformat(timespec="seconds")
    return Moment(
        machine, date_format(local, "SHORT_DATETIME_FORMAT"), date_format(local, "DATETIME_FORMAT")
    )
