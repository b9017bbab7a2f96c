"""Times as a page shows them. The same comments are printed again and again, so the words are remembered."""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

REMEMBERED = 20_000


class Moment(NamedTuple):
    iso: str
    day: str
    full: str


def moment(at: datetime) -> Moment:
    return _moment(at, get_language() or "")


@lru_cache(REMEMBERED)
def _moment(at: datetime, language: str) -> Moment:
    local = timezone.localtime(at)
    return Moment(local.isoformat(), date_format(local, "j M Y"), date_format(local, "DATETIME_FORMAT"))
