"""The usual waiting time for a decision, measured over the last days. It is no promise."""

from datetime import timedelta
from statistics import median

from django.core.cache import cache
from django.utils import timezone

from forum.cases.models import Case

LAST_DAYS = timedelta(days=7)
# Of fewer decisions nobody can say what is usual.
FEWEST = 5
LATEST = 500
REMEMBERED = 60  # seconds
_KEY = "forum.moderation.waiting"


def usual_wait() -> timedelta | None:
    """Return the median time from opening to decision; None after too few decisions."""
    seconds = cache.get(_KEY)
    if seconds is None:
        seconds = _median_seconds()
        cache.set(_KEY, seconds, REMEMBERED)
    return timedelta(seconds=seconds) if seconds >= 0 else None


def _median_seconds() -> float:
    decided = Case.objects.filter(
        decided_at__gt=timezone.now() - LAST_DAYS, decided_at__isnull=False
    )
    # A comment that its author deleted was not decided about. That is filtered here, so that the
    # query needs no more than a range of the index.
    latest = decided.order_by("-decided_at").values_list("opened_at", "decided_at", "action")[
        :LATEST
    ]
    waits = [
        (decided_at - opened_at).total_seconds()
        for opened_at, decided_at, action in latest
        if action and decided_at
    ]
    return median(waits) if len(waits) >= FEWEST else -1
