"""Pages of the queue, in a constant number of queries whatever the number of cases."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from articles.models.article import long_columns
from database.keyset import format_cursor, parse_cursor
from database.top_n import first_of_each
from forum.cases.models import Case
from forum.discussion.sorting import Sorting
from forum.moderation.filters import Filters
from forum.moderation.queue_items import QueueItem, queue_items
from forum.people.scope import ModeratorScope

CASES_PER_PAGE = 10  # a script fetches the next before the last of them is decided
# Where each case has to be looked at, a page looks at so many; the next page goes on from there.
SCAN_LIMIT = 1000
COUNTED = 100  # beyond so many it is "100+"

# Among those that are equally bad.
LONGEST_WAITING = Sorting("waiting", ("opened_at", "pk"), descending=False)


class Cursor(NamedTuple):
    severity: int
    opened_at: datetime
    pk: int

    def __str__(self) -> str:
        return format_cursor(self)


def parse_queue_cursor(text: str | None) -> Cursor | None:
    cursor: Any = parse_cursor(text, Cursor._fields)
    if cursor is None:
        return None
    severity, opened_at, pk = cursor
    # Django makes no SQL of a comparison with a number that the column cannot hold.
    return Cursor(max(0, min(severity, 100)), opened_at, pk)


@dataclass
class QueuePage:
    filters: Filters
    is_first: bool
    items: list[QueueItem] = field(default_factory=list)
    next_cursor: str = ""
    scanned: int = 0  # where not all that wait were looked at


def queue_page(
    scope: ModeratorScope, *, filters: Filters, after: Cursor | None = None
) -> QueuePage:
    """Return the cases behind the cursor: the most severe first, and the oldest first among
    equals.
    """
    page = QueuePage(filters, is_first=after is None)
    limit = SCAN_LIMIT if filters.scans_cases else CASES_PER_PAGE
    keys = _keys(scope, filters, after, limit + 1)
    found = list(filters.narrow(_whole(keys[:limit]))[: CASES_PER_PAGE + 1])
    cases = found[:CASES_PER_PAGE]
    page.items = queue_items(cases)
    if len(found) > len(cases):
        page.next_cursor = str(_place_of(cases[-1]))
    elif len(keys) > limit:
        last = (
            cases[-1]
            if cases and cases[-1].pk == keys[limit - 1]
            else Case.objects.get(pk=keys[limit - 1])
        )
        page.next_cursor = str(_place_of(last))
        page.scanned = limit if filters.scans_cases else 0
    return page


def waiting_for(scope: ModeratorScope) -> int:
    """Return the number of open cases of a scope, up to COUNTED + 1."""
    waiting = Case.objects.waiting().order_by()
    if scope.topics is not None:
        waiting = waiting.filter(topic__in=scope.topics)
    return waiting[: COUNTED + 1].count()


def in_words(waiting: int) -> str:
    return f"{COUNTED}+" if waiting > COUNTED else str(waiting)


def queue_item(case: Case) -> QueueItem:
    return queue_items_with_keys([case.pk])[0]


def queue_items_with_keys(keys: list[int]) -> list[QueueItem]:
    return queue_items(list(_whole(keys)))


def _keys(scope: ModeratorScope, filters: Filters, after: Cursor | None, limit: int) -> list[int]:
    """Return the keys of the first cases behind the cursor, from ranges of an index that are
    each read no further than needed.
    """
    ranges = [part for queue in _queues(scope, filters.topic) for part in _behind(queue, after)]
    rows = first_of_each(
        cases.values_list("severity", "opened_at", "pk")[:limit] for cases in ranges
    )
    rows.sort(key=lambda row: (-row[0], row[1], row[2]))
    return [pk for _, _, pk in rows[:limit]]


def _queues(scope: ModeratorScope, topic: int | None) -> "Iterable[QuerySet[Case]]":
    waiting = Case.objects.waiting()
    if topic:
        return [waiting.filter(topic=topic)] if scope.includes(topic) else []
    return (
        [waiting]
        if scope.topics is None
        else [waiting.filter(topic=each) for each in sorted(scope.topics)]
    )


def _behind(queue: "QuerySet[Case]", after: Cursor | None) -> "list[QuerySet[Case]]":
    """Return the cases behind the cursor as two ranges.

    The index descends by severity and ascends by time, so one comparison of rows cannot express
    it: cases of equal severity come first.
    """
    if after is None:
        return [queue]
    as_bad: Any = LONGEST_WAITING.threads(
        queue.filter(severity=after.severity), (after.opened_at, after.pk)
    )
    return [as_bad, queue.filter(severity__lt=after.severity)]


def _whole(keys: list[int]) -> "QuerySet[Case]":
    """Return the cases with everything that a page shows of them. The article's text is left
    out.
    """
    cases = Case.objects.filter(pk__in=keys).order_by("-severity", "opened_at", "pk")
    return cases.select_related(
        "comment__author",
        "comment__parent__author",
        "comment__discussion__article",
        "rule",
        "claimed_by",
        "action__moderator",
    ).defer(
        "comment__discussion__article__short_answer", *long_columns("comment__discussion__article")
    )


def _place_of(case: Case) -> Cursor:
    return Cursor(case.severity, case.opened_at, case.pk)
