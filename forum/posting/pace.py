"""Admit a writer: nobody who is suspended, and nobody faster than the site and the discussion
allow.
"""

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Value
from django.utils import timezone

from database.prepared import PreparedQuery, param
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.people.models.sanction import Sanction
from forum.posting.refusals import Suspended, TooFast

if TYPE_CHECKING:
    from accounts.models import User

LOOKED_AT = 50  # comments


def admit(person: "User", discussion: Discussion) -> None:
    """Raise a Refusal if this person may not write there now."""
    sanction = Sanction.objects.of(person)
    if sanction:
        raise Suspended(sanction)
    admit_pace(person, discussion)


def admit_pace(person: "User", discussion: Discussion) -> None:
    """Raise TooFast. Checked before anything is rendered, and again under the lock of the writer's
    row.
    """
    _admit_slowly(person, discussion)
    allowed, seconds = settings.COMMENT_RATE
    for (earlier,) in _comment_before(allowed).objects(person.pk, timezone.now()):
        free_at = earlier + timedelta(seconds=seconds)
        if free_at > timezone.now() and not person.is_staff:
            raise TooFast(free_at)


def _admit_slowly(person: "User", discussion: Discussion) -> None:
    """Raise TooFast in slow mode. The latest comment there is found among the person's latest
    anywhere.
    """
    if not discussion.slow_minutes or person.is_staff:
        return
    now = timezone.now()
    rows = LATEST_OF_PERSON.objects(person.pk, now)
    latest = next((at for where, at in rows if where == discussion.pk), None)
    if latest is None:
        return
    free_at = latest + timedelta(minutes=discussion.slow_minutes)
    if free_at > now:
        raise TooFast(free_at)


def _comments_until_now() -> Any:
    """Return somebody's comments, the newest first, without those that a wrong clock dated
    ahead.
    """
    comments = Comment.objects.filter(author=param(1), created_at__lte=Value(param(2)))
    return comments.newest()


# Enough comments of a person to find the latest one in a discussion, whatever else they wrote.
LATEST_OF_PERSON = PreparedQuery(
    lambda: _comments_until_now().values_list("discussion", "created_at")[:LOOKED_AT]
)


@cache
def _comment_before(number: int) -> PreparedQuery:
    """Return the query for the time of the comment that is so many comments back."""
    return PreparedQuery(
        lambda: _comments_until_now().values_list("created_at")[number - 1 : number]
    )
