"""Durations in words."""

from collections.abc import Callable
from typing import Final

from django.utils.translation import ngettext

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR


def in_words(seconds: float, rounded: Callable[[float], int] = round) -> str:
    """Return the duration in whole minutes, hours (from two on) or days (from two on).

    `rounded` is math.ceil for a wait that must not be longer than was said.
    """
    if seconds < 2 * HOUR:
        minutes = rounded(seconds / MINUTE)
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if seconds < 2 * DAY:
        hours = rounded(seconds / HOUR)
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = rounded(seconds / DAY)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
