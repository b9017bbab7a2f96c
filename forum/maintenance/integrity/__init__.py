"""Compare stored values with what they are computed from: counts, numbers, HTML, references, the
log.
"""

from collections.abc import Callable, Iterator

from accounts.models import User
from articles.models import Article
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.flags.models.flag import Flag
from forum.log.models.action import ModerationAction
from forum.maintenance.integrity import (
    bodies,
    cases,
    discussions,
    log,
    notifications,
    ordinals,
    passages,
    places,
    references,
    threads,
    votes,
)
from forum.maintenance.integrity.check import Check, highest_of, lock_comments, lock_discussions
from forum.maintenance.integrity.mismatch import Mismatch
from forum.notifications.models.notification import Notification

__all__ = ["Mismatch", "check", "size"]

OF_COMMENTS = [
    places.find,
    ordinals.find_threads,
    ordinals.find_answers,
    threads.find,
    votes.find,
    passages.find_comments,
    bodies.find,
    cases.find,
]
# In the order of repairs: counts are right only after the rows that they count.
CHECKS = [
    Check(references.find, references.number, step=1),
    Check(log.find_guard, lambda: 1, step=1),
    Check(log.find, highest_of(ModerationAction), step=1000),
    Check(passages.find, highest_of(Article), step=20),
    *(Check(find, highest_of(Comment), 2000, lock_comments) for find in OF_COMMENTS),
    Check(cases.find_flags, highest_of(Flag), step=2000),
    Check(discussions.find, highest_of(Discussion), 100, lock_discussions),
    Check(notifications.find, highest_of(Notification), 2000, notifications.lock_their_people),
    Check(notifications.find_counts, highest_of(User), 500, notifications.lock_range),
]


def size() -> int:
    """Return the number of keys that all checks go through."""
    return sum(each.highest() for each in CHECKS)


def check(*, repair: bool, progress: Callable[[int], None]) -> Iterator[Mismatch]:
    for each in CHECKS:
        for first, last in each.ranges():
            yield from each.run((first, last), repair=repair)
            progress(last - first + 1)
