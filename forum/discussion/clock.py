"""Compare times with the clock, bounded on both sides, so that a clock that once was ahead blocks
nobody for hours.
"""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

# Clocks of several machines differ by this at most.
SKEW: Final = timedelta(minutes=1)


def is_within(time: timedelta, at: datetime) -> bool:
    """Return whether the moment is in the past, by less than this time."""
    return -SKEW <= timezone.now() - at < time
