"""Trusted readers: trust is earned by time, comments and helpful votes, and lost by removals.

Nobody grants or withdraws it: it is computed from the latest comments whenever it matters.
docs/moderating.md lists what it allows.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from database.prepared import PreparedQuery, param
from forum.discussion.models.comment import Comment

if TYPE_CHECKING:
    from accounts.models import User

# An account made to do harm is seldom kept in reserve for longer.
DAYS_HERE = timedelta(days=14)
# Enough to have been read by moderators and by many readers.
COMMENTS_PUBLISHED = 10
# By people whose votes count in the ranking: a circle of friends cannot make one of them trusted.
HELPFUL_VOTES = 5
# More than this share of the latest comments taken by moderators is no accident.
SHARE_REMOVED = 0.05
# Further back nobody is judged: whoever was careless once is trusted again after so many comments.
LATEST = 50


class Latest(NamedTuple):
    """One of somebody's latest comments."""

    key: int
    status: str
    helpful: int
    at: datetime
    text: str


@dataclass(frozen=True)
class Trust:
    here_for: timedelta
    published: int = 0
    removed: int = 0
    helpful: int = 0

    @property
    def is_trusted(self) -> bool:
        return (
            self.here_for >= DAYS_HERE
            and self.published >= COMMENTS_PUBLISHED
            and self.helpful >= HELPFUL_VOTES
            and self.removed <= SHARE_REMOVED * (self.published + self.removed)
        )


def trust_of(person: "User", latest: list[Latest] | None = None) -> Trust:
    """Return the trust of a person, in one bounded query; in none if the latest comments are
    given.
    """
    comments = latest_comments_of(person) if latest is None else latest
    published = [each for each in comments if each.status == Comment.Status.PUBLISHED]
    taken = {Comment.Status.REMOVED, Comment.Status.ERASED}
    return Trust(
        here_for=timezone.now() - person.date_joined,
        published=len(published),
        removed=sum(each.status in taken for each in comments),
        helpful=sum(each.helpful for each in published),
    )


def latest_comments_of(person: "User") -> list[Latest]:
    """Return the latest comments, the newest first."""
    return [Latest(*row) for row in LATEST_COMMENTS.objects(person.pk)]


def _latest_comments() -> "QuerySet[Comment, tuple[int, str, int, datetime, str]]":
    latest = Comment.objects.filter(author=param(1)).newest()
    said = Coalesce("visible_text", "body")
    return latest.values_list("pk", "status", "ranked_helpful", "created_at", said)[:LATEST]


LATEST_COMMENTS = PreparedQuery(_latest_comments)
