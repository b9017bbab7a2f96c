"""Find the newest rows that match, and read no more for it than a page can wait for.

The index is read in ranges of keys, the highest first. The first range is small; the next one is
larger as long as reading is fast, so that a rare word takes few statements and a common one ends
early.
"""

import time
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Max, QuerySet

from database.search import Query, keys_that_match

FIRST_RANGE: Final = 20_000  # keys
GROWTH: Final = 4
FAST: Final = 0.03  # seconds for a range; then the next one is larger
SLOW: Final = 0.1  # then it is smaller
SECONDS: Final = 0.4  # for all of them


@dataclass(frozen=True)
class Matches:
    rows: list[tuple[Any, ...]]  # as `values_list` gives them
    is_complete: bool  # False: there may be older ones


def newest_matches(
    rows: "QuerySet[Any]", query: Query, *, columns: tuple[str, ...], most: int, **where: Any
) -> Matches:
    """Return columns of the newest rows that match and that may be seen, which `rows` decides."""
    highest = rows.model._base_manager.aggregate(key=Max("pk"))["key"] or 0
    found: list[tuple[Any, ...]] = []
    size, stop, ends = FIRST_RANGE, highest + 1, time.monotonic() + SECONDS
    while stop > 1 and len(found) < most and time.monotonic() < ends:
        began, keys = time.monotonic(), range(max(1, stop - size), stop)
        matching = keys_that_match(rows.model, query, keys=keys, most=most, **where)
        found += rows.filter(pk__in=matching).order_by().values_list(*columns)
        stop = keys.start
        size = _next_size(size, time.monotonic() - began)
    return Matches(found, is_complete=stop <= 1 and len(found) < most)


def _next_size(size: int, seconds: float) -> int:
    if seconds < FAST:
        return size * GROWTH
    return max(1, size // 2) if seconds > SLOW else size
