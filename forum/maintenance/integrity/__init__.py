"""Whether what is kept agrees with what it was made from:
counts, places, markup, references, and the log.
"""

from collections.abc import Callable, Iterator

from articles.models import Article
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.flags.models.flag import Flag
from forum.log.models.action import ModerationAction
from forum.maintenance.integrity import (
    cases,
    discussions,
    log,
    ordinals,
    passages,
    places,
    references,
    threads,
    votes,
    words,
)
from forum.maintenance.integrity.drift import Drift
from forum.maintenance.integrity.subject import Subject, highest_of, hold_comments, hold_discussions

__all__ = ["Drift", "check", "size"]

OF_COMMENTS = [
    places.look,
    ordinals.look_at_threads,
    ordinals.look_at_answers,
    threads.look,
    votes.look,
    passages.look_at_comments,
    words.look,
    cases.look,
]
# In the order in which they are mended: a number is counted of what stands in the right place.
SUBJECTS = [
    Subject(references.look, references.number, step=1),
    Subject(log.look_at_guard, lambda: 1, step=1),
    Subject(log.look, highest_of(ModerationAction), step=1000),
    Subject(passages.look, highest_of(Article), step=20),
    *(Subject(look, highest_of(Comment), 2000, hold_comments) for look in OF_COMMENTS),
    Subject(cases.look_at_flags, highest_of(Flag), step=2000),
    Subject(discussions.look, highest_of(Discussion), 100, hold_discussions),
]


def size() -> int:
    """How many keys there are to go through, over all subjects."""
    return sum(subject.highest() for subject in SUBJECTS)


def check(*, repair: bool, progress: Callable[[int], None]) -> Iterator[Drift]:
    for subject in SUBJECTS:
        for first, last in subject.ranges():
            yield from subject.check((first, last), repair=repair)
            progress(last - first + 1)
