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
    words,
)
from forum.maintenance.integrity.check import (
    Check,
    KeysOf,
    Numbers,
    lock_comments,
    lock_discussions,
)
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
    words.find_comments,
    cases.find,
]
# In the order of repairs: counts are right only after the rows that they count.
CHECKS = [
    Check(references.find, Numbers(references.number), step=1),
    Check(log.find_guard, Numbers(lambda: 1), step=1),
    Check(log.find, KeysOf(ModerationAction), step=1000),
    Check(passages.find, KeysOf(Article), step=20),
    Check(words.find_articles, KeysOf(Article), step=20),
    *(Check(find, KeysOf(Comment), 2000, lock_comments) for find in OF_COMMENTS),
    Check(cases.find_flags, KeysOf(Flag), step=2000),
    Check(discussions.find, KeysOf(Discussion), 100, lock_discussions),
    Check(words.find_index, Numbers(lambda: 1), step=1),
    Check(notifications.find, KeysOf(Notification), 2000, notifications.lock_their_people),
    Check(notifications.find_counts, KeysOf(User), 500, notifications.lock_range),
]


def size() -> int:
    """Return the number of keys that all checks go through."""
    return sum(each.keys.highest() for each in CHECKS)


def check(*, repair: bool, progress: Callable[[int], None]) -> Iterator[Mismatch]:
    for each in CHECKS:
        checked = 0
        for keys in each.ranges():
            yield from each.run(keys, repair=repair)
            progress(keys[1] - checked)
            checked = keys[1]
