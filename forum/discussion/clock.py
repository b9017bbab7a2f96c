"""Comparisons with the clock, bounded on both sides: a clock that
was ahead once keeps nobody waiting for hours.
"""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

# Clocks of several machines differ by this at most.
SKEW: Final = timedelta(minutes=1)


def is_within(time: timedelta, at: datetime) -> bool:
    """Return whether the moment has passed, and not longer ago than this time."""
    return -SKEW <= timezone.now() - at < time
